import Foundation
import StoreTesting
import Testing

/// Each thing that `releve doctor` can find, provoked.
@Suite("The doctor finds what was made wrong, and nothing else", .serialized)
struct DoctorTests {
    /// What was found of one thing.
    private struct Finding: Decodable {
        let check, state, says: String
        let remedy: String?
    }

    private struct Report: Decodable {
        let ok: Bool
        let findings: [Finding]

        /// What is not as it should be, as `check state`.
        var faults: Set<String> {
            Set(findings.filter { $0.state != "ok" }.map { "\($0.check) \($0.state)" })
        }
    }

    private func report(_ program: Program, _ arguments: String...) throws -> Report {
        let output = try program.run("releve", ["doctor", "--json"] + arguments)
        let report = try JSONDecoder().decode(Report.self, from: Data(output.out.utf8))
        #expect(output.code == (report.ok ? 0 : 1), "\(output.error)")
        #expect(report.ok == !report.findings.contains { $0.state == "wrong" })
        for finding in report.findings {
            #expect((finding.remedy == nil) == (finding.state == "ok"), "\(finding)")
        }
        return report
    }

    /// What is wrong, apart from this machine's own disk.
    private func faults(_ program: Program, _ arguments: String...) throws -> Set<String> {
        try report(program, arguments.first.map { $0 } ?? "--json").faults.subtracting([
            "time note", "disk note",
        ])
    }

    private func site() throws -> Program {
        let program = try Program()
        #expect(try program.makeSmallSite().code == 0)
        #expect(try program.releve("shift", "start").code == 0)
        chmod(program.folder, 0o700)
        return program
    }

    /// Changes the store by SQL, without its guards.
    private func change(_ program: Program, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.executescript(sys.argv[2])",
            program.store, sql,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func ofAFileItFindsWhatIsMissingWrongOrOld() throws {
        let program = try site()
        let elsewhere = program.folder + "/elsewhere"
        try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
        // A new site lacks what nobody has done yet.
        #expect(try faults(program) == ["checkpoint note", "second copy note", "backup note"])
        #expect(try program.releve("ledger", "checkpoint", "--to", elsewhere + "/note").code == 0)
        let backup = try program.releve("store", "backup", elsewhere + "/backup.sqlite")
        #expect(backup.code == 0 && backup.out.contains("root"), "\(backup.error)")
        #expect(try faults(program) == [])
        // Which is the site: it verifies against the checkpoint that lay elsewhere.
        let verified = try program.releve(
            "ledger", "verify", "--store", "sqlite:" + elsewhere + "/backup.sqlite", "--checkpoint",
            elsewhere + "/note")
        #expect(verified.code == 0 && verified.out.contains("2 checkpoints agree"), "\(verified)")

        // Files that others can read, a key that isn't the site's, none at all.
        let key = program.store + ".key"
        let provoked: [(String, () throws -> Void, () throws -> Void)] = [
            ("files wrong", { chmod(program.store, 0o644) }, { chmod(program.store, 0o600) }),
            ("files wrong", { chmod(program.folder, 0o770) }, { chmod(program.folder, 0o700) }),
            ("key wrong", { chmod(key, 0o640) }, { chmod(key, 0o600) }),
            (
                "cache wrong", { chmod(program.folder + "/releve", 0o722) },
                { chmod(program.folder + "/releve", 0o700) }
            ),
            (
                "key note", { rename(key, key + ".away") }, { rename(key + ".away", key) }
            ),
            (
                "key wrong",
                {
                    rename(key, key + ".away")
                    try String(repeating: "ab", count: 32).write(
                        toFile: key, atomically: false, encoding: .utf8)
                    chmod(key, 0o600)
                }, { rename(key + ".away", key) }
            ),
            (
                "key wrong",
                {
                    rename(key, key + ".away")
                    try "no key".write(toFile: key, atomically: false, encoding: .utf8)
                }, { rename(key + ".away", key) }
            ),
            (
                "second copy note", { rename(elsewhere + "/note", elsewhere + "/n") },
                { rename(elsewhere + "/n", elsewhere + "/note") }
            ),
            (
                "backup wrong", { rename(elsewhere + "/backup.sqlite", elsewhere + "/b") },
                { rename(elsewhere + "/b", elsewhere + "/backup.sqlite") }
            ),
            // Made by other means, ten days ago.
            (
                "backup wrong",
                {
                    let old = elsewhere + "/old.dump"
                    try "dump".write(toFile: old, atomically: false, encoding: .utf8)
                    let date = Date(timeIntervalSinceNow: -10 * 86_400)
                    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: old)
                    #expect(try program.releve("store", "backup", "--made", old).out.hasPrefix("noted"))
                }, { _ = try program.releve("store", "backup", elsewhere + "/backup.sqlite") }
            ),
        ]
        for (fault, break_, mend) in provoked {
            try break_()
            #expect(try faults(program) == [fault])
            try mend()
        }
        #expect(try faults(program) == [])
    }

    @Test func ofTimeAndTheRecordItFindsWhatCannotBe() throws {
        let program = try site()
        #expect(try program.releve("ledger", "checkpoint", "--to", program.folder + "/note").code == 0)
        // An old site without a backup, whose last signature is old.
        try change(
            program, "UPDATE site SET created_at = 0; UPDATE checkpoints SET at = at - 864000000, size = 1")
        #expect(try faults(program) == ["backup wrong", "checkpoint note"])
        #expect(try program.releve("store", "backup", program.folder + "/b.sqlite").code == 1)
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/b.sqlite"))
        try change(program, "UPDATE site SET created_at = 1e15")
        // Somebody began a shift an hour later than it is now.
        try change(program, "UPDATE known_moments SET at = at + 3600000")
        #expect(try faults(program).contains("clock wrong"))
        try change(program, "UPDATE known_moments SET at = at - 3600000")
        #expect(try !faults(program).contains("clock wrong"))
        try change(
            program,
            """
            DROP TRIGGER ledger_is_never_changed;
            UPDATE ledger SET bytes = CAST(replace(CAST(bytes AS TEXT), '"at":"20', '"at":"21') AS BLOB)
            """)
        #expect(try faults(program).contains("clock wrong"))
        // One lead is few, where it isn't for trying out.
        try change(program, "UPDATE site SET demo = 0")
        #expect(try faults(program).contains("people note"))
        // What can't be opened is said with its remedy.
        try change(program, "PRAGMA user_version = 1234")
        #expect(try faults(program) == ["store wrong"])
        #expect(
            try report(program, "--store", "sqlite:/nowhere/x").findings.last?.remedy?.contains("init")
                == true)
    }

    @Test func ofTheTerminalAndPoliciesItFindsWhatFallsShort() throws {
        let program = try Program()
        #expect(try program.makeSmallSite(unused: ", spare: {body: {any_word: [raw]}}").code == 0)
        #expect(try faults(program).contains("policies note"))
        for (term, size, locale, fault) in [
            ("xterm-256color", "24 80", "C.UTF-8", nil), ("dumb", "24 80", "C.UTF-8", "terminal wrong"),
            ("", "24 80", "C.UTF-8", "terminal wrong"),
            ("no-such-term", "24 80", "C.UTF-8", "terminal wrong"),
            ("xterm", "20 60", "C.UTF-8", "terminal note"), ("vt100", "24 80", "C.UTF-8", "terminal note"),
        ] as [(String, String, String, String?)] {
            let process = program.process("releve", ["doctor"])
            let words =
                "import os, pty, sys; os.environ['TERM'] = sys.argv[2]; "
                + "sys.exit(pty.spawn(['/bin/sh', '-c', 'stty rows $2 cols $3; exec \"$1\" doctor --json', 'sh', sys.argv[1], *sys.argv[3].split()]) >> 8)"
            process.arguments = ["-c", words, Program.built + "releve", term, size]
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            process.environment?["LC_ALL"] = locale
            let output = Pipe()
            process.standardOutput = output
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let said = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let report = try JSONDecoder().decode(Report.self, from: said)
            #expect(
                report.faults.filter { $0.hasPrefix("terminal") } == (fault.map { [$0] } ?? []),
                "\(term) \(report)")
        }
    }

    @Test(.enabled(if: FullDisk.isPossible))
    func ofAFullDiskItSaysSo() throws {
        let disk = try FullDisk(megabytes: 48)
        let program = try Program(storeFolder: disk.path)
        #expect(try program.makeSmallSite().code == 0)
        #expect(try report(program).faults.contains("disk wrong"))
    }

    #if Postgres
    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func ofAServerItFindsWhatLosesConfirmedWorkAndWhatIsDown() throws {
        let program = try Program()
        let server = try PostgresServer.shared.get()
        program.address = server.address(try server.makeDatabase())
        #expect(try program.makeSmallSite().code == 0)
        // The tests' server doesn't sync.
        let found = try report(program)
        #expect(found.faults.contains("durability wrong"))
        #expect(found.findings.contains { $0.check == "store" && $0.says.contains("PostgreSQL 1") })
        #expect(found.findings.contains { $0.check == "server" && $0.says.contains("of 200 connections") })
        #expect(found.findings.contains { $0.check == "clock" && $0.says.contains("the server") })
        program.address = "postgres://owner@/site?host=/nowhere"
        #expect(try faults(program) == ["store wrong"])
    }
    #endif
}
