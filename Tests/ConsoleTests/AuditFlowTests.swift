import Desk
import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

@Suite("The auditor's desk in the console")
struct AuditFlowTests {
    private func session() -> Session { Session(Samples.deskWithDecisions(), role: .auditor) }

    @Test func uncoveringCountsAndEveryWayOutCovers() {
        let session = session()
        session.keys("d\n ")
        #expect(session.desk.isOpen && session.picture.contains("Two lines"))
        session.live(for: .seconds(12))
        #expect(session.desk.log.contains("beat"))
        session.keys(" ")
        #expect(!session.desk.isOpen && !session.picture.contains("Two lines"))
        #expect(session.desk.spans.last.map { $0.dose.units > 0 } == true)
        for out in ["n", "q", "m"] {
            session.keys(" ")
            if !session.desk.isOpen { session.keys("\n ") }
            #expect(session.desk.isOpen, "\(out)")
            session.keys(out)
            #expect(!session.desk.isOpen && !session.picture.contains("Two lines"), "\(out)")
            session.key(.escape)
            if session.state.screen != .auditCase { session.keys("d\n") }
        }
        session.keys(" ")
        session.send(.terminal(.focus(false), pending: false))
        #expect(!session.desk.isOpen)
    }

    @Test func contentIsCoveredWhenNobodyPressesAKey() {
        let session = session()
        session.keys("d\n ")
        session.live(for: session.state.limits.autoCover + .seconds(1))
        #expect(!session.desk.isOpen && session.picture.contains("Covered, because no key came"))
    }

    @Test func aSeverePostIsUncoveredLineByLine() {
        let session = session()
        session.keys("dG\n ")
        #expect(session.picture.contains("About last night") && !session.picture.contains("One line"))
        session.keys(".")
        #expect(session.picture.contains("One line") && !session.picture.contains("Two lines"))
    }

    @Test func aLimitReachedCoversAndKeepsTheAuditorWhereTheyAre() {
        let session = session()
        session.desk.personalLimit = Percent(1)
        session.keys("d\n ")
        session.live(for: .seconds(600))
        #expect(!session.desk.isOpen && session.state.screen == .auditCase)
        #expect(!session.desk.log.contains { $0.hasPrefix("startBreak") || $0.hasPrefix("endShift") })
    }

    @Test func marksAreGivenWithAReasonAndDecideNothing() {
        let session = session()
        session.keys("d\na")
        #expect(
            session.desk.log.contains("mark d-1 agree  -") && session.picture.contains("Recorded: agree."))
        session.keys("d\n")
        #expect(session.picture.contains("A reason is needed."))
        session.keys("too hard\n")
        #expect(session.desk.log.contains("mark d-1 disagree too hard -"))
        #expect(session.picture.contains("you: disagree, too hard"))
        session.key(.escape)
        #expect(session.picture.contains("disagree"))
        #expect(!session.desk.log.contains { $0.hasPrefix("decide") })
        // Opened from a sample, a mark is for that sample.
        session.keys("s\n\nu")
        session.keys("no context\n")
        #expect(session.desk.log.contains("mark d-1 unclear no context s1"))
        session.key(.escape)
        #expect(session.picture.contains("1 withheld: your own"))
    }

    @Test func aFilterIsTypedAndAWrongOneIsExplained() {
        let session = session()
        session.keys("d\\action:keep\n")
        #expect(session.desk.log.contains("decisions action:keep"))
        #expect(session.picture.contains("filter: action:keep") && session.picture.contains("1 of 1"))
        session.keys("\\")
        session.key(.ctrl("u"))
        session.keys("speed:9\n")
        #expect(session.picture.contains("filter:1: \"speed:9\""))
    }

    @Test func samplesAreDrawnFromTheFilter() {
        let session = session()
        session.keys("d\\action:remove\nsD12\n")
        #expect(session.desk.log.contains("draw 12 action:remove"))
        #expect(session.picture.contains("Sample s2: 12 of 40 drawn."))
        session.keys("Dnone\n")
        #expect(session.picture.contains("A whole number."))
    }

    @Test func aNameIsAskedForApprovedAndShownAsSafeText() {
        let session = session()
        session.keys("d\no")
        session.keys("why\n")
        #expect(session.desk.log.contains("ask k4w9z2m7q1x8c3vb why"))
        session.key(.escape)
        session.keys("o")
        session.keys("y")
        #expect(session.desk.log.contains("answer o1 true") && session.picture.contains("approved"))
        session.keys("\n")
        #expect(session.picture.contains("shown this once: Chioma⟨"))
    }

    @Test func theDeskIsForAuditorsOnly() {
        let session = Session(Samples.deskWithDecisions(), role: .moderator)
        session.send(.command(.openAudit))
        #expect(session.state.screen == .start && session.picture.contains("needs the role auditor"))
        session.send(.command(.approve))
        #expect(!session.desk.log.contains { $0.hasPrefix("answer") })
    }

    @Test func theOwnerOfANameSeesThatItWasOpened() {
        let session = Session(Samples.deskWithDecisions(), role: .moderator)
        session.keys("ma")
        #expect(!session.picture.contains("saw your name"))
        session.state.record?.openedNames = [
            .init(at: ScriptedDesk.monday, requester: PersonID("p2"), approver: PersonID("p3"))
        ]
        #expect(session.picture.contains("09:00 · p2 saw your name"))
    }

    @Test func lineByLineItIsTheSameDesk() {
        let desk = Samples.deskWithDecisions()
        var lines = ["audit", "open", "disagree", "too hard", "out", "samples", "out", "leave"][...]
        var told: [String] = []
        let console = LinearConsole(
            desk: desk, person: desk.person, role: .auditor, settings: ConsoleSettings(),
            input: { _ in lines.popFirst().map { .line($0) } ?? .end }, output: { told.append($0.plain) })
        _ = console.run()
        let text = told.joined(separator: "\n")
        #expect(text.contains("k4w9z2m7q1x8c3vb") && text.contains("Decision d-1"))
        #expect(desk.log.contains("mark d-1 disagree too hard -") && text.contains("s1 · 09:00 · 3 of 40"))
        #expect(!text.contains("Two lines"))
    }
}
