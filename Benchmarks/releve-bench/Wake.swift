import ArgumentParser
import Desk
import Foundation
import Moderation
import Store

/// Somebody waits at an empty queue, and is given each post that comes.
struct Wake: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take posts in one by one and say how long a waiting person's console took to hold each.",
        discussion: "On a site in which nothing waits: the time is from the beginning of intake to the claim."
    )
    @Argument(help: "The store: a file, or postgres://….") var store: String
    @Option(help: "How many posts.") var count = 200

    func run() throws {
        let (near, far) = (try BenchStore.open(store), try BenchStore.open(store))
        let (gateway, desk) = (Desk(store: near), Desk(store: far))
        let person = try BenchStore.person(at: desk)
        try desk.startShift(person)
        guard case .nothing = try desk.claimNext(for: person) else {
            throw ValidationError("posts wait already; waking is measured at an empty queue")
        }
        var times: [Duration] = []
        let given = DispatchSemaphore(value: 0)
        let wait: @Sendable () -> Void = {
            while true {
                desk.waitForWork(upTo: .seconds(10))
                guard case .claimed(let file)? = try? desk.claimNext(for: person) else { continue }
                given.signal()
                _ = try? desk.decide(file, Choice(action: .keep), by: person, open: nil)
                given.signal()
            }
        }
        Thread(block: wait).start()
        // The first is waited for without counting: the line is opened meanwhile.
        for number in 0...count {
            usleep(20_000)
            let post = FlaggedPost(
                source: "wake", externalID: "\(UUID())", body: "number \(number)", language: "en")
            let start = ContinuousClock.now
            _ = try gateway.takeIn([post])
            given.wait()
            if number > 0 { times.append(ContinuousClock.now - start) }
            given.wait()
        }
        print("woken \(times.count) times: \(BenchStore.spread(of: times))")
    }
}
