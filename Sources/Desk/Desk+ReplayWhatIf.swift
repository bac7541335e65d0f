import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// What a what-if question is about at the moment, for progress.
    public enum WhatIfStage: Hashable, Sendable {
        /// Decisions are gone through.
        case decisions
        /// Shifts are played again.
        case shifts
    }

    /// Says what recorded work would have been under other policies, other limits, or a stricter reading; for leads
    /// and auditors.
    ///
    /// Nobody sees content by it. Shifts are told one by one to auditors only, under pseudonyms, and an entry tells that
    /// they were; leads learn of decisions, and foresee with the simulation what limits would do. Memory doesn't grow with
    /// the number of decisions.
    ///
    /// - Parameters:
    ///   - most: how many changed decisions are named.
    ///   - progress: called now and then with how much is done of about how much.
    public func whatIf(
        _ question: WhatIfQuestion, most: Int = 100, for person: Person,
        progress: (WhatIfStage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws(DeskError) -> WhatIf {
        try demandOversight(of: person)
        if let limits = question.limits { _ = try Self.checked(limits, from: limits) }
        var answer = WhatIf()
        answer.decisions = try decisions(question, most: most, progress: progress)
        // Of shifts no sum is told to others: with times and limits of one's choosing, two of them differ by one shift.
        guard person.roles.contains(.auditor) else { return answer }
        answer.shifts = try shifts(question, into: &answer, progress: progress)
        answer.group = group(answer.shifts)
        if !answer.shifts.isEmpty {
            try noteReplay(by: person, ["replay": "what_if", "shifts": .integer(Int64(answer.shifts.count))])
        }
        return answer
    }

    /// Tells that somebody looked at what people did in their shifts.
    func noteReplay(by person: Person, _ fields: [String: LedgerValue]) throws(DeskError) {
        let now = clock.now().wall
        try write { tx in
            try tx.append(
                LedgerEntry(kind: .replayed, at: now, person: person.id, post: nil, fields: fields))
        }
    }

    // MARK: Decisions

    private func decisions(
        _ question: WhatIfQuestion, most: Int, progress: (WhatIfStage, Int, Int) -> Void
    ) throws(DeskError) -> DecisionsWhatIf {
        let counts = try read { try $0.decisionCount(since: Timestamp(milliseconds: .min)) }
        let total = counts.people + counts.rules
        var result = DecisionsWhatIf()
        var done = 0
        var place: Int64? = 0
        while let from = place {
            let page = try read { try $0.decisions(after: from, limit: Self.recordsAtOnce) }
            var made = page.items.filter {
                !$0.isAutomatic && $0.undoneAt == nil && question.holds($0.decidedAt)
            }[...]
            while !made.isEmpty {
                let ids = made.map(\.post)
                let kept = try read { try $0.keptPosts(ids) }
                let parts = Workers.map(Array(zip(made, kept))) { pairs in
                    pairs.map { question.fate(of: $0, $1) }
                }
                for fate in parts.joined() {
                    switch fate {
                    case .change(let change): result.add(change, most: most)
                    case .erased: result.erased += 1
                    case .unknown: result.unknown += 1
                    }
                }
                made = made.dropFirst(max(1, kept.count))
            }
            done += page.items.count
            place = page.next
            progress(.decisions, done, max(done, total))
        }
        return result
    }

    // MARK: Shifts

    private func shifts(
        _ question: WhatIfQuestion, into answer: inout WhatIf,
        progress: (WhatIfStage, Int, Int) -> Void
    ) throws(DeskError) -> [ShiftWhatIf] {
        let (people, history) = try read { tx in (try tx.people(), try tx.limitsHistory()) }
        // What a week before counts in the first shift that is told.
        let since = question.from.map { $0 - Dosimeter.week } ?? Timestamp(milliseconds: 0)
        var result: [ShiftWhatIf] = []
        for (number, person) in people.enumerated() {
            let shifts = try read { try $0.shifts(of: person.id, since: since) }
                .filter { shift in
                    shift.startedAt >= since && (question.to.map { shift.startedAt < $0 } ?? true)
                }
            let totals = try read { try $0.dayTotals(of: person.id, since: since) }
            let settled = Set(totals.map(\.day))
            var replayer = ShiftReplayer(person: person.id, earlier: totals.map { EarlierDose($0) })
            for (place, shift) in shifts.enumerated() {
                guard settled.isDisjoint(with: shift.days) else {
                    if question.holds(shift.startedAt) { answer.settledShifts += 1 }
                    continue
                }
                let next =
                    place + 1 < shifts.count ? shifts[place + 1].startedAt : Timestamp(milliseconds: .max)
                let spans = try read { try $0.spans(of: person.id, from: shift.startedAt, to: next) }
                    .filter { $0.shift == shift.id }
                let looks = try looks(spans, question, asRecorded: &answer.looksAsRecorded)
                let grants = try read { try Self.grants($0.overrides(in: shift.id)) }
                let then = replayer.replay(shift, looks: looks) { moment in
                    question.limits
                        ?? LimitsCourse(Array(history.prefix { $0.since <= moment }), grants: grants)
                        .limits(inShiftFrom: shift.startedAt) ?? history.first?.limits ?? .standard
                }
                guard question.holds(shift.startedAt) else { continue }
                result.append(ShiftWhatIf(shift, spans, then: then))
            }
            progress(.shifts, number + 1, people.count)
        }
        return result
    }

    /// The looks of a shift with the hazards that they would have had.
    private func looks(_ spans: [Span], _ question: WhatIfQuestion, asRecorded: inout Int) throws(DeskError)
        -> [RecordedLook]
    {
        let byPost = Dictionary(grouping: spans.indices.filter { spans[$0].post != nil }) { spans[$0].post }
        var looks = spans.map { span in
            let hazard = question.reading.hazard(span.hazard)
            return RecordedLook(span: span, shownAs: hazard, chargedAs: hazard)
        }
        var waiting = byPost.keys.compactMap(\.self).sorted()[...]
        while !waiting.isEmpty {
            let ids = Array(waiting)
            let kept = try read { try $0.keptPosts(ids) }
            let parts = Workers.map(Array(zip(ids, kept))) { pairs in
                pairs.flatMap { id, kept in
                    (byPost[id] ?? []).map { place in
                        (place, kept.flatMap { question.look(spans[place], $0) })
                    }
                }
            }
            for (place, look) in parts.joined() {
                if let look { looks[place] = look } else { asRecorded += 1 }
            }
            waiting = waiting.dropFirst(max(1, kept.count))
        }
        return looks
    }

    private func group(_ shifts: [ShiftWhatIf]) -> GroupWhatIf? {
        let people = Set(shifts.lazy.filter { $0.looks > 0 }.map(\.person)).count
        guard people > 0 else { return nil }
        func mean(_ dose: (ShiftWhatIf) -> Dose) -> Dose {
            Dose(units: shifts.reduce(Dose.zero) { $0 + dose($1) }.units / Int64(shifts.count))
        }
        return GroupWhatIf(
            people: people, shifts: shifts.count, meanDose: mean(\.dose), meanDoseThen: mean(\.then.dose),
            endedByLimit: shifts.count { $0.then.endedBy != nil })
    }
}

extension Shift {
    /// The days (UTC) in which it lasted.
    fileprivate var days: [UTCDay] {
        let last = UTCDay(of: endedAt ?? startedAt)
        var days = [UTCDay(of: startedAt)]
        // No shift lasts longer than some hours; one that was left open has no end to go by.
        while let day = days.last, day < last, days.count < 4 { days.append(day.next) }
        return days
    }
}
