import Exposure
import Moderation
import Testing

/// What `Documentation/exposure-model.md` says of clocks, rule by rule.
@Suite("Clocks that jump, sleep, cross midnight and die")
struct ClockRuleTests {
    @Test func aShiftIsNoLongerForAClockSetBack() {
        var story = Story()
        story.startShift()
        story.wait(.hours(7))
        story.rest(.minutes(20))
        story.wait(.minutes(41))
        story.see(.mild, for: .minutes(1))
        #expect(!story.standing.mayUncover(.mild).isAllowed, "eight hours are over")
        story.wait(.hours(-3))
        guard case .shiftOver = story.standing.availability else {
            Issue.record("three hours were given again: \(story.standing.availability)")
            return
        }
    }

    @Test func theBreakIsDueThoughTheClockWasSetBack() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(49))
        story.wait(.hours(-2))
        #expect(story.standing.continuous == .minutes(49))
        story.spans.append(
            .opened(
                id: SpanID("again"), person: Story.person, post: PostID("p"), shift: nil, hazard: .mild,
                at: story.standing.latest, limits: story.limits))
        let deadline = story.standing.mustCover(story.spans[1], lastKeyAt: nil)
        #expect(
            deadline == CoverDeadline(at: story.now + .minutes(1), reason: .continuous),
            "by the clock as it is")
    }

    @Test func theTwoMinutesToFinishAreNotGivenAgain() {
        var story = Story()
        story.limits.daily = 10
        story.startShift()
        let since = story.now
        story.see(.severe, for: .minutes(25))
        story.wait(.minutes(2))
        #expect(!story.standing.mayUncover(.severe, inHandSince: since).isAllowed)
        var record = story.record
        record.now = since + .minutes(5)
        #expect(
            Dosimeter.standing(of: record).latest == since + .minutes(25), "no more is known than the look")
        // Where the process still runs it knows of the time that passed without a look, too.
        record.reached = story.now
        #expect(!Dosimeter.standing(of: record).mayUncover(.severe, inHandSince: since).isAllowed)
    }

    @Test func quietTimeIsNotCreditedWhileTheClockLags() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .minutes(50))
        story.wait(.minutes(-30))
        story.wait(.minutes(20))
        guard case .mustBreak = story.standing.availability else {
            Issue.record("\(story.standing.availability)")
            return
        }
        story.wait(.minutes(20))
        #expect(story.standing.availability == .available)
    }

    @Test func sleepCountsInFullAndTheNextBeatCovers() {
        var story = Story()
        story.startShift()
        story.uncover(.severe)
        story.look(.seconds(5))
        // The lid is closed for an hour: a terminal elsewhere may have shown the post all the while.
        story.look(.hours(1))
        #expect(story.spans[0].visible == .hours(1) + .seconds(10))
        let deadline = story.standing.mustCover(story.spans[0], lastKeyAt: nil)
        #expect(deadline.map { $0.at <= story.now } == true)
    }

    @Test func twoConsolesAddUpAndBothStopInTime() {
        var story = Story()
        story.limits.daily = 10
        story.limits.ceiling = 12
        story.startShift()
        story.uncover(.severe, post: "a")
        story.uncover(.severe, post: "b")
        var steps = 0
        while steps < 1000 {
            steps += 1
            story.wait(.seconds(5))
            for place in 0...1 {
                let span = story.spans[place]
                story.spans[place] = span.beaten(elapsed: story.now - span.openedAt, limits: story.limits)
            }
            let deadlines = story.spans.compactMap { story.standing.mustCover($0, lastKeyAt: nil)?.at }
            if deadlines.allSatisfy({ $0 <= story.now }) { break }
        }
        // Twelve minutes for two instead of 24 for one, and two minutes to finish.
        #expect((12 * 12...15 * 12).contains(steps))
        #expect(story.standing.dayDose <= Dose(12))
    }

    @Test func aCrashIsChargedToTheLastBeatAndOneMore() {
        var story = Story()
        story.startShift()
        story.uncover(.extreme)
        story.look(.seconds(35))
        story.wait(.hours(1))
        let span = story.spans[0].recovered()
        #expect(span.visible == .seconds(40) && span.closedBy == .crashed)
        #expect(span.closedAt == span.openedAt + .seconds(40))
        story.spans[0] = span
        let known = story.spans[0].openedAt + .seconds(35)
        story.now = span.openedAt
        #expect(story.standing.latest == known, "what was paid ahead has not come")
    }

    @Test func midnightGivesNothingBack() {
        var story = Story()
        // Ten minutes before midnight, UTC.
        story.now = Timestamp(milliseconds: 1_767_225_600_000) - .minutes(10)
        story.startShift()
        story.see(.severe, for: .minutes(20))
        let dose = story.standing.dayDose
        story.wait(.hours(23))
        #expect(story.standing.dayDose == dose, "the day is rolling")
        story.wait(.minutes(60))
        #expect(story.standing.dayDose == .zero)
        // In the calendar a span belongs to the day on which it was opened, whole.
        let days = ExposureSummary(of: story.spans).days
        #expect(days.count == 1 && days[0].dose == dose)
    }

    @Test func summerTimeChangesTheCalendarAndNoDose() {
        var story = Story()
        // 2026-03-29 00:30 UTC, half an hour before Paris goes from +1 to +2.
        story.now = Timestamp(milliseconds: 1_774_744_200_000)
        story.startShift()
        story.see(.severe, for: .hours(1))
        let before = ExposureSummary(of: story.spans, offset: .hours(1))
        let after = ExposureSummary(of: story.spans, offset: .hours(2))
        #expect(before.dose == after.dose && before.days[0].start - after.days[0].start == .hours(1))
        let dose = story.standing.dayDose
        story.wait(.hours(23) - .milliseconds(1))
        #expect(story.standing.dayDose == dose)
        story.wait(.hours(1) + .milliseconds(1))
        #expect(story.standing.dayDose == .zero, "24 hours are 24 hours on the night with 23")
    }

    @Test func printedTextIsPaidAheadAndMovesNoClock() {
        var story = Story()
        story.startShift()
        for number in 0..<20 {
            let open = Span.opened(
                id: SpanID("l\(number)"), person: Story.person, post: PostID("\(number)"), shift: nil,
                hazard: .mild,
                at: story.now, limits: story.limits)
            story.spans.append(
                open.closed(
                    elapsed: .seconds(120), at: story.now + .seconds(120), by: .covered, limits: story.limits)
            )
        }
        #expect(story.standing.latest == story.now)
        #expect(
            story.standing.dayDose == Dose.charge(hazard: .mild, visible: .seconds(2400), limits: .standard))
    }
}
