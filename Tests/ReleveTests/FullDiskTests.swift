import Foundation
import Testing

@Suite("A full disk is said clearly, and nothing is lost", .serialized, .enabled(if: FullDisk.isPossible))
struct FullDiskTests {
    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// One message, on one line, with what is full and what to do.
    private func expectFull(
        _ output: Program.Output, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(output.code == 2, "\(output)", sourceLocation: sourceLocation)
        let lines = output.error.split(separator: "\n").filter { $0.hasPrefix("releve: ") }
        #expect(lines.count == 1, "\(output.error)", sourceLocation: sourceLocation)
        let line = lines.last ?? ""
        #expect(
            line.contains(path) && line.contains("free some space") && line.contains("again"),
            "\(output.error)", sourceLocation: sourceLocation)
        #expect(
            line.contains("is full") || line.contains("No space left on device"), "\(output.error)",
            sourceLocation: sourceLocation)
    }

    private func expectSound(_ program: Program, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let verified = try program.releve("ledger", "verify")
        #expect(verified.code == 0, "\(verified)", sourceLocation: sourceLocation)
    }

    private func entries(_ program: Program) throws -> Int {
        try #require(try program.json("ledger", "verify", "--ledger-only")["size"] as? Int)
    }

    // MARK: The store's disk

    @Test func intakeAndDecisionsOnAFullDiskAreRefusedWholeAndWorkAfterwards() throws {
        let disk = try FullDisk(megabytes: 48)
        let program = try Program(storeFolder: disk.path)
        #expect(try program.makeSite().code == 0)
        let file = try program.posts(3000)
        try disk.fill(leaving: 3 << 19)
        let first = try program.releve("intake", file)
        expectFull(first, program.store)
        #expect(first.error.contains("the same command goes on with the rest"))
        // What was said to be in is in, and whole, though there is still no room.
        let said = first.error.firstMatch(of: /(\d+) posts of it were taken in/).flatMap { Int($0.1) }
        #expect(try program.json("queue", "stats")["waiting"] as? Int == said)
        try expectSound(program)
        disk.empty()
        let rest = try program.releve("intake", file)
        #expect(rest.code == 0 && rest.out.contains("\(3000 - (said ?? 0)) new"), "\(rest)")
        #expect(try program.json("queue", "stats")["waiting"] as? Int == 3000)
        try expectSound(program)

        let queue = try program.json("queue", "list", "--limit", "1")
        let post = try #require((queue["posts"] as? [[String: Any]])?.first?["id"] as? String)
        #expect(try program.releve("shift", "start").code == 0)
        let before = try entries(program)
        try disk.fill()
        expectFull(try program.releve("decide", post, "--action", "keep"), program.store)
        expectFull(try program.releve("ledger", "checkpoint"), program.store)
        expectFull(
            try program.releve("export", "decisions", "-o", program.folder + "/d.jsonl"), program.store)
        #expect(!FileManager.default.fileExists(atPath: program.folder + "/d.jsonl"))
        disk.empty()
        #expect(try entries(program) == before)
        #expect(try program.json("queue", "stats")["decided"] as? Int == 0)
        #expect(try program.releve("decide", post, "--action", "keep").code == 0)
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        #expect(try program.releve("export", "decisions", "-o", program.folder + "/d.jsonl").code == 0)
        try expectSound(program)
    }

    @Test func aSiteIsMadeOnceThereIsRoom() throws {
        let disk = try FullDisk(megabytes: 16)
        let program = try Program(storeFolder: disk.path)
        for free in [0, 64 << 10, 256 << 10] {
            try disk.fill(leaving: free)
            expectFull(try program.makeSite(), disk.path)
            disk.empty()
        }
        let made = try program.makeSite()
        #expect(made.code == 0, "\(made)")
        #expect(try program.fill(3).code == 0)
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        try expectSound(program)
    }

    // MARK: Where files go

    @Test func whatDoesNotFitWhereItShallGoLeavesNothingHalfThere() throws {
        let disk = try FullDisk(megabytes: 2)
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(1200).code == 0)
        let (note, folder, file) = (
            disk.path + "/note.txt", disk.path + "/ledger", disk.path + "/labels.jsonl"
        )
        #expect(try program.releve("ledger", "checkpoint", "--to", note).code == 0)
        let former = try text(note)
        #expect(try program.fill(1210).code == 0)
        #expect(try program.run("releve-bench", ["decide", program.store]).code == 0)
        try disk.fill()
        let checkpoint = try program.releve("ledger", "checkpoint", "--to", note)
        expectFull(checkpoint, note)
        #expect(checkpoint.error.contains("is signed and in the store"))
        #expect(try text(note) == former && disk.names == ["note.txt"])
        // Some room, but not for all of it.
        try disk.fill(leaving: 300_000)
        expectFull(try program.releve("ledger", "export", folder), folder)
        expectFull(try program.releve("export", "labels", "-o", file), file)
        #expect(try disk.names == ["note.txt"])
        // Standard output that goes to a file there.
        let out = disk.path + "/out"
        _ = FileManager.default.createFile(atPath: out, contents: nil)
        for words in [
            ["ledger", "log", "--json", "--limit", "100000", "--from", "0"], ["export", "labels"],
        ] {
            expectFull(try program.run("releve", words, to: out), "standard output")
        }
        disk.empty()
        unlink(out)
        try expectSound(program)
    }
}

@Suite(
    "The console on a full disk", .serialized, .enabled(if: FullDisk.isPossible && Screen.isPossible))
struct FullDiskConsoleTests {
    @Test func aDecisionThatCannotBeKeptSaysSoAndNothingUnpaidIsSeen() throws {
        let disk = try FullDisk(megabytes: 48)
        let program = try Program(storeFolder: disk.path)
        #expect(try program.makeSite().code == 0)
        #expect(
            try program.releve("intake", try program.posts(20, saying: "I will kill you, weasel")).code == 0)
        let screen = try Screen(program, columns: 80, rows: 24)
        try screen.wait(for: "Enter ")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        try screen.press("Space")
        try screen.wait(for: "weasel")
        try disk.fill()
        // The next beat can't be recorded.
        try screen.wait(for: "Disk full: covered, as your time can't be recorded.")
        #expect(try !screen.picture.contains("weasel"))
        try screen.press("Space")
        try screen.wait(for: "Disk full: stays covered")
        #expect(try !screen.picture.contains("weasel"))
        try screen.press("n")
        try screen.wait(for: "Note")
        try screen.press("h", "m", "m", "Enter")
        try screen.press("a")
        try screen.wait(for: "Disk full: NOT decided")
        let picture = try screen.picture
        #expect(picture.contains("hmm") && Screen.decisions(on: picture) == 0, "\(picture)")
        disk.empty()
        try screen.press("a")
        let deadline = Date().addingTimeInterval(20)
        while Date() < deadline, try Screen.decisions(on: screen.picture) != 1 { usleep(50_000) }
        #expect(try Screen.decisions(on: screen.picture) == 1)
        let log = try program.releve("ledger", "log", "--json", "--from", "0", "--limit", "1000").out
        let line = try #require(log.split(separator: "\n").first { $0.contains("\"kind\":\"decided\"") })
        let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let post = try #require(entry?["post"] as? String)
        let shown = try program.json("queue", "show", post)["decisions"] as? [[String: Any]]
        #expect(shown?.count == 1 && shown?.first?["note"] as? String == "hmm")
        #expect(try program.releve("ledger", "verify").code == 0)
    }
}
