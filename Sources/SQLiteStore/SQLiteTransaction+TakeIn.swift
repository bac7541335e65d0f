import GRDB
import Ledger
import Moderation
import Store

extension SQLiteTransaction {
    func takeIn(
        _ prepared: PreparedContent, at now: Timestamp, merge: (StoredPost) throws -> PreparedContent?
    ) throws -> TakenIn {
        let source = try number(ofSource: prepared.content.source)
        let row = try prepare(
            """
            INSERT INTO posts (id, source, version, state, hazard, language, priority, flags, deadline,
                taken_in_at, bundle, findings, policies, action, policy, rule)
              VALUES (?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """)
        row.bind(1, prepared.id.rawValue)
        row.bind(2, source)
        let after = try bindEvaluated(prepared, to: row, from: 3) { row.bind(8, now.milliseconds) }
        precondition(after == 15, "the columns of an insert are fixed")
        guard try row.run() == 1 else { return try update(prepared.id, at: now, merge: merge) }
        let number = db.lastInsertedRowID
        try keep(prepared, number: number, version: 1)
        count(1, state: .waiting, hazard: prepared.evaluation.hazard, language: prepared.content.language)
        countSource(source)
        return .new
    }

    /// Binds hazard, language, priority, flags, deadline, what `between` adds, bundle, findings, policies and
    /// recommendation; returns the index after the last.
    private func bindEvaluated(
        _ prepared: PreparedContent, to row: SQLStatement, from first: Int32, between: () -> Void
    ) throws -> Int32 {
        let evaluation = prepared.evaluation
        row.bind(first, evaluation.hazard.level)
        row.bind(first + 1, prepared.content.language ?? "")
        row.bind(first + 2, prepared.priority)
        row.bind(first + 3, prepared.content.flags.count)
        row.bind(first + 4, prepared.content.deadline?.milliseconds)
        between()
        row.bind(first + 6, try number(of: evaluation.bundle))
        if !evaluation.findings.isEmpty {
            row.bind(first + 7, FindingsForm.bytes(of: evaluation.findings))
            let policies = Set(evaluation.findings.map(\.policy.rawValue)).sorted()
            row.bind(first + 8, policies.joined(separator: " "))
        }
        row.bind(first + 9, evaluation.recommendation?.action.rawValue)
        row.bind(first + 10, evaluation.recommendation?.policy.rawValue)
        row.bind(first + 11, evaluation.recommendation?.rule.rawValue)
        return first + 12
    }

    private func update(
        _ id: PostID, at now: Timestamp, merge: (StoredPost) throws -> PreparedContent?
    ) throws -> TakenIn {
        guard let known = try post(id), let place = try place(of: id) else {
            throw StoreError.damaged("post \(id)")
        }
        guard let merged = try merge(known) else { return .unchanged }
        let version = known.version + 1
        let state = place.state == .decided ? PostState.waiting : place.state
        let row = try prepare(
            """
            UPDATE posts SET version = ?, state = ?, hazard = ?, language = ?, priority = ?, flags = ?,
                deadline = ?, number = ?, bundle = ?, findings = ?, policies = ?, action = ?, policy = ?,
                rule = ? WHERE id = ?
            """)
        row.bind(1, version)
        row.bind(2, state.code)
        let after = try bindEvaluated(merged, to: row, from: 3) { row.bind(8, place.number) }
        row.bind(after, id.rawValue)
        try row.run()
        try keep(merged, number: place.number, version: version)
        count(-1, state: place.state, hazard: place.hazard, language: place.language)
        count(1, state: state, hazard: merged.evaluation.hazard, language: merged.content.language)
        return .updated(version: version)
    }

    private func keep(_ prepared: PreparedContent, number: Int64, version: Int) throws {
        let row = try prepare("INSERT INTO contents VALUES (?, ?, ?, ?, ?)")
        row.bind(1, number)
        row.bind(2, version)
        row.bind(3, prepared.salt)
        row.bind(4, Hexadecimal.bytes(prepared.digest))
        row.bind(5, prepared.bytes)
        try row.run()
    }

    private func number(ofSource name: String) throws -> Int64 {
        if let known = sources[name] { return known }
        let made = try prepare("INSERT OR IGNORE INTO sources (name, posts) VALUES (?, 0)")
        made.bind(1, name)
        try made.run()
        let row = try prepare("SELECT number FROM sources WHERE name = ?")
        defer { row.reset() }
        row.bind(1, name)
        guard try row.step() else { throw StoreError.damaged("the list of sources") }
        let number = row.integer(0)
        sources[name] = number
        return number
    }
}
