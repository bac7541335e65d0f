public import Moderation

/// How a shift came to its end.
public enum ShiftEnd: String, CaseIterable, Hashable, Sendable, Codable {
    /// The person ended it.
    case ended
    /// The dose reached its limit.
    case dose
    /// It reached its length.
    case length
    /// It reached the length that nothing passes.
    case hardLength
    /// It was left open and closed afterwards.
    case abandoned
}

/// A pause inside a shift.
public struct Break: Hashable, Sendable, Codable {
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended; `nil` while it lasts.
    public var endedAt: Timestamp?
    /// Whether the limits asked for it.
    public var isRequired: Bool

    /// Makes a break.
    public init(startedAt: Timestamp, endedAt: Timestamp? = nil, isRequired: Bool) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.isRequired = isRequired
    }
}

/// A working session.
public struct Shift: Hashable, Sendable, Codable {
    /// Which shift.
    public var id: ShiftID
    /// Whose.
    public var person: PersonID
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended; `nil` while it lasts.
    public var endedAt: Timestamp?
    /// Its breaks, oldest first.
    public var breaks: [Break]
    /// How it ended; `nil` while it lasts.
    public var endedBy: ShiftEnd?

    /// Makes a shift.
    public init(
        id: ShiftID, person: PersonID, startedAt: Timestamp, endedAt: Timestamp? = nil,
        breaks: [Break] = [], endedBy: ShiftEnd? = nil
    ) {
        self.id = id
        self.person = person
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.breaks = breaks
        self.endedBy = endedBy
    }

    /// Whether it lasts.
    public var isOpen: Bool { endedAt == nil }

    /// The break that lasts, if one.
    public var openBreak: Break? { isOpen ? breaks.last { $0.endedAt == nil } : nil }
}
