import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// What decisions led to, the limits, who looked, and check-ins.
extension RecordScreen {
    // MARK: Results

    func outcomeLines(_ record: OwnRecord) -> [Line] {
        var latest: [DecisionID: AuditVerdict] = [:]
        for marked in record.outcomes.reversed() { latest[marked.decision.id] = marked.mark.verdict }
        let upheld = latest.values.count { $0 == .agree }
        let overturned = latest.values.count { $0 == .disagree }
        var lines = [Line(words.outcomesTitle, .title)]
        if latest.isEmpty {
            lines.append(Line(words.noOutcomes, .muted))
        } else {
            lines.append(
                Line(
                    words.outcomes(
                        upheld: upheld, overturned: overturned, unclear: latest.count - upheld - overturned)))
        }
        lines += record.outcomes.flatMap(outcome)
        lines += [.blank, Line(words.decisionsTitle, .title)]
        if record.decisions.isEmpty { lines.append(Line(words.noDecisions, .muted)) }
        return lines + record.decisions.map(decision)
    }

    private func outcome(_ marked: MarkedDecision) -> [Line] {
        let mark = marked.mark
        let time = words.moment(mark.at, now: state.now.wall, offset: state.utcOffset)
        let what = [
            words.action(marked.decision.action), title(marked.decision.policy),
            marked.decision.post.rawValue,
        ]
        let head = Line(
            SafeText(
                "\(time) · \(words.outcome(mark.verdict)) · \(what.compactMap(\.self).joined(separator: " · "))"
            ),
            mark.verdict == .disagree ? .warning : .text)
        guard let reason = mark.reason, !reason.isEmpty else { return [head] }
        return [head, Line(SafeText("  " + words.reason(reason)))]
    }

    private func title(_ policy: PolicyID?) -> String? {
        policy.map { id in
            state.briefing?.policies.first { $0.id == id }?.title(state.language) ?? id.rawValue
        }
    }

    private func decision(_ decision: Decision) -> Line {
        let time = words.moment(decision.decidedAt, now: state.now.wall, offset: state.utcOffset)
        let undone = decision.undoneAt == nil ? nil : words.takenBack
        let pieces = [
            time, words.action(decision.action), title(decision.policy), decision.post.rawValue, undone,
        ]
        return Line(
            SafeText(pieces.compactMap(\.self).joined(separator: " · ")),
            decision.undoneAt == nil ? .text : .muted)
    }

    // MARK: Limits

    func limitLines(_ record: OwnRecord) -> [Line] {
        let limits = record.standing.limits
        var lines = [
            Line(words.limitsTitle, .title),
            Line(words.limitsLine(limits)),
            Line(words.breaksLine(limits)),
            Line(words.restLine(words.hours(limits.rest), ceiling: limits.ceiling.value)),
            .blank, Line(words.ownTitle, .title), Line(words.ownLimit(record.personalLimit?.value)),
            Line(SafeText(words.neverShown(optOuts))),
        ]
        if let today = todayLine() { lines.append(today) }
        lines += [.blank, Line(words.limitsHistory, .title)]
        return lines + record.limits.reversed().flatMap(step) + [.blank, Line(words.precaution, .muted)]
    }

    private func step(_ step: LimitsVersion) -> [Line] {
        let since = words.moment(step.stored.since, now: state.now.wall, offset: state.utcOffset)
        let who = words.limitsBy(step.setBy, version: step.stored.limits.version, since: since)
        let changes = step.changes.map { change -> Line in
            let text =
                words.limitName(change.field) + words.colon + " "
                + "\(words.figure(change.old, change.field)) → \(words.figure(change.new, change.field))"
            return Line(SafeText("  \(text) (\(change.loosens ? words.loosened : words.tightened))"))
        }
        return [Line(SafeText(who))] + changes
    }

    private func names(_ hazards: Set<Hazard>, _ policies: Set<PolicyID>) -> String {
        (hazards.sorted().map(words.hazard) + policies.sorted().compactMap(title)).joined(separator: ", ")
    }

    private var optOuts: String { names(state.optOuts.hazards, state.optOuts.policies) }

    private func todayLine() -> Line? {
        guard let today = state.optOuts.today, state.now.wall < today.until else { return nil }
        let until = words.moment(today.until, now: state.now.wall, offset: state.utcOffset)
        return Line(SafeText(words.notToday(names(today.hazards, today.policies), until: until)))
    }

    // MARK: Who looked

    func lookLines(_ record: OwnRecord) -> [Line] {
        func time(_ moment: Timestamp) -> String {
            words.moment(moment, now: state.now.wall, offset: state.utcOffset)
        }
        var lines = [Line(words.looksTitle, .title)]
        let names = record.openedNames.map { opened in
            (
                opened.at,
                Line(SafeText(words.nameOpened(time(opened.at), opened.requester.rawValue)), .warning)
            )
        }
        let shifts = Dictionary(
            record.shifts.map { ($0.id, $0.startedAt) }, uniquingKeysWith: { first, _ in first })
        let watched = record.watchings.map { watching in
            (
                watching.at,
                Line(
                    SafeText(
                        words.shiftWatched(
                            time(watching.at), watching.watcher.rawValue,
                            shift: shifts[watching.shift].map(time) ?? watching.shift.rawValue)))
            )
        }
        let all = (names + watched).sorted { $0.0 > $1.0 }.map(\.1)
        lines += all.isEmpty ? [Line(words.nobodyLooked, .muted)] : all
        return lines + [.blank, Line(words.whoSeesWhat, .muted)]
    }

    // MARK: Check-ins

    func checkInLines() -> [Line] {
        func key(_ command: Command) -> String { state.keymap.label(command, state.language) }
        let checkIns = state.own.checkIns
        guard checkIns.isBegun == true, checkIns.count > 0 else {
            return [Line(words.noCheckIns(key(.checkIn)), .muted)]
                + (checkIns.isBegun == true ? [Line(words.deleteKey(key(.deleteCheckIns)), .muted)] : [])
        }
        guard let opened = checkIns.opened else {
            return [
                Line(words.checkInsClosed(checkIns.count, key(.recordCheckIns))),
                Line(words.deleteKey(key(.deleteCheckIns)), .muted),
            ]
        }
        return [Line(words.checkInsMeanNothing, .muted)] + openedLines(opened)
    }

    func openedLines(_ opened: [CheckInLine]) -> [Line] {
        opened.reversed().map { line in
            let time = words.moment(line.at, now: state.now.wall, offset: state.utcOffset)
            let note = line.note.isEmpty ? "" : " · \(line.note)"
            return Line(SafeText("\(time) · \(words.level(line.level))\(note)"))
        }
    }
}
