public import Moderation

/// Says what a `SampleID` names.
public enum SampleSubject {}
/// Says what an `OpeningID` names.
public enum OpeningSubject {}
/// A sample of decisions.
public typealias SampleID = Identifier<SampleSubject>
/// A request to open a pseudonym.
public typealias OpeningID = Identifier<OpeningSubject>

/// By what decisions are parted before a sample is drawn.
public enum StratumFacet: String, CaseIterable, Hashable, Sendable, Codable {
    /// The policy cited; `-` for none.
    case policy
    /// What was done.
    case action
    /// The post's language; `und` when nobody said.
    case language
    /// The hazard.
    case hazard
    /// The moderator's pseudonym; `rule` where a rule decided by itself.
    case moderator
}

/// A random sample of decisions, with all that is needed to draw it again.
public struct Sample: Hashable, Sendable, Codable {
    /// Which sample.
    public var id: SampleID
    /// What is asked for.
    public var filter: DecisionFilter
    /// Whose decisions are left out, because they are to judge it.
    public var without: Set<PersonID>
    /// By what it is stratified, in the order of ``StratumFacet``; nothing makes one stratum of all.
    public var strata: [StratumFacet]
    /// How many decisions are wanted.
    public var size: Int
    /// How many of each stratum at least, where it has so many.
    public var minimum: Int
    /// What the order of decisions is made from.
    public var seed: String
    /// Whether somebody chose the seed; else it was drawn.
    public var isSeedGiven: Bool
    /// Whether the decision is hidden until the auditor's own judgement is given.
    public var isBlind: Bool
    /// The ledger's size when it was announced: what came later is not in it.
    public var ledgerSize: Int64
    /// Who announced it.
    public var by: PersonID
    /// When it was announced.
    public var at: Timestamp
    /// What was drawn; `nil` while it is only announced.
    public var draw: Draw?

    /// What came out.
    public struct Draw: Hashable, Sendable, Codable {
        /// How many decisions there were to draw from.
        public var population: Int
        /// How many were drawn.
        public var count: Int
        /// SHA-256 over the ids drawn, in order, each with a line feed; in hexadecimal.
        public var digest: String
        /// How many of each stratum there were and how many were drawn, by its key.
        public var strata: [Stratum]
        /// The number of the ledger's entry that tells of it.
        public var entry: Int64

        /// Makes a draw.
        public init(population: Int, count: Int, digest: String, strata: [Stratum], entry: Int64) {
            self.population = population
            self.count = count
            self.digest = digest
            self.strata = strata
            self.entry = entry
        }
    }

    /// A part of the population.
    public struct Stratum: Hashable, Sendable, Codable {
        /// The values of the facets, in their order.
        public var key: [String]
        /// How many decisions there were.
        public var population: Int
        /// How many were drawn.
        public var drawn: Int

        /// Makes a stratum.
        public init(key: [String], population: Int, drawn: Int) {
            self.key = key
            self.population = population
            self.drawn = drawn
        }
    }

    /// Makes a sample.
    public init(
        id: SampleID, filter: DecisionFilter, without: Set<PersonID>, strata: [StratumFacet], size: Int,
        minimum: Int, seed: String, isSeedGiven: Bool, isBlind: Bool, ledgerSize: Int64, by: PersonID,
        at: Timestamp, draw: Draw? = nil
    ) {
        self.id = id
        self.filter = filter
        self.without = without
        self.strata = strata
        self.size = size
        self.minimum = minimum
        self.seed = seed
        self.isSeedGiven = isSeedGiven
        self.isBlind = isBlind
        self.ledgerSize = ledgerSize
        self.by = by
        self.at = at
        self.draw = draw
    }

    /// The decisions it is drawn from.
    public var scope: DecisionScope {
        DecisionScope(filter: filter, without: without, ledgerSize: ledgerSize)
    }
}

/// What an auditor holds of a decision.
public enum AuditVerdict: String, CaseIterable, Hashable, Sendable, Codable {
    /// It is right.
    case agree
    /// Another one would have been right.
    case disagree
    /// It can't be told.
    case unclear
}

/// What an auditor would have decided, said before the decision was shown.
public struct Judgement: Hashable, Sendable, Codable {
    /// What they would have done.
    public var action: Action
    /// What they would have cited.
    public var policy: PolicyID?

    /// Makes a judgement.
    public init(action: Action, policy: PolicyID? = nil) {
        self.action = action
        self.policy = policy
    }
}

/// One thing an auditor said of a decision; a later one takes its place, and both are kept.
public struct AuditMark: Hashable, Sendable {
    /// Of which decision.
    public var decision: DecisionID
    /// For which sample, if one.
    public var sample: SampleID?
    /// Who said it.
    public var rater: PersonID
    /// What they hold of it; `nil` for a judgement that comes before.
    public var verdict: AuditVerdict?
    /// What they would have decided, not knowing the decision.
    public var judgement: Judgement?
    /// Why, in their words.
    public var reason: String?
    /// The salt of the reason's digest in the ledger.
    public var salt: [UInt8]?
    /// When.
    public var at: Timestamp

    /// Makes a mark.
    public init(
        decision: DecisionID, sample: SampleID?, rater: PersonID, verdict: AuditVerdict?,
        judgement: Judgement?, reason: String?, salt: [UInt8]?, at: Timestamp
    ) {
        self.decision = decision
        self.sample = sample
        self.rater = rater
        self.verdict = verdict
        self.judgement = judgement
        self.reason = reason
        self.salt = salt
        self.at = at
    }
}

/// What one rater holds of one decision now, and what the decision was, for the figures.
public struct Rating: Hashable, Sendable {
    /// The decision with its post's facts.
    public var audited: AuditedDecision
    /// Who rates.
    public var rater: PersonID
    /// Their latest verdict.
    public var verdict: AuditVerdict?
    /// What they would have decided, said before they saw it.
    public var judgement: Judgement?

    /// Makes a rating.
    public init(
        audited: AuditedDecision, rater: PersonID, verdict: AuditVerdict?, judgement: Judgement?
    ) {
        self.audited = audited
        self.rater = rater
        self.verdict = verdict
        self.judgement = judgement
    }
}

/// A pseudonym that somebody asks to have opened.
public struct Opening: Hashable, Sendable, Codable {
    /// Which request.
    public var id: OpeningID
    /// Whose name it is about.
    public var concerned: PersonID
    /// Who asks.
    public var requester: PersonID
    /// Why.
    public var reason: String
    /// The salt of the reason's digest in the ledger.
    public var salt: [UInt8]
    /// When it was asked.
    public var requestedAt: Timestamp
    /// Who answered.
    public var answeredBy: PersonID?
    /// When it was answered.
    public var answeredAt: Timestamp?
    /// What the answer was.
    public var isApproved: Bool
    /// When the name was seen; it is shown once.
    public var openedAt: Timestamp?

    /// Makes a request.
    public init(
        id: OpeningID, concerned: PersonID, requester: PersonID, reason: String, salt: [UInt8],
        requestedAt: Timestamp
    ) {
        self.id = id
        self.concerned = concerned
        self.requester = requester
        self.reason = reason
        self.salt = salt
        self.requestedAt = requestedAt
        isApproved = false
    }
}
