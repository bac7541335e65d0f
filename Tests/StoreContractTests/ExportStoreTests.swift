import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `ExportReading` and `ExportWriting`, told on any store.
@Suite("The store gives exports what they ask", .eachStore)
struct ExportStoreTests {
    private let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))

    private func at(_ time: Int64) -> Timestamp { Timestamp(milliseconds: time) }

    /// Posts p0 to p4, each decided at 1000, 2000 and so on; p1 by a rule, p2 undone at 9000, p4 flagged again since.
    private func filled() throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: at(1)))
            for index in 0..<5 {
                let content = FlaggedPost(
                    source: "s\(index)", externalID: "\(index)", body: "b\(index)",
                    language: index == 3 ? nil : "fr")
                _ = try tx.takeIn(prepared(content, "p\(index)"), at: at(500)) { _ in nil }
                try tx.insert(
                    Decision(
                        id: DecisionID("d\(index)"), post: PostID("p\(index)"), postVersion: 1,
                        maker: index == 1
                            ? .rule(RuleID("a/b"), approvedBy: PersonID("lead")) : .person(PersonID("x")),
                        action: .remove, policy: PolicyID("a"), rule: index == 1 ? RuleID("a/b") : nil,
                        note: nil,
                        recommendation: nil, bundle: bundle, decidedAt: at(Int64(index + 1) * 1000)))
            }
            #expect(try tx.undo(DecisionID("d2"), at: at(9000)))
            var again = FlaggedPost(source: "s4", externalID: "4", body: "b4", language: "fr")
            again.flags = [Flag(reason: "late")]
            let merged = prepared(again, "p4")
            _ = try tx.takeIn(merged, at: at(6000)) { _ in merged }
        }
        return made
    }

    private func prepared(_ content: FlaggedPost, _ id: String) -> PreparedContent {
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: .severe, bundle: bundle),
            priority: 0)
    }

    @Test func decisionsMadeOrTakenBackComeInOrderByPages() throws {
        let made = try filled()
        try made.store.read { tx throws in
            var names: [String] = []
            var place: Int64? = 0
            while let after = place {
                let page = try tx.decidedPosts(from: at(0), to: at(10_000), after: after, limit: 2)
                names += page.items.map(\.decision.id.rawValue)
                place = page.next
            }
            #expect(names == ["d0", "d1", "d2", "d3", "d4"])
            // From one moment on and before another; what was taken back then is there too.
            let some = try tx.decidedPosts(from: at(4000), to: at(9001), after: 0, limit: 9).items
            #expect(some.map(\.decision.id.rawValue) == ["d2", "d3", "d4"])
            #expect(try tx.decidedPostCount(from: at(4000), to: at(9001)) == 3)
            #expect(
                try tx.decidedPosts(from: at(4000), to: at(5000), after: 0, limit: 9).items.map(
                    \.decision.id.rawValue) == ["d3"])
        }
    }

    @Test func eachHasTheVersionDecidedAndWhatIsKnownWithoutIt() throws {
        let made = try filled()
        let all = try made.store.read {
            try $0.decidedPosts(from: at(0), to: at(10_000), after: 0, limit: 9).items
        }
        #expect(all[1].decision.isAutomatic && all[0].content?.body == "b0" && all[0].source == "s0")
        #expect(all[0].language == "fr" && all[3].language == nil && all[0].hazard == .severe)
        #expect(all[0].takenInAt == at(500) && all[2].decision.undoneAt == at(9000))
        // The version decided had no flag yet.
        #expect(!all[4].isLatest && all[4].content?.flags == [] && all[4].flagCount == 1)
        // Once erased, the content is gone and the rest is there.
        try made.tamper("UPDATE contents SET bytes = NULL, salt = NULL")
        let erased = try made.store.read {
            try $0.decidedPosts(from: at(0), to: at(1500), after: 0, limit: 9).items
        }
        #expect(
            erased.map(\.content) == [nil] && erased.map(\.source) == ["s0"]
                && erased.map(\.language) == ["fr"])
    }

    @Test func aStatementIsRememberedOnce() throws {
        let made = try filled()
        func stated() throws -> [Bool] {
            try made.store.read {
                try $0.decidedPosts(from: at(0), to: at(10_000), after: 0, limit: 9).items.map(\.isStated)
            }
        }
        let places = try made.store.read {
            try $0.decidedPosts(from: at(0), to: at(2500), after: 0, limit: 9).items.map(\.place)
        }
        #expect(try stated() == [false, false, false, false, false])
        var new: [[Int64]] = []
        for time in [1, 2] {
            new.append(try made.store.write { try $0.markStated(places, at: at(Int64(time))) })
        }
        #expect(new == [places, []])
        #expect(try stated() == [true, true, false, false, false])
    }

    @Test func objectionsAreCountedByRule() throws {
        let made = try filled()
        try made.store.write { tx throws in
            _ = try tx.insert(
                Objection(
                    rule: RuleID("a/b"), policy: PolicyID("a"), post: PostID("p0"), version: 1,
                    bundle: bundle, person: PersonID("a"), at: at(70)))
        }
        try made.store.read { tx throws in
            #expect(try tx.objectionCounts(from: at(70), to: at(71)) == [RuleID("a/b"): 1])
            #expect(try tx.objectionCounts(from: at(71), to: at(99)) == [:])
        }
    }
}
