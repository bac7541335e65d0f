import Exposure
import Moderation
import Testing

@testable import Forecast

@Suite("What a simulation reckons step by step is what the dosimeter reckons from the whole record")
struct RunningDoseTests {
    private let person = PersonID("p")
    private let start: Int64 = 1_767_225_600_000

    private func at(_ time: Int64) -> Timestamp { Timestamp(milliseconds: start + time) }

    /// A random day or two of somebody who follows the limits, compared at every step.
    private func compare(_ random: inout Chance, limits: Limits) -> Int {
        var running = RunningDose(limits: limits)
        var record = ExposureRecord(person: person, now: at(0), spans: [], shifts: [], limits: limits)
        var compared = 0
        for day in 0..<Int64(3) {
            var now = day * 86_400_000
            running.startShift(at: now)
            record.shifts.append(Shift(id: ShiftID("\(day)"), person: person, startedAt: at(now)))
            work: while true {
                record.now = at(now)
                let exact = Dosimeter.standing(of: record)
                let quick = running.standing(at: now)
                compared += 1
                #expect(exact.dayDose.units == running.dayDose && exact.weekDose.units == running.weekDose)
                switch quick {
                case .shiftOver:
                    guard case .shiftOver = exact.availability else {
                        Issue.record("\(exact.availability) beside \(quick)")
                        return compared
                    }
                    break work
                case .mustBreak(let length):
                    guard case .mustBreak = exact.availability else {
                        Issue.record("\(exact.availability) beside \(quick)")
                        return compared
                    }
                    #expect(exact.breakDue?.length == .milliseconds(length))
                    record.shifts[Int(day)].breaks.append(
                        Break(startedAt: at(now), endedAt: at(now + length), isRequired: true))
                    running.rest(from: now, to: now + length)
                    now += length
                    continue
                case .capped:
                    guard case .capped = exact.availability else {
                        Issue.record("\(exact.availability) beside \(quick)")
                        return compared
                    }
                case .available: #expect(exact.availability == .available)
                }
                for hazard in Hazard.allCases {
                    #expect(
                        exact.mayUncover(hazard).isAllowed == running.mayOpen(hazard, at: now), "\(hazard)")
                }
                let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
                if running.mayOpen(hazard, at: now) {
                    now = look(hazard, for: .random(in: 1...900_000, using: &random), now, &running, &record)
                }
                now += [0, 20_000, 240_000, 700_000][Int.random(in: 0..<4, using: &random)]
            }
            record.shifts[Int(day)].endedAt = at(now)
        }
        return compared
    }

    private func look(
        _ hazard: Hazard, for time: Int64, _ now: Int64, _ running: inout RunningDose,
        _ record: inout ExposureRecord
    ) -> Int64 {
        let open = Span.opened(
            id: SpanID("\(record.spans.count)"), person: person, post: PostID("\(record.spans.count)"),
            shift: record.openShift?.id, hazard: hazard, at: at(now), limits: record.limits)
        record.spans.append(open)
        let exact = Dosimeter.standing(of: record).mustCover(open, lastKeyAt: nil)?.at ?? at(.max / 2)
        let until = running.mustCover(hazard, openedAt: now).at
        // Of what isn't harmful the dosimeter tells the long break only when it is the next; beats ask it again.
        let isTold = hazard != .none || exact.milliseconds - start < until
        if isTold, abs(exact.milliseconds - start - until) > 1,
            min(exact.milliseconds - start, until) < now + time
        {
            Issue.record("cover \(hazard) at \(exact.milliseconds - start) beside \(until), now \(now)")
        }
        let end = max(now, min(now + time, until))
        record.spans[record.spans.count - 1] = open.closed(
            elapsed: .milliseconds(end - now), at: at(end), by: .covered, limits: record.limits)
        running.look(hazard, from: now, to: end, isNew: true)
        return end
    }

    @Test func atEveryStepOfRandomDays() {
        var random = Chance(seed: 11, stream: 0)
        var compared = 0
        for round in 0..<12 {
            var limits = Limits.standard
            if round % 3 == 1 {
                limits.daily = 30
                limits.ceiling = 33
                limits.weekly = 70
            } else if round % 3 == 2 {
                limits.continuous = .seconds(1200)
                limits.longBreakBefore = .seconds(7200)
                limits.runOfSevere = 1
                limits.lighterAfterRun = 3
                limits.lastHour = .seconds(3 * 3600)
            }
            compared += compare(&random, limits: limits)
        }
        #expect(compared > 1000)
    }
}
