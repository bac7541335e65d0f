public import Moderation

/// What one person was exposed to in one day (UTC) at one hazard: what stands in the place of spans once the time in
/// which they may be disputed is over.
public struct DayTotal: Hashable, Sendable {
    /// Whose.
    public var person: PersonID
    /// The day on which the spans were opened.
    public var day: UTCDay
    /// The hazard that was charged.
    public var hazard: Hazard
    /// Whole milliseconds uncovered.
    public var visible: Int64
    /// The charge.
    public var dose: Dose
    /// The last moment that is charged.
    public var endsAt: Timestamp

    /// Makes a total.
    public init(
        person: PersonID, day: UTCDay, hazard: Hazard, visible: Int64, dose: Dose, endsAt: Timestamp
    ) {
        self.person = person
        self.day = day
        self.hazard = hazard
        self.visible = visible
        self.dose = dose
        self.endsAt = endsAt
    }

    /// Adds what is of the same person, day and hazard.
    public mutating func add(_ other: DayTotal) {
        visible = visible.saturatingAdd(other.visible)
        dose = dose + other.dose
        endsAt = max(endsAt, other.endsAt)
    }

    /// The totals of spans by person, day and hazard, in that order.
    public static func of(_ spans: some Sequence<Span>) -> [DayTotal] {
        sums(
            spans.lazy.map { span in
                DayTotal(
                    person: span.person, day: UTCDay(of: span.openedAt), hazard: span.hazard,
                    visible: span.visible.chargedMilliseconds, dose: span.dose, endsAt: span.end)
            })
    }

    private struct Key: Hashable {
        var person: PersonID
        var day: UTCDay
        var hazard: Hazard
    }

    /// Totals of the same person, day and hazard added up, in the order of these.
    public static func sums(_ totals: some Sequence<DayTotal>) -> [DayTotal] {
        var sums: [Key: DayTotal] = [:]
        for total in totals {
            let key = Key(person: total.person, day: total.day, hazard: total.hazard)
            if sums[key] == nil { sums[key] = total } else { sums[key]?.add(total) }
        }
        return sums.values.sorted {
            ($0.person.rawValue, $0.day, $0.hazard) < ($1.person.rawValue, $1.day, $1.hazard)
        }
    }
}

/// Dose that no span of this site tells of any more, or never did: of days that were settled, or from another site.
///
/// It counts in the windows of 24 hours and seven days as a span does, in full until its last moment has left them, and
/// in nothing else: neither breaks nor runs of severe posts are reckoned from it.
public struct EarlierDose: Hashable, Sendable {
    /// Not after when it began.
    public var startedAt: Timestamp
    /// The last moment that is charged.
    public var endsAt: Timestamp
    /// The charge.
    public var dose: Dose

    /// Makes a dose.
    public init(startedAt: Timestamp, endsAt: Timestamp, dose: Dose) {
        self.startedAt = startedAt
        self.endsAt = endsAt
        self.dose = dose
    }
}

extension EarlierDose {
    /// The dose of a settled day.
    public init(_ total: DayTotal) {
        self.init(startedAt: total.day.start, endsAt: total.endsAt, dose: total.dose)
    }
}
