public import Moderation
public import PolicyEngine

/// A waiting post that says the same as the one in hand: nothing of its content.
public struct AlikePost: Hashable, Sendable {
    /// The post.
    public var post: PostID
    /// How much it says the same.
    public var likeness: Likeness
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// Where on the platform it was written.
    public var community: String?
    /// Tells authors apart without naming them; `nil` when nobody is known.
    public var author: Int64?

    /// Makes one.
    public init(post: PostID, likeness: Likeness, language: String?, community: String?, author: Int64?) {
        self.post = post
        self.likeness = likeness
        self.language = language
        self.community = community
        self.author = author
    }
}

/// The waiting posts to which a decision can be applied without showing them, and what differs among them.
public struct AlikeGroup: Hashable, Sendable {
    /// They, in the order they came.
    public var posts: [AlikePost]
    /// How many more say the same that can't be included: in other languages than the person's, opted out of, or seen
    /// otherwise by the rules.
    public var leftOut: Int

    /// Nobody else says the same.
    public static let none = AlikeGroup(posts: [], leftOut: 0)

    /// Makes a group.
    public init(posts: [AlikePost], leftOut: Int) {
        self.posts = posts
        self.leftOut = leftOut
    }

    /// Those that say the same to the letter.
    public var identical: [AlikePost] { posts.filter { $0.likeness == .identical } }
    /// How many there are.
    public var count: Int { posts.count }
    /// Their languages, the unknown one as "-", in order.
    public var languages: [String] { Self.languages(of: posts) }
    /// How many communities they stand in.
    public var communities: Int { Self.communities(of: posts) }
    /// How many authors wrote them; an unknown author counts as one of their own.
    public var authors: Int { Self.authors(of: posts) }

    /// The languages of some of them.
    public static func languages(of posts: [AlikePost]) -> [String] {
        Set(posts.map { $0.language ?? "-" }).sorted()
    }

    /// How many communities some of them stand in.
    public static func communities(of posts: [AlikePost]) -> Int { Set(posts.map(\.community)).count }

    /// How many authors wrote some of them.
    public static func authors(of posts: [AlikePost]) -> Int {
        Set(posts.compactMap(\.author)).count + posts.count { $0.author == nil }
    }
}

/// What became of a decision that was applied to a group.
public struct GroupDecision: Sendable {
    /// The decision on the post in hand.
    public var decision: Decision
    /// The decisions applied from it.
    public var applied: [DecisionID]
    /// The next post, where it was asked for.
    public var claim: ClaimOutcome?
}
