import Foundation
import Testing

@Suite("Several processes, some of them killed", .serialized)
struct SeveralProcessesTests {
    @Test func eightProcessesDecideEachPostOnce() throws {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.fill(2000)
        var running: [(Process, String)] = []
        for worker in 0..<8 {
            let process = program.process("releve-bench", ["decide", program.store, "--verbose"])
            let path = program.folder + "/worker\(worker)"
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try process.run()
            running.append((process, path))
        }
        var decided: [Substring] = []
        for (process, path) in running {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            decided += text.split(separator: "\n").filter { !$0.contains(" ") }.map { $0 }
        }
        #expect(decided.count == 2000 && Set(decided).count == 2000)
        #expect(try program.json("queue", "stats")["decided"] as? Int == 2000)
        #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
    }

    /// 40 kills, or as many as RELEVE_KILLS says.
    @Test func killedAtAnyInstantNothingSaidIsLostAndNoSecondIsUnderCounted() throws {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.fill(4000)
        let kills = ProcessInfo.processInfo.environment["RELEVE_KILLS"].flatMap { Int($0) } ?? 40
        var decisions: Set<String> = []
        var seen: [String: Int] = [:]
        // From before it begins to well after it has begun, however long that takes on this machine.
        var latest: UInt32 = 0
        for round in 0..<kills {
            let process = program.process("releve-bench", ["scan", program.store, "--beat", "5"])
            let path = program.folder + "/scan\(round)"
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try process.run()
            if round == 0 {
                let start = ContinuousClock.now
                while try String(contentsOfFile: path, encoding: .utf8).isEmpty,
                    ContinuousClock.now - start < .seconds(20)
                {
                    usleep(1000)
                }
                latest = UInt32((ContinuousClock.now - start) / .microseconds(1)) + 150_000
            } else {
                usleep(UInt32.random(in: 5_000...latest))
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // A line without its end was cut off by the kill.
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                let words = line.split(separator: " ").map(String.init)
                guard words.count == 3 else { continue }
                if words[0] == "decided" { decisions.insert(words[1]) }
                if words[0] == "seen" { seen[words[1]] = max(seen[words[1]] ?? 0, Int(words[2]) ?? 0) }
            }
        }
        #expect(!decisions.isEmpty && !seen.isEmpty)
        var told: Set<String> = []
        var charged: [String: Int] = [:]
        let log = try program.run("releve", ["ledger", "log", "--json", "--from", "0", "--limit", "100000"])
            .out
        for line in log.split(separator: "\n") {
            let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let data = entry?["data"] as? [String: Any] ?? [:]
            if entry?["kind"] as? String == "decided" { told.insert(data["decision"] as? String ?? "") }
            if entry?["kind"] as? String == "covered" {
                charged[data["span"] as? String ?? ""] = data["visible_ms"] as? Int
            }
        }
        #expect(decisions.isSubset(of: told))
        // Spans that are still open are paid ahead; all others say in the ledger what was charged.
        for (span, time) in seen { if let paid = charged[span] { #expect(paid >= time) } }
        #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
    }
}
