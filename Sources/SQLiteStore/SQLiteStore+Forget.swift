import GRDB
import Store

extension SQLiteStore {
    /// Writes the file anew and empties the write-ahead log, so that nothing erased can be read back from either.
    public func forget() throws {
        try maintain { db in
            // Erased bytes may stand in free pages and in the gaps of others: only a new file has neither.
            try db.execute(sql: "VACUUM")
            guard try Int.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 else {
                throw DatabaseError(resultCode: .SQLITE_BUSY)
            }
        }
    }
}
