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

    /// Percent of a full dose for a thousand decisions, rounded down: the figure to lower.
    public var percentPerThousand: Int64? {
        guard let decisions = exposure.decisions, decisions > 0, !exposure.cells.isEmpty else { return nil }
        return percent * 1000 / Int64(decisions)
    }
}

extension Desk {
    /// For so long after its end a month may still change: spans are charged anew within a week.
    static let teamDelay: Duration = .seconds(9 * 86_400)

    /// The exposure of everybody together in a month that is over; for workers' representatives.
    ///
    /// One group, and months that don't overlap: no two views differ by a few people. See ``TeamReading``.
    public func teamView(of month: TeamMonth, for person: Person) throws(DeskError) -> TeamView {
        try demand(.representative, of: person)
        let now = clock.now().wall
        guard month.next.first.start + Self.teamDelay <= now else {
            throw .invalid(
                .other(
                    "\(month) is told from \(UTCDay(of: month.next.first.start + Self.teamDelay)) on, when nothing in it changes any more"
                ))
        }
        return try read { tx in
            let least = try limits(in: tx).smallestGroup
            return TeamView(month: month, exposure: try tx.teamExposure(in: month, of: least))
        }
    }

    /// The latest month that is told.
    public func latestTeamMonth() -> TeamMonth {
        TeamMonth(of: clock.now().wall - Self.teamDelay).previous
    }
}
