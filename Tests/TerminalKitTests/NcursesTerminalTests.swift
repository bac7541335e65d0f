import Foundation
import Glibc
import Testing

@testable import TerminalKit

/// A real pseudo-terminal: the driver has one end, the test the other.
private final class Pty {
    private(set) var user: Int32
    let program: Int32

    init(rows: UInt16, columns: UInt16) throws {
        // Glibc's module hides posix_openpt; this is what it does.
        user = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: UInt32 = 0
        let isReady =
            user >= 0 && ioctl(user, 0x4004_5431, &lock) == 0 && ioctl(user, 0x8004_5430, &number) == 0
        program = isReady ? open("/dev/pts/\(number)", O_RDWR | O_NOCTTY) : -1
        try #require(program >= 0)
        resize(rows: rows, columns: columns)
        _ = fcntl(user, F_SETFL, O_NONBLOCK)
    }

    deinit {
        Glibc.close(program)
        if user >= 0 { Glibc.close(user) }
    }

    func resize(rows: UInt16, columns: UInt16) {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(user, UInt(TIOCSWINSZ), &size)
    }

    func hangUp() {
        Glibc.close(user)
        user = -1
    }

    func type(_ bytes: [UInt8]) { _ = Glibc.write(user, bytes, bytes.count) }

    /// Everything written so far; a pty keeps order, so what was drawn before is all there.
    func written() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(user, &buffer, buffer.count)
            guard count > 0 else { return all }
            all += buffer.prefix(count)
        }
    }
}

/// What is left of terminal output when the driver's own control sequences are taken away.
private func paintedText(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] == 0x1B, index + 1 < bytes.count {
            if bytes[index + 1] == 0x5B {
                index += 2
                while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
            } else {
                // ESC ( B and the like have one more byte; ESC = and ESC > have not.
                index += (0x20...0x2F).contains(bytes[index + 1]) ? 2 : 1
            }
        } else if ![0x0D, 0x0A, 0x08, 0x0F, 0x0E].contains(bytes[index]) {
            text.append(bytes[index])
        }
        index += 1
    }
    return String(decoding: text, as: UTF8.self)
}

@Suite(.serialized) struct NcursesTerminalTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func theScreenIsTakenDrawnAndGivenBack() throws {
        let pty = try Pty(rows: 5, columns: 20)
        var before = termios()
        tcgetattr(pty.program, &before)
        let terminal = try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm-256color")
        #expect(terminal.size == Size(rows: 5, columns: 20))
        #expect(terminal.capabilities == TerminalCapabilities(colors: 256, isUnicode: true))
        var frame = Frame(terminal.size)
        frame.put("héllo 日本 \u{202E}", at: Position(row: 1, column: 2), style: Style(foreground: .red, .bold))
        frame.cursor = Position(row: 3, column: 4)
        #expect(throws: TerminalError.self, "one terminal at a time") {
            try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm")
        }
        terminal.draw(frame)
        let drawn = text(pty.written())
        #expect(drawn.contains("\u{1B}[?1049h"))
        #expect(drawn.contains("\u{1B}[?2004h\u{1B}[?1004h"))
        #expect(drawn.contains("héllo 日本 "))
        #expect(drawn.contains("⟨U+202E"))
        #expect(drawn.contains("\u{1B}[31m") || drawn.contains(";31m"))
        #expect(drawn.contains("\u{1B}[4;5H"))

        terminal.draw(frame)
        #expect(!text(pty.written()).contains("h"), "an equal frame writes no text")
        frame.put("!", at: Position(row: 1, column: 7))
        terminal.draw(frame)
        #expect(pty.written().count < 60)

        terminal.close()
        let left = text(pty.written())
        for sequence in ["\u{1B}[?1049l", "\u{1B}[?2004l", "\u{1B}[?1004l"] {
            #expect(left.contains(sequence))
        }
        var after = termios()
        tcgetattr(pty.program, &after)
        #expect(after.c_lflag == before.c_lflag && after.c_iflag == before.c_iflag)
        terminal.draw(frame)
        terminal.close()
        #expect(pty.written().isEmpty)
        #expect(terminal.nextEvent(timeout: nil) == .hangup)
    }

    @Test(.enabled(if: hasNonsenseList, "shared/data/blns.json is not there"))
    func naughtyStringsReachTheTerminalOnlyAsPaintableText() throws {
        let pty = try Pty(rows: 24, columns: 80)
        let terminal = try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm-256color")
        defer { terminal.close() }
        var random = Seeded(31)
        _ = pty.written()
        for string in try nonsenseList() + (0..<200).map({ _ in random.hostileString(120) }) {
            var frame = Frame(terminal.size)
            for (row, line) in SafeText.wrapped(string, to: 80).prefix(24).enumerated() {
                frame.put(line, at: Position(row: row, column: 0), role: .text, theme: .dark)
            }
            terminal.draw(frame)
            let bytes = pty.written()
            let painted = paintedText(bytes)
            #expect(!painted.unicodeScalars.contains(where: isForbidden), "\(string.debugDescription)")
            #expect(!text(bytes).contains("\u{1B}]"))
        }
    }

    @Test func keysPastesAndTimeComeAsEvents() throws {
        let pty = try Pty(rows: 24, columns: 80)
        let terminal = try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm-256color")
        defer { terminal.close() }
        #expect(terminal.nextEvent(timeout: .zero) == .deadline)
        #expect(terminal.nextEvent(timeout: .milliseconds(3)) == .deadline)
        #expect(!terminal.hasPendingInput)
        pty.type(Array("d\u{1B}OA\u{1B}[200~q\u{03}\u{1B}[201~\u{03}\u{1A}".utf8) + [0xFF, 0x1B])
        let expected: [Event] = [
            .key(.character("d")), .key(.up), .paste("q\u{03}"), .interrupt, .suspend,
            .key(.character("\u{FFFD}")), .key(.escape),
        ]
        for event in expected { #expect(terminal.nextEvent(timeout: .seconds(20)) == event) }
        let waker = terminal.waker
        waker.wake()
        #expect(terminal.nextEvent(timeout: nil) == .woken)
        terminal.setMouse(true)
        #expect(text(pty.written()).contains("\u{1B}[?1000h\u{1B}[?1006h"))
    }

    @Test func signalsComeAsEvents() throws {
        let pty = try Pty(rows: 24, columns: 80)
        let terminal = try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm-256color")
        defer { terminal.close() }
        for (signal, event) in [(SIGINT, Event.interrupt), (SIGTERM, .terminate), (SIGTSTP, .suspend)] {
            kill(getpid(), signal)
            #expect(terminal.nextEvent(timeout: .seconds(20)) == event)
        }
        pty.resize(rows: 1, columns: 1)
        kill(getpid(), SIGWINCH)
        #expect(terminal.nextEvent(timeout: .seconds(20)) == .resize(Size(rows: 1, columns: 1)))
        for size in [Size(rows: 1, columns: 1), Size(rows: 0, columns: 0), Size(rows: 9, columns: 9)] {
            var frame = Frame(size)
            frame.put("日本語", at: Position(row: 0, column: 0))
            terminal.draw(frame)
        }
        kill(getpid(), SIGHUP)
        #expect(terminal.nextEvent(timeout: nil) == .hangup)
    }

    @Test func aLostTerminalIsAHangup() throws {
        let pty = try Pty(rows: 24, columns: 80)
        let terminal = try NcursesTerminal(input: pty.program, output: pty.program, term: "xterm")
        pty.hangUp()
        #expect(terminal.nextEvent(timeout: .seconds(20)) == .hangup)
        #expect(terminal.nextEvent(timeout: nil) == .hangup)
        terminal.draw(Frame(terminal.size))
        terminal.close()
    }

    @Test func aTerminalThatCannotBeUsedSaysWhyAndWhatToDo() throws {
        let pty = try Pty(rows: 24, columns: 80)
        func message(_ term: String, _ descriptor: Int32) -> String {
            do {
                try NcursesTerminal(input: descriptor, output: descriptor, term: term).close()
                return "opened"
            } catch {
                return error.description
            }
        }
        #expect(
            message("dumb", pty.program)
                == "this terminal (\"dumb\") cannot move its cursor: set TERM, or use releve --linear")
        #expect(message("", pty.program).contains("TERM is not set"))
        #expect(message("no-such-terminal", pty.program).contains("is not known here"))
        #expect(message("../\u{1B}]0;x", pty.program).contains("⟨U+001B⟩"))
        let null = open("/dev/null", O_RDWR)
        defer { Glibc.close(null) }
        #expect(message("xterm", null).contains("needs a terminal"))
    }

    @Test(arguments: ["vt100", "linux", "screen-256color", "tmux-256color", "xterm-mono"])
    func otherTerminalsAreDrawnOnToo(_ name: String) throws {
        let pty = try Pty(rows: 3, columns: 30)
        guard let terminal = try? NcursesTerminal(input: pty.program, output: pty.program, term: name) else {
            return  // This machine's terminfo is the small one.
        }
        var frame = Frame(terminal.size)
        frame.put("bright", at: Position(row: 0, column: 0), style: Style(foreground: .brightGreen))
        frame.hline(at: Position(row: 1, column: 0), length: 5)
        terminal.draw(frame)
        terminal.close()
        let painted = text(pty.written())
        #expect(painted.contains("bright"))
        #expect(painted.contains("─"))
    }

    @Test func linearOutputIsOnlyTextAndLineFeeds() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { Glibc.close($0) } }
        let writer = LinearWriter(descriptor: ends[1])
        #expect(writer.write("a\u{1B}[2Jb"))
        #expect(writer.write(["1", "2"]))
        #expect(writer.prompt("? "))
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = Glibc.read(ends[0], &buffer, 100)
        #expect(String(decoding: buffer.prefix(count), as: UTF8.self) == "a⟨U+001B⟩[2Jb\n1\n2\n? ")
    }
}
