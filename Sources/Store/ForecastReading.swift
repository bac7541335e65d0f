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
    /// How long posts took whose first span was opened from `from` on and before `to` and that the same person decided.
    ///
    /// By the highest hazard charged. A hazard at which fewer than `smallestGroup` people worked is left out: nobody
    /// can learn from it how long few people take.
    func handlingTimes(from: Timestamp, to: Timestamp, smallestGroup: Int) throws -> [Hazard: HandlingCounts]
    /// When shifts began, from `from` on and before `to`; `nil` when they are of fewer than `smallestGroup` people.
    func shiftStarts(from: Timestamp, to: Timestamp, smallestGroup: Int) throws -> ShiftStarts?
}
