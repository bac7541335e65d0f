#if Postgres
import Foundation
import StoreTesting
import Testing

/// `releve store copy`, as people run it: killed, run against the wrong store, with somebody at work.
@Suite("A site moves to another store", .serialized)
struct StoreCopyTests {
    /// How often a copy is killed; RELEVE_KILLS asks for more.
    private static let kills = Int(ProcessInfo.processInfo.environment["RELEVE_KILLS"] ?? "") ?? 2

    /// A site with some decisions.
    private func site() throws -> Program {
        let program = try Program()
        #expect(try program.makeSmallSite().code == 0)
        // The login of the database is somebody too.
        let owner = try program.releve(
            "roster", "add", "--user", "owner", "--roles", "lead,auditor,moderator")
        #expect(owner.code == 0, "\(owner.error)")
        #expect(try program.fill(5).code == 0)
        let queue = try program.json("queue", "list", "--limit", "3")
        for post in try #require(queue["posts"] as? [[String: Any]]) {
            let id = try #require(post["id"] as? String)
            #expect(try program.releve("decide", id, "--action", "keep").code == 0)
        }
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        return program
    }

    private func root(_ program: Program) throws -> String {
        let result = try program.json("ledger", "verify")
        #expect(result["ok"] as? Bool == true, "\(result)")
        return try #require(result["root"] as? String)
    }

    /// Copies to the end, and works in the copy from then on.
    private func copy(_ program: Program, to address: String) throws -> [String: Any] {
        let output = try program.releve("store", "copy", program.address, address, "--json")
        #expect(output.code == 0, "\(output.error)")
        program.address = address
        return try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any] ?? [:]
    }

    private func emptyDatabase() throws -> String {
        let server = try PostgresServer.shared.get()
        return server.address(try server.makeDatabase())
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func killedAtAnyInstantItGoesOnInBothDirections() throws {
        let program = try site()
        #expect(try program.fill(800).code == 0)
        let before = try root(program)
        let back = "sqlite:\(program.folder)/back/site.sqlite"
        for target in [try emptyDatabase(), back] {
            let words = ["store", "copy", program.address, target]
            var isDone = false
            for _ in 0..<Self.kills where !isDone {
                isDone = try program.killed(words, within: .milliseconds(3000)).out.contains("stays closed")
                // Until it is whole nobody works in it.
                let source = program.address
                program.address = target
                let code = try program.releve("queue", "stats").code
                program.address = source
                #expect(code == 0 || (code == 2 && !isDone))
                // It may be killed once the copy is whole and before that is said.
                isDone = isDone || code == 0
            }
            if isDone {
                #expect(try program.run("releve", words).error.contains("was copied elsewhere"))
            } else {
                let output = try program.run("releve", words)
                #expect(output.code == 0, "\(output.error)")
            }
            program.address = target
            #expect(try root(program) == before)
            // The key came along.
            #expect(try program.releve("ledger", "checkpoint").code == 0)
        }
        #expect(try program.json("queue", "stats")["decided"] as? Int == 3)
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func theSourceStaysClosedUntilTheCopyIsGivenUp() throws {
        let program = try site()
        let (source, before) = (program.address, try root(program))
        let report = try copy(program, to: try emptyDatabase())
        #expect(report["root"] as? String == before && report["ok"] as? Bool == true)
        let target = program.address
        program.address = source
        for words in [["queue", "stats"], ["intake", try program.posts(1)], ["console"]] {
            let output = try program.run("releve", words)
            #expect(output.code == 2 && output.error.contains("releve store reopen"), "\(output.error)")
        }
        #expect(try program.releve("store", "reopen", source).code == 2)
        #expect(try program.releve("store", "reopen", target, "--yes").error.contains("open already"))
        #expect(try program.releve("store", "reopen", source, "--yes").code == 0)
        #expect(try root(program) == before)
        // Of a database nobody changes anything either, even over a connection that was there before.
        let onward = "sqlite:\(program.folder)/onward.sqlite"
        program.address = target
        _ = try copy(program, to: onward)
        let database = String(
            target.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }.dropFirst().prefix { $0 != "?" })
        #expect(throws: PostgresServer.Failure.self) {
            try PostgresServer.shared.get().run("INSERT INTO releve.commits VALUES ('\\x00')", in: database)
        }
        #expect(try program.releve("store", "reopen", target, "--yes").code == 0)
        program.address = target
        #expect(try root(program) == before)
        #expect(try program.releve("intake", try program.posts(21)).code == 0)
    }

    @Test func aTargetWithSomethingInItIsLeftAloneAndADamagedSourceIsNotCopied() throws {
        let program = try site()
        let file = program.folder + "/notes.txt"
        try "no store".write(toFile: file, atomically: true, encoding: .utf8)
        let theirs = "sqlite:\(program.folder)/theirs.sqlite"
        #expect(
            try program.releve("init", "--demo", "--name", "theirs.example/r", "--store", theirs).code == 0)
        for (target, reason) in [
            (theirs, "there is the site theirs.example"), (program.address, "itself"),
            ("sqlite:" + file, "not a"),
            ("sqlite:/proc/new.sqlite", "/proc"),
        ] {
            let output = try program.releve("store", "copy", program.address, target)
            #expect(output.code == 2 && output.error.contains(reason), "\(output.error)")
        }
        #expect(try program.releve("queue", "stats", "--store", theirs).code == 0)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "no store")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c",
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); "
                + "db.execute(\"UPDATE decisions SET action = 'remove' WHERE number = 2\"); db.commit()",
            program.store,
        ]
        try process.run()
        process.waitUntilExit()
        let output = try program.releve(
            "store", "copy", program.address, "sqlite:\(program.folder)/new.sqlite")
        #expect(output.code == 1 && output.error.contains("does NOT verify"), "\(output.error)")
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/new.sqlite"))
        // The source is open as before.
        #expect(try program.releve("queue", "stats").code == 0)
    }

    @Test func anotherKeyIsNotWrittenOverAndTheCopyGoesOnOnceItIsGone() throws {
        let program = try site()
        let before = try root(program)
        let target = "sqlite:\(program.folder)/new.sqlite"
        let key = program.folder + "/new.sqlite.key"
        let theirs = String(repeating: "ab", count: 32)
        try theirs.write(toFile: key, atomically: true, encoding: .utf8)
        let refused = try program.releve("store", "copy", program.address, target)
        #expect(refused.code == 2 && refused.error.contains("another key"), "\(refused.error)")
        #expect(try String(contentsOfFile: key, encoding: .utf8) == theirs)
        // The target was begun, the source is open still: what is decided now goes along.
        let queue = try program.json("queue", "list", "--limit", "9")
        let posts = try #require(queue["posts"] as? [[String: Any]])
        let waiting = posts.first { $0["state"] as? String == "waiting" }
        let post = try #require(waiting?["id"] as? String)
        #expect(try program.releve("decide", post, "--action", "keep").code == 0)
        try FileManager.default.removeItem(atPath: key)
        // Nobody has the key here: who has it is told where to put it.
        let away = program.store + ".away"
        try FileManager.default.moveItem(atPath: program.store + ".key", toPath: away)
        let report = try copy(program, to: target)
        #expect((report["key"] as? String)?.contains("can't be read here") == true, "\(report)")
        #expect(try root(program) != before)
        try FileManager.default.moveItem(atPath: away, toPath: key)
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        #expect(try program.json("queue", "stats")["decided"] as? Int == 4)
        // A copy begun before its source was opened again is not mixed with what came since.
        let source = "sqlite:" + program.store
        #expect(try program.releve("store", "reopen", source, "--yes").code == 0)
        #expect(try program.releve("store", "copy", source, target).error.contains("there is the site"))
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func whileSomebodyWorksNothingIsCopied() throws {
        let program = try site()
        let target = "sqlite:\(program.folder)/new.sqlite"
        // A program that has the file open: it waits for more to take in.
        let process = program.process("releve", ["intake", "-"])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardError = output
        try process.run()
        defer { process.terminate() }
        try input.fileHandleForWriting.write(
            contentsOf: Data(#"{"id":"late","source":"x","text":"late"}"#.utf8 + [0x0A]))
        var refused = ""
        for _ in 0..<50 where refused.isEmpty {
            // Until it has opened the file there is nobody.
            let isOpen = try FileManager.default.contentsOfDirectory(
                atPath: "/proc/\(process.processIdentifier)/fd"
            ).contains {
                (try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(process.processIdentifier)/fd/\($0)")) == program.store
            }
            guard isOpen else {
                usleep(100_000)
                continue
            }
            refused = try program.releve("store", "copy", program.address, target).error
        }
        #expect(refused.contains("another program has it open"), "\(refused)")
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        // Now it goes on, with what came in meanwhile.
        let database = try emptyDatabase()
        #expect(try copy(program, to: database)["ok"] as? Bool == true)
        #expect(try program.json("queue", "stats")["waiting"] as? Int == 3)
        // Somebody holds a post of the database, and their console is gone.
        let worker = program.process("releve-bench", ["scan", database, "--beat", "5"])
        let said = Pipe()
        worker.standardOutput = said
        try worker.run()
        _ = said.fileHandleForReading.availableData
        kill(worker.processIdentifier, SIGKILL)
        worker.waitUntilExit()
        let held = try program.releve("store", "copy", database, "sqlite:\(program.folder)/other.sqlite")
        #expect(held.code == 2 && held.error.contains("somebody holds a post"), "\(held.error)")
        #expect(try program.releve("queue", "stats").code == 0)
    }
}
#endif
