import Exposure
import Moderation
import Testing

struct SummaryTests {
    @Test func daysAreSummedByHazardWhereTheyWereOpened() {
        var story = Story()
        story.startShift()
        story.see(.mild, for: .seconds(61))
        story.see(.severe, for: .minutes(2))
        story.wait(.hours(24))
        story.see(.severe, for: .minutes(3))
        let summary = ExposureSummary(of: story.spans)
        #expect(summary.days.count == 2)
        #expect(summary.days[0].minutes(at: .mild) == 2)
        #expect(summary.days[0].minutes(at: .severe) == 2)
        #expect(summary.days[1].minutes(at: .severe) == 3)
        #expect(summary.days[0].start == Timestamp(milliseconds: 1_767_225_600_000))
        #expect(summary.dose.units == 61_000 * 17 + 300_000 * 34)
        let west = ExposureSummary(of: story.spans, offset: .hours(-5))
        #expect(west.days[0].start == Timestamp(milliseconds: 1_767_225_600_000) - .hours(19))
    }

    @Test func aPlanOfSevereContentIsPlayedByTheSameRules() {
        let plan = ShiftPlan(posts: [.init(hazard: .moderate, visible: .seconds(45), pause: .seconds(5))])
        let played = Dosimeter.simulate(limits: .standard, plan: plan)
        #expect(played.endedBy == .daily)
        #expect(played.breaks == 8, "seven after 50 minutes, and the long one before six hours")
        #expect(played.dose >= .full)
        #expect(played.dose < Dose(101))
        #expect(played.notices[.half] ?? .zero < played.notices[.fourFifths] ?? .zero)
        var lower = Limits.standard
        lower.daily = 50
        #expect(Dosimeter.simulate(limits: lower, plan: plan).endedAfter < played.endedAfter)
    }

    @Test func aPlanOfNothingButSevereIsLeftOutUntilABreak() {
        let plan = ShiftPlan(posts: [.init(hazard: .severe, visible: .seconds(60), pause: .zero)])
        let played = Dosimeter.simulate(limits: .standard, plan: plan)
        #expect(played.leftOut > 0)
        #expect(played.endedBy == .shiftLength)
    }

    @Test func anEmptyPlanEndsAtOnce() {
        let played = Dosimeter.simulate(limits: .standard, plan: ShiftPlan(posts: []))
        #expect(played.endedBy == nil)
        #expect(played.dose == .zero)
    }
}
