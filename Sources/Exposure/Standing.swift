public import Moderation

/// How much of the daily limit is used, said quietly.
public enum Notice: Int, CaseIterable, Comparable, Hashable, Sendable, Codable {
    /// The first notice, by default at 50 % of the person's daily limit.
    case half
    /// The second notice, by default at 80 %.
    case fourFifths
    /// The limit itself.
    case full

    /// Orders from less used to more.
    public static func < (left: Notice, right: Notice) -> Bool { left.rawValue < right.rawValue }
}

/// The next break that the limits ask for.
public struct BreakDue: Hashable, Sendable {
    /// `continuous` or `longBreak`.
    public var reason: LimitReason
    /// When it is due, in the past when it already is.
    public var dueAt: Timestamp
    /// How long it lasts at least.
    public var length: Duration

    /// Makes a break that is due.
    public init(reason: LimitReason, dueAt: Timestamp, length: Duration) {
        self.reason = reason
        self.dueAt = dueAt
        self.length = length
    }
}

/// Whether a person may work with exposure now.
///
/// Never says how they are.
public enum Availability: Hashable, Sendable {
    /// They may.
    case available
    /// A break is due; its earliest end if it begins now.
    case mustBreak(until: Timestamp)
    /// A break lasts; its earliest end, which may be past.
    case onBreak(until: Timestamp)
    /// A dose limit is reached; work without exposure remains.
    case capped(LimitReason, resumeAt: Timestamp)
    /// The rest between two shifts lasts.
    case resting(until: Timestamp)
    /// The shift is over and wants to be ended.
    case shiftOver(LimitReason, resumeAt: Timestamp)
    /// No shift is open; one may begin.
    case notOnShift(mayStartAt: Timestamp)
}

/// When an uncovered post must be covered at the latest, and which limit asks.
public struct CoverDeadline: Hashable, Sendable {
    /// The moment.
    public var at: Timestamp
    /// The limit.
    public var reason: LimitReason

    /// Makes a deadline.
    public init(at: Timestamp, reason: LimitReason) {
        self.at = at
        self.reason = reason
    }
}

/// Where one person stands at one moment: the answer of `Dosimeter.standing(of:)`.
///
/// It is the person's own. A lead sees `availability` in three words at most, never the figures.
public struct Standing: Hashable, Sendable {
    /// Whose.
    public let person: PersonID
    /// The moment asked about, by the time of day.
    public let now: Timestamp
    /// The latest moment that is known to have come: later than `now` after a clock was set back.
    public let latest: Timestamp
    /// The limits in force.
    public let limits: Limits
    /// The shift that lasts, if one.
    public let shift: Shift?

    /// Dose of the rolling 24 hours.
    public let dayDose: Dose
    /// Dose of the rolling 7 days.
    public let weekDose: Dose
    /// The daily limit for this person: the site's, their own or the ceiling, whichever is lowest.
    public let dayLimit: Dose
    /// The weekly limit.
    public let weekLimit: Dose
    /// The last notice reached; `nil` below the first.
    public let notice: Notice?

    /// Time since the last adequate break or pause without exposure.
    public let continuous: Duration
    /// The next break the limits ask for; `nil` outside a shift or before any exposure.
    public let breakDue: BreakDue?
    /// Whether the person may work with exposure.
    public let availability: Availability
    /// Which limit is reached first, since when, and until when; `nil` below every dose limit.
    public let cap: Cap?
    /// The load to choose the next post by; decays by half every ten minutes and limits nothing.
    public let acuteLoad: Dose
    /// Lighter posts that come before the next severe or extreme one.
    public let lighterOwed: Int

    let openSpans: [Span]
    /// When any hazard fits under the ceiling again.
    let ceilingResumeAt: Timestamp

    /// A dose limit that is reached.
    public struct Cap: Hashable, Sendable {
        /// Which.
        public var reason: LimitReason
        /// Since when.
        public var reachedAt: Timestamp
        /// When exposure may go on: the dose is below the limit, and the rest taken when a new shift is needed.
        public var resumeAt: Timestamp
    }

    /// The day's dose in whole percent of a full dose.
    public var dayPercent: Percent { dayDose.percent }
    /// The week's dose in whole percent of a full dose.
    public var weekPercent: Percent { weekDose.percent }
    /// The person's daily limit in whole percent of a full dose.
    public var dayLimitPercent: Percent { dayLimit.percent }

    /// Hazards the next claim may have.
    ///
    /// Opt-outs come on top. `none` is there whenever work is: not in a break, nor when the shift is over.
    public var claimable: Set<Hazard> {
        Set(Hazard.allCases.filter { mayUncover($0).isAllowed })
    }

    /// Time of content at that hazard until a dose limit is reached, rounded down; zero when it is.
    ///
    /// `none` charges nothing: the answer is then a whole shift.
    public func usableTime(at hazard: Hazard) -> Duration {
        let weight = limits.weight(of: hazard)
        guard weight > 0 else { return limits.shiftLength }
        let left = min(dayLimit - dayDose, weekLimit - weekDose)
        return .milliseconds(left.units / weight)
    }

    /// Whether content of that hazard may be uncovered now.
    ///
    /// - Parameter inHandSince: since when the post at hand has been uncovered for the first time; `nil` for a
    ///   post not looked at yet. A post in hand may be finished for `finishInHand` after a dose limit, the
    ///   last hour or the end of the shift is reached, unless the ceiling comes first.
    public func mayUncover(_ hazard: Hazard, inHandSince: Timestamp? = nil) -> Permission {
        if let absence { return .refused(absence) }
        switch availability {
        case .mustBreak(let moment):
            return .refused(.breakDue(breakDue?.reason ?? .continuous, until: moment))
        case .shiftOver(let reason, let moment):
            guard reason == .shiftLength, let shift else {
                return .refused(.shiftOver(reason, resumeAt: moment))
            }
            guard isFinishing(inHandSince, limitAt: shift.startedAt.later(by: limits.shiftLength)) else {
                return .refused(.shiftOver(reason, resumeAt: moment))
            }
            // What is finished after the shift is no exception to a break that is due.
            if let breakDue, breakDue.dueAt <= latest {
                return .refused(.breakDue(breakDue.reason, until: now.later(by: breakDue.length)))
            }
        case .available, .capped, .notOnShift, .resting, .onBreak: break
        }
        return mayUncover(hazard, onShiftInHandSince: inHandSince)
    }

    private func mayUncover(_ hazard: Hazard, onShiftInHandSince inHandSince: Timestamp?) -> Permission {
        guard limits.weight(of: hazard) > 0 else { return .allowed }
        if let cap, !isFinishing(inHandSince, limitAt: cap.reachedAt) {
            return .refused(.capped(cap.reason, resumeAt: cap.resumeAt))
        }
        let opening = Dose.charge(hazard: hazard, visible: limits.beat, limits: limits)
        if dayDose + opening > Dose(limits.ceiling) {
            let resumeAt = cap?.resumeAt ?? ceilingResumeAt
            return .refused(.capped(.ceiling, resumeAt: resumeAt))
        }
        guard hazard >= .severe else { return .allowed }
        if let start = lastHourStart, latest >= start, !isFinishing(inHandSince, limitAt: start) {
            return .refused(.lastHour(resumeAt: nextShiftAt))
        }
        if lighterOwed > 0, inHandSince == nil { return .refused(.runOfSevere(lighterOwed: lighterOwed)) }
        return .allowed
    }

    /// When an open span must be covered at the latest, were nothing else to happen; `nil` for a closed one.
    ///
    /// Told by the time of day, also after a clock was set back.
    ///
    /// - Parameter lastKeyAt: the last key; `nil` leaves idling out.
    public func mustCover(_ span: Span, lastKeyAt: Timestamp?) -> CoverDeadline? {
        guard span.isOpen else { return nil }
        var deadlines: [CoverDeadline] = []
        func add(_ moment: Timestamp, _ reason: LimitReason) {
            deadlines.append(CoverDeadline(at: moment, reason: reason))
        }
        if let shift {
            let end = shift.startedAt.later(by: limits.shiftLength)
            let hard = shift.startedAt.later(by: limits.shiftHard)
            add(min(end.later(by: limits.finishInHand), hard), hard <= end ? .shiftHard : .shiftLength)
            if span.hazard >= .severe, let start = lastHourStart {
                add(start.later(by: limits.finishInHand), .lastHour)
            }
        }
        if let breakDue, limits.weight(of: span.hazard) > 0 || breakDue.reason == .longBreak {
            add(breakDue.dueAt, breakDue.reason)
        }
        addDoseDeadlines(of: span, to: &deadlines)
        let ahead = latest.millisecondsSince(now)
        for place in deadlines.indices {
            let at = deadlines[place].at.milliseconds
            deadlines[place].at = Timestamp(milliseconds: at.saturatingSubtract(ahead))
        }
        if let lastKeyAt { add(lastKeyAt.later(by: limits.autoCover), .idle) }
        return deadlines.min { $0.at < $1.at }
    }

    /// Whether a dose limit is reached that was not when the shift began: what is left of it then counts as worked.
    public var wasCappedInShift: Bool {
        guard let cap, let shift else { return false }
        return cap.reachedAt >= shift.startedAt
    }

    /// Why nothing may be uncovered at all now, whatever it is: no shift lasts, or a break does.
    public var absence: Refusal? {
        switch availability {
        case .notOnShift(let moment): .notOnShift(mayStartAt: moment)
        case .resting(let moment): .resting(until: moment)
        case .onBreak(let moment): .onBreak(until: moment)
        // A break goes on after the end of the shift as well, and nothing is finished in it.
        case .shiftOver: shift?.openBreak.map { .onBreak(until: $0.startedAt) }
        case .available, .mustBreak, .capped: nil
        }
    }

    private func addDoseDeadlines(of span: Span, to deadlines: inout [CoverDeadline]) {
        guard limits.weight(of: span.hazard) > 0 else { return }
        // All that is open now runs on together, from the moment the first of them has used what it paid.
        var together = openSpans.filter { $0.id != span.id }
        together.append(span)
        let rate = together.reduce(Int64(0)) { $0.saturatingAdd(limits.weight(of: $1.hazard)) }
        let floor = limits.floor.chargedMilliseconds
        let paidUpTo =
            together.filter { limits.weight(of: $0.hazard) > 0 }
            .map { $0.openedAt.later(by: max($0.visible.chargedMilliseconds, floor)) }.min() ?? latest
        func time(to limit: Dose, from dose: Dose) -> Timestamp {
            dose >= limit ? min(latest, paidUpTo) : paidUpTo.later(by: (limit - dose).units / max(1, rate))
        }
        let ceiling = time(to: Dose(limits.ceiling), from: dayDose)
        deadlines.append(CoverDeadline(at: ceiling, reason: .ceiling))
        if let cap {
            deadlines.append(
                CoverDeadline(at: cap.reachedAt.later(by: limits.finishInHand), reason: cap.reason))
            return
        }
        let day = time(to: dayLimit, from: dayDose).later(by: limits.finishInHand)
        let week = time(to: weekLimit, from: weekDose).later(by: limits.finishInHand)
        deadlines.append(CoverDeadline(at: day, reason: dayReason))
        deadlines.append(CoverDeadline(at: week, reason: .weekly))
    }

    /// Whether what was uncovered before a limit may still be finished after it.
    private func isFinishing(_ inHandSince: Timestamp?, limitAt: Timestamp) -> Bool {
        guard let inHandSince, inHandSince <= limitAt else { return false }
        return latest < limitAt.later(by: limits.finishInHand)
    }

    var dayReason: LimitReason { dayLimit < Dose(limits.daily) ? .personal : .daily }

    /// When the last stretch of the shift begins, in which nothing severe is shown.
    private var lastHourStart: Timestamp? {
        guard let shift, limits.lastHour > .zero else { return nil }
        let length = limits.shiftLength.chargedMilliseconds
        return shift.startedAt.later(by: max(0, length - limits.lastHour.chargedMilliseconds))
    }

    /// When a next shift may begin, were this one to end as planned.
    private var nextShiftAt: Timestamp {
        let end = shift?.startedAt.later(by: limits.shiftLength) ?? now
        return max(now, end).later(by: limits.rest)
    }
}
