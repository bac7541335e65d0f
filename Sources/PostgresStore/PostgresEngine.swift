#if Postgres
import Moderation
import Store
import StoreSQL

/// One transaction on a connection to a server.
final class PostgresEngine: SQLEngine {
    let connection: PostgresConnection
    /// The number of the last post that this transaction took in.
    private var lastNamed: Int64?

    /// Beside whom it works.
    enum Mode {
        case reading, alone, besideOthers
    }

    private let mode: Mode
    private let leases: PostgresStore.LeaseClock

    init(_ connection: PostgresConnection, _ mode: Mode, leases: PostgresStore.LeaseClock = .server) {
        self.connection = connection
        self.mode = mode
        self.leases = leases
    }

    // MARK: Beside others

    var isShared: Bool { mode == .besideOthers }

    var holding: String { isShared ? " FOR NO KEY UPDATE" : "" }

    var holdingFree: String { isShared ? " FOR NO KEY UPDATE SKIP LOCKED" : "" }

    func holdEnd() throws { try prepare("SELECT hold_end()").send() }

    func append(_ entries: [[UInt8]]) throws {
        let row = PostgresStatement(connection, connection.text("SELECT append_entries(?)"))
        row.bind(1, list: entries)
        try row.send()
    }

    func entryNumber(_ place: String) -> String {
        isShared ? "(SELECT coalesce(max(number), -1) + 1 + \(place) FROM ledger)" : place
    }

    /// The heads that nobody else is about to take, which are held until this transaction ends; where others hold all,
    /// what they may leave.
    func heads(on shelves: [Int64], for person: PersonID) throws -> [ShelfHead]? {
        // A post that is chosen among them is claimed, with the next fence.
        if isShared { try foresee { _ = try nextFence() } }
        var free = try heads(on: shelves, for: person, holdingFree)
        for index in free.indices { free[index].isHeld = isShared }
        let isFinal = !isShared || connection.foresight.isAsking
        return free.isEmpty && !isFinal ? try heads(on: shelves, for: person, "") : free
    }

    private func heads(on shelves: [Int64], for person: PersonID, _ lock: String) throws -> [ShelfHead] {
        let waiting = """
            FROM posts WHERE state = 0 AND shelf = s.shelf
              AND NOT EXISTS (SELECT 1 FROM skips WHERE person = ?2 AND post = number)
            """
        let columns = "SELECT id, rank, taken_in_at, deadline, number"
        let shelf = "SELECT s.shelf, h.* FROM unnest(CAST(CAST(?1 AS text) AS bigint[])) AS s (shelf)"
        let row = try prepare(
            """
            \(shelf) JOIN LATERAL (\(columns) \(waiting) ORDER BY rank, number LIMIT 1\(lock)) AS h ON TRUE
            UNION ALL
            \(shelf) JOIN LATERAL (
              \(columns) \(waiting) AND deadline IS NOT NULL ORDER BY deadline, number LIMIT 1\(lock)) AS h ON TRUE
            """)
        defer { row.reset() }
        row.bind(1, "{" + shelves.map { String($0) }.joined(separator: ",") + "}")
        row.bind(2, person.rawValue)
        var heads: [ShelfHead] = []
        while try row.step() { heads.append(ShelfHead(row)) }
        return heads
    }

    /// From a sequence, which waits for nobody; its gaps mean nothing.
    func nextFence() throws -> Int64? { try integer("SELECT nextval('fences')") }

    func lastFence() throws -> Int64? {
        try integer("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM fences")
    }

    func foresee(_ questions: () throws -> Void) throws {
        guard isShared else { return }
        try connection.foresight.asking(questions)
    }

    func leaseTime(_ place: String) -> String {
        switch leases {
        // Asked once in a statement, not for each row.
        case .server: "(SELECT \(place) * 0 + lease_now())"
        case .caller: place
        }
    }

    // MARK: Names

    func prepare(_ sql: String) throws -> any SQLStatement {
        PostgresStatement(connection, connection.text(sql))
    }

    func prepareApart(_ sql: String) throws -> any SQLStatement {
        PostgresStatement(connection, connection.text(sql), apart: true)
    }

    /// Numbers have no gaps, as the ledger's entries have none; whoever takes posts in holds the lock meanwhile.
    func name(_ id: PostID) throws -> Int64? {
        let known = try prepare("SELECT 1 FROM posts WHERE id = ?")
        known.bind(1, id.rawValue)
        if try known.step() { return nil }
        let number = try lastNumber() + 1
        lastNamed = number
        return number
    }

    private func lastNumber() throws -> Int64 {
        if let lastNamed { return lastNamed }
        return try integer("SELECT coalesce(max(number), 0) FROM posts") ?? 0
    }

    func settleNames(lastDecision: Int64?) {}

    let knowsShares = false

    func emptyCache() {}

    /// Old rows stay in the table until ``PostgresStore/forget()`` or the server's own vacuum; no page of them can be
    /// read through SQL meanwhile.
    func leavingNoTraces<Result>(_ body: () throws -> Result) throws -> Result { try body() }

    func integer(_ sql: String) throws -> Int64? {
        let row = try prepare(sql)
        defer { row.reset() }
        return try row.step() ? row.integer(0) : nil
    }
}
#endif
