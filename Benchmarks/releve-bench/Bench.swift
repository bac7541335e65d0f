import ArgumentParser
import Desk
import Foundation
import Glibc
import Moderation
import Store

/// Loops over the use cases in one process, for benchmarks and for tests with several processes.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "releve-bench", abstract: "Run use cases in a loop and say how many went through.",
        subcommands: [
            Decide.self, Scan.self, Policies.self, Append.self, Receipts.self, Crowd.self, Wake.self,
        ])

    /// Claims and decides until nothing waits.
    struct Decide: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Claim and decide posts one after another, each durable before the next.")
        @Argument(help: "The store: a file, or postgres://….") var path: String
        @Option(help: "Stop after so many.") var count = Int.max
        @Option(help: "The OS user to act as, in a demo site.") var user: String?
        @Flag(help: "Claim the next post in the transaction that decides, as the console does.")
        var joined = false
        @Flag(help: "Decide posts that are in hand already, twenty at a time; only deciding is measured.")
        var held = false
        @Flag(help: "Print each decided post's id, flushed as soon as it is durable.") var verbose = false

        func run() throws {
            let store = try BenchStore.open(path)
            let desk = Desk(store: store)
            let person = try BenchStore.person(at: desk, actingAs: user)
            try desk.startShift(person)
            let start = ContinuousClock.now
            var elapsed: Duration = .zero
            let done: Int
            if held {
                (done, elapsed) = try decideHeld(desk, person)
            } else {
                done = try joined ? decideJoined(desk, person) : decideSeparately(desk, person)
                elapsed = ContinuousClock.now - start
            }
            let seconds = Double(elapsed.wholeMilliseconds) / 1000
            print("decided \(done) in \(seconds) s: \(Int(Double(done) / max(seconds, 0.001)))/s")
        }

        private func decideSeparately(_ desk: Desk, _ person: Person) throws -> Int {
            var done = 0
            while done < count, case .claimed(let file) = try desk.claimNext(for: person) {
                report(try desk.decide(file, choice(for: file), by: person, open: nil))
                done += 1
            }
            return done
        }

        private func decideJoined(_ desk: Desk, _ person: Person) throws -> Int {
            var done = 0
            var outcome = try desk.claimNext(for: person)
            while done < count, case .claimed(let file) = outcome {
                let decision: Decision
                (decision, outcome) = try desk.decideAndClaimNext(
                    file, choice(for: file), by: person, open: nil)
                report(decision)
                done += 1
            }
            return done
        }

        private func decideHeld(_ desk: Desk, _ person: Person) throws -> (Int, Duration) {
            var (done, elapsed) = (0, Duration.zero)
            while done < count {
                var files: [CaseFile] = []
                while files.count < min(20, count - done),
                    case .claimed(let file) = try desk.claimNext(for: person)
                {
                    files.append(file)
                }
                guard !files.isEmpty else { break }
                let start = ContinuousClock.now
                for file in files {
                    report(try desk.decide(file, choice(for: file), by: person, open: nil))
                }
                elapsed += ContinuousClock.now - start
                done += files.count
            }
            return (done, elapsed)
        }

        private func choice(for file: CaseFile) -> Choice {
            guard let suggested = file.evaluation.recommendation else { return Choice(action: .keep) }
            return Choice(action: suggested.action, policy: suggested.policy, rule: suggested.rule)
        }

        private func report(_ decision: Decision) {
            guard verbose else { return }
            print(decision.post.rawValue)
            fflush(nil)
        }
    }

    /// Opens and closes spans with beats until it is killed, printing what the clock should hold at least.
    struct Scan: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Uncover posts in turn with beats, printing the time seen, until killed.")
        @Argument(help: "The store: a file, or postgres://….") var path: String
        @Option(help: "Milliseconds between beats.") var beat = 20

        func run() throws {
            let store = try BenchStore.open(path)
            let desk = Desk(store: store)
            let person = try BenchStore.person(at: desk)
            try desk.startShift(person)
            for file in try desk.heldCases(of: person) { try desk.release(file, by: person, open: nil) }
            while case .claimed(let file) = try desk.claimNext(for: person) {
                guard case .uncovered(let post) = try desk.uncover(file, by: person) else { break }
                let seen = ContinuousClock.now
                say("uncovered \(post.open.id) \(file.post)")
                for _ in 0..<3 {
                    usleep(UInt32(beat) * 1000)
                    _ = try desk.beat(post.open)
                    say("seen \(post.open.id) \((ContinuousClock.now - seen).wholeMilliseconds)")
                }
                let choice = file.evaluation.recommendation.map {
                    Choice(action: $0.action, policy: $0.policy, rule: $0.rule)
                }
                let decision = try desk.decide(
                    file, choice ?? Choice(action: .keep), by: person, open: post.open)
                say("decided \(decision.id) \(file.post)")
            }
        }

        private func say(_ line: String) {
            print(line)
            fflush(nil)
        }
    }
}
