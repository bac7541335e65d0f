/// What can happen at a terminal.
public enum Event: Hashable, Sendable {
    /// A key was pressed.
    ///
    /// Keys inside a paste never come as this.
    case key(Key)
    /// Text was pasted; it is data, whatever characters it has.
    case paste(String)
    /// The mouse was used; only after ``Terminal/setMouse(_:)``.
    case mouse(MouseEvent)
    /// The screen has a new size; draw again.
    case resize(Size)
    /// The terminal's window became the active one (`true`) or another did.
    case focus(Bool)
    /// Ctrl-C, or SIGINT: a wish to stop what is going on.
    ///
    /// Never kills.
    case interrupt
    /// SIGTERM: end in order, soon.
    case terminate
    /// The terminal is gone: SIGHUP, end of input, or an input error.
    ///
    /// Nothing can be drawn any more.
    case hangup
    /// Ctrl-Z or SIGTSTP: make things safe, then call ``Terminal/suspend()``.
    case suspend
    /// The program goes on after a stop; the screen is redrawn with the next frame.
    case resumed
    /// ``TerminalWaker/wake()`` was called: something is ready elsewhere.
    case woken
    /// Nothing happened within the time given.
    case deadline
}

/// A key as pressed, with its modifiers as far as terminals tell them.
public enum Key: Hashable, Sendable {
    /// A printable character (a grapheme cluster), space included.
    case character(Character)
    case enter, escape, tab, backtab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    /// F1 is `function(1)`.
    case function(Int)
    /// A letter with Ctrl, in lower case.
    ///
    /// Ctrl-C and Ctrl-Z come as events of their own.
    case ctrl(Character)
    /// A character with Alt, or after Escape at once.
    case alt(Character)
    /// An arrow or editing key with Shift, Ctrl or Alt.
    indirect case modified(Modifiers, Key)

    /// Keys held together with another.
    public struct Modifiers: OptionSet, Hashable, Sendable {
        /// The bits of xterm's modifier parameter, less one.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Shift.
        public static let shift = Modifiers(rawValue: 1)
        /// Alt.
        public static let alt = Modifiers(rawValue: 2)
        /// Ctrl.
        public static let ctrl = Modifiers(rawValue: 4)
    }
}

/// A use of the mouse.
public struct MouseEvent: Hashable, Sendable {
    /// What was done.
    public enum Action: Hashable, Sendable {
        case press, release, wheelUp, wheelDown
    }

    /// What was done.
    public let action: Action
    /// Which button: 0 left, 1 middle, 2 right; 0 for the wheel.
    public let button: Int
    /// The cell under the pointer.
    public let position: Position

    /// Makes an event, for tests.
    public init(_ action: Action, button: Int = 0, at position: Position) {
        self.action = action
        self.button = button
        self.position = position
    }
}
