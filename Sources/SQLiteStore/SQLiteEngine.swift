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
    /// The number of the last post that this transaction took in.
    private var lastNamed: Int64?
    private var asking: SQLiteStatement?
    private var naming: SQLiteStatement?
    /// From so many on, fresh ids go where the others are.
    private static let mostFreshIDs = 32_768
    /// From so many on, the ids of decisions go into the index together.
    private static let mostUnnamedDecisions: Int64 = 256

    init(_ db: Database) { self.db = db }

    func prepare(_ sql: String) throws -> any SQLStatement { try cached(sql) }

    func prepareApart(_ sql: String) throws -> any SQLStatement {
        SQLiteStatement(try db.makeStatement(sql: sql))
    }

    private func cached(_ sql: String) throws -> SQLiteStatement {
        SQLiteStatement(try db.cachedStatement(sql: sql))
    }

    // MARK: Alone

    let isShared = false
    let holding = ""
    let holdingFree = ""

    func heads(on shelves: [Int64], for person: PersonID) -> [ShelfHead]? { nil }

    func nextFence() -> Int64? { nil }

    func lastFence() -> Int64? { nil }

    // MARK: Names

    func name(_ id: PostID) throws -> Int64? {
        let number = try lastNumber() + 1
        // In two statements: SQLite prepares for taking back one that inserts what it selects.
        let known = try asking ?? cached("SELECT 1 FROM ids WHERE id = ?")
        asking = known
        known.clear()
        defer { known.reset() }
        known.bind(1, id.rawValue)
        guard try !known.step() else { return nil }
        let row = try naming ?? cached("INSERT OR IGNORE INTO fresh_ids VALUES (?, ?)")
        naming = row
        row.clear()
        row.bind(1, id.rawValue)
        row.bind(2, number)
        guard try row.run() == 1 else { return nil }
        lastNamed = number
        return number
    }

    private func lastNumber() throws -> Int64 {
        if let lastNamed { return lastNamed }
        let row = try cached("SELECT ifnull(max(number), 0) FROM posts")
        defer { row.reset() }
        return try row.step() ? row.integer(0) : 0
    }

    func settleNames(lastDecision: Int64?) throws {
        try settlePosts()
        if let lastDecision { try settleDecisions(upTo: lastDecision) }
    }

    /// Moves fresh ids, once there are many, in order into the large table.
    private func settlePosts() throws {
        guard lastNamed != nil else { return }
        let count = try cached("SELECT count(*) FROM fresh_ids")
        guard try count.step() else { return }
        let fresh = count.integer(0)
        count.reset()
        guard fresh >= Self.mostFreshIDs else { return }
        try cached("INSERT INTO ids SELECT id, number FROM fresh_ids ORDER BY id").run()
        try cached("DELETE FROM fresh_ids").run()
    }

    /// Puts the ids of decisions, once there are many, in order into the index.
    private func settleDecisions(upTo last: Int64) throws {
        let row = try cached("SELECT named FROM ledger_tree")
        defer { row.reset() }
        guard try row.step() else { throw StoreError.damaged("the ledger's tree") }
        let named = row.integer(0)
        row.reset()
        guard last - named >= Self.mostUnnamedDecisions else { return }
        let names = try cached(
            "INSERT OR IGNORE INTO decision_ids SELECT id, number FROM decisions WHERE number > ? ORDER BY id"
        )
        names.bind(1, named)
        try names.run()
        let reach = try cached("UPDATE ledger_tree SET named = ?")
        reach.bind(1, last)
        try reach.run()
    }

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
