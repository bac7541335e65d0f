import Exposure
import Foundation
import Moderation
import Testing

struct LimitsTests {
    @Test func defaultsAreTheFiguresOfTheModel() {
        let limits = Limits.standard
        #expect(limits.version == 1)
        #expect(Hazard.allCases.map(limits.weight) == [0, 17, 24, 34, 68])
        #expect(limits.floor == .seconds(10))
        #expect(limits.daily == 100)
        #expect(limits.ceiling == 125)
        #expect(limits.weekly == 400)
        #expect(limits.notices == [50, 80])
        #expect(limits.continuous == .minutes(50))
        #expect(limits.breakLength == .minutes(10))
        #expect(limits.rest == .hours(11))
        #expect(limits.shiftLength == .hours(8))
        #expect(limits.shiftHard == .hours(10))
        #expect(limits.longBreak == .minutes(20))
        #expect(limits.longBreakBefore == .hours(6))
        #expect(limits.lastHour == .hours(1))
        #expect(limits.runOfSevere == 3)
        #expect(limits.lighterAfterRun == 2)
        #expect(limits.autoCover == .seconds(120))
        #expect(limits.idle == limits.autoCover)
        #expect(limits.finishInHand == .seconds(120))
        #expect(limits.beat == .seconds(5))
        #expect(limits.smallestGroup == 10)
    }

    @Test func aDayAloneAtEachHazardIsTheTableOfTheModel() {
        let minutes = Hazard.allCases.map { Limits.standard.allowance(at: $0) }
        #expect(minutes == [nil, .minutes(480), .minutes(340), .minutes(240), .minutes(120)])
        #expect(Dose(Limits.standard.ceiling).units == 5 * 60 * 60_000 * 34, "the ceiling is 5 h of severe")
    }

    @Test func standardIsValid() throws {
        #expect(try Limits.standard.validated() == .standard)
    }

    @Test func theCeilingCannotBeRaisedByAnotherName() {
        var limits = Limits.standard
        limits.ceiling = 126
        #expect(throws: LimitsError.outOfRange(.ceiling, value: 126, allowed: 1...125)) {
            try limits.validated()
        }
        limits = .standard
        limits.severeWeight = 33
        #expect(throws: LimitsError.aboveCeiling(.severe)) { try limits.validated() }
        limits.ceiling = 120
        #expect(throws: Never.self) { try limits.validated() }
    }

    @Test func figuresOutOfOrderAreRefused() {
        var limits = Limits.standard
        limits.ceiling = 90
        #expect(throws: LimitsError.outOfOrder(.daily, .ceiling)) { try limits.validated() }
        limits = .standard
        limits.mildWeight = 30
        #expect(throws: LimitsError.outOfOrder(.mildWeight, .moderateWeight)) { try limits.validated() }
        limits = .standard
        limits.rest = .hours(10)
        #expect(throws: LimitsError.self) { try limits.validated() }
    }

    @Test(arguments: LimitField.allCases)
    func everyFigureSurvivesItsCanonicalFormAndItsJSON(_ field: LimitField) throws {
        var limits = Limits.standard
        limits[field] += 1
        limits.version = 7
        #expect(try Limits(canonical: limits.canonical) == limits)
        #expect(try JSONDecoder().decode(Limits.self, from: JSONEncoder().encode(limits)) == limits)
        #expect(limits.changes(from: .standard).map(\.field) == [field])
        #expect(limits != .standard)
    }

    @Test func canonicalPairsAreOrderedAndComplete() {
        let names = Limits.standard.canonical.map(\.0)
        #expect(names == names.sorted())
        #expect(Set(names).count == LimitField.allCases.count + 1)
    }

    @Test func canonicalPairsThatDoNotFitAreNamed() {
        let pairs = Limits.standard.canonical
        #expect(throws: LimitsError.missingField("auto_cover_ms")) {
            try Limits(canonical: Array(pairs.dropFirst()))
        }
        #expect(throws: LimitsError.unknownField("speed")) { try Limits(canonical: pairs + [("speed", 1)]) }
        #expect(throws: LimitsError.repeatedField("version")) {
            try Limits(canonical: pairs + [("version", 1)])
        }
    }

    @Test func changesThatEndInMoreExposureLoosen() {
        let raising: [LimitField] = [
            .daily, .ceiling, .weekly, .autoCover, .continuous, .shiftLength, .shiftHard, .runOfSevere,
            .finishInHand, .firstNotice, .secondNotice, .longBreakBefore,
        ]
        for field in LimitField.allCases {
            var limits = Limits.standard
            limits[field] += 1
            let change = limits.changes(from: .standard)[0]
            #expect(change.loosens == raising.contains(field), "\(field)")
            #expect(change.tightens != change.loosens)
        }
    }

    @Test func hostileFiguresNeitherTrapNorFreeTheDose() {
        for value in [Int64.min, -1, 0, 1, .max] {
            for field in LimitField.allCases {
                var story = Story()
                story.startShift()
                story.see(.extreme, for: .hours(3))
                story.limits[field] = value
                story.uncover(.severe)
                _ = story.standing.claimable
                if let span = story.spans.last { _ = story.standing.mustCover(span, lastKeyAt: story.now) }
                _ = try? story.limits.validated()
                #expect(story.standing.dayDose >= Dose(units: 3 * 60 * 60_000 * 68))
            }
        }
    }
}
