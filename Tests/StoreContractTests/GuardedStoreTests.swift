import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("A store gives all it keeps to be held against a ledger, and erases for good", .eachStore)
struct GuardedStoreTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let now = Timestamp(milliseconds: 1_000_000)
    private let alice = PersonID("alice")

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: "text of \(id)", language: "en")
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        let finding = Finding(
            rule: RuleID("p/r"), policy: PolicyID("p"), recommends: .remove, hazard: .mild,
            evidence: [Evidence(field: "body", selection: "s", test: "t", range: 1..<3)])
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: [finding], recommendation: nil, hazard: .mild, bundle: bundle.digest,
                state: StateSnapshot(counts: ["removals/1": 2])), priority: 3, author: 5)
    }

    private func filled(_ count: Int) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for number in 0..<count { _ = try tx.takeIn(prepared("post\(number)"), at: now) { _ in nil } }
        }
        return made
    }

    @Test func everyTableGivesItsRowsInTheirOrderAndColumns() throws {
        let made = try filled(1100)
        try made.store.read { tx throws in
            #expect(try tx.damage() == [])
            #expect(try tx.nameCount() == 1100 && tx.lastFence() == 0)
            for table in KeptTable.allCases {
                try tx.rows(of: table, in: .init()) { rows in
                    #expect(rows.allSatisfy { $0.values.count == table.columns.count })
                }
            }
            var ids: [KeptValue] = []
            var pieces = 0
            try tx.rows(of: .posts, in: .init()) { rows in
                pieces += 1
                ids += rows.map { $0.values[0] }
                // The same table may be read meanwhile.
                try tx.rows(of: .posts, in: .init()) { inner in #expect(inner.count <= 1100) }
            }
            #expect(pieces > 1 && ids == (0..<1100).map { .text("post\($0)") })
            let shares = try (0..<3).map { number in
                var ids: [KeptValue] = []
                try tx.rows(of: .posts, in: .init(number: number, of: 3)) { ids += $0.map { $0.values[0] } }
                return ids
            }
            #expect(shares.allSatisfy { (250...500).contains($0.count) })
            #expect(Set(shares.joined()) == Set(ids) && shares.joined().count == 1100)
        }
    }

    @Test func entriesComeByNumberInTheOrderAskedFor() throws {
        let made = try filled(0)
        let entries = (0..<3).map { number in
            LedgerEntry(kind: .claimed, at: now, person: nil, post: PostID("p\(number)"))
        }
        try made.store.write { tx throws in for entry in entries { try tx.append(entry) } }
        let read = try made.store.read { try $0.ledgerEntries(at: [2, 9, 0]) }
        #expect(read == [entries[2].canonicalBytes(), [], entries[0].canonicalBytes()])
    }

    @Test func erasingTakesContentNotesAndDraftsAndLeavesTheRest() throws {
        let made = try filled(2)
        let decision = Decision(
            id: DecisionID("d"), post: PostID("post0"), postVersion: 1, maker: .person(alice), action: .keep,
            policy: nil, rule: nil, note: "quotes it", recommendation: nil, bundle: bundle.digest,
            decidedAt: now)
        let erasure = Erasure(
            post: PostID("post0"), person: alice, at: now, reason: .order, authority: "court", note: nil)
        try made.store.write { tx throws in
            try tx.insert(decision, hazard: .mild, language: "en", noteSalt: [1])
            try tx.save(Draft(note: "n"), on: PostID("post0"), by: alice)
            try tx.insert(
                AuditMark(
                    decision: decision.id, sample: nil, rater: alice, verdict: .disagree, judgement: nil,
                    reason: "quotes it too", salt: [1], at: now))
            try tx.reject(
                RejectedRecord(
                    file: "f", line: 1, reason: "r", bytes: Array("a text of".utf8), rejectedAt: now))
            #expect(try tx.erasure(of: PostID("post0")) == nil)
            let remains = try tx.erase(erasure, salt: [2])
            #expect(remains.source == "s" && remains.language == "en" && remains.priority == 3)
            #expect(remains.kept.count == 1)
            #expect(try tx.emptyRejected(holding: [Array("text of".utf8)]) == 1)
        }
        try made.store.forget()
        try made.again().read { tx throws in
            let post = try #require(try tx.post(PostID("post0")))
            #expect(post.content == nil && post.salt == nil && post.evaluation.state.isEmpty)
            #expect(post.evaluation.findings.map(\.rule) == [RuleID("p/r")])
            #expect(post.evaluation.findings[0].evidence.isEmpty)
            #expect(try tx.decision(DecisionID("d"))?.note == nil)
            let mark = try #require(try tx.marks(on: decision.id).first)
            #expect(mark.reason == nil && mark.salt == nil && mark.verdict == .disagree)
            #expect(try tx.draft(on: PostID("post0"), by: alice) == nil)
            #expect(try tx.rejected(limit: 9).map(\.bytes) == [[]])
            #expect(try tx.erasure(of: PostID("post0")) == erasure && tx.erasures(limit: 9) == [erasure])
            #expect(try tx.post(PostID("post1"))?.content != nil)
            #expect(try tx.damage() == [])
        }
        // A second time is refused: what is gone is gone.
        #expect(throws: StoreError.self) { try made.store.write { try $0.erase(erasure, salt: [3]) } }
    }
}
