public import Exposure
import Forecast
public import Moderation

/// What is foreseen for the queue under some limits; nothing in it is about one person.
public struct Foresight: Hashable, Sendable {
    /// What becomes of posts of one hazard.
    public struct Kind: Hashable, Sendable {
        /// 95 of 100 wait no longer until somebody takes them.
        public var wait: Duration
        /// Deadlines that fall within the time told of.
        public var due: Int
        /// Of these, kept.
        public var met: Int

        /// Makes a kind.
        public init(wait: Duration, due: Int, met: Int) {
            self.wait = wait
            self.due = due
            self.met = met
        }
    }

    /// Days told of.
    public var days: Int
    /// People it reckons with.
    public var staff: Int
    /// Posts waiting, hour by hour from now on.
    public var waiting: [Int]
    /// By hazard; what never comes in is left out.
    public var kinds: [Hazard: Kind]
    /// How many days of the site's own work it was learned from.
    public var learnedDays: Int

    /// Posts waiting at the end.
    public var waitingAtEnd: Int { waiting.last ?? 0 }
    /// Deadlines that fall within the time told of.
    public var due: Int { kinds.values.reduce(0) { $0 + $1.due } }
    /// Of these, kept.
    public var met: Int { kinds.values.reduce(0) { $0 + $1.met } }

    /// Makes a foresight.
    public init(days: Int, staff: Int, waiting: [Int], kinds: [Hazard: Kind], learnedDays: Int) {
        self.days = days
        self.staff = staff
        self.waiting = waiting
        self.kinds = kinds
        self.learnedDays = learnedDays
    }

    init(_ outlook: Outlook, learnedDays: Int) {
        self.init(
            days: outlook.days, staff: outlook.staff, waiting: outlook.waiting.map { Int($0.rounded()) },
            kinds: outlook.kinds.mapValues { Kind(wait: $0.waits.most, due: $0.due, met: $0.met) },
            learnedDays: learnedDays)
    }
}

/// What limits would do before they are in force: whom they touch, and what becomes of the queue.
public struct LimitsTrial: Hashable, Sendable {
    /// Two counts of people, in steps of the smallest group: nobody's dose is found by asking for a limit a little lower.
    public struct Counts: Hashable, Sendable {
        /// At least so many under the limits in force, a multiple of ``least``; zero for fewer than that.
        public let before: Int
        /// At least so many under the others.
        public let after: Int
        /// The smallest group that is told of.
        public let least: Int

        /// Rounds counts down to whole groups.
        public init(before: Int, after: Int, least: Int) {
            self.least = max(SmallGroup.least, least)
            self.before = SmallGroup.stepped(before, of: least)
            self.after = SmallGroup.stepped(after, of: least)
        }
    }

    /// What would change.
    public var changes: [LimitChange]
    /// People who work here and would come under the new limits.
    public var people: Int
    /// Of these, in a shift now: for them what tightens holds at once, and what loosens later.
    public var inShift: Int
    /// Of the moderators, how many could take no post with exposure as the latest day (UTC) that is over ended.
    ///
    /// `nil` where there are fewer moderators than any figure may be of.
    public var atCap: Counts?
    /// What is foreseen under the limits in force.
    public var before: Foresight
    /// What is foreseen under the others, for the same work and people.
    public var after: Foresight

    /// Makes a trial.
    public init(
        changes: [LimitChange], people: Int, inShift: Int, atCap: Counts?, before: Foresight,
        after: Foresight
    ) {
        self.changes = changes
        self.people = people
        self.inShift = inShift
        self.atCap = atCap
        self.before = before
        self.after = after
    }
}
