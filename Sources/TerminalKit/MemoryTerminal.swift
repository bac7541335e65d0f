/// A terminal without a terminal: events come from a script, frames are kept.
public final class MemoryTerminal: Terminal {
    /// Rows and columns; a scripted resize changes it.
    public private(set) var size: Size
    /// What it claims to do.
    public let capabilities: TerminalCapabilities
    /// Every frame drawn, in order.
    public private(set) var frames: [Frame] = []
    /// The time limits that ``nextEvent(timeout:)`` was called with, in order.
    public private(set) var timeouts: [Duration?] = []
    /// Whether mouse reports are on.
    public private(set) var isMouseOn = false
    /// How often ``suspend()`` was called.
    public private(set) var suspensions = 0
    /// Whether it was closed.
    public private(set) var isClosed = false
    /// What it says about further input; false unless a test sets it.
    public var hasPendingInput = false
    private var script: [Event]
    private var next = 0

    /// Makes a terminal with a script; when that is used up the terminal hangs up, so that every loop ends.
    public init(
        size: Size = Size(rows: 24, columns: 80), script: [Event] = [],
        capabilities: TerminalCapabilities = .usual
    ) {
        self.size = size
        self.script = script
        self.capabilities = capabilities
    }

    /// Does nothing: scripts say ``Event/woken`` themselves.
    public var waker: TerminalWaker { TerminalWaker {} }

    /// The last frame drawn.
    public var frame: Frame? { frames.last }

    /// The last frame as text; empty before the first.
    public var picture: String { frames.last?.pictured ?? "" }

    /// Adds events to the end of the script.
    public func feed(_ events: [Event]) { script += events }

    /// Adds keys for these characters to the end of the script; a line feed is Enter.
    public func type(_ text: String) {
        feed(text.map { .key($0 == "\n" ? .enter : .character($0)) })
    }

    /// Keeps the frame.
    public func draw(_ frame: Frame) {
        if !isClosed { frames.append(frame) }
    }

    /// Gives the next event of the script at once.
    public func nextEvent(timeout: Duration?) -> Event {
        timeouts.append(timeout)
        guard next < script.count else { return .hangup }
        defer { next += 1 }
        if case .resize(let new) = script[next] { size = new }
        return script[next]
    }

    /// Notes the wish.
    public func setMouse(_ on: Bool) { isMouseOn = on }

    /// Notes the suspension, and continues at once.
    public func suspend() {
        suspensions += 1
        script.insert(.resumed, at: min(next, script.count))
    }

    /// Notes the end.
    public func close() { isClosed = true }
}
