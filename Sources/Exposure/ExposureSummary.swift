public import Moderation

/// What a person was exposed to, day by day, for themselves to read.
///
/// It says nothing of speed or idle time, and there is no sum over people.
public struct ExposureSummary: Hashable, Sendable {
    /// One calendar day.
    public struct Day: Hashable, Sendable {
        /// When it began.
        public var start: Timestamp
        /// Whole milliseconds uncovered at each hazard that occurred.
        public var milliseconds: [Hazard: Int64]
        /// The charge.
        public var dose: Dose

        /// Makes a day.
        public init(start: Timestamp, milliseconds: [Hazard: Int64], dose: Dose) {
            self.start = start
            self.milliseconds = milliseconds
            self.dose = dose
        }

        /// Whole minutes uncovered at a hazard, rounded up.
        public func minutes(at hazard: Hazard) -> Int64 {
            let time = milliseconds[hazard] ?? 0
            return time / 60_000 + (time % 60_000 == 0 ? 0 : 1)
        }
    }

    /// Days with exposure, oldest first.
    public var days: [Day]
    /// The charge of all of them.
    public var dose: Dose

    /// Sums spans by the day on which they were opened, and adds the totals of settled days.
    ///
    /// - Parameter offset: local time minus UTC, for where days begin; settled days stay those of UTC.
    public init(of spans: some Sequence<Span>, settled: [DayTotal] = [], offset: Duration = .zero) {
        let perDay: Int64 = 86_400_000
        let shift = offset.wholeMilliseconds
        var days: [Int64: Day] = [:]
        for span in spans {
            let local = Timestamp(milliseconds: span.openedAt.milliseconds.saturatingAdd(shift))
            let number = UTCDay(of: local).number
            let start = number.saturatingMultiply(perDay).saturatingSubtract(shift)
            let empty = Day(start: Timestamp(milliseconds: start), milliseconds: [:], dose: .zero)
            var day = days[number] ?? empty
            let time = day.milliseconds[span.hazard] ?? 0
            day.milliseconds[span.hazard] = time.saturatingAdd(span.visible.chargedMilliseconds)
            day.dose = day.dose + span.dose
            days[number] = day
        }
        for total in settled {
            let start = total.day.start
            var day = days[total.day.number] ?? Day(start: start, milliseconds: [:], dose: .zero)
            let time = day.milliseconds[total.hazard] ?? 0
            day.milliseconds[total.hazard] = time.saturatingAdd(total.visible)
            day.dose = day.dose + total.dose
            days[total.day.number] = day
        }
        self.days = days.sorted { $0.key < $1.key }.map(\.value)
        dose = self.days.reduce(.zero) { $0 + $1.dose }
    }
}
