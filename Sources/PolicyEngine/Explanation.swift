public import Moderation

/// Why every rule matched a post or didn't; holds the rules' words and places in the post, never the post's words.
public struct Explanation: Hashable, Sendable, Codable {
    /// The bundle that was asked.
    public var bundle: BundleDigest
    /// Its rules, in its order.
    public var rules: [RuleExplanation]
}

/// Why one rule matched a post or didn't.
public struct RuleExplanation: Hashable, Sendable, Codable {
    /// What became of it.
    public enum Outcome: String, Hashable, Sendable, Codable {
        /// It matched.
        case matched
        /// It didn't, but would have if one selection had been otherwise.
        case nearly
        /// It didn't.
        case unmatched
        /// Its condition holds, but a rule that it stands back for matched.
        case heldBack = "held_back"
        /// It is for other languages.
        case otherLanguage = "other_language"
    }

    /// The rule.
    public var rule: RuleID
    /// `draft`, `shadow` or `live`.
    public var status: String
    /// What became of it.
    public var outcome: Outcome
    /// Its condition, step by step.
    public var when: ConditionExplanation
    /// Its selections, by name.
    public var selections: [SelectionExplanation]
}

/// A condition or a part of one, and whether it holds.
public struct ConditionExplanation: Hashable, Sendable, Codable {
    /// As it is written in `when`.
    public var text: String
    /// Whether it holds.
    public var holds: Bool
    /// What it is made of.
    public var parts: [ConditionExplanation]
}

/// Whether a selection holds, and why.
public struct SelectionExplanation: Hashable, Sendable, Codable {
    /// Its name.
    public var name: String
    /// Whether it holds.
    public var holds: Bool
    /// Its alternatives; one that holds is enough.
    public var alternatives: [AlternativeExplanation]
}

/// Whether an alternative holds: all its tests must.
public struct AlternativeExplanation: Hashable, Sendable, Codable {
    /// Whether it holds.
    public var holds: Bool
    /// Its tests.
    public var tests: [TestExplanation]
}

/// Whether a test holds, and where.
public struct TestExplanation: Hashable, Sendable, Codable {
    /// The test in plain words.
    public var test: String
    /// Whether it holds.
    public var holds: Bool
    /// The number that was compared, in words, such as `2` or `3 days`; `nil` for tests of other kinds.
    public var found: String?
    /// Where it found something; empty when it looks at no text, or doesn't hold.
    public var places: [Evidence]
}
