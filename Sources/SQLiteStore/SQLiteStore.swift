import Foundation
import GRDB
import Glibc
import Ledger
import Moderation
public import Store
import StoreSQL
import Synchronization

/// A site in one SQLite file: write-ahead log, `synchronous=FULL`, several processes at once.
public final class SQLiteStore: Store, Sendable {
    private let queue: DatabaseQueue
    let path: String
    private let log: LogKeeper
    /// Numbers of posts that were looked up, for the next transaction.
    private let postNumbers = Mutex<[PostID: Int64]>([:])

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - path: the file; made readable by its owner alone.
    ///   - creating: whether to make it when there is none.
    public convenience init(path: String, creating: Bool) throws(StoreError) {
        try self.init(path: path, creating: creating, pageLimit: nil)
    }

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - pageLimit: no more than so many pages of disk are taken, to see what a full one does.
    ///   - mark: what it is marked with, as part of a copy.
    init(path: String, creating: Bool, pageLimit: Int?, marked mark: CopyMark? = nil) throws(StoreError) {
        self.path = path
        log = LogKeeper(path: path)
        if !FileManager.default.fileExists(atPath: path) {
            guard creating else { throw .missing(path) }
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw .unusable(path, reason: String(cString: strerror(errno)))
            }
            close(descriptor)
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: Self.configuration(pageLimit: pageLimit))
            try Self.prepare(queue, path: path, marked: mark)
            queue.writeWithoutTransaction(log.watch)
        } catch let error as StoreError {
            throw error
        } catch {
            throw Self.translated(error, path: path)
        }
    }

    private static func configuration(pageLimit: Int?) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            // Of a new file: a decision touches a dozen pages, each of which is written whole.
            try db.execute(sql: "PRAGMA page_size = 4096")
            // The cache fills only as far as pages are used; taking in needs the index of ids at hand.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            db.add(function: LedgerFold.Share.function)
            if let pageLimit { try db.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
        }
        return configuration
    }

    /// Makes sure that the file is ours and in today's form before anything of it is changed.
    private static func prepare(_ queue: DatabaseQueue, path: String, marked: CopyMark?) throws {
        func steps(_ db: Database) throws -> Int {
            // In this order: another process may be making the store, and tables come with the id.
            let hasTables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0 > 0
            let id = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            guard id == Schema.applicationID || !hasTables else {
                throw StoreError.unusable(path, reason: "it is a SQLite file of another program")
            }
            let taken = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            let mark = CopyMark(number: taken)
            guard mark == marked else {
                throw mark.map { StoreError.closed(path, $0) } ?? .damaged("the mark of a copy in \(path)")
            }
            let schema = mark?.schema ?? taken
            guard schema <= Schema.steps.count else { throw StoreError.tooNew(path, schema: taken) }
            guard mark == nil || schema == Schema.steps.count else {
                throw StoreError.inUse(path, reason: "the copy was begun by another version of releve")
            }
            return schema
        }
        let taken = try queue.unsafeRead(steps)
        try queue.writeWithoutTransaction { db in
            try switchToWAL(db)
            guard taken < Schema.steps.count else { return }
            try db.inTransaction(.immediate) {
                // Asked again: another process may have been first.
                for step in Schema.steps[try steps(db)...] {
                    for statement in step { try db.execute(sql: statement) }
                }
                try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
                try db.execute(sql: "PRAGMA user_version = \(Schema.steps.count)")
                return .commit
            }
        }
    }

    /// Switches to the write-ahead log; SQLite itself doesn't wait when another process does the same.
    private static func switchToWAL(_ db: Database) throws {
        let deadline = ContinuousClock.now + .seconds(15)
        while true {
            do { return try db.execute(sql: "PRAGMA journal_mode = WAL") } catch let error as DatabaseError {
                guard error.resultCode == .SQLITE_BUSY, ContinuousClock.now < deadline else { throw error }
                usleep(2000)
            }
        }
    }

    /// Runs a body that reads one unchanging moment of the store.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        do {
            return try queue.unsafeRead { db in
                var result: Swift.Result<Result, any Error>?
                try db.inTransaction(.deferred) {
                    result = Swift.Result { try body(SQLWork(on: SQLiteEngine(db)).transaction) }
                    return .commit
                }
                guard let result else { throw StoreError.damaged(path) }
                return try result.get()
            }
        } catch let error as DatabaseError {
            throw Self.translated(error, path: path)
        }
    }

    /// Runs a body whose changes are committed together when it returns, or dropped when it throws.
    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        try write(waiting: true, body)
    }

    /// The same; posts in bulk don't wait for the disk.
    public func write<Result>(as work: StoreWork, _ body: (any StoreTransaction) throws -> Result) throws
        -> Result
    { try write(waiting: work != .bulk, body) }

    private func write<Result>(waiting: Bool, _ body: (any StoreTransaction) throws -> Result) throws
        -> Result
    {
        do {
            return try queue.writeWithoutTransaction { db in
                if !waiting { try db.execute(sql: "PRAGMA synchronous = NORMAL") }
                defer { if !waiting { Self.waitForTheDisk(db) } }
                // Prepared once: a decision takes little longer than reading these words each time.
                let engine = SQLiteEngine(db)
                try engine.prepare("BEGIN IMMEDIATE").run()
                do {
                    let work = SQLWork(on: engine, postNumbers: postNumbers.withLock(\.self))
                    let result = try body(work.transaction)
                    try work.finish()
                    try engine.prepare("COMMIT").run()
                    postNumbers.withLock { work.teach(&$0) }
                    return result
                } catch {
                    // Some errors have rolled back already.
                    if db.isInsideTransaction { try db.rollback() }
                    throw error
                }
            }
        } catch let error as DatabaseError {
            throw Self.translated(error, path: path)
        }
    }

    /// Has the next commit of a connection wait for the disk; it is the connection's state, which can't fail.
    private static func waitForTheDisk(_ db: Database) {
        do { try db.execute(sql: "PRAGMA synchronous = FULL") } catch {
            preconditionFailure("SQLite refused to wait for the disk: \(error)")
        }
    }

    /// Returns when the write-ahead log is on the disk: what was copied back from it before was so already.
    public func makeDurable() throws {
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // Copied back and gone.
            guard errno == ENOENT else {
                throw StoreError.unusable(path, reason: String(cString: strerror(errno)))
            }
            return
        }
        defer { close(descriptor) }
        while fdatasync(descriptor) != 0 {
            guard errno == EINTR else {
                if errno == ENOSPC || errno == EDQUOT { throw StoreError.full(path) }
                throw StoreError.unusable(path, reason: String(cString: strerror(errno)))
            }
        }
    }

    /// Runs what can't be done inside a transaction.
    func maintain(_ body: (Database) throws -> Void) throws {
        log.rest()
        do { try queue.writeWithoutTransaction(body) } catch let error as DatabaseError {
            throw Self.translated(error, path: path)
        }
    }

    /// How the connection keeps what is written: journal mode, `synchronous`, foreign keys.
    func settings() throws -> (journal: String?, synchronous: Int?, foreignKeys: Int?) {
        try queue.unsafeRead { db in
            (
                try String.fetchOne(db, sql: "PRAGMA journal_mode"),
                try Int.fetchOne(db, sql: "PRAGMA synchronous"),
                try Int.fetchOne(db, sql: "PRAGMA foreign_keys")
            )
        }
    }

    /// The version of SQLite.
    func version() throws -> String {
        try queue.unsafeRead { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" }
    }

    private static func translated(_ error: any Error, path: String) -> StoreError {
        guard let error = error as? DatabaseError else {
            return .unusable(path, reason: String(describing: error))
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path)
        case .SQLITE_FULL: return .full(path)
        // The shared index of the write-ahead log could not grow.
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: return .full(path)
        case .SQLITE_CORRUPT: return .damaged(path)
        case .SQLITE_NOTADB: return .unusable(path, reason: "it is not a store")
        default: return .unusable(path, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
