import Foundation
import Synchronization
import Testing

@testable import Ledger

@Suite("Two verifiers, written apart, agree on random logs")
struct RandomLogTests {
    /// How many logs; RELEVE_LOGS asks for more.
    private static let count = Int(ProcessInfo.processInfo.environment["RELEVE_LOGS"] ?? "") ?? 200
    /// How many of them one Python process gets.
    private static let batch = 50

    private struct Tally {
        var logs = 0
        var leaves = 0
        var held = 0
        var refused = 0
        var open = 0
    }

    /// 200 logs, or as many as RELEVE_LOGS says.
    @Test func bothTakeEveryProofOfALogAndNoOther() throws {
        let python = try #require(
            Python.withCryptography(), "python3 with cryptography is needed (make tools)")
        let total = Mutex(Tally())
        let batches = (Self.count + Self.batch - 1) / Self.batch
        DispatchQueue.concurrentPerform(iterations: batches) { number in
            do {
                let first = number * Self.batch
                let tally = try judge(first..<min(first + Self.batch, Self.count), python)
                total.withLock {
                    $0.logs += tally.logs
                    $0.leaves += tally.leaves
                    $0.held += tally.held
                    $0.refused += tally.refused
                    $0.open += tally.open
                }
            } catch { Issue.record(error) }
        }
        let tally = total.withLock(\.self)
        #expect(tally.logs == Self.count)
        #expect(tally.held > Self.count && tally.refused > Self.count && tally.open > Self.count)
        print(
            "\(tally.logs) logs of \(tally.leaves) leaves: \(tally.held) proofs hold, \(tally.refused) spoilt ones "
                + "are refused, \(tally.open) of other places are judged alike")
    }

    /// Judges logs in both verifiers; the log of a number is always the same one.
    private func judge(_ numbers: Range<Int>, _ python: Python) throws -> Tally {
        var tally = Tally()
        var input = ""
        var expected: [String] = []
        for number in numbers {
            var generator = Seeded(seed: 0x5EED + UInt64(number))
            let log = RandomLog.drawn(by: &generator)
            var frontier = MerkleFrontier()
            for hash in log.hashes { frontier.append(leaf: hash) }
            #expect(frontier.root == log.root(0..<log.leaves.count), "log \(number)")
            let verdict = log.verdict
            check(log, verdict, number, &tally)
            expected.append("\(Hexadecimal.string(frontier.root)) \(verdict)")
            input += log.line + "\n"
            tally.logs += 1
            tally.leaves += log.leaves.count
        }
        let answers = try python.run(["logs"], input: input).split(separator: "\n").map(String.init)
        #expect(answers.count == expected.count)
        for (number, (answer, ours)) in zip(numbers, zip(answers, expected)) where answer != ours {
            Issue.record("log \(number): here \(ours), there \(answer)")
        }
        return tally
    }

    private func check(_ log: RandomLog, _ verdict: String, _ number: Int, _ tally: inout Tally) {
        let truths = log.inclusion.map(\.truth) + log.consistency.map(\.truth)
        let answers = verdict.filter { $0 != "," }
        #expect(answers.count == truths.count)
        for (answer, truth) in zip(answers, truths) {
            switch truth {
            case .holds:
                tally.held += 1
                if answer != "y" { Issue.record("log \(number): a true proof is refused") }
            case .refused:
                tally.refused += 1
                if answer != "n" { Issue.record("log \(number): a spoilt proof is taken") }
            case .open: tally.open += 1
            }
        }
    }
}
