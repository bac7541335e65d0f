public import Moderation

/// What an auditor's desk asks of a store.
///
/// Nothing here tells how long a decision took, and nothing can be ordered by it.
public protocol AuditReading {
    // MARK: Decisions

    /// The decisions of a scope, newest first, at most `limit`, older than a place.
    ///
    /// The next page begins after the last decision of this one. Cheap for any filter at a million decisions: what
    /// the filter asks is read from an index in the order of time.
    func decisions(_ scope: DecisionScope, before place: DecisionPlace?, limit: Int) throws
        -> [AuditedDecision]
    /// How many decisions are in a scope.
    func decisionCount(_ scope: DecisionScope) throws -> Int
    /// One decision with its post's facts.
    func auditedDecision(_ id: DecisionID) throws -> AuditedDecision?
    /// The ids of decisions that begin with these characters, at most `limit`, in order.
    func decisionIDs(withPrefix prefix: String, limit: Int) throws -> [DecisionID]
    /// How many decisions of a scope are in each stratum, by the strata's keys.
    func strata(of scope: DecisionScope, by facets: [StratumFacet]) throws -> [[String]: Int]
    /// Gives every decision of a scope with its stratum's key, in no order that matters; memory stays flat.
    func forEachDecision(
        _ scope: DecisionScope, by facets: [StratumFacet], _ body: (DecisionID, [String]) throws -> Void)
        throws
    /// What a version of a post said; `nil` once erased.
    func content(of post: PostID, version: Int) throws -> FlaggedPost?

    // MARK: Samples and marks

    /// All samples, newest first.
    func samples() throws -> [Sample]
    /// One sample.
    func sample(_ id: SampleID) throws -> Sample?
    /// The decisions of a sample after a position (0 at first), in the order they were drawn, at most `limit`.
    func sampleItems(of sample: SampleID, after position: Int, limit: Int) throws -> [DecisionID]
    /// The blind samples that a decision is in.
    func blindSamples(with decision: DecisionID) throws -> [SampleID]
    /// Everything said of a decision, oldest first.
    func marks(on decision: DecisionID) throws -> [AuditMark]
    /// What each rater holds now, of decisions of a sample or of all; the judgement is their first, the verdict their last.
    func ratings(in sample: SampleID?) throws -> [Rating]

    // MARK: Openings

    /// Requests to open pseudonyms, newest first, at most `limit`.
    func openings(limit: Int) throws -> [Opening]
    /// One request.
    func opening(_ id: OpeningID) throws -> Opening?
    /// The requests about somebody that were seen, newest first.
    func openings(of concerned: PersonID) throws -> [Opening]
}

/// What an auditor's desk changes in a store; decisions are not among it.
public protocol AuditWriting: AuditReading {
    /// Keeps a sample or what became of it.
    func save(_ sample: Sample) throws
    /// Keeps the decisions of a sample in the order they were drawn.
    func keep(_ items: [DecisionID], of sample: SampleID) throws
    /// Keeps what an auditor said, beside what was said before.
    func insert(_ mark: AuditMark) throws
    /// Keeps a request or what became of it.
    func save(_ opening: Opening) throws
}
