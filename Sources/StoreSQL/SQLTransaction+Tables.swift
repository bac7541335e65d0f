import Ledger
import Store

extension SQLTransaction {
    /// A piece ends after so many rows.
    private static let rowsAtOnce = 512

    func rows(of table: KeptTable, in share: LedgerFold.Share, _ body: ([KeptRow]) throws -> Void) throws {
        // Apart from others: the body may read the same table.
        let row = try engine.prepareApart(table.query(in: engine.knowsShares ? share : LedgerFold.Share()))
        defer { letGo(row) }
        let count = Int32(table.columns.count)
        let sharing = engine.knowsShares ? nil : table.shared.flatMap { table.columns.firstIndex(of: $0) }
        var rows: [KeptRow] = []
        var size = 0
        while try row.step() {
            if let sharing, !share.holds(LedgerFold.Name(row.text(Int32(sharing)))) { continue }
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
        if let counted = try engine.lastFence() { return counted }
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

    func damage() throws -> [StoreDamage] { try engine.damage(ledgerSize: try ledgerTree().size) }
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
        case .people:
            return "SELECT id, \"user\", name, active, card, salt FROM people"
        case .site, .bundles, .spans, .shifts, .sources, .escalatedPosts, .dayTotals,
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
            e.policy, e.rule, coalesce(now.salt, former.salt)
          FROM former_evaluations AS e LEFT JOIN posts ON posts.number = e.post
            LEFT JOIN bundles ON bundles.number = e.bundle
            LEFT JOIN contents AS now ON now.post = e.post AND now.version = e.version
            LEFT JOIN former_contents AS former ON former.post = e.post AND former.version = e.version
          ORDER BY e.number
        """
}
