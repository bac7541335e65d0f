import Foundation
import Testing

@Suite("Exports are files that are whole or not there", .serialized)
struct ExportCommandTests {
    /// A site with these many decided posts.
    private func decided(_ count: Int) throws -> Program {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(count).code == 0)
        let queue = try program.json("queue", "list", "--limit", "100")
        let posts = try #require(queue["posts"] as? [[String: Any]])
        for post in posts {
            let id = try #require(post["id"] as? String)
            #expect(try program.releve("decide", id, "--action", "remove", "--policy", "spam").code == 0)
        }
        return program
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func eachFormIsWrittenAndTold() throws {
        let program = try decided(3)
        let file = program.folder + "/d.csv"
        try "former".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try program.releve("export", "decisions", "--format", "csv", "-o", file).code == 0)
        let lines = try text(file).components(separatedBy: "\r\n")
        #expect(lines.count == 5 && lines[0].hasPrefix("decision,decided_at,by,person,"))
        let labels = try program.releve("export", "labels", "--with-text")
        #expect(labels.out.split(separator: "\n").count == 3 && labels.out.contains("\"text\":\"hello 1\""))
        let plain = try program.releve("export", "labels", "--format", "json")
        #expect(!plain.out.contains("hello"))
        // Just decided, so nothing has taken effect; the list of overturned ones is there all the same.
        let statements = program.folder + "/s.json"
        let made = try program.releve("export", "statements", "-o", statements)
        #expect(made.code == 0 && made.error.contains("3 too recent"), "\(made.error)")
        #expect(try text(statements) == "[]\n" && text(program.folder + "/s.overturned.json") == "[]\n")
        let log = try program.releve("ledger", "log", "--json").out.split(separator: "\n")
        #expect(log.filter { $0.contains("\"kind\":\"exported\"") }.count == 4)
        let sum = Process()
        let pipe = Pipe()
        sum.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        sum.arguments = [file]
        sum.standardOutput = pipe
        try sum.run()
        let digest = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile().prefix(64), as: UTF8.self)
        #expect(log.contains { $0.contains(digest) })
        #expect(try program.releve("ledger", "verify").code == 0)
    }

    @Test func theReportIsTwoFiles() throws {
        let program = try decided(1)
        let base = program.folder + "/report"
        let output = try program.json(
            "export", "report", "--from", "2020-01-01", "--to", "2037-12-31", "-o", base, "--language", "fr")
        #expect(output["decisions"] as? Int == 1)
        #expect(try text(base + ".html").contains("<html lang=\"fr\">"))
        #expect(try text(base + ".md").hasPrefix("# Rapport de transparence"))
    }

    @Test func killedMidwayItLeavesTheFormerFileAndTheNextOneClearsUp() throws {
        let program = try decided(2)
        let file = program.folder + "/d.jsonl"
        #expect(try program.releve("export", "decisions", "-o", file).code == 0)
        let former = try text(file)
        func drafts() throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: program.folder).filter {
                $0.contains(".partial-")
            }
        }
        for _ in 0..<5 {
            let process = program.process("releve", ["export", "decisions", "-o", file])
            process.standardError = FileHandle.nullDevice
            try process.run()
            while process.isRunning, try drafts().isEmpty {}
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try text(file) == former)
        }
        #expect(try program.releve("export", "decisions", "-o", file).code == 0)
        #expect(try drafts() == [] && text(file) == former)
        #expect(try program.releve("ledger", "verify").code == 0)
    }

    @Test func badWordsAreRefusedWithTheRemedy() throws {
        let program = try decided(0)
        for (arguments, message) in [
            (["decisions", "--from", "yesterday"], "--from: \"yesterday\" is no day or moment"),
            (["decisions", "--from", "2026-03-02", "--to", "2026-03-01"], "--to is not after --from"),
            (["decisions", "-o", program.folder], "is a folder"),
            (["decisions", "-o", program.folder + "/no/such"], "can't write"),
            (["statements", "--batch", "--format", "csv"], "--batch is for JSON"),
            (["statements", "--settings", program.folder + "/none"], "can't read"),
        ] {
            let output = try program.run("releve", ["export"] + arguments)
            #expect(output.code == 2 && output.error.contains(message), "\(arguments): \(output.error)")
        }
    }
}
