import Desk
import Foundation
import SQLiteStore
import Store

#if Postgres
import PostgresStore
#endif

/// Where a site is kept, as `--store` and `RELEVE_STORE` name it.
enum SitePlace {
    /// A SQLite file.
    case sqlite(path: String)
    /// A database on a PostgreSQL server; the address may hold a password and is never shown.
    case postgres(address: String)

    /// Reads `sqlite:PATH` or `postgres://…`.
    init(_ text: String) throws {
        if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
            #if Postgres
            self = .postgres(address: text)
            #else
            throw Self.isWithoutPostgres
            #endif
        } else if text.hasPrefix("sqlite:") {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
            guard text != "sqlite:" else {
                throw Complaint("the store \"sqlite:\" names no file (sqlite:PATH)")
            }
        } else {
            // Not shown as it was given: it may be an address with a password.
            let scheme = text.prefix { $0 != ":" && $0 != "/" }
            throw Complaint(
                "unknown store \(String(scheme).debugDescription)… (use sqlite:PATH or postgres://HOST/DATABASE)"
            )
        }
    }

    #if !Postgres
    /// What is said of servers where the build leaves them out.
    static let isWithoutPostgres = Complaint(
        "this releve was built without PostgreSQL (build it with the trait Postgres, which is on by default, or use sqlite:PATH)"
    )
    #endif

    /// The store there.
    ///
    /// - Parameter creating: whether to make what is missing; a server's database must be there.
    func open(creating: Bool) throws -> any Store {
        try Self.telling {
            switch self {
            case .sqlite(let path): return try SQLiteStore(path: path, creating: creating)
            case .postgres(let address):
                #if Postgres
                return try PostgresStore(address: address, creating: creating)
                #else
                throw Self.isWithoutPostgres
                #endif
            }
        }
    }

    /// Whether it is a file, which the program itself looks after.
    var isFile: Bool {
        if case .sqlite = self { true } else { false }
    }

    /// Runs a body, and gives what a store says of a failure the words that people are told.
    static func telling<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as StoreError { throw DeskError(error) }
    }

    /// How it is called on screens: without user and password.
    func name() throws -> String {
        switch self {
        case .sqlite(let path): return path
        case .postgres(let address):
            #if Postgres
            return try Self.telling { try PostgresStore.name(of: address) }
            #else
            return "postgres:"
            #endif
        }
    }

    /// Where the site's signing key is, unless somebody says otherwise.
    ///
    /// Beside a file; for a server in the owner's own folder, named by host and database, since nobody else's machine
    /// needs it.
    func keyPath() throws -> String {
        switch self {
        case .sqlite(let path): return path + ".key"
        case .postgres:
            let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: ".-"))
            let place = try name().dropFirst("postgres://".count)
            let file = place.addingPercentEncoding(withAllowedCharacters: plain) ?? "site"
            return "\(Settings.configFolder)/keys/\(file).key"
        }
    }
}
