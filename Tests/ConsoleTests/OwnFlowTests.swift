import Exposure
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

@Suite("What a person does for themselves")
struct OwnFlowTests {
    private static let contact = SupportContact(
        name: "Dr. Maude Roux", reach: "+33 1 23 45 67 89", hours: "9–17 h", languages: ["fr", "en"])

    private func desk() -> ScriptedDesk {
        let desk = Samples.desk()
        desk.contacts = [Self.contact]
        return desk
    }

    // MARK: Stopping

    @Test func stopIsOneKeyFromAnywhereAndCoversFirst() {
        // Reading, choosing, writing, on other screens: wherever, one key.
        for before in ["", "p", "S", "n", "?", "E", "X"] {
            let session = Session(desk())
            session.keys("\n \(before)")
            if before.isEmpty { #expect(session.desk.isOpen) }
            session.key(before.isEmpty ? .character("X") : .ctrl("x"))
            #expect(!session.desk.isOpen && !session.state.isUncovered, "after \(before)")
            #expect(session.state.screen == .pause && session.state.hand == nil)
            #expect(session.state.overlay == .stop(selected: 0))
            #expect(session.desk.inHand.isEmpty && session.desk.shifts.last?.openBreak != nil)
        }
    }

    @Test func stoppingKeepsTheDraftAndTellsNothingButABreak() {
        let session = Session(desk())
        session.keys("\n n")
        session.keys("half a thou")
        session.key(.ctrl("x"))
        let acts = session.desk.log.filter { !["brief", "held", "claim"].contains($0) }
        #expect(
            acts == [
                "startShift", "uncover post-1", "cover broke", "save post-1 - half a thou", "stop",
                "release post-1",
            ], "\(acts)")
        // Back to work, when they like: the draft is there again.
        session.keys("jj\n")
        #expect(session.state.screen == .review)
        session.desk.queue.removeAll { $0.externalID != "post-1" }
        session.keys("R")
        #expect(
            session.state.hand?.note == "half a thou"
                || session.desk.drafts[PostID("post-1")]?.note == "half a thou")
    }

    @Test func letterKeysStopNobodyWhoWrites() {
        let session = Session(desk())
        session.keys("\nn")
        session.keys("XQ Hi")
        #expect(session.state.hand?.note == "XQ Hi" && session.state.screen == .review)
    }

    @Test func afterStoppingAPersonMayStayTalkGoOnOrEnd() {
        var session = Session(desk())
        session.keys("\nX\n")
        #expect(session.state.screen == .pause && session.state.overlay == nil)
        #expect(session.picture.contains("You stopped. That was right."))
        session = Session(desk())
        session.keys("\nXj\n")
        #expect(session.state.overlay == .own(.support(first: 0)))
        session = Session(desk())
        session.keys("\nXjj\n")
        #expect(session.state.screen == .review && session.state.hand != nil)
        session = Session(desk())
        session.keys("\nXjjj\n")
        #expect(session.state.screen == .ended && !session.state.isShiftOpen)
    }

    @Test func outsideAShiftAndForLeadsAndAuditorsStoppingCoversAndNamesSupport() {
        for role in [Moderation.Role.moderator, .lead, .auditor] {
            let session = Session(desk(), role: role)
            session.keys("X")
            #expect(session.state.overlay == .stop(selected: 0), "\(role)")
            #expect(session.state.screen == ConsoleState.firstScreen(of: role))
            session.keys("j\n")
            #expect(session.picture.contains("+33 1 23 45 67 89"))
        }
    }

    @Test func whenTheStoreIsBusyAllIsCoveredAllTheSame() {
        let session = Session(desk())
        session.keys("\n ")
        session.desk.failing = "stop"
        session.keys("X")
        #expect(!session.desk.isOpen && !session.state.isUncovered && session.state.hand == nil)
        #expect(session.state.overlay == .stop(selected: 0) && session.state.screen == .start)
        #expect(session.state.news?.role == .warning)
    }

    // MARK: Support

    @Test func whomToTurnToIsOneKeyAnywhereAndCovers() {
        let session = Session(desk(), language: .french)
        session.keys("\n H")
        #expect(!session.desk.isOpen)
        for text in ["Dr. Maude Roux", "+33 1 23 45 67 89 · 9–17 h · fr, en", "Rien n'enregistre"] {
            #expect(session.picture.contains(text), "\(text)")
        }
        session.key(.escape)
        session.keys("B")
        #expect(session.picture.contains("Dr. Maude Roux : +33 1 23 45 67 89 (H : tous)"))
        session.keys("F")
        #expect(session.state.screen == .ended && session.picture.contains("Dr. Maude Roux"))
        #expect(Session().also { $0.keys("H") }.picture.contains("The site has named nobody yet."))
    }

    // MARK: Not today

    @Test func notThisKindTodayLeavesItOutAndIsTakenBackInTheRecord() {
        let session = Session(desk())
        session.keys("\nTj\n")
        #expect(
            session.desk.log.contains("notToday moderate")
                && session.desk.log.contains("skip post-1 not_for_me"))
        #expect(session.state.optOuts.inForce(at: session.desk.tick.wall).hazards == [.moderate])
        session.keys("ml")
        #expect(session.picture.contains("Not shown to you until 2026-03-03 00:00: moderate"))
        session.keys("O\n")
        #expect(session.state.optOuts.today == nil)
        // It ends by itself.
        let other = Session(desk())
        other.keys("\nTj\n")
        other.desk.advance(.seconds(16 * 3600))
        #expect(other.desk.person.optOuts.inForce(at: other.desk.tick.wall).hazards.isEmpty)
    }

    // MARK: Check-ins

    @Test func checkingInIsOneKeyOnceBegun() {
        let session = Session(desk())
        session.keys("i")
        #expect(session.state.overlay == .own(.checkInBegin(selected: 0)))
        session.keys("j\n")
        session.keys("too short\n")
        #expect(session.state.news?.role == .warning)
        session.key(.ctrl("u"))
        session.keys("six words of my own\n")
        #expect(!session.picture.contains("six words"))
        session.keys("six words of my own\n")
        #expect(session.desk.checkIns?.passphrase == "six words of my own")
        session.keys("j\ntired\n")
        session.keys("i\n\n")
        #expect(session.desk.checkIns?.lines.map(\.level) == [2, 3])
        #expect(session.desk.checkIns?.lines.map(\.note) == ["tired", ""])
    }

    @Test func aWrongPassphraseOpensNothingAndLeavingThePageClosesThem() {
        let desk = desk()
        desk.checkIns = (
            "six words of my own",
            [5, 2, 4].map { CheckInLine(at: ScriptedDesk.monday, level: $0, note: "note \($0)") }
        )
        let session = Session(desk)
        session.keys("mcnot these words\n")
        #expect(
            session.state.own.checkIns.opened == nil && session.state.news?.text == "that doesn't open them")
        #expect(session.picture.contains("3 check-ins, closed."))
        session.keys("c")
        session.keys("six words of my own")
        #expect(session.picture.contains("•••••••••••••••••••") && !session.picture.contains("six words"))
        session.keys("\n")
        #expect(session.picture.contains("2 rather bad · note 2"))
        session.keys("d")
        #expect(session.state.own.checkIns.opened == nil)
        // Nothing that was typed stays in what the console holds.
        #expect(!"\(session.state)".contains("six words"))
    }

    @Test func deletingAsksForAWord() {
        let desk = desk()
        desk.checkIns = ("six words of my own", [CheckInLine(at: ScriptedDesk.monday, level: 5, note: "")])
        let session = Session(desk)
        session.keys("mc")
        session.key(.escape)
        session.keys("Dno\n")
        #expect(desk.checkIns != nil)
        session.keys("Ddelete\n")
        #expect(desk.checkIns == nil && session.state.own.checkIns.isBegun == false)
    }

    // MARK: The break

    @Test func theGameRunsByItsOwnClockPausesUnseenAndEndsWithTheBreak() throws {
        let session = Session(desk())
        session.keys("\nBb")
        guard case .blocks(let first, _) = session.state.own.pastime else { throw Missing() }
        session.live(for: .seconds(3))
        guard case .blocks(let later, _) = session.state.own.pastime else { throw Missing() }
        #expect(later.block.row == first.block.row + 3)
        // Its pace is the same after ten minutes.
        session.live(for: .seconds(600))
        let steps = stride(from: 0, to: 5, by: 1).map { _ -> Duration in
            let time = session.state.timeToNextTask ?? .zero
            session.wait(time)
            return time
        }
        #expect(steps.allSatisfy { $0 <= BlockGame.fall })
        session.send(.terminal(.focus(false), pending: false))
        guard case .blocks(let held, _) = session.state.own.pastime else { throw Missing() }
        session.live(for: .seconds(30))
        #expect(held.isPaused && session.state.own.pastime == .blocks(held, nextFall: try fall(session)))
        session.keys("p")
        session.key(.left)
        session.key(.up)
        session.keys(" ")
        guard case .blocks(let played, _) = session.state.own.pastime else { throw Missing() }
        #expect(!played.isPaused && played != held)
        #expect(session.state.context == .blocks)
        session.keys("\n")
        #expect(session.state.screen == .review && session.state.own.pastime == .nothing)
        #expect(session.desk.shifts.last?.breaks.last?.endedAt != nil)
    }

    private struct Missing: Error {}

    private func fall(_ session: Session) throws -> Duration {
        guard case .blocks(_, let fall) = session.state.own.pastime else { throw Missing() }
        return fall
    }

    @Test func aRequiredBreakIsNoShorterForThePlaying() {
        let session = Session(desk())
        session.keys("\n")
        session.send(.answer(.breakStarted))
        session.desk.shifts[0].breaks = [Break(startedAt: session.desk.tick.wall, isRequired: true)]
        session.send(.terminal(.resumed, pending: false))
        session.keys("b")
        session.live(for: .seconds(120))
        session.keys("\n")
        #expect(session.state.screen == .pause && session.picture.contains("min left"))
        session.live(for: .seconds(600))
        #expect(session.picture.contains("The break may end"))
    }

    @Test func theEvidenceIsNamedWithItsLimits() {
        for language in Language.allCases {
            let session = Session(desk(), language: language)
            session.keys("\nBe")
            #expect(session.state.overlay == .own(.evidence(first: 0)))
            let text = session.state.ownLines(.evidence(first: 0)).map(\.text.plain).joined(separator: "\n")
            let words =
                language == .english
                ? ["for a week", "after a month no difference", "Never a quiz", "yours to choose"]
                : ["pendant une semaine", "à un mois, aucune", "Jamais de quiz", "À vous de choisir"]
            for word in words { #expect(text.contains(word), "\(word)") }
        }
    }

    @Test func lineByLineThereIsThePacerAndNoGame() {
        var told: [String] = []
        let desk = desk()
        var lines = ["", "B", "b", "p"][...]
        var waits = 0
        let console = LinearConsole(
            desk: desk, person: desk.person, role: .moderator, settings: ConsoleSettings(),
            input: { timeout in
                if told.last?.contains("Choices") == true, desk.shifts.isEmpty { return .line("1") }
                if let line = lines.popFirst() { return .line(line) }
                waits += 1
                guard waits < 4, let timeout else { return .end }
                desk.advance(timeout)
                return .timedOut
            }, output: { told.append($0.plain) })
        _ = console.run()
        let text = told.joined(separator: "\n")
        #expect(text.contains("a slow breath, n nothing") && !text.contains("falling blocks,"))
        #expect(text.contains("Not line by line"))
        #expect(told.count { $0 == "breathe in" } >= 1 && told.count { $0 == "breathe out" } >= 1)
    }
}

extension Session {
    fileprivate func also(_ body: (Session) -> Void) -> Session {
        body(self)
        return self
    }
}
