import Foundation
import GRDBSQLite
public import Store

extension SQLiteStore: CopyableStore {
    /// The mark of a file; `nil` where there is none, or no store.
    public static func mark(of place: String) throws(StoreError) -> CopyMark? {
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        let file = try SQLiteFile(place, alone: false)
        return CopyMark(number: try file.schemaNumber())
    }

    /// Closes a file to everybody, unless another program has it open.
    ///
    /// SQLite keeps the others out while it looks: whoever opens the file later finds the mark.
    public static func closeSite(_ place: String, for copy: Int) throws(StoreError) -> CopyMark {
        let file = try SQLiteFile(place, alone: true)
        let taken = try file.schemaNumber()
        guard CopyMark(number: taken) == nil else { throw .damaged("the mark of a copy in \(place)") }
        let mark = CopyMark(.source, copy: copy, schema: taken)
        try file.setSchemaNumber(mark.number)
        return mark
    }

    /// Opens a file that was closed.
    public static func reopenSite(_ place: String) throws(StoreError) {
        let file = try SQLiteFile(place, alone: true)
        guard let mark = CopyMark(number: try file.schemaNumber()), mark.part == .source else { return }
        try file.setSchemaNumber(mark.schema)
    }

    /// Opens a file to copy from it or into it.
    public convenience init(copying place: String, creating: Bool, marked mark: CopyMark?) throws(StoreError)
    {
        try self.init(path: place, creating: creating, pageLimit: nil, marked: mark)
    }
}

/// A file's header, read and written beside the store.
private final class SQLiteFile {
    private let path: String
    private var handle: OpaquePointer?

    /// - Parameter alone: whether nobody else may have the file open from now on.
    init(_ path: String, alone: Bool) throws(StoreError) {
        self.path = path
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else { throw error() }
        sqlite3_busy_timeout(handle, 2000)
        // Said before anything is read: then SQLite takes the whole file, or finds that others hold it.
        if alone { try run("PRAGMA locking_mode = EXCLUSIVE") }
        try run("PRAGMA synchronous = FULL")
        if alone { try run("BEGIN EXCLUSIVE; COMMIT") }
    }

    deinit { sqlite3_close(handle) }

    func schemaNumber() throws(StoreError) -> Int {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, "PRAGMA user_version", -1, &statement, nil) == SQLITE_OK,
            sqlite3_step(statement) == SQLITE_ROW
        else { throw error() }
        return Int(sqlite3_column_int64(statement, 0))
    }

    func setSchemaNumber(_ number: Int) throws(StoreError) { try run("PRAGMA user_version = \(number)") }

    private func run(_ sql: String) throws(StoreError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
    }

    private func error() -> StoreError {
        switch sqlite3_errcode(handle) {
        case SQLITE_BUSY, SQLITE_LOCKED:
            .inUse(path, reason: "another program has it open; close all consoles and try again")
        case SQLITE_FULL: .full(path)
        default: .unusable(path, reason: String(cString: sqlite3_errmsg(handle)))
        }
    }
}
