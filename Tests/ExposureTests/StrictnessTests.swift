import Exposure
import Moderation
import Testing

/// Corners where two rules meet: the stricter reading wins, unless it would take back what a person is owed.
struct StrictnessTests {
    @Test func whenTheDoseIsFreeOnlyAfterTheShiftTheRestComesFirst() {
        var story = Story()
        story.limits.daily = 10
        // A look without a shift, as an audit may be.
        story.see(.severe, for: .minutes(24))
        story.wait(.hours(17))
        story.startShift()
        #expect(story.standing.cap?.resumeAt == story.now + .hours(7), "free again within this shift")
        story.endShift()
        story.shifts = []
        story.wait(.seconds(-3600 * 2))
        story.startShift()
        #expect(
            story.standing.cap?.resumeAt == story.now + .hours(11), "rest, longer than the dose's nine hours")
    }

    @Test func workAfterTheTenthHourIsPartOfTheShiftLeftOpen() throws {
        var story = Story()
        story.startShift()
        story.wait(.hours(11))
        story.see(.mild, for: .minutes(1))
        let last = story.now
        story.wait(.hours(30))
        let shift = try #require(story.standing.shift)
        #expect(Dosimeter.closing(of: shift, in: story.record) == last)
    }

    @Test func whatIsUncoveredAfterTheLimitIsNotInHand() {
        var story = Story()
        story.limits.daily = 10
        story.startShift()
        story.see(.severe, for: .minutes(24))
        story.wait(.seconds(30))
        #expect(story.standing.mayUncover(.severe, inHandSince: story.now - .seconds(40)) == .allowed)
        #expect(story.standing.mayUncover(.severe, inHandSince: story.now).isAllowed == false)
    }

    @Test func theClockRunsFromTheEndOfABreakNotFromTheNextLook() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(20))
        story.rest(.minutes(10))
        story.wait(.minutes(4))
        story.see(.mild, for: .minutes(1))
        #expect(story.standing.continuous == .minutes(5))
    }

    @Test func aPostThatTurnsOutSevereCountsAsSevereInTheRun() {
        var story = Story()
        story.startShift()
        for post in ["a", "b", "c"] {
            story.see(.mild, for: .seconds(5), post: post)
            story.see(.severe, for: .seconds(5), post: post)
        }
        #expect(story.standing.lighterOwed == 2)
    }

    @Test func whatTwoConsolesOpenInOneMomentEndsNoRun() {
        var story = Story()
        story.startShift()
        story.uncover(.severe)
        story.uncover(.mild)
        for place in story.spans.indices {
            story.spans[place] = story.spans[place].closed(
                elapsed: .seconds(5), at: story.now, by: .covered, limits: story.limits)
        }
        story.wait(.seconds(20))
        for _ in 0..<2 { story.see(.severe, for: .seconds(5)) }
        #expect(story.standing.lighterOwed == 2, "which came first nobody knows: the stricter order counts")
    }

    @Test func quietTimeBeforeABreakIsDueIsNotAskedForTwice() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(47))
        story.wait(.minutes(3))
        #expect(story.standing.availability == .mustBreak(until: story.now + .minutes(7)))
        story.wait(.minutes(7))
        #expect(story.standing.availability == .available)
    }

    @Test func ofTwoBreaksThatAreDueTheLongerIsAskedFor() {
        var story = Story()
        story.startShift()
        story.wait(.minutes(315))
        story.see(.mild, for: .minutes(50))
        #expect(story.standing.breakDue?.reason == .longBreak)
        #expect(story.standing.availability == .mustBreak(until: story.now + .minutes(20)))
        story.startBreak(required: true)
        story.wait(.minutes(15))
        #expect(story.standing.availability == .onBreak(until: story.now + .minutes(5)))
        story.wait(.minutes(5))
        story.endBreak()
        #expect(story.standing.availability == .available)
    }

    @Test func aVoluntaryBreakMayEndAtAnyTime() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(10))
        story.startBreak()
        #expect(story.standing.availability == .onBreak(until: story.now))
        #expect(story.standing.claimable.isEmpty)
        story.endBreak()
        #expect(story.standing.availability == .available)
    }

    @Test func whereNoGlimpseFitsUnderTheCeilingTheLimitIsReached() {
        var story = Story()
        story.limits.daily = 10
        story.limits.ceiling = 10
        story.startShift()
        story.see(.severe, for: .minutes(24) - .seconds(1))
        guard case .capped(.ceiling, let resumeAt) = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        #expect(resumeAt >= story.now + .hours(24))
        #expect(story.standing.claimable == [.none])
    }

    @Test func theEighthHourLetsThePostInHandBeFinishedAndTheTenthDoesNot() throws {
        var story = Story()
        story.startShift()
        story.wait(.hours(5))
        story.rest(.minutes(30))
        story.wait(.minutes(149))
        story.uncover(.mild)
        let end = story.now + .minutes(1)
        let deadline = try #require(story.standing.mustCover(story.spans[0], lastKeyAt: nil))
        #expect(deadline == CoverDeadline(at: end + .seconds(120), reason: .shiftLength))
        let since = story.now
        story.look(.minutes(2))
        #expect(story.standing.mayUncover(.mild, inHandSince: since) == .allowed)
        #expect(story.standing.mayUncover(.mild).isAllowed == false)
        story.limits.shiftHard = .hours(8)
        #expect(story.standing.mayUncover(.mild, inHandSince: since).isAllowed == false)
        #expect(story.standing.mustCover(story.spans[0], lastKeyAt: nil)?.at == end)
    }

    @Test func nothingIsFinishedInABreakThatOutlastsTheShift() {
        var story = Story()
        story.startShift()
        story.wait(.hours(5))
        story.rest(.minutes(30))
        story.wait(.minutes(149))
        let since = story.now
        story.see(.mild, for: .seconds(30))
        story.startBreak()
        story.wait(.seconds(60))
        guard case .shiftOver = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        #expect(story.standing.mayUncover(.mild, inHandSince: since).isAllowed == false)
        story.endBreak()
        #expect(story.standing.mayUncover(.mild, inHandSince: since).isAllowed)
    }

    @Test func aBreakThatIsDueComesBeforeFinishingAfterTheShift() {
        var story = Story()
        story.startShift()
        story.wait(.hours(5))
        story.rest(.minutes(30))
        story.wait(.minutes(101))
        let since = story.now
        story.see(.mild, for: .minutes(49))
        story.wait(.seconds(59))
        #expect(story.standing.mayUncover(.mild, inHandSince: since).isAllowed)
        story.wait(.seconds(1))
        guard case .shiftOver = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        let refused = Permission.refused(.breakDue(.continuous, until: story.now + .minutes(10)))
        #expect(story.standing.mayUncover(.mild, inHandSince: since) == refused)
    }

    @Test func refusalsHaveStableCodes() {
        let moment = Timestamp(milliseconds: 5)
        #expect(Refusal.capped(.personal, resumeAt: moment).code == "capped.personal")
        #expect(Refusal.breakDue(.longBreak, until: moment).code == "break_due.long_break")
        #expect(Refusal.shiftOver(.shiftHard, resumeAt: moment).code == "shift_over.shift_hard")
        #expect(Refusal.runOfSevere(lighterOwed: 2).until == nil)
        #expect(Refusal.lastHour(resumeAt: moment).until == moment)
    }
}
