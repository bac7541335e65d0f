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
        let times = Mutex<[Duration]>([])
        let start = ContinuousClock.now
        let end = start + .milliseconds(Int64(seconds * 1000))
        let threads = DispatchGroup()
        for (number, ((desk, person), outcome)) in zip(crowd, first).enumerated() {
            threads.enter()
            Thread { [every] in
                // Not all at the same moment.
                if let every { Thread.sleep(forTimeInterval: every * Double(number) / Double(crowd.count)) }
                let own = Self.work(desk, person, outcome, until: end, every: every)
                times.withLock { $0 += own }
                threads.leave()
            }.start()
        }
        threads.wait()
        let elapsed = Double((ContinuousClock.now - start).wholeMilliseconds) / 1000
        let taken = times.withLock(\.self)
        guard !taken.isEmpty else { throw ExitCode(1) }
        print(
            "decided \(taken.count) in \(elapsed) s: \(Int(Double(taken.count) / elapsed))/s, "
                + BenchStore.spread(of: taken))
    }

    /// Decides until the time is over or nothing waits; how long each decision with its next claim took.
    private static func work(
        _ desk: Desk, _ person: Person, _ first: Result<ClaimOutcome, any Error>,
        until end: ContinuousClock.Instant, every: Double?
    ) -> [Duration] {
        var times: [Duration] = []
        do {
            var outcome = try first.get()
            while ContinuousClock.now < end, case .claimed(let file) = outcome {
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
        } catch { FileHandle.standardError.write(Data("\(error)\n".utf8)) }
        return times
    }
}
