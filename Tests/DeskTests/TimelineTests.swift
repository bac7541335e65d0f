import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("A shift is watched as it happened", .eachStore)
struct TimelineTests {
    private let site: TestSite
    private let auditor: Person

    init() throws {
        site = try TestSite()
        auditor = try site.desk.addPerson(user: "a", name: "A", roles: [.auditor], by: site.ada)
    }

    private func shift() throws -> ShiftID {
        try #require(try site.desk.recordedShifts(limit: 9, for: auditor).first?.shift)
    }

    /// A look of 30 seconds, a decision, its undoing, a post passed over, and the end.
    private func work() throws {
        try site.fill(["kill one", "fine"])
        try site.desk.startShift(site.ada)
        site.clock.advance(by: .seconds(10))
        let file = try site.next()
        let shown = try site.look(at: file)
        site.clock.advance(by: .seconds(30))
        let choice = Choice(action: .remove, policy: PolicyID("threats"))
        let decision = try site.desk.decide(file, choice, by: site.ada, open: shown.open)
        site.clock.advance(by: .seconds(5))
        let again = try site.desk.undo(decision.id, by: site.ada)
        site.clock.advance(by: .seconds(5))
        try site.desk.skip(again, reason: .context, by: site.ada, open: nil)
        site.clock.advance(by: .seconds(10))
        try site.desk.endShift(site.ada)
    }

    @Test func everythingStandsThereInOrderAndInTime() throws {
        try work()
        let timeline = try site.desk.timeline(of: try shift(), for: auditor)
        #expect(timeline.person == site.ada.id && timeline.length == .seconds(60))
        let facts = timeline.events.map(\.fact)
        #expect(facts.first == .started && facts.last == .ended(.ended) && facts.count == 9)
        #expect(timeline.events.map { $0.offset.components.seconds } == [0, 10, 10, 40, 40, 45, 45, 50, 60])
        guard case .covered(_, .severe, let visible, .decided) = facts[3] else {
            Issue.record("\(facts[3])")
            return
        }
        #expect(visible == .seconds(30))
        guard case .decided(let id, .remove, PolicyID("threats"), nil, let advice) = facts[4] else {
            Issue.record("\(facts[4])")
            return
        }
        #expect(advice?.action == .remove && facts[5] == .undone(id))
        #expect(facts[7] == .skipped(reason: "context"))
        #expect(timeline.openLook(at: 1) == nil && timeline.openLook(at: 3) == nil)
        let open = try #require(timeline.openLook(at: 2))
        #expect(open.since == .seconds(10) && open.hazard == .severe)
        let post = try #require(timeline.post(of: timeline.events[4]))
        #expect(post.evaluation?.findings.map(\.rule) == [RuleID("threats/direct")])
        #expect(post.neutralLines["en"] == "A post that may threaten somebody." && post.source == "s")
    }

    @Test func whatStoodThereIsThatOfTheVersionInHand() throws {
        try work()
        let before = try site.desk.timeline(of: try shift(), for: auditor)
        _ = try site.desk.takeIn([
            FlaggedPost(
                source: "s", externalID: "0 kill one", body: "kill one",
                flags: [Flag(reason: "child safety")])
        ])
        let after = try site.desk.timeline(of: try shift(), for: auditor)
        #expect(after.posts == before.posts && after.events == before.events)
    }

    @Test func thatAShiftWasWatchedIsAnEntryAndOnlyAuditorsWatch() throws {
        try work()
        let name = try shift()
        let size = try site.desk.ledgerTree().size
        _ = try site.desk.timeline(of: name, for: auditor)
        let entry = try #require(try site.desk.ledgerLog(from: size, limit: 9).first?.entry)
        #expect(entry.kind == .replayed && entry.person == auditor.id)
        #expect(entry.fields["shift"] == .string(name.rawValue))
        #expect(entry.fields["whose"] == .string(site.ada.id.rawValue))
        for role in [Role.moderator, .lead] {
            let person = try site.desk.addPerson(user: role.rawValue, name: "P", roles: [role], by: site.ada)
            #expect(throws: DeskError.needsRole(.auditor)) { try site.desk.timeline(of: name, for: person) }
            #expect(throws: DeskError.needsRole(.auditor)) {
                try site.desk.recordedShifts(limit: 1, for: person)
            }
        }
        #expect(throws: DeskError.self) { try site.desk.recordedShift(withPrefix: "", for: auditor) }
    }

    @Test func aLookIsTheWatchersExposureAtTheVersionOfThen() throws {
        try work()
        let timeline = try site.desk.timeline(of: try shift(), for: auditor)
        let name = try #require(timeline.events.compactMap(\.inHand).first)
        let size = try site.desk.ledgerTree().size
        guard case .uncovered(let shown) = try site.desk.uncoverRecorded(name, by: auditor) else {
            Issue.record("not uncovered")
            return
        }
        #expect(shown.content.body == "kill one" && shown.open.person == auditor.id)
        site.clock.advance(by: .seconds(20))
        try site.desk.cover(shown.open, because: .covered)
        let standing = try site.desk.standing(of: auditor)
        #expect(standing.dayDose.units == 20_000 * 34)
        let entries = try site.desk.ledgerLog(from: size, limit: 9).map(\.entry)
        #expect(entries.map(\.kind) == [.shiftStarted, .uncovered, .covered])
        #expect(entries[1].fields["version"] == 1 && entries.allSatisfy { $0.person == auditor.id })
        // Nothing changed for the post.
        #expect(try site.desk.statistics().total(.waiting) == 2)
        #expect(throws: DeskError.needsRole(.auditor)) {
            let lead = try site.desk.addPerson(user: "l", name: "L", roles: [.lead], by: site.ada)
            _ = try site.desk.uncoverRecorded(name, by: lead)
        }
    }

    @Test func theWatchersLimitsHold() throws {
        var limits = Limits.standard
        limits.daily = 1
        limits.firstNotice = 1
        limits.secondNotice = 1
        try work()
        try site.desk.lowerLimits(to: limits, by: site.ada)
        let timeline = try site.desk.timeline(of: try shift(), for: auditor)
        let name = try #require(timeline.events.compactMap(\.inHand).first)
        var looks = 0
        while looks < 40, case .uncovered(let shown) = try site.desk.uncoverRecorded(name, by: auditor) {
            site.clock.advance(by: .seconds(15))
            try site.desk.cover(shown.open, because: .covered)
            looks += 1
        }
        #expect(looks > 1 && looks < 40)
        #expect(try site.desk.standing(of: auditor).cap?.reason == .daily)
    }
}
