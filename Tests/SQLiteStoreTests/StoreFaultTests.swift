import Foundation
import GRDB
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import SQLiteStore
@testable import StoreSQL

@Suite("A store that can't go on says so and loses nothing")
struct StoreFaultTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    private func entry(_ name: String) -> LedgerEntry {
        LedgerEntry(kind: .takenIn, at: now, person: nil, post: PostID(name))
    }

    private func integer(_ path: String, _ sql: String) throws -> Int? {
        try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: sql) }
    }

    @Test func aFullDiskKeepsNothingOfTheTransactionAndEverythingBefore() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in try tx.append(entry("before")) }
        let pages = try #require(try integer(made.path, "PRAGMA page_count"))
        let small = try SQLiteStore(path: made.path, creating: false, pageLimit: pages + 4)
        #expect(throws: StoreError.full(made.path)) {
            try small.write { tx throws in
                for index in 0..<5_000 { try tx.append(entry("post \(index)")) }
            }
        }
        try small.write { tx throws in #expect(try tx.appendNumbered(entry("after")) == 1) }
        try made.again().read { tx throws in
            let hashes = try tx.ledgerLeafHashes(from: 0, limit: 9)
            #expect(hashes.count == 2)
            #expect(try tx.ledgerTree().root == MerkleTree.root(hashes[...]))
        }
    }

    /// FULL is 2 and NORMAL is 1; what others commit after posts in bulk waits for the disk again.
    @Test func onlyWorkThatCanBeDoneAgainDoesNotWaitForTheDisk() throws {
        struct Refused: Error {}
        let made = try TemporaryStore(.sqlite)
        let store = try SQLiteStore(path: made.path, creating: false)
        #expect(try store.settings().synchronous == 2)
        for work in [StoreWork.bulk, .intake, .own(PersonID("p"))] {
            let inside = try store.write(as: work) { tx in
                try tx.append(entry("of \(work)"))
                let engine = try #require((tx as? SQLTransaction)?.engine as? SQLiteEngine)
                return try Int.fetchOne(engine.db, sql: "PRAGMA synchronous")
            }
            #expect(inside == (work == .bulk ? 1 : 2))
            #expect(try store.settings().synchronous == 2)
        }
        #expect(throws: Refused.self) {
            try store.write(as: .bulk) { tx throws in
                try tx.append(entry("refused"))
                throw Refused()
            }
        }
        #expect(try store.settings().synchronous == 2)
        try store.makeDurable()
        try made.again().read { tx throws in #expect(try tx.ledgerTree().size == 3) }
    }

    @Test func whatWasCopiedBackFromALogThatIsGoneIsDurableAlready() throws {
        let made = try TemporaryStore(.sqlite)
        let store = try SQLiteStore(path: made.path, creating: false)
        try FileManager.default.removeItem(atPath: made.path + "-wal")
        try store.makeDurable()
    }

    @Test func aNewerStoreIsRefusedAndLeftAlone() throws {
        let made = try TemporaryStore(.sqlite)
        try made.tamper("PRAGMA user_version = 99")
        #expect(throws: StoreError.tooNew(made.path, schema: 99)) { try made.again() }
        #expect(try integer(made.path, "PRAGMA user_version") == 99)
    }

    @Test func anotherProgramsFileIsRefusedAndLeftAlone() throws {
        let made = try TemporaryStore(.sqlite)
        let path = made.folder + "/other.sqlite"
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE theirs (n INTEGER)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try SQLiteStore(path: path, creating: true) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test func whatIsNoDatabaseIsRefusedAndLeftAlone() throws {
        let made = try TemporaryStore(.sqlite)
        let path = made.folder + "/letter.txt"
        let text = Data(String(repeating: "Dear reader, ", count: 900).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.unusable(path, reason: "it is not a store")) {
            try SQLiteStore(path: path, creating: false)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test func aMissingStoreIsNotMadeUnasked() throws {
        let made = try TemporaryStore(.sqlite)
        let path = made.folder + "/none.sqlite"
        #expect(throws: StoreError.missing(path)) { try SQLiteStore(path: path, creating: false) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func spoiltPagesAreReportedAsDamage() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in
            for index in 0..<3_000 { try tx.append(entry("post \(index)")) }
        }
        try made.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: made.path))
        let size = try file.seekToEnd()
        // All but the first pages, which hold the tables' names.
        let start = UInt64(40 * 4096)
        try #require(size > start)
        try file.seek(toOffset: start)
        try file.write(contentsOf: Data(repeating: 0xA5, count: Int(size - start)))
        try file.close()
        #expect(throws: StoreError.damaged(made.path)) {
            try made.again().read { tx throws in _ = try tx.ledgerEntries(from: 0, limit: 10_000) }
        }
    }

    @Test func onlyTheOwnerCanReadTheFiles() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in try tx.append(entry("a")) }
        for suffix in ["", "-wal", "-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: made.path + suffix)[.posixPermissions]
            #expect(mode as? Int == 0o600, "of \(suffix)")
        }
    }

    @Test func theFileItselfRefusesToChangeOrShortenTheLedger() throws {
        let made = try TemporaryStore(.sqlite)
        try made.store.write { tx throws in try tx.append(entry("a")) }
        for sql in ["UPDATE ledger SET bytes = x''", "DELETE FROM ledger"] {
            #expect(throws: DatabaseError.self) { try made.tamper(sql) }
        }
    }

    @Test func commitsReachTheDiskBeforeTheyReturn() throws {
        let made = try TemporaryStore(.sqlite)
        let store = try SQLiteStore(path: made.path, creating: false)
        let (journal, synchronous, foreignKeys) = try store.settings()
        #expect(journal == "wal" && synchronous == 2 && foreignKeys == 1)
    }

    @Test func theLogIsCopiedBackWhileTheStoreIsOpen() throws {
        let made = try TemporaryStore()
        let store = try SQLiteStore(path: made.path, creating: false)
        func size(_ path: String) throws -> Int {
            try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        }
        let record = RejectedRecord(
            file: "f", line: 1, reason: "r", bytes: [UInt8](repeating: 7, count: 1 << 20), rejectedAt: now)
        for _ in 0..<20 { try store.write { try $0.reject(record) } }
        try store.maintain { _ in }
        #expect(try size(made.path) > 15 << 20)
        // Copied whole, it begins anew instead of growing.
        let before = try size(made.path + "-wal")
        try store.maintain { try $0.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)") }
        for _ in 0..<10 { try store.write { try $0.reject(record) } }
        #expect(try size(made.path + "-wal") == before)
    }

    @Test func severalMayMakeTheSameStoreAtOnce() throws {
        for _ in 0..<10 {
            let made = try TemporaryStore(.sqlite)
            let path = made.folder + "/fresh.sqlite"
            DispatchQueue.concurrentPerform(iterations: 4) { worker in
                do {
                    let store = try SQLiteStore(path: path, creating: true)
                    try store.write { tx throws in try tx.append(entry("\(worker)")) }
                } catch { Issue.record(error) }
            }
            let size = try SQLiteStore(path: path, creating: false).read { try $0.ledgerTree().size }
            #expect(size == 4)
        }
    }

    @Test func severalWritersAtOnceKeepOneUnbrokenLedger() throws {
        let made = try TemporaryStore(.sqlite)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try made.again()
                for index in 0..<50 {
                    try store.write { tx throws in try tx.append(entry("\(worker) \(index)")) }
                }
            } catch { Issue.record(error) }
        }
        try made.store.read { tx throws in
            var verifier = LedgerVerifier()
            let entries = try tx.ledgerEntries(from: 0, limit: 1000)
            let hashes = try tx.ledgerLeafHashes(from: 0, limit: 1000)
            for (entry, hash) in zip(entries, hashes) { verifier.check(entry, storedLeafHash: hash) }
            #expect(entries.count == 200)
            #expect(verifier.finish(stored: try tx.ledgerTree()).isIntact)
        }
    }
}
