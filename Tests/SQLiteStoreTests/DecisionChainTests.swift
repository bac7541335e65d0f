import Foundation
import GRDB
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import SQLiteStore

@Suite("Decisions are found by post and by id, however many there are")
struct DecisionChainTests {
    private let now = Timestamp(milliseconds: 1_000_000)
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: id)
        return PreparedContent(
            id: PostID(id), content: content, bytes: ContentCommitment.bytes(of: content), salt: [1],
            digest: [2],
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: .none, bundle: bundle.digest),
            priority: 0)
    }

    private func decision(_ number: Int, on post: String) -> Decision {
        Decision(
            id: DecisionID("d\(number)"), post: PostID(post), postVersion: 1,
            maker: .person(PersonID("alice")),
            action: .keep, policy: nil, rule: nil, note: nil, recommendation: nil, bundle: bundle.digest,
            decidedAt: now + .seconds(number))
    }

    private func keep(_ decision: Decision, in tx: any StoreTransaction) throws {
        try tx.insert(decision)
        try tx.enqueue(
            OutboxItem(
                decision: decision.id, post: decision.post, action: decision.action,
                dueAt: decision.decidedAt + .seconds(30)))
    }

    @Test func idsAreFoundBeforeAndAfterTheyAreIndexed() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for id in ["x", "y"] { _ = try tx.takeIn(prepared(id), at: now) { _ in nil } }
        }
        for number in 0..<300 {
            try made.store.write { try keep(decision(number, on: number % 3 == 0 ? "x" : "y"), in: $0) }
        }
        let indexed = try DatabaseQueue(path: made.path).read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM decision_ids") ?? 0
        }
        #expect(indexed == 256)
        try made.again().read { tx throws in
            for number in 0..<300 {
                #expect(try tx.decision(DecisionID("d\(number)"))?.decidedAt == now + .seconds(number))
            }
            #expect(try tx.decision(DecisionID("d300")) == nil)
            let onX = try tx.decisions(on: PostID("x")).map(\.id.rawValue)
            #expect(onX == stride(from: 0, to: 300, by: 3).map { "d\($0)" })
            #expect(
                try tx.decisionIDs(withPrefix: "d25", limit: 20).map(\.rawValue)
                    == ["d25"] + (250..<260).map { "d\($0)" })
            #expect(try tx.damage().isEmpty)
        }
    }

    @Test func aStoreOfTheFormBeforeIsBroughtToTodays() throws {
        let made = try TemporaryStore(.sqlite)
        let path = made.folder + "/former.sqlite"
        let place = try #require(Schema.steps.firstIndex { $0.first == Schema.chains.first })
        let former = try DatabaseQueue(path: path)
        try former.write { db in
            for statement in Schema.steps[..<place].joined() { try db.execute(sql: statement) }
            try db.execute(
                sql: """
                    INSERT INTO sources VALUES (1, 's', 2);
                    INSERT INTO shelves VALUES (1, 0, '', '');
                    INSERT INTO bundles VALUES (1, '\(bundle.digest.hex)', '[]');
                    INSERT INTO posts (number, id, source, taken_in_at, version, state, shelf, rank, flags, bundle)
                      VALUES (1, 'x', 1, 9, 1, 2, 1, 0, 0, 1), (2, 'y', 1, 9, 1, 2, 1, 0, 0, 1);
                    INSERT INTO fresh_ids VALUES ('x', 1);
                    INSERT INTO ids VALUES ('y', 2);
                    INSERT INTO decisions (number, id, post, version, person, action, bundle, decided_at, undone_at)
                      VALUES (1, 'a', 'x', 1, 'alice', 'keep', '\(bundle.digest.hex)', 5, 6),
                        (2, 'b', 'y', 1, 'alice', 'keep', '\(bundle.digest.hex)', 7, NULL),
                        (3, 'c', 'x', 1, 'alice', 'keep', '\(bundle.digest.hex)', 8, NULL);
                    INSERT INTO outbox VALUES (2, 'y', 'keep', 30007), (3, 'x', 'keep', 30008);
                    PRAGMA application_id = \(Schema.applicationID);
                    """)
            try db.execute(sql: "PRAGMA user_version = \(place)")
        }
        try former.close()
        let store = try SQLiteStore(path: path, creating: false)
        try store.write { tx throws in
            #expect(try tx.decisions(on: PostID("x")).map(\.id.rawValue) == ["a", "c"])
            #expect(try tx.decision(DecisionID("b"))?.post == PostID("y"))
            #expect(
                try tx.outbox(dueBy: now, limit: 9).map { "\($0.decision) \($0.dueAt.milliseconds)" }
                    == ["b 30007", "c 30008"])
            try keep(decision(4, on: "x"), in: tx)
            #expect(try tx.decisions(on: PostID("x")).map(\.id.rawValue) == ["a", "c", "d4"])
            #expect(try tx.undo(DecisionID("c"), at: now) && !tx.isWaitingToLeave(DecisionID("c")))
        }
        #expect(try store.read { try $0.damage() }.isEmpty)
    }

    @Test(arguments: [
        "UPDATE posts SET decision = NULL WHERE id = 'x'",
        "UPDATE decisions SET before = NULL WHERE number = 3",
        "UPDATE decisions SET before = 2 WHERE number = 3", "UPDATE posts SET decision = 1 WHERE id = 'y'",
        "UPDATE ledger_tree SET named = 1", "INSERT INTO decision_ids VALUES ('d9', 1)",
    ])
    func aBrokenChainIsTold(_ sql: String) throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for id in ["x", "y", "z"] { _ = try tx.takeIn(prepared(id), at: now) { _ in nil } }
            for (number, post) in ["x", "z", "x"].enumerated() {
                try keep(decision(number, on: post), in: tx)
            }
        }
        #expect(try made.store.read { try $0.damage() }.isEmpty)
        try DatabaseQueue(path: made.path).write { try $0.execute(sql: sql) }
        #expect(try !made.again().read { try $0.damage() }.isEmpty)
    }
}
