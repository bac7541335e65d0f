import Foundation
import GRDB
import Ledger
import Moderation
import Store
import Synchronization

/// One transaction on one connection; what is counted is gathered here and written once at its end.
final class SQLiteTransaction: StoreTransaction {
    struct CountKey: Hashable {
        let state: Int64
        let shelf: Int64
    }

    let db: Database
    private var tree: MerkleFrontier?
    private var isTreeChanged = false
    /// The fence of the last claim that this transaction took.
    var newFence: Int64?
    private var counts: [CountKey: Int64] = [:]
    private var repeated: [Int: SQLStatement] = [:]
    /// The number of the last post that this transaction took in.
    var lastNamed: Int64?
    /// From so many on, fresh ids go where the others are.
    private static let mostFreshIDs = 32_768
    /// How often it was asked whose posts were removed, and who had any removed once that was worth reading.
    var removalQuestions = 0
    var removedAuthors: Set<Int64>?
    var sources: [String: Int64] = [:]
    private var sourceCounts: [Int64: Int64] = [:]
    /// Numbers of posts, looked up by this transaction or by those before it.
    var postNumbers: [PostID: Int64]
    /// The last decision that this transaction made.
    var lastDecision: (id: DecisionID, number: Int64)?
    var bundleNumbers: [String: Int64] = [:]
    var shelfNumbers: [Shelf: Int64] = [:]

    init(_ db: Database, postNumbers: [PostID: Int64] = [:]) {
        self.db = db
        self.postNumbers = postNumbers
    }

    func prepare(_ sql: String) throws -> SQLStatement { try SQLStatement(db, sql) }

    /// A statement that one transaction runs thousands of times: found by where its text stands in the program.
    func again(_ sql: StaticString) throws -> SQLStatement {
        let place = Int(bitPattern: sql.utf8Start)
        if let known = repeated[place] {
            known.clear()
            return known
        }
        let made = try SQLStatement(db, sql.description)
        repeated[place] = made
        return made
    }

    func count(_ change: Int64, state: PostState, shelf: Int64) {
        counts[CountKey(state: state.code, shelf: shelf), default: 0] += change
    }

    func countSource(_ number: Int64) { sourceCounts[number, default: 0] += 1 }

    /// Writes what was gathered.
    func flush() throws {
        try flushCounts()
        if lastNamed != nil { try settleIDs() }
        try nameDecisions()
        if isTreeChanged || newFence != nil {
            let statement = try prepare("UPDATE ledger_tree SET frontier = ?, fence = ifnull(?, fence)")
            statement.bind(1, try ledgerTree().encoded)
            statement.bind(2, newFence)
            guard try statement.run() == 1 else { throw StoreError.damaged("the ledger's tree") }
            isTreeChanged = false
            newFence = nil
        }
    }

    /// Moves fresh ids, once there are many, in order into the large table.
    private func settleIDs() throws {
        let count = try prepare("SELECT count(*) FROM fresh_ids")
        guard try count.step() else { return }
        let fresh = count.int(0)
        count.reset()
        guard fresh >= Self.mostFreshIDs else { return }
        try prepare("INSERT INTO ids SELECT id, number FROM fresh_ids ORDER BY id").run()
        try prepare("DELETE FROM fresh_ids").run()
    }

    func flushCounts() throws {
        for (key, change) in counts where change != 0 {
            let statement = try prepare(
                """
                INSERT INTO shelf_counts VALUES (?, ?, ?)
                  ON CONFLICT DO UPDATE SET posts = posts + excluded.posts
                """)
            statement.bind(1, key.state)
            statement.bind(2, key.shelf)
            statement.bind(3, change)
            try statement.run()
        }
        counts.removeAll(keepingCapacity: true)
        for (number, change) in sourceCounts {
            let statement = try prepare("UPDATE sources SET posts = posts + ? WHERE number = ?")
            statement.bind(1, change)
            statement.bind(2, number)
            try statement.run()
        }
        sourceCounts.removeAll(keepingCapacity: true)
    }

    // MARK: Ledger

    func ledgerTree() throws -> MerkleFrontier {
        if let tree { return tree }
        let statement = try prepare("SELECT frontier FROM ledger_tree")
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError.damaged("the ledger's tree") }
        guard let read = try? MerkleFrontier(encoded: statement.blob(0)) else {
            throw StoreError.damaged("the ledger's tree")
        }
        tree = read
        return read
    }

    func append(_ entry: EncodedEntry) throws -> Int64 {
        var edge = try ledgerTree()
        tree = nil  // Leaves one owner, so that appending needs no copy.
        let index = edge.size
        edge.append(leaf: entry.leaf)
        tree = edge
        isTreeChanged = true
        let statement = try again("INSERT INTO ledger VALUES (?, ?, ?)")
        statement.bind(1, index)
        statement.bind(2, entry.leaf)
        try statement.run(3, entry.bytes)
        return index
    }

    func ledgerEntries(from index: Int64, limit: Int) throws -> [[UInt8]] {
        try ledgerColumn("bytes", from: index, limit: limit)
    }

    func ledgerLeafHashes(from index: Int64, limit: Int) throws -> [[UInt8]] {
        try ledgerColumn("leaf", from: index, limit: limit)
    }

    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint] {
        let statement = try prepare(
            "SELECT size, note, at FROM checkpoints WHERE size >= ? ORDER BY size LIMIT ?")
        statement.bind(1, size)
        statement.bind(2, limit)
        return try checkpoints(statement)
    }

    func lastCheckpoint() throws -> StoredCheckpoint? {
        try checkpoints(prepare("SELECT size, note, at FROM checkpoints ORDER BY size DESC LIMIT 1")).first
    }

    private func checkpoints(_ statement: SQLStatement) throws -> [StoredCheckpoint] {
        defer { statement.reset() }
        var result: [StoredCheckpoint] = []
        while try statement.step() {
            result.append(
                StoredCheckpoint(
                    size: statement.integer(0), note: statement.text(1),
                    at: Timestamp(milliseconds: statement.integer(2))))
        }
        return result
    }

    func save(_ checkpoint: StoredCheckpoint) throws {
        let statement = try prepare("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?)")
        statement.bind(1, checkpoint.size)
        statement.bind(2, checkpoint.note)
        statement.bind(3, checkpoint.at.milliseconds)
        try statement.run()
    }

    private func ledgerColumn(_ column: StaticString, from index: Int64, limit: Int) throws -> [[UInt8]] {
        try ledger(column, from: index, limit: limit) { $0.blob(1) }
    }

    func ledgerRows(from index: Int64, limit: Int) throws -> [LedgerRow] {
        try ledger("bytes, leaf", from: index, limit: limit) {
            LedgerRow(bytes: $0.blob(1), leaf: $0.blob(2))
        }
    }

    /// Columns of the ledger; a number that is missing ends the list, so that a gap can't hide.
    private func ledger<Row>(
        _ columns: StaticString, from index: Int64, limit: Int, _ read: (SQLStatement) -> Row
    ) throws -> [Row] {
        let statement = try prepare(
            "SELECT number, \(columns) FROM ledger WHERE number >= ? ORDER BY number LIMIT ?")
        defer { statement.reset() }
        statement.bind(1, index)
        statement.bind(2, limit)
        var result: [Row] = []
        while try statement.step() {
            guard statement.integer(0) == index + Int64(result.count) else { break }
            result.append(read(statement))
        }
        // Whoever goes through the ledger won't come back to these pages.
        if limit >= 1000 {
            statement.reset()
            emptyCache()
        }
        return result
    }
}

extension PostState {
    /// What the column `state` holds.
    var code: Int64 {
        switch self {
        case .waiting: 0
        case .claimed: 1
        case .decided: 2
        case .escalated: 3
        case .erased: 4
        }
    }

    init(code: Int64) throws {
        switch code {
        case 0: self = .waiting
        case 1: self = .claimed
        case 2: self = .decided
        case 3: self = .escalated
        case 4: self = .erased
        default: throw StoreError.damaged("a post's state")
        }
    }
}

/// Small values kept as JSON in a column.
enum Card {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Cards that are read in every transaction and seldom change, by their text.
    private static let known = Mutex<[String: any Sendable]>([:])

    /// A value read before, or read now and kept for the next time.
    static func known<Value: Decodable & Sendable>(_: Value.Type, _ text: String, of what: String) throws
        -> Value
    {
        if let value = known.withLock({ $0[text] as? Value }) { return value }
        let value = try value(Value.self, text, of: what)
        known.withLock {
            if $0.count >= 500 { $0.removeAll() }
            $0[text] = value
        }
        return value
    }

    static func value<Value: Decodable>(_: Value.Type, _ text: String, of what: String) throws -> Value {
        do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch {
            throw StoreError.damaged(what)
        }
    }
}
