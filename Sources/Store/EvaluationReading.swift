public import Moderation

/// What the rules said of one version of a post, once: all that is needed to evaluate it again.
public struct RecordedEvaluation: Hashable, Sendable {
    /// The post.
    public var post: PostID
    /// The version of it that was evaluated.
    public var version: Int
    /// When: the moment that rules about ages and deadlines counted from, and that of the ledger's entry.
    public var evaluatedAt: Timestamp
    /// What the rules said, under which bundle, knowing what.
    public var evaluation: Evaluation
    /// The content of that version; `nil` once erased.
    public var content: FlaggedPost?
    /// SHA-256 over salt and canonical content, in hexadecimal: what the ledger commits to.
    public var contentDigest: String
    /// The salt of that digest and of the evaluation's; `nil` once erased.
    public var salt: [UInt8]?
    /// Whether it is what the rules say now of the latest version.
    public var isCurrent: Bool

    /// Makes a recorded evaluation.
    public init(
        post: PostID, version: Int, evaluatedAt: Timestamp, evaluation: Evaluation, content: FlaggedPost?,
        contentDigest: String, salt: [UInt8]?, isCurrent: Bool
    ) {
        self.post = post
        self.version = version
        self.evaluatedAt = evaluatedAt
        self.evaluation = evaluation
        self.content = content
        self.contentDigest = contentDigest
        self.salt = salt
        self.isCurrent = isCurrent
    }
}

/// What can be asked of a store about what rules said earlier.
public protocol EvaluationReading {
    /// What the rules said of a post, oldest first; the last is what they say now.
    ///
    /// Each version's content comes with each of its evaluations. Versions from before a store kept former evaluations
    /// are missing.
    func evaluations(of post: PostID) throws -> [RecordedEvaluation]
    /// What the rules ever said of any post: post by post in the order they came, each oldest first.
    ///
    /// Looks at most at `limit` posts after a place (0 at first) and gives all evaluations of each. A page is shorter
    /// where posts are large, so that it takes some megabytes at most; memory and cost as for
    /// ``StoreReading/recordedPosts(after:limit:)``.
    func recordedEvaluations(after place: Int64, limit: Int) throws -> Page<RecordedEvaluation>
}
