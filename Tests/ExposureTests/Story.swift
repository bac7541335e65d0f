import Exposure
import Moderation

/// One moderator's working days, told step by step with a clock that only moves when told to.
struct Story {
    static let person = PersonID("p-1")

    var limits = Limits.standard
    var now = Timestamp(milliseconds: 1_767_225_600_000)
    var spans: [Span] = []
    var shifts: [Shift] = []
    var personalLimit: Percent?

    var standing: Standing { Dosimeter.standing(of: record) }

    var record: ExposureRecord {
        ExposureRecord(
            person: Self.person, now: now, spans: spans, shifts: shifts, limits: limits,
            personalLimit: personalLimit)
    }

    mutating func wait(_ time: Duration) { now = now + time }

    mutating func startShift() {
        shifts.append(Shift(id: ShiftID("s-\(shifts.count)"), person: Self.person, startedAt: now))
    }

    mutating func endShift() {
        shifts[shifts.count - 1].endedAt = now
        shifts[shifts.count - 1].endedBy = .ended
    }

    mutating func startBreak(required: Bool = false) {
        shifts[shifts.count - 1].breaks.append(Break(startedAt: now, isRequired: required))
    }

    mutating func endBreak() {
        let last = shifts[shifts.count - 1].breaks.count - 1
        shifts[shifts.count - 1].breaks[last].endedAt = now
    }

    mutating func rest(_ time: Duration) {
        startBreak()
        wait(time)
        endBreak()
    }

    mutating func uncover(_ hazard: Hazard, post: String? = nil) {
        spans.append(
            .opened(
                id: SpanID("x-\(spans.count)"), person: Self.person,
                post: PostID(post ?? "post-\(spans.count)"), shift: shifts.last?.id, hazard: hazard, at: now,
                limits: limits))
    }

    /// Time goes by with content uncovered, beat by beat.
    mutating func look(_ time: Duration) {
        wait(time)
        guard let span = spans.last else { return }
        spans[spans.count - 1] = span.beaten(elapsed: now - span.openedAt, limits: limits)
    }

    mutating func cover() {
        guard let span = spans.last else { return }
        spans[spans.count - 1] =
            span.closed(elapsed: now - span.openedAt, at: now, by: .covered, limits: limits)
    }

    /// Uncovers, looks and covers.
    mutating func see(_ hazard: Hazard, for time: Duration, post: String? = nil) {
        uncover(hazard, post: post)
        look(time)
        cover()
    }

    /// Hours of one hazard with a proper break after every 40 minutes, all of it charged.
    mutating func work(_ hazard: Hazard, minutes: Int64) {
        var left = minutes
        while left > 0 {
            let stretch = min(40, left)
            see(hazard, for: .minutes(stretch))
            left -= stretch
            if left > 0 { rest(.minutes(10)) }
        }
    }
}

extension Duration {
    static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }
}

/// SplitMix64: the same seed, the same cases, on every machine.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
