public import Exposure
public import Forecast
public import Moderation
public import Store

/// What a site's own work gives a forecast to start from.
public struct ForecastBasis: Hashable, Sendable {
    /// Arrivals, handling times, shifts and what waits.
    public var scenario: Scenario
    /// Over how many days arrivals were looked at.
    public var days: Int
    /// The week whose work tells how long handling takes and when people begin, where it tells that.
    public var week: TeamWeek
    /// Hazards whose handling times are learned; for the others some are assumed.
    public var learned: Set<Hazard>
    /// Whether the beginnings of shifts are learned; else three a day are assumed.
    public var plansLearned: Bool
    /// Active moderators.
    public var moderators: Int
}

extension Desk {
    /// So many days of arrivals are learned from; posts tell of nobody who works here.
    private static let daysLearned = 28
    /// No more deadlines are told apart for one hazard.
    private static let mostDeadlines = 12

    /// The limits in force, for a lead who is about to ask what others would do.
    public func limitsToForecast(for lead: Person) throws(DeskError) -> Limits {
        try demand(.lead, of: lead)
        return try read { try limits(in: $0) }
    }

    /// Learns from the last 28 days what comes in, and from the latest week that is told how long it takes and when
    /// people begin; for leads.
    ///
    /// What people did is told in aggregate only and of whole weeks: figures to which fewer people contributed than
    /// ``Limits/smallestGroup`` says never leave the store, and something is assumed in their place.
    public func forecastBasis(for lead: Person) throws(DeskError) -> ForecastBasis {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try read { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            let day: Int64 = 86_400_000
            let age = max(1, (now.milliseconds - site.createdAt.milliseconds + day - 1) / day)
            let days = min(Int64(Self.daysLearned), age)
            let from = Timestamp(milliseconds: now.milliseconds - days * day)
            let least = try limits(in: tx).smallestGroup
            let week = TeamWeek.latestTold(at: now)
            let times = try tx.handlingTimes(in: week, at: now, of: least)
            let arrivals = try tx.arrivals(from: from, to: now)
            let waiting = try tx.waiting(at: now)
            let starts = try tx.shiftStarts(in: week, at: now, of: least)
            let hazards = Set(arrivals.map(\.hazard)).union(waiting.map(\.hazard))
            let work = hazards.map { hazard in
                let own = arrivals.filter { $0.hazard == hazard }
                return (hazard, HazardWork(own, times[hazard], days: Int(days), most: Self.mostDeadlines))
            }
            let scenario = Scenario(
                work: Dictionary(uniqueKeysWithValues: work),
                plan: starts.map { StaffPlan($0, days: 7) } ?? .aroundTheClock,
                backlog: waiting.map { count in
                    Backlog(
                        hazard: count.hazard, timeLeft: count.quartersLeft.map { .seconds($0 * 900) },
                        posts: count.posts)
                })
            return ForecastBasis(
                scenario: scenario, days: Int(days), week: week, learned: Set(times.keys),
                plansLearned: starts != nil,
                moderators: try tx.people().count { $0.works(as: .moderator) })
        }
    }
}

extension HazardWork {
    /// What is taken for the handling of a hazard that nobody's work tells of.
    ///
    /// Half a minute, of which two thirds uncovered, in the median: a choice that only forecasts use.
    public static let assumedHandling = TimeDistribution.lognormal(median: 30, sigma: 0.8)
    /// The time uncovered that goes with ``assumedHandling``.
    public static let assumedVisible = TimeDistribution.lognormal(median: 20, sigma: 0.8)

    init(_ counts: [ArrivalCount], _ times: HandlingCounts?, days: Int, most: Int) {
        var arrivals = [Double](repeating: 0, count: 24)
        var deadlines: [Int64: Int] = [:]
        for count in counts {
            arrivals[count.hour] += Double(count.posts) / Double(max(1, days))
            if let left = count.quartersLeft { deadlines[left, default: 0] += count.posts }
        }
        let total = counts.reduce(0) { $0 + $1.posts }
        self.init(
            arrivals: arrivals, handling: times.map { Self.spread($0.handled) } ?? Self.assumedHandling,
            visible: times.map { Self.spread($0.visible) } ?? Self.assumedVisible,
            deadlines: Self.gathered(deadlines, of: total, most: most))
    }

    private static func spread(_ counts: [Int]) -> TimeDistribution {
        .histogram(
            zip(HandlingCounts.bounds, counts).map { .init(upTo: Double($0), count: Double($1)) })
    }

    /// At most so many deadlines: neighbours are taken together at the earlier one.
    private static func gathered(_ deadlines: [Int64: Int], of total: Int, most: Int) -> [Deadline] {
        var groups = deadlines.sorted { $0.key < $1.key }.map { (quarters: $0.key, posts: $0.value) }
        while groups.count > most {
            let pairs = groups.indices.dropFirst()
            guard let closest = pairs.min(by: { groups[$0].posts < groups[$1].posts }) else { break }
            groups[closest - 1].posts += groups[closest].posts
            groups.remove(at: closest)
        }
        return groups.map { group in
            Deadline(
                share: Double(group.posts) / Double(max(1, total)), within: .seconds(group.quarters * 900))
        }
    }
}

extension StaffPlan {
    init(_ starts: ShiftStarts, days: Int) {
        let shifts = starts.byHour.reduce(0, +)
        let perWeek = Double(shifts) / Double(max(1, starts.people)) * 7 / Double(max(1, days))
        self.init(
            starts: starts.byHour.enumerated().filter { $0.element > 0 }.map { hour, count in
                Start(minute: hour * 60, share: Double(count))
            }, daysPerWeek: min(6, max(1, Int(perWeek.rounded()))))
    }
}
