import Foundation
import GRDB

/// What the format's page says that verifying does not look at, read from the page.
struct UnwatchedTable {
    struct Line {
        let table: String
        /// A column, `every` or `row`.
        let column: String
        /// A condition in SQL; `nil` for all rows.
        let rows: String?
    }

    let lines: [Line]

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appendingPathComponent("Documentation/ledger-format.md"), encoding: .utf8)
        guard let start = page.range(of: "### What verify does not look at, and why") else {
            throw CocoaError(.fileReadCorruptFile)
        }
        func bare(_ cell: Substring) -> String {
            cell.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
        }
        lines = page[start.upperBound...].split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
            let rows = bare(cells[2])
            return Line(table: bare(cells[0]), column: bare(cells[1]), rows: rows == "all" ? nil : rows)
        }
    }

    /// Whether the page says that a change of this column in this row can't matter.
    ///
    /// - Parameter row: what finds the row, in SQL.
    func excuses(_ table: String, _ column: String, row: String, in db: Database) throws -> Bool {
        try lines.contains { line in
            guard line.table == table,
                line.column == column || (line.column == "every" && (column != "row" || line.rows == nil))
            else {
                return false
            }
            guard let rows = line.rows else { return true }
            return try Int.fetchOne(db, sql: "SELECT count(*) FROM \"\(table)\" WHERE (\(row)) AND (\(rows))")
                != 0
        }
    }
}

/// A table of a file and what finds its rows.
struct TableShape {
    struct Column {
        let name: String
        let type: String
        let key: Int
    }

    let name: String
    let columns: [Column]
    /// Sets of columns that must differ from row to row.
    let unique: [[String]]

    var keys: [Column] { columns.filter { $0.key > 0 }.sorted { $0.key < $1.key } }

    static func all(_ db: Database) throws -> [TableShape] {
        let names = try String.fetchAll(
            db,
            sql:
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return try names.map { name in
            let columns = try Row.fetchAll(
                db, sql: "SELECT name, type, pk FROM pragma_table_info(?)", arguments: [name])
            let indexes = try String.fetchAll(
                db, sql: "SELECT name FROM pragma_index_list(?) WHERE \"unique\"", arguments: [name])
            return TableShape(
                name: name, columns: columns.map { Column(name: $0[0], type: $0[1], key: $0[2]) },
                unique: try indexes.map {
                    try String.fetchAll(db, sql: "SELECT name FROM pragma_index_info(?)", arguments: [$0])
                })
        }
    }

    func rows(_ db: Database) throws -> [Row] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM \"\(name)\" ORDER BY " + keys.map { "\"\($0.name)\"" }.joined(separator: ", ")
        )
    }

    /// What finds a row, in SQL.
    func place(of row: Row) -> String {
        keys.map { column in
            let value: DatabaseValue = row[column.name]
            switch value.storage {
            case .int64(let number): return "\"\(column.name)\" = \(number)"
            case .string(let text): return "\"\(column.name)\" = '\(text.replacing("'", with: "''"))'"
            default: return "\"\(column.name)\" IS NULL"
            }
        }.joined(separator: " AND ")
    }
}
