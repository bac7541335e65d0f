#if Postgres
import Moderation
import Store
import StoreSQL

/// One transaction on a connection to a server.
final class PostgresEngine: SQLEngine {
    let connection: PostgresConnection
    /// The number of the last post that this transaction took in.
    private var lastNamed: Int64?

    init(_ connection: PostgresConnection) { self.connection = connection }

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

    func isOwner() throws -> Bool {
        try integer(
            """
            SELECT pg_has_role(session_user, nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'releve'
            """) == 1
    }

    func integer(_ sql: String) throws -> Int64? {
        let row = try prepare(sql)
        defer { row.reset() }
        return try row.step() ? row.integer(0) : nil
    }
}
#endif
