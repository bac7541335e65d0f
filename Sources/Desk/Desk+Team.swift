import Exposure
public import Moderation
public import Store

/// What a workers' representative is told of a month.
public struct TeamView: Hashable, Sendable {
    /// The month.
    public var month: TeamMonth
    /// What may be told of it.
    public var exposure: TeamExposure

    /// The dose of the hazards told, in whole percent; their sum and nothing else, so that nothing can be taken off.
    public var percent: Int64 { exposure.cells.reduce(0) { $0 + $1.percent } }

    /// Makes a view.
    public init(month: TeamMonth, exposure: TeamExposure) {
        self.month = month
        self.exposure = exposure
    }

    /// Percent of a full dose for a thousand decisions, rounded down: the figure to lower.
    public var percentPerThousand: Int64? {
        guard let decisions = exposure.decisions, decisions > 0, !exposure.cells.isEmpty else { return nil }
        return percent * 1000 / Int64(decisions)
    }
}

/// All that a workers' representative is told of a month.
public struct CollectiveMonth: Hashable, Sendable {
    /// Exposure and decisions.
    public var team: TeamView
    /// How often moderators said that a rule is wrong, by rule.
    public var objections: [RuleID: Int]
    /// Versions of the limits that came into force and loosened something.
    public var raised: Int
    /// Versions that only tightened.
    public var lowered: Int
    /// Overrides.
    public var overrides: OverrideCounts

    /// Makes a month.
    public init(
        team: TeamView, objections: [RuleID: Int], raised: Int, lowered: Int, overrides: OverrideCounts
    ) {
        self.team = team
        self.objections = objections
        self.raised = raised
        self.lowered = lowered
        self.overrides = overrides
    }
}

extension Desk {
    /// The months that are told, newest first, at most so many; for workers' representatives.
    public func collectiveMonths(most: Int = 12, for person: Person) throws(DeskError) -> [CollectiveMonth] {
        try demand(.representative, of: person)
        let now = clock.now().wall
        return try read { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            let first = TeamMonth(of: site.createdAt)
            var months: [CollectiveMonth] = []
            var month = TeamMonth.latestTold(at: now)
            while month >= first, months.count < most {
                months.append(try collective(month, at: now, in: tx))
                month = month.previous
            }
            return months
        }
    }

    /// One month; for workers' representatives.
    public func collectiveMonth(_ month: TeamMonth, for person: Person) throws(DeskError) -> CollectiveMonth {
        let now = try demandTold(month, to: person)
        return try read { try collective(month, at: now, in: $0) }
    }

    private func collective(_ month: TeamMonth, at now: Timestamp, in tx: any StoreReading) throws
        -> CollectiveMonth
    {
        let (from, to) = (month.first.start, month.next.first.start)
        let history = try tx.limitsHistory()
        let changes = history.indices.dropFirst().filter {
            history[$0].since >= from && history[$0].since < to
        }
        .map { history[$0].limits.changes(from: history[$0 - 1].limits) }
        let raised = changes.count { $0.contains(where: \.loosens) }
        return CollectiveMonth(
            team: try team(in: month, at: now, in: tx),
            objections: try tx.objectionCounts(from: from, to: to),
            raised: raised, lowered: changes.count - raised,
            overrides: try tx.teamOverrides(in: month, at: now) ?? OverrideCounts(asked: 0, agreed: 0))
    }

    /// The exposure of everybody together in a month that is over; for workers' representatives.
    ///
    /// One group, and months that don't overlap: no two views differ by a few people. See ``TeamReading``.
    public func teamView(of month: TeamMonth, for person: Person) throws(DeskError) -> TeamView {
        let now = try demandTold(month, to: person)
        return try read { try team(in: month, at: now, in: $0) }
    }

    /// The moment, at which somebody who is told of the team may be told of a month.
    private func demandTold(_ month: TeamMonth, to person: Person) throws(DeskError) -> Timestamp {
        try demand(.representative, of: person)
        let now = clock.now().wall
        guard month.toldFrom <= now else {
            throw .invalid(
                .other(
                    "\(month) is told from \(UTCDay(of: month.toldFrom)) on, when nothing in it changes any more"
                ))
        }
        return now
    }

    /// The latest month that is told.
    public func latestTeamMonth() -> TeamMonth { .latestTold(at: clock.now().wall) }

    func team(in month: TeamMonth, at now: Timestamp, in tx: any StoreReading) throws -> TeamView {
        let least = try limits(in: tx).smallestGroup
        return TeamView(month: month, exposure: try tx.teamExposure(in: month, at: now, of: least))
    }
}
