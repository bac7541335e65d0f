import Foundation
import GRDB
import GRDBSQLite
import Ledger
import Moderation
import Store
import StoreSQL

/// One transaction on the connection to a file.
final class SQLiteEngine: SQLEngine {
    let db: Database
    /// What became of the ids of posts in this transaction.
    var names = PostNames()

    init(_ db: Database) { self.db = db }

    func prepare(_ sql: String) throws -> any SQLStatement { try cached(sql) }

    func prepareApart(_ sql: String) throws -> any SQLStatement {
        SQLiteStatement(try db.makeStatement(sql: sql))
    }

    func cached(_ sql: String) throws -> SQLiteStatement {
        SQLiteStatement(try db.cachedStatement(sql: sql))
    }

    // MARK: Alone

    let isShared = false
    let holding = ""
    let holdingFree = ""

    func heads(on shelves: [Int64], for person: PersonID) -> [ShelfHead]? { nil }

    func nextFence() -> Int64? { nil }

    func lastFence() -> Int64? { nil }

    // MARK: The file

    let knowsShares = true

    func emptyCache() {
        if let connection = db.sqliteConnection { sqlite3_db_release_memory(connection) }
    }

    func leavingNoTraces<Result>(_ body: () throws -> Result) throws -> Result {
        // Free pages remember, unless they are told not to.
        try db.execute(sql: "PRAGMA secure_delete = ON")
        defer { try? db.execute(sql: "PRAGMA secure_delete = OFF") }
        return try body()
    }

    func isOwner() throws -> Bool {
        let row = try cached("SELECT file FROM pragma_database_list WHERE name = 'main'")
        defer { row.reset() }
        // A store in memory is nobody else's.
        guard try row.step(), let file = row.optionalText(0), !file.isEmpty else { return true }
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        guard let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value else { return false }
        // The superuser could do anything to the file too.
        return geteuid() == owner || geteuid() == 0
    }
}

extension LedgerFold.Share {
    /// Tells SQLite whether a name falls to a share, so that rows of others cost it no look into other tables.
    static let function = DatabaseFunction("in_share", argumentCount: 3, pure: true) { values in
        guard let number = Int.fromDatabaseValue(values[1]), let count = Int.fromDatabaseValue(values[2])
        else { return false }
        var name = ""
        if case .string(let text) = values[0].storage { name = text }
        return LedgerFold.Share(number: number, of: count).holds(LedgerFold.Name(name))
    }
}
