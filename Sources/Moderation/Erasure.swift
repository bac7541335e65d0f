/// Why a post's content is erased.
public enum ErasureReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// A court or an authority ordered it.
    case order
    /// The person whom the content is about, or who wrote it, has the right to it.
    case request
    /// Keeping it is itself against the law.
    case illegal
    /// It was kept as long as the site's rules allow.
    case retention
}

/// That a post's content was erased: by whom, on whose authority, when and why.
public struct Erasure: Hashable, Sendable, Codable {
    /// The post.
    public var post: PostID
    /// Who did it.
    public var person: PersonID
    /// When.
    public var at: Timestamp
    /// Why.
    public var reason: ErasureReason
    /// On whose authority, such as a court and the number of its order.
    public var authority: String
    /// A word on it.
    public var note: String?

    /// Makes an erasure.
    public init(
        post: PostID, person: PersonID, at: Timestamp, reason: ErasureReason, authority: String,
        note: String? = nil
    ) {
        self.post = post
        self.person = person
        self.at = at
        self.reason = reason
        self.authority = authority
        self.note = note
    }
}
