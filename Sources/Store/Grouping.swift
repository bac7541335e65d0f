public import Moderation

/// Posts whose likeness is not kept yet, and how far it is once theirs is.
public struct UnsignedPosts: Sendable {
    /// Those that wait, with their content.
    public var posts: [(id: PostID, content: FlaggedPost)]
    /// From which post on to which every likeness is kept, in the order they came, once these are.
    public var reach: ClosedRange<Int64>
    /// The reach before; `nil` at first.
    public var before: ClosedRange<Int64>?

    /// Makes a batch.
    public init(
        posts: [(id: PostID, content: FlaggedPost)], reach: ClosedRange<Int64>, before: ClosedRange<Int64>?
    ) {
        self.posts = posts
        self.reach = reach
        self.before = before
    }
}

/// Posts that may say the same as another one.
public struct LikenessCandidates: Hashable, Sendable {
    /// Those that wait, in the order they came.
    public var waiting: [PostID]
    /// How many more were found that wait no longer.
    public var stale: Int

    /// Makes candidates.
    public init(waiting: [PostID], stale: Int) {
        self.waiting = waiting
        self.stale = stale
    }
}

/// How many posts of a hazard were decided without being shown.
public struct AppliedCount: Hashable, Sendable {
    /// The hazard.
    public var hazard: Hazard
    /// How many decisions that stand were applied from another.
    public var decisions: Int

    /// Makes a count.
    public init(hazard: Hazard, decisions: Int) {
        self.hazard = hazard
        self.decisions = decisions
    }
}

/// What grouping posts that say the same asks of a store.
public protocol GroupReading {
    /// The site's secret, with which likeness keys are made; `nil` before the first.
    func likenessSecret() throws -> [UInt8]?
    /// The next waiting posts whose likeness is not kept: those that came since, oldest first, else older ones,
    /// newest first. `nil` when there are none.
    ///
    /// Looks at `limit` posts, whatever waits, so that it costs the same at a million.
    func unsignedPosts(looking limit: Int) throws -> UnsignedPosts?
    /// Posts that share the exact key or a band; looks at `limit` posts for each of them.
    func candidates(alike keys: LikenessKeys, looking limit: Int) throws -> LikenessCandidates
    /// The decisions that were applied from this one, undone ones included, in the order they were made.
    func decisions(appliedFrom decision: DecisionID) throws -> [Decision]
    /// Standing decisions that were applied from others, made from `from` on and before `to`, by hazard.
    func appliedCounts(from: Timestamp, to: Timestamp) throws -> [AppliedCount]
}

/// What grouping changes in a store; nothing of it stands in the ledger, and all of it can be made again.
public protocol GroupWriting {
    /// Keeps the secret with which likeness keys are made; one that is there stays.
    func keepLikenessSecret(_ secret: [UInt8]) throws
    /// Keeps likenesses, and how far they reach; `false`, changing nothing, when the reach before was another.
    func keep(_ likenesses: [(id: PostID, keys: LikenessKeys)], of batch: UnsignedPosts) throws -> Bool
    /// Forgets the likeness of posts that share the exact key or a band and are decided or erased.
    func forgetStale(alike keys: LikenessKeys, looking limit: Int) throws
}
