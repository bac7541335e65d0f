import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What auditors ask and say is kept, whatever the store", .eachStore)
struct StoreAuditTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let now = Timestamp(milliseconds: 1_000_000)
    private let advice = Recommendation(action: .remove, policy: PolicyID("p"), rule: RuleID("r"))

    private func prepared(_ id: String, language: String?, hazard: Hazard) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: "text of \(id)", language: language)
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: [], recommendation: nil, hazard: hazard, bundle: bundle.digest), priority: 0)
    }

    /// One decision for each text: an entry of the ledger goes with each.
    private func decide(
        _ id: String, by maker: DecisionMaker = .person(PersonID("ada")), action: Action = .keep,
        policy: String? = nil, advised: Bool = false, language: String? = nil, hazard: Hazard = .none,
        seconds: Int64 = 0, escalated: Bool = false, in tx: any StoreTransaction
    ) throws {
        _ = try tx.takeIn(prepared("post-\(id)", language: language, hazard: hazard), at: now) { _ in nil }
        if escalated { try tx.setState(.escalated, of: PostID("post-\(id)")) }
        try tx.insert(
            Decision(
                id: DecisionID(id), post: PostID("post-\(id)"), postVersion: 1, maker: maker, action: action,
                policy: policy.map { PolicyID($0) }, rule: policy.map { _ in RuleID("r") }, note: "n",
                recommendation: advised ? advice : nil, bundle: bundle.digest,
                decidedAt: now + .seconds(seconds)))
        try tx.append(
            LedgerEntry(kind: .decided, at: now, person: nil, post: nil, fields: ["decision": .string(id)]))
    }

    private func made() throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            try decide(
                "a", action: .remove, policy: "p", advised: true, language: "en", hazard: .mild, in: tx)
            try decide(
                "b", by: .person(PersonID("bob")), advised: true, language: "fr", hazard: .severe, seconds: 5,
                escalated: true, in: tx)
            try decide(
                "c", by: .rule(RuleID("r"), approvedBy: PersonID("ada")), action: .remove, policy: "q",
                advised: true, seconds: 5, in: tx)
            try decide("d", by: .person(PersonID("cyd")), seconds: 3, in: tx)
        }
        return made
    }

    private func found(
        _ made: TemporaryStore, without: Set<PersonID> = [], size: Int64? = nil,
        _ change: (inout DecisionFilter) -> Void = { _ in }
    ) throws -> [String] {
        var filter = DecisionFilter()
        change(&filter)
        let scope = DecisionScope(filter: filter, without: without, ledgerSize: size)
        return try made.store.read { tx in
            let list = try tx.decisions(scope, before: nil, limit: 100).map(\.decision.id.rawValue)
            // List, count, strata and stream are the same set.
            #expect(try tx.decisionCount(scope) == list.count)
            #expect(try tx.strata(of: scope, by: []).values.reduce(0, +) == list.count)
            var streamed: Set<String> = []
            try tx.forEachDecision(scope, by: [.action]) { id, key in
                streamed.insert(id.rawValue)
                #expect(key.count == 1)
            }
            #expect(streamed == Set(list))
            return list
        }
    }

    @Test func filtersFindWhatTheySayNewestFirst() throws {
        let made = try made()
        #expect(try found(made) == ["c", "b", "d", "a"])
        #expect(try found(made) { $0.policies = [PolicyID("p"), PolicyID("q")] } == ["c", "a"])
        #expect(try found(made) { $0.rules = [RuleID("r")] } == ["c", "a"])
        #expect(try found(made) { $0.actions = [.keep] } == ["b", "d"])
        #expect(try found(made) { $0.hazards = [.mild, .severe] } == ["b", "a"])
        #expect(
            try found(made) { $0.languages = ["fr", DecisionFilter.unknownLanguage] } == ["c", "b", "d"])
        // A rule's decision is nobody's, though a lead gave it leave.
        #expect(try found(made) { $0.people = [PersonID("ada")] } == ["a"])
        #expect(try found(made) { $0.maker = .rule } == ["c"])
        #expect(try found(made) { $0.maker = .person } == ["b", "d", "a"])
        #expect(try found(made) { $0.since = now + .seconds(3) } == ["c", "b", "d"])
        #expect(try found(made) { $0.until = now + .seconds(3) } == ["a"])
        // Another policy than the one advised differs too; without advice it is neither.
        #expect(try found(made) { $0.differs = true } == ["c", "b"])
        #expect(try found(made) { $0.differs = false } == ["a"])
        #expect(try found(made) { $0.escalated = true } == ["b"])
        #expect(try found(made) { $0.post = PostID("post-d") } == ["d"])
        #expect(try found(made, without: [PersonID("ada")]) == ["b", "d"])
        #expect(try found(made, without: [PersonID("bob"), PersonID("cyd")]) == ["c", "a"])
    }

    @Test func aScopeOfAnEarlierLedgerIsWhatItWasThen() throws {
        let made = try made()
        try made.store.write { tx throws in
            #expect(try tx.undo(DecisionID("a"), at: now + .seconds(9)))
            try tx.append(LedgerEntry(kind: .undone, at: now, person: nil, post: nil))
            try decide("e", seconds: 1, in: tx)
        }
        #expect(try found(made, size: 4) { $0.undone = false } == ["c", "b", "d", "a"])
        #expect(try found(made, size: 4) { $0.undone = true } == [])
        #expect(try found(made, size: 5) { $0.undone = true } == ["a"])
        #expect(try found(made, size: 6) { $0.undone = false } == ["c", "b", "d", "e"])
        #expect(try found(made) { $0.undone = true } == ["a"])
        #expect(try found(made, size: 2) == ["b", "a"])
        #expect(try found(made, size: 0) == [])
    }

    @Test func pagesAndStrataAndSingleDecisions() throws {
        let made = try made()
        try made.store.read { tx throws in
            let scope = DecisionScope(filter: DecisionFilter())
            let first = try tx.decisions(scope, before: nil, limit: 2)
            let rest = try tx.decisions(scope, before: first.last?.place, limit: 9)
            #expect((first + rest).map(\.decision.id.rawValue) == ["c", "b", "d", "a"])
            #expect(try tx.decisions(scope, before: rest.last?.place, limit: 9).isEmpty)
            let strata = try tx.strata(of: scope, by: [.policy, .action, .language, .hazard, .moderator])
            #expect(
                strata == [
                    ["p", "remove", "en", "mild", "ada"]: 1, ["-", "keep", "fr", "severe", "bob"]: 1,
                    ["q", "remove", "und", "none", "rule"]: 1, ["-", "keep", "und", "none", "cyd"]: 1,
                ])
            let one = try #require(try tx.auditedDecision(DecisionID("b")))
            #expect(one == first[1] && one.isEscalated && one.language == "fr" && one.hazard == .severe)
            #expect(try tx.auditedDecision(DecisionID("z")) == nil)
            #expect(try tx.decisionIDs(withPrefix: "", limit: 3).map(\.rawValue) == ["a", "b", "c"])
            #expect(try tx.content(of: PostID("post-a"), version: 1)?.body == "text of post-a")
            #expect(try tx.content(of: PostID("post-a"), version: 2) == nil)
        }
    }

    @Test func samplesMarksAndOpeningsComeBackAsTheyWereKept() throws {
        let made = try made()
        var sample = Sample(
            id: SampleID("s1"), filter: DecisionFilter(), without: [PersonID("eve")], strata: [.action],
            size: 2,
            minimum: 1, seed: "00", isSeedGiven: false, isBlind: true, ledgerSize: 4, by: PersonID("eve"),
            at: now)
        func mark(_ id: String, _ rater: String, _ verdict: AuditVerdict?, _ action: Action? = nil)
            -> AuditMark
        {
            AuditMark(
                decision: DecisionID(id), sample: sample.id, rater: PersonID(rater), verdict: verdict,
                judgement: action.map { Judgement(action: $0) }, reason: verdict == nil ? nil : "because",
                salt: verdict == nil ? nil : [1, 2], at: now)
        }
        let marks = [
            mark("a", "eve", nil, .keep), mark("a", "fay", .unclear), mark("a", "eve", .agree),
            mark("b", "eve", .agree), mark("a", "eve", .disagree),
        ]
        try made.store.write { tx throws in
            try tx.save(sample)
            #expect(try tx.sampleItems(of: sample.id, after: 0, limit: 9).isEmpty)
            sample.draw = Sample.Draw(
                population: 4, count: 2, digest: "d",
                strata: [Sample.Stratum(key: ["keep"], population: 2, drawn: 2)], entry: 9)
            try tx.save(sample)
            try tx.keep([DecisionID("c"), DecisionID("a")], of: sample.id)
            for mark in marks { try tx.insert(mark) }
        }
        try made.store.read { tx throws in
            #expect(try tx.samples() == [sample] && tx.sample(sample.id) == sample)
            #expect(try tx.sampleItems(of: sample.id, after: 0, limit: 9).map(\.rawValue) == ["c", "a"])
            #expect(try tx.sampleItems(of: sample.id, after: 1, limit: 9).map(\.rawValue) == ["a"])
            #expect(try tx.blindSamples(with: DecisionID("a")) == [sample.id])
            #expect(try tx.blindSamples(with: DecisionID("b")).isEmpty)
            #expect(try tx.marks(on: DecisionID("a")) == [marks[0], marks[1], marks[2], marks[4]])
            let ratings = try tx.ratings(in: sample.id)
            #expect(ratings.map(\.rater.rawValue) == ["eve", "fay"])
            #expect(ratings[0].verdict == .disagree && ratings[0].judgement?.action == .keep)
            #expect(try tx.ratings(in: nil).count == 3)
        }
        var opening = Opening(
            id: OpeningID("o1"), concerned: PersonID("bob"), requester: PersonID("eve"), reason: "why",
            salt: [1],
            requestedAt: now)
        try made.store.write { try $0.save(opening) }
        #expect(try made.store.read { try $0.openings(of: PersonID("bob")) }.isEmpty)
        opening.openedAt = now
        try made.store.write { try $0.save(opening) }
        #expect(try made.store.read { try $0.openings(of: PersonID("bob")) } == [opening])
        #expect(try made.store.read { try $0.openings(limit: 5) } == [opening])
        #expect(try made.store.read { try $0.opening(opening.id) } == opening)
    }
}
