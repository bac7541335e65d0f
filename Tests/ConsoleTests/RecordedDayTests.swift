import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import Store
import TerminalKit
import Testing

@testable import Console

/// A recorded day is watched, recomputed, and put under stricter policies, through the console.
@Suite("A recorded day of 520 decisions", .serialized) struct RecordedDayTests {
    private let day: RecordedDay

    init() throws { day = try RecordedDay.shared.get() }

    private func keys(_ text: String) -> [TimedTerminal.Step] { TimedTerminal.keys(text) }

    @Test func theDayHoldsWhatADayHolds() throws {
        #expect(try day.desk.statistics().total(.decided) == 520)
        let shifts = try day.desk.recordedShifts(limit: 100, for: day.auditor)
        #expect(Set(shifts.map(\.person)) == Set(day.moderators.map(\.id)) && shifts.count >= 4)
        #expect(try day.desk.verifyLedger().isIntact)
    }

    @Test func everyEvaluationGivesTheSameAgain() throws {
        var seen: [Int64] = []
        let result = try day.desk.recompute(for: day.auditor) { seen += [$0, $1] }
        #expect(result.isSame && result.evaluations >= 560 && result.same == result.evaluations)
        #expect(result.decisions >= 524 && result.erased == 0)
        #expect(seen.last == result.ledgerSize && seen.dropLast().last == result.ledgerSize)
        let pictures = day.console(keys("wc"), as: day.auditor, role: .auditor)
        #expect(pictures.last == "?")
    }

    @Test func aShiftIsWatchedOnALowScreen() throws {
        let pictures = day.console(
            keys("w") + keys("G\n") + keys("ddd"), as: day.auditor, role: .auditor)
        #expect(pictures.last == "?")
    }

    @Test func aShiftIsWatchedOnAWideScreen() throws {
        let pictures = day.console(
            keys("wG\n/undone\n"), as: day.auditor, role: .auditor, size: Size(rows: 40, columns: 120))
        #expect(pictures.last == "?")
    }

    @Test func aShiftIsWatchedInFrenchWithoutColourOrLineArt() throws {
        let settings = ConsoleSettings(language: .french, noColor: true, lines: .ascii)
        let pictures = day.console(
            keys("wG\nd"), as: day.auditor, role: .auditor, settings: settings)
        #expect(pictures.last == "?")
    }

    @Test func stricterPoliciesChangeWhatWasRecommended() throws {
        let evaluator = try Evaluator(bundle: day.stricter, cacheDirectory: nil)
        let answer = try day.desk.whatIf(WhatIfQuestion(evaluator: evaluator), for: day.auditor)
        #expect(answer.decisions.decisions == 520)
        #expect(answer.decisions.changed > 200)
        let digests = try day.desk.bundleNames(limit: 9)
        let place = try #require(digests.firstIndex(of: day.stricter.digest))
        let down = String(repeating: "j", count: 4 + place)
        let pictures = day.console(
            keys("wi" + down + "\n"), as: day.auditor, role: .auditor, size: Size(rows: 40, columns: 120))
        #expect(pictures.last == "?")
    }
}
