import Exposure
import Moderation
import Testing

@Suite("What of a site's limits holds for one person")
struct LimitsCourseTests {
    private func at(_ hour: Int64) -> Timestamp { Timestamp(milliseconds: hour * 3_600_000) }

    /// Versions in force from hour 0, 10, 20 and so on, each with a change of the one before.
    private func course(
        _ changes: [(inout Limits) -> Void], refused: Set<Int> = [], grants: [LimitsGrant] = []
    )
        -> LimitsCourse
    {
        var limits = Limits.standard
        var steps = [LimitsCourse.Step(limits: limits, since: at(0))]
        for (place, change) in changes.enumerated() {
            change(&limits)
            limits.version = place + 2
            steps.append(LimitsCourse.Step(limits: limits, since: at(Int64(place + 1) * 10)))
        }
        return LimitsCourse(steps: steps, refused: refused, grants: grants)
    }

    private func daily(_ course: LimitsCourse, _ shift: Int64?) -> Int? {
        course.limits(inShiftFrom: shift.map(at))?.daily.value
    }

    @Test func whatIsRaisedWaitsForTheNextShiftAndWhatIsLoweredDoesNot() {
        let raised = course([{ $0.daily = 110 }])
        #expect(daily(raised, 9) == 100 && daily(raised, 10) == 110 && daily(raised, 11) == 110)
        let lowered = course([{ $0.daily = 80 }])
        #expect(daily(lowered, 9) == 80 && daily(lowered, 11) == 80)
        // Mixed, each figure goes its own way.
        let mixed = course([
            {
                $0.daily = 110
                $0.continuous = .seconds(1800)
            }
        ])
        let held = mixed.limits(inShiftFrom: at(9))
        #expect(held?.daily == 100 && held?.continuous == .seconds(1800) && held?.version == 2)
    }

    @Test func whatIsLoweredInAShiftIsNotRaisedAgainInTheSame() {
        let course = course([{ $0.daily = 80 }, { $0.daily = 110 }])
        #expect(daily(course, 5) == 80 && daily(course, 15) == 80 && daily(course, 25) == 110)
    }

    @Test func weightsAndTheFloorAreRaisedByBeingLowered() {
        var light = Limits.standard
        light.ceiling = 100
        let course = LimitsCourse(steps: [
            .init(limits: light, since: at(0)),
            .init(
                limits: {
                    var next = light
                    next.version = 2
                    next.severeWeight = 30
                    next.floor = .seconds(8)
                    return next
                }(), since: at(10)),
        ])
        let held = course.limits(inShiftFrom: at(5))
        #expect(held?.severeWeight == 34 && held?.floor == .seconds(10))
        #expect(course.limits(inShiftFrom: at(12))?.severeWeight == 30)
    }

    @Test func whoRefusesGoesOnAsBeforeUntilSomethingElseIsDecided() {
        let refused = course([{ $0.daily = 110 }, { $0.weekly = 300 }], refused: [2])
        #expect(daily(refused, nil) == 100)
        #expect(refused.limits(inShiftFrom: nil)?.weekly == 300)
        #expect(refused.limits(inShiftFrom: nil)?.version == 3)
        let later = course([{ $0.daily = 110 }, { $0.daily = 115 }], refused: [2])
        #expect(daily(later, nil) == 115, "a later change that is not refused holds")
        let lowered = course([{ $0.daily = 110 }, { $0.daily = 105 }], refused: [2])
        #expect(daily(lowered, nil) == 100, "lowering from there never raises")
    }

    @Test func aGrantHoldsUntilLimitsAreLoweredAndNeverPassesTheCeiling() {
        let grant = LimitsGrant(version: 1, figures: [.daily: 120, .ceiling: 200, .severeWeight: 1])
        let held = course([], grants: [grant]).limits(inShiftFrom: at(1))
        #expect(held?.daily == 120 && held?.ceiling == 125 && held?.severeWeight == 34)
        #expect(daily(course([{ $0.daily = 80 }], grants: [grant]), 5) == 80)
        let beyond = LimitsGrant(version: 1, figures: [.daily: 300])
        #expect(daily(course([], grants: [beyond]), 1) == 125)
        let lower = LimitsGrant(version: 1, figures: [.daily: 50])
        #expect(daily(course([], grants: [lower]), 1) == 100, "a grant never tightens")
    }

    @Test func ofRandomCoursesNothingIsEverLooserThanWhatTheShiftBeganWith() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let changes = (0..<Int.random(in: 1...6, using: &random)).map { _ -> (inout Limits) -> Void in
                let field = LimitField.allCases.randomElement(using: &random) ?? .daily
                let share = Double.random(in: 0.5...1.5, using: &random)
                return { $0[field] = max(1, Int64(Double($0[field]) * share)) }
            }
            let course = course(changes, refused: Bool.random(using: &random) ? [2, 4] : [])
            let shift = Int64.random(in: 0...70, using: &random)
            let began = LimitsCourse(
                steps: course.steps.filter { $0.since <= at(shift) }, refused: course.refused)
            let before = try #require(began.limits(inShiftFrom: nil))
            let held = try #require(course.limits(inShiftFrom: at(shift)))
            #expect(held.changes(from: before).filter(\.loosens) == [])
            for step in course.steps where step.since > at(shift) {
                #expect(held.changes(from: step.limits).filter(\.loosens) == [])
            }
        }
    }
}
