import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("Dose from another site counts here, and can only add")
struct TakingTests {
    private let clock = ManualClock(at: Timestamp(milliseconds: 1_772_357_400_000))

    /// Two sites, one person at both; at the first they looked at severe content for so long.
    private func sites(looks: Int, seconds: Int) throws -> (old: RecordSite, new: RecordSite) {
        let old = try RecordSite("old.example/releve", clock: clock, seed: 3)
        try old.shift(of: old.ben, looks: looks, seconds: seconds)
        return (old, try RecordSite("new.example/releve", clock: clock, seed: 4))
    }

    @Test func itIsInBothWindowsAndNobodyElses() throws {
        let (old, new) = try sites(looks: 3, seconds: 100)
        let there = try old.desk.standing(of: old.ben).dayDose
        let taken = try new.desk.take(try old.desk.ownRecord(of: old.ben), for: new.ben)
        #expect(taken.added == there && taken.site == "old.example/releve" && taken.days.count == 1)
        let here = try new.desk.standing(of: new.ben)
        #expect(here.dayDose == there && here.weekDose == there && there > .zero)
        #expect(try new.desk.standing(of: new.ada).weekDose == .zero)
        clock.advance(by: .seconds(86_401))
        #expect(try new.desk.standing(of: new.ben).dayDose == .zero)
        #expect(try new.desk.standing(of: new.ben).weekDose == there)
        #expect(try new.tables() == [])
    }

    @Test func aCapCannotBeDodgedAtTheOtherSite() throws {
        // 100 % at the old site: three hours and some of severe content in short looks.
        let old = try RecordSite("old.example/releve", clock: clock, seed: 3)
        try old.desk.startShift(old.ben)
        try old.store.write { tx throws in
            let span = Span(
                id: SpanID("long"), person: old.ben.id, post: nil, shift: nil, hazard: .severe,
                openedAt: clock.now().wall - .seconds(16_000), visible: .seconds(14_400),
                closedAt: clock.now().wall - .seconds(1600), limitsVersion: 1, dose: .full,
                closedBy: .covered)
            try tx.save(span)
        }
        clock.advance(by: .seconds(1))
        try old.desk.endShift(old.ben)
        let new = try RecordSite("new.example/releve", clock: clock, seed: 4)
        _ = try new.desk.takeIn([FlaggedPost(source: "s", externalID: "1", body: "kill")])
        try new.desk.startShift(new.ben)
        #expect(try new.desk.standing(of: new.ben).claimable.contains(.severe))
        _ = try new.desk.take(try old.desk.ownRecord(of: old.ben), for: new.ben)
        let standing = try new.desk.standing(of: new.ben)
        #expect(standing.cap?.reason == .daily && !standing.claimable.contains(.severe))
        let id = Desk.postID(source: "s", externalID: "1")
        guard case .refused(.capped, _) = try new.desk.look(at: id, by: new.ben) else {
            Issue.record("shown")
            return
        }
    }

    @Test func broughtAlongAgainItAddsOnlyWhatIsNew() throws {
        let (old, new) = try sites(looks: 2, seconds: 60)
        let first = try old.desk.ownRecord(of: old.ben)
        _ = try new.desk.take(first, for: new.ben)
        let before = try new.desk.standing(of: new.ben).weekDose
        #expect(try new.desk.take(first, for: new.ben).added == .zero)
        #expect(try new.desk.standing(of: new.ben).weekDose == before)
        clock.advance(by: .seconds(43_200))
        try old.shift(of: old.ben, looks: 1, seconds: 60)
        let second = try old.desk.ownRecord(of: old.ben)
        let added = try new.desk.take(second, for: new.ben).added
        #expect(added > .zero && added < before)
        // The first file again takes nothing back.
        _ = try new.desk.take(first, for: new.ben)
        #expect(try new.desk.standing(of: new.ben).weekDose == before + added)
        let told = try new.desk.ledgerLog(from: 0, limit: 500).filter { $0.entry.kind == .doseTaken }
        #expect(told.count == 4 && told.allSatisfy { $0.entry.person == new.ben.id })
        #expect(!told.contains { "\($0.entry.fields)".contains("old.example") })
        #expect(try new.tables() == [])
    }

    @Test func heavierWeightsHereMakeMoreOfIt() throws {
        var limits = Limits.standard
        limits.severeWeight *= 2
        let old = try RecordSite("old.example/releve", clock: clock, seed: 3)
        try old.shift(of: old.ben, looks: 1, seconds: 100)
        let new = try RecordSite("new.example/releve", clock: clock, seed: 4, limits: limits)
        let record = try old.desk.ownRecord(of: old.ben)
        let taken = try new.desk.take(record, for: new.ben)
        #expect(taken.added.units == record.record.dose * 2)
    }

    @Test func whatDoesNotHoldIsRefused() throws {
        let (old, new) = try sites(looks: 1, seconds: 60)
        let file = try old.desk.ownRecord(of: old.ben)
        var record = file.record
        record.days[0].hazards[.severe]?.dose = 0
        let forged = try RecordFile(
            record: record, receipts: file.receipts, checkpoint: file.checkpoint, signedBy: SiteKey())
        #expect(throws: DeskError.self) { try new.desk.take(forged, for: new.ben) }
        // One's own site counts already.
        #expect(throws: DeskError.self) { try old.desk.take(file, for: old.ben) }
        #expect(try new.desk.standing(of: new.ben).weekDose == .zero)
        // A week later nothing of it is left to count.
        clock.advance(by: .seconds(8 * 86_400))
        #expect(try new.desk.take(file, for: new.ben).days.isEmpty)
        // Nor is one from a time to come.
        clock.advance(by: .seconds(-20 * 86_400))
        #expect(throws: DeskError.self) { try new.desk.take(file, for: new.ben) }
    }
}
