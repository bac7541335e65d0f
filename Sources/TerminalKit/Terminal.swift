/// What a terminal can do, as far as drawing should care.
public struct TerminalCapabilities: Hashable, Sendable {
    /// Colours of the palette: 0, 8, 16 or more.
    public let colors: Int
    /// Whether characters beyond ASCII can be painted; if not, the driver paints stand-ins.
    public let isUnicode: Bool

    /// Makes a description.
    public init(colors: Int, isUnicode: Bool) {
        self.colors = colors
        self.isUnicode = isUnicode
    }

    /// 16 colours and Unicode.
    public static let usual = TerminalCapabilities(colors: 16, isUnicode: true)
}

/// A screen and its keyboard.
///
/// Used from one thread; only a ``TerminalWaker`` may be used from others.
public protocol Terminal: AnyObject {
    /// Rows and columns now.
    var size: Size { get }
    /// What it can do.
    var capabilities: TerminalCapabilities { get }
    /// Ends a wait for an event from another thread.
    var waker: TerminalWaker { get }

    /// Whether more input has come already.
    ///
    /// A key that acts at once should wait then: it may be part of a paste that the terminal didn't mark as
    /// one.
    var hasPendingInput: Bool { get }

    /// Shows a frame; writes what differs from the one before.
    ///
    /// A frame of another size is clipped.
    func draw(_ frame: Frame)

    /// Waits for the next event; `nil` waits for ever, zero only looks.
    ///
    /// Gives ``Event/deadline`` when the time is over. After ``Event/hangup`` every call gives it again.
    func nextEvent(timeout: Duration?) -> Event

    /// Turns mouse reports on or off (off at first, because they prevent copying by dragging).
    func setMouse(_ on: Bool)

    /// Gives the terminal back to the shell and stops the program; returns when it is continued.
    ///
    /// The screen comes back with the next frame, and ``Event/resumed`` is the next event.
    func suspend()

    /// Restores the terminal as it was found.
    ///
    /// Harmless when done before; after it nothing is drawn.
    func close()
}

/// Wakes a terminal's event loop from any thread.
public struct TerminalWaker: Sendable {
    private let action: @Sendable () -> Void

    /// Makes a waker from what it does.
    public init(_ action: @escaping @Sendable () -> Void) { self.action = action }

    /// Makes the terminal report ``Event/woken``.
    public func wake() { action() }
}

/// Why a terminal can't be used.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong and what to do, in one line.
    public let description: String

    /// Makes an error from its text.
    public init(_ description: String) { self.description = description }
}
