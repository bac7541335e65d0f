#if Postgres
import Store
import StoreSQL

extension PostgresEngine {
    func tableForms() throws -> [TableForm] {
        try forms(
            prepareApart(
                """
                SELECT relname, attname, array_position(CAST(indkey AS int2[]), attnum)
                  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                    JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
                  WHERE relnamespace = to_regnamespace('releve') AND relkind IN ('r', 'p')
                    AND NOT relispartition AND attnum > 0 AND NOT attisdropped
                    AND relname NOT IN ('commits', 'schema_version')
                    AND NOT (relname = 'ledger_tree' AND attname = 'fence')
                  ORDER BY CAST(relname AS text) COLLATE "C", attnum
                """))
    }

    /// In one piece: row by row each would wait for the server's answer.
    func insert(_ rows: [KeptRow], into table: TableForm) throws {
        var bytes = PostgresCopyBytes()
        for row in rows { bytes.add(row) }
        try connection.copy(
            "COPY \(table.quotedName) (\(table.quotedColumns)) FROM STDIN (FORMAT binary)", bytes.finished())
    }

    func settleCopy(fence: Int64) throws {
        // The last that was given; before the first there is none.
        try connection.tell("SELECT setval('fences', greatest(\(fence), 1), \(fence > 0))")
        for table in ["sources", "shelves", "rejected"] {
            try connection.tell(
                """
                SELECT setval(pg_get_serial_sequence('releve.\(table)', 'number'), coalesce(max(number), 1),
                  max(number) IS NOT NULL) FROM \(table)
                """)
        }
        // Otherwise the first questions would be answered by reading everything.
        for table in try tableForms() { try connection.tell("ANALYZE \(table.quotedName)") }
    }

    func mark(_ copy: Int?) throws {
        let schema = PostgresSchema.stepCount
        let number = copy.map { CopyMark(.target, copy: $0, schema: schema).number } ?? schema
        try connection.tell("UPDATE schema_version SET steps = \(number)")
    }
}

/// Rows in the binary form of PostgreSQL's `COPY`.
private struct PostgresCopyBytes {
    private var bytes: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)

    mutating func add(_ row: KeptRow) {
        append(Int16(row.values.count))
        for value in row.values {
            switch value {
            case .null: append(Int32(-1))
            case .integer(let number):
                append(Int32(8))
                append(number)
            case .text(var text):
                text.withUTF8 { utf8 in
                    if let kept = PostgresCharacters.kept(utf8) {
                        append(bytes: kept)
                    } else {
                        append(bytes: utf8)
                    }
                }
            case .bytes(let value): append(bytes: value)
            }
        }
    }

    func finished() -> [UInt8] { bytes + [0xFF, 0xFF] }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(bytes value: some Collection<UInt8>) {
        append(Int32(value.count))
        bytes.append(contentsOf: value)
    }
}
#endif
