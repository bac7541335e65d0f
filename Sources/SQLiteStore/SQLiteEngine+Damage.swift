import GRDB
import Ledger
import Store
import StoreSQL

extension SQLiteEngine {
    func damage(ledgerSize: Int64) throws -> [StoreDamage] {
        do {
            let pages = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            guard pages.isEmpty else { return pages.map { .engine($0) } }
            return try changedSchema() + strayRows(ledgerSize) + wrongTypes()
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

    private func strayRows(_ ledgerSize: Int64) throws -> [StoreDamage] {
        try (StrayRows.all(ledgerSize: ledgerSize) + [StrayRows("decision_ids", Self.unnamedDecisions)])
            .compactMap { try Int64.fetchOne(db, sql: $0.query) == 0 ? nil : .stray($0.table) }
    }

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
