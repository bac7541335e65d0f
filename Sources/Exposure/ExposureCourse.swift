public import Moderation

/// A person's exposure over the last days, for charts that they alone are shown.
///
/// It says what was used, never what is left, and nothing of how fast anybody works.
public struct ExposureCourse: Hashable, Sendable {
    /// One calendar day, whether there was exposure on it or not.
    public struct Day: Hashable, Sendable {
        /// When it began.
        public var start: Timestamp
        /// The charge.
        public var dose: Dose
        /// Whole milliseconds uncovered at each hazard that occurred.
        public var milliseconds: [Hazard: Int64]
        /// How many breaks began on it.
        public var breaks: Int
        /// How long those lasted.
        public var breakTime: Duration
    }

    /// How many days there are.
    public static let days = 28
    /// How long each step of ``rolling`` is.
    public static let step: Duration = .seconds(15 * 60)

    /// The last days, today last.
    public var days: [Day]
    /// The dose in the 24 hours before the end of each quarter of an hour of the last 24 hours, now last.
    public var rolling: [Dose]
    /// The breaks of the last 24 hours, oldest first.
    public var breaks: [Break]
    /// When it was reckoned.
    public var now: Timestamp

    /// Reckons it.
    ///
    /// - Parameters:
    ///   - spans: all with any part in the last 28 days at least.
    ///   - shifts: all with any part in them.
    ///   - offset: local time minus UTC, for where days begin.
    public init(spans: [Span], shifts: [Shift], now: Timestamp, offset: Duration = .zero) {
        self.now = now
        days = Self.days(spans, shifts, now, offset.wholeMilliseconds)
        let lately = spans.filter { $0.end > now - Dosimeter.day - Dosimeter.day }
        let count = Int(Dosimeter.day.wholeMilliseconds / Self.step.wholeMilliseconds)
        rolling = (1...count).map { place in
            let moment = now - Self.step * (count - place)
            let start = moment - Dosimeter.day
            // What is dated after now, since a clock was set back, counts now.
            let isLast = place == count
            return lately.reduce(.zero) { sum, span in
                span.end > start && (isLast || span.openedAt <= moment) ? sum + span.dose : sum
            }
        }
        breaks = shifts.flatMap(\.breaks).filter { ($0.endedAt ?? now) > now - Dosimeter.day }
            .sorted { $0.startedAt < $1.startedAt }
    }

    /// The last so many days together: time at each hazard, charge, breaks.
    public func total(of count: Int) -> Day {
        var total = Day(
            start: days.suffix(count).first?.start ?? now, dose: .zero, milliseconds: [:], breaks: 0,
            breakTime: .zero)
        for day in days.suffix(count) {
            total.dose = total.dose + day.dose
            total.milliseconds.merge(day.milliseconds) { $0.saturatingAdd($1) }
            total.breaks += day.breaks
            total.breakTime += day.breakTime
        }
        return total
    }

    private static func days(_ spans: [Span], _ shifts: [Shift], _ now: Timestamp, _ offset: Int64) -> [Day] {
        let length = Dosimeter.day.wholeMilliseconds
        func number(_ moment: Timestamp) -> Int64 {
            let local = moment.milliseconds.saturatingAdd(offset)
            return local / length - (local % length < 0 ? 1 : 0)
        }
        let today = number(now)
        let first = today - Int64(days - 1)
        var result = (first...today).map { number in
            Day(
                start: Timestamp(milliseconds: number * length - offset), dose: .zero, milliseconds: [:],
                breaks: 0, breakTime: .zero)
        }
        for span in spans {
            let place = min(number(span.openedAt), today) - first
            guard place >= 0 else { continue }
            result[Int(place)].dose = result[Int(place)].dose + span.dose
            let before = result[Int(place)].milliseconds[span.hazard] ?? 0
            result[Int(place)].milliseconds[span.hazard] = before.saturatingAdd(
                span.visible.chargedMilliseconds)
        }
        for pause in shifts.flatMap(\.breaks) {
            let place = min(number(pause.startedAt), today) - first
            guard place >= 0 else { continue }
            result[Int(place)].breaks += 1
            result[Int(place)].breakTime += max(
                .zero, (pause.endedAt ?? max(now, pause.startedAt)) - pause.startedAt)
        }
        return result
    }
}
