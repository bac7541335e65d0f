#if Postgres
import CLibpq
import Store

/// Where a server's database is: what was given, and how it may be shown, which is without passwords.
struct PostgresPlace: Sendable, CustomStringConvertible {
    /// As libpq takes it.
    let connection: String
    /// Host and database, for errors and screens.
    let description: String
    /// Whether it names servers of which one takes the other's place.
    let hasSeveralHosts: Bool

    /// Reads `postgres://[user[:password]@][host][:port][/database][?options]`, as libpq does.
    ///
    /// What libpq says of a wrong one may repeat part of a password, so none of that is told.
    init(_ text: String) throws(StoreError) {
        let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        guard isPlain, let options = Self.options(text), Self.isWhole(options) else {
            throw .unusable(
                "postgres:",
                reason: "the address can't be read; write postgres://USER@HOST:PORT/DATABASE, and %40 "
                    + "for an @, %2F for a / and %3A for a : in a password")
        }
        let host = options["host"] ?? options["hostaddr"] ?? ""
        // The rest of a password that holds an @ would be taken for the host.
        guard !host.contains("@") else {
            throw .unusable("postgres:", reason: "the address has two @ (write %40 for one in a password)")
        }
        connection = text
        hasSeveralHosts = host.contains(",")
        let database = options["dbname"] ?? options["user"] ?? ""
        let port = options["port"].map { ":\($0)" } ?? ""
        description =
            host.hasPrefix("/")
            ? "postgres:///\(database)?host=\(host)\(options["port"].map { "&port=\($0)" } ?? "")"
            : "postgres://\(host)\(port)/\(database)"
    }

    /// Whether no part of a password was taken for the port or the database, as after a `/` in it.
    private static func isWhole(_ options: [String: String]) -> Bool {
        let port = options["port"] ?? ""
        return port.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2C }
            && options["dbname"]?.contains("@") != true
    }

    private static func options(_ text: String) -> [String: String]? {
        guard let list = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(list) }
        var result: [String: String] = [:]
        var option = list
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { result[String(cString: keyword)] = String(cString: value) }
            option = option.successor()
        }
        return result
    }
}
#endif
