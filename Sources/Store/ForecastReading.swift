public import Moderation

/// What comes in, as a forecast learns it: counts, and nothing of any post.
public struct ArrivalCount: Hashable, Sendable {
    /// The hazard.
    public var hazard: Hazard
    /// The hour of the UTC day, 0 to 23.
    public var hour: Int
    /// From coming in to the deadline in quarters of an hour, rounded down; `nil` without one.
    public var quartersLeft: Int64?
    /// How many posts.
    public var posts: Int

    /// Makes a count.
    public init(hazard: Hazard, hour: Int, quartersLeft: Int64?, posts: Int) {
        self.hazard = hazard
        self.hour = hour
        self.quartersLeft = quartersLeft
        self.posts = posts
    }
}

/// How long posts of one hazard took, in bins that are the same for everybody.
public struct HandlingCounts: Hashable, Sendable {
    /// The upper bounds of the bins in seconds; what is longer counts in the last.
    public static let bounds: [Int64] = [
        1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900, 1200, 1800, 3600,
    ]

    /// Posts by the time from the first uncovering to the decision.
    public var handled = [Int](repeating: 0, count: bounds.count)
    /// The same posts by the time for which they were uncovered.
    public var visible = [Int](repeating: 0, count: bounds.count)

    /// Nothing yet.
    public init() {}

    /// Counts a post.
    public mutating func add(handled: Duration, visible: Duration) {
        self.handled[Self.bin(handled)] += 1
        self.visible[Self.bin(visible)] += 1
    }

    private static func bin(_ time: Duration) -> Int {
        bounds.firstIndex { time <= .seconds($0) } ?? bounds.count - 1
    }

    /// The counts of all people together, with bins joined so that each is of at least so many of them; `nil` where there
    /// are too few, or one has more than half.
    public static func together(_ people: [HandlingCounts], of least: Int) -> HandlingCounts? {
        let posts = people.map { $0.handled.reduce(0, +) }
        guard people.count >= least, 2 * (posts.max() ?? 0) <= posts.reduce(0, +) else { return nil }
        var all = HandlingCounts()
        all.handled = joined(people.map(\.handled), of: least)
        all.visible = joined(people.map(\.visible), of: least)
        return all
    }

    /// Neighbouring bins taken together at the longest time among them, so that nobody seems faster than they are.
    private static func joined(_ people: [[Int]], of least: Int) -> [Int] {
        var result = [Int](repeating: 0, count: bounds.count)
        var members: Set<Int> = []
        var posts = 0
        var last: Int?
        for bin in bounds.indices {
            for (person, counts) in people.enumerated() where counts[bin] > 0 {
                members.insert(person)
                posts += counts[bin]
            }
            guard members.count >= least else { continue }
            result[bin] = posts
            (members, posts, last) = ([], 0, bin)
        }
        // What is left over are the longest times of a few: they join the group before them.
        if posts > 0, let last {
            let longest = people.compactMap { counts in counts.lastIndex { $0 > 0 } }.max() ?? last
            result[longest] = result[last] + posts
            if longest != last { result[last] = 0 }
        }
        return result
    }
}

/// When people begin to work.
public struct ShiftStarts: Hashable, Sendable {
    /// How many people.
    public var people: Int
    /// Shifts by the hour of the UTC day in which they began: 24 counts.
    public var byHour: [Int]

    /// Makes counts.
    public init(people: Int, byHour: [Int]) {
        self.people = people
        self.byHour = byHour
    }
}

/// What forecasts ask of a store: sums over everybody, never a person's figures.
public protocol ForecastReading {
    /// Posts taken in from `from` on and before `to`, by hazard, hour of the day and time to the deadline.
    func arrivals(from: Timestamp, to: Timestamp) throws -> [ArrivalCount]
    /// Posts that wait or are held, by hazard and the time that is left until their deadline then; the hour is 0.
    func waiting(at now: Timestamp) throws -> [ArrivalCount]
    /// How long posts took whose first span was opened in a week that is over and that the same person decided.
    ///
    /// By the highest hazard charged. A hazard at which fewer than `least` people worked, or of which one person decided
    /// more than half, is left out, and bins are joined upward until each is of that many: nobody can learn from it how
    /// long few people take, nor from what is told before and after somebody worked. Once a day of it is settled, nothing is
    /// told any more.
    func handlingTimes(in week: TeamWeek, at now: Timestamp, of least: Int) throws -> [Hazard:
        HandlingCounts]
    /// When shifts began in a week that is over; `nil` when they are of fewer than `least` people.
    func shiftStarts(in week: TeamWeek, at now: Timestamp, of least: Int) throws -> ShiftStarts?
}
