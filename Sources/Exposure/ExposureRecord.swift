public import Moderation

/// Everything known of one person's exposure at one moment, over all sessions and terminals.
public struct ExposureRecord: Hashable, Sendable {
    /// Whose.
    public var person: PersonID
    /// The moment the question is asked, by the time of day.
    public var now: Timestamp
    /// A moment that is known to have come, whatever the time of day says now; `nil` when nothing more is known than
    /// spans and shifts tell.
    public var reached: Timestamp?
    /// Their spans with any part in the last 7 days at least, open ones included, in any order.
    public var spans: [Span]
    /// Their shifts of the last 7 days at least, the open one included, in any order.
    public var shifts: [Shift]
    /// The limits in force for them.
    public var limits: Limits
    /// Their own lower daily limit.
    public var personalLimit: Percent?
    /// What else counts in the windows: of settled days, and from other sites.
    public var earlier: [EarlierDose]

    /// Makes a record.
    public init(
        person: PersonID, now: Timestamp, spans: [Span], shifts: [Shift], limits: Limits,
        personalLimit: Percent? = nil, reached: Timestamp? = nil, earlier: [EarlierDose] = []
    ) {
        self.earlier = earlier
        self.person = person
        self.now = now
        self.spans = spans
        self.shifts = shifts
        self.limits = limits
        self.personalLimit = personalLimit
        self.reached = reached
    }

    /// The latest moment that is known to have come: later than `now` after a clock was set back.
    ///
    /// What uses time up (a shift, continuous exposure, the two minutes to finish) is reckoned by this moment, and what
    /// gives time back (windows, breaks, rest) by `now`, so that a clock set back never under-counts either.
    public var latest: Timestamp {
        let own = spans.lazy.filter { $0.person == person }.map { $0.known(limits) }
        let shifts = shifts.lazy.flatMap { shift in
            [shift.startedAt, shift.endedAt ?? shift.startedAt]
                + shift.breaks.flatMap { [$0.startedAt, $0.endedAt ?? $0.startedAt] }
        }
        return max(max(now, reached ?? now), max(own.max() ?? now, shifts.max() ?? now))
    }

    /// The shift that lasts; of several, the one that began first, which is the stricter reading.
    public var openShift: Shift? { shifts.filter(\.isOpen).min { $0.startedAt < $1.startedAt } }

    /// The dose of all spans of which any part lies in the window before `now`, and of earlier dose likewise.
    ///
    /// A span counts in full until its last moment has left the window, and overlapping spans all count: a
    /// window may so hold too much, never too little. Spans dated after `now` (a clock set back) count too.
    public func dose(within window: Duration) -> Dose {
        charges(within: window).reduce(.zero) { $0 + $1.dose }
    }

    func counted(within window: Duration) -> [Span] {
        let start = now.earlier(by: window)
        return spans.filter { $0.person == person && $0.end > start }
    }

    /// What a window holds of one span or one earlier dose.
    private struct Charge {
        var openedAt, end: Timestamp
        var dose: Dose
        /// How long it took to charge, at least the floor.
        var charged: Int64
    }

    private func charges(within window: Duration) -> [Charge] {
        let start = now.earlier(by: window)
        let floor = limits.floor.chargedMilliseconds
        let own = counted(within: window).map { span in
            Charge(
                openedAt: span.openedAt, end: span.end, dose: span.dose,
                charged: max(span.visible.chargedMilliseconds, floor))
        }
        // When in its day it was charged nobody knows: as early as can be, so that a limit was reached no later.
        let before = earlier.lazy.filter { $0.endsAt > start }.map { dose in
            Charge(openedAt: dose.startedAt, end: dose.endsAt, dose: dose.dose, charged: 0)
        }
        return own + before
    }

    /// The earliest moment, not before `now`, at which the window's dose is below the limit if nothing more
    /// is uncovered; a whole window later when the limit is zero and never is undercut.
    func moment(below limit: Dose, within window: Duration) -> Timestamp {
        guard limit > .zero else { return now.later(by: window) }
        let charges = charges(within: window)
        guard charges.reduce(.zero, { $0 + $1.dose }) >= limit else { return now }
        // From the newest backwards: the first that doesn't fit any more must leave the window.
        var sum = Dose.zero
        for charge in charges.sorted(by: { $0.end > $1.end }) {
            sum = sum + charge.dose
            if sum >= limit { return max(now, charge.end.later(by: window)) }
        }
        return now
    }

    /// When what is counted, in the order of opening, had reached the limit; `nil` if it has not.
    func moment(reaching limit: Dose, within window: Duration) -> Timestamp? {
        if limit == .zero { return Timestamp(milliseconds: .min) }
        let charges = charges(within: window)
        guard charges.reduce(.zero, { $0 + $1.dose }) >= limit else { return nil }
        let floor = limits.floor.chargedMilliseconds
        var sum = Dose.zero
        for charge in charges.sorted(by: { $0.openedAt < $1.openedAt }) {
            let before = sum
            sum = sum + charge.dose
            guard sum >= limit else { continue }
            let offset = charge.charged.scaled(by: (limit - before).units, over: max(1, charge.dose.units))
            return offset <= floor ? charge.openedAt : charge.openedAt.later(by: offset)
        }
        return nil
    }
}
