import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `Store`, told on any store; each engine runs it through ``StoreContract``.
@Suite("The store keeps its contract", .eachStore)
struct StoreContractTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let alice = PersonID("alice")
    private let bob = PersonID("bob")
    private let now = Timestamp(milliseconds: 1_000_000)

    private func prepared(
        _ id: String, hazard: Hazard = .mild, language: String? = "en", priority: Int = 0, flags: [Flag] = [],
        policy: String? = nil
    ) -> PreparedContent {
        let content = FlaggedPost(
            source: "s", externalID: id, body: "text of \(id)", language: language, flags: flags)
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        let findings = policy.map { name in
            [
                Finding(
                    rule: RuleID("\(name)/r"), policy: PolicyID(name), recommends: .remove, hazard: hazard,
                    evidence: [Evidence(field: "body", selection: "s", test: "t", range: 1..<3)])
            ]
        }
        let recommendation = policy.map {
            Recommendation(action: .remove, policy: PolicyID($0), rule: RuleID("\($0)/r"))
        }
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: findings ?? [], recommendation: recommendation, hazard: hazard,
                bundle: bundle.digest),
            priority: priority)
    }

    private func filled(_ posts: [PreparedContent]) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for post in posts { #expect(try tx.takeIn(post, at: now) { _ in nil } == .new) }
        }
        return made
    }

    private func request(
        _ person: PersonID, hazards: Set<Hazard> = Set(Hazard.allCases), languages: Set<String> = [],
        excluding: Set<PolicyID> = [], lease: Duration = .seconds(60)
    ) -> ClaimRequest {
        ClaimRequest(
            person: person, hazards: hazards, languages: languages, excludedPolicies: excluding, now: now,
            expiresAt: now + lease)
    }

    @Test func whatABodyThrowsAwayWasNeverThere() throws {
        struct Stop: Error {}
        let made = try filled([prepared("a")])
        #expect(throws: Stop.self) {
            try made.store.write { tx throws in
                try tx.append(LedgerEntry(kind: .takenIn, at: now, person: nil, post: PostID("b")))
                _ = try tx.takeIn(prepared("b"), at: now) { _ in nil }
                throw Stop()
            }
        }
        try made.again().read { tx throws in
            #expect(try tx.post(PostID("b")) == nil)
            #expect(try tx.ledgerTree().size == 0)
            #expect(try tx.statistics().total(.waiting) == 1)
        }
    }

    @Test func aPostComesBackAsItWasGiven() throws {
        let given = prepared("a", hazard: .severe, language: "fr", priority: 9, policy: "threats")
        let made = try filled([given])
        let post = try #require(try made.again().read { try $0.post(PostID("a")) })
        #expect(post.content == given.content && post.evaluation == given.evaluation)
        #expect(post.version == 1 && post.state == .waiting && post.priority == 9)
        #expect(post.contentDigest == Hexadecimal.string(given.digest))
    }

    @Test func theSamePostTwiceIsOneAndANewFlagIsANewVersion() throws {
        let made = try filled([prepared("a")])
        let again = prepared("a", hazard: .severe, flags: [Flag(externalID: "1", reason: "r")])
        try made.store.write { tx throws in
            #expect(try tx.takeIn(prepared("a"), at: now) { _ in nil } == .unchanged)
            #expect(try tx.takeIn(again, at: now) { _ in again } == .updated(version: 2))
            let post = try #require(try tx.post(PostID("a")))
            #expect(post.version == 2 && post.content?.flags.count == 1)
            #expect(
                try tx.statistics().counts == [
                    .init(state: .waiting, hazard: .severe, language: "en", posts: 1)
                ])
        }
    }

    @Test func theNextPostIsTheFirstByPriorityThenAge() throws {
        let made = try filled([
            prepared("a", hazard: .none, priority: 1),
            prepared("b", hazard: .severe, language: "fr", priority: 5),
            prepared("c", hazard: .mild, priority: 5), prepared("d", language: nil, priority: 5),
        ])
        let order = try made.store.write { tx throws in
            try (0..<5).map { _ in try tx.claimNext(request(alice))?.post.rawValue }
        }
        #expect(order == ["b", "c", "d", "a", nil])
    }

    @Test func aClaimFitsHazardLanguageOptOutAndSkips() throws {
        let made = try filled([
            prepared("severe", hazard: .severe, priority: 9), prepared("french", language: "fr", priority: 8),
            prepared("threat", priority: 7, policy: "threats"), prepared("skipped", priority: 6),
            prepared("unknown", language: nil, priority: 5), prepared("fits", priority: 4),
        ])
        try made.store.write { tx throws in
            try tx.recordSkip(of: PostID("skipped"), by: alice, at: now)
            let wish = request(
                alice, hazards: [.mild], languages: ["en"], excluding: [PolicyID("threats")])
            #expect(try tx.claimNext(wish)?.post == PostID("unknown"))
            #expect(try tx.claimNext(wish)?.post == PostID("fits"))
            #expect(try tx.claimNext(wish) == nil)
            #expect(try tx.claimNext(request(bob, languages: ["en"]))?.post == PostID("severe"))
        }
    }

    @Test func aPostIsHeldOnceAndComesBackWhenTheLeaseIsOver() throws {
        let made = try filled([prepared("a")])
        let first = try #require(try made.store.write { try $0.claimNext(request(alice)) })
        try made.again().write { tx throws in
            #expect(try tx.claimNext(request(bob)) == nil)
            #expect(try tx.claim(PostID("a"), for: request(bob)) == nil)
            try tx.save(Draft(action: .remove, note: "half"), on: PostID("a"), by: alice)
            #expect(try tx.releaseExpiredClaims(at: now + .seconds(59), limit: 9) == [])
            #expect(try tx.releaseExpiredClaims(at: now + .seconds(60), limit: 9) == [first])
            #expect(try tx.draft(on: PostID("a"), by: alice)?.note == "half")
            let second = try #require(try tx.claimNext(request(bob)))
            #expect(second.fence > first.fence)
            #expect(try false == tx.renew(first, until: now + .seconds(999), at: now))
            #expect(try tx.renew(second, until: now + .seconds(999), at: now))
            #expect(try tx.renew(second, until: now + .seconds(1), at: now))
            #expect(try tx.claim(on: PostID("a"))?.expiresAt == now + .seconds(999))
            #expect(try tx.claim(on: PostID("a"))?.person == bob)
        }
    }

    @Test func aDecidedPostLosesClaimAndDraftAndCountsAsDecided() throws {
        let made = try filled([prepared("a")])
        try made.store.write { tx throws in
            _ = try tx.claimNext(request(alice))
            try tx.save(Draft(note: "n"), on: PostID("a"), by: alice)
            try tx.setState(.decided, of: PostID("a"))
            #expect(try tx.claims(of: alice).isEmpty)
            #expect(try tx.draft(on: PostID("a"), by: alice) == nil)
            #expect(try tx.statistics().total(.decided) == 1)
            #expect(try tx.statistics().total(.waiting) == 0)
        }
    }

    @Test func aDecisionIsUndoneOnceAndItsEffectStays() throws {
        let made = try filled([prepared("a")])
        let decision = Decision(
            id: DecisionID("d"), post: PostID("a"), postVersion: 1, maker: .person(alice), action: .remove,
            policy: PolicyID("p"), rule: nil, note: "why", recommendation: nil, bundle: bundle.digest,
            decidedAt: now)
        try made.store.write { tx throws in
            try tx.insert(decision)
            try tx.enqueue(
                OutboxItem(
                    decision: decision.id, post: decision.post, action: .remove, dueAt: now + .seconds(30)))
            #expect(try tx.outbox(dueBy: now + .seconds(29), limit: 9).isEmpty)
            #expect(try tx.outbox(dueBy: now + .seconds(30), limit: 9).count == 1)
            #expect(try tx.decisionCount(since: now) == (1, 0))
            #expect(try tx.undo(decision.id, at: now))
            #expect(try false == tx.undo(decision.id, at: now))
            #expect(try tx.outbox(dueBy: now + .seconds(99), limit: 9).isEmpty)
            #expect(try tx.decisionCount(since: now) == (0, 0))
            #expect(try tx.decision(decision.id)?.undoneAt == now)
        }
    }

    @Test func openSpansAreAlwaysTheirPersonsSpans() throws {
        let made = try filled([])
        let long = now - .seconds(30 * 86_400)
        let old = Span.opened(
            id: SpanID("open"), person: alice, post: nil, shift: nil, hazard: .mild, at: long,
            limits: .standard)
        try made.store.write { tx throws in
            try tx.save(old)
            let closed = Span.opened(
                id: SpanID("closed"), person: alice, post: nil, shift: nil, hazard: .mild, at: long,
                limits: .standard)
            try tx.save(closed.recovered())
            #expect(try tx.spans(of: alice, since: now).map(\.id) == [SpanID("open")])
            #expect(try tx.span(SpanID("closed")) == closed.recovered())
            #expect(try tx.spans(of: bob, since: long).isEmpty)
        }
    }

    @Test func theLedgerCannotBeChangedOrShortened() throws {
        let made = try filled([])
        try made.store.write { tx throws in
            for index in 0..<9 {
                #expect(
                    try tx.appendNumbered(
                        LedgerEntry(kind: .takenIn, at: now, person: nil, post: PostID("\(index)")))
                        == Int64(index))
            }
        }
        try made.again().read { tx throws in
            let entries = try tx.ledgerEntries(from: 0, limit: 100)
            let hashes = entries.map { MerkleTree.leafHash($0) }
            #expect(try tx.ledgerLeafHashes(from: 0, limit: 100) == hashes)
            #expect(try tx.ledgerTree().root == MerkleTree.root(hashes[...]))
            #expect(try tx.ledgerEntries(from: 4, limit: 2) == Array(entries[4..<6]))
            let rows = try tx.ledgerRows(from: 4, limit: 3)
            #expect(rows.map(\.bytes) == Array(entries[4..<7]) && rows.map(\.leaf) == Array(hashes[4..<7]))
            #expect(try tx.ledgerRows(from: 9, limit: 3).isEmpty)
        }
    }

    @Test func idsAreFoundByTheirBeginningAlone() throws {
        let made = try filled(["abc", "abd", "b%_", "ab"].map { prepared($0) })
        try made.store.read { tx throws in
            #expect(try tx.postIDs(withPrefix: "ab", limit: 9).map(\.rawValue) == ["ab", "abc", "abd"])
            #expect(try tx.postIDs(withPrefix: "%", limit: 9).isEmpty)
            #expect(try tx.postIDs(withPrefix: "'; DROP TABLE posts", limit: 9).isEmpty)
        }
    }

    @Test func severalConnectionsClaimEachPostOnce() throws {
        let made = try filled((0..<200).map { prepared("p\($0)") })
        let claimed = ClaimedPosts()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try made.again()
                while let claim = try store.write({ try $0.claimNext(request(PersonID("w\(worker)"))) }) {
                    claimed.add(claim.post)
                }
            } catch { Issue.record(error, "on \(made.kind)") }
        }
        #expect(claimed.count == 200 && claimed.distinct == 200)
    }
}
