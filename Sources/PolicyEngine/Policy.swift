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
    /// What it says for statements of reasons under the EU's Digital Services Act.
    public var dsa: StatementBasis
    /// How harmful looking at such posts may be.
    public var hazard: Hazard
    /// What may be done under it.
    public var actions: [Action]
    /// Its tests.
    public var rules: [Rule]
    /// Where it was read.
    public var file: String
    /// Where the values of its fields stand.
    var positions: [String: FilePosition]

    /// The category of the EU DSA transparency database.
    public var dsaCategory: String { dsa.category }
    /// `terms` or `illegal`: what a decision rests on.
    public var ground: String { dsa.ground }
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
    /// What it may do by itself, `keep` or `remove`, once a lead has given leave; `nil` for nearly all rules.
    public var automatic: Action?
    /// What it is known to find by mistake.
    public var falsePositives: LocalizedText?
    /// Texts it must find.
    public var matching: [Example]
    /// Texts it must not find.
    public var passing: [Example]
    /// Where it begins.
    public var position: FilePosition
    /// Where the values of its fields stand.
    var positions: [String: FilePosition]

    /// The line on which it begins.
    public var line: Int { position.line }

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

    /// A post that tests a rule.
    public struct Example: Hashable, Sendable {
        /// The moment at which examples are evaluated that name none.
        public static let usualNow = Timestamp(milliseconds: 1_767_225_600_000)

        /// The post.
        public var post: FlaggedPost
        /// What is known beyond it.
        public var state: StateSnapshot
        /// When it is evaluated: ages are counted back from there.
        public var now: Timestamp
        /// Where it stands.
        public var position: FilePosition

        /// Its text.
        public var text: String { post.body }
        /// The line on which it stands.
        public var line: Int { position.line }
    }
}

/// A named part of a rule: any of its alternatives must hold, and in one all tests.
public struct Selection: Hashable, Sendable {
    /// Lists of tests.
    var alternatives: [[FieldTest]]
    /// Where its name stands.
    var position: FilePosition
    /// Where each alternative begins.
    var alternativePositions: [FilePosition]
}
