import Exposure
import Moderation
import Testing

struct SpanTests {
    private let limits = Limits.standard
    private let start = Timestamp(milliseconds: 1_000_000)

    private func open(_ hazard: Hazard = .severe) -> Span {
        .opened(
            id: SpanID("x"), person: Story.person, post: nil, shift: nil, hazard: hazard, at: start,
            limits: limits)
    }

    @Test func anOpenSpanIsPaidOneBeatAhead() {
        let span = open().beaten(elapsed: .seconds(20), limits: limits)
        #expect(span.visible == .seconds(25))
        #expect(span.dose.units == 25_000 * 34)
        #expect(span.beaten(elapsed: .seconds(3), limits: limits) == span, "a late beat takes nothing back")
    }

    @Test func closingGivesBackOnlyWhatWasPaidAhead() {
        let span = open().beaten(elapsed: .seconds(20), limits: limits)
            .closed(elapsed: .milliseconds(21_500), at: start + .seconds(22), by: .decided, limits: limits)
        #expect(span.visible == .milliseconds(21_500))
        #expect(span.dose.units == 21_500 * 34)
        #expect(span.closedBy == .decided)
        #expect(span.closed(elapsed: .zero, at: start, by: .covered, limits: limits) == span)
        #expect(span.beaten(elapsed: .hours(1), limits: limits) == span)
        #expect(span.recovered() == span)
    }

    @Test func aCrashAtAnyMomentIsChargedAtLeastWhatWasSeenAndAtMostOneBeatMore() {
        var random = Seeded(3)
        for _ in 0..<2000 {
            let died = Int64.random(in: 0...300_000, using: &random)
            var span = open()
            for beat in stride(from: Int64(5000), through: died, by: 5000) {
                span = span.beaten(elapsed: .milliseconds(beat), limits: limits)
            }
            let found = span.recovered()
            #expect(found.closedBy == .crashed)
            #expect(found.visible >= .milliseconds(died))
            #expect(found.visible <= .milliseconds(died) + limits.beat)
            #expect(found.closedAt == start + found.visible)
            #expect(found.dose >= Dose.charge(hazard: .severe, visible: .milliseconds(died), limits: limits))
        }
    }

    @Test func ratingGoesUpAndNeverDown() {
        let span = open(.moderate).closed(
            elapsed: .minutes(1), at: start + .minutes(1), by: .decided, limits: limits)
        #expect(span.rerated(to: .extreme, limits: limits).dose.units == 60_000 * 68)
        for lower in [Hazard.none, .mild, .moderate] {
            #expect(span.rerated(to: lower, limits: limits) == span)
        }
        var weaker = limits
        weaker.extremeWeight = 1
        #expect(span.rerated(to: .extreme, limits: weaker).dose == span.dose)
    }

    @Test func aSpanEndsWhereItIsPaidUpToOrClosedWhicheverIsLater() {
        #expect(open().end == start + .seconds(5))
        let asleep = open().closed(elapsed: .seconds(7), at: start + .hours(1), by: .paused, limits: limits)
        #expect(asleep.end == start + .hours(1))
    }
}
