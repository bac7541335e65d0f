import Desk
import Exposure
import Moderation
import Store

@testable import Console

/// Decisions in memory, for an auditor.
extension ScriptedDesk {
    func decisions(_ query: String, more: Bool) throws(Fault) -> AuditList {
        try note("decisions", query)
        let filter: DecisionFilter
        do throws(DeskError) { filter = try AuditQuery.filter(query) } catch { throw Fault(error) }
        let rows = audited.map(\.row).filter { row in
            filter.actions.isEmpty || row.outcome.map { filter.actions.contains($0.action) } ?? false
        }
        return AuditList(
            rows: more ? [] : rows, total: rows.count, hasMore: false, sample: nil, withheld: 0)
    }

    func decisions(of sample: SampleID, more: Bool) throws(Fault) -> AuditList {
        try note("sample", sample.rawValue)
        return AuditList(
            rows: audited.map(\.row), total: audited.count, hasMore: false,
            sample: sampleRows.first { $0.id == sample }, withheld: 1)
    }

    private func place(_ decision: DecisionID) throws(Fault) -> Int {
        guard let place = audited.firstIndex(where: { $0.row.id == decision }) else {
            throw Fault(english: "no decision", french: "pas de décision")
        }
        return place
    }

    func auditCase(_ decision: DecisionID) throws(Fault) -> AuditCard {
        try note("case", decision.rawValue)
        return audited[try place(decision)]
    }

    func uncover(_ decision: DecisionID) throws(Fault) -> UncoverAnswer {
        try note("uncover", decision.rawValue)
        let card = audited[try place(decision)]
        if case .refused(let refusal) = try standing().mayUncover(card.row.hazard) {
            return .refused(refusal, try standing())
        }
        openSpan(card.row.post, card.row.hazard)
        return .uncovered(
            Words(
                content: Samples.post(card.row.post.rawValue, body: "One line\nTwo lines\nThree lines"),
                mayStay: .seconds(3600)))
    }

    func judge(_ decision: DecisionID, _ judgement: Judgement) throws(Fault) -> AuditCard {
        try note("judge", "\(decision) \(judgement.action.rawValue) \(judgement.policy?.rawValue ?? "-")")
        let place = try place(decision)
        audited[place].judgement = judgement
        audited[place].row.outcome = Samples.outcome
        return audited[place]
    }

    func mark(_ decision: DecisionID, _ verdict: AuditVerdict, reason: String, sample: SampleID?)
        throws(Fault)
    {
        try note("mark", "\(decision) \(verdict.rawValue) \(reason) \(sample?.rawValue ?? "-")")
        let place = try place(decision)
        audited[place].row.verdict = verdict
        audited[place].said.append(
            AuditCard.Said(rater: nil, verdict: verdict, reason: reason.isEmpty ? nil : reason, at: tick.wall)
        )
    }

    func samples() throws(Fault) -> [SampleRow] { sampleRows }

    func drawSample(size: Int, filter: String) throws(Fault) -> SampleRow {
        try note("draw", "\(size) \(filter)")
        let row = Samples.sample("s2", count: size)
        sampleRows.insert(row, at: 0)
        return row
    }

    func figures(of sample: SampleID?) throws(Fault) -> AuditFigures {
        try note("figures", sample?.rawValue ?? "all")
        return AuditFigures([], bootstrap: Agreement.Bootstrap(seed: 1, draws: 10))
    }

    func askToOpen(_ pseudonym: PersonID, reason: String) throws(Fault) -> OpeningID {
        try note("ask", "\(pseudonym) \(reason)")
        return OpeningID("o1")
    }

    func openings() throws(Fault) -> [OpeningRow] { openingRows }

    func oversight() throws(Fault) -> Oversight {
        Oversight(limits: try limitsPage(), saved: dispatch.saved)
    }

    func answer(_ request: OpeningID, approving: Bool) throws(Fault) {
        try note("answer", "\(request) \(approving)")
        for place in openingRows.indices where openingRows[place].id == request {
            openingRows[place].state = approving ? .approved : .refused
        }
    }

    func name(of request: OpeningID) throws(Fault) -> String {
        try note("name", request.rawValue)
        return "Chioma\u{1B}[31m"
    }
}

extension Samples {
    static let outcome = AuditRow.Outcome(
        action: .remove, policy: PolicyID("threats"), rule: RuleID("threats/direct"),
        person: PersonID("k4w9z2m7q1x8c3vb"),
        differs: false, isUndone: false, note: "names a victim")

    static func sample(_ id: String, count: Int) -> SampleRow {
        SampleRow(
            id: SampleID(id), at: ScriptedDesk.monday, by: PersonID("p1"), count: count, population: 40,
            strata: [.policy, .action], isBlind: true, filter: "standing")
    }

    /// A desk with three decisions: one shown, one against advice and undone, one hidden.
    static func deskWithDecisions() -> ScriptedDesk {
        let desk = deskWithLedger()
        desk.shifts = [Shift(id: ShiftID("s"), person: desk.person.id, startedAt: ScriptedDesk.monday)]
        func card(_ id: String, _ hazard: Hazard, _ outcome: AuditRow.Outcome?, minutes: Int) -> AuditCard {
            let post = post("post-\(id)", body: "x")
            desk.evaluations["post-\(id)"] = evaluation(hazard)
            return AuditCard(
                row: AuditRow(
                    id: DecisionID("d-\(id)"), post: PostID("post-\(id)"),
                    at: ScriptedDesk.monday - .seconds(minutes * 60), hazard: hazard, language: "en",
                    isEscalated: minutes == 30, outcome: outcome, verdict: nil),
                facts: desk.card(post), judgement: nil, said: [])
        }
        var other = outcome
        other.action = .keep
        other.policy = nil
        other.person = nil
        other.differs = true
        other.isUndone = true
        desk.audited = [
            card("1", .moderate, outcome, minutes: 10), card("2", .none, other, minutes: 20),
            card("3", .severe, nil, minutes: 30),
        ]
        desk.sampleRows = [sample("s1", count: 3)]
        desk.openingRows = [
            OpeningRow(
                id: OpeningID("o1"), concerned: PersonID("k4w9z2m7q1x8c3vb"), requester: PersonID("p2"),
                reason: "a pattern of removals", at: ScriptedDesk.monday, state: .asked)
        ]
        return desk
    }
}
