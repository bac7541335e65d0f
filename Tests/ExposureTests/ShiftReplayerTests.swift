import Exposure
import Moderation
import Testing

@Suite("A recorded shift is played again with the dosimeter")
struct ShiftReplayerTests {
    private let person = PersonID("p-1")
    private let start = Timestamp(milliseconds: 1_767_225_600_000)

    /// Looks of a minute, a quarter of a minute apart.
    private func looks(_ count: Int, _ hazard: Hazard = .moderate, from begin: Timestamp? = nil)
        -> [RecordedLook]
    {
        (0..<count).map { number in
            let at = (begin ?? start) + .seconds(number * 75)
            let span = Span.opened(
                id: SpanID("x\(number)"), person: person, post: PostID("t\(number)"), shift: ShiftID("s"),
                hazard: hazard, at: at, limits: .standard
            ).closed(elapsed: .seconds(60), at: at + .seconds(60), by: .covered, limits: .standard)
            return RecordedLook(span: span, shownAs: hazard, chargedAs: hazard)
        }
    }

    private func shift(hours: Int = 4, breaks: [Break] = []) -> Shift {
        Shift(
            id: ShiftID("s"), person: person, startedAt: start, endedAt: start + .seconds(hours * 3600),
            breaks: breaks, endedBy: .ended)
    }

    private func replay(_ looks: [RecordedLook], _ change: (inout Limits) -> Void = { _ in }) -> ShiftReplay {
        var limits = Limits.standard
        change(&limits)
        var replayer = ShiftReplayer(person: person)
        return replayer.replay(shift(), looks: looks) { _ in limits }
    }

    @Test func theSameLimitsGiveTheSameDoseAndEnd() {
        let looks = looks(20)
        let then = replay(looks)
        #expect(then.dose == looks.reduce(.zero) { $0 + $1.span.dose })
        #expect(then.endedAfter == .seconds(19 * 75 + 60) && then.endedBy == nil)
        #expect(then.looks == 20 && then.leftOut == 0 && then.breaks == 0 && then.cutShort == 0)
    }

    @Test func anEarlierBreakMovesTheRestLater() {
        let plain = replay(looks(20))
        let then = replay(looks(20)) { $0.continuous = .seconds(600) }
        #expect(then.breaks == 2 && then.looks == 20)
        #expect(then.endedAfter == plain.endedAfter + .seconds(2 * 600))
        #expect(then.dose <= plain.dose && then.dose > .zero)
    }

    @Test func aDoseLimitEndsTheExposureAndNothingPassesTheCeiling() {
        let then = replay(looks(60)) { limits in
            limits.daily = 2
            limits.ceiling = 3
        }
        #expect(then.endedBy == .daily && then.dose <= Dose(3) && then.dose >= Dose(2))
        #expect(then.looks + then.leftOut == 60)
    }

    @Test func theLengthOfAShiftEndsIt() {
        let then = replay(looks(60)) { $0.shiftLength = .seconds(1800) }
        #expect(then.endedBy == .shiftLength && then.endedAfter <= .seconds(1800 + 120))
    }

    @Test func heavierWeightsCostMore() {
        let plain = replay(looks(10))
        let then = replay(looks(10)) { $0.moderateWeight = 48 }
        #expect(then.dose.units == plain.dose.units * 2)
    }

    @Test func severePostsInARowAreLeftOut() {
        let then = replay(looks(6, .severe)) { $0.runOfSevere = 1 }
        #expect(then.leftOut > 0 && then.looks + then.leftOut == 6 && then.endedBy == nil)
    }

    @Test func aLongerRestMakesTheNextShiftBeginLater() {
        var limits = Limits.standard
        limits.rest = .seconds(14 * 3600)
        var replayer = ShiftReplayer(person: person)
        _ = replayer.replay(shift(), looks: looks(3)) { _ in limits }
        let morning = start + .seconds(16 * 3600)
        var second = shift()
        second.id = ShiftID("s2")
        second.startedAt = morning
        second.endedAt = morning + .seconds(3600)
        let then = replayer.replay(second, looks: looks(2, from: morning)) { _ in limits }
        #expect(then.startsLater == .seconds(2 * 3600))
        #expect(then.endedAfter == .seconds(2 * 3600 + 75 + 60) && then.looks == 2)
    }
}
