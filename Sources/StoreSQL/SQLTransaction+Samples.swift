import Moderation
import Store

extension SQLTransaction {
    // MARK: Samples

    func samples() throws -> [Sample] {
        try cards(
            Sample.self, prepare("SELECT card FROM samples ORDER BY number DESC"), of: "a sample")
    }

    func sample(_ id: SampleID) throws -> Sample? {
        let row = try prepare("SELECT card FROM samples WHERE id = ?")
        row.bind(1, id.rawValue)
        return try cards(Sample.self, row, of: "sample \(id)").first
    }

    func save(_ sample: Sample) throws {
        let row = try prepare(
            """
            INSERT INTO samples (id, blind, card) VALUES (?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET blind = excluded.blind, card = excluded.card
            """)
        row.bind(1, sample.id.rawValue)
        row.bind(2, sample.isBlind ? 1 : 0)
        row.bind(3, try Card.text(sample))
        try row.run()
    }

    func keep(_ items: [DecisionID], of sample: SampleID) throws {
        for (offset, item) in items.enumerated() {
            let row = try again("INSERT INTO sample_items VALUES (?, ?, ?)")
            row.bind(1, sample.rawValue)
            row.bind(2, offset + 1)
            row.bind(3, item.rawValue)
            try row.run()
        }
    }

    func sampleItems(of sample: SampleID, after position: Int, limit: Int) throws -> [DecisionID] {
        let row = try prepare(
            "SELECT decision FROM sample_items WHERE sample = ? AND position > ? ORDER BY position LIMIT ?")
        defer { row.reset() }
        row.bind(1, sample.rawValue)
        row.bind(2, position)
        row.bind(3, limit)
        var result: [DecisionID] = []
        while try row.step() { result.append(DecisionID(row.text(0))) }
        return result
    }

    func blindSamples(with decision: DecisionID) throws -> [SampleID] {
        let row = try prepare(
            """
            SELECT sample FROM sample_items JOIN samples ON samples.id = sample
              WHERE decision = ? AND blind <> 0 ORDER BY samples.number
            """)
        defer { row.reset() }
        row.bind(1, decision.rawValue)
        var result: [SampleID] = []
        while try row.step() { result.append(SampleID(row.text(0))) }
        return result
    }

    // MARK: Marks

    func insert(_ mark: AuditMark) throws {
        let row = try prepare(
            """
            INSERT INTO marks (decision, sample, rater, verdict, action, policy, reason, salt, at)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(1, mark.decision.rawValue)
        row.bind(2, mark.sample?.rawValue)
        row.bind(3, mark.rater.rawValue)
        row.bind(4, mark.verdict?.rawValue)
        row.bind(5, mark.judgement?.action.rawValue)
        row.bind(6, mark.judgement?.policy?.rawValue)
        row.bind(7, mark.reason)
        row.bind(8, mark.salt)
        row.bind(9, mark.at.milliseconds)
        try row.run()
    }

    static let markColumns =
        "decision, sample, rater, verdict, action, policy, reason, salt, at"

    func marks(on decision: DecisionID) throws -> [AuditMark] {
        let row = try prepare("SELECT \(Self.markColumns) FROM marks WHERE decision = ? ORDER BY number")
        row.bind(1, decision.rawValue)
        return try marks(row)
    }

    /// The marks in rows that ``markColumns`` make.
    func marks(_ row: any SQLStatement) throws -> [AuditMark] {
        defer { row.reset() }
        var result: [AuditMark] = []
        while try row.step() { result.append(try mark(row)) }
        return result
    }

    private func mark(_ row: any SQLStatement) throws -> AuditMark {
        let verdict = row.optionalText(3).map { AuditVerdict(rawValue: $0) }
        let action = row.optionalText(4).map { Action(rawValue: $0) }
        // A word that stands for none is damage; no word at all is not.
        if case .some(.none) = verdict { throw StoreError.damaged("a mark on decision \(row.text(0))") }
        if case .some(.none) = action { throw StoreError.damaged("a mark on decision \(row.text(0))") }
        return AuditMark(
            decision: DecisionID(row.text(0)), sample: row.optionalText(1).map { SampleID($0) },
            rater: PersonID(row.text(2)), verdict: verdict.flatMap(\.self),
            judgement: action.flatMap(\.self).map { action in
                Judgement(action: action, policy: row.optionalText(5).map { PolicyID($0) })
            },
            reason: row.optionalText(6), salt: row.isNull(7) ? nil : row.blob(7),
            at: Timestamp(milliseconds: row.integer(8)))
    }

    func ratings(in sample: SampleID?) throws -> [Rating] {
        let row = try prepare(
            """
            SELECT \(Self.markColumns) FROM marks
              WHERE ?1 IS NULL OR decision IN (SELECT decision FROM sample_items WHERE sample = ?1) ORDER BY number
            """)
        row.bind(1, sample?.rawValue)
        var marks: [AuditMark] = []
        do {
            defer { row.reset() }
            while try row.step() { marks.append(try mark(row)) }
        }
        var result: [Rating] = []
        var places: [Rater: Int] = [:]
        for mark in marks {
            let key = Rater(decision: mark.decision, rater: mark.rater)
            if let place = places[key] {
                result[place].verdict = mark.verdict ?? result[place].verdict
                result[place].judgement = result[place].judgement ?? mark.judgement
                continue
            }
            guard let audited = try auditedDecision(mark.decision) else {
                throw StoreError.damaged("decision \(mark.decision), which is missing")
            }
            places[key] = result.count
            result.append(
                Rating(audited: audited, rater: mark.rater, verdict: mark.verdict, judgement: mark.judgement))
        }
        return result
    }

    private struct Rater: Hashable {
        let decision: DecisionID
        let rater: PersonID
    }

    // MARK: Openings

    func openings(limit: Int) throws -> [Opening] {
        let row = try prepare("SELECT card FROM openings ORDER BY number DESC LIMIT ?")
        row.bind(1, limit)
        return try cards(Opening.self, row, of: "a request to open a pseudonym")
    }

    func opening(_ id: OpeningID) throws -> Opening? {
        let row = try prepare("SELECT card FROM openings WHERE id = ?")
        row.bind(1, id.rawValue)
        return try cards(Opening.self, row, of: "request \(id)").first
    }

    func openings(of concerned: PersonID) throws -> [Opening] {
        let row = try prepare(
            """
            SELECT card FROM openings WHERE concerned = ? AND opened_at IS NOT NULL
              ORDER BY opened_at DESC, number DESC
            """)
        row.bind(1, concerned.rawValue)
        return try cards(Opening.self, row, of: "a request to open a pseudonym")
    }

    func save(_ opening: Opening) throws {
        let row = try prepare(
            """
            INSERT INTO openings (id, concerned, opened_at, card) VALUES (?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at, card = excluded.card
            """)
        row.bind(1, opening.id.rawValue)
        row.bind(2, opening.concerned.rawValue)
        row.bind(3, opening.openedAt?.milliseconds)
        row.bind(4, try Card.text(opening))
        try row.run()
    }

    func cards<Value: Decodable>(_: Value.Type, _ row: any SQLStatement, of what: String) throws
        -> [Value]
    {
        defer { row.reset() }
        var result: [Value] = []
        while try row.step() { result.append(try Card.value(Value.self, row.text(0), of: what)) }
        return result
    }
}
