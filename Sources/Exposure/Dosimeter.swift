public import Moderation

/// Answers what a record of exposure means.
///
/// Holds nothing and asks no clock: the same record, the same answer.
public enum Dosimeter {
    /// The day window: rolling, so that midnight gives nothing back.
    public static let day: Duration = .seconds(24 * 3600)
    /// The week window.
    public static let week: Duration = .seconds(7 * 24 * 3600)

    /// Where the person stands.
    public static func standing(of record: ExposureRecord) -> Standing {
        let limits = record.limits
        let shift = record.openShift
        let latest = record.latest
        let streak = Streak(of: record, shift: shift, latest: latest)
        let due = breakDue(record, shift: shift, streak: streak)
        let dayLimit = dailyLimit(of: record)
        let dayDose = record.dose(within: day)
        let cap = cap(record, shift: shift, dayLimit: dayLimit)
        return Standing(
            person: record.person, now: record.now, latest: latest, limits: limits, shift: shift,
            dayDose: dayDose,
            weekDose: record.dose(within: week), dayLimit: dayLimit, weekLimit: Dose(limits.weekly),
            notice: notice(dose: dayDose, limit: dayLimit, limits: limits),
            continuous: streak.length, breakDue: due,
            availability: availability(record, shift: shift, due: due, cap: cap, streak: streak),
            cap: cap, acuteLoad: acuteLoad(of: record),
            lighterOwed: lighterOwed(record, shift: shift),
            openSpans: record.spans.filter { $0.person == record.person && $0.isOpen },
            ceilingResumeAt: resume(
                record, shift: shift,
                doseFreeAt: record.moment(below: full(for: .extreme, limits: limits), within: day)))
    }

    /// The lowest of the site's daily limit, the ceiling, and what the person chose.
    static func dailyLimit(of record: ExposureRecord) -> Dose {
        let site = min(Dose(record.limits.daily), Dose(record.limits.ceiling))
        guard let personal = record.personalLimit else { return site }
        return min(site, Dose(personal))
    }

    private static func notice(dose: Dose, limit: Dose, limits: Limits) -> Notice? {
        func reached(_ share: Percent) -> Bool {
            dose.units >= limit.units.scaled(by: Int64(clamping: share.value), over: 100)
        }
        if dose >= limit { return .full }
        if reached(limits.secondNotice) { return .fourFifths }
        return reached(limits.firstNotice) ? .half : nil
    }

    // MARK: Dose limits

    private static func cap(_ record: ExposureRecord, shift: Shift?, dayLimit: Dose) -> Standing.Cap? {
        let limits = record.limits
        let isPersonal = dayLimit < Dose(limits.daily) && record.personalLimit != nil
        let windows: [(LimitReason, Dose, Duration)] = [
            (isPersonal ? .personal : .daily, dayLimit, day), (.weekly, Dose(limits.weekly), week),
            (.ceiling, full(for: .mild, limits: limits), day),
        ]
        let reached = windows.compactMap { reason, limit, window -> Standing.Cap? in
            guard let since = record.moment(reaching: limit, within: window) else { return nil }
            let free = record.moment(below: limit, within: window)
            return Standing.Cap(reason: reason, reachedAt: since, resumeAt: free)
        }
        guard var cap = reached.max(by: { $0.resumeAt < $1.resumeAt }) else { return nil }
        cap.reachedAt = reached.map(\.reachedAt).min() ?? cap.reachedAt
        cap.resumeAt = resume(record, shift: shift, doseFreeAt: cap.resumeAt)
        return cap
    }

    /// The dose from which an uncovering at that hazard would pass the ceiling by its floor alone.
    private static func full(for hazard: Hazard, limits: Limits) -> Dose {
        let opening = Dose.charge(hazard: hazard, visible: limits.beat, limits: limits)
        return Dose(limits.ceiling) - opening + Dose(units: 1)
    }

    /// When exposure may go on once the dose allows it: in this shift if it still lasts, else after the rest.
    private static func resume(_ record: ExposureRecord, shift: Shift?, doseFreeAt free: Timestamp)
        -> Timestamp
    {
        let rest = record.limits.rest
        guard let shift else { return max(free, restedAt(record) ?? free) }
        if free < shift.startedAt.later(by: record.limits.shiftLength) { return free }
        return max(free, closing(of: shift, in: record).later(by: rest))
    }

    // MARK: Shift and rest

    /// When the last rest is over; `nil` if no shift has ended.
    private static func restedAt(_ record: ExposureRecord) -> Timestamp? {
        record.shifts.compactMap(\.endedAt).max()?.later(by: record.limits.rest)
    }

    /// The moment to write down as the end of an open shift that ends now.
    ///
    /// A shift left open (a console that died on Friday) ended when it had lasted as long as a shift ever may,
    /// or with the last sign of work in it, so that nobody waits on Monday for a rest they have had.
    public static func closing(of shift: Shift, in record: ExposureRecord) -> Timestamp {
        let hard = shift.startedAt.later(by: record.limits.shiftHard)
        let signs =
            record.spans.filter { $0.person == record.person && $0.end >= shift.startedAt }.map(\.end)
            + shift.breaks.flatMap { [$0.startedAt, $0.endedAt ?? $0.startedAt] }
        let last = signs.max() ?? shift.startedAt
        return max(shift.startedAt, min(record.now, max(hard, last)))
    }

    private static func availability(
        _ record: ExposureRecord, shift: Shift?, due: BreakDue?, cap: Standing.Cap?, streak: Streak
    ) -> Availability {
        let limits = record.limits
        let now = record.now
        guard let shift else {
            let rested = restedAt(record) ?? now
            return rested > now ? .resting(until: rested) : .notOnShift(mayStartAt: now)
        }
        let length = streak.latest.millisecondsSince(shift.startedAt)
        if length >= min(limits.shiftHard, limits.shiftLength).chargedMilliseconds {
            let isHard = length >= limits.shiftHard.chargedMilliseconds
            let next = closing(of: shift, in: record).later(by: limits.rest)
            return .shiftOver(isHard ? .shiftHard : .shiftLength, resumeAt: max(next, cap?.resumeAt ?? next))
        }
        if let pause = shift.openBreak {
            return .onBreak(until: earliestEnd(of: pause, due: due, limits: limits, streak: streak))
        }
        if let due, due.dueAt <= streak.latest {
            let start = due.reason == .continuous ? min(streak.latest, streak.quietSince) : now
            return .mustBreak(until: start.later(by: due.length))
        }
        if let cap { return .capped(cap.reason, resumeAt: cap.resumeAt) }
        return .available
    }

    /// When an open break may end: at once unless the limits asked for it.
    private static func earliestEnd(
        of pause: Break, due: BreakDue?, limits: Limits, streak: Streak
    ) -> Timestamp {
        if let due, due.dueAt <= streak.latest, due.reason == .longBreak || !pause.isRequired {
            return pause.startedAt.later(by: due.length)
        }
        return pause.isRequired ? pause.startedAt.later(by: limits.breakLength) : pause.startedAt
    }

    // MARK: Breaks

    private static func breakDue(_ record: ExposureRecord, shift: Shift?, streak: Streak) -> BreakDue? {
        guard let shift else { return nil }
        let limits = record.limits
        var long = shift.startedAt
        for pause in shift.breaks {
            guard let end = pause.endedAt else { continue }
            let length = end.millisecondsSince(pause.startedAt)
            if length >= limits.longBreak.chargedMilliseconds { long = max(long, min(end, record.now)) }
        }
        var due = [
            BreakDue(
                reason: .longBreak, dueAt: long.later(by: limits.longBreakBefore), length: limits.longBreak)
        ]
        if let start = streak.start {
            due.append(
                BreakDue(
                    reason: .continuous, dueAt: start.later(by: limits.continuous), length: limits.breakLength
                ))
        }
        let overdue = due.filter { $0.dueAt <= streak.latest }
        return overdue.max { $0.length < $1.length } ?? due.min { $0.dueAt < $1.dueAt }
    }
}
