import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What was recorded can be read page by page", .eachStore)
struct StoreRecordsTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let now = Timestamp(milliseconds: 1_000_000)

    private func prepared(_ id: String, text: String? = nil, removals: Int = 0) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: text ?? "text of \(id)")
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(
                findings: [], recommendation: nil, hazard: .mild, bundle: bundle.digest,
                state: StateSnapshot(counts: removals > 0 ? ["removals/1": removals] : [:])),
            priority: 0)
    }

    private func decision(
        _ id: String, on post: String, version: Int = 1, by maker: DecisionMaker = .person(PersonID("ada")),
        rule: RuleID? = nil
    ) -> Decision {
        Decision(
            id: DecisionID(id), post: PostID(post), postVersion: version, maker: maker, action: .remove,
            policy: PolicyID("p"), rule: rule, note: "n", recommendation: nil, bundle: bundle.digest,
            decidedAt: now)
    }

    private func filled(_ count: Int) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for number in 0..<count {
                _ = try tx.takeIn(prepared("post\(number)", removals: number), at: now) { _ in nil }
            }
        }
        return made
    }

    /// All pages in one list, and how many there were.
    private func all<Item>(_ page: (Int64) throws -> Page<Item>) throws -> (items: [Item], pages: Int) {
        var items: [Item] = []
        var pages = 0
        var place: Int64? = 0
        while let from = place {
            let next = try page(from)
            items += next.items
            pages += 1
            #expect(next.next.map { $0 > from } ?? true)
            place = next.next
        }
        return (items, pages)
    }

    @Test func postsComeInTheOrderTheyWereTakenInAndOnlyOnce() throws {
        let made = try filled(7)
        let read = try all { place in try made.store.read { try $0.recordedPosts(after: place, limit: 3) } }
        #expect(read.items.map(\.id.rawValue) == (0..<7).map { "post\($0)" } && read.pages == 4)
        let alone = try made.store.read { try $0.post(PostID("post5")) }
        #expect(read.items[5] == alone && alone?.evaluation.state.counts == ["removals/1": 5])
        let other = try TemporaryStore()
        let empty = try other.store.read { try $0.recordedPosts(after: 0, limit: 3) }
        #expect(empty.items.isEmpty && empty.next == nil)
    }

    @Test func aPageOfLargePostsIsShort() throws {
        let made = try filled(0)
        let large = String(repeating: "long ", count: 600_000)
        for number in 0..<5 {
            try made.store.write { tx throws in
                _ = try tx.takeIn(prepared("post\(number)", text: large), at: now) { _ in nil }
                try tx.insert(decision("d\(number)", on: "post\(number)"))
            }
        }
        let posts = try all { place in
            try made.store.read { try $0.recordedPosts(after: place, limit: 100) }
        }
        #expect(posts.items.count == 5 && posts.pages > 2)
        let decisions = try all { place in
            try made.store.read { try $0.recordedDecisions(after: place, limit: 100) }
        }
        #expect(decisions.items.count == 5 && decisions.pages == posts.pages)
    }

    @Test func aPostTakenInBetweenTwoPagesIsOnALaterOne() throws {
        let made = try filled(4)
        let first = try made.store.read { try $0.recordedPosts(after: 0, limit: 2) }
        try made.again().write { tx throws in
            _ = try tx.takeIn(prepared("late"), at: now) { _ in nil }
        }
        let rest = try made.store.read {
            try $0.recordedPosts(after: try #require(first.next), limit: 9)
        }
        #expect(rest.items.map(\.id.rawValue) == ["post2", "post3", "late"])
    }

    @Test func onlyWhatPeopleDecidedAndNobodyUndidIsRead() throws {
        let made = try filled(4)
        try made.store.write { tx throws in
            try tx.insert(decision("d0", on: "post2"))
            try tx.insert(decision("d1", on: "post1"))
            try tx.insert(
                decision(
                    "d2", on: "post0", by: .rule(RuleID("p/r"), approvedBy: PersonID("ada")),
                    rule: RuleID("p/r")))
            try tx.insert(decision("d3", on: "post3"))
            #expect(try tx.undo(DecisionID("d1"), at: now))
        }
        let read = try all { place in try made.store.read { try $0.recordedDecisions(after: place, limit: 1) }
        }
        #expect(read.items.map(\.decision.id.rawValue) == ["d0", "d3"] && read.pages == 5)
        #expect(read.items[0].decision == decision("d0", on: "post2"))
        #expect(read.items[0].content?.body == "text of post2" && read.items[0].hasOwnState)
        #expect(read.items[0].state.counts == ["removals/1": 2] && read.items[0].takenInAt == now)
    }

    @Test func aDecisionComesWithTheVersionThatWasSeen() throws {
        let made = try filled(1)
        let second = prepared("post0", text: "with another flag", removals: 9)
        try made.store.write { tx throws in
            try tx.insert(decision("d0", on: "post0"))
            #expect(try tx.takeIn(second, at: now) { _ in second } == .updated(version: 2))
            try tx.insert(decision("d1", on: "post0", version: 2))
        }
        let page = try made.store.read { try $0.recordedDecisions(after: 0, limit: 10) }
        #expect(page.items.map(\.content?.body) == ["text of post0", "with another flag"])
        #expect(page.items.map(\.hasOwnState) == [true, true])
        #expect(page.items.map(\.state.counts) == [[:], ["removals/1": 9]])
    }

    @Test func everyEvaluationOfEveryVersionIsKept() throws {
        let made = try filled(2)
        let other = StoredBundle(
            digest: BundleDigest(hex: String(repeating: "cd", count: 32)), canonical: "[1]", since: now)
        let second = prepared("post0", text: "with another flag", removals: 9).again(at: now + .seconds(2))
        let third = second.again(under: other.digest, at: now + .seconds(3))
        try made.store.write { tx throws in
            #expect(try tx.takeIn(second, at: now) { _ in second } == .updated(version: 2))
            try tx.insert(decision("d0", on: "post0", version: 2))
            try tx.putInForce(other)
            try tx.reevaluate(third, at: now)
        }
        let found = try made.again().read { try $0.evaluations(of: PostID("post0")) }
        #expect(found.map(\.version) == [1, 2, 2] && found.map(\.isCurrent) == [false, false, true])
        #expect(found.map(\.evaluatedAt) == [now, now + .seconds(2), now + .seconds(3)])
        #expect(found.map(\.content?.body) == ["text of post0", "with another flag", "with another flag"])
        #expect(
            found.map(\.evaluation) == [prepared("post0").evaluation, second.evaluation, third.evaluation])
        #expect(found[0].contentDigest == Hexadecimal.string(prepared("post0").digest))
        #expect(found[0].salt == second.salt)
        let read = try all { place in
            try made.store.read { try $0.recordedEvaluations(after: place, limit: 1) }
        }
        #expect(read.items.map(\.post.rawValue) == ["post0", "post0", "post0", "post1"] && read.pages == 3)
        #expect(Array(read.items[..<3]) == found)
        // The decision was made under the first bundle, before the post was evaluated again.
        let decided = try made.store.read { try $0.recordedDecisions(after: 0, limit: 10) }
        #expect(decided.items.map(\.hasOwnState) == [true])
    }

    @Test func bundlesAreFoundByTheBeginningOfTheirNames() throws {
        let made = try TemporaryStore()
        let digests = ["aa11", "aa22", "bb33"].map {
            BundleDigest(hex: $0 + String(repeating: "0", count: 60))
        }
        try made.store.write { tx throws in
            for digest in digests.reversed() {
                try tx.putInForce(StoredBundle(digest: digest, canonical: digest.hex, since: now))
            }
        }
        try made.store.read { tx throws in
            #expect(try tx.bundles(withPrefix: "aa", limit: 9) == Array(digests[..<2]))
            #expect(try tx.bundles(withPrefix: "aa2", limit: 9) == [digests[1]])
            #expect(try tx.bundles(withPrefix: "", limit: 2).count == 2)
            #expect(try tx.bundles(withPrefix: "%", limit: 9).isEmpty)
        }
    }
}
