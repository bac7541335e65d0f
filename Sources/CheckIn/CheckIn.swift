public import Moderation

/// How somebody is, by their own word and for nobody else.
///
/// No program judges it: the scale has no meaning but the one its writer gives it.
public struct CheckIn: Hashable, Sendable, Codable {
    /// When.
    public var at: Timestamp
    /// From 1, a bad time, to 5, a good one.
    public var level: Int
    /// A word on it; may be empty.
    public var note: String

    /// The levels of the scale.
    public static let levels = 1...5
    /// The most bytes of a note in UTF-8; all check-ins are kept at one length, so that none tells how much was written.
    public static let longestNote = 600

    /// Makes a check-in; a level beyond the scale becomes its end, and a longer note is cut.
    public init(at: Timestamp, level: Int, note: String = "") {
        self.at = at
        self.level = min(max(level, Self.levels.lowerBound), Self.levels.upperBound)
        var note = note
        while note.utf8.count > Self.longestNote { note.removeLast() }
        self.note = note
    }
}

/// Why check-ins can't be kept or read.
public enum CheckInError: Error, Hashable, Sendable {
    /// None were begun: there is no passphrase yet.
    case notBegun
    /// They were begun before: the passphrase is set.
    case begunBefore
    /// The passphrase is shorter than ``CheckInBook/shortestPassphrase``.
    case tooShort
    /// The passphrase doesn't open them.
    case wrongPassphrase
    /// The file is not as it was written.
    case damaged(path: String)
    /// The file was made by a newer Relève.
    case tooNew(path: String)
    /// Reading or writing failed; what the system said.
    case file(path: String, reason: String)
}
