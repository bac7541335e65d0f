public import Moderation

/// What comes in of one hazard, and how long it takes.
///
/// Learned in aggregate, never by person.
public struct HazardWork: Hashable, Sendable {
    /// Part of the posts, and how long after coming in they must be decided.
    public struct Deadline: Hashable, Sendable {
        /// The part of all posts of this hazard, 0 to 1.
        public var share: Double
        /// The time from coming in.
        public var within: Duration

        /// Makes a deadline.
        public init(share: Double, within: Duration) {
            self.share = share
            self.within = within
        }
    }

    /// Many posts in little time, such as a raid.
    public struct Bursts: Hashable, Sendable {
        /// How many there are on a day, in the mean.
        public var perDay: Double
        /// How many posts one has.
        public var size: TimeDistribution
        /// Over how long they come in.
        public var over: Duration

        /// Makes bursts.
        public init(perDay: Double, size: TimeDistribution, over: Duration) {
            self.perDay = perDay
            self.size = size
            self.over = over
        }
    }

    /// Posts an hour for each hour of a UTC day: 24 figures.
    public var arrivals: [Double]
    /// Seconds from taking a post to its decision.
    public var handling: TimeDistribution
    /// Seconds of these in which it is uncovered; long handling goes with long looking.
    public var visible: TimeDistribution
    /// Posts that have a deadline; the shares together are at most 1.
    public var deadlines: [Deadline]
    /// What comes on top of the arrivals by the hour.
    public var bursts: Bursts?

    /// Makes work; the same arrivals all day, and uncovered as long as it is handled, unless said otherwise.
    public init(
        arrivals: [Double], handling: TimeDistribution, visible: TimeDistribution? = nil,
        deadlines: [Deadline] = [], bursts: Bursts? = nil
    ) {
        self.arrivals = arrivals
        self.handling = handling
        self.visible = visible ?? handling
        self.deadlines = deadlines
        self.bursts = bursts
    }

    /// Posts on a day, in the mean.
    public var perDay: Double {
        arrivals.reduce(0, +) + (bursts.map { $0.perDay * $0.size.mean(most: Scenario.mostInABurst) } ?? 0)
    }
}

/// Who works when.
public struct StaffPlan: Hashable, Sendable {
    /// When some of the people begin.
    public struct Start: Hashable, Sendable {
        /// Minutes after midnight, UTC.
        public var minute: Int
        /// How many of the people, beside the other starts.
        public var share: Double
        /// How long they work; `nil` for as long as the limits let a shift last.
        public var length: Duration?
        /// Days of a week on which they work; `nil` for the plan's.
        public var daysPerWeek: Int?
        /// The languages they read; `nil` for all.
        public var languages: Set<String>?
        /// Hazards that they never want to be shown.
        public var optsOut: Set<Hazard>

        /// Makes a start.
        public init(
            minute: Int, share: Double, length: Duration? = nil, daysPerWeek: Int? = nil,
            languages: Set<String>? = nil, optsOut: Set<Hazard> = []
        ) {
            self.minute = minute
            self.share = share
            self.length = length
            self.daysPerWeek = daysPerWeek
            self.languages = languages
            self.optsOut = optsOut
        }
    }

    /// When shifts begin; none: seats that are never empty, with a relief whenever somebody goes, and so without dose.
    public var starts: [Start]
    /// Days of a week on which each person works.
    public var daysPerWeek: Int

    /// Makes a plan.
    public init(starts: [Start], daysPerWeek: Int = 5) {
        self.starts = starts
        self.daysPerWeek = daysPerWeek
    }

    /// Seats that are never empty.
    public static let seats = StaffPlan(starts: [], daysPerWeek: 7)
    /// Three shifts around the clock, five days a week.
    public static let aroundTheClock = StaffPlan(
        starts: [6, 14, 22].map { Start(minute: $0 * 60, share: 1) }, daysPerWeek: 5)

    /// Whether people have shifts, and so a dose.
    public var hasShifts: Bool { !starts.isEmpty }
}

/// Posts that wait when a forecast begins.
public struct Backlog: Hashable, Sendable {
    /// Their hazard.
    public var hazard: Hazard
    /// The time left until their deadline, zero or less when it is past; `nil` without one.
    public var timeLeft: Duration?
    /// How many.
    public var posts: Int

    /// Makes a backlog.
    public init(hazard: Hazard, timeLeft: Duration? = nil, posts: Int) {
        self.hazard = hazard
        self.timeLeft = timeLeft
        self.posts = posts
    }
}

/// What a forecast starts from: the work, the plan of shifts, and what waits already.
public struct Scenario: Hashable, Sendable {
    /// The work by hazard.
    public var work: [Hazard: HazardWork]
    /// Who works when.
    public var plan: StaffPlan
    /// What waits already.
    public var backlog: [Backlog]
    /// The languages of posts, and how many are in each beside the others; empty where everybody reads everything.
    ///
    /// All posts of a burst are in one.
    public var languages: [String: Double]

    /// No post is handled longer than that: four hours.
    public static let longestHandling: Double = 4 * 3600
    /// No burst has more posts.
    public static let mostInABurst: Double = 100_000

    /// Makes a scenario.
    public init(
        work: [Hazard: HazardWork], plan: StaffPlan, backlog: [Backlog] = [],
        languages: [String: Double] = [:]
    ) {
        self.work = work
        self.plan = plan
        self.backlog = backlog
        self.languages = languages
    }

    /// Whether any post has to be decided by some time.
    public var hasDeadlines: Bool {
        work.values.contains { !$0.deadlines.isEmpty } || backlog.contains { $0.timeLeft != nil }
    }

    /// The same, with a deadline for every post that has none.
    public func within(_ time: Duration) -> Scenario {
        var other = self
        for (hazard, work) in work {
            let rest = 1 - work.deadlines.reduce(0) { $0 + $1.share }
            if rest > 0 { other.work[hazard]?.deadlines.append(.init(share: rest, within: time)) }
        }
        other.backlog = backlog.map {
            Backlog(hazard: $0.hazard, timeLeft: $0.timeLeft ?? time, posts: $0.posts)
        }
        return other
    }

    /// Hours of handling that come in on a day.
    public var hoursPerDay: Double {
        work.values.reduce(0) { $0 + $1.perDay * $1.handling.mean(most: Self.longestHandling) } / 3600
    }

    /// The median time uncovered by hazard: what dispatch expects of the next post.
    public var expected: [Hazard: Duration] {
        work.mapValues { .milliseconds(Int64(min($0.visible.median, Self.longestHandling) * 1000)) }
    }
}
