public import Moderation

/// Which decisions an auditor asks for.
///
/// What is left empty asks for nothing. How fast somebody works can't be asked: no such figure is kept for it.
public struct DecisionFilter: Hashable, Sendable, Codable {
    /// Who makes decisions.
    public enum Maker: String, CaseIterable, Hashable, Sendable, Codable {
        /// People.
        case person
        /// Rules by themselves.
        case rule
    }

    /// The policies cited.
    public var policies: Set<PolicyID> = []
    /// The rules cited.
    public var rules: Set<RuleID> = []
    /// What was done.
    public var actions: Set<Action> = []
    /// How harmful looking was expected to be when it was decided.
    public var hazards: Set<Hazard> = []
    /// The posts' languages; ``unknownLanguage`` for those of which nobody said it.
    public var languages: Set<String> = []
    /// The moderators, by pseudonym.
    public var people: Set<PersonID> = []
    /// People or rules; both when `nil`.
    public var maker: Maker?
    /// Decided at this moment or later.
    public var since: Timestamp?
    /// Decided before this moment.
    public var until: Timestamp?
    /// Whether it is another one than what the rules recommended; where they did not, it is neither.
    public var differs: Bool?
    /// Whether it was taken back.
    public var undone: Bool?
    /// Whether the post was ever handed to a lead.
    public var escalated: Bool?
    /// The post.
    public var post: PostID?

    /// Stands for the language of posts of which nobody said it.
    public static let unknownLanguage = "und"

    /// Makes a filter that asks for everything.
    public init() {}
}

/// The decisions that fit a filter, as they stood at some moment of the ledger.
public struct DecisionScope: Hashable, Sendable {
    /// What is asked for.
    public var filter: DecisionFilter
    /// Decisions by these people, and by rules with their leave, are left out.
    public var without: Set<PersonID>
    /// Only what the first so many entries of the ledger tell; later decisions and undoing leave it as it is.
    public var ledgerSize: Int64?

    /// Makes a scope.
    public init(filter: DecisionFilter, without: Set<PersonID> = [], ledgerSize: Int64? = nil) {
        self.filter = filter
        self.without = without
        self.ledgerSize = ledgerSize
    }
}

/// A decision with what is known of its post at the moment it was decided.
public struct AuditedDecision: Hashable, Sendable {
    /// The decision.
    public var decision: Decision
    /// How harmful looking was expected to be.
    public var hazard: Hazard
    /// The post's language; `nil` when nobody said.
    public var language: String?
    /// Whether the post was ever handed to a lead.
    public var isEscalated: Bool
    /// Where it stands in the order of time.
    public var place: DecisionPlace

    /// Makes an audited decision.
    public init(
        decision: Decision, hazard: Hazard, language: String?, isEscalated: Bool, place: DecisionPlace
    ) {
        self.decision = decision
        self.hazard = hazard
        self.language = language
        self.isEscalated = isEscalated
        self.place = place
    }

    /// Whether this person made it, or gave a rule leave to.
    public func isAct(of person: PersonID) -> Bool {
        switch decision.maker {
        case .person(let maker): maker == person
        case .rule(_, approvedBy: let lead): lead == person
        }
    }
}

/// Where a decision stands in the order of time; from there a list goes on.
public struct DecisionPlace: Hashable, Sendable {
    /// When it was made.
    public var at: Timestamp
    /// Tells decisions of one moment apart.
    public var number: Int64

    /// Makes a place.
    public init(at: Timestamp, number: Int64) {
        self.at = at
        self.number = number
    }
}
