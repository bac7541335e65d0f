import Exposure
import Moderation
import Testing

@Suite("Dose that no span tells of counts in the windows, and in nothing else")
struct EarlierDoseTests {
    private let now = Timestamp(milliseconds: 1_772_357_400_000)
    private let ada = PersonID("ada")

    private func record(_ earlier: [EarlierDose], spans: [Span] = [], limits: Limits = .standard)
        -> ExposureRecord
    {
        ExposureRecord(
            person: ada, now: now,
            spans: spans,
            shifts: [Shift(id: ShiftID("s"), person: ada, startedAt: now - .seconds(60))], limits: limits,
            earlier: earlier)
    }

    private func dose(_ percent: Percent, endedBefore ago: Duration) -> EarlierDose {
        EarlierDose(startedAt: now - ago - .seconds(3600), endsAt: now - ago, dose: Dose(percent))
    }

    @Test func itIsInEachWindowUntilItsLastMomentHasLeftIt() {
        for (ago, day, week) in [(3600, 40, 40), (86_399, 40, 40), (86_400, 0, 40), (604_800, 0, 0)] {
            let standing = Dosimeter.standing(of: record([dose(40, endedBefore: .seconds(ago))]))
            #expect(standing.dayPercent.value == day && standing.weekPercent.value == week, "\(ago)")
        }
    }

    @Test func aCapCannotBeDodgedByComingFromElsewhere() {
        let standing = Dosimeter.standing(of: record([dose(100, endedBefore: .seconds(7200))]))
        #expect(standing.cap?.reason == .daily)
        #expect(standing.claimable == [.none])
        // It ends when the dose has left the window, not before.
        #expect(standing.cap?.resumeAt == now - .seconds(7200) + Dosimeter.day)
        let week = (1...5).map { dose(80, endedBefore: .seconds($0 * 86_400 + 10)) }
        #expect(Dosimeter.standing(of: record(week)).cap?.reason == .weekly)
    }

    @Test func itNeverLowersAnythingAndDemandsNoBreak() {
        var random = Seeded(5)
        for _ in 0..<300 {
            let earlier = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                dose(
                    Percent(Int.random(in: 0...60, using: &random)),
                    endedBefore: .seconds(Int.random(in: -60...700_000, using: &random)))
            }
            let span = Span.opened(
                id: SpanID("x"), person: ada, post: nil, shift: ShiftID("s"), hazard: .severe,
                at: now - .seconds(50), limits: .standard)
            let without = Dosimeter.standing(of: record([], spans: [span]))
            let with = Dosimeter.standing(of: record(earlier, spans: [span]))
            #expect(with.dayDose >= without.dayDose && with.weekDose >= without.weekDose)
            #expect(with.claimable.isSubset(of: without.claimable))
            #expect(with.continuous == without.continuous && with.lighterOwed == without.lighterOwed)
            #expect(with.acuteLoad == without.acuteLoad)
        }
    }

    private func span(_ number: Int) -> Span {
        let start = now + .seconds(number * 7000)
        return Span(
            id: SpanID("\(number)"), person: ada, post: nil, shift: nil, hazard: Hazard.allCases[number % 5],
            openedAt: start, visible: .milliseconds(1000 + number), closedAt: start + .seconds(2),
            limitsVersion: 1, dose: Dose(units: Int64(number) * 17), closedBy: .covered)
    }

    @Test func totalsOfSpansAreThoseOfTheSpansInAnyOrder() {
        let spans: [Span] = (0..<40).map(span)
        let totals: [DayTotal] = DayTotal.of(spans)
        let backwards: [DayTotal] = DayTotal.of(Array(spans.reversed()))
        #expect(totals == backwards)
        let again: [DayTotal] = DayTotal.sums(totals)
        #expect(totals == again)
        var sum = Dose.zero
        for total in totals { sum = sum + total.dose }
        var wanted = Dose.zero
        for span in spans { wanted = wanted + span.dose }
        #expect(sum == wanted)
        let summary = ExposureSummary(of: [Span](), settled: totals)
        #expect(summary == ExposureSummary(of: spans))
    }
}
