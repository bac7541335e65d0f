import Foundation
import Testing

@Suite("The console is killed at any instant", .serialized)
struct ConsoleKillTests {
    /// 8 kills, or as many as RELEVE_KILLS says.
    @Test(.enabled(if: Screen.isPossible))
    func nothingThatReachedTheScreenIsLostAndNoTimeIsUnderCounted() throws {
        let program = try Program()
        _ = try program.makeSite()
        let lines = (0..<3000).map { #"{"id":"\#($0)","source":"x","text":"word \#($0)","reason":"threat"}"# }
        let file = program.folder + "/posts.jsonl"
        try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try program.releve("intake", file).code == 0)
        let kills = ProcessInfo.processInfo.environment["RELEVE_KILLS"].flatMap { Int($0) } ?? 8
        var generator = SystemRandomNumberGenerator()
        var shown = 0
        var seen: [(post: String, milliseconds: Int)] = []
        for _ in 0..<kills {
            let screen = try Screen(program, columns: 80, rows: 24)
            try screen.wait(for: "Enter ")
            let pid = try screen.child
            try screen.press("Enter")
            try screen.wait(for: "covered")
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                try screen.press("a")
                usleep(UInt32.random(in: 0...250_000, using: &generator))
            }
            // The time seen begins when a picture shows the post's words and ends before the kill.
            let wantsLook = Bool.random(using: &generator)
            if wantsLook { try screen.press("Space") }
            usleep(UInt32.random(in: 0...300_000, using: &generator))
            let first = try screen.picture
            let start = ContinuousClock.now
            if wantsLook, first.contains("the clock runs") {
                usleep(UInt32.random(in: 0...400_000, using: &generator))
            }
            let isOpen =
                try wantsLook && first.contains("the clock runs") && screen.picture.contains("the clock runs")
            let passed = ContinuousClock.now - start
            kill(pid, SIGKILL)
            try screen.wait(for: "left with 137")
            shown = max(shown, Screen.decisions(on: first) ?? 0)
            #expect(try program.json("queue", "stats")["decided"] as? Int ?? -1 >= shown)
            if isOpen, let post = Self.post(on: first) {
                seen.append(
                    (
                        post,
                        Int(
                            passed.components.seconds * 1000 + passed.components.attoseconds
                                / 1_000_000_000_000_000)
                    ))
            }
        }
        #expect(shown > 0)
        // Signing in closes what the killed consoles left open, once nobody can be beating there any more.
        var charged = try Self.charges(in: program)
        let deadline = Date().addingTimeInterval(30)
        while Date() < deadline,
            !seen.allSatisfy({ span in charged.keys.contains { $0.hasPrefix(span.post) } })
        {
            usleep(500_000)
            _ = try program.releve("shift", "status")
            charged = try Self.charges(in: program)
        }
        for (post, milliseconds) in seen {
            let paid = charged.filter { $0.key.hasPrefix(post) }.values.max() ?? 0
            #expect(paid >= milliseconds, "\(post) was seen for \(milliseconds) ms")
        }
        #expect(try program.releve("shift", "end").code == 0)
        let stats = try program.json("queue", "stats")
        #expect(stats["decided"] as? Int ?? -1 >= shown && stats["claimed"] as? Int == 0)
        #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
        print("\(kills) kills: \(shown) decisions reached the screen, \(seen.count) spans were open")
    }

    /// The beginning of the id that the title line of the post shows.
    private static func post(on picture: String) -> String? {
        picture.split(separator: "\n").first { $0.contains("the clock runs") }?
            .split(separator: " ").first { $0.hasSuffix("…") }.map { String($0.dropLast()) }
    }

    /// The longest charge in milliseconds by post.
    private static func charges(in program: Program) throws -> [String: Int] {
        var result: [String: Int] = [:]
        let log = try program.run("releve", ["ledger", "log", "--json", "--from", "0", "--limit", "100000"])
            .out
        for line in log.split(separator: "\n") {
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard entry?["kind"] as? String == "covered", let post = entry?["post"] as? String else {
                continue
            }
            let data = entry?["data"] as? [String: Any]
            result[post] = max(result[post] ?? 0, data?["visible_ms"] as? Int ?? 0)
        }
        return result
    }
}
