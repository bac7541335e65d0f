/// Who or what made a decision.
public enum DecisionMaker: Hashable, Sendable, Codable {
    /// A person, by their pseudonym.
    case person(PersonID)
    /// A rule by itself, by leave of that lead: fully automated, and marked so everywhere.
    case rule(RuleID, approvedBy: PersonID)
}

/// Action, policy cited and rationale, by a named person or a rule with leave to, on a named version of a post under a named bundle.
public struct Decision: Hashable, Sendable, Codable {
    /// Which decision.
    public var id: DecisionID
    /// The post.
    public var post: PostID
    /// The version of the post that was looked at; a new flag or an edit makes a new one.
    public var postVersion: Int
    /// Who or what decided.
    public var maker: DecisionMaker
    /// What is done.
    public var action: Action
    /// The policy cited; `nil` only for `keep`.
    public var policy: PolicyID?
    /// The rule cited, if one.
    public var rule: RuleID?
    /// Why, in the moderator's words.
    public var note: String?
    /// What the rules had suggested, so the record shows what a person did with it.
    public var recommendation: Recommendation?
    /// The policies in force.
    public var bundle: BundleDigest
    /// When.
    public var decidedAt: Timestamp
    /// When it was taken back; `nil` while it stands.
    public var undoneAt: Timestamp?
    /// The decision on a post that says the same, from which the person applied this one to a group; `nil` for a
    /// decision on a post that was put before them.
    public var appliedFrom: DecisionID?

    /// Makes a decision.
    public init(
        id: DecisionID, post: PostID, postVersion: Int, maker: DecisionMaker, action: Action,
        policy: PolicyID?, rule: RuleID?, note: String?, recommendation: Recommendation?,
        bundle: BundleDigest, decidedAt: Timestamp, undoneAt: Timestamp? = nil,
        appliedFrom: DecisionID? = nil
    ) {
        self.id = id
        self.post = post
        self.postVersion = postVersion
        self.maker = maker
        self.action = action
        self.policy = policy
        self.rule = rule
        self.note = note
        self.recommendation = recommendation
        self.bundle = bundle
        self.decidedAt = decidedAt
        self.undoneAt = undoneAt
        self.appliedFrom = appliedFrom
    }

    /// The person who decided; `nil` when a rule did.
    public var person: PersonID? { if case .person(let person) = maker { person } else { nil } }

    /// Whether no person had a part in it.
    public var isAutomatic: Bool { person == nil }

    /// Whether it is another one than what the rules recommended; `nil` where they recommended nothing.
    ///
    /// Another action is, and a limiting one under another policy.
    public var differsFromRecommendation: Bool? {
        recommendation.map { suggested in
            action != suggested.action || (action.isRestrictive && policy != suggested.policy)
        }
    }
}

/// Where a post stands.
public enum PostState: String, CaseIterable, Hashable, Sendable, Codable {
    /// In the queue.
    case waiting
    /// Held by a moderator.
    case claimed
    /// Decided.
    case decided
    /// Waiting for a lead.
    case escalated
    /// Its content was erased before anybody decided: nothing is left to do.
    case erased
}

/// A lease on a post: one moderator holds it until decided, released or expired.
public struct Claim: Hashable, Sendable, Codable {
    /// The post.
    public var post: PostID
    /// Who holds it.
    public var person: PersonID
    /// Grows with every claim of the site; work under an older fence is refused.
    public var fence: Int64
    /// When it was taken.
    public var claimedAt: Timestamp
    /// When it lapses unless renewed.
    public var expiresAt: Timestamp

    /// Makes a claim.
    public init(
        post: PostID, person: PersonID, fence: Int64, claimedAt: Timestamp, expiresAt: Timestamp
    ) {
        self.post = post
        self.person = person
        self.fence = fence
        self.claimedAt = claimedAt
        self.expiresAt = expiresAt
    }
}

/// Work begun on a post that must survive a crash: chosen action, policy and note.
public struct Draft: Hashable, Sendable, Codable {
    /// The action chosen, if one.
    public var action: Action?
    /// The policy chosen, if one.
    public var policy: PolicyID?
    /// The note as typed so far.
    public var note: String

    /// Makes a draft.
    public init(action: Action? = nil, policy: PolicyID? = nil, note: String = "") {
        self.action = action
        self.policy = policy
        self.note = note
    }
}
