import Exposure
import Ledger
import Moderation
import Store
import Testing

@testable import Desk

@Suite("Checks of the ledger name what gives way, and nothing of an ordinary day")
struct AuditChecksTests {
    private func checks(_ entries: [LedgerEntry]) -> AuditChecks {
        var checker = AuditChecker(finishing: .seconds(125))
        for (index, entry) in entries.enumerated() { checker.take(entry, at: Int64(index)) }
        return checker.finish(at: at(100_000), beat: .seconds(5))
    }

    private func at(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_772_357_400_000 + seconds * 1000)
    }

    private func entry(
        _ kind: EntryKind, _ seconds: Int64, _ person: String = "ben", _ data: [String: String] = [:]
    )
        -> LedgerEntry
    {
        LedgerEntry(
            kind: kind, at: at(seconds), person: PersonID(person), post: nil,
            fields: data.mapValues { .string($0) })
    }

    private func look(
        _ span: String, _ seconds: Int64, _ hazard: String = "severe", because: String = "covered"
    )
        -> [LedgerEntry]
    {
        [
            entry(.uncovered, seconds, "ben", ["span": span, "hazard": hazard]),
            entry(.covered, seconds + 20, "ben", ["span": span, "hazard": hazard, "because": because]),
        ]
    }

    @Test func uncoveringsAfterAStopAndGapsInClocksAreNamedWithTheirEntries() {
        let ordinary =
            [entry(.shiftStarted, 0)] + look("a", 60) + [entry(.breakStarted, 100), entry(.breakEnded, 800)]
            + look("b", 900) + [entry(.limitReached, 1000)] + look("c", 1100) + look("d", 2000, "none")
            + [entry(.shiftEnded, 3000), entry(.shiftStarted, 50_000)] + look("e", 50_100)
        #expect(checks(ordinary).findings.isEmpty)
        let odd =
            [entry(.shiftStarted, 0), entry(.breakStarted, 10)] + look("a", 20)
            + [entry(.breakEnded, 700), entry(.limitReached, 800)] + look("b", 1000)
            + look("c", 1100, "none", because: "crashed") + [entry(.shiftEnded, 1200)] + look("d", 1300)
            + [entry(.shiftStarted, 900), entry(.uncovered, 950, "ben", ["span": "x", "hazard": "mild"])]
        let found = checks(odd)
        #expect(
            found.findings.map { "\($0.kind.rawValue) \($0.entry)" } == [
                "in_break 2", "after_limit 6", "crashed 9", "after_shift 11", "after_limit 11",
                "clock_back 13",
                "left_open 14",
            ])
        #expect(found.findings.first { $0.kind == .clockBack }?.by == 420_000)
        #expect(found.counts[.inBreak] == 1 && found.entries == Int64(odd.count))
    }

    @Test func overridesCountForTheLeadWhoAskedAndHazardsByMonthAndPolicy() {
        let found = checks([
            entry(.overrideRequested, 0, "lea", ["override": "o1", "who": "ben"]),
            entry(.overrideCountersigned, 1, "lou", ["override": "o1", "who": "ben"]),
            entry(.override, 2, "ben", ["override": "o1", "who": "ben"]),
            entry(.overrideRequested, 3, "lea", ["override": "o2", "who": "ana"]),
            entry(.overrideRefused, 4, "lou", ["override": "o2", "who": "ana"]),
            entry(.decided, 5, "ben", ["hazard": "severe", "policy": "threats"]),
            entry(.decided, 6, "ana", ["hazard": "mild", "expected": "none", "policy": "threats"]),
            entry(.decided, 40 * 86_400, "ana", ["hazard": "none"]),
        ])
        let lea = AuditChecks.Overrides(asked: 2, countersigned: 1, agreed: 1, refused: 1)
        #expect(found.overrides == [PersonID("lea"): lea])
        let drift = found.driftRows.map {
            "\($0.policy?.rawValue ?? "-") \($0.month) \($0.drift.decisions) \($0.drift.meanHundredths) \($0.drift.differing)"
        }
        #expect(drift == ["- 2026-04 1 0 0", "threats 2026-03 2 200 1"])
    }

    @Test func onlyAuditorsAreTold() throws {
        let site = try RecordSite()
        let eve = try site.add("eve", [.auditor])
        try site.shift(of: site.ben, looks: 4, seconds: 30)
        let before = try site.desk.ledgerTree().size
        let found = try site.desk.auditChecks(for: eve)
        #expect(found.findings.isEmpty && found.entries == before && !found.drift.isEmpty)
        #expect(try site.desk.ledgerLog(from: before, limit: 9).map(\.entry.kind) == [.auditLooked])
        #expect(throws: DeskError.needsRole(.auditor)) { try site.desk.auditChecks(for: site.ben) }
    }
}
