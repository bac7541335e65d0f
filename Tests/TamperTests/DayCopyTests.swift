import Desk
import Exposure
import Foundation
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Store
import StoreTesting
import Testing

/// A day in which everything happened, copied to the other engine and back.
@Suite("A site copied to another store is the same site")
struct DayCopyTests {
    /// Copies into an empty store, in the steps of the command.
    private func copy(_ source: any Store, to target: any Store) throws {
        try target.write { try $0.beginCopy(7) }
        let copy = try SiteCopy(from: source, to: target)
        var last: Int64 = 0
        try copy.copy { last = $0 }
        #expect(last == copy.rows)
        try copy.compare { _ in }
        try copy.settle()
        try copy.end()
    }

    /// All rows of all tables but the indexes of ids, as SQLite itself gives them.
    private func rows(_ path: String) throws -> [String: [String]] {
        try DatabaseQueue(path: path).read { db in
            let tables = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                      AND name NOT IN ('ids', 'fresh_ids', 'decision_ids', 'ledger_tree')
                    """)
            var result: [String: [String]] = [:]
            for table in tables {
                result[table] = try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map(\.description)
                    .sorted()
            }
            result["ledger_tree"] = try Row.fetchAll(db, sql: "SELECT one, frontier, fence FROM ledger_tree")
                .map(
                    \.description)
            for view in ["post_ids", "decision_numbers"] {
                result[view] = try Row.fetchAll(db, sql: "SELECT * FROM \(view) ORDER BY id").map(
                    \.description)
            }
            return result
        }
    }

    private func day() throws -> RecordedDay {
        let day = try RecordedDay()
        try day.work()
        let (now, ada) = (day.clock.now().wall, day.ada.id)
        // What a moderator began to write, and what somebody else's file held: any character at all.
        try day.store.write { tx throws in
            let post = try #require(try tx.queue(QueueFilter(), offset: 0, limit: 1).first).id
            try tx.save(Draft(note: "half \u{0}\u{FFFE}0 a \u{1F600} word\u{FFFE}"), on: post, by: ada)
            try tx.reject(
                RejectedRecord(
                    file: "x\u{0}.jsonl", line: 3, reason: "r", bytes: [0, 255, 1], rejectedAt: now))
            try tx.setPersonalLimit(Percent(60), of: ada)
        }
        return day
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func thereAndBackRowByRow() throws {
        let day = try day()
        let server = try TemporaryStore(.postgres)
        try copy(day.store, to: server.store)
        let there = Desk(store: server.store, clock: day.clock)
        #expect(try there.ledgerTree().root == day.desk.ledgerTree().root)
        #expect(try there.verifyLedger().problem == nil)
        #expect(try there.verifyTables().differences.map { $0.message(in: "en") } == [])
        let back = try TemporaryStore(.sqlite)
        try copy(server.store, to: back.store)
        let here = Desk(store: back.store, clock: day.clock)
        #expect(try here.verifyLedger().root == day.desk.ledgerTree().root)
        #expect(try here.verifyTables().differences.map { $0.message(in: "en") } == [])
        let (before, after) = (try rows(day.path), try rows(back.path))
        for (table, rows) in before { #expect(rows == after[table], "\(table)") }
        #expect(before.keys.sorted() == after.keys.sorted())
        #expect(before.values.count { !$0.isEmpty } > 35)
    }

    @Test(.enabled(if: StoreKind.tested.contains(.postgres)))
    func workGoesOnInTheCopy() throws {
        let day = try day()
        let server = try TemporaryStore(.postgres)
        try copy(day.store, to: server.store)
        let desk = Desk(store: server.store, clock: day.clock, entropy: SeededEntropy(seed: 5))
        let zoe = try desk.addPerson(user: "zoe", name: "Zoe", roles: [.moderator], by: day.ada)
        let fence = try server.store.read { try $0.lastFence() }
        _ = try desk.takeIn([FlaggedPost(source: "new", externalID: "1", body: "hello", language: "en")])
        try server.store.write { tx throws in
            try tx.reject(
                RejectedRecord(file: "x", line: 4, reason: "r", bytes: [], rejectedAt: day.clock.now().wall))
        }
        _ = try desk.startShift(zoe)
        let outcome = try desk.claimNext(for: zoe)
        guard case .claimed(let held) = outcome else {
            Issue.record("nothing can be claimed in the copy: \(outcome)")
            return
        }
        #expect(held.claim.fence > fence)
        #expect(try desk.verifyTables().differences.map { $0.message(in: "en") } == [])
    }

    @Test func whatIsThereAlreadyIsNotCopiedAgainAndAStoreInUseIsRefused() throws {
        let day = try day()
        let first = try TemporaryStore(.sqlite)
        try copy(day.store, to: first.store)
        // As after an interruption: all rows are there, and none is added.
        var calls = 0
        try SiteCopy(from: day.store, to: first.store).copy { _ in calls += 1 }
        #expect(calls == 0)
        #expect { try first.store.write { try $0.beginCopy(8) } } throws: { error in
            if case StoreError.inUse(_, let reason) = error { reason.contains("day.example") } else { false }
        }
    }

    @Test func aRowThatDiffersIsFound() throws {
        let day = try day()
        let first = try TemporaryStore(.sqlite)
        try copy(day.store, to: first.store)
        try first.tamper("UPDATE drafts SET card = replace(card, 'half', 'Half')")
        let copy = try SiteCopy(from: day.store, to: first.store)
        #expect { try copy.compare { _ in } } throws: { error in
            "\((error as? DeskError)?.message(in: "en") ?? "")".contains("drafts differ")
        }
        try first.tamper("DELETE FROM drafts")
        #expect(throws: DeskError.self) { try copy.compare { _ in } }
    }
}
