public import Moderation

/// A post of which it is known what people hold it to be.
public struct JudgedPost: Sendable {
    /// What people find it by: its id, or the file and line it was read from.
    public var name: String
    /// The post.
    public var post: FlaggedPost
    /// What was known beyond it.
    public var state: StateSnapshot
    /// When it is evaluated: ages are counted back from there.
    public var now: Timestamp
    /// What people hold it to be.
    public var judgement: Judgement

    /// What people said of a post.
    public enum Judgement: Hashable, Sendable {
        /// A person did this, citing a policy unless they kept it.
        case decided(Action, PolicyID?)
        /// Somebody labelled it: whether these policies apply. Nothing is known of others.
        case labelled([PolicyID: Bool])
    }

    /// Makes a judged post.
    public init(
        name: String, post: FlaggedPost, state: StateSnapshot = StateSnapshot(), now: Timestamp,
        judgement: Judgement
    ) {
        self.name = name
        self.post = post
        self.state = state
        self.now = now
        self.judgement = judgement
    }
}
