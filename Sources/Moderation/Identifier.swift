/// A name that can't be mistaken for another kind of name: `Identifier<Post>` never fits `Identifier<Person>`.
public struct Identifier<Subject>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The characters of the identifier.
    public let rawValue: String

    /// Wraps characters that already are an identifier.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Decodes from a single string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Encodes as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The characters of the identifier.
    public var description: String { rawValue }

    /// Orders identifiers by their characters' bytes.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Says what a `PostID` names.
public enum PostSubject {}
/// Says what a `PersonID` names.
public enum PersonSubject {}
/// Says what a `PolicyID` names.
public enum PolicySubject {}
/// Says what a `RuleID` names.
public enum RuleSubject {}
/// Says what a `DecisionID` names.
public enum DecisionSubject {}
/// Says what a `SpanID` names.
public enum SpanSubject {}
/// Says what a `ShiftID` names.
public enum ShiftSubject {}

/// A flagged post; made from source and external id, so the same post always has the same id.
public typealias PostID = Identifier<PostSubject>
/// A person's stable random pseudonym, the only way people appear in the ledger.
public typealias PersonID = Identifier<PersonSubject>
/// A policy, such as `threats`.
public typealias PolicyID = Identifier<PolicySubject>
/// A rule, such as `threats/direct`.
public typealias RuleID = Identifier<RuleSubject>
/// A decision.
public typealias DecisionID = Identifier<DecisionSubject>
/// An exposure span.
public typealias SpanID = Identifier<SpanSubject>
/// A shift.
public typealias ShiftID = Identifier<ShiftSubject>
