import ArgumentParser
import Desk
import Foundation
import Moderation
import Store
import Synchronization

/// Many people at once, each at a console of their own.
struct Crowd: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let many people claim and decide at once, each on a connection of their own.",
        discussion:
            "In a demo site only: people who are missing are put on the roster as crowd0, crowd1 and so on.")
    @Argument(help: "The store: a file, or postgres://….") var store: String
    @Option(help: "How many people.") var people = 32
    @Option(help: "For how many seconds.") var seconds = 10.0
    @Option(help: "Seconds from each person's decision to their next; without, as fast as they can.")
    var every: Double?
    @Option(help: "How often each decides before the clock starts, so that no session is new.") var warm = 5
    @Flag(help: "Each logs in as themselves, so that the server holds them to their role; makes the logins.")
    var logins = false

    func run() throws {
        let shared = try BenchStore.open(store, connections: people)
        let office = Desk(store: shared)
        let lead = try BenchStore.person(at: office)
        let roster = try (0..<people).map { number in
            let user = "crowd\(number)"
            let known = try office.people().first { $0.user == user }
            return try known ?? office.addPerson(user: user, name: user, roles: [.moderator], by: lead)
        }
        if logins, let keeper = shared as? any LoginKeeping {
            _ = try keeper.makeGroups()
            _ = try keeper.settleLogins(of: roster, gateways: [], creating: true)
        }
        let crowd = try roster.map { person in
            let desk =
                logins
                ? Desk(store: try BenchStore.open(BenchStore.address(store, of: person.user), connections: 1))
                : office
            try desk.startShift(person)
            return (desk, person)
        }
        // Everybody has a post in hand before the clock starts.
        let first = crowd.map { desk, person in Result { try desk.claimNext(for: person) } }
        let warmed = Self.together(crowd.count) { number in
            let (desk, person) = crowd[number]
            return Self.work(desk, person, first[number], atMost: warm)
        }
        let start = ContinuousClock.now
        let end = start + .milliseconds(Int64(seconds * 1000))
        let done = Self.together(crowd.count) { number in
            // Not all at the same moment.
            if let every { Thread.sleep(forTimeInterval: every * Double(number) / Double(crowd.count)) }
            let (desk, person) = crowd[number]
            return Self.work(desk, person, warmed[number].outcome, until: end, every: every)
        }
        let elapsed = Double((ContinuousClock.now - start).wholeMilliseconds) / 1000
        let taken = done.flatMap(\.times)
        guard !taken.isEmpty else { throw ExitCode(1) }
        print(
            "decided \(taken.count) in \(elapsed) s: \(Int(Double(taken.count) / elapsed))/s, "
                + BenchStore.spread(of: taken))
    }

    /// What somebody did: how long each decision with its next claim took, and what they have in hand now.
    private struct Work {
        var times: [Duration] = []
        var outcome: Result<ClaimOutcome, any Error>
    }

    /// Runs a body for everybody, each on a thread of their own.
    private static func together(_ count: Int, _ body: @escaping @Sendable (Int) -> Work) -> [Work] {
        let results = Mutex<[Int: Work]>([:])
        let threads = DispatchGroup()
        for number in 0..<count {
            threads.enter()
            Thread {
                let own = body(number)
                results.withLock { $0[number] = own }
                threads.leave()
            }.start()
        }
        threads.wait()
        return results.withLock { all in (0..<count).compactMap { all[$0] } }
    }

    /// Decides until the time is over, it was done so often, or nothing waits.
    private static func work(
        _ desk: Desk, _ person: Person, _ first: Result<ClaimOutcome, any Error>,
        until end: ContinuousClock.Instant? = nil, atMost most: Int = .max, every: Double? = nil
    ) -> Work {
        var times: [Duration] = []
        do {
            var outcome = try first.get()
            while times.count < most, end.map({ ContinuousClock.now < $0 }) ?? true,
                case .claimed(let file) = outcome
            {
                let began = ContinuousClock.now
                let choice = file.evaluation.recommendation.map {
                    Choice(action: $0.action, policy: $0.policy, rule: $0.rule)
                }
                (_, outcome) = try desk.decideAndClaimNext(
                    file, choice ?? Choice(action: .keep), by: person, open: nil)
                let taken = ContinuousClock.now - began
                times.append(taken)
                if let every { Thread.sleep(forTimeInterval: max(0, every - taken / .seconds(1))) }
            }
            return Work(times: times, outcome: .success(outcome))
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            return Work(times: times, outcome: .failure(error))
        }
    }
}
