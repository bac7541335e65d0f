import GRDB
import GRDBSQLite
import Ledger
import Store

extension SQLiteTransaction {
    /// A piece ends after so many rows.
    private static let rowsAtOnce = 512

    func rows(of table: KeptTable, in share: LedgerFold.Share, _ body: ([KeptRow]) throws -> Void) throws {
        // Not from the cache of statements: the body may read the same table.
        let statement = try db.makeStatement(sql: table.query(in: share))
        let row = SQLStatement(statement)
        defer { letGo(row) }
        let count = Int32(table.columns.count)
        var rows: [KeptRow] = []
        var size = 0
        while try row.step() {
            rows.append(KeptRow(values: (0..<count).map { row.value($0) }))
            size += (0..<count).reduce(0) { $0 + row.size($1) }
            if rows.count == Self.rowsAtOnce || size > Self.largestPage / 4 {
                try body(rows)
                rows.removeAll(keepingCapacity: true)
                size = 0
                emptyCache()
            }
        }
        if !rows.isEmpty { try body(rows) }
    }

    func ledgerEntries(at numbers: [Int64]) throws -> [[UInt8]] {
        let row = try again("SELECT bytes FROM ledger WHERE number = ?")
        defer { row.reset() }
        return try numbers.map { number in
            row.reset()
            row.bind(1, number)
            return try row.step() ? row.blob(0) : []
        }
    }

    func lastFence() throws -> Int64 {
        if let newFence { return newFence }
        guard let kept = try number("SELECT fence FROM ledger_tree") else {
            throw StoreError.damaged("the counter of claims")
        }
        return kept
    }

    func nameCount() throws -> Int64 { try number("SELECT count(*) FROM post_ids") ?? 0 }

    private func number(_ sql: String) throws -> Int64? {
        let row = try prepare(sql)
        defer { row.reset() }
        return try row.step() ? row.integer(0) : nil
    }

    // MARK: The engine's own form

    func damage() throws -> [StoreDamage] {
        do {
            let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            guard pages.isEmpty else { return pages.map { .engine($0) } }
            return try changedSchema() + strayRows() + wrongTypes()
        } catch let error as DatabaseError {
            return [.engine(error.message ?? "SQLite error \(error.resultCode.rawValue)")]
        }
    }

    /// Tables, indexes and triggers that are not as this version makes them.
    private func changedSchema() throws -> [StoreDamage] {
        func schema(_ db: Database) throws -> [String: String] {
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT type, name, tbl_name, sql, typeof(type) || typeof(name) || typeof(tbl_name) || typeof(sql)
                      FROM sqlite_schema
                    """)
            return Dictionary(
                rows.map { row in
                    let words = (0..<5).map { row[$0] as String? ?? "" }
                    return ("\(words[0]) \(words[1])", words[2...].joined(separator: "\n"))
                }, uniquingKeysWith: { first, _ in first })
        }
        let wanted = try DatabaseQueue().write { db in
            for statement in Schema.steps.joined() { try db.execute(sql: statement) }
            return try schema(db)
        }
        var found = try schema(db)
        // Made and dropped as the rules in force need it.
        found["index posts_author"] = nil
        let changed = Set(wanted.keys).union(found.keys).filter { wanted[$0] != found[$0] }
        return changed.sorted().map { name in
            found[name] == nil ? .missing(name) : wanted[name] == nil ? .foreign(name) : .changed(name)
        }
    }

    /// Rows that nothing leads to.
    private func strayRows() throws -> [StoreDamage] {
        try [
            ("contents", "SELECT count(*) FROM contents WHERE post NOT IN (SELECT number FROM posts)"),
            (
                "shelf_counts",
                "SELECT count(*) FROM shelf_counts WHERE shelf NOT IN (SELECT number FROM shelves)"
            ),
            ("ledger_tree", "SELECT count(*) <> 1 FROM ledger_tree"),
            ("decisions", Self.unchainedDecisions), ("posts", Self.wronglyChainedPosts),
            ("decision_ids", Self.unnamedDecisions),
            // Rows beyond a gap, where nobody who reads in order comes.
            ("ledger", "SELECT count(*) FROM ledger WHERE number < 0 OR number >= \(try ledgerTree().size)"),
        ].compactMap { name, sql in
            try number(sql) == 0 ? nil : .stray(name)
        }
    }

    /// Decisions to which the one after them on the same post, or that post, doesn't lead.
    private static let unchainedDecisions = """
        SELECT count(*) FROM (
            SELECT number, post, before, lag(number) OVER onPost AS former, lead(number) OVER onPost AS later
              FROM decisions WINDOW onPost AS (PARTITION BY post ORDER BY number))
          WHERE before IS NOT former OR later IS NULL AND number IS NOT
            (SELECT decision FROM posts WHERE number = (SELECT number FROM post_ids WHERE id = post))
        """
    private static let wronglyChainedPosts = """
        SELECT count(*) FROM posts LEFT JOIN decisions ON decisions.number = decision
          WHERE decision IS NOT NULL AND post IS NOT posts.id
        """
    /// Names of other decisions, and decisions that have none.
    private static let unnamedDecisions = """
        SELECT (SELECT count(*) FROM decision_ids LEFT JOIN decisions USING (number)
            WHERE decisions.id IS NOT decision_ids.id)
          + ((SELECT count(*) FROM decision_ids)
            <> (SELECT count(*) FROM decisions WHERE number <= (SELECT named FROM ledger_tree)))
          + (SELECT named <> 0 AND named NOT IN (SELECT number FROM decision_ids) FROM ledger_tree)
        """

    /// Columns that hold values of another type than they are made for; SQLite itself lets that pass.
    private func wrongTypes() throws -> [StoreDamage] {
        let tables = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        var result: [StoreDamage] = []
        for table in tables {
            let columns = try Row.fetchAll(
                db, sql: "SELECT name, lower(type) FROM pragma_table_info(?)", arguments: [table]
            )
            .map { (name: $0[0] as String, type: $0[1] as String) }
            let sums = columns.map { "total(typeof(\"\($0.name)\") NOT IN ('\($0.type)', 'null'))" }
            guard
                let row = try Row.fetchOne(
                    db, sql: "SELECT \(sums.joined(separator: ", ")) FROM \"\(table)\"")
            else { continue }
            for (index, column) in columns.enumerated() where (row[index] as Double) > 0 {
                result.append(.mistyped(table: table, column: column.name, type: column.type))
            }
        }
        return result
    }
}

extension LedgerFold.Share {
    /// Tells SQLite whether a name falls to a share, so that rows of others cost it no look into other tables.
    static let function = DatabaseFunction("in_share", argumentCount: 3, pure: true) { values in
        guard let number = Int.fromDatabaseValue(values[1]), let count = Int.fromDatabaseValue(values[2])
        else { return false }
        var name = ""
        if case .string(let text) = values[0].storage { name = text }
        return LedgerFold.Share(number: number, of: count).holds(LedgerFold.Name(name))
    }
}

extension KeptTable {
    /// What gives its rows of a share.
    fileprivate func query(in share: LedgerFold.Share) -> String {
        let direct = columns.joined(separator: ", ")
        let fits =
            shared.map {
                share.count == 1 ? "" : "WHERE in_share(\(rawValue).\($0), \(share.number), \(share.count))"
            }
            ?? ""
        switch self {
        case .site, .bundles, .people, .spans, .shifts, .sources, .escalatedPosts, .dayTotals,
            .takenDays:
            return "SELECT \(direct) FROM \(rawValue) \(fits)"
        case .outbox:
            return """
                SELECT id, post, action, due_at FROM
                  (SELECT number, id, post, action, due_at FROM decisions WHERE due_at IS NOT NULL) AS outbox
                  \(fits) ORDER BY number
                """
        case .sampleItems: return "SELECT \(direct) FROM sample_items ORDER BY sample, position"
        case .statements: return "SELECT \(direct) FROM statements ORDER BY decision"
        case .limits, .automations, .objections, .samples, .marks, .openings, .conditions, .handovers,
            .handoverLooks, .limitProposals, .limitNotices, .overrides, .support, .watchings:
            return "SELECT \(direct) FROM \(rawValue) ORDER BY number"
        case .shelfCounts: return "SELECT \(Self.stateName), shelf, posts FROM shelf_counts"
        case .bundlesInForce:
            return """
                SELECT f.number, digest, since FROM bundles_in_force AS f LEFT JOIN bundles ON bundles.number = bundle
                  ORDER BY f.number
                """
        case .posts: return "\(Self.postQuery) \(fits) ORDER BY posts.number"
        case .formerContents:
            return """
                SELECT id, f.version, salt, digest, bytes FROM former_contents AS f
                  LEFT JOIN posts ON posts.number = f.post ORDER BY f.post, f.version
                """
        case .formerEvaluations: return Self.evaluationQuery
        case .erasures:
            return """
                SELECT id, e.at, person, reason, authority, note, salt FROM erasures AS e
                  LEFT JOIN posts ON posts.number = e.post ORDER BY e.post
                """
        case .claims:
            return """
                SELECT posts.id, c.id, person, fence, claimed_at FROM claims AS c
                  LEFT JOIN posts ON posts.number = c.post ORDER BY c.post
                """
        case .skips:
            return """
                SELECT id, person, at FROM skips LEFT JOIN posts ON posts.number = skips.post
                  ORDER BY person, skips.post
                """
        case .decisions:
            let own = columns.dropLast().joined(separator: ", ")
            return """
                SELECT \(own), (SELECT author FROM posts WHERE number =
                    (SELECT number FROM post_ids WHERE id = decisions.post))
                  FROM decisions \(fits) ORDER BY number
                """
        }
    }

    private static let stateName = """
        CASE state WHEN 0 THEN 'waiting' WHEN 1 THEN 'claimed' WHEN 2 THEN 'decided' WHEN 3 THEN 'escalated'
          WHEN 4 THEN 'erased' END
        """

    private static let postQuery = """
        SELECT posts.id, posts.number, sources.name, taken_in_at, posts.version,
            \(stateName), hazard, language, policies, rank, flags, deadline, bundles.digest, findings, aside, action, policy,
            rule, author, evaluated_at, contents.version, salt, contents.digest, bytes,
            (SELECT number FROM post_ids WHERE post_ids.id = posts.id), shelf
          FROM posts LEFT JOIN sources ON sources.number = source LEFT JOIN shelves ON shelves.number = shelf
            LEFT JOIN bundles ON bundles.number = bundle LEFT JOIN contents ON contents.post = posts.number
        """

    private static let evaluationQuery = """
        SELECT e.number, posts.id, e.version, e.at, bundles.digest, e.hazard, e.findings, e.aside, e.action,
            e.policy, e.rule, ifnull(now.salt, former.salt)
          FROM former_evaluations AS e LEFT JOIN posts ON posts.number = e.post
            LEFT JOIN bundles ON bundles.number = e.bundle
            LEFT JOIN contents AS now ON now.post = e.post AND now.version = e.version
            LEFT JOIN former_contents AS former ON former.post = e.post AND former.version = e.version
          ORDER BY e.number
        """
}
