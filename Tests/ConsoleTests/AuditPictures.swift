import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// The auditor's desk: decisions, one decision, samples, figures and requests.
@Suite struct AuditPictures {
    private func session(_ language: Language = .english, size: Size = Size(rows: 24, columns: 80)) -> Session {
        Session(Samples.deskWithDecisions(), role: .auditor, language: language, size: size)
    }

    @Test func decisionsAreListedByPseudonym() {
        let session = session()
        session.keys("d")
        #expect(
            session.picture == #"""
                @1@
                """#)
        session.keys("j")
        #expect(session.picture.contains("d-2 · post-2 · not as advised, undone"))
    }

    @Test func aDecisionIsOpenedCovered() {
        let session = session()
        session.keys("d\n")
        #expect(
            session.picture == #"""
                @2@
                """#)
    }

    @Test func aBlindDecisionIsHiddenAndJudgedFirst() {
        let session = session()
        session.keys("dG\nJ")
        #expect(
            session.picture == #"""
                @3@
                """#)
        session.keys("jjj\n")
        #expect(session.desk.log.contains("judge d-3 remove threats"))
        #expect(session.picture.contains("You would have: remove · Threats of violence"))
        #expect(session.picture.contains("Decided: remove"))
    }

    @Test func samplesInFrench() {
        let session = session(.french)
        session.keys("s")
        #expect(
            session.picture == #"""
                @4@
                """#)
    }

    @Test func requestsToOpenAPseudonym() {
        let session = session()
        session.keys("o")
        #expect(
            session.picture == #"""
                @5@
                """#)
    }

    @Test func figuresThatAreUndefinedSayWhy() {
        let session = session()
        session.keys("sf")
        #expect(
            session.picture == #"""
                @6@
                """#)
    }

    @Test func aLargeScreenShowsMoreOfTheSigns() {
        let session = session(size: Size(rows: 40, columns: 120))
        session.keys("d")
        #expect(
            session.picture == #"""
                @7@
                """#)
        session.keys("\n ")
        #expect(session.picture.contains("Three lines"))
    }

    /// What is shown is told by words and signs: without colour the same is there.
    @Test func withoutColourNothingIsLost() {
        let plain = Session(
            Samples.deskWithDecisions(), role: .auditor,
            settings: ConsoleSettings(themeName: "monochrome", noColor: true))
        let coloured = session()
        for keys in ["d", "\n", " ", " n", "n"] {
            plain.keys(keys)
            coloured.keys(keys)
            #expect(plain.picture == coloured.picture)
        }
    }
}
