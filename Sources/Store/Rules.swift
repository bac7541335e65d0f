public import Moderation

/// A lead's leave for one rule, as one bundle has it, to decide by itself.
public struct Automation: Hashable, Sendable {
    /// The bundle; another one, however little it differs, needs a new leave.
    public var bundle: BundleDigest
    /// The rule.
    public var rule: RuleID
    /// What it may do: keep or remove.
    public var action: Action
    /// The lead who gave it.
    public var approvedBy: PersonID
    /// Why.
    public var reason: String
    /// Since when.
    public var since: Timestamp

    /// Makes a leave.
    public init(
        bundle: BundleDigest, rule: RuleID, action: Action, approvedBy: PersonID, reason: String,
        since: Timestamp
    ) {
        self.bundle = bundle
        self.rule = rule
        self.action = action
        self.approvedBy = approvedBy
        self.reason = reason
        self.since = since
    }
}

/// A moderator's word that a rule is wrong on a post.
public struct Objection: Hashable, Sendable {
    /// The rule.
    public var rule: RuleID
    /// Its policy.
    public var policy: PolicyID
    /// The post it found.
    public var post: PostID
    /// The version of the post.
    public var version: Int
    /// The bundle that the rule was of.
    public var bundle: BundleDigest
    /// Who says so.
    public var person: PersonID
    /// When.
    public var at: Timestamp

    /// Makes an objection.
    public init(
        rule: RuleID, policy: PolicyID, post: PostID, version: Int, bundle: BundleDigest, person: PersonID,
        at: Timestamp
    ) {
        self.rule = rule
        self.policy = policy
        self.post = post
        self.version = version
        self.bundle = bundle
        self.person = person
        self.at = at
    }
}
