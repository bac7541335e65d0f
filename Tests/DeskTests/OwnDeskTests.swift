import Exposure
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@testable import Desk

@Suite("What a person decides for themselves is nobody else's business")
struct OwnDeskTests {
    @Test func stoppingEndsExposureAndTellsOfABreakAlone() throws {
        let made = try TestSite()
        let (desk, person) = (made.desk, made.ada)
        #expect(try !desk.stop(person))
        try desk.startShift(person)
        try made.fill(["kill 0", "kill 1", "kill 2"])
        guard case .claimed(let file) = try desk.claimNext(for: person),
            case .uncovered(let shown) = try desk.uncover(file, by: person)
        else { throw Missing() }
        try desk.saveDraft(Draft(note: "half a thought"), on: file, by: person)
        made.clock.advance(by: .seconds(7))
        let before = try desk.ledgerTree().size
        #expect(try desk.stop(person, open: shown.open))
        let told = try desk.ledgerLog(from: before, limit: 100).map(\.entry)
        #expect(told.map(\.kind) == [.covered, .released, .breakStarted])
        #expect(told.last?.fields["required"] == .bool(false))
        #expect(Set(told.last?.fields.keys.map { $0 } ?? []) == ["shift", "required"])
        // A break that a person takes at leisure leaves the same entry.
        try desk.endBreak(person)
        try desk.startBreak(person)
        let leisure = try desk.ledgerLog(from: desk.ledgerTree().size - 1, limit: 1)[0].entry
        #expect(leisure.fields == told.last?.fields)
        #expect(try desk.heldCases(of: person).isEmpty)
        // Stopping again changes nothing; the post is there for whoever comes, the draft for its author.
        #expect(try desk.stop(person))
        try desk.endBreak(person)
        guard case .claimed(let again) = try desk.claim(file.post, for: person) else { throw Missing() }
        #expect(again.draft?.note == "half a thought")
        #expect(try desk.verifyTables().differences.isEmpty)
    }

    private struct Missing: Error {}

    @Test func anotherConsoleOfTheSamePersonMustCoverToo() throws {
        let made = try TestSite()
        let (desk, person) = (made.desk, made.ada)
        try desk.startShift(person)
        try made.fill(["kill 0", "kill 1", "kill 2"])
        guard case .claimed(let file) = try desk.claimNext(for: person),
            case .uncovered(let shown) = try desk.uncover(file, by: person)
        else { throw Missing() }
        _ = try desk.stop(person)
        made.clock.advance(by: .seconds(5))
        guard case .mustCover(.onBreak, _) = try desk.beat(shown.open) else { throw Missing() }
    }

    @Test func notTodayEndsWithTheDayButNotBeforeTheShift() throws {
        let made = try TestSite()
        let (desk, person) = (made.desk, made.ada)
        let now = made.clock.now().wall
        let before = try desk.ledgerTree().size
        let offset = 3600
        var changed = try desk.notToday(
            hazards: [.severe], policies: [], utcOffset: offset, to: person)
        let midnight = try #require(changed.optOuts.today?.until)
        #expect(midnight > now && midnight - now <= Dosimeter.day)
        #expect((midnight.milliseconds + Int64(offset) * 1000) % 86_400_000 == 0)
        // A shift that lasts over midnight is no new day.
        try desk.startShift(person)
        changed = try desk.notToday(hazards: [.extreme], policies: [], utcOffset: offset, to: person)
        #expect(changed.optOuts.today?.hazards == [.severe, .extreme])
        #expect(try #require(changed.optOuts.today?.until) >= now + Limits.standard.shiftHard)
        #expect(changed.optOuts.inForce(at: now).hazards == [.severe, .extreme])
        #expect(changed.optOuts.inForce(at: try #require(changed.optOuts.today?.until)).hazards.isEmpty)
        // No entry tells of it, and no lead is shown it or can take it away.
        #expect(try desk.ledgerTree().size == before + 1)
        #expect(try desk.team(for: made.ada).allSatisfy { $0.person.optOuts == OptOuts() })
        var stale = person
        stale.languages = ["en"]
        try desk.change(stale, by: made.ada)
        #expect(try desk.overview(for: person).person.optOuts.today != nil)
        #expect(try desk.showTodayAgain(to: person).optOuts.today == nil)
    }

    @Test func whatIsLeftOutTodayIsNotOffered() throws {
        let made = try TestSite()
        let (desk, person) = (made.desk, made.ada)
        try made.fill((0..<6).map { "kill \($0)" })
        try desk.startShift(person)
        let hazards = Set(Hazard.allCases)
        _ = try desk.notToday(hazards: hazards, policies: [], utcOffset: 0, to: person)
        guard case .nothing(let waiting) = try desk.claimNext(for: person) else { throw Missing() }
        #expect(waiting == 6)
        _ = try desk.showTodayAgain(to: person)
        guard case .claimed = try desk.claimNext(for: person) else { throw Missing() }
    }

    @Test func anOwnLimitIsBelowTheSitesOrNone() throws {
        let made = try TestSite()
        for wrong in [0, 101, -5] {
            #expect(throws: DeskError.self) { try made.desk.setPersonalLimit(Percent(wrong), of: made.ada) }
        }
        let before = try made.desk.ledgerTree().size
        try made.desk.setPersonalLimit(40, of: made.ada)
        #expect(try made.desk.standing(of: made.ada).dayLimitPercent == 40)
        #expect(try made.desk.ledgerTree().size == before)
    }

    @Test func aLeadNamesContactsAndTheLedgerCommitsToThem() throws {
        let made = try TestSite()
        let desk = made.desk
        #expect(try desk.support() == [])
        let contacts = [
            SupportContact(name: "Dr. \"Roux\"", reach: "+33 1", hours: "9–17 h", languages: ["fr"]),
            SupportContact(name: "Council", reach: "room 2"),
        ]
        let bob = try desk.addPerson(user: "bob", name: "Bob", roles: [.moderator, .auditor], by: made.ada)
        #expect(throws: DeskError.self) { try desk.setSupport(contacts, by: bob) }
        try desk.setSupport(contacts, by: made.ada)
        #expect(try desk.support() == contacts)
        let entry = try desk.ledgerLog(from: desk.ledgerTree().size - 1, limit: 1)[0].entry
        #expect(entry.kind == .supportChanged && entry.fields["count"] == .integer(2))
        #expect(!String(decoding: entry.canonicalBytes(), as: UTF8.self).contains("Roux"))
        let size = try desk.ledgerTree().size
        try desk.setSupport(contacts, by: made.ada)
        #expect(try desk.ledgerTree().size == size)
        for wrong in [
            SupportContact(name: " ", reach: "1"), SupportContact(name: "a", reach: ""),
            SupportContact(name: String(repeating: "a", count: 121), reach: "1"),
            SupportContact(name: "a", reach: "1\n2"), SupportContact(name: "a", reach: "1", hours: ""),
        ] {
            #expect(throws: DeskError.self) { try desk.setSupport([wrong], by: made.ada) }
        }
        #expect(throws: DeskError.self) {
            try desk.setSupport(Array(repeating: contacts[0], count: 13), by: made.ada)
        }
        try desk.setSupport([], by: made.ada)
        #expect(try desk.support() == [] && desk.verifyTables().differences.isEmpty)
    }
}
