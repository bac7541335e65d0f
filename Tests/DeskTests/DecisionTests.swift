import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("Decisions are made once, by those who hold the post", .eachStore)
struct DecisionTests {
    private let remove = Choice(action: .remove, policy: PolicyID("threats"), note: "clear")

    @Test func aDecisionIsOnRecordWithWhatTheRulesSuggested() throws {
        let site = try TestSite()
        try site.fill(["I will kill you"])
        try site.desk.startShift(site.ada)
        let file = try site.next()
        #expect(file.neutralLine(in: "en") == "A post that may threaten somebody.")
        let open = try site.look(at: file).open
        site.clock.advance(by: .seconds(20))
        let decision = try site.desk.decide(file, remove, by: site.ada, open: open)
        let entries = try site.desk.ledgerLog(from: 0, limit: 100).map(\.entry)
        let kinds = entries.map(\.kind)
        #expect(kinds.suffix(4) == [.claimed, .uncovered, .covered, .decided])
        let told = try #require(entries.last)
        #expect(told.person == site.ada.id && told.fields["by"] == .string("person"))
        #expect(told.fields["decision"] == .string(decision.id.rawValue))
        #expect(told.fields["note_digest"] != nil && told.fields["note"] == nil)
        #expect(decision.recommendation?.rule == RuleID("threats/direct"))
        #expect(try site.desk.verifyLedger().isIntact)
        #expect(try site.desk.statistics().total(.decided) == 1)
    }

    @Test func twoConsolesNeverDecideTheSamePost() throws {
        let site = try TestSite()
        try site.fill(["one"])
        try site.desk.startShift(site.ada)
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        let other = try site.again(seed: 8)
        try other.startShift(bob)
        let file = try site.next()
        #expect(try other.claimNext(for: bob) == .nothing(waitingElsewhere: 0))
        site.clock.advance(by: Desk.lease + .seconds(1))
        guard case .claimed(let taken) = try other.claimNext(for: bob) else {
            Issue.record("a dead console's post did not come back")
            return
        }
        #expect(throws: DeskError.claimLost(file.post)) {
            try site.desk.decide(file, Choice(action: .keep), by: site.ada, open: nil)
        }
        try other.decide(taken, Choice(action: .keep), by: bob, open: nil)
        #expect(throws: DeskError.claimLost(file.post)) {
            try other.decide(taken, Choice(action: .keep), by: bob, open: nil)
        }
        #expect(try site.desk.describe(file.post).2.count == 1)
    }

    @Test func aChoiceThatCannotBeRecordedChangesNothing() throws {
        let site = try TestSite()
        try site.fill(["kill"])
        try site.desk.startShift(site.ada)
        let file = try site.next()
        let wrong = [
            Choice(action: .remove), Choice(action: .remove, policy: PolicyID("threat")),
            Choice(action: .label, policy: PolicyID("threats")),
            Choice(action: .remove, policy: PolicyID("threats"), rule: RuleID("threats/x")),
        ]
        let size = try site.desk.ledgerTree().size
        for choice in wrong {
            #expect(throws: DeskError.self) { try site.desk.decide(file, choice, by: site.ada, open: nil) }
        }
        #expect(try site.desk.ledgerTree().size == size)
        try site.desk.decide(file, remove, by: site.ada, open: nil)
    }

    @Test func undoingIsANewEntryAndBringsThePostBackIntoTheHand() throws {
        let site = try TestSite()
        try site.fill(["kill one", "kill two"])
        try site.desk.startShift(site.ada)
        let (decision, outcome) = try site.desk.decideAndClaimNext(
            site.next(), remove, by: site.ada, open: nil)
        guard case .claimed(let second) = outcome else { throw TestSite.NothingClaimed() }
        site.clock.advance(by: .seconds(29))
        let restarted = try site.again(seed: 9)
        #expect(try restarted.undoable(by: site.ada)?.decision.id == decision.id)
        let back = try restarted.undo(decision.id, by: site.ada)
        #expect(back.post == decision.post && back.draft?.action == .remove && back.draft?.note == "clear")
        #expect(throws: DeskError.nothingToUndo) { try restarted.undo(decision.id, by: site.ada) }
        #expect(try restarted.heldCases(of: site.ada).map(\.post).contains(second.post))
        #expect(try restarted.ledgerLog(from: 0, limit: 99).map(\.entry.kind).contains(.undone))
        try restarted.decide(back, Choice(action: .keep), by: site.ada, open: nil)
        #expect(try site.desk.describe(back.post).2.map { $0.undoneAt == nil } == [false, true])
    }

    @Test func theUndoWindowCloses() throws {
        let site = try TestSite()
        try site.fill(["kill one", "kill two"])
        try site.desk.startShift(site.ada)
        let (decision, outcome) = try site.desk.decideAndClaimNext(
            site.next(), remove, by: site.ada, open: nil)
        guard case .claimed(let second) = outcome else { throw TestSite.NothingClaimed() }
        site.clock.advance(by: .seconds(60))
        // The next post is still in hand and nothing has left the site.
        #expect(try site.desk.undoable(by: site.ada)?.decision.id == decision.id)
        try site.desk.release(second, by: site.ada, open: nil)
        #expect(try site.desk.undoable(by: site.ada) == nil)
    }

    @Test func skippedReleasedAndEscalatedPostsGoWhereTheySay() throws {
        let site = try TestSite()
        try site.fill(["a", "b", "c"])
        try site.desk.startShift(site.ada)
        let skipped = try site.next()
        try site.desk.skip(skipped, reason: .notForMe, by: site.ada, open: nil)
        let released = try site.next()
        try site.desk.saveDraft(Draft(note: "half"), on: released, by: site.ada)
        try site.desk.release(released, by: site.ada, open: nil)
        let again = try site.next()
        #expect(again.post == released.post && again.draft?.note == "half")
        try site.desk.escalate(again, note: "unsure", by: site.ada, open: nil)
        let last = try site.next()
        #expect(last.post != skipped.post && last.post != again.post)
        #expect(try site.desk.statistics().total(.escalated) == 1)
        try site.desk.decide(last, Choice(action: .keep), by: site.ada, open: nil)
        #expect(try site.desk.claimNext(for: site.ada) == .nothing(waitingElsewhere: 1))
    }

    @Test func whatSomebodyNeverWantsToSeeIsNeverOffered() throws {
        let site = try TestSite()
        try site.fill(["I kill"])
        try site.fill(["x"], flagged: "csam")
        try site.desk.startShift(site.ada)
        let ada = try site.desk.neverShow(
            hazards: [.extreme], policies: [PolicyID("threats")], to: site.ada)
        #expect(ada.optOuts.hazards == [.extreme])
        #expect(try site.desk.claimNext(for: ada) == .nothing(waitingElsewhere: 2))
        _ = try site.desk.showAgain(hazards: [.extreme], policies: [], to: ada)
        #expect(try site.next().hazard == .extreme)
    }

    @Test func theSameReportTwiceIsOneFlag() throws {
        let site = try TestSite()
        func report(_ id: String?, _ reason: String) throws -> IntakeCount {
            try site.desk.takeIn([
                FlaggedPost(
                    source: "s", externalID: "1", body: "x", flags: [Flag(externalID: id, reason: reason)])
            ])
        }
        #expect(try report("a", "spam").new == 1)
        #expect(try report("a", "spam").unchanged == 1)
        #expect(try report("b", "graphic violence").updated == 1)
        #expect(try report("b", "graphic violence").unchanged == 1)
        let item = try #require(try site.desk.queue(QueueFilter(), limit: 9).first)
        #expect(item.flagCount == 2 && item.hazard == .severe)
        #expect(try site.desk.verifyLedger().isIntact)
    }
}
