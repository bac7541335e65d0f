import Desk
import Exposure
import Moderation
import Store
import StoreTesting
import Testing

/// What the page of the model says of two consoles, clocks and printed text, at the desk.
@Suite("Two consoles, clocks that are set back, and printed text", .eachStore)
struct ConsoleRuleTests {
    private func looking(_ limits: Limits = .standard) throws -> (TestSite, CaseFile, OpenSpan) {
        let site = try TestSite(limits: limits)
        try site.fill((0..<9).map { "kill \($0)" })
        try site.desk.startShift(site.ada)
        let file = try site.next()
        return (site, file, try site.look(at: file).open)
    }

    @Test func aBreakAtOneConsoleCoversTheOther() throws {
        let (site, _, open) = try looking()
        try site.again(seed: 2).startBreak(site.ada)
        site.clock.advance(by: .seconds(5))
        guard case .mustCover(.onBreak, _) = try site.desk.beat(open) else {
            Issue.record("shown in a break")
            return
        }
    }

    @Test func theEndOfTheShiftAtOneConsoleCoversTheOther() throws {
        let (site, _, open) = try looking()
        try site.again(seed: 2).endShift(site.ada)
        site.clock.advance(by: .seconds(5))
        guard case .mustCover(.resting, _) = try site.desk.beat(open) else {
            Issue.record("shown after the shift")
            return
        }
    }

    @Test func theClockSetBackMovesNoDeadlineOfWhatIsOpen() throws {
        var limits = Limits.standard
        limits.daily = 1
        limits.ceiling = 2
        let (site, _, open) = try looking(limits)
        site.clock.advance(by: .seconds(60))
        site.clock.jump(to: site.clock.now().wall - .seconds(7200))
        var shown = 60
        while shown < 1000 {
            site.clock.advance(by: .seconds(5))
            shown += 5
            if case .mustCover = try site.desk.beat(open) { break }
        }
        // 1 % of severe content are 144 seconds, and 120 to finish.
        #expect(shown <= 144 + 120 + 5, "\(shown)")
    }

    @Test func aNewConsoleUnderAClockSetBackGivesNoTimeAgain() throws {
        let (site, file, open) = try looking()
        site.clock.advance(by: .seconds(2000))
        _ = try site.desk.beat(open)
        try site.desk.cover(open, because: .covered)
        site.clock.jump(to: site.clock.now().wall - .seconds(1800))
        let other = try site.again(seed: 2)
        #expect(try other.standing(of: site.ada).continuous == .seconds(2000))
        guard case .uncovered(let post) = try other.uncover(file, by: site.ada) else {
            Issue.record("refused")
            return
        }
        #expect(post.mayStay <= .seconds(1000), "50 minutes in all, whatever the clock says")
        // What it dates comes after what is known.
        try other.cover(post.open, because: .covered)
        try other.endShift(site.ada)
        let ended = try #require(try other.record(of: site.ada).shifts.last?.endedAt)
        #expect(ended >= site.clock.now().wall + .seconds(1800))
        #expect(try other.verifyTables().isIntact)
    }

    @Test func printedTextMustFitWhole() throws {
        var limits = Limits.standard
        limits.daily = 1
        limits.ceiling = 1
        let (site, file, open) = try looking(limits)
        // 144 seconds are allowed; 30 are gone, so that a printed look of 120 no longer fits.
        site.clock.advance(by: .seconds(30))
        try site.desk.cover(open, because: .covered)
        try site.desk.release(file, by: site.ada, open: nil)
        guard case .refused(.capped(.ceiling, _), _) = try site.desk.look(at: file.post, by: site.ada) else {
            Issue.record("printed beyond the ceiling")
            return
        }
        #expect(try site.desk.standing(of: site.ada).dayDose <= Dose(1))
        site.clock.advance(by: .seconds(600))
        try site.fill(["harmless"], flagged: "spam")
        let harmless = try #require(try site.desk.queue(.init(hazards: [.none]), limit: 1).first)
        guard case .uncovered = try site.desk.look(at: harmless.id, by: site.ada) else {
            Issue.record("what charges nothing is refused")
            return
        }
    }

    @Test func anAuditIsChargedByThePolicyActedOnWhereItIsWorse() throws {
        let site = try TestSite()
        let otto = try site.desk.addPerson(user: "otto", name: "Otto", roles: [.auditor], by: site.ada)
        try site.fill(["harmless"], flagged: "spam")
        try site.desk.startShift(site.ada)
        let decision = try site.desk.decide(
            site.next(), Choice(action: .remove, policy: PolicyID("threats")), by: site.ada, open: nil)
        guard case .uncovered(let post) = try site.desk.uncover(decision.id, by: otto) else {
            Issue.record("refused")
            return
        }
        #expect(post.open.hazard == .severe)
    }
}
