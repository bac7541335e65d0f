import ArgumentParser
import Desk
import Glibc
import Moderation
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

    /// Who runs the loop: on a server who logged in, elsewhere the OS user.
    static func person(at desk: Desk, actingAs other: String? = nil) throws -> Person {
        if let caller = try desk.caller() { return try desk.signIn(user: caller.account, actingAs: other) }
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { throw ExitCode(2) }
        return try desk.signIn(user: String(cString: name), actingAs: other)
    }

    /// The address of the same database for another login.
    static func address(_ address: String, of login: String) -> String {
        address.replacing(#/^postgres://[^@/]*@/#) { _ in "postgres://\(login)@" }
    }

    /// The median of times, and what all but one in a hundred stay within; there is one time at least.
    static func spread(of times: [Duration]) -> String {
        let sorted = times.sorted()
        let late = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        return
            "half in \(sorted[sorted.count / 2].wholeMilliseconds) ms, 99 % in \(late.wholeMilliseconds) ms"
    }
}
