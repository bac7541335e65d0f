import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What is kept is read as it is, for replaying it", .eachStore)
struct ReplayStoreTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let now = Timestamp(milliseconds: 1_000_000)
    private let ada = PersonID("ada")

    private func prepared(_ id: String, _ text: String, found: Bool = false) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: text)
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        let finding = Finding(
            rule: RuleID("p/r"), policy: PolicyID("p"), recommends: .remove, hazard: .severe, evidence: [])
        let advice = Recommendation(action: .remove, policy: PolicyID("p"), rule: RuleID("p/r"))
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: found ? [finding] : [], recommendation: found ? advice : nil,
                hazard: found ? .severe : .mild, bundle: bundle.digest,
                state: StateSnapshot(counts: found ? ["removals/1": 2] : [:])), priority: 0)
    }

    private func filled() throws -> TemporaryStore {
        let made = try TemporaryStore()
        let second = prepared("a", "again", found: true)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            _ = try tx.takeIn(prepared("a", "first"), at: now) { _ in nil }
            _ = try tx.takeIn(prepared("b", "other"), at: now) { _ in nil }
            _ = try tx.takeIn(second, at: now + .seconds(9)) { _ in second }
        }
        return made
    }

    @Test func allVersionsAndEvaluationsOfAPostComeAsBytesInTheOrderAsked() throws {
        let made = try filled()
        let kept = try made.again().read { try $0.keptPosts(["b", "none", "a"].map { PostID($0) }) }
        #expect(kept.map { $0?.id.rawValue } == ["b", nil, "a"])
        let post = try #require(kept[2])
        let versions = [prepared("a", "again", found: true), prepared("a", "first")]
        #expect(post.contents.map(\.version) == [2, 1])
        #expect(post.contents.map(\.bytes) == versions.map(\.bytes))
        #expect(post.contents.map(\.digest) == versions.map(\.digest))
        #expect(post.content(version: 1)?.salt == versions[1].salt && post.content(version: 3) == nil)
        #expect(
            post.evaluations.map(\.version) == [1, 2] && post.evaluations.map(\.isCurrent) == [false, true])
        #expect(post.evaluations.map(\.evaluatedAt) == [now, now + .seconds(9)])
        let said = versions[0].evaluation
        #expect(post.evaluations[1].findings == FindingsForm.bytes(of: said.findings))
        #expect(post.evaluations[1].aside == AsideForm.bytes(of: said))
        #expect(post.evaluations[1].recommendation == said.recommendation)
        #expect(post.evaluations.map(\.hazardLevel) == [1, 3])
        #expect(post.evaluations[0].findings == nil && post.evaluations[0].aside == nil)
    }

    @Test func largePostsComeFewAtATime() throws {
        let made = try filled()
        let large = String(repeating: "long ", count: 800_000)
        let ids = (0..<6).map { "large\($0)" }
        try made.store.write { tx throws in
            for id in ids { _ = try tx.takeIn(prepared(id, large), at: now) { _ in nil } }
        }
        var left = ids.map { PostID($0) }[...]
        var turns = 0
        while !left.isEmpty {
            let kept = try made.store.read { try $0.keptPosts(Array(left)) }
            try #require(!kept.isEmpty && kept.count <= 4)
            #expect(kept.compactMap { $0?.id } == Array(left.prefix(kept.count)))
            left = left.dropFirst(kept.count)
            turns += 1
        }
        #expect(turns > 1)
    }

    @Test func allDecisionsComeInOrderUndoneAndAutomaticOnesToo() throws {
        let made = try filled()
        func decision(_ id: String, _ maker: DecisionMaker) -> Decision {
            Decision(
                id: DecisionID(id), post: PostID("a"), postVersion: 2, maker: maker, action: .remove,
                policy: PolicyID("p"), rule: RuleID("p/r"), note: nil, recommendation: nil,
                bundle: bundle.digest, decidedAt: now)
        }
        try made.store.write { tx throws in
            try tx.insert(decision("d2", .person(ada)))
            try tx.insert(decision("d1", .rule(RuleID("p/r"), approvedBy: PersonID("lead"))))
            #expect(try tx.undo(DecisionID("d2"), at: now))
        }
        let first = try made.store.read { try $0.decisions(after: 0, limit: 1) }
        #expect(first.items.map(\.id.rawValue) == ["d2"] && first.items[0].undoneAt == now)
        let rest = try made.store.read { try $0.decisions(after: try #require(first.next), limit: 9) }
        #expect(rest.items.map(\.isAutomatic) == [true])
        let end = try made.store.read { try $0.decisions(after: try #require(rest.next), limit: 9) }
        #expect(end.items.isEmpty && end.next == nil)
    }

    @Test func shiftsAndSpansOfATimeComeAndNoOthers() throws {
        let made = try filled()
        let shifts = (0..<4).map { number in
            Shift(
                id: ShiftID("s\(number)"), person: number == 3 ? PersonID("bela") : ada,
                startedAt: now + .seconds(number * 100), endedAt: now + .seconds(number * 100 + 50))
        }
        let spans = (0..<4).map { number in
            Span.opened(
                id: SpanID("x\(number)"), person: ada, post: nil, shift: ShiftID("s0"), hazard: .mild,
                at: now + .seconds(number), limits: .standard
            ).closed(elapsed: .seconds(1), at: now + .seconds(number + 1), by: .covered, limits: .standard)
        }
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        try made.store.write { tx throws in
            for shift in shifts { try tx.save(shift) }
            for span in spans.reversed() { try tx.save(span) }
        }
        try made.again().read { tx throws in
            let found = try tx.shifts(from: now + .seconds(100), to: now + .seconds(300), limit: 9)
            #expect(found == [shifts[2], shifts[1]])
            #expect(try tx.shifts(from: first, to: last, limit: 1) == [shifts[3]])
            #expect(try tx.shift(ShiftID("s3")) == shifts[3])
            #expect(try tx.shift(ShiftID("s9")) == nil)
            #expect(
                try tx.spans(of: ada, from: now + .seconds(1), to: now + .seconds(3)) == Array(spans[1...2]))
            #expect(try tx.spans(of: PersonID("bela"), from: first, to: last).isEmpty)
        }
    }
}
