import Desk
import Enforcement
import Foundation
import Ledger
import Moderation
import PolicyEngine
import Testing

@Suite("Statements of reasons are what the transparency database takes, and true")
struct StatementExportTests {
    private static let hostile =
        "mallory@evil.example <script>alert(1)</script> \u{1B}[2J\u{202E} =cmd|'/c calc'!A1 https://evil.example/x"

    private func post(_ index: Int, _ text: String) -> FlaggedPost {
        var post = FlaggedPost(
            source: "made.example", externalID: "p\(index)", body: text,
            language: ["en", "fr", nil, "xxq"][index % 4],
            author: Author(handle: "mallory", displayName: "Mallory Realname"))
        let kinds = ["image", "video", "audio", "deepfake", "hologram"]
        if index % 3 == 0 { post.media = [Media(kind: kinds[index / 3 % 5])] }
        post.kind = ["post", "profile", "product", "app"][index % 4]
        if index % 2 == 0 { post.createdAt = Timestamp(rfc3339: "2026-02-27T23:59:00Z") }
        switch index % 5 {
        case 0: break
        case 1: post.flags = [Flag(reason: "spam, says \(Self.hostile)", reporter: "carol.snitch")]
        case 2: post.flags = [Flag(reason: "hate", reporter: "trusty.org", isTrusted: true)]
        case 3: post.flags = [Flag(reason: "illegal", reporter: "notice-form")]
        default: post.flags = [Flag(reason: "scan", reporter: "robot")]
        }
        return post
    }

    private var settings: StatementSettings {
        get throws {
            try StatementSettings(
                yaml: """
                    territories: [FR, DE]
                    account_type: private
                    automated: {reporters: [robot]}
                    article_16: {reporters: [notice-form]}
                    days: {suspend: 30, label: 7}
                    """, file: "s.yaml")
        }
    }

    /// Hundreds of decisions: each shipped policy with each of its actions, several times.
    private func filled() throws -> (site: ExportSite, decisions: [Decision]) {
        let site = try ExportSite()
        let choices = site.bundle.policies.flatMap { policy in
            policy.actions.map { (action: $0, policy: policy.id.rawValue) }
        }
        let count = choices.count * 3
        let texts = [
            "I hate this \(Self.hostile)", "floodword \(Self.hostile)", "quiet \(Self.hostile)",
        ]
        _ = try site.desk.takeIn((0..<count).map { post($0, texts[$0 % 3] + " \($0)") })
        var decisions: [Decision] = []
        for index in 0..<count {
            let choice = choices[index % choices.count]
            decisions.append(try site.decide(choice.action, choice.action == .keep ? nil : choice.policy))
        }
        site.clock.advance(by: .seconds(60))
        return (site, decisions)
    }

    private func export(
        _ site: ExportSite, onlyNew: Bool = false, from: Timestamp? = nil, to: Timestamp? = nil
    ) throws -> (MemoryOutlet, ExportSummary) {
        let outlet = MemoryOutlet()
        let order = ExportOrder(
            .statements(try settings, onlyNew: onlyNew), format: "json", from: from, to: to)
        return (outlet, try site.desk.export(order, by: site.ada, to: outlet))
    }

    @Test func everyShippedPolicyAndActionPassesTheReference() throws {
        let (site, decisions) = try filled()
        let (outlet, summary) = try export(site)
        let restrictive = decisions.filter(\.action.isRestrictive)
        #expect(restrictive.count > 200 && summary.rows == restrictive.count && summary.refused == 0)
        #expect(outlet.refused.map(\.1) == [])
        var validator = StatementValidator()
        for object in try outlet.objects() { #expect(validator.problems(with: object) == []) }
        #expect(Set(outlet.rows.map { $0["puid"] }).count == restrictive.count)
        // Whatever the shipped policies can say was met.
        let dsa = site.bundle.policies.map(\.dsa)
        #expect(validator.met["category"] == Set(dsa.map(\.category)))
        #expect(validator.met["category_specification"] == Set(dsa.flatMap(\.keywords)))
        let kinds = ["REMOVED", "LABELLED", "DEMOTED", "AGE_RESTRICTED"]
        #expect(
            validator.met["decision_visibility"] == Set(kinds.map { "DECISION_VISIBILITY_CONTENT_" + $0 }))
        #expect(validator.met["decision_account"] == ["DECISION_ACCOUNT_SUSPENDED"])
        #expect(validator.met["decision_ground"]?.count == 2 && validator.met["source_type"]?.count == 4)
        #expect(validator.met["content_type"]?.count == 8)
        #expect(
            validator.met["automated_decision"]
                == ["AUTOMATED_DECISION_PARTIALLY", "AUTOMATED_DECISION_NOT_AUTOMATED"])
    }

    @Test func nothingOfPostAuthorOrReporterIsInAStatement() throws {
        let (site, _) = try filled()
        let outlet = try export(site).0
        let words = [
            "mallory", "realname", "evil", "script", "carol", "snitch", "trusty", "robot", "notice-form",
            "calc", "floodword", "secretname", "made.example", "hologram",
        ]
        for row in outlet.rows {
            let text = (row.json() + row.csv).lowercased()
            for word in words { #expect(!text.contains(word), "\(word)") }
        }
    }

    @Test func theSameDecisionHasTheSameNameAndIsNewOnce() throws {
        let (site, _) = try filled()
        let first = try export(site, onlyNew: true)
        let second = try export(site)
        #expect(first.0.rows == second.0.rows)
        let third = try export(site, onlyNew: true)
        #expect(third.1.rows == 0 && third.1.statedBefore == first.1.rows)
    }

    @Test func whatMayStillBeUndoneWaitsAndWhatWasIsLeftOut() throws {
        let site = try ExportSite()
        _ = try site.desk.takeIn([post(0, "a"), post(1, "b"), post(2, "c")])
        let first = try site.decide(.remove, "spam")
        #expect(try export(site).1.tooRecent == 1)
        _ = try site.desk.undo(first.id, by: site.ada)
        site.clock.advance(by: .seconds(90))
        let (outlet, summary) = try export(site)
        #expect(summary.rows == 0 && summary.tooRecent == 0 && outlet.overturned == [])
    }

    @Test func aRulesOwnDecisionIsFullyAutomatedAndOneTakenBackIsMarked() throws {
        let site = try ExportSite()
        _ = try site.desk.approveAutomation(of: RuleID("machine/flood"), reason: "tried", by: site.ada)
        _ = try site.desk.takeIn([
            FlaggedPost(source: "s", externalID: "1", body: "floodword one"),
            FlaggedPost(source: "s", externalID: "2", body: "floodword two", flags: [Flag(reason: "spam")]),
        ])
        site.clock.advance(by: .seconds(120))
        let before = try export(site)
        #expect(before.1.rows == 2 && before.0.overturned == [])
        #expect(Set(before.0.rows.map { $0["automated_decision"] }) == [.text("AUTOMATED_DECISION_FULLY")])
        // Found by the rule where nobody had flagged it, and by the notice where somebody had.
        #expect(before.0.rows.map { $0["automated_detection"] } == [.text("Yes"), .text("No")])
        site.clock.advance(by: .seconds(2 * 86_400))
        try site.desk.reopen(Desk.postID(source: "s", externalID: "1"), by: site.ada)
        let (outlet, summary) = try export(site)
        var validator = StatementValidator()
        for object in try outlet.objects() { #expect(validator.problems(with: object) == []) }
        #expect(summary.overturned == 1 && summary.rows == 2)
        #expect(outlet.rows[0]["end_date_visibility_restriction"] == .text("2026-03-03"))
        #expect(outlet.rows[1]["end_date_visibility_restriction"] == .nothing)
        let mark = try #require(outlet.overturned.first)
        #expect(mark["puid"] == before.0.rows[0]["puid"] && mark["stated_before"] == .flag(true))
        // A later month tells of it too, although the decision was of an earlier one.
        let later = try export(
            site, from: Timestamp(rfc3339: "2026-03-02"), to: Timestamp(rfc3339: "2026-04-01"))
        #expect(later.1.rows == 0 && later.0.overturned.count == 1)
        #expect(later.0.overturned.first?["in_this_export"] == .flag(false))
    }

    @Test func anErasedPostIsStatedByWhatIsKnownWithoutIt() throws {
        let site = try ExportSite()
        let policy = try #require(site.bundle.policy(PolicyID("hate")))
        var decided = DecidedPost(
            place: 1,
            decision: Decision(
                id: DecisionID("d/1"), post: PostID("p"), postVersion: 1, maker: .person(PersonID("x")),
                action: .suspend,
                policy: policy.id, rule: nil, note: "note", recommendation: nil, bundle: site.bundle.digest,
                decidedAt: ExportSite.start), content: nil, source: "s", language: "fr", hazard: .mild,
            flagCount: 2,
            takenInAt: ExportSite.start, isLatest: true, isStated: false)
        let builder = StatementBuilder(settings: try settings, undoWindow: Desk.undoWindow)
        let row = try builder.statement(of: decided, under: policy).row
        var validator = StatementValidator()
        let object = try JSONSerialization.jsonObject(with: Data(row.json(isSparse: true).utf8))
        #expect(validator.problems(with: try #require(object as? [String: Any])) == [])
        #expect(
            row["content_type"] == .list(["CONTENT_TYPE_OTHER"]) && row["content_language"] == .text("FR"))
        #expect(row["source_type"] == .text("SOURCE_TYPE_OTHER_NOTIFICATION"))
        #expect(row["end_date_account_restriction"] == .text("2026-03-31"))
        // What can't be stated says why.
        decided.content = FlaggedPost(
            source: "s", externalID: "1", body: "x", createdAt: Timestamp(rfc3339: "1999-12-31"))
        let refusal = #expect(throws: StatementBuilder.Refusal.self) {
            try builder.statement(of: decided, under: policy)
        }
        #expect(refusal?.reason.contains("1999-12-31") == true)
        var lawless = policy
        lawless.dsa.ground = "illegal"
        decided.content?.createdAt = nil
        #expect(throws: StatementBuilder.Refusal.self) { try builder.statement(of: decided, under: lawless) }
        var settings = try settings
        settings.bases[policy.id] = try StatementSettings(
            yaml: "bases: {hate: {basis: Some law}}", file: "f"
        ).bases[policy.id]
        let stated = try StatementBuilder(settings: settings, undoWindow: Desk.undoWindow)
            .statement(of: decided, under: lawless).row
        #expect(stated["illegal_content_legal_ground"] == .text("Some law"))
    }

    @Test(arguments: [
        ("territories: [US]", "s.yaml:1:14: "), ("colour: red", "s.yaml:1:1: unknown field \"colour\""),
        ("days:\n  remove: soon", "s.yaml:2:11: it must be a number of days"),
        ("days: {keep: 3}", "unknown field \"keep\""), ("[", "s.yaml: it is neither YAML nor JSON"),
    ])
    func settingsThatAreWrongSayWhere(_ text: String, _ message: String) {
        let problem = #expect(throws: StatementSettings.Problem.self) {
            try StatementSettings(yaml: text, file: "s.yaml")
        }
        #expect(problem?.description.contains(message) == true, "\(problem?.description ?? "")")
    }
}
