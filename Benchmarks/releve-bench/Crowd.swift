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
            let own =
                logins
                ? try BenchStore.open(BenchStore.address(store, of: person.user), connections: 1) : shared
            let desk = Desk(store: own)
            try desk.startShift(person)
            return (desk, person)
        }
        let times = Mutex<[Duration]>([])
        let time = Duration.milliseconds(Int64(seconds * 1000))
        let threads = DispatchGroup()
        // All hold a post, and with it the policies, before the time begins.
        let ready = DispatchGroup()
        for _ in crowd { ready.enter() }
        for (desk, person) in crowd {
            threads.enter()
            Thread {
                let own = Self.work(desk, person, for: time, from: ready)
                times.withLock { $0 += own }
                threads.leave()
            }.start()
        }
        ready.wait()
        let start = ContinuousClock.now
        threads.wait()
        let elapsed = Double((ContinuousClock.now - start).wholeMilliseconds) / 1000
        let sorted = times.withLock { $0.sorted() }
        guard !sorted.isEmpty else { throw ExitCode(1) }
        let late = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        print(
            "decided \(sorted.count) in \(elapsed) s: \(Int(Double(sorted.count) / elapsed))/s, "
                + "half in \(sorted[sorted.count / 2].wholeMilliseconds) ms, 99 % in \(late.wholeMilliseconds) ms"
        )
    }

    /// Decides until the time is over or nothing waits; how long each decision with its next claim took.
    private static func work(
        _ desk: Desk, _ person: Person, for time: Duration, from ready: DispatchGroup
    ) -> [Duration] {
        var times: [Duration] = []
        do {
            let first = Result { try desk.claimNext(for: person) }
            ready.leave()
            ready.wait()
            let end = ContinuousClock.now + time
            var outcome = try first.get()
            while ContinuousClock.now < end, case .claimed(let file) = outcome {
                let began = ContinuousClock.now
                let choice = file.evaluation.recommendation.map {
                    Choice(action: $0.action, policy: $0.policy, rule: $0.rule)
                }
                (_, outcome) = try desk.decideAndClaimNext(
                    file, choice ?? Choice(action: .keep), by: person, open: nil)
                times.append(ContinuousClock.now - began)
            }
        } catch { FileHandle.standardError.write(Data("\(error)\n".utf8)) }
        return times
    }
}
