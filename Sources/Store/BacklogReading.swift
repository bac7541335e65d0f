public import Moderation

/// Waiting posts that are alike: of one hazard and language, with as much time left, and as old.
public struct BacklogCount: Hashable, Sendable {
    /// The ages that are told apart: up to an hour, four hours, a day, three days, and older.
    public static let ages: [Duration] = [3600, 14_400, 86_400, 259_200].map { .seconds($0) }
    /// The times to a deadline that are told apart: passed, up to an hour, four hours, a day, and later.
    public static let timesLeft: [Duration] = [0, 3600, 14_400, 86_400].map { .seconds($0) }

    /// The hazard.
    public var hazard: Hazard
    /// The language; `nil` when nobody said.
    public var language: String?
    /// The place in ``timesLeft``, its count for later ones; `nil` without a deadline.
    public var timeLeft: Int?
    /// The place in ``ages``, its count for older ones.
    public var age: Int
    /// How many posts.
    public var posts: Int

    /// Makes a count.
    public init(hazard: Hazard, language: String?, timeLeft: Int?, age: Int, posts: Int) {
        self.hazard = hazard
        self.language = language
        self.timeLeft = timeLeft
        self.age = age
        self.posts = posts
    }
}

/// What leads ask of a store about what waits.
public protocol BacklogReading {
    /// Waiting posts by hazard, language, time to their deadline and age: counts, and nothing of any post.
    ///
    /// A time that is just a bound counts as within it. Goes through all that waits, so not for every frame.
    func backlog(at now: Timestamp) throws -> [BacklogCount]
}
