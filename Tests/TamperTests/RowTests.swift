import Desk
import Foundation
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("A row taken away, invented or exchanged is caught, or the format's page says why it can't matter")
struct RowTests {
    private let day: RecordedDay
    private let copy: Tampering
    private let unwatched: UnwatchedTable
    private let tables: [TableShape]

    init() throws {
        day = try RecordedDay()
        try day.work()
        copy = try Tampering(day)
        unwatched = try UnwatchedTable()
        tables = try copy.change { try TableShape.all($0) }
    }

    /// Whether nothing of a table is looked at.
    private func isLeftOut(_ table: TableShape) -> Bool {
        unwatched.lines.contains { $0.table == table.name && $0.column == "every" && $0.rows == nil }
    }

    @Test func takenAway() throws {
        var random = Seeded(1)
        for table in tables where !isLeftOut(table) {
            let change = try copy.change { db in
                try table.rows(db).randomElement(using: &random).map { row in
                    let place = table.place(of: row)
                    let isExcused = try unwatched.excuses(table.name, "row", row: place, in: db)
                    try db.execute(sql: "DELETE FROM \"\(table.name)\" WHERE \(place)")
                    return (place: place, isExcused: isExcused)
                }
            }
            guard let change else { continue }
            #expect(copy.verify().isCaught || change.isExcused, "\(table.name) \(change.place)")
        }
    }

    @Test func invented() throws {
        for table in tables where !isLeftOut(table) {
            let made = try copy.change { db -> String? in
                let before = try table.rows(db)
                guard let row = before.last else { return nil }
                let changed = Set(table.unique.compactMap(\.last) + [table.keys.last?.name ?? ""])
                let values = table.columns.map { column -> DatabaseValue in
                    let value: DatabaseValue = row[column.name]
                    guard changed.contains(column.name) else { return value }
                    switch value.storage {
                    case .int64(let number): return (number + 1000).databaseValue
                    case .string(let text): return (text + "x").databaseValue
                    default: return value
                    }
                }
                let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
                try db.execute(
                    sql: "INSERT INTO \"\(table.name)\" VALUES (\(marks))",
                    arguments: StatementArguments(values))
                let place = try table.rows(db).filter { !before.contains($0) }.map { table.place(of: $0) }
                return try unwatched.excuses(table.name, "row", row: place.first ?? "0", in: db)
                    ? nil : table.name
            }
            if let made { #expect(copy.verify().isCaught, "\(made)") }
        }
    }

    @Test func exchanged() throws {
        for table in tables where !isLeftOut(table) {
            let exchanged = try copy.change { db in try exchange(in: table, db) }
            if exchanged { #expect(copy.verify().isCaught, "\(table.name)") }
        }
    }

    /// Gives two rows each other's keys; `false` where that leaves the table as it is, or the page says it can't matter.
    private func exchange(in table: TableShape, _ db: Database) throws -> Bool {
        let rows = try table.rows(db)
        let keys = table.keys.map(\.name)
        let others = table.columns.map(\.name).filter { !keys.contains($0) }
        func rest(_ row: Row) -> [DatabaseValue] { others.map { row[$0] } }
        guard let first = rows.first, let second = rows.first(where: { rest($0) != rest(first) }),
            !unwatched.lines.contains(where: {
                $0.table == table.name && keys.contains($0.column) && $0.rows == nil
            })
        else { return false }
        for row in [first, second] {
            try db.execute(sql: "DELETE FROM \"\(table.name)\" WHERE \(table.place(of: row))")
        }
        for (row, key) in [(first, second), (second, first)] {
            let values = table.columns.map { column -> DatabaseValue in
                keys.contains(column.name) ? key[column.name] : row[column.name]
            }
            let marks = values.map { _ in "?" }.joined(separator: ", ")
            try db.execute(
                sql: "INSERT INTO \"\(table.name)\" VALUES (\(marks))", arguments: StatementArguments(values))
        }
        return true
    }

    // MARK: The guards themselves

    @Test func aTriggerOrIndexTakenAwayIsCaught() throws {
        for sql in ["DROP TRIGGER ledger_is_never_changed", "DROP INDEX posts_place"] {
            try copy.restore()
            let queue = try DatabaseQueue(path: copy.path)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: sql)
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try queue.close()
            #expect(copy.verify().isCaught, "\(sql)")
        }
    }

    @Test func whatDiffersIsNamedWithItsEntryAndWhatDependsOnIt() throws {
        let (id, number) = try copy.change { db -> (String, Int64) in
            let id = try #require(
                try String.fetchOne(db, sql: "SELECT id FROM decisions WHERE action = 'remove'"))
            try db.execute(sql: "UPDATE decisions SET action = 'keep' WHERE id = ?", arguments: [id])
            let entry = try Int64.fetchOne(
                db, sql: "SELECT number FROM ledger WHERE instr(bytes, ?) > 0 ORDER BY number",
                arguments: [Data("\"decision\":\"\(id)\"".utf8)])
            return (id, try #require(entry))
        }
        let desk = Desk(store: try SQLiteStore(path: copy.path, creating: false), clock: day.clock)
        let found = try desk.verifyTables()
        let first = try #require(found.differences.first)
        #expect(first.table == .decisions && first.row == id && first.way == .differs(column: "action"))
        #expect(first.entry == number && first.dependents(in: "fr").contains("exports"))
        #expect(
            first.message(in: "en") == "decisions \(id): action is not what the ledger says (entry \(number))"
        )
    }
}
