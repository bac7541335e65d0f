internal import CNcurses
import Glibc

/// What a terminal is, asked without taking it over.
public struct TerminalFacts: Hashable, Sendable {
    /// What `TERM` says.
    public var name: String
    /// Rows and columns; `nil` where the terminal doesn't tell.
    public var size: Size?
    /// How many colours it has; 0 for none.
    public var colors: Int
    /// Whether the locale is one of UTF-8.
    public var isUnicode: Bool

    /// Looks at the terminal of standard input and output.
    ///
    /// - Returns: `nil` when there is none.
    /// - Throws: what keeps the console from being shown on it.
    public static func look() throws(TerminalError) -> TerminalFacts? {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
        let name = getenv("TERM").map { String(cString: $0) } ?? ""
        try NcursesTerminal.check(name, input: STDIN_FILENO, output: STDOUT_FILENO)
        var window = winsize()
        let isTold = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_row > 0
        return TerminalFacts(
            name: name, size: isTold ? Size(rows: Int(window.ws_row), columns: Int(window.ws_col)) : nil,
            colors: Int(max(0, cn_colors())), isUnicode: cn_choose_locale() != 0)
    }
}
