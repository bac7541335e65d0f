import Desk
import Dispatch
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Synchronization
import Testing

@Suite("Many consoles at once decide each post once, and the record holds", .eachStore)
struct ManyConsolesTests {
    private func site(people count: Int, posts: Int) throws -> (TestSite, [Person]) {
        let site = try TestSite()
        let people = try (0..<count).map { number in
            try site.desk.addPerson(
                user: "user\(number)", name: "User \(number)", roles: [.moderator], languages: [],
                by: site.ada)
        }
        try site.fill((0..<posts).map { $0.isMultiple(of: 10) ? "kill \($0)" : "fine \($0)" })
        return (site, people)
    }

    @Test func eightConsolesDecideEachPostOnce() throws {
        let (site, people) = try site(people: 8, posts: 400)
        let decided = Mutex<[PostID]>([])
        let desks = try people.indices.map { try site.again(seed: UInt64(100 + $0)) }
        DispatchQueue.concurrentPerform(iterations: people.count) { worker in
            do {
                let (desk, person) = (desks[worker], people[worker])
                try desk.startShift(person)
                var outcome = try desk.claimNext(for: person)
                while case .claimed(let file) = outcome {
                    let choice =
                        file.evaluation.recommendation.map {
                            Choice(action: $0.action, policy: $0.policy, rule: $0.rule)
                        } ?? Choice(action: .keep)
                    let decision: Decision
                    (decision, outcome) = try desk.decideAndClaimNext(file, choice, by: person, open: nil)
                    decided.withLock { $0.append(decision.post) }
                }
            } catch { Issue.record(error) }
        }
        let posts = decided.withLock { $0 }
        #expect(posts.count == 400 && Set(posts).count == 400)
        #expect(try site.desk.statistics().total(.decided) == 400)
        #expect(try site.desk.verifyLedger().isIntact)
        #expect(try site.desk.verifyTables().differences.isEmpty)
    }

    @Test func onePersonAtManyConsolesHoldsEachPostOnceAndIsChargedForAll() throws {
        let (site, people) = try site(people: 1, posts: 40)
        let desks = try (0..<4).map { try site.again(seed: UInt64(200 + $0)) }
        try site.desk.startShift(people[0])
        let seen = Mutex<[PostID]>([])
        DispatchQueue.concurrentPerform(iterations: desks.count) { worker in
            do {
                for _ in 0..<3 {
                    guard case .claimed(let file) = try desks[worker].claimNext(for: people[0]) else {
                        continue
                    }
                    seen.withLock { $0.append(file.post) }
                    guard case .uncovered(let post) = try desks[worker].uncover(file, by: people[0]) else {
                        continue
                    }
                    try desks[worker].cover(post.open, because: .covered)
                    try desks[worker].skip(file, reason: .other, by: people[0], open: nil)
                }
            } catch { Issue.record(error) }
        }
        let posts = seen.withLock { $0 }
        #expect(!posts.isEmpty && Set(posts).count == posts.count)
        #expect(try site.desk.verifyLedger().isIntact)
        #expect(try site.desk.verifyTables().differences.isEmpty)
    }
}
