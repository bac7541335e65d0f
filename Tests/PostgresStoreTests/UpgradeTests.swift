#if Postgres
import Dispatch
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import PostgresStore

@Suite("Tables are brought up to date while consoles of earlier versions work")
struct UpgradeTests {
    private let now = Timestamp(milliseconds: 1_000_000)

    private func entry(_ name: String) -> LedgerEntry {
        LedgerEntry(kind: .takenIn, at: now, person: nil, post: PostID(name))
    }

    /// A session that appends as versions before the fourth step did: it reads the tree's edge, hashes by itself, and
    /// writes both.
    private final class EarlierConsole: @unchecked Sendable {
        let connection: PostgresConnection

        init(_ address: String) throws { connection = try PostgresConnection(PostgresPlace(address)) }

        func begin() throws -> MerkleFrontier {
            try connection.tell("BEGIN; SELECT pg_advisory_xact_lock_shared(\(PostgresLock.site))")
            var none = PostgresValues()
            let edge = try connection.runOnce("SELECT frontier FROM ledger_tree FOR NO KEY UPDATE", &none)
            return try MerkleFrontier(encoded: edge.blob(0, 0))
        }

        func finish(_ edge: MerkleFrontier, _ entry: LedgerEntry) throws {
            var edge = edge
            let encoded = entry.encoded
            func sql(_ bytes: [UInt8]) -> String { "'\\x\(Hexadecimal.string(bytes))'" }
            let row = "(\(edge.size), \(sql(encoded.leaf)), \(sql(encoded.bytes)))"
            edge.append(leaf: encoded.leaf)
            try connection.tell(
                "INSERT INTO ledger VALUES \(row); UPDATE ledger_tree SET frontier = \(sql(edge.encoded)); COMMIT"
            )
        }
    }

    /// Takes a store back to the form before the fourth step, with all that is in it.
    private func goBack(_ address: String) throws {
        let owner = try PostgresConnection(PostgresPlace(address))
        try owner.tell(
            """
            DROP FUNCTION hold_end(); DROP FUNCTION append_entries(bytea[]); DROP INDEX claims_end;
            UPDATE schema_version SET steps = 3
            """)
    }

    @Test func entriesOfBothVersionsMakeOneTreeInOneOrder() throws {
        let made = try TemporaryStore(.postgres)
        let address = try made.address()
        for number in 0..<5 { try made.store.write { try $0.append(entry("before \(number)")) } }
        try goBack(address)

        // The earlier console is in the middle of a transaction when the tables change under it.
        let earlier = try EarlierConsole(address)
        let edge = try earlier.begin()
        let store = try PostgresStore(address: address, creating: false)
        #expect(try store.facts().schema == PostgresSchema.stepCount)
        let waits = DispatchGroup()
        waits.enter()
        Thread {
            try? store.write(as: .own(PersonID("a"))) { try $0.append(self.entry("waited")) }
            waits.leave()
        }.start()
        #expect(waits.wait(timeout: .now() + .milliseconds(100)) == .timedOut)
        try earlier.finish(edge, entry("during"))
        waits.wait()

        // Then both go on at once.
        let both = DispatchGroup()
        for number in 0..<4 {
            both.enter()
            Thread {
                for turn in 0..<10 {
                    try? store.write(as: .own(PersonID("p\(number)"))) { tx throws in
                        for part in 0..<3 { try tx.append(self.entry("new \(number) \(turn) \(part)")) }
                    }
                }
                both.leave()
            }.start()
        }
        for turn in 0..<20 { try earlier.finish(try earlier.begin(), entry("old \(turn)")) }
        both.wait()

        let rows = try store.read { try $0.ledgerRows(from: 0, limit: 1000) }
        var tree = MerkleFrontier()
        for row in rows {
            #expect(row.leaf == MerkleTree.leafHash(row.bytes))
            tree.append(leaf: row.leaf)
        }
        #expect(rows.count == 5 + 2 + 4 * 10 * 3 + 20)
        #expect(try store.read { try $0.ledgerTree() } == tree)
        #expect(Set(rows.map(\.bytes)).count == rows.count)
        let names = try rows.map { try LedgerEntry(canonicalBytes: $0.bytes).post?.rawValue ?? "" }
        #expect(Array(names[5..<7]) == ["during", "waited"])
    }

    @Test func whoDoesNotOwnTheTablesIsToldWhoBringsThemUpToDate() throws {
        let made = try TemporaryStore(.postgres)
        let address = try made.address()
        try goBack(address)
        let login = "stranger_\(UUID().uuidString.prefix(8).lowercased())"
        let owner = try PostgresConnection(PostgresPlace(address))
        try owner.tell(
            "CREATE ROLE \(login) LOGIN; GRANT USAGE ON SCHEMA releve TO \(login); GRANT SELECT ON schema_version TO \(login)"
        )
        let theirs = address.replacing("owner@", with: "\(login)@")
        #expect {
            _ = try PostgresStore(address: theirs, creating: false)
        } throws: { "\($0)".contains("whoever owns them") }
        _ = try PostgresStore(address: address, creating: false)
        try owner.tell("DROP OWNED BY \(login); DROP ROLE \(login)")
    }
}
#endif
