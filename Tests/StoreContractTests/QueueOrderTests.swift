import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// Numbers that look random and are the same in every run (xorshift).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

@Suite("The queue agrees with sorting everything", .eachStore)
struct QueueOrderTests {
    private struct Model {
        var id: String
        var hazard: Hazard
        var language: String?
        var priority: Int
        var policies: [String]
        var state = PostState.waiting
    }

    private let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))
    private let now = Timestamp(milliseconds: 1_000_000)
    private let person = PersonID("alice")

    private func models(_ count: Int, _ random: inout Seeded) -> [Model] {
        (0..<count).map { index in
            Model(
                id: "p\(index)", hazard: Hazard.allCases.randomElement(using: &random) ?? .none,
                language: ["en", "fr", nil].randomElement(using: &random) ?? nil,
                priority: .random(in: -2...2, using: &random),
                policies: ["hate", "spam", "threats"].filter { _ in Bool.random(using: &random) })
        }
    }

    private func prepared(_ model: Model) -> PreparedContent {
        let content = FlaggedPost(
            source: "s", externalID: model.id, body: "text", language: model.language)
        let bytes = ContentCommitment.bytes(of: content)
        let findings = model.policies.map { policy in
            Finding(
                rule: RuleID("\(policy)/r"), policy: PolicyID(policy), recommends: nil, hazard: model.hazard,
                evidence: [])
        }
        return PreparedContent(
            id: PostID(model.id), content: content, bytes: bytes, salt: [1],
            digest: ContentCommitment.digest(salt: [1], bytes: bytes),
            evaluation: Evaluation(
                findings: findings, recommendation: nil, hazard: model.hazard, bundle: bundle),
            priority: model.priority)
    }

    private func filled(_ models: [Model]) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: now))
            for model in models {
                _ = try tx.takeIn(prepared(model), at: now) { _ in nil }
                try put(PostID(model.id), into: model.state, tx)
            }
        }
        return made
    }

    /// A post is in somebody's hands only by a claim.
    private func put(_ id: PostID, into state: PostState, _ tx: any StoreTransaction) throws {
        guard state == .claimed else { return try tx.setState(state, of: id) }
        try tx.setState(.waiting, of: id)
        let request = ClaimRequest(
            person: person, hazards: Set(Hazard.allCases), languages: [], excludedPolicies: [], now: now,
            expiresAt: now + .seconds(60))
        _ = try #require(try tx.claim(id, for: request))
    }

    /// Highest priority first, then oldest: what the contract says, by sorting.
    private func sorted(_ models: [Model], where fits: (Model) -> Bool) -> [String] {
        models.enumerated().filter { fits($0.element) }
            .sorted { (-$0.element.priority, $0.offset) < (-$1.element.priority, $1.offset) }
            .map(\.element.id)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func everyPageIsThatPartOfTheWhole(seed: UInt64) throws {
        var random = Seeded(state: seed &* 0x9E37_79B9_7F4A_7C15)
        var models = models(300, &random)
        for index in models.indices {
            models[index].state =
                [.waiting, .waiting, .decided, .escalated, .claimed].randomElement(using: &random) ?? .waiting
        }
        let made = try filled(models)
        try made.store.read { tx throws in
            for _ in 0..<40 {
                let filter = QueueFilter(
                    states: Set(PostState.allCases.filter { _ in Bool.random(using: &random) }),
                    hazards: Set(Hazard.allCases.filter { _ in Bool.random(using: &random) }),
                    languages: Set(["en", "fr"].filter { _ in Bool.random(using: &random) }))
                let whole = sorted(models) { model in
                    (filter.states.isEmpty || filter.states.contains(model.state))
                        && (filter.hazards.isEmpty || filter.hazards.contains(model.hazard))
                        && (filter.languages.isEmpty || filter.languages.contains(model.language ?? "?"))
                }
                let offset = Int.random(in: 0...100, using: &random)
                let limit = Int.random(in: 0...120, using: &random)
                let page = try tx.queue(filter, offset: offset, limit: limit)
                #expect(page.map(\.id.rawValue) == Array(whole.dropFirst(offset).prefix(limit)))
            }
        }
    }

    @Test func longShelvesAreReadToTheirEnd() throws {
        // Two ranks on one shelf, each far longer than what is read of a shelf at a time.
        let models = (0..<3_000).map { index in
            Model(id: "p\(index)", hazard: .mild, language: "en", priority: index / 1_500, policies: [])
        }
        let made = try filled(models)
        let whole = sorted(models) { _ in true }
        try made.store.read { tx throws in
            #expect(try tx.queue(QueueFilter(), offset: 0, limit: 9_999).map(\.id.rawValue) == whole)
            for offset in [0, 3, 4, 5, 19, 20, 1_499, 1_500, 2_990] {
                let page = try tx.queue(QueueFilter(), offset: offset, limit: 25)
                #expect(page.map(\.id.rawValue) == Array(whole.dropFirst(offset).prefix(25)))
            }
        }
    }

    @Test(arguments: [5, 6, 7, 8] as [UInt64])
    func claimsComeInTheOrderOfTheWhole(seed: UInt64) throws {
        var random = Seeded(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let models = models(200, &random)
        let made = try filled(models)
        let hazards = Set(Hazard.allCases.filter { _ in Bool.random(using: &random) })
        let excluded = Set(["hate", "spam"].filter { _ in Bool.random(using: &random) })
        let skipped = Set((0..<20).map { _ in "p\(Int.random(in: 0..<200, using: &random))" })
        let request = ClaimRequest(
            person: person, hazards: hazards, languages: ["fr"],
            excludedPolicies: Set(excluded.map { PolicyID($0) }), now: now, expiresAt: now + .seconds(60))
        let expected = sorted(models) { model in
            hazards.contains(model.hazard) && (model.language ?? "fr") == "fr"
                && excluded.isDisjoint(with: model.policies) && !skipped.contains(model.id)
        }
        let claims = try made.store.write { tx throws in
            for id in skipped.sorted() { try tx.recordSkip(of: PostID(id), by: person, at: now) }
            var claims: [Claim] = []
            while let claim = try tx.claimNext(request) { claims.append(claim) }
            return claims
        }
        #expect(claims.map(\.post.rawValue) == expected)
        #expect(claims.map(\.fence) == claims.map(\.fence).sorted())
        #expect(Set(claims.map(\.fence)).count == claims.count)
    }

    @Test func countsAlwaysAgreeWithTheQueue() throws {
        var random = Seeded(state: 0x1234_5678_9ABC_DEF1)
        let models = models(60, &random)
        let made = try filled(models)
        for _ in 0..<300 {
            let id = PostID("p\(Int.random(in: 0..<60, using: &random))")
            let state = PostState.allCases.randomElement(using: &random) ?? .waiting
            var again = try #require(models.first { PostID($0.id) == id })
            again.hazard = Hazard.allCases.randomElement(using: &random) ?? .none
            let changed = prepared(again)
            try made.store.write { tx throws in
                try put(id, into: state, tx)
                if Bool.random(using: &random) { _ = try tx.takeIn(changed, at: now) { _ in changed } }
            }
        }
        try made.again().read { tx throws in
            let items = try tx.queue(QueueFilter(), offset: 0, limit: 100)
            #expect(items.count == 60)
            let counts = try tx.statistics().counts
            #expect(counts.allSatisfy { $0.posts > 0 })
            #expect(counts.reduce(0) { $0 + $1.posts } == 60)
            for count in counts {
                #expect(
                    count.posts
                        == items.count {
                            $0.state == count.state && $0.hazard == count.hazard
                                && $0.language == count.language
                        })
            }
        }
    }
}
