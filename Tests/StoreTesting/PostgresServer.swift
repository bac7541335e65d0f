#if Postgres
import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server that the tests of one process start for themselves.
///
/// It has a folder of its own, listens on a unix socket only, and doesn't run as root. It stops when the process ends, however it ends, and takes the folder with it.
package final class PostgresServer: Sendable {
    /// Where `initdb` and `postgres` are; `nil` when PostgreSQL is not installed.
    package static let binaries: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap { Int($0) }.filter { $0 >= 15 }.max().map { "\(root)/\($0)/bin" }
    }()

    /// The server of this process, started when it is first asked for.
    package static let shared = Result { try PostgresServer() }

    package let folder: String
    private let process: Process
    /// The server's life: it goes down when nobody holds the other end open.
    private let lifeline = Pipe()
    private let databases = Mutex(0)

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts a server.
    ///
    /// - Parameter settings: lines of its configuration beside what all have.
    package init(settings: [String] = ["fsync = off"]) throws {
        guard let binaries = Self.binaries else { throw Failure(description: "PostgreSQL is not installed") }
        // Where it can be, in memory: many databases are made.
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory : "/tmp"
        folder = "\(base)/releve-pg-\(UUID().uuidString.prefix(8))"
        let script = """
            set -e
            umask 077
            mkdir "$1"
            "$2/initdb" --pgdata "$1/data" --auth trust --username owner --encoding UTF8 --locale C.UTF-8 --no-sync \
              >"$1/log" 2>&1
            printf '%s\\n' "listen_addresses = ''" "unix_socket_directories = '$1'" "max_connections = 200" \
              "shared_buffers = 64MB" "$3" >>"$1/data/postgresql.conf"
            "$2/pg_ctl" --pgdata "$1/data" --log "$1/log" --wait --silent start </dev/null
            trap '"$2/pg_ctl" --pgdata "$1/data" --mode immediate --silent stop; rm -rf "$1"' EXIT
            trap '' INT TERM HUP
            echo started
            cat >/dev/null
            """
        process = Process()
        process.prepareUnprivileged([
            "/bin/bash", "-c", script, "server", folder, binaries, settings.joined(separator: "\n"),
        ])
        let output = Pipe()
        process.standardInput = lifeline
        process.standardOutput = output
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        try process.run()
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard said == "started\n" else {
            let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
            throw Failure(description: "the server doesn't start: \(said)\(log)")
        }
    }

    deinit { stop() }

    /// Stops the server.
    package func stop() { try? lifeline.fileHandleForWriting.close() }

    /// The address of a database.
    package func address(_ database: String) -> String { "postgres://owner@/\(database)?host=\(folder)" }

    /// Makes an empty database; gives its name.
    package func makeDatabase(like template: String = "template0") throws -> String {
        let number = databases.withLock {
            $0 += 1
            return $0
        }
        let name = "site\(number)"
        try run("CREATE DATABASE \(name) TEMPLATE \(template)", in: "postgres")
        return name
    }

    /// Tries one piece of SQL after the other with `psql`, each as if it were the session's first; gives what it
    /// complains of each, which is nothing where all went well.
    package func complaints(
        about tries: [String], after opening: String, in database: String, as user: String
    ) throws -> [String] {
        let psql = Process()
        psql.executableURL = URL(fileURLWithPath: (Self.binaries ?? "") + "/psql")
        psql.arguments = ["-h", folder, "-U", user, "-d", database, "-X", "-q"]
        let (input, errors) = (Pipe(), Pipe())
        psql.standardInput = input
        psql.standardOutput = FileHandle.nullDevice
        psql.standardError = errors
        try psql.run()
        let script = tries.map { "\\warn >>>\nRESET ALL; RESET ROLE; \(opening);\n\($0);\n" }.joined()
        input.fileHandleForWriting.write(Data(script.utf8))
        try input.fileHandleForWriting.close()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        psql.waitUntilExit()
        return said.split(separator: ">>>", omittingEmptySubsequences: false).dropFirst().map {
            String($0).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    /// Runs SQL with `psql`, as somebody else would; gives what it prints.
    @discardableResult
    package func run(_ sql: String, in database: String, as user: String = "owner") throws -> String {
        let psql = Process()
        psql.executableURL = URL(fileURLWithPath: (Self.binaries ?? "") + "/psql")
        psql.arguments = [
            "-h", folder, "-U", user, "-d", database, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c",
            sql,
        ]
        let output = Pipe()
        let errors = Pipe()
        psql.standardOutput = output
        psql.standardError = errors
        try psql.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        psql.waitUntilExit()
        guard psql.terminationStatus == 0 else {
            throw Failure(description: String(decoding: complaint, as: UTF8.self))
        }
        return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}

extension Process {
    /// Sets what will be run: not as root, for PostgreSQL refuses that, and from a folder that everybody may enter.
    package func prepareUnprivileged(_ command: [String]) {
        let asOther = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        let command = geteuid() == 0 ? asOther + command : command
        executableURL = URL(fileURLWithPath: command[0])
        arguments = Array(command.dropFirst())
        currentDirectoryURL = URL(fileURLWithPath: "/tmp")
    }
}
#endif
