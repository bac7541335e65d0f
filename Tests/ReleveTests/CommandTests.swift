import Foundation
import Testing

@Suite("The commands do what scripts rely on", .serialized)
struct CommandTests {
    @Test func theSampleQueueGoesInAndIsDecided() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.makeSite().code == 2)
        let queue = Program.root + "/Queue/"
        let files = try FileManager.default.contentsOfDirectory(atPath: queue).filter { !$0.hasSuffix(".md") }
        for file in files { #expect(try program.releve("intake", queue + file).code == 0, "\(file)") }
        let stats = try program.json("queue", "stats")
        #expect(
            stats["waiting"] as? Int ?? 0 >= 60 && stats["claimed"] as? Int == 0
                && stats["decided"] as? Int == 0)
        let posts = try program.json("queue", "list", "--limit", "500")["posts"] as? [[String: Any]] ?? []
        #expect(Set(posts.compactMap { $0["hazard"] as? String }).count == 5)
        #expect(Set(posts.compactMap { $0["language"] as? String }).count >= 7)
        let id = try #require(posts.first { $0["hazard"] as? String == "none" }?["id"] as? String)
        #expect(try program.releve("decide", String(id.prefix(9)), "--action", "keep").code == 0)
        let again = try program.releve("decide", id, "--action", "keep")
        #expect(again.code == 1 && again.error.contains("is decided, not waiting"))
        let wrong = try program.releve("decide", id, "--action", "kep")
        #expect(wrong.code == 2 && wrong.error.contains("one of keep, label"))
        #expect(try program.json("queue", "stats")["decided"] as? Int == 1)
        let ledger = try program.json("ledger", "verify")
        #expect(ledger["ok"] as? Bool == true && ledger["size"] as? Int ?? 0 > 60)
    }

    @Test func badRecordsAreNamedAndTheGoodOnesGoIn() throws {
        let program = try Program()
        _ = try program.makeSite()
        let file = program.folder + "/in.jsonl"
        try "{\"text\":\"a\",\"id\":1}\n{\"bad\n{\"text\":\"b\",\"id\":2}\n"
            .write(toFile: file, atomically: true, encoding: .utf8)
        let first = try program.releve("intake", file)
        #expect(first.code == 2 && first.out.contains("2 new") && first.error.contains("in.jsonl:2: "))
        #expect(try program.releve("queue", "rejected").out.contains("in.jsonl:2: "))
        #expect(try program.releve("intake", file).out.contains("2 known"))
        #expect(try program.releve("intake", program.folder + "/none").code == 2)
    }

    @Test func wordsAreShownOnlyWhenAskedForAndCount() throws {
        let program = try Program()
        _ = try program.makeSite()
        let file = program.folder + "/in.jsonl"
        let text = "sesame \u{1B}]0;owned\u{7} \u{202E}txet \u{9B}31m"
        let line = try JSONSerialization.data(withJSONObject: ["id": "1", "text": text, "reason": "hate"])
        try line.write(to: URL(fileURLWithPath: file))
        #expect(try program.releve("intake", file).code == 0)
        let posts = try program.json("queue", "list")["posts"] as? [[String: Any]] ?? []
        let id = try #require(posts.first?["id"] as? String)
        let covered = try program.releve("queue", "show", id)
        #expect(covered.code == 0 && !covered.out.contains("sesame"))
        let before = try program.json("exposure", "show")["dose_units"] as? Int ?? -1
        let shown = try program.releve("queue", "show", id, "--uncover")
        #expect(shown.out.contains("sesame ⟨U+001B⟩") || shown.out.contains("sesame ⟨"))
        for output in [shown.out, try program.releve("queue", "show", id, "--uncover", "--json").out] {
            let forbidden = output.unicodeScalars.contains { scalar in
                (scalar.value < 0x20 && scalar != "\n") || (0x7F..<0xA0).contains(scalar.value)
                    || (0x202A...0x202E).contains(scalar.value)
            }
            #expect(!forbidden)
        }
        #expect(try program.json("exposure", "show")["dose_units"] as? Int ?? -1 > before)
        #expect(try program.releve("limits", "lower", "daily_percent=0").code != 0)
        for _ in 0..<3 { _ = try program.releve("queue", "show", id, "--uncover") }
        #expect(try program.releve("limits", "lower", "daily_percent=1").code == 0)
        let refused = try program.releve("queue", "show", id, "--uncover")
        #expect(refused.code == 1 && refused.error.contains("the exposure limit is reached"))
        let late = try program.releve("decide", id, "--action", "keep")
        #expect(late.code == 1 && late.error.contains("the exposure limit is reached"))
        #expect(try program.releve("limits", "lower", "daily_percent=100").code == 2)
    }

    @Test func aTerminalThatCannotDoItGetsOneClearSentence() throws {
        let program = try Program()
        _ = try program.makeSite()
        let output = try program.releve()
        #expect(output.code == 2 && output.error.contains("--linear") && output.out.isEmpty)
        let none = try Program().releve("queue", "stats")
        #expect(none.code == 2 && none.error.contains("releve init"))
    }
}
