import Desk
import Foundation
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Testing

@Suite("One flipped bit anywhere is caught, or the format's page says why it can't matter")
struct FlipTests {
    /// How many places are tried; RELEVE_FLIPS asks for more.
    private static let count = Int(ProcessInfo.processInfo.environment["RELEVE_FLIPS"] ?? "") ?? 150

    /// One bit of a value; `nil` for a value without bits.
    private func flipped(_ value: DatabaseValue, with random: inout Seeded) -> DatabaseValue? {
        switch value.storage {
        case .null, .double: return nil
        case .int64(let number):
            return (number ^ (1 << Int64.random(in: 0..<40, using: &random))).databaseValue
        case .string(let text):
            var bytes = Array(text.utf8)
            guard let place = bytes.indices.randomElement(using: &random) else { return nil }
            bytes[place] ^= 1 << UInt8.random(in: 0..<7, using: &random)
            return String(decoding: bytes, as: UTF8.self).databaseValue
        case .blob(let data):
            var bytes = Array(data)
            guard let place = bytes.indices.randomElement(using: &random) else { return nil }
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            return Data(bytes).databaseValue
        }
    }

    /// Flips a bit of a column in some row; says which, and whether the page excuses it.
    private func flip(
        _ table: TableShape, _ column: String, in db: Database, unwatched: UnwatchedTable,
        _ random: inout Seeded
    ) throws -> (row: String, isExcused: Bool)? {
        for row in try table.rows(db).shuffled(using: &random).prefix(20) {
            let value: DatabaseValue = row[column]
            guard let new = flipped(value, with: &random), new != value else { continue }
            let place = table.place(of: row)
            var isExcused = try unwatched.excuses(table.name, column, row: place, in: db)
            do {
                try db.execute(
                    sql: "UPDATE \"\(table.name)\" SET \"\(column)\" = ? WHERE \(place)", arguments: [new])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT { continue }
            if table.name == "people", column == "card" {
                isExcused =
                    try isOnlyOptOuts(value, new)
                    && unwatched.excuses("people", "card.optOuts", row: place, in: db)
            }
            // What a smaller fence is, is known only after the change.
            if table.name == "ledger_tree", column == "fence" {
                isExcused = try unwatched.excuses(table.name, column, row: "1", in: db)
            }
            return ("\(table.name).\(column) where \(place): \(value) -> \(new)", isExcused)
        }
        return nil
    }

    private func isOnlyOptOuts(_ old: DatabaseValue, _ new: DatabaseValue) -> Bool {
        func person(_ value: DatabaseValue) -> Person? {
            guard let text = String.fromDatabaseValue(value) else { return nil }
            var person = try? JSONDecoder().decode(Person.self, from: Data(text.utf8))
            person?.optOuts = OptOuts()
            return person
        }
        return person(new) != nil && person(old) == person(new)
    }

    @Test func ofAValueInAnyColumn() throws {
        let day = try RecordedDay()
        try day.work()
        let copy = try Tampering(day)
        let unwatched = try UnwatchedTable()
        var random = Seeded(2026)
        let places = try copy.change { db in
            try TableShape.all(db).flatMap { table in table.columns.map { (table, $0.name) } }
        }
        var caught = 0
        for (table, column) in (0..<max(Self.count, places.count)).map({ places[$0 % places.count] }) {
            let change = try copy.change { db in
                try flip(table, column, in: db, unwatched: unwatched, &random)
            }
            guard let change else { continue }
            let verdict = copy.verify()
            if verdict.isCaught { caught += 1 }
            #expect(verdict.isCaught || change.isExcused, "\(change.row)")
        }
        #expect(caught > places.count / 2)
    }

    @Test func ofTheFileItself() throws {
        let day = try RecordedDay()
        try day.work()
        let copy = try Tampering(day)
        let unwatched = try UnwatchedTable()
        let before = try #require(copy.read { try Contents($0) })
        let filled = copy.filledBytes
        var random = Seeded(7)
        var caught = 0
        for number in 0..<Self.count {
            // Mostly where something stands: much of a young file is gaps.
            let byte =
                number.isMultiple(of: 10)
                ? Int.random(in: 0..<copy.size, using: &random) : filled.randomElement(using: &random) ?? 0
            let bit = byte * 8 + Int.random(in: 0..<8, using: &random)
            try copy.flip(bit: bit)
            // As the file is before the store opens it.
            let unexcused = copy.read { db in
                try Contents(db).differences(from: before)?.filter { change in
                    if change.table == "people", change.column == "card" {
                        return !isOnlyOptOuts(change.old, change.new)
                    }
                    return try !unwatched.excuses(change.table, change.column, row: change.row, in: db)
                }
            }
            let verdict = copy.verify()
            if verdict.isCaught { caught += 1 }
            #expect(
                verdict.isCaught || unexcused??.isEmpty == true,
                "bit \(bit): \(String(describing: unexcused))")
        }
        #expect(caught > Self.count / 4)
    }
}
