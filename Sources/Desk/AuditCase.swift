public import Moderation
public import Store

/// A decision in an auditor's list.
public struct AuditLine: Hashable, Sendable {
    /// Which decision.
    public var id: DecisionID
    /// On which post.
    public var post: PostID
    /// When it was made.
    public var at: Timestamp
    /// How harmful looking was expected to be.
    public var hazard: Hazard
    /// The post's language; `nil` when nobody said.
    public var language: String?
    /// Whether the post was ever handed to a lead.
    public var isEscalated: Bool
    /// The decision; `nil` while this auditor has still to judge it blindly.
    public var shown: Decision?
    /// Where the list goes on after it.
    public var place: DecisionPlace

    init(_ audited: AuditedDecision, isHidden: Bool) {
        id = audited.decision.id
        post = audited.decision.post
        at = audited.decision.decidedAt
        hazard = audited.hazard
        language = audited.language
        isEscalated = audited.isEscalated
        shown = isHidden ? nil : audited.decision
        place = audited.place
    }
}

/// A piece of the list of decisions.
public struct AuditPage: Hashable, Sendable {
    /// What is on it, newest first.
    public var lines: [AuditLine]
    /// How many decisions fit the filter, on all pages; the auditor's own are left out.
    public var total: Int
    /// Where it goes on; `nil` at the end.
    public var next: DecisionPlace?
}

/// A decision and its post before an auditor, covered.
public struct AuditCase: Hashable, Sendable {
    /// The decision in one line; without the decision itself while it is hidden.
    public var line: AuditLine
    /// The post as it was decided, covered.
    public var file: CaseFile
    /// Whether what the rules found is of a later version of the post than the one decided.
    public var isEvaluationLater: Bool
    /// What this auditor would have decided.
    public var judgement: Judgement?
    /// What this auditor said, oldest first.
    public var own: [AuditMark]
    /// What others hold of it now; nothing before this auditor has said something.
    public var others: [AuditMark]
    /// The blind sample for which it is hidden.
    public var hiddenFor: SampleID?
}

/// A decision of a sample as it is served to an auditor.
public struct SampleItem: Hashable, Sendable {
    /// Its place in the sample, from 1.
    public var position: Int
    /// The decision in one line.
    public var line: AuditLine
    /// Whether this auditor has said what they would have decided.
    public var isJudged: Bool
    /// What this auditor holds of it.
    public var verdict: AuditVerdict?
}

/// A sample as it is served to an auditor.
public struct ServedSample: Hashable, Sendable {
    /// The sample.
    public var sample: Sample
    /// What is served of it, in the order drawn.
    public var items: [SampleItem]
    /// How many decisions are withheld, because they are this auditor's own.
    public var withheld: Int
}
