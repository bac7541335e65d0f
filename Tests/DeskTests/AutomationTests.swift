import Desk
import Exposure
import Ledger
import Moderation
import PolicyEngine
import Store
import StoreTesting
import Testing

@Suite(
    "Rules decide by themselves only with leave, and what they say follows the policies in force", .eachStore)
struct AutomationTests {
    private static let policy = """
        id: spam
        title: Spam
        guidance: Look.
        neutral: A post that may be spam.
        dsa: {category: STATEMENT_CATEGORY_SCAMS_AND_FRAUD}
        hazard: HAZARD
        actions: [remove, keep]
        rules:
          - id: spam/pills
            selections: {a: {body: {any_word: [pills]}}}
            recommend: remove
            automatic: remove
          - id: spam/nice
            selections: {a: {body: {any_word: [thanks]}}}
            recommend: keep
            automatic: keep
          - id: spam/trial
            status: shadow
            selections: {a: {body: {any_word: [cheap]}}}
            recommend: remove
          - id: spam/again
            selections: {a: {history.removals: {ge: 2, within: 7 days}}}
            recommend: remove
        """

    private func site(hazard: String = "mild", words: String = "pills") throws -> TestSite {
        let site = try TestSite()
        try adopt(hazard: hazard, words: words, on: site)
        return site
    }

    @discardableResult
    private func adopt(hazard: String, words: String = "pills", on site: TestSite) throws -> PolicyBundle {
        let text = Self.policy.replacing("HAZARD", with: hazard).replacing("[pills]", with: "[\(words)]")
        let load = PolicyLoader.load(files: [(name: "spam.yaml", text: text)])
        #expect(load.diagnostics.map(\.description) == [])
        let bundle = try #require(load.bundle)
        try site.desk.adopt(bundle, by: site.ada)
        return bundle
    }

    private func post(_ body: String, by author: String? = nil, trusted: Bool = false) -> FlaggedPost {
        FlaggedPost(
            source: "s", externalID: body, body: body, author: Author(handle: author),
            flags: [Flag(reason: "spam", isTrusted: trusted)])
    }

    private func id(_ body: String) -> PostID { Desk.postID(source: "s", externalID: body) }

    private func allow(_ rule: String, on site: TestSite) throws {
        _ = try site.desk.approveAutomation(of: RuleID(rule), reason: "clear", by: site.ada)
    }

    @Test func withoutLeaveARuleOnlyRecommends() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("pills")])
        #expect(try site.desk.describe(id("pills")).1 == .waiting)
        #expect(try site.desk.overview(for: site.ada).decidedByRulesToday == 0)
    }

    @Test func withLeaveItDecidesAndIsMarkedEverywhere() throws {
        let site = try site()
        try allow("spam/pills", on: site)
        _ = try site.desk.takeIn([post("pills"), post("a cat")])
        let (_, state, decisions) = try site.desk.describe(id("pills"))
        #expect(state == .decided)
        #expect(decisions.map(\.maker) == [.rule(RuleID("spam/pills"), approvedBy: site.ada.id)])
        #expect(try site.desk.describe(id("a cat")).1 == .waiting)
        let overview = try site.desk.overview(for: site.ada)
        #expect(overview.decidedByRulesToday == 1 && overview.decidedTodayByAll == 0)
        let entries = try site.desk.ledgerLog(from: 0, limit: 100).map(\.entry)
        let told = try #require(entries.first { $0.kind == .decided })
        #expect(told.person == nil && told.fields["by"] == .string("rule"))
        #expect(told.fields["approved_by"] == .string(site.ada.id.rawValue))
        #expect(entries.contains { $0.kind == .automationApproved && $0.fields["reason_digest"] != nil })
        #expect(try site.desk.verifyLedger().isIntact)
    }

    @Test func oneStepEndsAllOfItAndWhatWasDecidedCanBeTakenBack() throws {
        let site = try site()
        try allow("spam/pills", on: site)
        try allow("spam/nice", on: site)
        _ = try site.desk.takeIn([post("pills")])
        #expect(try site.desk.endAutomation(by: site.ada) == [RuleID("spam/nice"), RuleID("spam/pills")])
        _ = try site.desk.takeIn([post("more pills"), post("thanks")])
        #expect(try site.desk.statistics().total(.waiting) == 2)
        try site.desk.reopen(id("pills"), by: site.ada)
        #expect(try site.desk.statistics().total(.waiting) == 3)
        #expect(try site.desk.overview(for: site.ada).decidedByRulesToday == 0)
        #expect(throws: DeskError.self) { try site.desk.reopen(id("pills"), by: site.ada) }
        #expect(try site.desk.verifyLedger().isIntact)
    }

    @Test func whatIsGraveDisputedOrTrustedIsLeftToPeople() throws {
        let site = try site()
        try allow("spam/pills", on: site)
        try allow("spam/nice", on: site)
        _ = try site.desk.takeIn([post("pills, thanks"), post("my pills", trusted: true)])
        #expect(try site.desk.statistics().total(.waiting) == 2)
        let extreme = try self.site(hazard: "extreme")
        try allow("spam/pills", on: extreme)
        _ = try extreme.desk.takeIn([post("pills")])
        #expect(try extreme.desk.statistics().total(.waiting) == 1)
    }

    @Test func leaveEndsWithTheBundleAndNeedsALeadAndAReasonAndARuleThatSaysSo() throws {
        let site = try site()
        try allow("spam/pills", on: site)
        try adopt(hazard: "moderate", on: site)
        #expect(try site.desk.automations().isEmpty)
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        #expect(throws: DeskError.needsRole(.lead)) {
            try site.desk.approveAutomation(of: RuleID("spam/pills"), reason: "x", by: bob)
        }
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.endAutomation(by: bob) }
        #expect(throws: DeskError.self) {
            try site.desk.approveAutomation(of: RuleID("spam/pills"), reason: "", by: site.ada)
        }
        for rule in ["spam/again", "spam/trial"] {
            #expect(throws: DeskError.invalid(.notAutomatic(RuleID(rule)))) {
                try site.desk.approveAutomation(of: RuleID(rule), reason: "x", by: site.ada)
            }
        }
    }

    // MARK: Evaluations

    @Test func rulesOnTrialAreRecordedAndNeverShownOrCounted() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("cheap")])
        let file = try site.desk.describe(id("cheap")).0
        #expect(file.evaluation.findings.isEmpty && file.evaluation.recommendation == nil)
        #expect(file.evaluation.shadow.map(\.rule) == [RuleID("spam/trial")])
        let told = try #require(
            site.desk.ledgerLog(from: 0, limit: 100).map(\.entry).first { $0.kind == .takenIn })
        #expect(told.fields["shadow"] == .array([.string("spam/trial")]) && told.fields["findings"] == nil)
        #expect(told.fields["evaluation"] != nil)
    }

    @Test func newPoliciesReachNewClaimsAtOnceAndAHeldClaimKeepsItsOwn() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("pills"), post("pills and tea")])
        try site.desk.startShift(site.ada)
        let held = try site.next()
        let old = held.bundle.bundle.digest
        let new = try adopt(hazard: "severe", words: "tea", on: site)
        #expect(try site.desk.heldCases(of: site.ada).map(\.bundle.bundle.digest) == [old])
        let fresh = try site.next()
        #expect(fresh.bundle.bundle.digest == new.digest)
        #expect(fresh.evaluation.bundle == new.digest && fresh.hazard == .severe)
        let decision = try site.desk.decide(held, Choice(action: .keep), by: site.ada, open: nil)
        #expect(decision.bundle == old)
        let kinds = try site.desk.ledgerLog(from: 0, limit: 100).map(\.entry.kind)
        #expect(kinds.filter { $0 == .evaluated }.count == 1)
        #expect(try site.desk.verifyLedger().isIntact)
    }

    @Test func aPostThatTheNewPoliciesFindWorseGoesToSomebodyElse() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("pills"), post("a cat")])
        let ada = try site.desk.neverShow(hazards: [.severe], policies: [], to: site.ada)
        try site.desk.startShift(ada)
        try adopt(hazard: "severe", on: site)
        guard case .claimed(let file) = try site.desk.claimNext(for: ada) else {
            Issue.record("nothing was claimed")
            return
        }
        #expect(file.post == id("a cat"))
        #expect(try site.desk.statistics().counts.first { $0.hazard == .severe }?.state == .waiting)
    }

    @Test func waitingPostsAreEvaluatedAgainInSteps() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("pills"), post("tea"), post("a cat")])
        try adopt(hazard: "severe", words: "tea", on: site)
        var total = 0
        var place: Int64? = 0
        while let from = place {
            let step = try site.desk.reevaluate(after: from)
            total += step.evaluated
            place = step.place
        }
        #expect(total == 3)
        let item = try #require(
            site.desk.queue(QueueFilter(hazards: [.severe]), limit: 9).first)
        #expect(item.id == id("tea") && item.recommendation?.rule == RuleID("spam/pills"))
        #expect(try site.desk.reevaluate(after: 0).evaluated == 0)
    }

    @Test func whatIsKnownOfAnAuthorIsReadFromTheStoreAndRecorded() throws {
        let site = try site()
        try site.desk.startShift(site.ada)
        for body in ["pills 1", "pills 2"] {
            _ = try site.desk.takeIn([post(body, by: "mal")])
            let file = try site.next()
            _ = try site.desk.decide(
                file, Choice(action: .remove, policy: PolicyID("spam")), by: site.ada, open: nil)
        }
        _ = try site.desk.takeIn([post("hello", by: "mal"), post("hello too", by: "bea")])
        let found = try site.desk.describe(id("hello")).0.evaluation
        #expect(found.findings.map(\.rule) == [RuleID("spam/again")])
        #expect(found.state.counts == ["removals/604800000": 2])
        #expect(try site.desk.describe(id("hello too")).0.evaluation.findings.isEmpty)
    }

    // MARK: Objections

    @Test func aRuleCalledWrongReachesLeadsOnceAndDecidesNothing() throws {
        let site = try site()
        _ = try site.desk.takeIn([post("pills")])
        try site.desk.startShift(site.ada)
        let file = try site.next()
        #expect(try site.desk.dispute(RuleID("spam/pills"), on: file, by: site.ada))
        #expect(try !site.desk.dispute(RuleID("spam/pills"), on: file, by: site.ada))
        #expect(throws: DeskError.invalid(.noFinding(RuleID("spam/nice"), file.post))) {
            try site.desk.dispute(RuleID("spam/nice"), on: file, by: site.ada)
        }
        let since = Timestamp(milliseconds: 0)
        let disputed = try site.desk.disputedRules(since: since, for: site.ada)
        #expect(disputed.map(\.rule) == [RuleID("spam/pills")])
        #expect(disputed.first?.objections.map(\.post) == [file.post])
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.disputedRules(since: since, for: bob) }
        let kinds = try site.desk.ledgerLog(from: 0, limit: 100).map(\.entry.kind)
        #expect(kinds.filter { $0 == .ruleDisputed }.count == 1)
        #expect(try site.desk.describe(file.post).1 == .claimed)
    }
}
