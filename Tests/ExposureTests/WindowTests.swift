import Exposure
import Moderation
import Testing

/// Properties over random records, against a reference that is slow and plain.
struct WindowTests {
    private func randomStory(_ random: inout Seeded) -> Story {
        var story = Story()
        story.startShift()
        for index in 0..<Int.random(in: 0...30, using: &random) {
            let opened = story.now - .milliseconds(Int64.random(in: 0...200_000_000, using: &random))
            let visible = Duration.milliseconds(Int64.random(in: 0...4_000_000, using: &random))
            let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
            let isOpen = Int.random(in: 0..<10, using: &random) == 0
            story.spans.append(
                Span(
                    id: SpanID("x-\(index)"), person: Story.person, post: PostID("p-\(index % 7)"),
                    shift: nil,
                    hazard: hazard, openedAt: opened, visible: visible,
                    closedAt: isOpen ? nil : opened + visible, limitsVersion: 1,
                    dose: .charge(hazard: hazard, visible: visible, limits: story.limits),
                    closedBy: isOpen ? nil : .covered))
        }
        return story
    }

    @Test func theWindowNeverCountsLessThanEveryMillisecondInIt() {
        var random = Seeded(4)
        for _ in 0..<300 {
            let story = randomStory(&random)
            let start = story.now - Dosimeter.day
            let seen = story.spans.reduce(Int64(0)) { sum, span in
                let from = max(span.openedAt, start)
                let inside = max(0, (span.openedAt + span.visible - from).wholeMilliseconds)
                return sum + inside * story.limits.weight(of: span.hazard)
            }
            #expect(story.standing.dayDose.units >= seen)
            #expect(story.standing.weekDose >= story.standing.dayDose)
        }
    }

    @Test func theDoseIsTheSumOfItsSpansInAnyOrder() {
        var random = Seeded(5)
        for _ in 0..<200 {
            var story = randomStory(&random)
            let before = story.standing
            story.spans.shuffle(using: &random)
            let after = story.standing
            #expect(after.dayDose == before.dayDose)
            #expect(after.availability == before.availability)
            #expect(after.continuous == before.continuous)
            #expect(after.lighterOwed == before.lighterOwed)
            #expect(after.acuteLoad == before.acuteLoad)
            #expect(after.cap == before.cap)
        }
    }

    @Test func oneMoreSpanNeverLowersAnythingNorOpensAnything() {
        var random = Seeded(6)
        for _ in 0..<300 {
            var story = randomStory(&random)
            let before = story.standing
            story.see([.mild, .severe][Int.random(in: 0..<2, using: &random)], for: .zero)
            let after = story.standing
            #expect(after.dayDose > before.dayDose)
            #expect(after.weekDose > before.weekDose)
            #expect(after.usableTime(at: .severe) <= before.usableTime(at: .severe))
            #expect((after.notice?.rawValue ?? -1) >= (before.notice?.rawValue ?? -1))
        }
    }

    @Test func resumingIsTheEarliestMomentBelowTheLimit() {
        var random = Seeded(7)
        var reached = 0
        for _ in 0..<400 {
            var story = randomStory(&random)
            story.shifts = []
            story.spans.removeAll(where: \.isOpen)
            guard let cap = story.standing.cap, cap.reason == .daily else { continue }
            reached += 1
            story.now = cap.resumeAt
            #expect(story.standing.dayDose < story.standing.dayLimit)
            story.now = cap.resumeAt - .milliseconds(1)
            #expect(story.standing.dayDose >= story.standing.dayLimit)
        }
        #expect(reached > 50)
    }

    @Test func theContinuousClockAgreesWithWalkingThroughEverySecond() {
        var random = Seeded(8)
        for _ in 0..<150 {
            var story = Story()
            story.startShift()
            let start = story.now
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                story.wait(.seconds(Int64.random(in: 0...900, using: &random)))
                story.see(.mild, for: .seconds(Int64.random(in: 1...1500, using: &random)))
            }
            story.wait(.seconds(Int64.random(in: 0...900, using: &random)))
            var quiet: Int64 = 0
            var since: Int64? = 0
            let end = (story.now - start).components.seconds
            for second in 0..<end {
                let moment = start + .seconds(second)
                let isUncovered = story.spans.contains { $0.openedAt <= moment && moment < $0.end }
                if isUncovered {
                    since = since ?? second
                    quiet = 0
                } else {
                    quiet += 1
                    if quiet >= 600 { since = nil }
                }
            }
            #expect(story.standing.continuous == .seconds(since.map { end - $0 } ?? 0))
        }
    }

    @Test func theAcuteLoadHalvesEveryTenMinutesAndOnlyFalls() {
        var story = Story()
        story.startShift()
        story.see(.severe, for: .minutes(32))
        let full = story.standing.acuteLoad
        #expect(full == story.standing.dayDose)
        var last = full
        for minute in 1...100 {
            story.wait(.minutes(1))
            #expect(story.standing.acuteLoad < last)
            last = story.standing.acuteLoad
            if minute == 10 { #expect(last.units == full.units / 2) }
            if minute == 20 { #expect(last.units == full.units / 4) }
        }
        #expect(story.standing.dayDose == full, "what limits count never decays")
    }

    @Test func anotherPersonsSpansDoNotCount() {
        var story = Story()
        story.startShift()
        story.see(.severe, for: .minutes(10))
        story.spans[0].person = PersonID("p-2")
        #expect(story.standing.dayDose == .zero)
    }

    @Test func hostileTimesNeitherTrapNorHide() {
        for moment in [Int64.min, -1, 0, .max] {
            for visible in [Duration.seconds(Int64.min), .zero, .seconds(Int64.max)] {
                var story = Story()
                story.startShift()
                story.uncover(.extreme)
                story.spans[0].openedAt = Timestamp(milliseconds: moment)
                story.spans[0].visible = visible
                _ = story.standing.claimable
                _ = story.standing.mustCover(story.spans[0], lastKeyAt: Timestamp(milliseconds: moment))
                story.shifts[0].startedAt = Timestamp(milliseconds: moment)
                _ = story.standing.claimable
                _ = ExposureSummary(of: story.spans)
            }
        }
        var ahead = Story()
        ahead.startShift()
        ahead.see(.severe, for: .minutes(10))
        let dose = ahead.standing.dayDose
        ahead.wait(.seconds(-3600))
        #expect(ahead.standing.dayDose == dose, "a clock set back hides nothing")
    }
}
