#if Postgres
import Desk
import Foundation
import Moderation
import PostgresStore
import Store
import StoreTesting
import Synchronization
import Testing

@Suite("Who waits for posts is woken, and waits on when the line is lost", .serialized)
struct WakingTests {
    private let site: RolesSite

    init() throws { site = try RolesSite.shared.get() }

    /// Waits on a thread of its own; gives what the store said and how long it took.
    private final class Waiting: Sendable {
        private let answer = Mutex<(wasTold: Bool, after: Duration)?>(nil)
        private let done = DispatchSemaphore(value: 0)

        init(_ store: PostgresStore, upTo time: Duration) {
            Thread { [self] in
                let start = ContinuousClock.now
                let wasTold = store.waitForWork(upTo: time)
                answer.withLock { $0 = (wasTold, ContinuousClock.now - start) }
                done.signal()
            }.start()
        }

        func end() throws -> (wasTold: Bool, after: Duration) {
            done.wait()
            return try #require(answer.withLock { $0 })
        }
    }

    /// How many sessions listen.
    private func listeners(ending: Bool = false) throws -> Int {
        let what = ending ? "count(pg_terminate_backend(pid))" : "count(*)"
        let sql =
            "SELECT \(what) FROM pg_stat_activity WHERE query = 'LISTEN releve_work' AND datname = current_database()"
        return Int(try site.server.run(sql, in: site.database)) ?? -1
    }

    private func takeIn(_ name: String) throws {
        let post = FlaggedPost(source: "waking", externalID: name, body: "I will kill \(name)")
        #expect(try site.desk("gate").takeIn([post]).new == 1)
    }

    @Test func aWaitingConsoleHearsOfIntakeWithinASecond() throws {
        let store = try site.store("cas")
        #expect(
            store.waitForWork(upTo: .seconds(5)), "a line that is new says nothing of what came before it")
        #expect(!store.waitForWork(upTo: .milliseconds(50)))
        for number in 0..<3 {
            let waiting = Waiting(store, upTo: .seconds(30))
            usleep(50_000)
            let start = ContinuousClock.now
            try takeIn("heard \(number)")
            let (wasTold, _) = try waiting.end()
            #expect(wasTold && ContinuousClock.now - start < .seconds(1))
        }
    }

    @Test func workThatBringsNoPostWakesNobody() throws {
        let store = try site.store("cas")
        store.waitForWork(upTo: .seconds(5))
        let gus = try site.desk("gus")
        try gus.startShift(site.gus)
        // Other suites work in the same site, and may bring posts meanwhile.
        let wasQuiet = try (0..<5).contains { _ in
            let waiting = Waiting(store, upTo: .milliseconds(600))
            usleep(50_000)
            try gus.startBreak(site.gus)
            let (wasTold, after) = try waiting.end()
            try gus.endBreak(site.gus)
            return !wasTold && after >= .milliseconds(600)
        }
        #expect(wasQuiet)
    }

    @Test func aLineThatWasCutIsOpenedAgain() throws {
        let store = try site.store("cas")
        store.waitForWork(upTo: .seconds(5))
        let waiting = Waiting(store, upTo: .seconds(30))
        usleep(50_000)
        #expect(try listeners(ending: true) >= 1)
        let (wasTold, after) = try waiting.end()
        #expect(wasTold && after < .seconds(5), "what came meanwhile is looked for")
        let again = Waiting(store, upTo: .seconds(30))
        usleep(50_000)
        try takeIn("after the cut")
        #expect(try again.end().after < .seconds(5))
    }

    @Test func withoutAServerTimePassesAndNothingFails() throws {
        let proxy = try CuttingProxy(to: site.server.folder)
        let address = "postgres://cas@/\(site.database)?host=\(proxy.folder)"
        let store = try PostgresStore(address: address, creating: false)
        store.waitForWork(upTo: .seconds(5))
        proxy.stop()
        #expect(try listeners(ending: true) >= 1)
        let start = ContinuousClock.now
        #expect(!store.waitForWork(upTo: .milliseconds(400)))
        #expect(ContinuousClock.now - start >= .milliseconds(400))
    }
}

@Suite("Claims run out by the server's clock", .serialized)
struct LeaseClockTests {
    private let site: RolesSite

    init() throws { site = try RolesSite.shared.get() }

    private func claim(_ desk: Desk, _ person: Person) throws -> CaseFile {
        try desk.startShift(person)
        guard case .claimed(let file) = try desk.claimNext(for: person) else {
            throw CocoaError(.coderInvalidValue)
        }
        return file
    }

    @Test(arguments: [-5, 5])
    func aClockThatIsWrongByHoursTakesNobodysPostAway(hours: Int64) throws {
        let wrong = ManualClock(at: SystemClock().now().wall + .seconds(hours * 3600))
        let ben = try site.desk(site.ben.user)
        let held = try claim(ben, site.ben)
        let person = hours < 0 ? site.cas : site.dee
        let other = try site.desk(person.user, clock: wrong)
        let theirs = try claim(other, person)
        #expect(theirs.post != held.post)
        _ = try ben.renew(held.claim)
        #expect(try ben.heldCases(of: site.ben).map(\.post).contains(held.post))
        let left = try site.server.run(
            "SELECT (expires_at - releve.lease_now()) BETWEEN 120000 AND 180000 FROM releve.claims "
                + "WHERE person = '\(person.id)'", in: site.database)
        #expect(left == "t", "their own lasts as long as anybody's")
        // When the server says that it is over, it is, also for a clock that lies behind.
        try site.server.run(
            "UPDATE releve.claims SET expires_at = 0 WHERE person = '\(person.id)'", in: site.database)
        _ = try ben.claimNext(for: site.ben)
        #expect(throws: DeskError.claimLost(theirs.post)) { try other.renew(theirs.claim) }
    }
}
#endif
