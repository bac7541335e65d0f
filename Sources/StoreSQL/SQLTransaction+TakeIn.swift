import Ledger
import Moderation
import Store

extension SQLTransaction {
    func expect(_ posts: [PostID]) throws { try engine.expect(posts) }

    func takeIn(
        _ prepared: PreparedContent, at now: Timestamp, merge: (StoredPost) throws -> PreparedContent?
    ) throws -> TakenIn {
        guard let number = try engine.name(prepared.id) else {
            return try update(prepared.id, at: now, merge: merge)
        }
        let source = try self.number(ofSource: prepared.content.source)
        let shelf = try self.number(of: shelf(of: prepared))
        let row = try again(
            """
            INSERT INTO posts (id, source, taken_in_at, version, state, shelf, rank, flags, deadline, bundle,
                findings, action, policy, rule, aside, author, number)
              VALUES (?, ?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(1, prepared.id.rawValue)
        row.bind(2, source)
        row.bind(3, now.milliseconds)
        try bindEvaluated(prepared, shelf: shelf, to: row, from: 4)
        row.bind(14, prepared.author)
        row.bind(15, number)
        try row.run()
        let content = try again("INSERT INTO contents VALUES (?, 1, ?, ?, ?)")
        content.bind(1, number)
        content.bind(2, prepared.salt)
        content.bind(3, prepared.digest)
        try content.run(4, prepared.bytes)
        count(1, state: .waiting, shelf: shelf)
        countSource(source)
        return .new
    }

    private func shelf(of prepared: PreparedContent) -> Shelf {
        let findings = prepared.evaluation.findings
        let policies =
            findings.count < 2
            ? findings.first?.policy.rawValue ?? ""
            : Set(findings.map(\.policy.rawValue)).sorted().joined(separator: "\n")
        return Shelf(
            hazard: prepared.evaluation.hazard, language: prepared.content.language, policies: policies)
    }

    /// Binds shelf, rank, flags, deadline, bundle, findings, recommendation and what stands aside: ten values.
    private func bindEvaluated(
        _ prepared: PreparedContent, shelf: Int64, to row: any SQLStatement, from first: Int32
    ) throws {
        let evaluation = prepared.evaluation
        row.bind(first, shelf)
        row.bind(first + 1, -max(prepared.priority, -Int.max))
        row.bind(first + 2, prepared.content.flags.count)
        row.bind(first + 3, prepared.content.deadline?.milliseconds)
        row.bind(first + 4, try number(of: evaluation.bundle))
        if !evaluation.findings.isEmpty {
            row.bind(first + 5, FindingsForm.bytes(of: evaluation.findings))
        }
        row.bind(first + 6, evaluation.recommendation?.action.rawValue)
        row.bind(first + 7, evaluation.recommendation?.policy.rawValue)
        row.bind(first + 8, evaluation.recommendation?.rule.rawValue)
        if let aside = AsideForm.bytes(of: evaluation) { row.bind(first + 9, aside) }
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
        let shelf = try number(of: shelf(of: merged))
        try keepFormerEvaluation(of: place.number)
        let row = try prepare(
            """
            UPDATE posts SET version = ?, state = ?, shelf = ?, rank = ?, flags = ?, deadline = ?, bundle = ?,
                findings = ?, action = ?, policy = ?, rule = ?, aside = ?, evaluated_at = ? WHERE number = ?
            """)
        row.bind(1, version)
        row.bind(2, state.code)
        try bindEvaluated(merged, shelf: shelf, to: row, from: 3)
        row.bind(13, (merged.evaluatedAt ?? now).milliseconds)
        row.bind(14, place.number)
        try row.run()
        let former = try prepare("INSERT INTO former_contents SELECT * FROM contents WHERE post = ?")
        former.bind(1, place.number)
        try former.run()
        let content = try prepare(
            "UPDATE contents SET version = ?, salt = ?, digest = ?, bytes = ? WHERE post = ?")
        content.bind(1, version)
        content.bind(2, merged.salt)
        content.bind(3, merged.digest)
        content.bind(5, place.number)
        try content.run(4, merged.bytes)
        count(-1, state: place.state, shelf: place.shelf)
        count(1, state: state, shelf: shelf)
        return .updated(version: version)
    }

    func reevaluate(_ prepared: PreparedContent, at now: Timestamp) throws {
        heldPlaces.removeAll()
        guard let place = try place(of: prepared.id) else { throw StoreError.damaged("post \(prepared.id)") }
        let shelf = try number(of: shelf(of: prepared))
        try keepFormerEvaluation(of: place.number)
        let row = try prepare(
            """
            UPDATE posts SET shelf = ?, rank = ?, flags = ?, deadline = ?, bundle = ?, findings = ?, action = ?,
                policy = ?, rule = ?, aside = ?, evaluated_at = ? WHERE number = ?
            """)
        try bindEvaluated(prepared, shelf: shelf, to: row, from: 1)
        row.bind(11, (prepared.evaluatedAt ?? now).milliseconds)
        row.bind(12, place.number)
        try row.run()
        count(-1, state: place.state, shelf: place.shelf)
        count(1, state: place.state, shelf: shelf)
    }

    private func number(ofSource name: String) throws -> Int64 {
        if let known = sources[name] { return known }
        let made = try prepare("INSERT INTO sources (name, posts) VALUES (?, 0) ON CONFLICT DO NOTHING")
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
