public import Moderation

/// Text in several languages.
public struct LocalizedText: Hashable, Sendable {
    let texts: [String: String]

    /// Makes a text from its versions by language.
    public init(_ texts: [String: String]) { self.texts = texts }

    /// The text in that language, else in English, else in whatever language there is.
    public func text(in language: String) -> String {
        texts[language] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value ?? ""
    }
}

/// The norm that people read, and the rules that test for it.
public struct Policy: Hashable, Sendable {
    /// Its name.
    public var id: PolicyID
    /// Its title.
    public var title: LocalizedText
    /// What a moderator needs to decide.
    public var guidance: LocalizedText
    /// One calm line about such posts; never quotes one.
    public var neutralLine: LocalizedText
    /// The category of the EU DSA transparency database.
    public var dsaCategory: String
    /// `terms` or `illegal`: what a decision rests on.
    public var ground: String
    /// How harmful looking at such posts may be.
    public var hazard: Hazard
    /// What may be done under it.
    public var actions: [Action]
    /// Its tests.
    public var rules: [Rule]
    /// Where it was read.
    public var file: String
}

/// A machine-readable test; it recommends and never decides.
public struct Rule: Hashable, Sendable {
    /// Its name, `policy/rule`.
    public var id: RuleID
    /// Its title.
    public var title: LocalizedText?
    /// Why it is there, in plain words for moderators.
    public var why: LocalizedText?
    /// Whether it counts.
    public var status: Status
    /// The languages it is for; empty means any.
    public var languages: Set<String>
    /// Its selections by name.
    public var selections: [String: Selection]
    /// Which selections must hold.
    public var when: Condition
    /// Rules above it in its policy; where one of them, live, matches, this one does not.
    public var unless: [RuleID]
    /// What it recommends; `nil` when it only informs.
    public var recommend: Action?
    /// What it is known to find by mistake.
    public var falsePositives: LocalizedText?
    /// Texts it must find.
    public var matching: [Example]
    /// Texts it must not find.
    public var passing: [Example]
    /// The line on which it begins.
    public var line: Int

    /// What part a rule plays.
    public enum Status: String, CaseIterable, Hashable, Sendable {
        /// Being written: never evaluated, but for its examples.
        case draft
        /// On trial: evaluated and recorded, never shown or counted.
        case shadow
        /// In use.
        case live
        /// Out of use, kept so that old decisions can be read.
        case retired
    }

    /// A text that tests a rule.
    public struct Example: Hashable, Sendable {
        /// The text.
        public var text: String
        /// The line on which it stands.
        public var line: Int
    }
}

/// A named part of a rule: any of its alternatives must hold, and in one all tests.
public struct Selection: Hashable, Sendable {
    /// Lists of tests.
    var alternatives: [[FieldTest]]
}
