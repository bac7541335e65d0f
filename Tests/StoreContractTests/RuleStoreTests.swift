import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("A store keeps what rules found, knew and may do", .eachStore)
struct RuleStoreTests {
    private let now = Timestamp(milliseconds: 1_000_000_000)
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let alice = PersonID("alice")

    private func prepared(
        _ id: String, author: Int64? = nil, hazard: Hazard = .mild, flags: Int = 0,
        state: StateSnapshot = StateSnapshot(), shadow: [Finding] = [], overBudget: [RuleID] = []
    ) -> PreparedContent {
        let content = FlaggedPost(
            source: "s", externalID: id, body: "text of \(id)", language: "en",
            flags: (0..<flags).map { Flag(reason: "r\($0)") })
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: [], recommendation: nil, hazard: hazard, bundle: bundle.digest, shadow: shadow,
                state: state, overBudget: overBudget),
            priority: 0, author: author)
    }

    private func decision(
        _ id: String, on post: String, _ action: Action, at time: Timestamp, maker: DecisionMaker? = nil
    ) -> Decision {
        Decision(
            id: DecisionID(id), post: PostID(post), postVersion: 1, maker: maker ?? .person(alice),
            action: action, policy: PolicyID("p"), rule: RuleID("p/r"), note: nil, recommendation: nil,
            bundle: bundle.digest, decidedAt: time)
    }

    @Test func whatStandsAsideOfFindingsComesBack() throws {
        let made = try TemporaryStore()
        let finding = Finding(
            rule: RuleID("p/trial"), policy: PolicyID("p"), recommends: .remove, hazard: .severe,
            evidence: [Evidence(field: "body", selection: "s\"\u{1B}", test: "t", range: 0..<2)])
        let given = prepared(
            "a",
            state: StateSnapshot(
                counts: ["removals/5": 3], domains: ["x.example.co.uk": "example.co.uk"]),
            shadow: [finding], overBudget: [RuleID("p/slow")])
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            _ = try tx.takeIn(given, at: now) { _ in nil }
        }
        let kept = try #require(try made.again().read { try $0.post(PostID("a")) })
        #expect(kept.evaluation == given.evaluation)
        #expect(kept.salt == given.salt)
    }

    @Test func aPostEvaluatedAgainStandsWhereItNowBelongs() throws {
        let made = try TemporaryStore()
        let other = StoredBundle(
            digest: BundleDigest(hex: String(repeating: "cd", count: 32)), canonical: "[1]", since: now)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            _ = try tx.takeIn(prepared("a", hazard: .mild), at: now) { _ in nil }
            _ = try tx.takeIn(prepared("b", hazard: .mild), at: now) { _ in nil }
            try tx.putInForce(other)
            let first = try tx.posts(notUnder: other.digest, in: [.waiting], after: 0, limit: 1)
            #expect(first.posts == [PostID("a")])
            let second = try tx.posts(
                notUnder: other.digest, in: [.waiting], after: #require(first.place), limit: 9)
            #expect(second.posts == [PostID("b")])
            let end = try tx.posts(
                notUnder: other.digest, in: [.waiting], after: #require(second.place), limit: 9)
            #expect(end.posts.isEmpty && end.place == nil)
            #expect(try tx.posts(notUnder: other.digest, in: [.claimed], after: 0, limit: 9).posts.isEmpty)
            let again = prepared("a", hazard: .extreme).again(under: other.digest)
            try tx.reevaluate(again, at: now)
            #expect(try tx.post(PostID("a"))?.evaluation == again.evaluation)
        }
        let counts = try made.again().read { try $0.statistics() }.counts
        #expect(counts.first { $0.hazard == .extreme }?.posts == 1)
        #expect(counts.first { $0.hazard == .mild }?.posts == 1)
    }

    @Test func historyCountsInsideItsTimeAndLeavesThePostItselfOut() throws {
        let made = try TemporaryStore()
        let week = HistoryQuery(.removals, window: .seconds(7 * 86_400))
        let posts = HistoryQuery(.posts, window: .seconds(3600))
        let flags = HistoryQuery(.flags, window: .seconds(3600))
        let hour = Duration.seconds(3600)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            try tx.keepHistory(of: [.posts, .flags, .removals])
            _ = try tx.takeIn(prepared("old", author: 1, flags: 4), at: now - hour) { _ in nil }
            _ = try tx.takeIn(prepared("new", author: 1, flags: 2), at: now - .seconds(60)) { _ in nil }
            _ = try tx.takeIn(prepared("self", author: 1, flags: 9), at: now) { _ in nil }
            _ = try tx.takeIn(prepared("other", author: 2, flags: 7), at: now) { _ in nil }
            try tx.insert(decision("d1", on: "old", .remove, at: now - .seconds(7 * 86_400)))
            try tx.insert(decision("d2", on: "new", .suspend, at: now - hour))
            try tx.insert(decision("d3", on: "new", .keep, at: now - hour))
            try tx.insert(decision("d4", on: "new", .remove, at: now - hour))
            #expect(try tx.undo(DecisionID("d4"), at: now))
            let known = try tx.history([week, posts, flags], of: 1, before: PostID("self"), at: now)
            // The old post and its decision are just as old as the time asked for, and so outside it.
            #expect(known == [week.key: 1, posts.key: 1, flags.key: 2])
            #expect(try tx.history([week], of: 2, before: nil, at: now).isEmpty)
            try tx.keepHistory(of: [.removals])
            #expect(try tx.history([posts], of: 1, before: nil, at: now) == [posts.key: 2])
        }
    }

    @Test func aLeaveIsGivenOnceAndEndsForEveryBundle() throws {
        let made = try TemporaryStore()
        let leave = Automation(
            bundle: bundle.digest, rule: RuleID("p/r"), action: .keep, approvedBy: alice, reason: "clear",
            since: now)
        try made.store.write { try $0.insert(leave, salt: [1]) }
        #expect(throws: StoreError.self) { try made.store.write { try $0.insert(leave, salt: [1]) } }
        try made.store.write { tx throws in
            #expect(try tx.automations(under: bundle.digest) == [leave])
            #expect(try tx.automations(under: BundleDigest(hex: "00")).isEmpty)
            #expect(try tx.endAutomations(of: RuleID("p/other"), at: now).isEmpty)
            #expect(try tx.endAutomations(of: nil, at: now) == [leave.rule])
            #expect(try tx.automations(under: bundle.digest).isEmpty)
            try tx.insert(leave, salt: [1])
            #expect(try tx.automations(under: bundle.digest) == [leave])
        }
    }

    @Test func decisionsOfRulesAreCountedApart() throws {
        let made = try TemporaryStore()
        let byRule = decision(
            "d1", on: "a", .remove, at: now, maker: .rule(RuleID("p/r"), approvedBy: PersonID("lead")))
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            _ = try tx.takeIn(prepared("a"), at: now) { _ in nil }
            try tx.insert(byRule)
            try tx.insert(decision("d2", on: "a", .keep, at: now))
            #expect(try tx.decision(byRule.id) == byRule)
            #expect(try tx.decisionCount(since: now) == (1, 1))
            #expect(try tx.undo(byRule.id, at: now))
            #expect(try tx.decisionCount(since: now) == (1, 0))
        }
    }

    @Test func anObjectionIsKeptOnceAPersonAndVersion() throws {
        let made = try TemporaryStore()
        func objection(_ post: String, version: Int = 1) -> Objection {
            Objection(
                rule: RuleID("p/r"), policy: PolicyID("p"), post: PostID(post), version: version,
                bundle: bundle.digest, person: alice, at: now)
        }
        try made.store.write { tx throws in
            #expect(try tx.insert(objection("a")))
            #expect(try !tx.insert(objection("a")))
            #expect(try tx.insert(objection("a", version: 2)))
            #expect(try tx.objections(since: now, limit: 9) == [objection("a", version: 2), objection("a")])
            #expect(try tx.objections(since: now + .seconds(1), limit: 9).isEmpty)
        }
    }

    @Test func checkpointsComeBySizeAndOneOfASizeReplacesAnother() throws {
        let made = try TemporaryStore()
        func checkpoint(_ size: Int64, _ note: String) -> StoredCheckpoint {
            StoredCheckpoint(size: size, note: note, at: now)
        }
        try made.store.write { tx throws in
            #expect(try tx.lastCheckpoint() == nil)
            for one in [checkpoint(9, "b"), checkpoint(4, "a"), checkpoint(9, "c")] { try tx.save(one) }
            #expect(try tx.lastCheckpoint() == checkpoint(9, "c"))
            #expect(try tx.checkpoints(from: 0, limit: 9) == [checkpoint(4, "a"), checkpoint(9, "c")])
            #expect(try tx.checkpoints(from: 5, limit: 9) == [checkpoint(9, "c")])
            #expect(try tx.checkpoints(from: 0, limit: 1) == [checkpoint(4, "a")])
        }
    }
}
