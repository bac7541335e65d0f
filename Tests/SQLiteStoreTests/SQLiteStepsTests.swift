import Foundation
import GRDB
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import SQLiteStore

@Suite("A file of an earlier form becomes one of today's, and keeps ids as they are found fastest")
struct SQLiteStepsTests {
    private let now = Timestamp(milliseconds: 1_000_000_000)
    private let alice = PersonID("alice")
    private let bob = PersonID("bob")
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: "text of \(id)", language: "en")
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: .mild, bundle: bundle.digest),
            priority: 0)
    }

    @Test func shiftsWatchedBeforeTheTableWasThereAreTakenFromTheLedger() throws {
        let made = try TemporaryStore(.sqlite)
        func entry(_ kind: EntryKind, _ fields: [String: LedgerValue], at: Timestamp) -> LedgerEntry {
            LedgerEntry(kind: kind, at: at, person: bob, post: nil, fields: fields)
        }
        let at = Timestamp(milliseconds: 1_772_442_000_123)
        try made.store.write { tx throws in
            try tx.append(entry(.replayed, ["replay": "watch", "shift": "s1", "whose": "alice"], at: at))
            try tx.append(entry(.replayed, ["replay": "what_if", "shifts": 3], at: at))
            // Words that only look like such an entry.
            try tx.append(entry(.exported, ["what": "\"kind\":\"replayed\""], at: at))
            try tx.append(entry(.replayed, ["replay": "watch", "shift": "s2", "whose": "alice"], at: at))
        }
        // As it was before the step.
        let place = try #require(Schema.steps.firstIndex { $0.first == Schema.own.first })
        try DatabaseQueue(path: made.path).write { db in
            for name in ["support", "watchings"] { try db.execute(sql: "DROP TABLE \(name)") }
            for statement in Schema.steps[place] { try db.execute(sql: statement) }
        }
        let found = try made.again().read { try $0.watchings(of: alice, limit: 9) }
        #expect(found.map(\.shift.rawValue) == ["s2", "s1"])
        #expect(found.allSatisfy { $0.watcher == bob && $0.at == at && $0.concerned == alice })
    }

    @Test func manyPostsAreFoundByIdWhicheverTableHoldsTheirNames() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in
            try tx.putInForce(bundle)
            for number in 0..<33_000 { _ = try tx.takeIn(prepared("m\(number)"), at: now) { _ in nil } }
        }
        try made.store.write { tx throws in
            _ = try tx.takeIn(prepared("m33000"), at: now) { _ in nil }
            #expect(try tx.takeIn(prepared("m7"), at: now) { _ in nil } == .unchanged)
            #expect(try tx.takeIn(prepared("m33000"), at: now) { _ in nil } == .unchanged)
            #expect(try tx.postIDs(withPrefix: "m3300", limit: 9).map(\.rawValue) == ["m3300", "m33000"])
        }
        let (settled, fresh) = try DatabaseQueue(path: made.path).read { db in
            (
                try Int.fetchOne(db, sql: "SELECT count(*) FROM ids"),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM fresh_ids")
            )
        }
        #expect(settled == 33_000 && fresh == 1)
    }

    @Test func aStoreOfTheFirstFormIsBroughtToTodays() throws {
        let folder = NSTemporaryDirectory() + "releve-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/site.sqlite"
        let old = try DatabaseQueue(path: path)
        try old.write { db in
            for statement in Schema.steps[0] { try db.execute(sql: statement) }
            try db.execute(
                sql: """
                    INSERT INTO sources VALUES (1, 's', 1);
                    INSERT INTO shelves VALUES (1, 1, 'en', '');
                    INSERT INTO shelf_counts VALUES (0, 1, 1);
                    INSERT INTO bundles VALUES (1, 'ab', '[]');
                    INSERT INTO posts VALUES (5, 'old', 1, 9, 1, 0, 1, -3, 0, NULL, 1, NULL, NULL, NULL, NULL);
                    INSERT INTO contents VALUES (5, 1, NULL, x'00', NULL);
                    INSERT INTO decisions VALUES
                      (1, 'd', 'old', 1, 'alice', 'keep', NULL, NULL, NULL, NULL, NULL, NULL, 'ab', 9, NULL);
                    PRAGMA application_id = \(Schema.applicationID);
                    """)
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        try old.close()
        let store = try SQLiteStore(path: path, creating: false)
        try store.write { tx throws in
            let post = try #require(try tx.post(PostID("old")))
            #expect(post.priority == 3 && post.state == .waiting && post.content == nil)
            #expect(try tx.decision(DecisionID("d"))?.maker == .person(alice))
            // What auditors ask by is filled in from the post.
            let audited = try #require(try tx.auditedDecision(DecisionID("d")))
            #expect(audited.hazard == .mild && audited.language == "en" && !audited.isEscalated)
            #expect(try tx.takeIn(prepared("old"), at: now) { _ in nil } == .unchanged)
            try tx.putInForce(bundle)
            #expect(try tx.takeIn(prepared("fresh"), at: now) { _ in nil } == .new)
            #expect(try tx.queue(QueueFilter(), offset: 0, limit: 9).map(\.id.rawValue) == ["old", "fresh"])
        }
    }
}
