public import Moderation

/// A calendar month in UTC: the one period for which team figures are told, so that no two overlap.
public struct TeamMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    public let year: Int
    /// The month, 1 to 12.
    public let month: Int

    /// The month in which a moment lies.
    public init(of moment: Timestamp) {
        let civil = moment.civil()
        year = civil.year
        month = civil.month
    }

    /// Reads a month such as `2026-03`.
    public init?(_ text: some StringProtocol) {
        guard let day = UTCDay("\(text)-01") else { return nil }
        self.init(of: day.start)
    }

    /// Its first day.
    public var first: UTCDay {
        UTCDay("\(Self.text(year, 4))-\(Self.text(month, 2))-01") ?? UTCDay(number: 0)
    }

    /// The month after it.
    public var next: TeamMonth { TeamMonth(of: UTCDay(number: first.number + 31).start) }

    /// The month before it.
    public var previous: TeamMonth { TeamMonth(of: UTCDay(number: first.number - 1).start) }

    /// For so long after its end a month may still change: what was looked at is charged anew within a week.
    public static let delay: Duration = .seconds(9 * 86_400)

    /// From when on it is told; what is told of it stays the same from then on.
    public var toldFrom: Timestamp { next.first.start + Self.delay }

    /// The latest month that is told at a moment.
    public static func latestTold(at now: Timestamp) -> TeamMonth { TeamMonth(of: now - delay).previous }

    /// Such as `2026-03`.
    public var description: String { String(first.text.prefix(7)) }

    private static func text(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - String(number).utf8.count)) + String(number)
    }

    /// Orders from earlier to later.
    public static func < (left: TeamMonth, right: TeamMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

/// A week from Monday to Sunday in UTC: the one period of which forecasts learn how people work.
///
/// Months would be too old for it: single spans, of which handling times are told, give way to daily totals.
public struct TeamWeek: Hashable, Sendable, CustomStringConvertible {
    /// Its Monday.
    public let first: UTCDay

    /// The week in which a day lies.
    public init(of day: UTCDay) {
        // 1 January 1970 was a Thursday.
        let place = (day.number + 3) % 7
        first = UTCDay(number: day.number - (place < 0 ? place + 7 : place))
    }

    /// The Monday after it.
    public var end: UTCDay { UTCDay(number: first.number + 7) }

    /// From when on it is told.
    public var toldFrom: Timestamp { end.start + TeamMonth.delay }

    /// The latest week that is told at a moment.
    public static func latestTold(at now: Timestamp) -> TeamWeek {
        let last = TeamWeek(of: UTCDay(of: now - TeamMonth.delay))
        return TeamWeek(of: UTCDay(number: last.first.number - 1))
    }

    /// Its Monday, such as `2026-03-02`.
    public var description: String { first.text }
}

/// What a whole team was exposed to at one hazard in a month.
public struct TeamCell: Hashable, Sendable {
    /// The hazard.
    public var hazard: Hazard
    /// Whole minutes uncovered, rounded down.
    public var minutes: Int64
    /// Whole percent of a full dose, added up over everybody, rounded down.
    public var percent: Int64

    /// Makes a cell.
    public init(hazard: Hazard, minutes: Int64, percent: Int64) {
        self.hazard = hazard
        self.minutes = minutes
        self.percent = percent
    }
}

/// What a store tells of a whole team's month.
public struct TeamExposure: Hashable, Sendable {
    /// The cells that may be told; a hazard at which too few people worked is not among them.
    public var cells: [TeamCell]
    /// Decisions that stand, of people; `nil` when too few people decided.
    public var decisions: Int?

    /// Makes an answer.
    public init(cells: [TeamCell], decisions: Int?) {
        self.cells = cells
        self.decisions = decisions
    }
}

/// How often leads asked in a month that somebody may go beyond a limit, and how often somebody agreed.
public struct OverrideCounts: Hashable, Sendable {
    /// Asked for.
    public var asked: Int
    /// Of these, those that the person concerned consented to.
    public var agreed: Int

    /// Makes counts.
    public init(asked: Int, agreed: Int) {
        self.asked = asked
        self.agreed = agreed
    }
}

/// What a workers' representative asks of a store.
public protocol TeamReading {
    /// Exposure of everybody who had any in a month that is over: sums over at least ``SmallGroup/least`` people, and nothing
    /// else.
    ///
    /// There is one group, everybody, and there are no periods but months: so no two answers differ by a few people. A
    /// hazard at which fewer people were exposed, or to which one gave more than half, is left out, and no sum
    /// that holds it is given either: what is told never leads to what is not. Decisions that are undone after
    /// ``TeamMonth/toldFrom`` count on: whenever a month is asked for, it is told alike.
    ///
    /// - Parameters:
    ///   - now: a month that is not yet told then is not told at all.
    ///   - least: how many people at least; fewer than ``SmallGroup/least`` counts as that.
    func teamExposure(in month: TeamMonth, at now: Timestamp, of least: Int) throws -> TeamExposure
    /// Overrides asked for in a month: leads' acts, which are told as they are; `nil` before it is told.
    func teamOverrides(in month: TeamMonth, at now: Timestamp) throws -> OverrideCounts?
}
