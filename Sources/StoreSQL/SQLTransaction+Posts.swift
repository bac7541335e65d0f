import Ledger
import Moderation
import Store

extension SQLTransaction {
    func hazard(_ level: Int64) throws -> Hazard {
        guard let hazard = Hazard(level: Int(level)) else { throw StoreError.damaged("a post's hazard") }
        return hazard
    }

    /// A post's place in the tables.
    struct Place {
        let number: Int64
        let state: PostState
        let shelf: Int64
    }

    /// Looked up once: numbers of posts never change.
    func number(of id: PostID) throws -> Int64? {
        if let known = noted[id] ?? postNumbers[id] { return known }
        let row = try prepare("SELECT number FROM post_ids WHERE id = ?")
        defer { row.reset() }
        row.bind(1, id.rawValue)
        guard try row.step() else { return nil }
        let number = row.integer(0)
        note(number, of: id)
        return number
    }

    func place(of id: PostID) throws -> Place? {
        if let held = heldPlaces[id] { return held }
        guard let number = try number(of: id) else { return nil }
        let row = try prepare("SELECT state, shelf FROM posts WHERE number = ?\(engine.holding)")
        defer { row.reset() }
        row.bind(1, number)
        guard try row.step() else { return nil }
        return Place(number: number, state: try PostState(code: row.integer(0)), shelf: row.integer(1))
    }

    /// What a stored post is read from.
    static let postColumns = """
        posts.version, state, hazard, -rank, taken_in_at, findings, action, policy, rule, bundles.digest,
        contents.digest, bytes, aside, salt
        """
    /// The tables it is read from; `CROSS` keeps the order, in which each is found by its number.
    static let postTables = """
        posts CROSS JOIN shelves ON shelves.number = shelf CROSS JOIN bundles ON bundles.number = bundle
          CROSS JOIN contents ON contents.post = posts.number
        """

    func post(_ id: PostID) throws -> StoredPost? {
        guard let number = try number(of: id) else { return nil }
        let row = try prepare("SELECT \(Self.postColumns) FROM \(Self.postTables) WHERE posts.number = ?")
        defer { row.reset() }
        row.bind(1, number)
        return try row.step() ? try post(row, id: id) : nil
    }

    /// The post in the row that ``postColumns`` begin.
    func post(_ row: any SQLStatement, id: PostID) throws -> StoredPost {
        let bundle = BundleDigest(hex: row.text(9))
        let evaluation = try evaluation(
            of: id, findings: row.isNull(5) ? nil : row.blob(5), aside: row.isNull(12) ? nil : row.blob(12),
            recommendation: recommendation(row, from: 6), hazard: try hazard(row.integer(2)), bundle: bundle)
        return StoredPost(
            id: id, version: row.int(0), state: try PostState(code: row.integer(1)), priority: row.int(3),
            takenInAt: Timestamp(milliseconds: row.integer(4)), evaluation: evaluation,
            content: row.isNull(11) ? nil : try content(row.blob(11), of: id),
            contentDigest: Hexadecimal.string(row.blob(10)), salt: row.isNull(13) ? nil : row.blob(13))
    }

    func content(_ bytes: [UInt8], of id: PostID) throws -> FlaggedPost {
        do { return try ContentCommitment.post(from: bytes) } catch {
            throw StoreError.damaged("the content of post \(id)")
        }
    }

    func recommendation(_ row: any SQLStatement, from column: Int32) -> Recommendation? {
        guard let action = row.optionalText(column).flatMap({ Action(rawValue: $0) }) else { return nil }
        return Recommendation(
            action: action, policy: PolicyID(row.text(column + 1)), rule: RuleID(row.text(column + 2)))
    }

    func postIDs(withPrefix prefix: String, limit: Int) throws -> [PostID] {
        let row = try prepare("SELECT id FROM post_ids WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        defer { row.reset() }
        row.bind(1, prefix)
        row.bind(2, prefix + "\u{10FFFF}")
        row.bind(3, limit)
        var result: [PostID] = []
        while try row.step() { result.append(PostID(row.text(0))) }
        return result
    }

    // MARK: Sources and rejected records

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
