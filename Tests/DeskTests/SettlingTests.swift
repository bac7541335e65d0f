import Desk
import Exposure
import Foundation
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("Totals take the place of spans, and everything still holds")
struct SettlingTests {
    private static let day: Duration = .seconds(86_400)

    private func spans(_ site: RecordSite, of person: Person) throws -> Int {
        try site.store.read { try $0.spans(of: person.id, since: Timestamp(milliseconds: 0)).count }
    }

    @Test func spansStayForTheTimeInWhichTheyMayBeDisputed() throws {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 4, seconds: 30)
        site.clock.advance(by: Self.day * 29)
        #expect(try site.desk.settleExposure(by: site.ada) == Settled())
        #expect(try spans(site, of: site.ben) == 4)
        site.clock.advance(by: Self.day * 3)
        let before = try site.desk.record(of: site.ben).summary
        let settled = try site.desk.settleExposure(by: site.ada)
        #expect(settled.days == 1 && settled.spans == 4)
        #expect(try spans(site, of: site.ben) == 0)
        #expect(try site.desk.record(of: site.ben).summary == before)
        #expect(try site.desk.settleExposure(by: site.ada) == Settled())
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.settleExposure(by: site.ben) }
    }

    @Test func theEndOfAShiftSettlesOnesOwn() throws {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        try site.shift(of: site.ada, looks: 2, seconds: 30)
        site.clock.advance(by: Self.day * 40)
        try site.shift(of: site.ben, looks: 1, seconds: 30)
        #expect(try spans(site, of: site.ben) == 1 && spans(site, of: site.ada) == 2)
        #expect(try site.tables() == [])
    }

    @Test func theLedgerStillVerifiesAndSharesDoToo() throws {
        let site = try RecordSite()
        for person in [site.ben, site.ada] { try site.shift(of: person, looks: 4, seconds: 30) }
        site.clock.advance(by: Self.day * 33)
        // A span whose console died, of somebody who never came back.
        try site.desk.startShift(site.ada)
        _ = try site.desk.takeIn([FlaggedPost(source: "s", externalID: "left", body: "kill")])
        guard case .claimed(let file) = try site.desk.claimNext(for: site.ada),
            case .uncovered = try site.desk.uncover(file, by: site.ada)
        else { throw RecordSite.NothingToDo() }
        site.clock.advance(by: Self.day * 33)
        #expect(try site.desk.settleExposure(by: site.ada).days == 3)
        #expect(try site.desk.verifyLedger().problem == nil)
        #expect(try site.tables() == [])
        #expect(try site.desk.verifyTables(namesAtOnce: 5).differences.isEmpty)
        let told = try site.desk.ledgerLog(from: 0, limit: 900)
        #expect(told.count { $0.entry.kind == .exposureSettled } == 3)
        #expect(told.count { $0.entry.kind == .covered } == 9)
    }

    @Test func aLateSpanOfASettledDayIsSettledBesideIt() throws {
        let site = try RecordSite()
        let start = site.clock.now().wall
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        site.clock.advance(by: Self.day * 33)
        _ = try site.desk.settleExposure(by: site.ada)
        // A clock that was set back for a while.
        site.clock.jump(to: start + .seconds(7200))
        let another = Desk(
            store: site.store, clock: site.clock, entropy: SeededEntropy(seed: 31), signer: site.key)
        try another.startShift(site.ada)
        _ = try another.takeIn([FlaggedPost(source: "s", externalID: "late", body: "hello")])
        let dose = try another.standing(of: site.ben).dayDose
        // What is settled counts in the windows as long as it would have.
        #expect(dose > .zero)
        site.clock.jump(to: start + .seconds(70 * 86_400))
        _ = try another.settleExposure(by: site.ada)
        #expect(try site.tables() == [])
    }

    // MARK: Tampering

    /// What verifying finds after a change of the settled store.
    private func found(_ change: (Database) throws -> Void) throws -> [KeptTable?] {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 3, seconds: 30)
        site.clock.advance(by: Self.day * 33)
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        let queue = try DatabaseQueue(path: site.folder + "/site.sqlite")
        try queue.write { db in try change(db) }
        try queue.close()
        return try site.desk.verifyTables().differences.map(\.table)
    }

    @Test func aTotalThatIsNotTheSumIsCaught() throws {
        #expect(try found { _ in } == [])
        #expect(try found { try $0.execute(sql: "UPDATE day_totals SET dose = dose - 1") } == [.dayTotals])
        #expect(
            try found { try $0.execute(sql: "UPDATE day_totals SET ends_at = ends_at + 1") } == [.dayTotals])
        #expect(try found { try $0.execute(sql: "DELETE FROM day_totals WHERE hazard = 3") } == [.dayTotals])
        #expect(
            try found { try $0.execute(sql: "INSERT INTO day_totals VALUES ('x', 1, 1, 1, 1, 1)") }
                == [.dayTotals])
    }

    @Test func aSpanThatGaveWayToNothingIsCaught() throws {
        #expect(try found { try $0.execute(sql: "DELETE FROM spans") } == [.spans])
        let back = try found { db in
            try db.execute(
                sql: """
                    INSERT INTO spans SELECT 'x', person, NULL, NULL, 3, opened_at, 1, closed_at, 1, 1, 'covered', ends_at
                      FROM spans LIMIT 1
                    """)
        }
        #expect(back == [.spans])
    }

    // MARK: Replay

    @Test func replaySaysWhatIsGone() throws {
        let site = try RecordSite()
        let eve = try site.add("eve", [.auditor])
        try site.shift(of: site.ben, looks: 3, seconds: 30)
        site.clock.advance(by: Self.day * 33)
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        let answer = try site.desk.whatIf(WhatIfQuestion(), for: eve)
        #expect(answer.settledShifts == 1 && answer.shifts.count == 1 && answer.shifts[0].looks == 2)
        // Watching needs the ledger alone.
        let first = try #require(try site.desk.recordedShifts(limit: 9, for: eve).last)
        let timeline = try site.desk.timeline(of: first.shift, for: eve)
        #expect(timeline.events.count { if case .covered = $0.fact { true } else { false } } == 3)
    }
}
