import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("A day's tables say what its ledger says")
struct DayTests {
    @Test func aDayInWhichEverythingHappenedVerifies() throws {
        let day = try RecordedDay()
        try day.work()
        let ledger = try day.desk.verifyLedger()
        #expect(ledger.problem == nil && ledger.checkpoints > 2)
        let tables = try day.desk.verifyTables()
        #expect(tables.differences.map { $0.message(in: "en") } == [] && tables.fullFrom == 0)
        // Nothing can be found wrong with a table that holds nothing.
        for table in KeptTable.allCases {
            var rows = 0
            try day.store.read { try $0.rows(of: table, in: .init()) { rows += $0.count } }
            #expect(rows > 0, "\(table)")
        }
        // In shares, as for a ledger too large to be held at once.
        let shares = try day.desk.verifyTables(namesAtOnce: 40)
        #expect(shares.differences.map { $0.message(in: "en") } == [] && shares.rows > tables.rows)
        let told = try day.desk.ledgerLog(from: 0, limit: 10_000).map(\.entry.kind)
        #expect(told.count { $0 == .stated } == 2 && told.count { $0 == .auditMarked } > 5)
        let kinds = Set(told)
        let missing = Set(EntryKind.allCases).subtracting(kinds)
        #expect(
            missing == [
                .claimExpired, .limitReached, .delivered, .deliveryFailed, .formChanged, .urgentUnserved,
            ])
    }
}
