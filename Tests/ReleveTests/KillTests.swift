import Foundation
import Testing

@Suite("Commands are killed at any instant", .serialized)
struct KillTests {
    /// How often each command is killed; RELEVE_KILLS asks for more.
    private static let kills = Int(ProcessInfo.processInfo.environment["RELEVE_KILLS"] ?? "") ?? 3

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private func duration(_ body: () throws -> Program.Output) throws -> Duration {
        let start = ContinuousClock.now
        let output = try body()
        #expect(output.code == 0, "\(output.error)")
        return ContinuousClock.now - start
    }

    /// Drafts that killed writers left in a folder.
    private func drafts(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains(".partial") }
    }

    private func size(of program: Program) throws -> Int {
        let result = try program.json("ledger", "verify")
        #expect(result["ok"] as? Bool == true, "\(result)")
        return try #require(result["size"] as? Int)
    }

    @Test func whatIntakeKeptStaysAndTheSameCommandTakesTheRest() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        let file = try program.posts(1000)
        let other = try Program()
        #expect(try other.makeSite().code == 0)
        let whole = try duration { try other.releve("intake", file) }
        let entries = try size(of: other)
        var last = 0
        for _ in 0..<Self.kills {
            let output = try program.killed(["intake", file], within: whole)
            let now = try size(of: program)
            #expect(now >= last)
            // What was said to be done is there.
            if output.out.contains("new,") { #expect(now == entries) }
            last = now
        }
        let rest = try program.releve("intake", file)
        #expect(rest.code == 0 && rest.out.contains("0 flagged again"))
        #expect(try size(of: program) == entries)
        #expect(try program.json("queue", "stats")["waiting"] as? Int == 1000)
    }

    @Test func aDecisionThatWasSaidIsThereAndOneThatWasNotCanBeMade() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(Self.kills + 1).code == 0)
        let queue = try program.json("queue", "list", "--limit", "\(Self.kills + 1)")
        var posts = try #require(queue["posts"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        func words(_ post: String) -> [String] { ["decide", post, "--action", "keep"] }
        let first = posts.removeFirst()
        let whole = try duration { try program.run("releve", words(first)) }
        var said = 1
        for post in posts {
            let output = try program.killed(words(post), within: whole)
            let shown = try program.json("queue", "show", post)
            let count = (shown["decisions"] as? [Any])?.count ?? 0
            #expect(count <= 1)
            if output.out.hasSuffix("\n") {
                said += 1
                #expect(count == 1, "\(output.out)")
            }
            if count == 0 {
                let again = try program.run("releve", words(post))
                #expect(again.code == 0, "\(again.error)")
            }
        }
        #expect(try program.json("queue", "stats")["decided"] as? Int == Self.kills + 1)
        _ = try size(of: program)
        print("\(Self.kills) kills of decide: \(said) were said to be done")
    }

    @Test func aCheckpointIsWholeOrNotThere() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(50).code == 0)
        let folder = program.folder + "/notes"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let note = folder + "/note.txt"
        let whole = try duration { try program.releve("ledger", "checkpoint", "--to", folder + "/other.txt") }
        for round in 0..<Self.kills {
            // Half of the time a former note stands there.
            if round.isMultiple(of: 2) { try? FileManager.default.removeItem(atPath: note) }
            _ = try program.killed(["ledger", "checkpoint", "--to", note], within: whole)
            guard exists(note) else { continue }
            let checked = try program.releve("ledger", "verify", "--checkpoint", note)
            #expect(checked.code == 0, "\(checked.error)")
        }
        #expect(try program.releve("ledger", "checkpoint", "--to", note).code == 0)
        #expect(try program.releve("ledger", "verify", "--checkpoint", note).code == 0)
        #expect(try drafts(in: folder) == [])
    }

    @Test func anExportOfTheLedgerIsWholeOrNotThere() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(1500).code == 0)
        let place = program.folder + "/exports"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        let whole = try duration { try program.releve("ledger", "export", place + "/first") }
        var made = 0
        for round in 0..<Self.kills {
            let folder = place + "/\(round)"
            _ = try program.killed(["ledger", "export", folder], within: whole)
            guard exists(folder) else { continue }
            made += 1
            #expect(try program.releve("ledger", "verify", folder).code == 0)
        }
        for round in 0..<Self.kills where !exists(place + "/\(round)") {
            #expect(try program.releve("ledger", "export", place + "/\(round)").code == 0)
        }
        #expect(try drafts(in: place) == [])
        #expect(try program.releve("ledger", "verify", place + "/\(Self.kills - 1)").code == 0)
        print("\(Self.kills) kills of ledger export: \(made) were whole already")
    }

    // MARK: Statements

    /// A site with so many decisions whose effect has left, so that they are to be stated.
    private func decided(_ count: Int) throws -> Program {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(
            try program.releve("intake", try program.posts(count, saying: "I will kill you")).code == 0)
        #expect(try program.run("releve-bench", ["decide", program.store]).code == 0)
        // Nobody waits for half a minute here; the entries go on telling the true time.
        let python = Process()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as store:
                store.execute("UPDATE decisions SET decided_at = decided_at - 60000")
            """, program.store,
        ]
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0, "python3 is needed (make tools)")
        return program
    }

    /// The names of the statements in a file, which must be whole.
    private func stated(_ file: String) throws -> [String] {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let rows = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        return rows.compactMap { $0["puid"] as? String }
    }

    @Test func everyStatementGoesOutOnceHoweverOftenExportsAreKilled() throws {
        let program = try decided(60)
        let folder = program.folder + "/statements"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/new.json"
        let words = ["export", "statements", "--new", "-o", file]
        let whole = try duration { try program.releve("export", "decisions", "-o", folder + "/all") }
        var seen: [String] = []
        func collect() throws {
            guard exists(file) else { return }
            seen += try stated(file)
            try FileManager.default.removeItem(atPath: file)
        }
        var kills = 0
        while kills < Self.kills, seen.isEmpty {
            _ = try program.killed(words, within: whole)
            kills += 1
            try collect()
        }
        // One that a kill broke off at its last step is shown by the next run, and the one after it has nothing new.
        for _ in 0..<2 {
            let output = try program.run("releve", words)
            #expect(output.code == 0, "\(output.error)")
            try collect()
        }
        #expect(seen.count == 60 && Set(seen).count == 60)
        #expect(try drafts(in: folder) == [])
        #expect(try program.releve("ledger", "verify", "--ledger-only").code == 0)
    }

    @Test func whatCountsAsExportedAndWasNeverSeenIsShownByTheNextRun() throws {
        let program = try decided(3)
        let folder = program.folder + "/statements"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/new.json"
        let words = ["export", "statements", "--new", "-o", file]
        #expect(try program.run("releve", words).code == 0)
        let rows = try text(file)
        #expect(try stated(file).count == 3)
        // As it lies there when the program dies between the ledger's entry and the last step.
        let draft = folder + "/.new.json.partial-1"
        try FileManager.default.moveItem(atPath: file, toPath: draft)
        // And one that the ledger knows nothing of.
        try "[]".write(toFile: folder + "/.new.json.partial-2", atomically: false, encoding: .utf8)
        let again = try program.run("releve", words)
        #expect(again.code == 0 && again.error.contains("broken off at its last step"), "\(again.error)")
        #expect(try text(file) == rows)
        let next = try program.run("releve", words)
        #expect(next.code == 0 && next.error.contains("3 exported before"), "\(next.error)")
        #expect(try stated(file).isEmpty && drafts(in: folder) == [])
    }
}
