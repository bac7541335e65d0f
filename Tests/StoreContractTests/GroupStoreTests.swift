import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `GroupReading`, `DispatchReading` and their writing, told on any store.
@Suite("The store finds posts that may say the same, and the heads of the queue", .eachStore)
struct GroupStoreTests {
    private let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))
    private let anybody = PersonID("p")

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_000_000 + seconds * 1000) }

    private func prepared(
        _ id: String, _ hazard: Hazard = .mild, language: String? = nil, policies: [String] = [],
        priority: Int = 0, deadline: Timestamp? = nil
    ) -> PreparedContent {
        let content = FlaggedPost(
            source: "s", externalID: id, body: id, language: language, deadline: deadline)
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        let findings = policies.map {
            Finding(
                rule: RuleID("\($0)/r"), policy: PolicyID($0), recommends: nil, hazard: hazard, evidence: [])
        }
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(findings: findings, recommendation: nil, hazard: hazard, bundle: bundle),
            priority: priority)
    }

    private func made(_ posts: [PreparedContent]) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: at(0)))
            for (second, post) in posts.enumerated() {
                _ = try tx.takeIn(post, at: at(Int64(second))) { _ in nil }
            }
        }
        return made
    }

    private func request(
        hazards: Set<Hazard> = Set(Hazard.allCases), languages: Set<String> = [], without: Set<PolicyID> = []
    ) -> ClaimRequest {
        ClaimRequest(
            person: anybody, hazards: hazards, languages: languages, excludedPolicies: without, now: at(0),
            expiresAt: at(99))
    }

    @Test func likenessIsMadeOnceForEveryWaitingPostNewOnesFirst() throws {
        let made = try made((0..<6).map { prepared("p\($0)") })
        try made.store.write { tx throws in
            try tx.setState(.decided, of: PostID("p4"))
            #expect(try tx.likenessSecret() == nil)
            try tx.keepLikenessSecret([1, 2])
            try tx.keepLikenessSecret([3, 4])
            #expect(try tx.likenessSecret() == [1, 2])
            func sign(_ limit: Int) throws -> [String]? {
                guard let batch = try tx.unsignedPosts(looking: limit) else { return nil }
                let keys = batch.posts.map { (id: $0.id, keys: LikenessKeys(exact: 7, bands: [])) }
                #expect(try tx.keep(keys, of: batch))
                // Made from what was before, it is refused.
                #expect(try !tx.keep(keys, of: batch))
                return batch.posts.map(\.id.rawValue)
            }
            #expect(try sign(3) == ["p5", "p3"])
            _ = try tx.takeIn(prepared("new"), at: at(50)) { _ in nil }
            #expect(try sign(3) == ["new"])
            #expect(try sign(9) == ["p2", "p1", "p0"])
            #expect(try sign(9) == nil)
            let found = try tx.candidates(alike: LikenessKeys(exact: 7, bands: []), looking: 99)
            #expect(found.waiting.map(\.rawValue) == ["p0", "p1", "p2", "p3", "p5", "new"])
        }
    }

    @Test func candidatesShareTheExactKeyOrABandAndWait() throws {
        let made = try made((0..<5).map { prepared("p\($0)") })
        let keys: [LikenessKeys] = [
            .init(exact: 1, bands: [1, 2, 3, 4]), .init(exact: 2, bands: [9, 9, 3, 9]),
            .init(exact: 1, bands: []), .init(exact: -5, bands: [2, 1, 4, 3]), .init(exact: 1, bands: []),
        ]
        try made.store.write { tx throws in
            try tx.keepLikenessSecret([1])
            let batch = try #require(try tx.unsignedPosts(looking: 9))
            #expect(try tx.keep(keys.enumerated().map { (PostID("p\($0)"), $1) }, of: batch))
            func found(_ keys: LikenessKeys, _ limit: Int = 9) throws -> LikenessCandidates {
                try tx.candidates(alike: keys, looking: limit)
            }
            #expect(try found(keys[0]).waiting == ["p0", "p1", "p2", "p4"].map { PostID($0) })
            #expect(try found(keys[3]).waiting == [PostID("p3")])
            #expect(try found(keys[2], 2).waiting == ["p0", "p2"].map { PostID($0) })
            try tx.setState(.decided, of: PostID("p2"))
            try tx.setState(.escalated, of: PostID("p4"))
            #expect(try found(keys[0]) == .init(waiting: ["p0", "p1"].map { PostID($0) }, stale: 1))
            try tx.forgetStale(alike: keys[0], looking: 9)
            #expect(try found(keys[0]).stale == 0)
            try tx.setState(.waiting, of: PostID("p4"))
            #expect(try found(keys[0]).waiting.contains(PostID("p4")))
        }
    }

    @Test func headsAreTheFirstOfEachKindAndTheOneDueNext() throws {
        let made = try made([
            prepared("old", .severe, language: "en"), prepared("high", .severe, language: "en", priority: 9),
            prepared("due", .severe, language: "en", deadline: at(900)),
            prepared("sooner", .severe, language: "en", deadline: at(800)),
            prepared("fr", .severe, language: "fr"), prepared("mild", .mild, policies: ["spam"]),
        ])
        try made.store.write { tx throws in
            func heads(_ request: ClaimRequest) throws -> Set<String> {
                Set(try tx.heads(request).map(\.post.rawValue))
            }
            #expect(try heads(request()) == ["high", "sooner", "fr", "mild"])
            #expect(try heads(request(languages: ["en"])) == ["high", "sooner", "mild"])
            #expect(try heads(request(hazards: [.severe], languages: ["fr"])) == ["fr"])
            #expect(try heads(request(hazards: [.mild], without: [PolicyID("spam")])).isEmpty)
            try tx.recordSkip(of: PostID("sooner"), by: anybody, at: at(1))
            try tx.recordSkip(of: PostID("high"), by: anybody, at: at(1))
            #expect(try heads(request(languages: ["en"])) == ["old", "due", "mild"])
            try tx.setState(.decided, of: PostID("due"))
            let left = try tx.heads(request(hazards: [.severe], languages: ["en"]))
            #expect(left.map(\.post) == [PostID("old")] && left.first?.deadline == nil)
            let mild = try #require(try tx.heads(request(hazards: [.mild])).first)
            #expect(mild.policies == [PolicyID("spam")] && mild.language == nil && mild.takenInAt == at(5))
        }
    }

    @Test func appliedDecisionsAreFoundAndCounted() throws {
        let made = try made((0..<4).map { prepared("p\($0)", .severe) })
        try made.store.write { tx throws in
            func decide(_ number: Int, by person: String, from origin: String? = nil) throws {
                try tx.insert(
                    Decision(
                        id: DecisionID("d\(number)"), post: PostID("p\(number)"), postVersion: 1,
                        maker: .person(PersonID(person)), action: .keep, policy: nil, rule: nil, note: nil,
                        recommendation: nil, bundle: bundle, decidedAt: at(Int64(number)),
                        appliedFrom: origin.map { DecisionID($0) }))
            }
            try decide(0, by: "a")
            for number in 1...3 { try decide(number, by: number == 3 ? "b" : "a", from: "d0") }
            let applied = try tx.decisions(appliedFrom: DecisionID("d0"))
            #expect(applied.map(\.id.rawValue) == ["d1", "d2", "d3"])
            #expect(applied.allSatisfy { $0.appliedFrom == DecisionID("d0") })
            #expect(try tx.decision(DecisionID("d0"))?.appliedFrom == nil)
            #expect(
                try tx.appliedCounts(from: at(0), to: at(9))
                    == [AppliedCount(hazard: .severe, decisions: 3)])
            #expect(try tx.appliedCounts(from: at(2), to: at(3)).first?.decisions == 1)
            _ = try tx.undo(DecisionID("d3"), at: at(5))
            #expect(try tx.appliedCounts(from: at(0), to: at(9)).first?.decisions == 2)
        }
    }

    @Test func whatDispatchLearnsIsOfEnoughPeopleAndIsKept() throws {
        let made = try made([prepared("p0", .severe), prepared("p1", .severe)])
        try made.store.write { tx throws in
            for (number, person) in ["a", "a", "b"].enumerated() {
                try tx.save(
                    Span(
                        id: SpanID("s\(number)"), person: PersonID(person), post: PostID("p\(number % 2)"),
                        shift: nil, hazard: .severe, openedAt: at(10 * Int64(number)), visible: .seconds(8),
                        closedAt: at(10 * Int64(number) + 8), limitsVersion: 1, dose: Dose(units: 5),
                        closedBy: .covered))
            }
            let people = ["a", "b", "c"].map { PersonID($0) }
            let times = try tx.visibleTimes(of: people, latest: 9, since: at(0), smallestGroup: 2)
            #expect(times[.severe]?.reduce(0, +) == 3)
            #expect(try tx.visibleTimes(of: people, latest: 9, since: at(0), smallestGroup: 3).isEmpty)
            #expect(
                try tx.visibleTimes(of: people, latest: 1, since: at(0), smallestGroup: 1)[.severe]?
                    .reduce(0, +) == 2)
            #expect(try tx.doses(of: people, since: at(0)).map(\.units) == [10, 5, 0])
            #expect(try tx.doses(of: people, since: at(9)).map(\.units) == [5, 5, 0])
            #expect(try tx.dispatchFigures() == DispatchFigures())
            var figures = DispatchFigures()
            figures.teamMean = Dose(units: 77)
            figures.meanAt = at(3)
            figures.medians = [.severe: 20_000, .mild: 7000]
            try tx.save(figures)
            #expect(try tx.dispatchFigures() == figures)
            #expect(try tx.unserved().isEmpty)
            let posts = [
                UnservedPost(post: PostID("p1"), since: at(2)),
                UnservedPost(post: PostID("p0"), since: at(4)),
            ]
            try tx.save(unserved: posts.reversed())
            #expect(try tx.unserved() == posts)
            try tx.save(unserved: [])
            #expect(try tx.unserved().isEmpty)
        }
    }
}
