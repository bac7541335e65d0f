import Desk
import SQLiteStore
import Store

#if Postgres
import PostgresStore
#endif

extension SitePlace {
    /// The engine of this place, and what it calls it.
    private func engine() throws -> (any CopyableStore.Type, String) {
        switch self {
        case .sqlite(let path): return (SQLiteStore.self, path)
        case .postgres(let address):
            #if Postgres
            return (PostgresStore.self, address)
            #else
            throw Self.isWithoutPostgres
            #endif
        }
    }

    /// What the store is in a copy; `nil` for nothing.
    func mark() throws -> CopyMark? { try asked { try $0.mark(of: $1) } }

    /// Closes the store to everybody but a copy.
    func close(for copy: Int) throws -> CopyMark { try asked { try $0.closeSite($1, for: copy) } }

    /// Opens a store that was closed.
    func reopen() throws { try asked { try $0.reopenSite($1) } }

    /// The store, to copy from it or into it.
    func openToCopy(creating: Bool, marked mark: CopyMark?) throws -> any Store {
        try asked { try $0.init(copying: $1, creating: creating, marked: mark) }
    }

    private func asked<Result>(_ ask: (any CopyableStore.Type, String) throws -> Result) throws -> Result {
        let (engine, place) = try engine()
        return try Self.telling { try ask(engine, place) }
    }
}
