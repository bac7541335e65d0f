import Ledger
import Moderation
import Store

extension SQLiteTransaction {
    private static let itemColumns = """
        posts.id, sources.name, posts.state, posts.hazard, posts.language, posts.priority, posts.flags,
        posts.deadline, posts.taken_in_at, posts.action, posts.policy, posts.rule
        """

    func hazard(_ level: Int64) throws -> Hazard {
        guard let hazard = Hazard(level: Int(level)) else { throw StoreError.damaged("a post's hazard") }
        return hazard
    }

    /// A post's place in the tables.
    struct Place {
        let number: Int64
        let state: PostState
        let hazard: Hazard
        let language: String
    }

    func place(of id: PostID) throws -> Place? {
        let row = try prepare("SELECT number, state, hazard, language FROM posts WHERE id = ?")
        defer { row.reset() }
        row.bind(1, id.rawValue)
        guard try row.step() else { return nil }
        return Place(
            number: row.integer(0), state: try PostState(code: row.integer(1)),
            hazard: try hazard(row.integer(2)), language: row.text(3))
    }

    func post(_ id: PostID) throws -> StoredPost? {
        let row = try prepare(
            """
            SELECT posts.version, state, hazard, priority, taken_in_at, findings, action, policy, rule,
                bundles.digest, contents.digest, bytes
              FROM posts JOIN bundles ON bundles.number = bundle
              JOIN contents ON contents.post = posts.number AND contents.version = posts.version
              WHERE id = ?
            """)
        defer { row.reset() }
        row.bind(1, id.rawValue)
        guard try row.step() else { return nil }
        let bundle = BundleDigest(hex: row.text(9))
        let evaluation = Evaluation(
            findings: row.isNull(5) ? [] : try FindingsForm.findings(from: row.blob(5)),
            recommendation: recommendation(row, from: 6), hazard: try hazard(row.integer(2)), bundle: bundle)
        return StoredPost(
            id: id, version: row.int(0), state: try PostState(code: row.integer(1)), priority: row.int(3),
            takenInAt: Timestamp(milliseconds: row.integer(4)), evaluation: evaluation,
            content: row.isNull(11) ? nil : try content(row.blob(11), of: id),
            contentDigest: Hexadecimal.string(row.blob(10)))
    }

    private func content(_ bytes: [UInt8], of id: PostID) throws -> FlaggedPost {
        do { return try ContentCommitment.post(from: bytes) } catch {
            throw StoreError.damaged("the content of post \(id)")
        }
    }

    private func recommendation(_ row: SQLStatement, from column: Int32) -> Recommendation? {
        guard let action = row.optionalText(column).flatMap({ Action(rawValue: $0) }) else { return nil }
        return Recommendation(
            action: action, policy: PolicyID(row.text(column + 1)), rule: RuleID(row.text(column + 2)))
    }

    func postIDs(withPrefix prefix: String, limit: Int) throws -> [PostID] {
        let row = try prepare("SELECT id FROM posts WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        defer { row.reset() }
        row.bind(1, prefix)
        row.bind(2, prefix + "\u{10FFFF}")
        row.bind(3, limit)
        var result: [PostID] = []
        while try row.step() { result.append(PostID(row.text(0))) }
        return result
    }

    // MARK: Listings

    func queue(_ filter: QueueFilter, offset: Int, limit: Int) throws -> [QueueItem] {
        // Values are bound, never spelled; only the number of question marks depends on the filter.
        func condition(_ column: String, _ count: Int) -> String {
            count == 0
                ? "" : " AND \(column) IN (\(Array(repeating: "?", count: count).joined(separator: ", ")))"
        }
        let states = filter.states.map(\.code).sorted()
        let hazards = filter.hazards.map { Int64($0.level) }.sorted()
        let languages = filter.languages.sorted()
        let row = try prepare(
            "SELECT \(Self.itemColumns) FROM posts JOIN sources ON sources.number = posts.source WHERE 1"
                + condition("posts.state", states.count) + condition("posts.hazard", hazards.count)
                + condition("posts.language", languages.count)
                + " ORDER BY posts.priority DESC, posts.number LIMIT ? OFFSET ?")
        defer { row.reset() }
        var index: Int32 = 0
        for value in states + hazards {
            index += 1
            row.bind(index, value)
        }
        for value in languages {
            index += 1
            row.bind(index, value)
        }
        row.bind(index + 1, limit)
        row.bind(index + 2, offset)
        var result: [QueueItem] = []
        while try row.step() {
            let language = row.text(4)
            result.append(
                QueueItem(
                    id: PostID(row.text(0)), source: row.text(1), state: try PostState(code: row.integer(2)),
                    hazard: try hazard(row.integer(3)), language: language.isEmpty ? nil : language,
                    priority: row.int(5), flagCount: row.int(6),
                    deadline: row.optionalInteger(7).map { Timestamp(milliseconds: $0) },
                    takenInAt: Timestamp(milliseconds: row.integer(8)),
                    recommendation: recommendation(row, from: 9)))
        }
        return result
    }

    func statistics() throws -> QueueStatistics {
        try flushCounts()
        let row = try prepare("SELECT state, hazard, language, posts FROM queue_counts WHERE posts <> 0")
        defer { row.reset() }
        var result: [QueueStatistics.Count] = []
        while try row.step() {
            let language = row.text(2)
            result.append(
                QueueStatistics.Count(
                    state: try PostState(code: row.integer(0)), hazard: try hazard(row.integer(1)),
                    language: language.isEmpty ? nil : language, posts: row.int(3)))
        }
        return QueueStatistics(counts: result)
    }

    func sources(limit: Int) throws -> [String] {
        try flushCounts()
        let row = try prepare("SELECT name FROM sources ORDER BY posts DESC, name LIMIT ?")
        defer { row.reset() }
        row.bind(1, limit)
        var result: [String] = []
        while try row.step() { result.append(row.text(0)) }
        return result
    }

    func rejected(limit: Int) throws -> [RejectedRecord] {
        let row = try prepare(
            "SELECT file, line, reason, bytes, at FROM rejected ORDER BY number DESC LIMIT ?")
        defer { row.reset() }
        row.bind(1, limit)
        var result: [RejectedRecord] = []
        while try row.step() {
            result.append(
                RejectedRecord(
                    file: row.text(0), line: row.int(1), reason: row.text(2), bytes: row.blob(3),
                    rejectedAt: Timestamp(milliseconds: row.integer(4))))
        }
        return result
    }

    func reject(_ record: RejectedRecord) throws {
        let row = try prepare("INSERT INTO rejected (file, line, reason, bytes, at) VALUES (?, ?, ?, ?, ?)")
        row.bind(1, record.file)
        row.bind(2, record.line)
        row.bind(3, record.reason)
        row.bind(4, record.bytes)
        row.bind(5, record.rejectedAt.milliseconds)
        try row.run()
    }
}
