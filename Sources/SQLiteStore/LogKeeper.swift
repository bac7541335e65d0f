import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Copies the write-ahead log back into the file on a thread of its own: whoever decides or takes in waits for the disk
/// once, not for the pages of everybody before as well.
final class LogKeeper: Sendable {
    /// After so many pages more (16 MiB) they are copied back.
    private static let step: Int32 = 4096
    /// From so many pages (128 MiB) on the writer does it: a log begins anew only when nobody has written behind what
    /// was copied, and who writes all the time leaves no such moment.
    private static let most: Int32 = 32_768

    private struct State {
        var isCopying = false
        var next = LogKeeper.step
    }

    private let path: String
    private let work = DispatchQueue(label: "releve.store.log")
    private let state = Mutex(State())

    init(path: String) { self.path = path }

    /// Has a connection say after each commit how long the log has become; the keeper must outlive it.
    func watch(_ db: Database) {
        sqlite3_wal_hook(
            db.sqliteConnection,
            { keeper, connection, _, pages in
                guard let keeper else { return SQLITE_OK }
                Unmanaged<LogKeeper>.fromOpaque(keeper).takeUnretainedValue().note(pages, connection)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Waits until nothing is being copied.
    func rest() { work.sync {} }

    private func note(_ pages: Int32, _ connection: OpaquePointer?) {
        if pages >= Self.most {
            // Fails when it is being copied already; the next commit comes here again.
            sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        }
        let isDue = state.withLock { state in
            // A log that has become shorter has begun anew.
            if pages < state.next - Self.step { state.next = Self.step }
            guard pages >= state.next, !state.isCopying else { return false }
            state.isCopying = true
            state.next = pages + Self.step
            return true
        }
        guard isDue else { return }
        work.async { self.copy() }
    }

    /// An error is none of the writer's: the log stays as it is, and is copied later.
    private func copy() {
        defer { state.withLock { $0.isCopying = false } }
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else { return }
        sqlite3_exec(connection, "PRAGMA synchronous = FULL", nil, nil, nil)
        sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }
}
