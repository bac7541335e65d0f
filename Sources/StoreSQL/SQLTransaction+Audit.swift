import Ledger
import Moderation
import Store

extension SQLTransaction {
    /// What an audited decision is read from: the columns of a decision, and what was known of its post.
    private static let auditColumns =
        decisionColumns + """
            , hazard, language, EXISTS (SELECT 1 FROM escalated_posts WHERE escalated_posts.post = decisions.post),
            decisions.number
            """

    func decisions(_ scope: DecisionScope, before place: DecisionPlace?, limit: Int) throws
        -> [AuditedDecision]
    {
        var clause = ScopeClause(scope)
        clause.add(before: place)
        // The numbers come from the index alone; only the rows that fit are looked up.
        let row = try prepare(
            """
            SELECT \(Self.auditColumns) FROM (
                SELECT number AS wanted FROM decisions WHERE \(clause.sql)
                  ORDER BY decided_at DESC, number DESC LIMIT ?) AS page
              CROSS JOIN decisions ON decisions.number = wanted ORDER BY decided_at DESC, decisions.number DESC
            """)
        row.bind(clause.bind(to: row), max(0, limit))
        return try audited(row)
    }

    func decisionCount(_ scope: DecisionScope) throws -> Int {
        let clause = ScopeClause(scope)
        let row = try prepare("SELECT count(*) FROM decisions WHERE \(clause.sql)")
        defer { row.reset() }
        _ = clause.bind(to: row)
        return try row.step() ? row.int(0) : 0
    }

    func auditedDecision(_ id: DecisionID) throws -> AuditedDecision? {
        let row = try prepare(
            "SELECT \(Self.auditColumns) FROM decisions WHERE number = \(Self.numberOfDecision)")
        row.bind(1, id.rawValue)
        return try audited(row).first
    }

    func decisionIDs(withPrefix prefix: String, limit: Int) throws -> [DecisionID] {
        let row = try prepare("SELECT id FROM decision_numbers WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        defer { row.reset() }
        row.bind(1, prefix)
        row.bind(2, prefix + "\u{10FFFF}")
        row.bind(3, limit)
        var result: [DecisionID] = []
        while try row.step() { result.append(DecisionID(row.text(0))) }
        return result
    }

    func strata(of scope: DecisionScope, by facets: [StratumFacet]) throws -> [[String]: Int] {
        let clause = ScopeClause(scope)
        let columns = facets.map { $0.sql + ", " }.joined()
        let groups = facets.isEmpty ? "" : " GROUP BY " + facets.map(\.sql).joined(separator: ", ")
        let row = try prepare("SELECT \(columns)count(*) FROM decisions WHERE \(clause.sql)\(groups)")
        defer { row.reset() }
        _ = clause.bind(to: row)
        var result: [[String]: Int] = [:]
        while try row.step() {
            let count = row.int(Int32(facets.count))
            if count > 0 { result[facets.indices.map { row.text(Int32($0)) }] = count }
        }
        return result
    }

    func forEachDecision(
        _ scope: DecisionScope, by facets: [StratumFacet], _ body: (DecisionID, [String]) throws -> Void
    ) throws {
        let clause = ScopeClause(scope)
        let columns = facets.map { ", " + $0.sql }.joined()
        // In the order of the rows, whose ids are not in the index.
        let row = try prepare("SELECT id\(columns) FROM decisions NOT INDEXED WHERE \(clause.sql)")
        defer { row.reset() }
        _ = clause.bind(to: row)
        while try row.step() {
            try body(DecisionID(row.text(0)), facets.indices.map { row.text(Int32($0 + 1)) })
        }
    }

    func content(of post: PostID, version: Int) throws -> FlaggedPost? {
        guard let place = try place(of: post) else { return nil }
        let row = try prepare(
            """
            SELECT bytes FROM contents WHERE post = ?1 AND version = ?2
            UNION ALL SELECT bytes FROM former_contents WHERE post = ?1 AND version = ?2
            """)
        defer { row.reset() }
        row.bind(1, place.number)
        row.bind(2, version)
        guard try row.step(), !row.isNull(0) else { return nil }
        return try content(row.blob(0), of: post)
    }

    func noteEscalation(of post: PostID) throws {
        try whenNumbered { tx, entry in
            let number = tx.engine.entryNumber("?2")
            let row = try tx.prepare(
                "INSERT INTO escalated_posts VALUES (?1, \(number)) ON CONFLICT DO NOTHING")
            row.bind(1, post.rawValue)
            row.bind(2, entry)
            try row.send()
        }
    }

    private func audited(_ row: any SQLStatement) throws -> [AuditedDecision] {
        defer { row.reset() }
        var result: [AuditedDecision] = []
        while try row.step() { result.append(try audited(from: row)) }
        return result
    }

    private func audited(from row: any SQLStatement) throws -> AuditedDecision {
        let decision = try decision(row)
        let language = row.text(17)
        return AuditedDecision(
            decision: decision, hazard: try hazard(row.integer(16)),
            language: language.isEmpty ? nil : language, isEscalated: row.integer(18) != 0,
            place: DecisionPlace(at: decision.decidedAt, number: row.integer(19)))
    }
}
