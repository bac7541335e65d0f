import Moderation
import Store
import StoreSQL

/// What became of the ids of posts in one transaction.
struct PostNames {
    /// The number of the last post that was taken in.
    fileprivate var last: Int64?
    fileprivate var asking: SQLiteStatement?
    fileprivate var naming: SQLiteStatement?
    /// Ids that have got their numbers together, the first of them ``first``, and how many of them were asked for.
    fileprivate var expected: [PostID] = []
    fileprivate var first: Int64 = 0
    fileprivate var used = 0
    /// From so many on, fresh ids go where the others are.
    fileprivate static let mostFresh = 32_768
    /// Fewer are named one by one.
    fileprivate static let fewestTogether = 64
    /// From so many on, the ids of decisions go into the index together.
    fileprivate static let mostUnnamedDecisions: Int64 = 256
}

/// Names for posts and decisions: indexes of ids that cost little to write.
extension SQLiteEngine {
    func expect(_ ids: [PostID]) throws {
        try forgetExpected()
        guard ids.count >= PostNames.fewestTogether, let list = Self.list(of: ids) else { return }
        let last = try lastNumber()
        let row = try cached(
            """
            INSERT OR IGNORE INTO fresh_ids SELECT value, ?2 + key FROM json_each(?1)
              WHERE NOT EXISTS (SELECT 1 FROM ids WHERE id = value)
            """)
        row.bind(2, last + 1)
        row.bind(1, list)
        names.first = last + 1
        names.used = 0
        names.expected = ids
        // When some are known, or twice among these, it is asked which.
        if try row.run() != ids.count { try forgetExpected() }
    }

    /// As JSON; `nil` where an id is none of ours.
    private static func list(of ids: [PostID]) -> String? {
        var list = "["
        for id in ids {
            guard id.rawValue.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }) else { return nil }
            list += list.utf8.count > 1 ? ",\"" : "\""
            list += id.rawValue
            list += "\""
        }
        return list + "]"
    }

    /// Takes back the names of those that were expected and didn't come.
    private func forgetExpected() throws {
        guard names.used < names.expected.count else { return }
        let row = try cached("DELETE FROM fresh_ids WHERE number >= ?")
        row.bind(1, names.first + Int64(names.used))
        names.expected = []
        try row.run()
    }

    func name(_ id: PostID) throws -> Int64? {
        if names.used < names.expected.count {
            if names.expected[names.used] == id {
                let number = names.first + Int64(names.used)
                names.used += 1
                names.last = number
                return number
            }
            try forgetExpected()
        }
        let number = try lastNumber() + 1
        // In two statements: SQLite prepares for taking back one that inserts what it selects.
        let known = try names.asking ?? cached("SELECT 1 FROM ids WHERE id = ?")
        names.asking = known
        known.clear()
        defer { known.reset() }
        known.bind(1, id.rawValue)
        guard try !known.step() else { return nil }
        let row = try names.naming ?? cached("INSERT OR IGNORE INTO fresh_ids VALUES (?, ?)")
        names.naming = row
        row.clear()
        row.bind(1, id.rawValue)
        row.bind(2, number)
        guard try row.run() == 1 else { return nil }
        names.last = number
        return number
    }

    private func lastNumber() throws -> Int64 {
        if let last = names.last { return last }
        let row = try cached("SELECT ifnull(max(number), 0) FROM posts")
        defer { row.reset() }
        return try row.step() ? row.integer(0) : 0
    }

    func settleNames(lastDecision: Int64?) throws {
        try forgetExpected()
        try settlePosts()
        if let lastDecision { try settleDecisions(upTo: lastDecision) }
    }

    /// Moves fresh ids, once there are many, in order into the large table.
    private func settlePosts() throws {
        guard names.last != nil else { return }
        let count = try cached("SELECT count(*) FROM fresh_ids")
        guard try count.step() else { return }
        let fresh = count.integer(0)
        count.reset()
        guard fresh >= PostNames.mostFresh else { return }
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
        guard last - named >= PostNames.mostUnnamedDecisions else { return }
        let names = try cached(
            "INSERT OR IGNORE INTO decision_ids SELECT id, number FROM decisions WHERE number > ? ORDER BY id"
        )
        names.bind(1, named)
        try names.run()
        let reach = try cached("UPDATE ledger_tree SET named = ?")
        reach.bind(1, last)
        try reach.run()
    }
}
