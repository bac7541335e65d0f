import Exposure
import Foundation
import Moderation
import Testing

@Suite("Whatever is looked at, in whatever pieces and order")
struct PropertyTests {
    private static let rounds =
        Int(ProcessInfo.processInfo.environment["RELEVE_PROPERTIES"] ?? "") ?? 300

    private func span(_ story: Story, _ random: inout Seeded, _ number: Int) -> Span {
        let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
        let visible = Duration.milliseconds(Int64.random(in: 0...2_000_000, using: &random))
        let opened = story.now - .milliseconds(Int64.random(in: -3_600_000...700_000_000, using: &random))
        return closed(
            "r\(number)", hazard, from: opened, for: visible, post: "p\(number % 9)", limits: story.limits)
    }

    private func closed(
        _ id: String, _ hazard: Hazard, from: Timestamp, for visible: Duration, post: String, limits: Limits
    ) -> Span {
        Span(
            id: SpanID(id), person: Story.person, post: PostID(post), shift: nil, hazard: hazard,
            openedAt: from, visible: visible, closedAt: from + visible, limitsVersion: limits.version,
            dose: .charge(hazard: hazard, visible: visible, limits: limits), closedBy: .covered)
    }

    @Test func doseNeverDecreasesAsSpansAreAdded() {
        var random = Seeded(21)
        for round in 0..<Self.rounds {
            var story = Story()
            story.startShift()
            var last = story.standing
            for number in 0..<12 {
                story.spans.append(span(story, &random, round * 100 + number))
                let next = story.standing
                #expect(next.dayDose >= last.dayDose && next.weekDose >= last.weekDose)
                #expect((next.notice?.rawValue ?? -1) >= (last.notice?.rawValue ?? -1))
                for hazard in Hazard.allCases {
                    #expect(next.usableTime(at: hazard) <= last.usableTime(at: hazard))
                }
                if last.cap != nil { #expect(next.cap != nil) }
                if let before = last.cap, let after = next.cap, before.reason == after.reason {
                    #expect(after.resumeAt >= before.resumeAt)
                }
                last = next
            }
        }
    }

    @Test func splittingASpanChangesNothing() {
        var random = Seeded(22)
        for round in 0..<Self.rounds {
            var whole = Story()
            whole.startShift()
            for number in 0..<Int.random(in: 0..<6, using: &random) {
                whole.spans.append(span(whole, &random, number))
            }
            // Pieces of the floor or more, one after another, all of them within the day.
            let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
            let pieces = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                Int64.random(in: 10_000...600_000, using: &random)
            }
            let total = pieces.reduce(0, +)
            let opened = whole.now - .milliseconds(total + Int64.random(in: 0...70_000_000, using: &random))
            var split = whole
            whole.spans.append(
                closed(
                    "w\(round)", hazard, from: opened, for: .milliseconds(total), post: "x",
                    limits: whole.limits))
            var from = opened
            for (number, piece) in pieces.enumerated() {
                let length = Duration.milliseconds(piece)
                split.spans.append(
                    closed("s\(number)", hazard, from: from, for: length, post: "x", limits: split.limits))
                from = from + length
            }
            let (one, many) = (whole.standing, split.standing)
            #expect(one.dayDose == many.dayDose && one.weekDose == many.weekDose)
            #expect(one.continuous == many.continuous && one.breakDue == many.breakDue)
            #expect(one.lighterOwed == many.lighterOwed && one.claimable == many.claimable)
            #expect(one.notice == many.notice)
            // Later the pieces leave the window one by one, the whole at its end: never less than what was seen in it.
            whole.now = whole.now + .hours(23)
            split.now = whole.now
            #expect(split.standing.dayDose <= whole.standing.dayDose)
        }
    }

    @Test func piecesBelowTheFloorAreEachChargedTheFloor() {
        var random = Seeded(23)
        for _ in 0..<Self.rounds {
            let hazard = Hazard.allCases[Int.random(in: 1..<5, using: &random)]
            let pieces = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                Duration.microseconds(Int64.random(in: 0...15_000_000, using: &random))
            }
            let whole = Dose.charge(
                hazard: hazard, visible: pieces.reduce(.zero, +), limits: .standard)
            let parts = pieces.map { Dose.charge(hazard: hazard, visible: $0, limits: .standard) }
            #expect(parts.reduce(.zero, +) >= whole, "looking in glimpses is never cheaper")
            #expect(
                parts.allSatisfy {
                    $0 >= Dose.charge(hazard: hazard, visible: .seconds(10), limits: .standard)
                })
        }
    }

    @Test func anyOrderOfArrivalGivesTheSame() {
        var random = Seeded(24)
        for _ in 0..<Self.rounds {
            var story = Story()
            story.startShift()
            for number in 0..<20 { story.spans.append(span(story, &random, number)) }
            let before = story.standing
            story.spans.shuffle(using: &random)
            #expect(story.standing.dayDose == before.dayDose && story.standing.weekDose == before.weekDose)
            #expect(story.standing.cap == before.cap && story.standing.availability == before.availability)
            #expect(story.standing.continuous == before.continuous)
            #expect(ExposureSummary(of: story.spans) == ExposureSummary(of: story.spans.reversed()))
        }
    }

    @Test func aClockSetBackNeverOpensAnything() {
        var random = Seeded(25)
        for _ in 0..<Self.rounds {
            var story = Story()
            story.startShift()
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                story.wait(.seconds(Int64.random(in: 0...500, using: &random)))
                story.see(
                    Hazard.allCases[Int.random(in: 0..<5, using: &random)],
                    for: .seconds(Int64.random(in: 1...900, using: &random)))
            }
            let right = story.standing
            story.now = story.now - .seconds(Int64.random(in: 1...40_000, using: &random))
            let wrong = story.standing
            #expect(wrong.latest == right.now)
            #expect(wrong.dayDose >= right.dayDose && wrong.weekDose >= right.weekDose)
            #expect(wrong.continuous >= right.continuous && wrong.lighterOwed >= right.lighterOwed)
            #expect(wrong.claimable.isSubset(of: right.claimable))
        }
    }
}
