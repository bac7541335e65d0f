import Foundation
import GRDB
import Glibc
public import Store

/// A site in one SQLite file: write-ahead log, `synchronous=FULL`, several processes at once.
public final class SQLiteStore: Store, Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// Opens a store.
    ///
    /// - Parameters:
    ///   - path: the file; made readable by its owner alone.
    ///   - creating: whether to make it when there is none.
    public init(path: String, creating: Bool) throws(StoreError) {
        self.path = path
        if !FileManager.default.fileExists(atPath: path) {
            guard creating else { throw .missing(path) }
            let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else {
                throw .unusable(path, reason: String(cString: strerror(errno)))
            }
            close(descriptor)
        }
        do {
            queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try Self.prepare(queue, path: path)
        } catch let error as StoreError {
            throw error
        } catch {
            throw Self.translated(error, path: path, isOpening: true)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(15)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA cache_size = -8000")
        }
        return configuration
    }

    private static func prepare(_ queue: DatabaseQueue, path: String) throws {
        let (id, hasTables) = try queue.read { db in
            (
                try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0 > 0
            )
        }
        guard id == Schema.applicationID || !hasTables else {
            throw StoreError.unusable(path, reason: "it is a SQLite file of another program")
        }
        let migrator = Schema.migrator
        let (isNewer, isDone) = try queue.read { db in
            guard hasTables else { return (false, false) }
            return (try migrator.hasBeenSuperseded(db), try migrator.hasCompletedMigrations(db))
        }
        if isNewer { throw StoreError.tooNew(path, schema: 2) }
        guard !isDone else { return }
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        }
        try migrator.migrate(queue)
    }

    /// Runs a body that reads one unchanging moment of the store.
    public func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result {
        do {
            return try queue.unsafeRead { db in
                var result: Swift.Result<Result, any Error>?
                try db.inTransaction(.deferred) {
                    result = Swift.Result { try body(SQLiteTransaction(db)) }
                    return .commit
                }
                guard let result else { throw StoreError.damaged(path) }
                return try result.get()
            }
        } catch let error as DatabaseError {
            throw Self.translated(error, path: path, isOpening: false)
        }
    }

    /// Runs a body whose changes are committed together when it returns, or dropped when it throws.
    public func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
        do {
            return try queue.writeWithoutTransaction { db in
                var result: Result?
                try db.inTransaction(.immediate) {
                    let transaction = SQLiteTransaction(db)
                    result = try body(transaction)
                    try transaction.flush()
                    return .commit
                }
                guard let result else { throw StoreError.damaged(path) }
                return result
            }
        } catch let error as DatabaseError {
            throw Self.translated(error, path: path, isOpening: false)
        }
    }

    private static func translated(_ error: any Error, path: String, isOpening: Bool) -> StoreError {
        guard let error = error as? DatabaseError else {
            return .unusable(path, reason: String(describing: error))
        }
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path)
        case .SQLITE_FULL: return .full(path)
        case .SQLITE_IOERR where errno == ENOSPC || errno == EDQUOT: return .full(path)
        case .SQLITE_CORRUPT: return .damaged(path)
        case .SQLITE_NOTADB: return .unusable(path, reason: "it is not a store")
        default: return .unusable(path, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
