import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// Time and limits, as the console keeps them.
@Suite struct ExposureFlowTests {
    @Test func whileUncoveredABeatIsPaidEveryFiveSecondsAndOtherwiseNothingTicks() {
        let session = Session()
        session.keys("\n")
        #expect(session.state.timeToNextTask == nil)
        session.keys(" ")
        #expect(session.state.timeToNextTask == .seconds(5))
        session.live(for: .seconds(21))
        #expect(session.desk.log.count { $0 == "beat" } == 4)
        session.keys(" ")
        #expect(session.state.timeToNextTask == nil)
    }

    @Test func withoutAKeyForTwoMinutesContentIsCovered() {
        let session = Session()
        session.keys("\n ")
        session.live(for: .seconds(121))
        #expect(!session.state.isUncovered)
        #expect(session.desk.log.contains("cover idle"))
        #expect(session.desk.spans.last?.visible == .seconds(120))
        #expect(session.picture.contains("Covered, because no key came for a while."))
    }

    @Test(arguments: [
        (Event.focus(false), "cover focus_lost"), (.suspend, "cover paused"), (.hangup, "cover hangup"),
        (.terminate, "cover covered"), (.interrupt, "cover covered"),
    ])
    func whateverTakesTheScreenAwayCoversFirst(event: Event, entry: String) {
        let session = Session()
        session.keys("\n ")
        session.send(.terminal(event, pending: false))
        #expect(!session.state.isUncovered)
        #expect(
            session.desk.log.contains {
                $0.lowercased().replacing("_", with: "") == entry.replacing("_", with: "")
            })
        #expect(session.desk.inHand.count == 1)
    }

    @Test func quietNoticesComeOnceEach() {
        let desk = Samples.desk()
        desk.limits.daily = 2
        let session = Session(desk)
        session.keys("\n ")
        var notices: [String] = []
        while session.state.standing?.cap == nil {
            session.wait(.seconds(5))
            if let news = session.state.news { notices.append(news.text) }
            session.key(.down)
        }
        #expect(
            notices == [
                "For your information: 1 % used in 24 h.",
                "For your information: 1 % used in 24 h. B takes a break.",
                "The limit is reached. Nothing more is uncovered.",
            ])
    }

    @Test func atTheLimitThePostInHandMayBeFinishedWithinTwoMinutes() {
        let desk = Samples.desk()
        desk.limits.daily = 1
        let session = Session(desk)
        session.keys("\n ")
        while session.state.standing?.cap == nil {
            session.wait(.seconds(5))
            session.key(.down)
        }
        #expect(session.state.isUncovered)
        #expect(session.picture.contains("Limit reached: finish this post within "))
        session.wait(.seconds(10))
        session.keys("r")
        #expect(desk.decisions.count == 1)
        #expect(session.state.screen == .ended && session.state.hand == nil)
        #expect(session.picture.contains("Posts without hazard remain"))
        session.keys("\n\n")
        #expect(session.state.hand?.card.post == PostID("post-3"), "harmless posts remain")
        #expect(session.state.screen == .review)
    }

    @Test func afterTwoMinutesAtTheLimitThePostGoesBackWithItsDraft() {
        let desk = Samples.desk()
        desk.limits.daily = 1
        desk.queue.removeAll { $0.externalID == "post-3" }
        let session = Session(desk)
        session.keys("\n nkeep calm\n")
        while session.state.standing?.cap == nil {
            session.wait(.seconds(5))
            session.key(.down)
        }
        for _ in 0..<130 {
            session.wait(.seconds(1))
            session.key(.down)
        }
        #expect(desk.log.contains("release post-1"))
        #expect(desk.drafts[PostID("post-1")]?.note == "keep calm")
        #expect(desk.decisions.isEmpty)
        #expect(
            session.picture.contains("The limit of 24 hours is reached."), "\(session.picture)")
        #expect(session.state.screen == .ended)
    }

    @Test func aRequiredBreakIsKeptAndThenWorkGoesOn() {
        let desk = Samples.desk()
        desk.limits.continuous = .seconds(60)
        let session = Session(desk)
        session.keys("\n ")
        for _ in 0..<14 {
            session.wait(.seconds(5))
            session.key(.down)
        }
        #expect(session.state.screen == .pause, "\(desk.log)")
        #expect(desk.log.contains("startBreak required"))
        #expect(session.picture.contains("10 min left"))
        session.keys("\n")
        #expect(session.state.screen == .pause)
        #expect(session.picture.contains("This is a break, until"))
        session.live(for: .seconds(601))
        #expect(session.picture.contains("The break may end whenever you like: Enter."))
        session.keys("\n")
        #expect(session.state.screen == .review)
        #expect(session.state.hand != nil)
    }

    @Test func aBreakCountsDownInMinutesAndOnlyAtItsEndInSeconds() {
        let desk = Samples.desk()
        desk.limits.continuous = .seconds(60)
        let session = Session(desk)
        session.keys("\n ")
        for _ in 0..<14 {
            session.wait(.seconds(5))
            session.key(.down)
        }
        var wakes = 0
        while let next = session.state.timeToNextTask, session.state.screen == .pause, wakes < 500 {
            session.wait(next)
            wakes += 1
        }
        #expect(wakes < 80, "ten minutes took \(wakes) wake-ups")
    }

    @Test func draftsAreKeptAfterAPauseInTypingAndBeforeLeaving() {
        let session = Session()
        session.keys("\nn")
        session.keys("abc")
        #expect(!session.desk.log.contains { $0.hasPrefix("save") })
        session.live(for: .seconds(1))
        #expect(session.desk.log.contains("save post-1 - abc"))
        session.keys("d")
        session.send(.terminal(.terminate, pending: false))
        #expect(session.desk.log.contains("save post-1 - abcd"))
        #expect(session.exit == .terminated)
    }

    @Test func thePostInHandIsHeldWhileSomebodyWorksOnItAndLapsesOtherwise() {
        let session = Session()
        session.keys("\n")
        for _ in 0..<13 {
            session.wait(.seconds(10))
            session.key(.down)
        }
        #expect(session.desk.log.count { $0 == "renew" } == 2)
        session.wait(.seconds(600))
        #expect(session.desk.log.count { $0 == "renew" } == 2)
    }

    @Test func afterARestartThePostInHandComesBackWithItsDraftAndUndoStillWorks() {
        let desk = Samples.desk()
        let first = Session(desk)
        first.keys("\nrnhalf a thought")
        first.send(.terminal(.hangup, pending: false))
        let second = Session(desk)
        #expect(second.picture.contains("A post of yours is still in hand, with its draft."))
        #expect(second.state.undo != nil)
        second.keys("\n")
        #expect(second.picture.contains("Note: half a thought"))
        second.keys("u")
        #expect(second.state.hand?.card.post == PostID("post-1"))
        second.keys("a")
        #expect(second.state.hand?.card.post == PostID("post-2"), "the other post waited behind it")
        #expect(second.picture.contains("Note: half a thought"))
    }

    @Test func aFaultOfTheDeskIsOneCalmLineAndNothingIsLost() {
        let session = Session()
        session.keys("\n ")
        session.desk.failing = "decide"
        session.keys("r")
        #expect(
            session.picture.contains("the store is held by another process (wait a moment and try again)"))
        #expect(session.state.hand?.card.post == PostID("post-1"))
        #expect(session.state.isUncovered)
        session.keys("r")
        #expect(session.desk.decisions.count == 1)
    }

    @Test func aLapsedClaimIsSaidAndCoversThePost() {
        let session = Session()
        session.keys("\n ")
        session.desk.inHand = [:]
        session.keys("r")
        #expect(!session.state.isUncovered)
        #expect(session.picture.contains("the claim on post-1 has lapsed; nothing was recorded"))
        session.keys("\n")
        #expect(session.state.hand?.card.post == PostID("post-2"))
    }
}

/// What happens in the queue meanwhile.
@Suite struct QueueGrowthTests {
    @Test func postsThatArriveAreCountedAndMoveNothing() {
        let session = Session()
        session.keys("\n ")
        session.wait(.seconds(5))
        #expect(!session.picture.contains("new post"))
        let line = session.state.hand?.line
        session.desk.queue += [Samples.post("post-8", body: "x"), Samples.post("post-9", body: "y")]
        session.wait(.seconds(5))
        #expect(session.picture.contains("2 new posts wait"))
        #expect(session.state.hand?.card.post == PostID("post-1"))
        #expect(session.state.hand?.line == line)
    }

    @Test func whenNothingFitsItSaysSoAndLooksAgainOnEnter() {
        let session = Session()
        session.desk.queue.removeAll { $0.externalID != "post-3" }
        session.keys("\na")
        #expect(session.picture.contains("The queue is empty."))
        session.desk.queue.append(Samples.post("post-7", body: "z"))
        session.keys("\n")
        #expect(session.state.hand?.card.post == PostID("post-7"))
    }

    @Test func aPersonWithoutTheRoleCanDoNothingInIt() {
        let desk = Samples.desk()
        desk.person.roles = [.auditor]
        let session = Session(desk, role: .moderator)
        session.keys("\n")
        #expect(session.picture.contains("Not here: that needs the role moderator"))
        #expect(!desk.log.contains("startShift"))
    }
}
