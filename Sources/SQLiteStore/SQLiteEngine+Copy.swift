import GRDB
import Store
import StoreSQL

extension SQLiteEngine {
    /// Indexes of ids are made here, in tables; so is what is known of them.
    func tableForms() throws -> [TableForm] {
        try forms(
            prepareApart(
                """
                SELECT tables.name, columns.name, nullif(columns.pk, 0)
                  FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns
                  WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'
                    AND tables.name NOT IN ('ids', 'fresh_ids', 'decision_ids')
                    AND NOT (tables.name = 'ledger_tree' AND columns.name IN ('fence', 'named'))
                  ORDER BY tables.name, columns.cid
                """))
    }

    func insert(_ rows: [KeptRow], into table: TableForm) throws {
        let places = table.columns.map { _ in "?" }.joined(separator: ", ")
        let row = try prepareApart(
            "INSERT INTO \(table.quotedName) (\(table.quotedColumns)) VALUES (\(places))")
        for kept in rows {
            row.clear()
            for (index, value) in kept.values.enumerated() { row.bind(Int32(index + 1), value: value) }
            try row.run()
        }
    }

    func settleCopy(fence: Int64) throws {
        try prepare("DELETE FROM fresh_ids").run()
        try prepare("INSERT OR IGNORE INTO ids SELECT id, number FROM posts ORDER BY id").run()
        try prepare("INSERT OR IGNORE INTO decision_ids SELECT id, number FROM decisions ORDER BY id").run()
        let row = try prepare(
            "UPDATE ledger_tree SET fence = ?, named = (SELECT ifnull(max(number), 0) FROM decisions)")
        row.bind(1, fence as Int64?)
        try row.run()
    }

    func mark(_ copy: Int?) throws {
        let schema = Schema.steps.count
        let number = copy.map { CopyMark(.target, copy: $0, schema: schema).number } ?? schema
        try db.execute(sql: "PRAGMA user_version = \(number)")
    }
}
