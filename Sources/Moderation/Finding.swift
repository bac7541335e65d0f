/// One rule that matched one post, with the evidence.
public struct Finding: Hashable, Sendable, Codable {
    /// The rule.
    public var rule: RuleID
    /// The policy the rule belongs to.
    public var policy: PolicyID
    /// What the rule recommends; `nil` when it only informs.
    public var recommends: Action?
    /// How harmful the policy says such posts are to look at.
    public var hazard: Hazard
    /// What matched, in the order it stands in the post.
    public var evidence: [Evidence]

    /// Makes a finding.
    public init(
        rule: RuleID, policy: PolicyID, recommends: Action?, hazard: Hazard, evidence: [Evidence]
    ) {
        self.rule = rule
        self.policy = policy
        self.recommends = recommends
        self.hazard = hazard
        self.evidence = evidence
    }
}

/// Where and why a selection of a rule matched.
public struct Evidence: Hashable, Sendable, Codable {
    /// The field, such as `title`, `author.handle` or `flags.count`.
    public var field: String
    /// The selection in the rule.
    public var selection: String
    /// The test in plain words, such as `any_word: kill` or `flags.count ≥ 3`; never quotes the post.
    public var test: String
    /// Unicode scalar offsets in the original field's text; `nil` for fields that aren't text.
    public var range: Range<Int>?
    /// Which element, for fields with several (links, media, thread); 0 otherwise.
    public var element: Int

    /// Makes a piece of evidence.
    public init(field: String, selection: String, test: String, range: Range<Int>? = nil, element: Int = 0) {
        self.field = field
        self.selection = selection
        self.test = test
        self.range = range
        self.element = element
    }
}

/// What the findings on a post together suggest; never a decision by itself.
public struct Recommendation: Hashable, Sendable, Codable {
    /// What is suggested.
    public var action: Action
    /// Under which policy.
    public var policy: PolicyID
    /// Because of which rule.
    public var rule: RuleID

    /// Makes a recommendation.
    public init(action: Action, policy: PolicyID, rule: RuleID) {
        self.action = action
        self.policy = policy
        self.rule = rule
    }
}

/// Everything the policies say of one version of a post.
public struct Evaluation: Hashable, Sendable, Codable {
    /// The rules that matched, most serious first.
    public var findings: [Finding]
    /// What they together suggest; `nil` when no finding recommends anything.
    public var recommendation: Recommendation?
    /// How harmful looking is expected to be: the highest of the findings, the flags and the queue's prior.
    public var hazard: Hazard
    /// The bundle that said so.
    public var bundle: BundleDigest
    /// What rules on trial matched: recorded, never shown to moderators or counted.
    public var shadow: [Finding]
    /// What was known beyond the post.
    public var state: StateSnapshot
    /// Rules that could not look at every place of the post, and might have matched.
    public var overBudget: [RuleID]

    /// Makes an evaluation.
    public init(
        findings: [Finding], recommendation: Recommendation?, hazard: Hazard, bundle: BundleDigest,
        shadow: [Finding] = [], state: StateSnapshot = StateSnapshot(), overBudget: [RuleID] = []
    ) {
        self.findings = findings
        self.recommendation = recommendation
        self.hazard = hazard
        self.bundle = bundle
        self.shadow = shadow
        self.state = state
        self.overBudget = overBudget
    }
}

/// The SHA-256 of a policy bundle's canonical form, in lower-case hexadecimal.
public struct BundleDigest: Hashable, Sendable, Codable, CustomStringConvertible {
    /// 64 hexadecimal digits.
    public let hex: String

    /// Wraps 64 hexadecimal digits.
    public init(hex: String) { self.hex = hex }

    /// Decodes from a single string.
    public init(from decoder: any Decoder) throws {
        hex = try decoder.singleValueContainer().decode(String.self)
    }

    /// Encodes as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }

    /// The hexadecimal digits.
    public var description: String { hex }

    /// The first 12 digits, enough for people to tell bundles apart.
    public var short: String { String(hex.prefix(12)) }
}
