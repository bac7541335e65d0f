import Desk
import Exposure
import Ledger
import Moderation
import PolicyEngine
import Store
import Testing

@testable import Desk

@Suite("What recorded work would have been")
struct WhatIfTests {
    private let site: TestSite

    init() throws { site = try TestSite() }

    /// Looks at three severe posts for so long each and removes one; keeps a fourth that nothing was found on.
    private func work(_ seconds: Int = 40) throws {
        try site.fill(["kill one", "kill two", "kill three", "fine"])
        try site.desk.startShift(site.ada)
        for number in 0..<4 {
            let file = try site.next()
            let shown = try site.look(at: file)
            for _ in 0..<seconds / 5 {
                site.clock.advance(by: .seconds(5))
                _ = try site.desk.beat(shown.open)
            }
            try site.desk.decide(
                file, Choice(action: number == 0 ? .remove : .keep, policy: PolicyID("threats")),
                by: site.ada, open: shown.open)
            site.clock.advance(by: .seconds(20))
        }
        try site.desk.endShift(site.ada)
    }

    private func ask(_ question: WhatIfQuestion, as person: Person? = nil) throws -> WhatIf {
        try site.desk.whatIf(question, for: person ?? site.ada)
    }

    @Test func theSameRulesGiveTheSameShiftAndRecommendations() throws {
        try work()
        let answer = try ask(WhatIfQuestion(limits: .standard))
        #expect(answer.decisions.decisions == 4 && answer.decisions.changed == 0)
        #expect(answer.decisions.agreedBefore == 2 && answer.decisions.agreedAfter == 2)
        let shift = try #require(answer.shifts.first)
        #expect(answer.shifts.count == 1 && shift.looks == 4 && shift.dose > .zero)
        #expect(shift.then.dose == shift.dose && shift.then.endedAfter == shift.endedAfter)
        #expect(shift.then.endedBy == nil && shift.then.looks == 4 && shift.then.breaks == 0)
    }

    @Test func aLowerLimitEndsTheExposureSooner() throws {
        try work(120)
        var limits = Limits.standard
        limits.daily = 1
        let shift = try #require(try ask(WhatIfQuestion(limits: limits)).shifts.first)
        #expect(shift.then.endedBy == .daily && shift.then.dose < shift.dose)
        #expect(shift.then.endedAfter < shift.endedAfter && shift.then.leftOut > 0)
    }

    @Test func aHazardOneGradeUpCostsWhatItsWeightSays() throws {
        try work()
        let plain = try #require(try ask(WhatIfQuestion(limits: .standard)).shifts.first)
        let answer = try ask(WhatIfQuestion(reading: StricterReading(hazardUp: 1)))
        let shift = try #require(answer.shifts.first)
        // Severe weighs 34 and extreme 68; the fourth post was mild, 17, and would be moderate, 24.
        let severe = Int64(3 * 40_000)
        #expect(plain.dose.units == severe * 34 + 40_000 * 17)
        #expect(shift.then.dose.units == severe * 68 + 40_000 * 24)
        #expect(answer.decisions.changed == 0)
    }

    @Test func otherPoliciesChangeRecommendationsAndAgreement() throws {
        try work()
        let text = """
            id: threats
            title: Threats
            guidance: Look twice.
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: moderate
            actions: [remove, suspend]
            rules:
              - id: threats/fine
                selections:
                  threat: {body: {any_word: [fine]}}
                recommend: suspend
              - id: threats/trial
                status: shadow
                selections:
                  threat: {body: {any_word: [kill]}}
                recommend: remove
            """
        let bundle = try #require(PolicyLoader.load(files: [("threats.yaml", text)]).bundle)
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
        let answer = try ask(WhatIfQuestion(evaluator: evaluator))
        #expect(answer.decisions.changed == 4)
        #expect(answer.decisions.moved(from: .remove, to: nil) == 3)
        #expect(answer.decisions.moved(from: nil, to: .suspend) == 1)
        #expect(answer.decisions.agreedBefore == 2 && answer.decisions.agreedAfter == 2)
        #expect(answer.decisions.policies[PolicyID("threats")]?.after == 1)
        #expect(Set(answer.decisions.changes.map(\.decision)).count == 4)
        let strict = try ask(
            WhatIfQuestion(evaluator: evaluator, reading: StricterReading(countsTrials: true)))
        #expect(strict.decisions.moved(from: .remove, to: .remove) == 3)
    }

    @Test func anyFindingThatAsksForRemovalIsReadSo() throws {
        let finding = Finding(
            rule: RuleID("p/r"), policy: PolicyID("p"), recommends: nil, hazard: .mild, evidence: [])
        let said = Evaluation(
            findings: [finding], recommendation: nil, hazard: .mild, bundle: BundleDigest(hex: "ab"))
        let read = StricterReading(hazardUp: 2, anyFindingRemoves: true).read(said)
        #expect(
            read.recommendation
                == Recommendation(action: .remove, policy: PolicyID("p"), rule: RuleID("p/r")))
        #expect(read.hazard == .severe && StricterReading(hazardUp: 4).hazard(.none) == .none)
    }

    @Test func theReadingOrdersFindingsAsTheEvaluatorDoes() throws {
        try site.fill(["kill one", "fine"])
        for text in ["0 kill one", "1 fine"] {
            let id = Desk.postID(source: "s", externalID: text)
            let said = try #require(try site.desk.read { try $0.post(id) }).evaluation
            #expect(StricterReading.recommendation(of: said.findings) == said.recommendation)
        }
    }

    @Test func leadsAreNotToldOfShiftsAndNoEntrySaysTheyWere() throws {
        try work()
        let lead = try site.desk.addPerson(user: "l", name: "L", roles: [.lead], by: site.ada)
        let before = try site.desk.ledgerTree().size
        let answer = try ask(WhatIfQuestion(limits: .standard), as: lead)
        #expect(answer.shifts.isEmpty && answer.group == nil && answer.decisions.decisions == 4)
        #expect(try site.desk.ledgerTree().size == before)
        _ = try ask(WhatIfQuestion(limits: .standard))
        let entry = try #require(try site.desk.ledgerLog(from: before, limit: 9).first?.entry)
        #expect(entry.kind == .replayed && entry.fields["replay"] == "what_if")
        let moderator = try site.desk.addPerson(user: "m", name: "M", roles: [.moderator], by: site.ada)
        #expect(throws: DeskError.needsRole(.lead)) {
            try ask(WhatIfQuestion(limits: .standard), as: moderator)
        }
    }

    @Test func onlyTheTimeAskedForIsTold() throws {
        try work()
        let now = site.clock.now().wall
        #expect(try ask(WhatIfQuestion(limits: .standard, from: now)).decisions.decisions == 0)
        #expect(try ask(WhatIfQuestion(limits: .standard, from: now)).shifts.isEmpty)
        #expect(try ask(WhatIfQuestion(limits: .standard, to: now)).shifts.count == 1)
    }
}
