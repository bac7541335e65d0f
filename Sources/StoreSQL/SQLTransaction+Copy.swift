package import Store

extension SQLTransaction {
    func tableForms() throws -> [TableForm] { try engine.tableForms() }

    func rowCount(of table: TableForm) throws -> Int64 {
        try single("SELECT count(*) FROM \(table.quotedName)") { $0.integer(0) } ?? 0
    }

    func lastKey(of table: TableForm) throws -> [KeptValue]? {
        let falling = table.quotedKey.map { "\($0) DESC" }.joined(separator: ", ")
        let key = table.quotedKey.joined(separator: ", ")
        return try single("SELECT \(key) FROM \(table.quotedName) ORDER BY \(falling) LIMIT 1") { row in
            table.key.indices.map { row.value(Int32($0)) }
        }
    }

    func rows(of table: TableForm, after key: [KeptValue]?, limit: Int) throws -> [KeptRow] {
        let names = table.quotedKey.joined(separator: ", ")
        let places = table.key.map { _ in "?" }.joined(separator: ", ")
        let columns = table.columns.map(quoted).joined(separator: ", ")
        // Apart, so that a server sends no more of them than are taken.
        let row = try engine.prepareApart(
            """
            SELECT \(columns) FROM \(table.quotedName)\(key == nil ? "" : " WHERE (\(names)) > (\(places))")
              ORDER BY \(names) LIMIT \(limit)
            """)
        defer { letGo(row) }
        for (index, value) in (key ?? []).enumerated() { row.bind(Int32(index + 1), value: value) }
        let count = Int32(table.columns.count)
        var rows: [KeptRow] = []
        var size = 0
        while size < Self.largestPage, try row.step() {
            rows.append(KeptRow(values: (0..<count).map { row.value($0) }))
            size += (0..<count).reduce(0) { $0 + row.size($1) }
        }
        return rows
    }

    // MARK: Into this store

    func beginCopy(_ copy: Int) throws {
        for table in try engine.tableForms() where table.name != "ledger_tree" {
            guard try rowCount(of: table) == 0 else {
                let site = try site().map { "there is the site \($0.name) in it" }
                throw StoreError.inUse(
                    "the store to copy into",
                    reason: site ?? "its table \(table.name) isn't empty; take an empty one")
            }
        }
        // A new store's one row comes with the others.
        try prepare("DELETE FROM ledger_tree").run()
        try engine.mark(copy)
    }

    func insert(_ rows: [KeptRow], into table: TableForm) throws { try engine.insert(rows, into: table) }

    func settleCopy(fence: Int64) throws { try engine.settleCopy(fence: fence) }

    func endCopy() throws { try engine.mark(nil) }

    private func single<Result>(_ sql: String, _ read: (any SQLStatement) -> Result) throws -> Result? {
        let row = try engine.prepareApart(sql)
        defer { row.reset() }
        return try row.step() ? read(row) : nil
    }
}

extension TableForm {
    fileprivate var quotedKey: [String] { key.map(quoted) }

    /// The name as SQL takes it, whatever word it is.
    package var quotedName: String { quoted(name) }

    /// The columns as SQL takes them.
    package var quotedColumns: String { columns.map(quoted).joined(separator: ", ") }
}

private func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

extension SQLStatement {
    /// Binds whatever stands in a column.
    package func bind(_ index: Int32, value: KeptValue) {
        switch value {
        case .null: bind(index, nil as Int64?)
        case .integer(let number): bind(index, number as Int64?)
        case .text(let text): bind(index, text as String?)
        case .bytes(let bytes): bind(index, bytes as [UInt8]?)
        }
    }
}

extension SQLEngine {
    /// Puts rows of names and columns together into forms, in the order in which they come.
    ///
    /// - Parameter row: table, column, and the column's place in the primary key or null.
    package func forms(_ row: any SQLStatement) throws -> [TableForm] {
        defer { row.reset() }
        var forms: [TableForm] = []
        var key: [(place: Int64, name: String)] = []
        while try row.step() {
            if forms.last?.name != row.text(0) {
                forms.append(TableForm(name: row.text(0), columns: [], key: []))
                key = []
            }
            forms[forms.count - 1].columns.append(row.text(1))
            guard let place = row.optionalInteger(2) else { continue }
            key.append((place, row.text(1)))
            forms[forms.count - 1].key = key.sorted { $0.place < $1.place }.map(\.name)
        }
        return forms
    }
}
