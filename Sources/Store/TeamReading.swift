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

/// What a workers' representative asks of a store.
public protocol TeamReading {
    /// Exposure of everybody who had any in a month that is over: sums over at least ``SmallGroup/least`` people, and nothing
    /// else.
    ///
    /// There is one group, everybody, and there are no periods but months: so no two answers differ by a few people. A
    /// hazard at which fewer people were exposed, or to which one gave more than half, is left out, and no sum
    /// that holds it is given either: what is told never leads to what is not.
    ///
    /// - Parameter least: how many people at least; fewer than ``SmallGroup/least`` counts as that.
    func teamExposure(in month: TeamMonth, of least: Int) throws -> TeamExposure
}

/// How small a group may be that sums are told of.
public enum SmallGroup {
    /// Fewer people than that and nothing is told; a choice above what offices of statistics commonly ask for.
    public static let least = 10
}
