import Desk
import Enforcement
import Exposure
import Moderation
import PolicyEngine
import Store

/// What happens in the afternoon: decisions are looked at, judged and played again, and records leave the site.
extension RecordedDay {
    // MARK: The audit desk

    func auditorsLook() throws {
        clock.advance(by: .seconds(3600))
        let page = try desk.audit(DecisionFilter(), limit: 50, by: eve)
        let decisions = page.lines.map(\.id)
        guard decisions.count > 9 else { throw NothingToDo(outcome: "\(decisions)") }
        _ = try desk.auditCase(decisions[0], by: eve)
        if case .uncovered = try desk.look(at: decisions[1], by: eve) { clock.advance(by: .seconds(1)) }
        try desk.mark(decisions[1], .agree, reason: nil, by: eve)
        try desk.mark(decisions[2], .disagree, reason: "the second word \u{1F600}", by: eve)
        try desk.mark(decisions[2], .agree, reason: "on second thoughts", by: eve)
        try drawSamples()
        try openPseudonyms()
        try nameSupport()
        _ = try desk.figures(for: eve)
    }

    private func drawSamples() throws {
        var request = SampleRequest(size: 6)
        request.strata = [.action, .moderator]
        request.auditors = [fay.id]
        let blind = try desk.drawSample(request, by: eve)
        request.isBlind = false
        request.strata = []
        request.seed = "agreed-on"
        request.size = 4
        _ = try desk.drawSample(request, by: fay)
        _ = try desk.announceSample(request, by: fay)
        guard try desk.redraw(blind.id, by: fay).isSame else { throw NothingToDo(outcome: "\(blind)") }
        for auditor in [eve, fay] {
            for item in try desk.serve(blind.id, limit: 9, to: auditor).items where !item.isJudged {
                clock.advance(by: .seconds(10))
                // Whatever an auditor has said of a decision shows it to them.
                guard item.line.shown == nil else { continue }
                if item.position == 2 {
                    try desk.mark(item.line.id, .unclear, reason: "can't tell", by: auditor)
                    continue
                }
                _ = try desk.judge(
                    item.line.id,
                    item.position.isMultiple(of: 2)
                        ? Judgement(action: .remove, policy: PolicyID("threats")) : Judgement(action: .keep),
                    by: auditor)
                try desk.mark(
                    item.line.id, item.position < 3 ? .agree : .disagree, reason: "seen \(item.position)",
                    sample: blind.id, by: auditor)
            }
        }
    }

    private func nameSupport() throws {
        let first = SupportContact(name: "Dr. Roux", reach: "+33 1 23 45 67 89", hours: "9–17 h")
        try desk.setSupport([first], by: ada)
        try desk.setSupport(
            [first, SupportContact(name: "Council", reach: "room 2", languages: ["fr", "en"])], by: ada)
    }

    private func openPseudonyms() throws {
        let wanted = try desk.askToOpen(ben.id, reason: "a complaint names him", by: eve)
        let refused = try desk.askToOpen(ben.id, reason: "again", by: eve)
        _ = try desk.askToOpen(ada.id, reason: "still open", by: fay)
        clock.advance(by: .seconds(60))
        try desk.answer(wanted.id, approving: true, by: ada)
        try desk.answer(refused.id, approving: false, by: fay)
        _ = try desk.name(of: wanted.id, for: eve)
    }

    // MARK: Replay and exports

    func recordsLeave() throws {
        clock.advance(by: .seconds(60))
        guard let shift = try desk.recordedShifts(limit: 9, for: eve).first(where: { $0.person == ben.id })
        else { throw NothingToDo() }
        let timeline = try desk.timeline(of: shift.shift, for: eve)
        if let name = timeline.events.compactMap(\.inHand).first,
            case .uncovered(let post) = try desk.uncoverRecorded(name, by: eve)
        {
            clock.advance(by: .seconds(2))
            try desk.cover(post.open, because: .covered)
        }
        _ = try desk.whatIf(WhatIfQuestion(), for: eve)
        let now = clock.now().wall
        let settings = try StatementSettings(
            yaml: "{territories: [FR], account_type: private, days: {suspend: 30}}", file: "settings")
        // The second one takes what the first left over.
        for until in [shift.startedAt, nil] {
            _ = try desk.export(
                ExportOrder(.statements(settings, onlyNew: true), format: "jsonl", to: until), by: ada,
                to: NoFile())
            clock.advance(by: .seconds(1))
        }
        let others: [ExportOrder.Content] = [.decisions, .labels(withText: true, withUndone: true)]
        for content in others {
            _ = try desk.export(ExportOrder(content, format: "csv"), by: ada, to: NoFile())
        }
        let figures = try desk.reportFigures(from: now - .seconds(86_400), to: now, for: fay) { _, _ in }
        try desk.tellReport(figures, digests: ["ab"], by: fay)
    }
}

/// Lets every row go.
private final class NoFile: ExportOutlet {
    func write(_ row: ExportRow) {}
    func writeOverturned(_ row: ExportRow) {}
    func refuse(_ decision: DecisionID, _ reason: String) {}
    func report(done: Int, of total: Int) {}
    func seal() -> [String] { ["ab"] }
}
