#if Postgres
public import Store
import StoreSQL

/// A site in a PostgreSQL database: many processes on many machines at once.
///
/// All tables are in the schema `releve` of the database. Bodies of `write` run one after another over all processes,
/// because each takes the same lock first; bodies of `read` run beside them on a snapshot.
public final class PostgresStore: Store, Sendable {
    private let place: PostgresPlace
    private let pool: PostgresPool

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - address: such as `postgres://user@host/database`, as libpq reads it; passwords in it are never shown.
    ///   - creating: whether to make the tables when there are none; the database must be there.
    ///   - connections: how many connections this process keeps at most.
    public init(address: String, creating: Bool, connections: Int = 8) throws(StoreError) {
        place = try PostgresPlace(address)
        pool = PostgresPool(place, limit: connections)
        let first = try pool.take()
        do { try PostgresSchema.prepare(first, creating: creating) } catch {
            pool.giveBack(first)
            throw error
        }
        pool.giveBack(first)
    }

    /// How a store is called on screens and in errors: without user and password.
    public static func name(of address: String) throws(StoreError) -> String {
        try PostgresPlace(address).description
    }

    /// Runs a body that reads one unchanging moment of the store.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        try connection.tell("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        do {
            let result = try body(SQLWork(on: PostgresEngine(connection)).transaction)
            try connection.tell("COMMIT")
            return result
        } catch {
            try? connection.tell("ROLLBACK")
            throw error
        }
    }

    /// Runs a body whose changes are committed together when it returns, or dropped when it throws.
    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        try connection.tell("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresSchema.lock))")
        do {
            let work = SQLWork(on: PostgresEngine(connection))
            let result = try body(work.transaction)
            try work.finish()
            try connection.tell("COMMIT")
            return result
        } catch {
            try? connection.tell("ROLLBACK")
            throw error
        }
    }

    /// Writes the tables anew, so that nothing erased is left in their files.
    ///
    /// What the server's write-ahead log, its archive and backups hold is the server's to drop.
    public func forget() throws {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        for table in PostgresSchema.tablesWithWords { try connection.tell("VACUUM (FULL) \(table)") }
    }
}
#endif
