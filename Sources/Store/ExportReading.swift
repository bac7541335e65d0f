public import Exposure
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
    /// The exposure of spans opened from `from` on and before `to` and closed since: a sum for each person and shift,
    /// in no order; spans outside a shift have a sum of their own, and so has each settled day that began in this time.
    func shiftExposures(from: Timestamp, to: Timestamp) throws -> [ShiftExposure]
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

/// What one person looked at in one shift.
public struct ShiftExposure: Hashable, Sendable {
    /// Who.
    public var person: PersonID
    /// In which shift; `nil` for what was outside any.
    public var shift: ShiftID?
    /// How long content was uncovered.
    public var visible: Duration
    /// What it was charged.
    public var dose: Dose

    /// Makes a sum.
    public init(person: PersonID, shift: ShiftID?, visible: Duration, dose: Dose) {
        self.person = person
        self.shift = shift
        self.visible = visible
        self.dose = dose
    }
}
