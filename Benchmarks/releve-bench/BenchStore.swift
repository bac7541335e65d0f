import SQLiteStore
import Store

#if Postgres
import PostgresStore
#endif

/// The store that a loop runs on.
enum BenchStore {
    /// A file's path, or the address of a server.
    static func open(_ name: String, connections: Int = 8) throws -> any Store {
        #if Postgres
        if name.hasPrefix("postgres://") {
            return try PostgresStore(address: name, creating: false, connections: connections)
        }
        #endif
        return try SQLiteStore(path: name, creating: false)
    }
}
