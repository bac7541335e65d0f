import Foundation
import GRDB
import SQLiteStore
package import Store
import Synchronization

#if Postgres
import PostgresStore
#endif

/// A store of its own, on the engine that is asked for, that goes away with it.
package final class TemporaryStore: Sendable {
    /// The engine.
    package let kind: StoreKind
    /// A folder for what stands beside the store; the file of SQLite's is in it.
    package let folder: String
    /// The store.
    package let store: any Store
    /// The database on the server.
    private let database: String?

    /// The file of a SQLite store.
    package var path: String { folder + "/site.sqlite" }

    /// Makes an empty store.
    package init(_ kind: StoreKind = .current) throws {
        self.kind = kind
        folder = NSTemporaryDirectory() + "releve-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        switch kind {
        case .sqlite:
            database = nil
            store = try SQLiteStore(path: folder + "/site.sqlite", creating: true)
        case .postgres:
            #if Postgres
            let server = try PostgresServer.shared.get()
            let name = try server.makeDatabase(like: try Self.template.get())
            database = name
            store = try PostgresStore(
                address: server.address(name), creating: true, leases: .caller)
            #else
            throw CocoaError(.featureUnsupported)
            #endif
        }
    }

    #if Postgres
    /// A database with all tables, which is copied faster than it is made.
    private static let template = Result {
        let server = try PostgresServer.shared.get()
        let name = try server.makeDatabase()
        _ = try PostgresStore(
            address: server.address(name), creating: true, leases: .caller)
        return name
    }
    #endif

    /// Where the store is, as `--store` takes it.
    package func address() throws -> String {
        #if Postgres
        if let database { return try PostgresServer.shared.get().address(database) }
        #endif
        return "sqlite:\(path)"
    }

    /// Another connection to the same store, as another process would have.
    package func again() throws -> any Store {
        #if Postgres
        if database != nil {
            return try PostgresStore(address: try address(), creating: false, leases: .caller)
        }
        #endif
        return try SQLiteStore(path: path, creating: false)
    }

    /// Changes the tables behind the store's back, as somebody with another program would.
    package func tamper(_ sql: String...) throws {
        #if Postgres
        if let database {
            let all = (["SET search_path = releve"] + sql).joined(separator: "; ")
            try PostgresServer.shared.get().run(all, in: database)
            return
        }
        #endif
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            for statement in sql { try db.execute(sql: statement) }
        }
        try queue.close()
    }

    // A server's databases go away with the server, which is sooner than dropping each.
    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
