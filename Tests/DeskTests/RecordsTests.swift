import Desk
import Moderation
import PolicyEngine
import Store
import StoreTesting
import Testing

@Suite("Policies are measured on what was recorded", .eachStore)
struct RecordsTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    private func evaluator(_ word: String) throws -> Evaluator {
        let text = """
            id: threats
            title: Threats
            guidance: Look twice.
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: severe
            actions: [remove, suspend]
            rules:
              - id: threats/direct
                selections:
                  threat: {body: {any_word: [\(word)]}}
                recommend: remove
            """
        let load = PolicyLoader.load(files: [(name: "threats.yaml", text: text)])
        return try Evaluator(bundle: try #require(load.bundle), cacheDirectory: nil)
    }

    private func backtest(_ evaluator: Evaluator, for person: Person? = nil) throws -> (
        Backtest, Desk.BacktestNotes
    ) {
        var backtest = Backtest(evaluator.bundle)
        let notes = try site.desk.backtest(&backtest, with: evaluator, for: person ?? site.ada) { _, _ in }
        return (backtest, notes)
    }

    @Test func aBacktestCountsStandingDecisionsOfPeople() throws {
        try site.fill(["kill one", "kill two", "hurt three", "fine"])
        try site.desk.startShift(site.ada)
        for _ in 0..<4 {
            let file = try site.next()
            let acts = ["0 kill one", "2 hurt three"].contains {
                file.post == Desk.postID(source: "s", externalID: $0)
            }
            try site.desk.decide(
                file, Choice(action: acts ? .remove : .keep, policy: acts ? PolicyID("threats") : nil),
                by: site.ada, open: nil)
        }
        let before = try backtest(evaluator("kill")).0
        #expect(
            before.accuracy(of: "threats/direct")
                == Accuracy(truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 1))
        let after = try backtest(evaluator("hurt")).0
        #expect(
            after.accuracy(of: "threats")
                == Accuracy(truePositives: 1, falsePositives: 0, falseNegatives: 1, trueNegatives: 2))
        _ = try site.desk.undo(try #require(try site.desk.undoable(by: site.ada)).decision.id, by: site.ada)
        #expect(try backtest(evaluator("kill")).0.posts == 3)
    }

    @Test func outcomesAreComparedOnRecordedPosts() throws {
        try site.fill(["kill one", "hurt and kill", "hurt", "fine"])
        var seen: [Int] = []
        let (diff, erased) = try site.desk.outcomes(
            from: evaluator("kill"), to: evaluator("hurt"), most: 5, for: site.ada
        ) { done, total in seen += [done, total] }
        #expect(diff.posts == 4 && diff.changed == 2 && erased == 0 && seen.suffix(2) == [4, 4])
        let shift = try #require(diff.live[RuleID("threats/direct")])
        #expect(shift.gained.count == 1 && shift.lost.count == 1)
        #expect(shift.gained.first == [Desk.postID(source: "s", externalID: "2 hurt").rawValue])
        #expect(shift.lost.first == [Desk.postID(source: "s", externalID: "0 kill one").rawValue])
    }

    @Test func onlyLeadsAndAuditorsMeasureOnRecords() throws {
        let moderator = try site.desk.addPerson(user: "m", name: "M", roles: [.moderator], by: site.ada)
        let auditor = try site.desk.addPerson(user: "a", name: "A", roles: [.auditor], by: site.ada)
        let evaluator = try evaluator("kill")
        #expect(throws: DeskError.needsRole(.lead)) { try backtest(evaluator, for: moderator) }
        #expect(throws: DeskError.needsRole(.lead)) {
            try site.desk.outcomes(from: evaluator, to: evaluator, most: 1, for: moderator) { _, _ in }
        }
        #expect(try backtest(evaluator, for: auditor).0.posts == 0)
    }

    @Test func aRecordedBundleIsFoundByTheBeginningOfItsName() throws {
        let first = try site.desk.bundleInForce()
        let second = try evaluator("hurt").bundle
        try site.desk.adopt(second, by: site.ada)
        #expect(try site.desk.bundle(withPrefix: first.digest.short).digest == first.digest)
        #expect(
            try site.again(seed: 9).bundle(withPrefix: second.digest.short.uppercased()).digest
                == second.digest)
        #expect(throws: DeskError.self) { try site.desk.bundle(withPrefix: "") }
        #expect(throws: DeskError.self) { try site.desk.bundle(withPrefix: "zz") }
    }
}
