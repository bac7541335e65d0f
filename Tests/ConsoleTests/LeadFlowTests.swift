import Desk
import Exposure
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

@Suite("What leads do, and what people answer to it")
struct LeadFlowTests {
    private func session(_ change: (ScriptedDesk) -> Void = { _ in }) -> Session {
        let desk = Samples.deskWithLead()
        change(desk)
        return Session(desk, role: .lead)
    }

    @Test func raisingTakesAReasonADryRunAndAWord() {
        let session = session()
        session.keys("lc\n110\n")
        #expect(session.picture.contains("Everybody who works here is shown it."))
        session.keys("\n")
        #expect(session.picture.contains("A reason is needed."))
        session.keys("the backlog is late\n")
        #expect(session.desk.log.last == "tryOut [\"daily_percent\"]")
        #expect(session.picture.contains("A second lead has to sign."))
        session.keys("lower\n")
        #expect(!session.desk.log.contains { $0.hasPrefix("propose") })
        session.key(.ctrl("u"))
        session.keys("propose\n")
        #expect(session.desk.log.contains("propose daily_percent=110: the backlog is late"))
        #expect(session.picture.contains("Proposed: a second lead has to sign p1."))
    }

    @Test func theSameListLowersAtOnceWithoutAReason() {
        let session = session()
        session.keys("lc\n60\n")
        #expect(session.picture.contains("It acts at once."))
        session.keys("lower\n")
        #expect(session.desk.log.contains("lower [\"daily_percent\"]"))
    }

    @Test func loweringRefusesToLoosenAndSaysWhere() {
        let session = session()
        session.keys("L\n110\n")
        #expect(session.state.news?.text.contains("needs a second lead") == true)
        #expect(!session.desk.log.contains { $0.hasPrefix("tryOut") })
    }

    @Test func whatWaitsForASignatureIsSignedOrRefusedByOneKey() {
        let own = session { $0.proposalCards = [Samples.proposal(.open, isOwn: true)] }
        own.keys("l")
        #expect(!own.picture.contains("y approve"), "the footer offers nobody to sign their own")
        let other = session()
        other.keys("l")
        #expect(other.picture.contains("y approve"))
        other.keys("y")
        #expect(other.desk.log.contains("answerProposal p1 true"))
        other.keys("n")
        #expect(other.desk.log.contains("answerProposal p1 false"))
        other.keys("jy")
        #expect(other.state.news?.text == "This line waits for no answer of a lead.")
        let leave = session { desk in
            desk.proposalCards = []
            desk.overrideCards = [Samples.override(.asked, isForYou: false, isToSign: true)]
        }
        leave.keys("ly")
        #expect(leave.desk.log.contains("countersign o1 true"))
    }

    @Test func anOverrideIsAskedForSomebodyElseWithAReason() {
        let session = session()
        session.keys("lO")
        #expect(!session.state.choices(LeadOverlay.overrideWho(selected: 0)).contains("Ada"))
        session.keys("\n\n90\n")
        #expect(session.state.news?.text == "An override only widens a limit.")
        session.key(.ctrl("u"))
        session.keys("115\na court waits\n")
        #expect(session.desk.log.contains("askOverride bjorn daily_percent=115: a court waits"))
    }

    @Test func theRosterIsChangedByALead() {
        let session = session()
        session.keys("pjr\n")
        #expect(session.desk.log.last == "change bjorn roles ")
        session.keys("e")
        session.keys("de en\n")
        #expect(session.desk.log.last == "change bjorn languages de,en")
        session.keys("d\n")
        #expect(session.desk.log.last == "change bjorn languages de,en", "the first choice changes nothing")
        session.keys("dj\n")
        #expect(session.desk.log.last == "change bjorn active false")
        session.keys("anew Newa Person\n")
        #expect(session.desk.log.last == "add new Newa Person")
    }

    @Test func moderatorsAndAuditorsDoNoneOfIt() {
        for role in [Moderation.Role.moderator, .auditor] {
            let session = Session(Samples.deskWithLead(), role: role)
            for command in [Command.openLimits, .openBacklog, .openRoster, .proposeLimits, .askOverride] {
                session.send(.command(command))
                #expect(session.state.screen == ConsoleState.firstScreen(of: role), "\(command)")
            }
        }
    }

    @Test func leadsAnswerRequestsToOpenAPseudonymButSeeNoName() {
        let desk = Samples.deskWithLead()
        desk.openingRows = [
            OpeningRow(
                id: OpeningID("o7"), concerned: PersonID("k4w9z2m7q1x8c3vb"), requester: PersonID("p2"),
                reason: "a pattern", at: ScriptedDesk.monday, state: .asked)
        ]
        let session = Session(desk, role: .lead)
        session.keys("oy")
        #expect(session.state.screen == .openings && desk.log.contains("answer o7 true"))
        session.keys("\n")
        #expect(!desk.log.contains { $0.hasPrefix("name") })
        session.keys("q")
        #expect(session.state.screen == .team)
    }

    @Test func aModeratorIsAskedAndAnswers() {
        let desk = Samples.desk()
        desk.askedOfMe = [.seen(Samples.loosened)]
        let session = Session(desk)
        #expect(session.picture.contains("Limits were loosened: 24 h 100 % → 110 %. A answers."))
        session.keys("A\n")
        #expect(desk.log.contains("acknowledge 2 -"))
        #expect(!session.picture.contains("Limits were loosened"))
        desk.askedOfMe = [.seen(Samples.loosened)]
        session.key(.function(5))
        session.keys("Aj\n")
        #expect(desk.log.contains("acknowledge 2 true"))
    }

    @Test func consentIsGivenAndTakenBackByTwoKeys() {
        let desk = Samples.desk()
        desk.askedOfMe = [.override(Samples.override(.signed, isForYou: true))]
        let session = Session(desk)
        #expect(
            session.picture.contains("You are asked to accept, for one shift, before a break 50 min → 1 h."))
        session.keys("Ajj\n")
        #expect(
            !desk.log.contains { $0.hasPrefix("consent") || $0.hasPrefix("decline") }, "later is no answer")
        session.keys("A\n")
        #expect(desk.log.contains("consent o1"))
        session.keys("A\n")
        #expect(!desk.log.contains("decline o1"), "the first choice goes on so")
        session.keys("Aj\n")
        #expect(desk.log.contains("decline o1"))
    }

    @Test func whoIsAskedWhileAPostIsUncoveredLearnsOfItByTheNextBeat() {
        let desk = Samples.desk()
        let session = Session(desk)
        session.keys("\n ")
        desk.askedOfMe = [.override(Samples.override(.signed, isForYou: true))]
        session.wait(.seconds(6))
        #expect(session.state.lead.asked.count == 1 && session.state.isUncovered)
        session.keys("A")
        #expect(!session.state.isUncovered, "nothing stays uncovered under a question")
    }
}
