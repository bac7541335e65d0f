#if Postgres
import Foundation
import Glibc
import StoreTesting
import Testing

/// The page on deployment, followed to the letter: its blocks of commands in one shell, one after another.
@Suite("The page on deployment does what it says", .serialized)
struct DeploymentPageTests {
    /// Blocks of the page that are commands, each with the line it begins at.
    private func blocks() throws -> [(line: Int, text: String)] {
        let page = try String(contentsOfFile: Program.root + "/Documentation/deployment.md", encoding: .utf8)
        var blocks: [(line: Int, text: String)] = []
        var isOpen = false
        for (number, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if isOpen, line == "```" {
                isOpen = false
            } else if isOpen {
                blocks[blocks.count - 1].text += line + "\n"
            } else if line == "```sh" {
                isOpen = true
                blocks.append((number + 1, ""))
            }
        }
        return blocks
    }

    /// Puts this machine's values in the place of the page's; each must be one of the page's own.
    private func settings(_ block: String, _ values: [String: String]) -> String {
        let lines = block.split(separator: "\n")
        let names = lines.map { String($0.prefix { $0 != "=" }) }
        #expect(Set(names) == Set(values.keys))
        return names.map { "\($0)='\(values[$0] ?? "")'" }.joined(separator: "\n") + "\n"
    }

    /// A port of this machine that nobody listens on.
    private func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        #expect(isBound)
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// What is tried after the last block: whoever isn't the server of that name is not talked to.
    private let strangers = """
        echo "== strangers" >&2
        openssl req -new -x509 -days 1 -nodes -subj /CN=other -keyout "$HERE/other.key" -out "$HERE/other.crt" 2>/dev/null
        for address in "$DBHOST:$STANDBY/site?sslmode=verify-full&sslrootcert=$HERE/other.crt" \\
          "127.0.0.1:$STANDBY/site?sslmode=verify-full&sslrootcert=$HERE/ca.crt" "$DBHOST:$STANDBY/site?sslmode=disable"; do
          if releve queue stats --store "postgres://releve@$address"; then echo "TALKED TO $address"; exit 9; fi
        done 2>&1 | sed 's/^/refused: /'

        """

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func itsCommandsMakeASiteBackItUpAndRestoreIt() throws {
        let program = try Program()
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory : "/tmp"
        let database = "\(base)/releve-deployment-\(UUID().uuidString.prefix(8))"
        let blocks = try blocks()
        let isRoot = geteuid() == 0
        let values = [
            "AS_POSTGRES": isRoot ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : "",
            "PGBIN": PostgresServer.binaries ?? "", "DB": database, "DBHOST": "localhost",
            "PORT": "\(try freePort())", "HERE": program.folder + "/here",
            "BACKUP": program.folder + "/backup",
            "PROGRAM": Program.built + "releve", "BIN": program.folder + "/bin",
        ]
        var script = "set -euo pipefail\n" + settings(blocks[0].text, values)
        script += """
            trap 'for side in data standby; do $AS_POSTGRES "$PGBIN/pg_ctl" -D "$DB/$side" -m immediate -s stop || true; done
              rm -rf "$DB"' EXIT

            """
        for block in blocks.dropFirst() { script += "echo '== line \(block.line)' >&2\n" + block.text }
        let file = program.folder + "/page.sh"
        try (script + strangers).write(toFile: file, atomically: true, encoding: .utf8)
        let output = try program.shell(file)
        #expect(output.code == 0, "\(output.error.suffix(2000))")
        #expect(blocks.count > 8)
        let said = output.out
        #expect(said.contains("made the site forum.example/releve in postgres://localhost:"))
        #expect(said.contains("line        encrypted") && said.contains("durability  fsync = on"))
        #expect(said.contains("78 new") && said.contains("waiting    78"), "\(said)")
        #expect(said.contains("the ledger is intact: ") && said.contains("2 checkpoints agree"), "\(said)")
        #expect(said.contains("the tables say what the ledger says"))
        #expect(said.contains("oldest_waiting"))
        let refused = said.split(separator: "\n").filter { $0.hasPrefix("refused: ") }
        #expect(refused.count == 3 && refused[0].contains("certificate verify failed"), "\(refused)")
        #expect(refused.dropFirst().first?.contains("does not match host name") == true, "\(refused)")
        #expect(refused.last?.contains("no encryption") == true, "\(refused)")
        #expect(!FileManager.default.fileExists(atPath: database))
    }

    // MARK: PgBouncer

    private static let pgBouncer = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres) && Self.pgBouncer != nil))
    func behindPgBouncerASessionPerConsoleWorksAndASharedOneIsSaid() throws {
        let server = try PostgresServer.shared.get()
        for mode in ["session", "transaction"] {
            let database = try server.makeDatabase()
            let program = try Program()
            let folder = "/tmp/releve-pgbouncer-\(UUID().uuidString.prefix(8))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let settings = """
                [databases]
                \(database) = host=\(server.folder) user=owner
                [pgbouncer]
                listen_addr =
                unix_socket_dir = \(folder)
                listen_port = 6432
                auth_type = any
                pool_mode = \(mode)
                default_pool_size = \(mode == "session" ? 40 : 2)
                """
            try settings.write(toFile: folder + "/settings", atomically: true, encoding: .utf8)
            let process = Process()
            let command =
                (geteuid() == 0
                    ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [])
                + [Self.pgBouncer ?? "", "-q", folder + "/settings"]
            if geteuid() == 0 { chmod(folder, 0o777) }
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
            process.standardInput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            defer {
                // It may have been started with its signals held back.
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            for _ in 0..<200 where access(folder + "/.s.PGSQL.6432", F_OK) != 0 { usleep(20_000) }
            program.address = "postgres://owner@/\(database)?host=\(folder)&port=6432"
            var outputs = [try program.makeSite()]
            outputs.append(try program.fill(5))
            outputs.append(try program.releve("queue", "stats"))
            if mode == "session" {
                #expect(outputs.allSatisfy { $0.code == 0 }, "\(outputs)")
                #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
            } else {
                #expect(outputs.contains { $0.error.contains("pool_mode = session") }, "\(outputs)")
            }
        }
    }
}
#endif
