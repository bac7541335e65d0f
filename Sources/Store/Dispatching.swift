public import Exposure
public import Moderation

/// A post that is first somewhere in the queue: nothing of its content.
public struct QueueHead: Hashable, Sendable {
    /// The post.
    public var post: PostID
    /// Its place in the order in which posts came.
    public var place: Int64
    /// How harmful looking is expected to be.
    public var hazard: Hazard
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// The policies of its findings.
    public var policies: Set<PolicyID>
    /// How much sooner than others it should be looked at.
    public var priority: Int
    /// When it was taken in.
    public var takenInAt: Timestamp
    /// By when it must be decided.
    public var deadline: Timestamp?

    /// Makes a head.
    public init(
        post: PostID, place: Int64, hazard: Hazard, language: String?, policies: Set<PolicyID>,
        priority: Int, takenInAt: Timestamp, deadline: Timestamp?
    ) {
        self.post = post
        self.place = place
        self.hazard = hazard
        self.language = language
        self.policies = policies
        self.priority = priority
        self.takenInAt = takenInAt
        self.deadline = deadline
    }
}

/// The languages of posts of one hazard that half of the people or more could take.
public struct LanguagesOfMany: Hashable, Sendable, Codable {
    /// Those that somebody's roster entry names.
    public var named: Set<String>
    /// Whether posts in any other language are among them.
    public var others: Bool
    /// Whether posts are whose language nobody said.
    public var unsaid: Bool

    /// Makes a list.
    public init(named: Set<String>, others: Bool, unsaid: Bool) {
        self.named = named
        self.others = others
        self.unsaid = unsaid
    }

    /// Whether posts in this language are among them.
    public func contains(_ language: String?) -> Bool {
        guard let language else { return unsaid }
        return others || named.contains(language)
    }
}

/// What dispatch has learned of the site, from everybody together.
public struct DispatchFigures: Hashable, Sendable, Codable {
    /// The mean of the week's doses over active moderators; `nil` for fewer than two.
    public var teamMean: Dose?
    /// Hazards of which so much waited then that everybody present is needed; `nil` before it was first asked.
    public var flooded: Set<Hazard>?
    /// Of each hazard the posts that many can take; `nil` before it was first asked.
    public var forMany: [Hazard: LanguagesOfMany]?
    /// When these were reckoned.
    public var meanAt: Timestamp?
    /// The median time for which posts of a hazard stay uncovered, where enough people tell it.
    public var medians: [Hazard: Int64]
    /// When these were learned.
    public var mediansAt: Timestamp?
    /// When it was last looked whether urgent posts wait that nobody present can take.
    public var lookedAt: Timestamp?

    /// Nothing yet.
    public init() { medians = [:] }
}

/// An urgent post that nobody present can take.
public struct UnservedPost: Hashable, Sendable {
    /// The post.
    public var post: PostID
    /// Since when nobody could.
    public var since: Timestamp

    /// Makes one.
    public init(post: PostID, since: Timestamp) {
        self.post = post
        self.since = since
    }
}

/// What giving out posts asks of a store.
public protocol DispatchReading {
    /// Of every kind of post that fits a request the first by priority, then age, and the one whose deadline is next.
    ///
    /// Posts that the person skipped are left out. Kinds are told apart by hazard, language and policies; the cost
    /// grows with their number, not with that of posts.
    func heads(_ request: ClaimRequest) throws -> [QueueHead]
    /// What dispatch has learned.
    func dispatchFigures() throws -> DispatchFigures
    /// For how long posts stayed uncovered, counted in the bins of ``HandlingCounts``: of each person the last `latest`
    /// spans since then.
    ///
    /// A hazard at which fewer than `smallestGroup` of these people looked is left out.
    func visibleTimes(
        of people: [PersonID], latest: Int, since: Timestamp, smallestGroup: Int
    ) throws -> [Hazard: [Int]]
    /// The dose that each of these people has had since then, in their order.
    func doses(of people: [PersonID], since: Timestamp) throws -> [Dose]
    /// Urgent posts that nobody present could take when it was last looked, oldest first.
    func unserved() throws -> [UnservedPost]
}

/// What giving out posts changes in a store; all of it can be made again from what the ledger tells.
public protocol DispatchWriting {
    /// Keeps what dispatch has learned.
    func save(_ figures: DispatchFigures) throws
    /// Replaces the urgent posts that nobody present can take.
    func save(unserved: [UnservedPost]) throws
}
