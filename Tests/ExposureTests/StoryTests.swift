import Exposure
import Moderation
import Testing

/// Shifts told as small stories.
struct StoryTests {
    @Test func aShiftOfSevereContentIsNoticedAtHalfAndFourFifthsAndCoveredAtTheLimit() {
        var story = Story()
        story.startShift()
        #expect(story.standing.availability == .available)
        #expect(story.standing.dayDose == .zero)
        story.work(.severe, minutes: 119)
        #expect(story.standing.notice == nil)
        story.see(.severe, for: .minutes(1))
        #expect(story.standing.dayPercent == 50)
        #expect(story.standing.notice == .half)
        story.rest(.minutes(20))
        story.work(.severe, minutes: 72)
        #expect(story.standing.dayPercent == 80)
        #expect(story.standing.notice == .fourFifths)
        #expect(story.standing.usableTime(at: .severe) == .minutes(48))
        #expect(story.standing.usableTime(at: .extreme) == .minutes(24))
        story.rest(.minutes(10))
        story.work(.severe, minutes: 48)
        #expect(story.standing.dayDose == .full)
        #expect(story.standing.notice == .full)
        guard case .capped(.daily, let resumeAt) = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        #expect(story.standing.claimable == [.none])
        #expect(resumeAt >= story.now + .hours(11))
        #expect(story.standing.mayUncover(.mild) == .refused(.capped(.daily, resumeAt: resumeAt)))
        #expect(story.standing.mayUncover(.none) == .allowed)
    }

    @Test func whenTheDoseAllowsItAgainAndTheRestIsTakenWorkResumesAtThatVeryMoment() {
        var story = Story()
        story.limits.daily = 10
        story.startShift()
        story.see(.severe, for: .minutes(24))
        let ended = story.now
        story.endShift()
        guard case .resting(let rested) = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        #expect(rested == ended + .hours(11))
        #expect(story.standing.cap?.resumeAt == ended + .hours(24))
        story.now = ended + .hours(24) - .milliseconds(1)
        story.startShift()
        #expect(story.standing.mayUncover(.mild).isAllowed == false)
        story.wait(.milliseconds(1))
        #expect(story.standing.availability == .available)
        #expect(story.standing.dayDose == .zero)
        #expect(story.standing.weekPercent == 10)
    }

    @Test func thePostInHandIsFinishedWithinTwoMinutesAndNothingNewIsUncovered() throws {
        var story = Story()
        story.limits.daily = 10
        story.startShift()
        story.see(.severe, for: .minutes(23))
        story.uncover(.severe, post: "in hand")
        let since = story.now
        let planned = try #require(story.standing.mustCover(story.spans[1], lastKeyAt: nil))
        #expect(planned == CoverDeadline(at: since + .minutes(3), reason: .daily))
        story.look(.minutes(1) - .seconds(5))
        #expect(story.standing.notice == .full, "the beat ahead is paid")
        story.look(.seconds(5))
        let reached = try #require(story.standing.cap?.reachedAt)
        #expect(reached == since + .minutes(1))
        #expect(story.standing.mayUncover(.severe, inHandSince: since) == .allowed)
        #expect(story.standing.mayUncover(.mild).isAllowed == false)
        #expect(story.standing.mustCover(story.spans[1], lastKeyAt: nil)?.at == reached + .seconds(120))
        story.look(.seconds(119))
        #expect(story.standing.mayUncover(.severe, inHandSince: since) == .allowed)
        story.look(.seconds(1))
        #expect(story.standing.mayUncover(.severe, inHandSince: since).isAllowed == false)
        #expect(story.standing.mayUncover(.severe, inHandSince: story.now).isAllowed == false)
    }

    @Test func theCeilingStopsEvenThePostInHand() throws {
        var story = Story()
        story.limits.daily = 10
        story.limits.ceiling = 10
        story.startShift()
        story.see(.severe, for: .minutes(23))
        story.uncover(.severe)
        let since = story.now
        let deadline = try #require(story.standing.mustCover(story.spans[1], lastKeyAt: nil))
        #expect(deadline == CoverDeadline(at: since + .minutes(1), reason: .ceiling))
        story.look(.minutes(1))
        #expect(story.standing.mayUncover(.severe, inHandSince: since).isAllowed == false)
    }

    @Test func aPersonalLimitIsHonouredAndItsNoticesGoWithIt() {
        var story = Story()
        story.personalLimit = 10
        story.startShift()
        story.see(.severe, for: .minutes(12))
        #expect(story.standing.notice == .half)
        story.see(.severe, for: .minutes(12))
        guard case .capped(.personal, _) = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        story.personalLimit = 500
        #expect(story.standing.dayLimit == .full, "a personal limit only lowers")
        story.personalLimit = 0
        #expect(story.standing.claimable == [.none])
    }

    @Test func theWeekIsLimitedAsWell() {
        var story = Story()
        story.limits.weekly = 150
        for _ in 0..<2 {
            story.startShift()
            story.work(.severe, minutes: 180)
            story.endShift()
            story.wait(.hours(24))
        }
        story.startShift()
        #expect(story.standing.dayDose == .zero)
        #expect(story.standing.weekPercent == 150)
        guard case .capped(.weekly, let resumeAt) = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        #expect(resumeAt > story.now + .hours(24 * 4))
        #expect(story.standing.mayUncover(.mild) == .refused(.capped(.weekly, resumeAt: resumeAt)))
    }

    @Test func fiftyMinutesWithoutABreakAskForTen() {
        var story = Story()
        story.startShift()
        for _ in 0..<5 {
            story.see(.mild, for: .minutes(9))
            story.wait(.minutes(1) - .milliseconds(1))
        }
        #expect(story.standing.availability == .available)
        story.see(.mild, for: .milliseconds(5))
        #expect(story.standing.availability == .mustBreak(until: story.now + .minutes(10)))
        #expect(story.standing.claimable.isEmpty)
        story.startBreak(required: true)
        let until = story.now + .minutes(10)
        #expect(story.standing.availability == .onBreak(until: until))
        story.wait(.minutes(10) - .milliseconds(1))
        #expect(story.standing.availability == .onBreak(until: until))
        story.endBreak()
        #expect(story.standing.mayUncover(.mild).isAllowed == false, "too short is no break")
        story.wait(.milliseconds(1))
        #expect(story.standing.availability == .available)
        #expect(story.standing.continuous == .zero)
    }

    @Test func aPauseWithoutExposureIsABreakTooAndShorterOnesAreNot() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(40))
        story.wait(.minutes(9))
        #expect(story.standing.continuous == .minutes(49))
        story.wait(.minutes(1))
        #expect(story.standing.continuous == .zero)
        story.see(.mild, for: .minutes(1))
        #expect(story.standing.continuous == .minutes(1))
        #expect(story.standing.breakDue?.dueAt == story.now + .minutes(49))
    }

    @Test func anUncoveredPostIsCoveredWhenTheBreakIsDue() throws {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(40))
        story.uncover(.mild)
        let deadline = try #require(story.standing.mustCover(story.spans[1], lastKeyAt: nil))
        #expect(deadline == CoverDeadline(at: story.now + .minutes(10), reason: .continuous))
        let idle = try #require(story.standing.mustCover(story.spans[1], lastKeyAt: story.now))
        #expect(idle == CoverDeadline(at: story.now + .seconds(120), reason: .idle))
    }

    @Test func sixHoursNeedTwentyMinutes() {
        var story = Story()
        story.startShift()
        for _ in 0..<7 {
            story.wait(.minutes(40))
            story.rest(.minutes(10))
        }
        story.wait(.minutes(10) - .milliseconds(1))
        #expect(story.standing.availability == .available)
        story.wait(.milliseconds(1))
        #expect(story.standing.breakDue?.reason == .longBreak)
        #expect(story.standing.availability == .mustBreak(until: story.now + .minutes(20)))
        story.rest(.minutes(20))
        #expect(story.standing.availability == .available)
    }

    @Test func eightHoursEndTheShiftAndElevenHoursOfRestFollow() {
        var story = Story()
        story.startShift()
        story.wait(.hours(5))
        story.rest(.minutes(30))
        story.wait(.minutes(150) - .milliseconds(1))
        #expect(story.standing.availability == .available)
        #expect(story.standing.claimable == [.none, .mild, .moderate])
        story.wait(.milliseconds(1))
        let resumeAt = story.now + .hours(11)
        #expect(story.standing.availability == .shiftOver(.shiftLength, resumeAt: resumeAt))
        #expect(story.standing.claimable.isEmpty)
        story.endShift()
        #expect(story.standing.availability == .resting(until: resumeAt))
        story.now = resumeAt
        #expect(story.standing.availability == .notOnShift(mayStartAt: resumeAt))
    }

    @Test func atTenHoursNothingIsFinishedAnyMore() {
        var story = Story()
        story.limits.shiftLength = .hours(10)
        story.startShift()
        story.wait(.hours(5))
        story.rest(.minutes(30))
        story.wait(.minutes(270))
        let resumeAt = story.now + .hours(11)
        #expect(story.standing.availability == .shiftOver(.shiftHard, resumeAt: resumeAt))
        #expect(story.standing.mayUncover(.mild, inHandSince: story.now - .minutes(1)).isAllowed == false)
    }

    @Test func aShiftLeftOpenOnFridayDoesNotCostMonday() throws {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(5))
        let start = try #require(story.shifts.first?.startedAt)
        story.wait(.hours(60))
        let shift = try #require(story.standing.shift)
        #expect(Dosimeter.closing(of: shift, in: story.record) == start + .hours(10))
        story.shifts[0].endedAt = Dosimeter.closing(of: shift, in: story.record)
        #expect(story.standing.availability == .notOnShift(mayStartAt: story.now))
    }

    @Test func theLastHourShowsNothingSevereButThePostInHandIsFinished() {
        var story = Story()
        story.startShift()
        story.wait(.hours(4))
        story.rest(.minutes(30))
        story.wait(.minutes(150) - .minutes(1))
        #expect(story.standing.claimable.contains(.severe))
        story.uncover(.severe)
        let since = story.now
        story.look(.minutes(1))
        #expect(story.standing.mayUncover(.severe) == .refused(.lastHour(resumeAt: story.now + .hours(12))))
        #expect(story.standing.mayUncover(.extreme).isAllowed == false)
        #expect(story.standing.mayUncover(.moderate) == .allowed)
        #expect(story.standing.mayUncover(.severe, inHandSince: since) == .allowed)
        #expect(story.standing.mustCover(story.spans[0], lastKeyAt: nil)?.at == since + .minutes(3))
    }

    @Test func threeSevereInARowAreFollowedByTwoLighterOrABreak() {
        var story = Story()
        story.startShift()
        for turn in 0..<3 {
            #expect(story.standing.mayUncover(.severe) == .allowed)
            story.see(turn == 1 ? .extreme : .severe, for: .seconds(30))
        }
        #expect(story.standing.mayUncover(.extreme) == .refused(.runOfSevere(lighterOwed: 2)))
        #expect(story.standing.mayUncover(.severe, inHandSince: story.now - .seconds(30)) == .allowed)
        let broken = story
        story.see(.mild, for: .seconds(10))
        #expect(story.standing.mayUncover(.severe) == .refused(.runOfSevere(lighterOwed: 1)))
        story.see(.none, for: .seconds(10))
        #expect(story.standing.mayUncover(.severe) == .allowed)
        var other = broken
        other.rest(.minutes(10))
        #expect(other.standing.mayUncover(.severe) == .allowed)
    }

    @Test func lookingAgainAtOnePostIsNoRun() {
        var story = Story()
        story.startShift()
        for _ in 0..<6 { story.see(.severe, for: .seconds(5), post: "the same") }
        #expect(story.standing.lighterOwed == 0)
        #expect(story.standing.dayDose.units == 6 * 10_000 * 34, "yet each look is charged")
    }

    @Test func withoutAShiftNothingIsUncovered() {
        let story = Story()
        #expect(story.standing.availability == .notOnShift(mayStartAt: story.now))
        #expect(story.standing.claimable.isEmpty)
        #expect(story.standing.mayUncover(.mild) == .refused(.notOnShift(mayStartAt: story.now)))
    }

    @Test func twoConsolesAtOnceAreBothCharged() throws {
        var story = Story()
        story.startShift()
        story.uncover(.severe)
        story.uncover(.severe)
        story.wait(.minutes(1))
        for index in story.spans.indices {
            story.spans[index] = story.spans[index].beaten(elapsed: .minutes(1), limits: story.limits)
        }
        #expect(story.standing.dayDose.units == 2 * 65_000 * 34)
        story.limits.daily = 1
        let deadline = try #require(story.standing.mustCover(story.spans[0], lastKeyAt: nil))
        let left = Dose(1).units - 2 * 65_000 * 34
        #expect(deadline.at == story.now + .milliseconds(5000 + left / 68) + .seconds(120))
    }
}
