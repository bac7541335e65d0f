import Exposure
import Ledger
import Moderation
import SQLiteStore
import Store
import StoreTesting
import Testing

@Suite("What a store keeps of limits that change", .eachStore)
struct StoreLimitsTests {
    private let made: TemporaryStore
    private let now = Timestamp(milliseconds: 1_772_357_400_000)

    init() throws { made = try TemporaryStore() }

    @Test func proposalsAreKeptInOrderAndReplacedById() throws {
        func proposal(_ id: String) -> LimitsProposal {
            LimitsProposal(
                id: ProposalID(id), base: 1, figures: ["daily_percent": 110], reason: "w\u{1F600}",
                salt: [1, 2], by: PersonID("ada"), at: now)
        }
        var first = proposal("p1")
        try made.store.write { tx throws in
            try tx.save(first)
            try tx.save(proposal("p2"))
            first.answer = .approved
            first.answeredBy = PersonID("bob")
            first.answeredAt = now
            first.version = 2
            try tx.save(first)
        }
        try made.store.read { tx throws in
            #expect(try tx.limitsProposals(limit: 9).map(\.id.rawValue) == ["p2", "p1"])
            #expect(try tx.limitsProposals(limit: 1).count == 1)
            #expect(try tx.limitsProposal(ProposalID("p1")) == first)
            #expect(try tx.limitsProposal(ProposalID("p3")) == nil)
        }
    }

    @Test func noticesAndRefusalsAreByVersionAndPerson() throws {
        let (ada, bob) = (PersonID("ada"), PersonID("bob"))
        try made.store.write { tx throws in
            for version in [3, 2] {
                for person in [bob, ada] { try tx.save(LimitsNotice(version: version, person: person)) }
            }
            try tx.save(LimitsNotice(version: 2, person: bob, acknowledgedAt: now))
            try tx.setRefused(true, version: 2, by: bob)
            try tx.setRefused(true, version: 2, by: bob)
            try tx.setRefused(true, version: 3, by: bob)
            try tx.setRefused(false, version: 3, by: bob)
        }
        try made.store.read { tx throws in
            #expect(try tx.limitsNotices(of: 2).map(\.person) == [bob, ada])
            #expect(try tx.limitsNotices(of: 2).map(\.acknowledgedAt) == [now, nil])
            #expect(try tx.limitsNotices(for: ada).map(\.version) == [2, 3])
            #expect(try tx.refusedLimits(of: bob) == [2] && tx.refusedLimits(of: ada).isEmpty)
        }
    }

    @Test func overridesAreFoundByPersonAndByShift() throws {
        func leave(_ id: String, _ person: String) -> Override {
            Override(
                id: OverrideID(id), person: PersonID(person), figures: ["daily_percent": 110], reason: "why",
                salt: [1], requester: PersonID("ada"), requestedAt: now)
        }
        var first = leave("o1", "bob")
        try made.store.write { tx throws in
            try tx.save(first)
            try tx.save(leave("o2", "cleo"))
            try tx.save(leave("o3", "bob"))
            first.shift = ShiftID("s1")
            first.limitsVersion = 4
            first.consentedAt = now
            try tx.save(first)
        }
        try made.store.read { tx throws in
            #expect(try tx.overrides(limit: 9).map(\.id.rawValue) == ["o3", "o2", "o1"])
            #expect(try tx.overrides(of: PersonID("bob"), limit: 9).map(\.id.rawValue) == ["o3", "o1"])
            #expect(try tx.overrides(of: PersonID("bob"), limit: 1).count == 1)
            #expect(try tx.overrides(in: ShiftID("s1")) == [first])
            #expect(try tx.overrides(in: ShiftID("s2")).isEmpty)
            #expect(try tx.override(OverrideID("o1")) == first && tx.override(OverrideID("o9")) == nil)
        }
    }

    @Test func aStoreKnowsWhetherItsOwnerAsks() throws {
        #expect(try made.store.read { try $0.isOwner() }, "the file is made by who runs the test")
    }

    @Test func theBacklogIsCountedByHazardLanguageDeadlineAndAge() throws {
        let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))
        let salt = [UInt8](repeating: 7, count: 16)
        func content(_ id: String, _ hazard: Hazard, _ language: String?, deadline: Duration?)
            -> PreparedContent
        {
            let post = FlaggedPost(
                source: "s", externalID: id, body: id, language: language, deadline: deadline.map { now + $0 }
            )
            let bytes = ContentCommitment.bytes(of: post)
            return PreparedContent(
                id: PostID(id), content: post, bytes: bytes, salt: salt,
                digest: ContentCommitment.digest(salt: salt, bytes: bytes),
                evaluation: Evaluation(findings: [], recommendation: nil, hazard: hazard, bundle: bundle),
                priority: 0)
        }
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: now))
            for (content, age) in [
                (content("a", .mild, "en", deadline: .seconds(3600)), Duration.seconds(3600)),
                (content("b", .mild, "en", deadline: .seconds(3600)), .seconds(60)),
                (content("c", .mild, "en", deadline: .seconds(-1)), .seconds(3601)),
                (content("d", .severe, nil, deadline: nil), .seconds(400_000)),
                (content("e", .severe, nil, deadline: .seconds(90_000)), .seconds(400_000)),
            ] {
                _ = try tx.takeIn(content, at: now - age) { _ in nil }
            }
        }
        let counts = try made.store.read { try $0.backlog(at: now) }
        #expect(
            Set(counts) == [
                BacklogCount(hazard: .mild, language: "en", timeLeft: 1, age: 0, posts: 2),
                BacklogCount(hazard: .mild, language: "en", timeLeft: 0, age: 1, posts: 1),
                BacklogCount(hazard: .severe, language: nil, timeLeft: nil, age: 4, posts: 1),
                BacklogCount(hazard: .severe, language: nil, timeLeft: 4, age: 4, posts: 1),
            ])
    }
}
