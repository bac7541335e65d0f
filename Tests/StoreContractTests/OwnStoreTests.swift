import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `OwnReading` and `OwnWriting`.
@Suite("A store keeps what concerns a person themselves", .eachStore)
struct OwnStoreTests {
    private let alice = PersonID("alice")
    private let bob = PersonID("bob")
    private let now = Timestamp(milliseconds: 1_000_000)

    @Test func theLastListOfContactsHoldsAndFormerOnesStay() throws {
        let made = try TemporaryStore()
        let contacts = [SupportContact(name: "n", reach: "r", hours: nil, languages: ["en"])]
        #expect(try made.store.read { try $0.support() } == nil)
        for (place, list) in [contacts, [], contacts + contacts].enumerated() {
            let card = String(decoding: try JSONEncoder().encode(list), as: UTF8.self)
            let stored = StoredSupport(
                contacts: list, card: card, salt: [UInt8](repeating: UInt8(place), count: 16), setBy: alice,
                since: now + .seconds(place))
            try made.store.write { try $0.insert(stored) }
            #expect(try made.store.read { try $0.support() } == stored)
        }
        var rows = 0
        try made.store.read { try $0.rows(of: .support, in: .init()) { rows += $0.count } }
        #expect(rows == 3)
    }

    @Test func whoWatchedIsToldToWhomItConcernsNewestFirst() throws {
        let made = try TemporaryStore()
        let all = (0..<4).map { place in
            Watching(
                shift: ShiftID("s\(place)"), concerned: place == 2 ? bob : alice, watcher: bob,
                at: now + .seconds(place))
        }
        try made.store.write { tx throws in for watching in all { try tx.insert(watching) } }
        try made.store.read { tx throws in
            #expect(try tx.watchings(of: alice, limit: 9) == [all[3], all[1], all[0]])
            #expect(try tx.watchings(of: alice, limit: 2) == [all[3], all[1]])
            #expect(try tx.watchings(of: PersonID("nobody"), limit: 9) == [])
        }
    }

    @Test func theLastVerdictOfEachRaterOnAPersonsDecisions() throws {
        let made = try TemporaryStore()
        let digest = BundleDigest(hex: String(repeating: "ab", count: 32))
        func decision(_ id: String, _ maker: DecisionMaker) -> Decision {
            Decision(
                id: DecisionID(id), post: PostID("p"), postVersion: 1, maker: maker, action: .keep,
                policy: nil, rule: RuleID("r"), note: nil, recommendation: nil, bundle: digest,
                decidedAt: now)
        }
        func mark(_ id: String, _ rater: String, _ verdict: AuditVerdict?, _ second: Int) -> AuditMark {
            AuditMark(
                decision: DecisionID(id), sample: nil, rater: PersonID(rater), verdict: verdict,
                judgement: verdict == nil ? Judgement(action: .keep) : nil,
                reason: verdict == .disagree ? "why" : nil, salt: nil, at: now + .seconds(second))
        }
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: digest, canonical: "[]", since: now))
            try tx.insert(decision("d1", .person(alice)))
            try tx.insert(decision("d2", .person(bob)))
            try tx.insert(decision("d3", .rule(RuleID("r"), approvedBy: alice)))
            for mark in [
                mark("d1", "eve", .disagree, 1), mark("d1", "fay", .disagree, 2),
                mark("d2", "eve", .agree, 3),
                mark("d1", "eve", .agree, 4), mark("d3", "eve", .disagree, 5), mark("d1", "eve", nil, 6),
            ] { try tx.insert(mark) }
        }
        let found = try made.store.read { try $0.marksOnDecisions(by: alice, limit: 9) }
        #expect(found.map(\.decision.id.rawValue) == ["d1", "d1"])
        #expect(
            found.map(\.mark.verdict) == [.agree, .disagree] && found.map(\.mark.reason) == [nil, "why"])
        #expect(try made.store.read { try $0.marksOnDecisions(by: alice, limit: 1) }.count == 1)
    }
}
