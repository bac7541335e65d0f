public import Exposure
public import Moderation

/// What a simulation foresees.
///
/// Nothing in it is about one person, and it says nothing of pace or idle time.
public struct Outlook: Hashable, Sendable {
    /// What becomes of posts of one hazard.
    public struct Kind: Hashable, Sendable {
        /// Posts that come in, in one run.
        public var arrived: Double
        /// Of these, decided by the end.
        public var decided: Double
        /// Time until somebody takes them, of those that were taken.
        public var waits: Waits
        /// Deadlines that fall within the time told of, in all runs together.
        public var due: Int
        /// Of these, kept.
        public var met: Int
    }

    /// How long posts wait.
    public struct Waits: Hashable, Sendable {
        /// How many were taken, in all runs together.
        public var posts: Int
        /// The part that had to wait at all.
        public var waited: Double
        /// The mean, those that don't wait included.
        public var mean: Duration
        /// Half wait no longer.
        public var median: Duration
        /// 95 of 100 wait no longer.
        public var most: Duration
        /// Nobody waited longer.
        public var longest: Duration
    }

    /// How doses are spread over people.
    public struct Doses: Hashable, Sendable {
        /// How many shifts, or weeks of a person.
        public var count: Int
        /// Their mean.
        public var mean: Dose
        /// Half have no more.
        public var median: Dose
        /// 95 of 100 have no more.
        public var most: Dose
        /// Nobody has more.
        public var highest: Dose
    }

    /// People, or seats.
    public var staff: Int
    /// Days told of.
    public var days: Int
    /// How often it was played.
    public var runs: Int
    /// By hazard; what never comes in is left out.
    public var kinds: [Hazard: Kind]
    /// Posts waiting each hour by hazard, in the mean of the runs, from the beginning to the end.
    public var backlog: [[Hazard: Double]]
    /// The dose of shifts; `nil` where fewer people work than any figure about people may be of, or seats do.
    public var shifts: Doses?
    /// The dose of full weeks of each person; `nil` as for shifts, or where no week is full.
    public var weeks: Doses?
    /// The mean over all people of each full week: what levelling can bring everybody to and no lower; `nil` as for weeks.
    public var teamWeeks: Doses?
    /// Shifts in which a dose limit was reached; `nil` as for shifts.
    public var capped: Int?

    /// Deadlines that fall within the time told of.
    public var due: Int { kinds.values.reduce(0) { $0 + $1.due } }
    /// Of these, kept.
    public var met: Int { kinds.values.reduce(0) { $0 + $1.met } }
    /// The part of the deadlines that is kept; `nil` where none falls due.
    public var metShare: Double? { due > 0 ? Double(met) / Double(due) : nil }
    /// Posts that wait at each hour.
    public var waiting: [Double] { backlog.map { $0.values.reduce(0, +) } }
}

/// Sums up runs.
struct OutlookTally {
    private struct Kind {
        var arrived = 0
        var decided = 0
        var waits: [Int64] = []
        var due = 0
        var met = 0

        mutating func add(_ post: SimulatedPost, _ simulation: Simulation) {
            arrived += 1
            if post.decidedAt >= 0 { decided += 1 }
            if post.firstTakenAt >= 0 { waits.append(post.firstTakenAt - post.arrival) }
            guard post.deadline <= simulation.end else { return }
            due += 1
            if post.decidedAt >= 0, post.decidedAt <= post.deadline { met += 1 }
        }
    }

    private let simulation: Simulation
    private var runs = 0
    private var kinds: [Hazard: Kind] = [:]
    private var backlog: [[Int]] = []
    private var shifts: [Int64] = []
    private var weeks: [Int64] = []
    private var teamWeeks: [Int64] = []

    init(_ simulation: Simulation) { self.simulation = simulation }

    mutating func add(_ play: SimulationPlay) {
        runs += 1
        for post in play.posts where post.arrival >= simulation.measuredFrom { add(post) }
        if backlog.isEmpty {
            backlog = play.backlog
        } else {
            for (hour, counts) in play.backlog.enumerated() {
                for (level, count) in counts.enumerated() { backlog[hour][level] += count }
            }
        }
        shifts += play.shiftDoses
        let full = Int64(simulation.days / 7)
        for week in 0..<full {
            let doses = play.workers.map { $0.weeks[week] ?? 0 }
            weeks += doses
            teamWeeks.append(doses.reduce(0, +) / Int64(max(1, doses.count)))
        }
    }

    private mutating func add(_ post: SimulatedPost) {
        kinds[post.hazard, default: Kind()].add(post, simulation)
    }

    var outlook: Outlook {
        let perRun = Double(max(1, runs))
        let told =
            simulation.scenario.plan.hasShifts && simulation.staff >= simulation.smallestGroup
        let limit = min(Dose(simulation.limits.daily), Dose(simulation.limits.ceiling)).units
        return Outlook(
            staff: simulation.staff, days: simulation.days, runs: runs,
            kinds: kinds.mapValues { kind in
                Outlook.Kind(
                    arrived: Double(kind.arrived) / perRun, decided: Double(kind.decided) / perRun,
                    waits: Self.waits(kind.waits), due: kind.due, met: kind.met)
            },
            backlog: backlog.map { counts in
                Dictionary(
                    uniqueKeysWithValues: kinds.keys.map { ($0, Double(counts[$0.level]) / perRun) })
            },
            shifts: told ? Self.doses(shifts) : nil, weeks: told ? Self.doses(weeks) : nil,
            teamWeeks: told ? Self.doses(teamWeeks) : nil,
            capped: told ? shifts.count { $0 >= limit } : nil)
    }

    private static func waits(_ waits: [Int64]) -> Outlook.Waits {
        let sorted = waits.sorted()
        func share(_ share: Double) -> Duration { .milliseconds(value(sorted, share) ?? 0) }
        let mean = waits.isEmpty ? 0 : Double(waits.reduce(0, +)) / Double(waits.count)
        return Outlook.Waits(
            posts: waits.count,
            waited: waits.isEmpty ? 0 : Double(waits.count { $0 > 0 }) / Double(waits.count),
            mean: .milliseconds(Int64(mean.rounded())), median: share(0.5), most: share(0.95),
            longest: share(1))
    }

    private static func doses(_ doses: [Int64]) -> Outlook.Doses? {
        guard !doses.isEmpty else { return nil }
        let sorted = doses.sorted()
        func share(_ share: Double) -> Dose { Dose(units: value(sorted, share) ?? 0) }
        return Outlook.Doses(
            count: doses.count, mean: Dose(units: doses.reduce(0, +) / Int64(doses.count)),
            median: share(0.5), most: share(0.95), highest: share(1))
    }

    /// The smallest value that has at least that share of all at or below it.
    private static func value(_ sorted: [Int64], _ share: Double) -> Int64? {
        guard !sorted.isEmpty else { return nil }
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(sorted.count, max(1, rank)) - 1]
    }
}
