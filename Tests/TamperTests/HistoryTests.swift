import Desk
import Foundation
import GRDB
import Ledger
import SQLiteStore
import Store
import Testing

@Suite("A ledger cut short, signed by another or written anew is caught")
struct HistoryTests {
    private let day: RecordedDay
    private let copy: Tampering

    init() throws {
        day = try RecordedDay()
        try day.work()
        copy = try Tampering(day)
    }

    private func entries(_ db: Database) throws -> [[UInt8]] {
        try Data.fetchAll(db, sql: "SELECT bytes FROM ledger ORDER BY number").map { Array($0) }
    }

    /// Puts other entries in the ledger's place, with all its hashes right.
    private func write(_ entries: [[UInt8]], _ db: Database) throws -> MerkleFrontier {
        var tree = MerkleFrontier()
        try db.execute(sql: "DELETE FROM ledger")
        for bytes in entries {
            let leaf = MerkleTree.leafHash(bytes)
            try db.execute(
                sql: "INSERT INTO ledger VALUES (?, ?, ?)", arguments: [tree.size, Data(leaf), Data(bytes)])
            tree.append(leaf: leaf)
        }
        try db.execute(sql: "UPDATE ledger_tree SET frontier = ?", arguments: [Data(tree.encoded)])
        try db.execute(sql: "DELETE FROM checkpoints WHERE size > ?", arguments: [tree.size])
        return tree
    }

    private func root(of entries: some Sequence<[UInt8]>) -> [UInt8] {
        var tree = MerkleFrontier()
        for bytes in entries { tree.append(leaf: MerkleTree.leafHash(bytes)) }
        return tree.root
    }

    /// Signs all checkpoints of a size anew.
    private func sign(_ entries: [[UInt8]], with key: SiteKey, upTo size: Int64, _ db: Database) throws {
        for old in try Int64.fetchAll(
            db, sql: "SELECT size FROM checkpoints WHERE size <= ?", arguments: [size])
        {
            let checkpoint = try Checkpoint(
                origin: "day.example/releve", size: old, root: root(of: entries.prefix(Int(old))))
            try db.execute(
                sql: "UPDATE checkpoints SET note = ? WHERE size = ?",
                arguments: [try checkpoint.note(signedBy: key), old])
        }
    }

    @Test func aTailCutOffIsMissedByTheTables() throws {
        for length in [1, 3, 10] {
            try copy.change { db in _ = try write(try entries(db).dropLast(length), db) }
            #expect(copy.verify().isCaught, "\(length) entries")
        }
        // Without mending the tree, by the ledger alone.
        try copy.change { db in
            try db.execute(sql: "DELETE FROM ledger WHERE number = (SELECT max(number) FROM ledger)")
        }
        #expect(copy.verify().isCaught)
    }

    @Test func aCheckpointKeptElsewhereCatchesAStorePutBackToAnEarlierMoment() throws {
        let kept = try #require(try day.desk.lastCheckpoint())
        let earlier = try RecordedDay()
        let desk = Desk(store: earlier.store, clock: earlier.clock)
        #expect(try desk.verifyLedger().isIntact && desk.verifyTables().isIntact)
        #expect(try desk.verifyLedger(notes: [kept.note]).problem != nil)
    }

    @Test func aForgedCheckpointIsCaught() throws {
        try copy.change { db in
            try sign(try entries(db), with: SiteKey(), upTo: .max, db)
        }
        #expect(copy.verify().isCaught)
        try copy.change { db in
            let last = try Int64.fetchOne(db, sql: "SELECT max(size) FROM checkpoints") ?? 0
            let note = try Checkpoint(
                origin: "day.example/releve", size: last, root: [UInt8](repeating: 7, count: 32))
            try db.execute(
                sql: "UPDATE checkpoints SET note = ? WHERE size = ?",
                arguments: [try note.note(signedBy: RecordedDay.secondKey), last])
        }
        #expect(copy.verify().isCaught)
    }

    /// The entries with another action in the first decision that removed something.
    private func rewritten(_ db: Database) throws -> [[UInt8]] {
        var entries = try entries(db)
        for (index, bytes) in entries.enumerated() {
            guard var entry = LedgerEntry(verifiedBytes: bytes), entry.kind == .decided,
                entry.text("action") == "remove", let id = entry.text("decision")
            else { continue }
            entry.fields["action"] = "keep"
            entries[index] = entry.canonicalBytes()
            try db.execute(
                sql:
                    "UPDATE decisions SET action = 'keep', differs = recommended_action <> 'keep' WHERE id = ?",
                arguments: [id])
            return entries
        }
        throw RecordedDay.NothingToDo()
    }

    @Test func aHistorySignedAnewWithAStolenOlderKeyIsCaught() throws {
        // Tables and entries agree, all hashes are right, and every note is signed by the key that was stolen.
        let change = try copy.change { db -> Int64 in
            let entries = try rewritten(db)
            _ = try write(entries, db)
            try sign(entries, with: RecordedDay.firstKey, upTo: .max, db)
            let index = entries.firstIndex { LedgerEntry(verifiedBytes: $0)?.kind == .keyChanged }
            return Int64(index ?? 0)
        }
        #expect(copy.verify().isCaught)
        // Those after the change of keys taken away: another signed later still tells.
        let kept = try #require(try day.desk.lastCheckpoint())
        try copy.change { db in
            let entries = try rewritten(db)
            _ = try write(entries, db)
            try sign(entries, with: RecordedDay.firstKey, upTo: change, db)
            try db.execute(sql: "DELETE FROM checkpoints WHERE size > ?", arguments: [change])
        }
        #expect(!copy.verify().isCaught && copy.verify(notes: [kept.note]).isCaught)
    }
}
