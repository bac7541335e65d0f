import Desk
import Foundation
import GRDB
import Ledger
import SQLiteStore

/// A copy of a day's file, to be changed behind the store's back and verified.
final class Tampering {
    let path: String
    private let original: Data
    private let clock: ManualClock

    /// What verifying said.
    enum Verdict {
        /// Nothing differs.
        case intact
        /// Caught; what was said.
        case caught(String)

        var isCaught: Bool { if case .caught = self { true } else { false } }
    }

    init(_ day: RecordedDay) throws {
        original = try Data(contentsOf: URL(fileURLWithPath: day.path))
        path = day.folder + "/copy-\(UUID().uuidString).sqlite"
        clock = day.clock
        try restore()
    }

    var size: Int { original.count }

    /// Where the file holds something else than zeros.
    var filledBytes: [Int] { original.indices.filter { original[$0] != 0 } }

    func restore() throws {
        for suffix in ["-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
        try original.write(to: URL(fileURLWithPath: path))
    }

    /// Flips one bit of the file.
    func flip(bit: Int) throws {
        try restore()
        var bytes = original
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    /// Changes the copy by SQL, with every guard of the schema taken away meanwhile.
    @discardableResult
    func change<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try restore()
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            let guards = try Row.fetchAll(
                db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for row in guards { try db.execute(sql: "DROP TRIGGER \(row[0] as String)") }
            let result = try body(db)
            for row in guards { try db.execute(sql: row[1] as String) }
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return result
        }
    }

    /// Verifies the copy as it is, in the way of the command.
    func verify(notes: [String] = []) -> Verdict {
        do {
            let desk = Desk(store: try SQLiteStore(path: path, creating: false), clock: clock)
            let ledger = try desk.verifyLedger(notes: notes)
            if let problem = ledger.problem { return .caught(problem) }
            guard let first = try desk.verifyTables().differences.first else { return .intact }
            return .caught(first.message(in: "en"))
        } catch { return .caught("\(error)") }
    }

    /// Everything that the file says, with types, and the file to ask; `nil` when it can't be read.
    func read<Result>(_ body: (Database) throws -> Result) -> Result? {
        var configuration = Configuration()
        configuration.readonly = true
        guard let queue = try? DatabaseQueue(path: path, configuration: configuration) else { return nil }
        defer { try? queue.close() }
        return try? queue.read(body)
    }
}

/// Everything that a file says, with types.
struct Contents {
    let schema: [String]
    let tables: [(shape: TableShape, rows: [Row])]

    init(_ db: Database) throws {
        schema = try Row.fetchAll(db, sql: "SELECT * FROM sqlite_schema ORDER BY name").map {
            "\($0["type"] as DatabaseValue) \($0["sql"] as DatabaseValue)"
        }
        tables = try TableShape.all(db).map { ($0, try $0.rows(db)) }
    }

    /// The columns that differ from another's, each with what finds its row here; `nil` when more than columns does.
    func differences(from other: Contents) -> [(
        table: String, column: String, row: String, old: DatabaseValue, new: DatabaseValue
    )]? {
        guard schema == other.schema else { return nil }
        var result: [(String, String, String, DatabaseValue, DatabaseValue)] = []
        for (mine, theirs) in zip(tables, other.tables) {
            guard mine.rows.count == theirs.rows.count else {
                result.append((mine.shape.name, "row", "1", .null, .null))
                continue
            }
            for (row, old) in zip(mine.rows, theirs.rows) where row != old {
                for column in mine.shape.columns.map(\.name) {
                    let (new, was): (DatabaseValue, DatabaseValue) = (row[column], old[column])
                    guard new != was else { continue }
                    result.append((mine.shape.name, column, mine.shape.place(of: row), was, new))
                }
            }
        }
        return result
    }
}

/// Repeatable numbers.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
