internal import CNcurses

/// What is sent to a terminal beyond drawing, and what its description says about keys.
struct TerminalReports {
    /// Bracketed paste, focus reports, and no reordering of cells by the terminal.
    ///
    /// `CSI 8 l` chooses explicit bidirectional mode (ECMA-48 BDSM, as in "BiDi in Terminal Emulators"): the
    /// terminal
    /// leaves cells where they are, so that right-to-left text can't move the columns beside it. Terminals
    /// that never
    /// reorder ignore it.
    let on: [UInt8]
    let off: [UInt8]
    let mouseOn: [UInt8]
    let mouseOff: [UInt8]

    /// Made for the current terminal of ncurses; nothing is sent to one that doesn't speak ECMA-48.
    init() {
        let isStandard = Self.bytes("cup").starts(with: [0x1B, 0x5B])
        func only(_ text: String) -> [UInt8] { isStandard ? Array(text.utf8) : [] }
        mouseOn = only("\u{1B}[?1000h\u{1B}[?1006h")
        mouseOff = only("\u{1B}[?1006l\u{1B}[?1000l")
        on = only("\u{1B}[?2004h\u{1B}[?1004h\u{1B}[8l")
        off = mouseOff + only("\u{1B}[?2004l\u{1B}[?1004l\u{1B}[8h")
    }

    /// What ends curses on the current terminal, for when the program dies: plain writing, ordinary keypad, a
    /// visible cursor, the former screen.
    static func restoringBytes() -> [UInt8] {
        ["sgr0", "op", "rmkx", "cnorm", "rmcup"].flatMap(bytes)
    }

    /// The sequences of the terminal's keys, from its description.
    static func keys() -> [[UInt8]: Key] {
        var names: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
            ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete),
            ("kcbt", .backtab), ("kent", .enter),
        ]
        names += (1...12).map { ("kf\($0)", .function($0)) }
        return names.reduce(into: [:]) { keys, entry in
            let sequence = bytes(entry.0)
            if sequence.count > 1, sequence.first == 0x1B { keys[sequence] = entry.1 }
        }
    }

    /// A capability without its padding (`$<5>`), which only old hardware needs.
    private static func bytes(_ capability: String) -> [UInt8] {
        guard let found = cn_capability(capability) else { return [] }
        var result: [UInt8] = []
        var isPadding = false
        for byte in String(cString: found).utf8 {
            if byte == 0x3C, result.last == 0x24 {
                result.removeLast()
                isPadding = true
            }
            if !isPadding { result.append(byte) }
            if byte == 0x3E { isPadding = false }
        }
        return result
    }
}
