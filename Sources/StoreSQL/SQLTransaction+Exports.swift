import Exposure
import Ledger
import Moderation
import Store

extension SQLTransaction {
    /// Decisions that were made, or taken back, in a span of time: ?1 and ?2.
    private static let made = """
        (decisions.decided_at >= ?1 AND decisions.decided_at < ?2
          OR decisions.undone_at >= ?1 AND decisions.undone_at < ?2)
        """

    func decidedPosts(from: Timestamp, to: Timestamp, after place: Int64, limit: Int) throws
        -> Page<DecidedPost>
    {
        let columns = Self.decisionColumns.split(separator: ",")
            .map { "decisions." + $0.filter { !$0.isWhitespace } }.joined(separator: ", ")
        let row = try prepare(
            """
            SELECT \(columns), decisions.number, posts.version, posts.taken_in_at, posts.flags, sources.name,
                shelves.hazard, shelves.language, statements.at,
                CASE WHEN posts.version = decisions.version
                  THEN (SELECT bytes FROM contents WHERE post = posts.number)
                  ELSE (SELECT bytes FROM former_contents
                    WHERE post = posts.number AND version = decisions.version) END
              FROM decisions
                LEFT JOIN posts ON posts.number = (SELECT number FROM post_ids WHERE id = decisions.post)
                LEFT JOIN sources ON sources.number = posts.source
                LEFT JOIN shelves ON shelves.number = posts.shelf
                LEFT JOIN statements ON statements.decision = decisions.number
              WHERE decisions.number > ?3 AND \(Self.made) ORDER BY decisions.number LIMIT ?4
            """)
        defer { letGo(row) }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        row.bind(3, place)
        row.bind(4, limit)
        var page = Page<DecidedPost>(items: [], next: nil)
        var size = 0
        while size < Self.largestPage, try row.step() {
            size += row.size(24)
            page.next = row.integer(16)
            page.items.append(try decidedPost(row))
            if page.items.count.isMultiple(of: Self.rowsBetweenEmptying) { emptyCache() }
        }
        return page
    }

    private func decidedPost(_ row: any SQLStatement) throws -> DecidedPost {
        let decision = try decision(row)
        guard !row.isNull(17), let source = row.optionalText(20), !row.isNull(21) else {
            throw StoreError.damaged("the post of decision \(decision.id)")
        }
        let language = row.text(22)
        return DecidedPost(
            place: row.integer(16), decision: decision,
            content: row.isNull(24) ? nil : try content(row.blob(24), of: decision.post), source: source,
            language: language.isEmpty ? nil : language, hazard: try hazard(row.integer(21)),
            flagCount: row.int(19), takenInAt: Timestamp(milliseconds: row.integer(18)),
            isLatest: row.int(17) == decision.postVersion, isStated: !row.isNull(23))
    }

    func decidedPostCount(from: Timestamp, to: Timestamp) throws -> Int {
        let row = try prepare("SELECT count(*) FROM decisions WHERE \(Self.made)")
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        return try row.step() ? row.int(0) : 0
    }

    func objectionCounts(from: Timestamp, to: Timestamp) throws -> [RuleID: Int] {
        let row = try prepare(
            "SELECT rule, count(*) FROM objections WHERE at >= ? AND at < ? GROUP BY rule")
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        var result: [RuleID: Int] = [:]
        while try row.step() { result[RuleID(row.text(0))] = row.int(1) }
        return result
    }

    func markStated(_ places: [Int64], at now: Timestamp) throws -> [Int64] {
        let entry = try ledgerTree().size
        return try places.filter { place in
            let row = try again("INSERT INTO statements VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            row.bind(1, place)
            row.bind(2, now.milliseconds)
            row.bind(3, entry)
            return try row.run() == 1
        }
    }
}
