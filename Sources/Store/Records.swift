public import Moderation

/// A decision that stands, with the version of the post it was made on.
public struct RecordedDecision: Sendable {
    /// The decision.
    public var decision: Decision
    /// The content of the version that was decided; `nil` once erased.
    public var content: FlaggedPost?
    /// What was known beyond the post when the version decided was evaluated last before that.
    public var state: StateSnapshot
    /// Whether that is so; from before a store kept former evaluations, the latest one's state stands in.
    public var hasOwnState: Bool
    /// When the post was taken in first.
    public var takenInAt: Timestamp

    /// Makes a recorded decision.
    public init(
        decision: Decision, content: FlaggedPost?, state: StateSnapshot, hasOwnState: Bool,
        takenInAt: Timestamp
    ) {
        self.decision = decision
        self.content = content
        self.state = state
        self.hasOwnState = hasOwnState
        self.takenInAt = takenInAt
    }
}

/// A piece of a long list, and where the next one begins.
public struct Page<Item: Sendable>: Sendable {
    /// What is on it; may be empty although more follows.
    public var items: [Item]
    /// Where to go on; `nil` at the end.
    public var next: Int64?

    /// Makes a page.
    public init(items: [Item], next: Int64?) {
        self.items = items
        self.next = next
    }
}
