internal import CNcurses
import Glibc

/// The real screen, by ncurses: colours of the terminal's own palette, differences only, nothing at rest.
///
/// Keys are read and understood here rather than by ncurses, so that pastes, focus reports and invalid UTF-8
/// are ours
/// to handle. Only one can be open at a time; use it from one thread.
public final class NcursesTerminal: Terminal {
    /// Rows and columns now.
    public private(set) var size: Size
    /// What the terminal can do.
    public let capabilities: TerminalCapabilities

    private enum State { case active, suspended, hungUp, closed }

    private let input: Int32
    private let output: Int32
    private let screen: OpaquePointer
    private let streams: (input: UnsafeMutablePointer<FILE>, output: UnsafeMutablePointer<FILE>)
    private let signals: SignalPipe
    private let reports: TerminalReports
    private var painter: CellPainter
    private var parser: KeyParser
    private var queue: [Event] = []
    private var shown: Frame?
    private var state = State.active
    private var isMouseOn = false

    /// Takes a terminal over.
    ///
    /// - Parameters:
    ///   - input: where keys come from.
    ///   - output: the screen.
    ///   - term: the terminal's name in the terminfo database; `$TERM` when not given.
    /// - Throws: when this isn't a terminal, or one that can't move its cursor, or isn't known.
    public init(input: Int32 = 0, output: Int32 = 1, term: String? = nil) throws(TerminalError) {
        let name = term ?? getenv("TERM").map { String(cString: $0) } ?? ""
        guard !SignalWatch.isActive else {
            throw TerminalError("a terminal is in use already: close it first")
        }
        try Self.check(name, input: input, output: output)
        let isUnicode = cn_choose_locale() != 0
        var mode = termios()
        tcgetattr(output, &mode)
        guard let signals = SignalPipe() else {
            throw TerminalError("no file descriptors left for the terminal")
        }
        guard let reading = fdopen(dup(input), "r"), let writing = fdopen(dup(output), "w") else {
            throw TerminalError("the terminal's file descriptors can't be opened")
        }
        guard let screen = newterm(name, writing, reading) else {
            fclose(reading)
            fclose(writing)
            throw Self.unusable(name, "can't be set up")
        }
        self.input = input
        self.output = output
        self.screen = screen
        streams = (reading, writing)
        self.signals = signals
        cn_begin()
        painter = CellPainter(isUnicode: isUnicode)
        capabilities = TerminalCapabilities(colors: painter.colors, isUnicode: isUnicode)
        parser = KeyParser(sequences: TerminalReports.keys())
        reports = TerminalReports()
        size = Size(rows: Int(cn_rows()), columns: Int(cn_columns()))
        SignalWatch.start(
            pipe: signals.writeEnd, output: output, mode: mode,
            restoring: reports.off + TerminalReports.restoringBytes())
        send(reports.on)
        measure()
    }

    deinit { close() }

    /// Ends a wait from another thread.
    public var waker: TerminalWaker { TerminalWaker { [signals] in signals.wake() } }

    /// Whether more input has come already, as when a terminal without bracketed paste pastes.
    public var hasPendingInput: Bool {
        if !queue.isEmpty { return true }
        var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 0) > 0 && wait.revents & Int16(POLLIN) != 0
    }

    /// Writes what differs from the frame before.
    public func draw(_ frame: Frame) {
        guard state == .active else { return }
        if frame.size != shown?.size { cn_erase() }
        for change in frame.changes(from: shown) {
            painter.paint(
                frame.row(change.row), row: change.row, columns: change.column..<change.endColumn, size)
        }
        shown = frame
        let rest = frame.cursor ?? Position(row: size.rows - 1, column: 0)
        cn_show(
            Int32(min(max(0, rest.row), max(0, size.rows - 1))),
            Int32(min(max(0, rest.column), max(0, size.columns - 1))), frame.showsCursor ? 1 : 0)
    }

    /// Waits with poll(2) for keys, signals and wake-ups.
    public func nextEvent(timeout: Duration?) -> Event {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            if !queue.isEmpty { return queue.removeFirst() }
            if state == .hungUp || state == .closed { return .hangup }
            let held = parser.wait
            let left = deadline.map { max(.zero, $0 - .now) }
            let isHeldFirst = held.map { held in left.map { held < $0 } ?? true } ?? false
            guard wait(isHeldFirst ? held : left) else { continue }
            if isHeldFirst {
                queue += parser.flush()
            } else {
                return .deadline
            }
        }
    }

    /// Turns mouse reports (buttons and wheel) on or off.
    public func setMouse(_ on: Bool) {
        guard state == .active, on != isMouseOn else { return }
        isMouseOn = on
        send(on ? reports.mouseOn : reports.mouseOff)
    }

    /// Leaves the screen, stops the job, and comes back when it is continued.
    public func suspend() {
        guard state == .active else { return }
        leave()
        state = .suspended
        SignalWatch.stopJob()
        state = .active
        SignalWatch.setArmed(true)
        send(reports.on)
        if isMouseOn { send(reports.mouseOn) }
        cn_redraw_all()
        shown = nil
        measure()
        signals.drain().filter { $0 != UInt8(SIGCONT) }.forEach(take)
        queue.append(.resumed)
    }

    /// Restores the terminal as it was found.
    public func close() {
        guard state != .closed else { return }
        if state != .suspended { leave() }
        state = .closed
        SignalWatch.stop()
        delscreen(screen)
        fclose(streams.input)
        fclose(streams.output)
    }

    private func leave() {
        send(reports.off)
        endwin()
        SignalWatch.setArmed(false)
    }

    private func send(_ bytes: [UInt8]) {
        _ = FileDescriptorOutput.write(bytes, to: output)
    }

    /// Waits for something to happen and takes it in.
    ///
    /// True when nothing did in the time given.
    private func wait(_ time: Duration?) -> Bool {
        var sources = [
            pollfd(fd: input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&sources, 2, time.map(Self.milliseconds) ?? -1)
        if ready == 0 { return true }
        guard ready > 0 else {
            if errno != EINTR { hangUp() }
            return false
        }
        if sources[1].revents != 0 { signals.drain().forEach(take) }
        if sources[0].revents != 0 { readKeys() }
        return false
    }

    private func readKeys() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(input, &buffer, buffer.count)
        if count > 0 {
            queue += parser.feed(Array(buffer.prefix(count)))
        } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
            hangUp()
        }
    }

    private func hangUp() {
        queue += parser.flush()
        queue.append(.hangup)
        state = .hungUp
    }

    private func take(_ byte: UInt8) {
        switch Int32(byte) {
        case SIGWINCH:
            if measure() { queue.append(.resize(size)) }
        case SIGTERM: queue.append(.terminate)
        case SIGHUP: hangUp()
        case SIGINT: queue.append(.interrupt)
        case SIGTSTP: queue.append(.suspend)
        case SIGCONT:
            // Stopped from outside: another program may have written on the screen.
            cn_redraw_all()
            shown = nil
            send(reports.on)
            queue.append(.resumed)
        default:
            if byte == SignalPipe.wakeByte, queue.last != .woken { queue.append(.woken) }
        }
    }

    /// Asks for the size.
    ///
    /// True when it changed.
    @discardableResult
    private func measure() -> Bool {
        var window = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0 else {
            return false
        }
        let new = Size(rows: Int(window.ws_row), columns: Int(window.ws_col))
        guard new != size else { return false }
        resizeterm(Int32(new.rows), Int32(new.columns))
        size = new
        shown = nil
        return true
    }

    /// Rounded up, so that a wait never ends just before its time.
    private static func milliseconds(_ time: Duration) -> Int32 {
        let parts = time.components
        guard parts.seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(parts.seconds * 1000 + (parts.attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    /// Refuses what the console can't be shown on.
    static func check(_ name: String, input: Int32, output: Int32) throws(TerminalError) {
        guard isatty(input) == 1, isatty(output) == 1 else {
            throw TerminalError(
                "the console needs a terminal for input and output: run it in one, or use releve --linear")
        }
        guard !name.isEmpty else {
            throw TerminalError("TERM is not set: set it to your terminal's name, or use releve --linear")
        }
        guard name != "dumb" else { throw unusable(name, "cannot move its cursor") }
        guard name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2F }), cn_is_known(name, output) != 0
        else {
            throw unusable(name, "is not known here")
        }
        guard cn_capability("cup") != nil else { throw unusable(name, "cannot move its cursor") }
    }

    private static func unusable(_ name: String, _ what: String) -> TerminalError {
        TerminalError("this terminal (\"\(SafeText(name).plain)\") \(what): set TERM, or use releve --linear")
    }
}
