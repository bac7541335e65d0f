#if Postgres
import Dispatch
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import PostgresStore

@Suite("A server that fails is told of, and what was confirmed is there once", .serialized)
struct PostgresFaultTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    private func entry(_ name: String) -> LedgerEntry {
        LedgerEntry(kind: .takenIn, at: now, person: nil, post: PostID(name))
    }

    /// The posts that the ledger's entries tell of.
    private func told(_ store: any Store) throws -> [String] {
        try store.read { tx throws in
            try tx.ledgerEntries(from: 0, limit: 10_000).map { bytes in
                try LedgerEntry(canonicalBytes: bytes).post?.rawValue ?? ""
            }
        }
    }

    /// The same store through a line that can be cut.
    private func cuttable(_ made: TemporaryStore) throws -> (CuttingProxy, PostgresStore) {
        let server = try PostgresServer.shared.get()
        let proxy = try CuttingProxy(to: server.folder)
        let address = try made.address().replacing(server.folder, with: proxy.folder)
        return (proxy, try PostgresStore(address: address, creating: false))
    }

    @Test func aCommitThatTheServerHeardIsFoundOutThoughItsAnswerWasLost() throws {
        let made = try TemporaryStore(.postgres)
        let (proxy, store) = try cuttable(made)
        defer { proxy.stop() }
        for number in 0..<10 {
            proxy.cutNext(.afterCommit)
            try store.write { tx throws in try tx.append(entry("kept \(number)")) }
        }
        #expect(proxy.count == 10)
        #expect(try told(made.store) == (0..<10).map { "kept \($0)" })
    }

    @Test func aCommitThatTheServerNeverHeardIsToldAsLostAndLeavesNothing() throws {
        let made = try TemporaryStore(.postgres)
        let (proxy, store) = try cuttable(made)
        defer { proxy.stop() }
        for number in 0..<10 {
            proxy.cutNext(.beforeCommit)
            #expect {
                try store.write { tx throws in try tx.append(entry("lost \(number)")) }
            } throws: { error in
                if case StoreError.unreachable = error { true } else { false }
            }
            try store.write { tx throws in try tx.append(entry("kept \(number)")) }
        }
        #expect(try told(made.store) == (0..<10).map { "kept \($0)" })
    }

    @Test func whetherACommitWasKeptCanBeAskedAgainWhenTheAnswerIsLost() throws {
        let made = try TemporaryStore(.postgres)
        let place = try PostgresPlace(made.address())
        let connection = try PostgresConnection(place)
        let (kept, lost) = (PostgresCommitKey(), PostgresCommitKey())
        try kept.keep(on: connection)
        try connection.settle()
        for _ in 0..<2 {
            #expect(try kept.wasKept(at: place))
            #expect(try !lost.wasKept(at: place))
        }
    }

    @Test func aBackendKilledWhileItCommitsIsFoundOut() throws {
        let made = try TemporaryStore(.postgres)
        // The trigger waits for the commit, and then ends its own session.
        try made.tamper(
            """
            CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
            """,
            """
            CREATE CONSTRAINT TRIGGER dies AFTER INSERT ON rejected DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION die()
            """)
        let record = RejectedRecord(file: "f", line: 1, reason: "r", bytes: [1], rejectedAt: now)
        #expect {
            try made.store.write { tx throws in
                try tx.append(entry("lost"))
                try tx.reject(record)
            }
        } throws: { error in
            if case StoreError.unreachable = error { true } else { false }
        }
        try made.store.write { tx throws in try tx.append(entry("kept")) }
        #expect(try told(made.store) == ["kept"])
        #expect(try made.store.read { try $0.rejected(limit: 9) }.isEmpty)
    }

    @Test func sessionsThatWereEndedWhileIdleAreReplacedUnseen() throws {
        let made = try TemporaryStore(.postgres)
        try made.store.write { tx throws in try tx.append(entry("before")) }
        try made.tamper(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
              WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        try made.store.write { tx throws in try tx.append(entry("after")) }
        #expect(try told(made.store) == ["before", "after"])
    }

    @Test func theServerItselfRefusesToChangeOrShortenTheLedger() throws {
        let made = try TemporaryStore(.postgres)
        try made.store.write { tx throws in try tx.append(entry("a")) }
        for sql in ["UPDATE ledger SET bytes = ''", "DELETE FROM ledger", "TRUNCATE ledger"] {
            #expect {
                try made.tamper(sql)
            } throws: { "\($0)".contains("the ledger is append-only") }
        }
    }

    @Test func aNewerStoreAnotherProgramsAndNoneAreRefusedAndLeftAlone() throws {
        let server = try PostgresServer.shared.get()
        let made = try TemporaryStore(.postgres)
        try made.tamper("UPDATE schema_version SET steps = 99")
        let name = try PostgresStore.name(of: made.address())
        #expect(throws: StoreError.tooNew(name, schema: 99)) {
            try made.again()
        }
        let other = try server.makeDatabase()
        let place = try PostgresStore.name(of: server.address(other))
        #expect(throws: StoreError.missing(place)) {
            try PostgresStore(address: server.address(other), creating: false)
        }
        try server.run("CREATE SCHEMA releve CREATE TABLE theirs (n INTEGER)", in: other)
        #expect(throws: StoreError.unusable(place, reason: "its schema releve is of another program")) {
            try PostgresStore(address: server.address(other), creating: true)
        }
        #expect(throws: StoreError.self) {
            try PostgresStore(address: server.address("nowhere"), creating: true)
        }
    }

    @Test func severalMayMakeTheSameStoreAtOnce() throws {
        let server = try PostgresServer.shared.get()
        let database = try server.makeDatabase()
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try PostgresStore(address: server.address(database), creating: true)
                try store.write { tx throws in try tx.append(entry("\(worker)")) }
            } catch { Issue.record(error) }
        }
        let store = try PostgresStore(address: server.address(database), creating: false)
        #expect(try Set(told(store)) == ["0", "1", "2", "3"])
    }

    @Test func whatWasTakenAwayOrAddedIsDamage() throws {
        let made = try TemporaryStore(.postgres)
        #expect(try made.store.read { try $0.damage() } == [])
        try made.tamper(
            "ALTER TABLE ledger DISABLE TRIGGER ledger_is_never_changed", "DROP INDEX posts_waiting",
            "CREATE TABLE extra (n BIGINT)", "ALTER TABLE posts ALTER COLUMN rank DROP NOT NULL")
        let damage = try made.store.read { try $0.damage() }
        #expect(
            Set(damage) == [
                .changed("trigger ledger_is_never_changed"), .missing("index posts_waiting"),
                .foreign("table extra"), .changed("table posts"),
            ])
    }
}
#endif
