#if Postgres
import Foundation
import Glibc
import StoreTesting
import Synchronization

/// A server and a standby that has all that was acknowledged; either can be killed, and takes the other's place.
///
/// Both listen on unix sockets only, and go down when the process ends, however it ends.
final class PostgresPair: Sendable {
    /// One of the two.
    struct Side: Sendable {
        let folder: String
        var data: String { folder + "/data" }
    }

    let sides: [Side]
    private let home: String
    private let binaries: String
    private let serving = Mutex(0)
    private let guardian: Process
    private let lifeline = Pipe()
    /// So many can be connected at once.
    static let mostConnections = 80

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts the first server, alone.
    init() throws {
        guard let binaries = PostgresServer.binaries else {
            throw Failure(description: "PostgreSQL is not installed")
        }
        self.binaries = binaries
        home = "/tmp/releve-pair-\(UUID().uuidString.prefix(8))"
        sides = ["a", "b"].map { [home] in Side(folder: "\(home)/\($0)") }
        guardian = Process()
        let script = """
            umask 077; mkdir "$1" "$1/a" "$1/b" || exit 1
            trap '' INT TERM HUP
            echo made; cat >/dev/null
            for side in a b; do "$2/pg_ctl" --pgdata "$1/$side/data" --mode immediate --silent stop; done
            rm -rf "$1"
            """
        guardian.prepareUnprivileged(["/bin/bash", "-c", script, "pair", home, binaries])
        let output = Pipe()
        guardian.standardInput = lifeline
        guardian.standardOutput = output
        guardian.standardError = FileHandle.nullDevice
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        try guardian.run()
        guard String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "made\n" else {
            throw Failure(description: "no folder for the servers")
        }
        try call(
            "initdb", "--pgdata", sides[0].data, "--auth", "trust", "--username", "owner", "--encoding",
            "UTF8", "--locale", "C.UTF-8", "--no-sync")
        let settings = """
            listen_addresses = ''
            max_connections = \(Self.mostConnections)
            superuser_reserved_connections = 2
            shared_buffers = 32MB
            wal_keep_size = 256MB
            wal_receiver_timeout = 2s
            wal_retrieve_retry_interval = 100ms

            """
        try call(
            "bash", "-c", "cat >>\"$1\"", "append", sides[0].data + "/postgresql.conf", input: settings)
        try start(sides[0])
    }

    deinit { stop() }

    func stop() { try? lifeline.fileHandleForWriting.close() }

    /// The side that takes work.
    var active: Side { sides[serving.withLock { $0 }] }

    private var other: Side { sides[1 - serving.withLock { $0 }] }

    /// Runs SQL on the side that takes work.
    func run(_ sql: String, in database: String = "postgres") throws {
        try call(
            "psql", "-h", active.folder, "-U", "owner", "-d", database, "-X", "-q", "-v", "ON_ERROR_STOP=1",
            "-c", sql)
    }

    // MARK: Faults

    /// Copies the side that takes work to the other one, which follows it from then on.
    func addStandby() throws {
        try call("bash", "-c", "rm -rf \"$1\"", "remove", other.data)
        try call(
            "pg_basebackup", "--pgdata", other.data, "--write-recovery-conf", "--checkpoint", "fast",
            "--no-sync", "--dbname", "host=\(active.folder) user=owner")
        try start(other)
    }

    /// From now on nothing is acknowledged that the standby doesn't have.
    func demandStandby() throws {
        try run("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try run("SELECT pg_reload_conf()")
    }

    /// Kills the server, as a crash would, and starts it again.
    func killAndStart() throws {
        kill(active)
        try start(active)
    }

    /// Kills the server, puts the standby in its place and makes a standby anew.
    func killAndPromote() throws {
        kill(active)
        let promoted = other
        try call("pg_ctl", "--pgdata", promoted.data, "--wait", "--silent", "promote")
        serving.withLock { $0 = 1 - $0 }
        try addStandby()
    }

    private func kill(_ side: Side) {
        guard let words = try? String(contentsOfFile: side.data + "/postmaster.pid", encoding: .utf8),
            let number = words.split(separator: "\n").first.flatMap({ Int32($0) }), number > 1
        else { return }
        _ = Glibc.kill(number, SIGKILL)
    }

    /// Starts a server; one that was killed leaves memory behind until its last session has noticed.
    private func start(_ side: Side) throws {
        for attempt in 0... {
            do {
                return try call(
                    "pg_ctl", "--pgdata", side.data, "--log", side.folder + "/log", "--wait", "--silent",
                    "--options", "-k \(side.folder)", "start")
            } catch {
                guard attempt < 100 else { throw error }
                usleep(100_000)
            }
        }
    }

    // MARK: Programs

    private func call(_ program: String, _ arguments: String..., input: String = "") throws {
        let process = Process()
        let path = program == "bash" ? "/bin/bash" : "\(binaries)/\(program)"
        process.prepareUnprivileged(["/bin/bash", "-c", Self.alone, program, path] + arguments)
        let given = Pipe()
        process.standardInput = given
        // What a server inherits stays open as long as it runs.
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        given.fileHandleForWriting.write(Data(input.utf8))
        try given.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(program) \(arguments.joined(separator: " ")) failed")
        }
    }

    /// Runs a program without what it would inherit but for its three first files: a server keeps that open as long as
    /// it runs, and a program counts as running until it is closed.
    private static let alone = """
        for file in /proc/$$/fd/*; do
          number=${file##*/}
          if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
        done
        exec "$@"
        """
}
#endif
