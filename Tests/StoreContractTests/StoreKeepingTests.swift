import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What is put into a store comes out again", .eachStore)
struct StoreKeepingTests {
    private let now = Timestamp(milliseconds: 1_000_000)
    private let alice = PersonID("alice")

    private func bundle(_ name: String, since: Timestamp) -> StoredBundle {
        StoredBundle(
            digest: BundleDigest(hex: String(repeating: name, count: 32)), canonical: "[\"\(name)\"]",
            since: since)
    }

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: id)
        return PreparedContent(
            id: PostID(id), content: content, bytes: ContentCommitment.bytes(of: content), salt: [1],
            digest: [2],
            evaluation: Evaluation(
                findings: [], recommendation: nil, hazard: .none, bundle: bundle("ab", since: now).digest),
            priority: 0)
    }

    @Test func aSiteIsSaidOnce() throws {
        let made = try TemporaryStore()
        let site = Site(name: "forum.example/releve", isDemo: true, publicKey: "ab", createdAt: now)
        #expect(try made.store.read { try $0.site() } == nil)
        try made.store.write { try $0.insert(site) }
        #expect(throws: StoreError.self) {
            try made.store.write {
                try $0.insert(Site(name: "o", isDemo: false, publicKey: "", createdAt: now))
            }
        }
        #expect(try made.again().read { try $0.site() } == site)
    }

    @Test func theLastBundlePutInForceIsInForceAndOldOnesStay() throws {
        let made = try TemporaryStore()
        let first = bundle("ab", since: now)
        let second = bundle("cd", since: now + .seconds(1))
        let firstAgain = bundle("ab", since: now + .seconds(2))
        try made.store.write { tx throws in
            #expect(try tx.bundleInForce() == nil)
            for next in [first, second, firstAgain] {
                try tx.putInForce(next)
                #expect(try tx.bundleInForce() == next)
            }
            #expect(try tx.bundle(second.digest) == second)
            #expect(try tx.bundle(BundleDigest(hex: "00")) == nil)
        }
    }

    @Test func limitsAreKeptInTheOrderTheyCameIntoForce() throws {
        let made = try TemporaryStore()
        let first = StoredLimits(limits: .standard, setBy: nil, since: now)
        let second = StoredLimits(limits: .standard, setBy: alice, since: now - .seconds(1))
        try made.store.write { tx throws in
            try tx.putInForce(first)
            try tx.putInForce(second)
        }
        #expect(try made.again().read { try $0.limitsHistory() } == [first, second])
    }

    @Test func theRosterIsOrderedByNameAndKnowsOneActivePersonAUser() throws {
        let made = try TemporaryStore()
        var zoe = Person(
            id: PersonID("1"), user: "z", name: "Zoë'); DROP TABLE people", roles: [.lead], languages: ["fr"])
        let amy = Person(id: PersonID("2"), user: "a", name: "Amy", roles: [.moderator], languages: [])
        try made.store.write { tx throws in
            for person in [zoe, amy] { try tx.save(person) }
            try tx.setPersonalLimit(Percent(60), of: zoe.id)
            #expect(try tx.people() == [amy, zoe])
            #expect(try tx.person(user: "z") == zoe)
            zoe.isActive = false
            try tx.save(zoe)
            #expect(try tx.person(user: "z") == nil)
            #expect(try tx.person(zoe.id) == zoe)
            #expect(try tx.personalLimit(of: zoe.id) == Percent(60))
            try tx.setPersonalLimit(nil, of: zoe.id)
            #expect(try tx.personalLimit(of: zoe.id) == nil)
            #expect(try tx.personalLimit(of: amy.id) == nil)
        }
    }

    @Test func rejectedRecordsComeNewestFirstWithAnyBytes() throws {
        let made = try TemporaryStore()
        let records = (0..<4).map { index in
            RejectedRecord(
                file: "f\u{1B}[31m", line: index, reason: "r", bytes: index == 0 ? [] : [0, 0xFF, 0x27],
                rejectedAt: now)
        }
        try made.store.write { tx throws in for record in records { try tx.reject(record) } }
        #expect(try made.again().read { try $0.rejected(limit: 3) } == [records[3], records[2], records[1]])
        #expect(try made.store.read { try $0.rejected(limit: 9).last?.bytes } == [])
    }

    @Test func sourcesComeByHowManyPostsTheySent() throws {
        let made = try TemporaryStore()
        let kept = bundle("ab", since: now)
        try made.store.write { tx throws in
            try tx.putInForce(kept)
            for (index, source) in ["few", "many", "many"].enumerated() {
                let content = FlaggedPost(source: source, externalID: "\(index)", body: "")
                let prepared = PreparedContent(
                    id: PostID("p\(index)"), content: content, bytes: ContentCommitment.bytes(of: content),
                    salt: [1], digest: [0],
                    evaluation: Evaluation(
                        findings: [], recommendation: nil, hazard: .none, bundle: kept.digest), priority: 0)
                _ = try tx.takeIn(prepared, at: now) { _ in nil }
            }
            #expect(try tx.sources(limit: 9) == ["many", "few"])
            #expect(try tx.sources(limit: 1) == ["many"])
        }
    }

    @Test func shiftsAreFoundWhileOpenOrAfterTheirEnd() throws {
        let made = try TemporaryStore()
        var shift = Shift(id: ShiftID("s"), person: alice, startedAt: now)
        try made.store.write { tx throws in
            try tx.save(shift)
            #expect(try tx.shifts(of: alice, since: now + .seconds(99_999)) == [shift])
            shift.breaks = [Break(startedAt: now + .seconds(5), isRequired: true)]
            shift.endedAt = now + .seconds(60)
            shift.endedBy = .ended
            try tx.save(shift)
            #expect(try tx.shifts(of: alice, since: now + .seconds(59)) == [shift])
            #expect(try tx.shifts(of: alice, since: now + .seconds(60)) == [])
            #expect(try tx.shifts(of: PersonID("bob"), since: now) == [])
        }
    }

    @Test func decisionsComeInTheOrderAskedFor() throws {
        let made = try TemporaryStore()
        func decision(_ id: String, post: String, by person: PersonID, after seconds: Int) -> Decision {
            Decision(
                id: DecisionID(id), post: PostID(post), postVersion: 2, maker: .person(person), action: .keep,
                policy: nil, rule: nil, note: nil,
                recommendation: Recommendation(action: .remove, policy: PolicyID("p"), rule: RuleID("r")),
                bundle: BundleDigest(hex: "ab"), decidedAt: now + .seconds(seconds))
        }
        let all = [
            decision("a", post: "x", by: alice, after: 0), decision("b", post: "y", by: alice, after: 1),
            decision("c", post: "x", by: PersonID("bob"), after: 2),
        ]
        try made.store.write { tx throws in
            try tx.putInForce(bundle("ab", since: now))
            for id in ["x", "y"] { _ = try tx.takeIn(prepared(id), at: now) { _ in nil } }
            for one in all { try tx.insert(one) }
            #expect(try tx.decisions(on: PostID("x")) == [all[0], all[2]])
            #expect(try tx.decisions(on: PostID("none")) == [])
            #expect(try tx.decisions(by: alice, since: now, limit: 9) == [all[1], all[0]])
            #expect(try tx.decisions(by: alice, since: now, limit: 1) == [all[1]])
            #expect(try tx.decisions(by: alice, since: now + .seconds(1), limit: 9) == [all[1]])
            #expect(try tx.decisionCount(since: now + .seconds(1)) == (2, 0))
            #expect(try tx.undo(DecisionID("unknown"), at: now) == false)
        }
    }
}
