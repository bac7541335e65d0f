import Desk
import Moderation
import Store

extension LiveDesk {
    /// How many decisions a page of the list has.
    private static let page = 200

    func decisions(_ query: String, more: Bool) throws(Fault) -> AuditList {
        let page = try call { () throws(DeskError) in
            try desk.audit(
                AuditQuery.filter(query), before: more ? auditPlace : nil, limit: Self.page, by: person)
        }
        auditPlace = page.next
        return AuditList(
            rows: page.lines.map(AuditRow.init), total: page.total, hasMore: page.next != nil, sample: nil,
            withheld: 0)
    }

    func decisions(of sample: SampleID, more: Bool) throws(Fault) -> AuditList {
        let after = more ? auditPosition : 0
        let served = try call { () throws(DeskError) in
            try desk.serve(sample, after: after, limit: Self.page, to: person)
        }
        auditPosition = after + Self.page
        let rows = served.items.map { item in
            var row = AuditRow(item.line)
            row.verdict = item.verdict
            return row
        }
        let count = served.sample.draw?.count ?? 0
        return AuditList(
            rows: rows, total: count, hasMore: auditPosition < count, sample: SampleRow(served.sample),
            withheld: served.withheld)
    }

    func auditCase(_ decision: DecisionID) throws(Fault) -> AuditCard {
        AuditCard(try call { () throws(DeskError) in try desk.auditCase(decision, by: person) })
    }

    func uncover(_ decision: DecisionID) throws(Fault) -> UncoverAnswer {
        show(try call { () throws(DeskError) in try desk.uncover(decision, by: person) })
    }

    func judge(_ decision: DecisionID, _ judgement: Judgement) throws(Fault) -> AuditCard {
        AuditCard(try call { () throws(DeskError) in try desk.judge(decision, judgement, by: person) })
    }

    func mark(_ decision: DecisionID, _ verdict: AuditVerdict, reason: String, sample: SampleID?)
        throws(Fault)
    {
        try call { () throws(DeskError) in
            _ = try desk.mark(decision, verdict, reason: reason, sample: sample, by: person)
        }
    }

    func samples() throws(Fault) -> [SampleRow] {
        try call { () throws(DeskError) in try desk.samples(for: person) }.map(SampleRow.init)
    }

    func drawSample(size: Int, filter: String) throws(Fault) -> SampleRow {
        SampleRow(
            try call { () throws(DeskError) in
                var request = SampleRequest(size: size)
                request.filter = try AuditQuery.filter(filter)
                request.strata = [.policy, .action]
                return try desk.drawSample(request, by: person)
            })
    }

    func figures(of sample: SampleID?) throws(Fault) -> AuditFigures {
        try call { () throws(DeskError) in try desk.figures(of: sample, for: person) }
    }

    func askToOpen(_ pseudonym: PersonID, reason: String) throws(Fault) -> OpeningID {
        try call { () throws(DeskError) in try desk.askToOpen(pseudonym, reason: reason, by: person) }.id
    }

    func openings() throws(Fault) -> [OpeningRow] {
        try call { () throws(DeskError) in try desk.openings(limit: Self.page, for: person) }
            .map { OpeningRow($0.opening, $0.state) }
    }

    func oversight() throws(Fault) -> Oversight {
        Oversight(
            limits: try limitsPage(),
            saved: try call { () throws(DeskError) in try desk.exposureSaved(for: person) })
    }

    func checks() throws(Fault) -> AuditChecks {
        try call { () throws(DeskError) in try desk.auditChecks(for: person) }
    }

    func answer(_ request: OpeningID, approving: Bool) throws(Fault) {
        try call { () throws(DeskError) in
            _ = try desk.answer(request, approving: approving, by: person)
        }
    }

    func name(of request: OpeningID) throws(Fault) -> String {
        try call { () throws(DeskError) in try desk.name(of: request, for: person) }
    }
}

extension AuditRow {
    init(_ line: AuditLine) {
        self.init(
            id: line.id, post: line.post, at: line.at, hazard: line.hazard, language: line.language,
            isEscalated: line.isEscalated, outcome: line.shown.map(Outcome.init), verdict: nil)
    }
}

extension AuditRow.Outcome {
    init(_ decision: Decision) {
        self.init(
            action: decision.action, policy: decision.policy, rule: decision.rule, person: decision.person,
            differs: decision.differsFromRecommendation, isUndone: decision.undoneAt != nil,
            note: decision.note)
    }
}

extension SampleRow {
    init(_ sample: Sample) {
        self.init(
            id: sample.id, at: sample.at, by: sample.by, count: sample.draw?.count,
            population: sample.draw?.population, strata: sample.strata, isBlind: sample.isBlind,
            filter: AuditQuery.text(sample.filter))
    }
}

extension AuditCard {
    init(_ found: AuditCase) {
        func said(_ mark: AuditMark, by rater: PersonID?) -> Said? {
            mark.verdict.map { Said(rater: rater, verdict: $0, reason: mark.reason, at: mark.at) }
        }
        self.init(
            row: AuditRow(found.line), facts: CaseCard(found.file), judgement: found.judgement,
            said: found.own.compactMap { said($0, by: nil) }
                + found.others.compactMap { said($0, by: $0.rater) })
        row.verdict = found.own.last { $0.verdict != nil }?.verdict
    }
}

extension OpeningRow {
    init(_ opening: Opening, _ state: OpeningState) {
        self.init(
            id: opening.id, concerned: opening.concerned, requester: opening.requester,
            reason: opening.reason, at: opening.requestedAt, state: state)
    }
}
