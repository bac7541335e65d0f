public import Moderation

/// What exports ask of a store.
public protocol ExportReading {
    /// Decisions made or taken back from `from` on and before `to`, in the order they were made, by people and by
    /// rules, undone ones included, each with the version of the post that was decided.
    ///
    /// At most `limit` after a place (0 at first). A page is shorter where posts are large, so that it takes some
    /// megabytes at most; it may be empty only at the end.
    func decidedPosts(from: Timestamp, to: Timestamp, after place: Int64, limit: Int) throws
        -> Page<DecidedPost>
    /// How many decisions ``decidedPosts(from:to:after:limit:)`` will give.
    func decidedPostCount(from: Timestamp, to: Timestamp) throws -> Int
    /// How often moderators said from `from` on and before `to` that a rule is wrong, for each rule that was.
    func objectionCounts(from: Timestamp, to: Timestamp) throws -> [RuleID: Int]
}

/// What exports change in a store.
public protocol ExportWriting {
    /// Remembers that statements of reasons were exported for the decisions at these places, and that the ledger's next
    /// entry tells of it; once is enough.
    ///
    /// - Returns: the places that were not marked before, in the order given.
    func markStated(_ places: [Int64], at now: Timestamp) throws -> [Int64]
}
