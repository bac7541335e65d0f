/// A decision with what is known of the post it was made on: what exports are made of.
public struct DecidedPost: Hashable, Sendable {
    /// Its place among the decisions of the site, in the order they were made.
    public var place: Int64
    /// The decision, standing or undone, by a person or a rule.
    public var decision: Decision
    /// The content of the version that was decided; `nil` once erased.
    public var content: FlaggedPost?
    /// Where the post came from; known when the content is not.
    public var source: String
    /// The post's language; `nil` when nobody said.
    public var language: String?
    /// How harmful looking at the post is taken to be, by its latest version.
    public var hazard: Hazard
    /// How many flags its latest version has.
    public var flagCount: Int
    /// When the post was taken in first.
    public var takenInAt: Timestamp
    /// Whether the post has had no newer version since.
    public var isLatest: Bool
    /// Whether a statement of reasons was exported for the decision.
    public var isStated: Bool

    /// Makes a decided post.
    public init(
        place: Int64, decision: Decision, content: FlaggedPost?, source: String, language: String?,
        hazard: Hazard, flagCount: Int, takenInAt: Timestamp, isLatest: Bool, isStated: Bool
    ) {
        self.place = place
        self.decision = decision
        self.content = content
        self.source = source
        self.language = language
        self.hazard = hazard
        self.flagCount = flagCount
        self.takenInAt = takenInAt
        self.isLatest = isLatest
        self.isStated = isStated
    }
}

extension Decision {
    /// Whether it is what the rules had suggested; `nil` when they suggested nothing.
    public var followsRecommendation: Bool? {
        recommendation.map { $0.action == action && (action == .keep || $0.policy == policy) }
    }
}
