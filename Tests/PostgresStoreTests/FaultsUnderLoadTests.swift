#if Postgres
import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import PostgresStore

@Suite("Nothing that was acknowledged is lost or doubled, whatever fails", .serialized)
struct FaultsUnderLoadTests {
    /// How many faults; a thousand are tried by hand.
    private static let faults = Int(ProcessInfo.processInfo.environment["RELEVE_FAULTS"] ?? "") ?? 6
    private static let people = faults > 100 ? 50 : 12

    private enum Fault: CaseIterable {
        case cut, cutBeforeCommit, cutAfterCommit, restart, full, promote

        /// The first few are one of each, the others mostly such as take little time.
        static func number(_ index: Int) -> Self {
            if index < allCases.count { return allCases[index] }
            return switch Int.random(in: 0..<100) {
            case 0..<45: .cut
            case 45..<65: .cutBeforeCommit
            case 65..<90: .cutAfterCommit
            case 90..<95: .restart
            case 95..<98: .full
            default: .promote
            }
        }
    }

    /// A site on a pair of servers, each behind a line that can be cut.
    private struct Site {
        let pair: PostgresPair
        let lines: [CuttingProxy]
        let address: String
        let desk: Desk
        let key: SiteKey
        let crowd: [FaultyConsole]

        init(people: Int, posts: Int) throws {
            pair = try PostgresPair()
            lines = try pair.sides.map { try CuttingProxy(to: $0.folder) }
            try pair.run("CREATE DATABASE site")
            address =
                "postgres://owner@/site?host=\(lines.map(\.folder).joined(separator: ","))"
                + "&target_session_attrs=read-write&connect_timeout=5"
            let key = SiteKey()
            self.key = key
            let first = Desk(
                store: try PostgresStore(address: address, creating: true), signer: key)
            desk = first
            let lead = try first.makeSite(
                Founding(
                    name: "faults.example/releve", isDemo: false, publicKey: key.publicKeyHex, user: "owner",
                    personName: "Kim", roles: Role.founding, bundle: try RolesSite.bundle()))
            _ = try first.takeIn(
                (0..<posts).map { FlaggedPost(source: "s", externalID: "\($0)", body: "Good day \($0)") })
            let address = address
            crowd = try (0..<people).map { number in
                let person = try first.addPerson(
                    user: "p\(number)", name: "P", roles: [.moderator], by: lead)
                let own = Desk(
                    store: try PostgresStore(address: address, creating: false, connections: 1), signer: key)
                try own.startShift(person)
                return FaultyConsole(own, person)
            }
            // First, so that the standby demands one as well, once it has taken the other's place.
            try pair.demandStandby()
            try pair.addStandby()
        }

        func make(_ fault: Fault) throws {
            switch fault {
            case .cut:
                // The server may be starting or full: then this one comes to nothing.
                try? pair.run(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                      WHERE datname = 'site' AND pid <> pg_backend_pid() AND random() < 0.2
                    """)
            case .cutBeforeCommit: for line in lines { line.cutNext(.beforeCommit) }
            case .cutAfterCommit: for line in lines { line.cutNext(.afterCommit) }
            case .restart: try pair.killAndStart()
            case .promote: try pair.killAndPromote()
            case .full: try crowdOut()
            }
        }

        /// Takes all connections that the server has, and lets nobody else in for a while.
        private func crowdOut() throws {
            var taken: [PostgresConnection] = []
            let place = try PostgresPlace(address)
            while taken.count < PostgresPair.mostConnections, let one = try? PostgresConnection(place) {
                taken.append(one)
            }
            try? pair.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'site' AND random() < 0.5"
            )
            while taken.count < PostgresPair.mostConnections, let one = try? PostgresConnection(place) {
                taken.append(one)
            }
            usleep(300_000)
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func decisionsStandOnceAndExposureIsNeverUnderCounted() throws {
        let site = try Site(people: Self.people, posts: max(2_000, Self.faults * 40))
        defer {
            site.pair.stop()
            for line in site.lines { line.stop() }
        }
        let crowd = site.crowd
        let threads = DispatchGroup()
        for console in crowd {
            threads.enter()
            Thread {
                console.work()
                threads.leave()
            }.start()
        }
        var checkpoints: [StoredCheckpoint] = []
        for index in 0..<Self.faults {
            usleep(UInt32.random(in: 20_000...300_000))
            try site.make(.number(index))
            if index % 5 == 0, let signed = try? site.desk.signLedger() { checkpoints.append(signed) }
        }
        // Everybody goes on by themselves.
        let end = ContinuousClock.now
        let patience = end + .seconds(60)
        while ContinuousClock.now < patience, crowd.contains(where: { $0.told.last < end }) {
            usleep(50_000)
        }
        for console in crowd { console.end() }
        threads.wait()
        let told = crowd.map(\.told)
        #expect(told.allSatisfy { $0.last > end })
        #expect(told.flatMap(\.surprises) == [])
        try check(told, checkpoints, at: site)
        if Self.faults > 100 { Self.tell(told) }
    }

    private func check(
        _ told: [FaultyConsole.Told], _ checkpoints: [StoredCheckpoint], at site: Site
    ) throws {
        let acknowledged = told.flatMap(\.decided)
        #expect(acknowledged.count >= Self.people)
        var entries: [DecisionID: Int] = [:]
        var posts: [PostID: Int] = [:]
        let size = try site.desk.ledgerTree().size
        for start in stride(from: 0, to: size, by: 1000) {
            for numbered in try site.desk.ledgerLog(from: start, limit: 1000)
            where numbered.entry.kind == .decided {
                guard case .string(let id) = numbered.entry.fields["decision"],
                    let post = numbered.entry.post
                else {
                    Issue.record("an entry of a decision names none")
                    continue
                }
                entries[DecisionID(id), default: 0] += 1
                posts[post, default: 0] += 1
            }
        }
        #expect(acknowledged.filter { entries[$0] != 1 } == [])
        #expect(entries.values.allSatisfy { $0 == 1 })
        #expect(posts.values.allSatisfy { $0 == 1 })
        let store = try PostgresStore(address: site.address, creating: false)
        try store.read { tx throws in
            for id in acknowledged { #expect(try tx.decision(id)?.undoneAt == nil) }
            for (id, seen) in told.flatMap(\.seen) {
                let charged = try tx.span(id)?.visible
                #expect(charged.map { $0 >= seen } == true, "span \(id)")
            }
        }
        let verdict = try site.desk.verifyLedger(notes: checkpoints.map(\.note))
        #expect(verdict.problem == nil)
        #expect(!checkpoints.isEmpty)
    }

    private static func tell(_ told: [FaultyConsole.Told]) {
        var errors: [String: Int] = [:]
        for one in told { errors.merge(one.errors) { $0 + $1 } }
        let lines = errors.sorted { $0.value > $1.value }.map { "  \($0.value) × \($0.key)" }
        let count = told.reduce(0) { $0 + $1.decided.count }
        let spans = told.reduce(0) { $0 + $1.seen.count }
        print(
            "\(faults) faults, \(people) people, \(count) decisions, \(spans) looks; told:\n"
                + lines.joined(separator: "\n"))
    }
}
#endif
