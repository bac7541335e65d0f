public import Moderation

/// One recorded look at a post, and at what hazard it would have been shown and charged.
public struct RecordedLook: Hashable, Sendable {
    /// The span as it was recorded.
    public var span: Span
    /// The hazard by which it would have been decided whether it may be shown.
    public var shownAs: Hazard
    /// The hazard that would have been charged in the end, at least the one shown.
    public var chargedAs: Hazard

    /// Makes a look.
    public init(span: Span, shownAs: Hazard, chargedAs: Hazard) {
        self.span = span
        self.shownAs = shownAs
        self.chargedAs = max(shownAs, chargedAs)
    }
}

/// What a recorded shift would have been under other limits or hazards.
public struct ShiftReplay: Hashable, Sendable {
    /// How much later it would have begun, for the rest after the shift before.
    public var startsLater: Duration = .zero
    /// The dose of all that would have been shown.
    public var dose: Dose = .zero
    /// From the recorded beginning to the end of the last exposure.
    public var endedAfter: Duration = .zero
    /// Which limit would have ended the exposure; `nil` when it would have gone to its recorded end.
    public var endedBy: LimitReason?
    /// Breaks that the limits would have asked for beyond those that were taken.
    public var breaks = 0
    /// Looks that would have been shown.
    public var looks = 0
    /// Looks with a hazard that the limits would not have shown.
    public var leftOut = 0
    /// Looks that would have been covered sooner.
    public var cutShort = 0

    /// Nothing yet.
    public init() {}
}

/// Plays one person's recorded shifts again, one after another, with the rules of the dosimeter.
///
/// The shifts must come in order. A break that the limits ask for and that nobody took is put in, and moves the rest of
/// the shift later; what was taken stays. A look that the limits refuse is left out, and once a dose limit or the length
/// of the shift says no, the exposure of that shift has ended. The person's own limit takes no part: it is nobody
/// else's business.
public struct ShiftReplayer: Sendable {
    private var record: ExposureRecord

    /// Begins before a person's first shift.
    ///
    /// - Parameter earlier: dose of days of which single spans are not kept any more; it counts as it was.
    public init(person: PersonID, earlier: [EarlierDose] = []) {
        record = ExposureRecord(
            person: person, now: Timestamp(milliseconds: 0), spans: [], shifts: [], limits: .standard,
            earlier: earlier)
    }

    /// Plays a shift.
    ///
    /// - Parameters:
    ///   - looks: its looks in the order in which they were opened.
    ///   - limits: the limits that hold at a recorded moment.
    public mutating func replay(
        _ shift: Shift, looks: [RecordedLook], limits: (Timestamp) -> Limits
    ) -> ShiftReplay {
        var play = Play(shift: shift)
        record.limits = limits(shift.startedAt)
        record.now = shift.startedAt
        forget()
        if case .resting(let until) = Dosimeter.standing(of: record).availability, until > shift.startedAt {
            play.result.startsLater = .milliseconds(until.millisecondsSince(shift.startedAt))
        }
        play.delay = play.result.startsLater
        record.shifts.append(
            Shift(
                id: shift.id, person: record.person, startedAt: shift.startedAt.later(by: play.delay)))
        for (place, look) in looks.enumerated() {
            record.limits = limits(look.span.openedAt)
            takeBreaks(before: look.span.openedAt, &play)
            guard show(look, &play) else {
                play.result.leftOut += looks[place...].count { $0.shownAs > .none }
                break
            }
        }
        close(&play)
        return play.result
    }

    /// A shift under way.
    private struct Play {
        let shift: Shift
        var delay: Duration = .zero
        var taken = 0
        var lastEnd: Timestamp?
        var result = ShiftReplay()
    }

    /// Drops what no window holds any more.
    private mutating func forget() {
        let horizon = record.now.earlier(by: Dosimeter.week)
        record.spans.removeAll { $0.end <= horizon }
        record.earlier.removeAll { $0.endsAt <= horizon }
        record.shifts.removeAll { ($0.endedAt ?? $0.startedAt) <= horizon }
    }

    /// Takes the breaks that were taken before a recorded moment.
    private mutating func takeBreaks(before moment: Timestamp, _ play: inout Play) {
        let last = record.shifts.count - 1
        while play.taken < play.shift.breaks.count, play.shift.breaks[play.taken].startedAt <= moment {
            var pause = play.shift.breaks[play.taken]
            pause.startedAt = pause.startedAt.later(by: play.delay)
            pause.endedAt = min(pause.endedAt ?? moment, moment).later(by: play.delay)
            record.shifts[last].breaks.append(pause)
            play.taken += 1
        }
    }

    /// Shows what was looked at, as far as the limits allow; `false` when they have ended the exposure.
    private mutating func show(_ look: RecordedLook, _ play: inout Play) -> Bool {
        record.now = look.span.openedAt.later(by: play.delay)
        var standing = Dosimeter.standing(of: record)
        if case .mustBreak = standing.availability {
            rest(for: standing.breakDue?.length ?? record.limits.breakLength, &play)
            standing = Dosimeter.standing(of: record)
        }
        let shift = play.shift.id
        let since = record.spans.filter { $0.shift == shift && $0.post == look.span.post && $0.post != nil }
            .map(\.openedAt).min()
        switch standing.mayUncover(look.shownAs, inHandSince: since) {
        case .allowed: open(look, standing, &play)
        case .refused(.capped(let reason, _)), .refused(.shiftOver(let reason, _)):
            play.result.endedBy = reason
            return false
        case .refused: if look.shownAs > .none { play.result.leftOut += 1 }
        }
        return true
    }

    private mutating func open(_ look: RecordedLook, _ standing: Standing, _ play: inout Play) {
        let limits = record.limits
        let open = Span.opened(
            id: look.span.id, person: record.person, post: look.span.post, shift: play.shift.id,
            hazard: look.shownAs, at: record.now, limits: limits)
        record.spans.append(open)
        let until = Dosimeter.standing(of: record).mustCover(open, lastKeyAt: nil)?.at
        let planned = record.now.later(by: look.span.visible)
        let end = max(record.now, min(planned, until ?? planned))
        if end < planned { play.result.cutShort += 1 }
        let elapsed = Duration.milliseconds(end.millisecondsSince(record.now))
        let closed = open.closed(
            elapsed: elapsed, at: end, by: look.span.closedBy ?? .covered, limits: limits
        ).rerated(to: look.chargedAs, limits: limits)
        record.spans[record.spans.count - 1] = closed
        play.result.dose = play.result.dose + closed.dose
        play.result.looks += 1
        play.lastEnd = max(play.lastEnd ?? end, end)
    }

    private mutating func rest(for length: Duration, _ play: inout Play) {
        let end = record.now.later(by: length)
        record.shifts[record.shifts.count - 1].breaks.append(
            Break(startedAt: record.now, endedAt: end, isRequired: true))
        record.now = end
        play.delay += length
        play.result.breaks += 1
    }

    private mutating func close(_ play: inout Play) {
        let start = play.shift.startedAt
        let last = record.shifts.count - 1
        if let end = play.lastEnd { play.result.endedAfter = .milliseconds(end.millisecondsSince(start)) }
        let planned = (play.shift.endedAt ?? play.lastEnd ?? start).later(by: play.delay)
        let ended = play.result.endedBy == nil ? max(planned, play.lastEnd ?? planned) : play.lastEnd ?? start
        record.shifts[last].endedAt = max(ended, record.shifts[last].startedAt)
        record.shifts[last].endedBy = play.result.endedBy == nil ? .ended : .dose
    }
}
