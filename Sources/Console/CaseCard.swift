import Moderation

/// A post in hand as the screens know it: everything but its own words.
struct CaseCard: Hashable, Sendable {
    var post: PostID
    var version: Int
    var source: String
    var community: String?
    var kind: String
    var language: String?
    var author: Author
    var createdAt: Timestamp?
    var deadline: Timestamp?
    var takenInAt: Timestamp
    var claimedAt: Timestamp
    var flags: [Flag]
    var threadCount: Int
    var linkCount: Int
    var mediaCount: Int
    /// Length of the text in Unicode scalars.
    var textLength: Int
    var evaluation: Evaluation
    var draft: Draft?
    var isErased: Bool
    /// The calm line about it, by language.
    var neutralLines: [String: String]
    var policies: [PolicyCard]

    var hazard: Hazard { evaluation.hazard }
    /// Whether it is shown line by line.
    var isByLine: Bool { hazard >= .severe }

    func policy(_ id: PolicyID) -> PolicyCard? { policies.first { $0.id == id } }

    func rule(_ id: RuleID) -> RuleCard? { policies.lazy.flatMap(\.rules).first { $0.id == id } }
}

/// A policy as the screens show it.
struct PolicyCard: Hashable, Sendable {
    var id: PolicyID
    var titles: [String: String]
    var guidance: [String: String]
    /// The legal ground, as the policy names it.
    var ground: String?
    var hazard: Hazard
    var actions: [Action]
    var rules: [RuleCard]

    func title(_ language: Language) -> String { Self.pick(titles, language) ?? id.rawValue }
    func guidance(_ language: Language) -> String { Self.pick(guidance, language) ?? "" }

    fileprivate static func pick(_ texts: [String: String], _ language: Language) -> String? {
        texts[language.rawValue] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value
    }
}

/// A rule as the screens show it, by language: its title, why it is there, and what it finds by mistake.
struct RuleCard: Hashable, Sendable {
    var id: RuleID
    var titles: [String: String] = [:]
    var whys: [String: String] = [:]
    var mistakes: [String: String] = [:]

    func title(_ language: Language) -> String { PolicyCard.pick(titles, language) ?? id.rawValue }
    func why(_ language: Language) -> String? { PolicyCard.pick(whys, language) }
    func mistakes(_ language: Language) -> String? { PolicyCard.pick(mistakes, language) }
}

/// The words of a post while they can be seen; covering it drops this value.
struct Words: Hashable, Sendable {
    var content: FlaggedPost
    /// How long they may stay uncovered at most.
    var mayStay: Duration
    /// The words laid out in lines for the screen, made when they are uncovered or the size changes.
    var lines: [Line] = []
    /// The thread, where it has a place of its own beside the post.
    var threadLines: [Line] = []

    init(content: FlaggedPost, mayStay: Duration) {
        self.content = content
        self.mayStay = mayStay
    }
}
