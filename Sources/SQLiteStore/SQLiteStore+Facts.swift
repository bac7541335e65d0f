import GRDB
public import Store

extension SQLiteStore {
    /// What SQLite says of itself and of this file.
    public func facts() throws -> StoreFacts {
        let settings = try settings()
        return StoreFacts(
            engine: "SQLite \(try version())", schema: Schema.steps.count,
            settings: [
                .init("journal_mode", settings.journal ?? "", isSafe: settings.journal == "wal"),
                .init(
                    "synchronous", settings.synchronous.map { String($0) } ?? "",
                    isSafe: settings.synchronous == 2),
            ], file: path, server: nil)
    }

    /// Writes the store as it is at this moment into an empty file; others go on working meanwhile.
    ///
    /// What was erased is not in it: free pages are left out.
    public func backUp(to path: String) throws {
        try maintain { db in try db.execute(sql: "VACUUM INTO ?", arguments: [path]) }
    }
}
