#if Postgres
import Glibc
import Moderation
public import Store
import StoreSQL
import Synchronization

/// A site in a PostgreSQL database: many processes on many machines at once.
///
/// All tables are in the schema `releve` of the database. A body of `write` holds the site's lock alone; bodies of
/// `write(as:)` share it, and are kept apart by locks on what they touch: the person, the posts in hand and, last of
/// all, the ledger's end. Bodies of `read` run beside all of them on a snapshot.
public final class PostgresStore: Store, Sendable {
    let place: PostgresPlace
    let pool: PostgresPool
    private let listener: PostgresListener
    private let leases: LeaseClock
    private let postNumbers = Mutex<[PostID: Int64]>([:])
    /// How often work beside others is tried again when two waited for each other.
    private static let mostTries = 3

    /// By whose clock claims run out.
    public enum LeaseClock: Sendable {
        /// The server's, so that machines whose clocks differ agree.
        case server
        /// The caller's, for those who make time pass as they like.
        case caller
    }

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - address: such as `postgres://user@host/database`, as libpq reads it; passwords in it are never shown.
    ///   - creating: whether to make the tables when there are none; the database must be there.
    ///   - connections: how many connections this process keeps at most.
    ///   - leases: by whose clock claims run out.
    public convenience init(
        address: String, creating: Bool, connections: Int = 8, leases: LeaseClock = .server
    ) throws(StoreError) {
        try self.init(
            address: address, creating: creating, connections: connections, leases: leases, marked: nil)
    }

    /// - Parameter mark: what the store is marked with, as part of a copy.
    init(
        address: String, creating: Bool, connections: Int, leases: LeaseClock = .server,
        marked mark: CopyMark?
    ) throws(StoreError) {
        self.leases = leases
        place = try PostgresPlace(address)
        pool = PostgresPool(place, limit: connections)
        listener = PostgresListener(place)
        let first = try pool.take()
        do { try PostgresSchema.prepare(first, creating: creating, marked: mark) } catch {
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
        let (connection, _) = try begun { connection throws(StoreError) in
            try connection.tell("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        }
        defer { pool.giveBack(connection) }
        do {
            let result = try body(
                SQLWork(on: PostgresEngine(connection, .reading, leases: leases)).transaction)
            try connection.tell("COMMIT")
            return result
        } catch {
            connection.rollBack()
            throw error
        }
    }

    /// Runs a body whose changes are committed together when it returns, or dropped when it throws.
    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try perform(.alone, body) { connection throws(StoreError) in
            try connection.tell("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresLock.site))")
        }
    }

    /// Runs a body beside others; again when it got into the way of one of them.
    public func write<Result>(as work: StoreWork, _ body: (any StoreTransaction) throws -> Result) throws
        -> Result
    {
        var tries = 1
        while tries < Self.mostTries {
            do { return try besideOthers(work, body) } catch StoreError.busy {
                tries += 1
            } catch is StaleConnection {
                continue
            }
        }
        return try write(body)
    }

    private func besideOthers<Result>(
        _ work: StoreWork, _ body: (any StoreTransaction) throws -> Result
    ) throws -> Result {
        try perform(.besideOthers, body) { connection throws(StoreError) in
            switch work {
            case .own(let person):
                try connection.queueBegin("\(PostgresLock.people), hashtext(?)", person.rawValue)
            case .intake, .bulk: try connection.queueBegin("\(PostgresLock.intake)")
            }
        }
    }

    // MARK: A transaction that writes

    private func perform<Result>(
        _ mode: PostgresEngine.Mode, _ body: (any StoreTransaction) throws -> Result,
        begin: (PostgresConnection) throws(StoreError) -> Void
    ) throws -> Result {
        let (connection, isNew) = try begun(begin)
        defer { pool.giveBack(connection) }
        let key = PostgresCommitKey()
        let result: Result
        let work: SQLWork
        do {
            try key.keep(on: connection)
            work = SQLWork(
                on: PostgresEngine(connection, mode, leases: leases),
                postNumbers: postNumbers.withLock(\.self))
            result = try body(work.transaction)
            try work.finish()
        } catch {
            // Nothing was answered, so nothing can have happened: whoever calls begins again.
            if !isNew, connection.isBroken, !connection.hasHeard { throw StaleConnection() }
            connection.rollBack()
            throw error
        }
        connection.foresight.dropAll()
        do { try connection.commit(isFlushedApart: mode == .besideOthers) } catch {
            guard connection.isBroken else {
                connection.rollBack()
                throw error
            }
            // The server may have heard it and not been heard.
            guard try key.wasKept(at: place) else { throw error }
        }
        postNumbers.withLock { work.teach(&$0) }
        return result
    }

    /// A connection that broke while it lay idle, and was found so at the first answer.
    private struct StaleConnection: Error {}

    /// A connection on which a transaction was begun, and whether it is a new one; one that broke while it lay idle is
    /// replaced where that is found already.
    private func begun(_ begin: (PostgresConnection) throws(StoreError) -> Void) throws(StoreError)
        -> (PostgresConnection, isNew: Bool)
    {
        while true {
            let (connection, isNew) = try pool.takeEither()
            connection.hasHeard = false
            do {
                try begin(connection)
                return (connection, isNew)
            } catch {
                let isStale = connection.isBroken && !isNew
                if !connection.isBroken { connection.rollBack() }
                pool.giveBack(connection)
                if !isStale { throw error }
            }
        }
    }

    // MARK: Waiting

    /// Waits for the server's word; needs a connection of its own, beside those of the pool.
    public func waitForWork(upTo time: Duration) -> Bool { listener.wait(upTo: time) }

    // MARK: Forgetting

    /// Writes the tables anew, so that nothing erased is left in their files.
    ///
    /// What the server's write-ahead log, its archive and backups hold is the server's to drop.
    public func forget() throws {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        guard try PostgresEngine(connection, .reading).integer("SELECT is_keeper()") == 1 else {
            throw StoreError.unusable(
                place.description,
                reason:
                    "what was erased can't be read any more, but its bytes may stay in the server's files until "
                    + "whoever owns the tables runs the same command, or VACUUM (FULL)")
        }
        for table in PostgresSchema.tablesWithWords { try connection.tell("VACUUM (FULL) \(table)") }
    }
}

/// The numbers of advisory locks, of which a database has one set: "Rlve" and what follows it.
enum PostgresLock {
    /// Held alone by whoever changes anything, shared by who changes their own.
    static let site = 0x526C_7665
    /// Held while tables are made or changed.
    static let schema = site + 1
    /// Held while posts are taken in.
    static let intake = site + 2
    /// Held while entries are added to the ledger and numbered.
    static let end = site + 3
    /// The first of two numbers; the second is made from a person's name.
    static let people: Int32 = 0x526C
}
#endif
