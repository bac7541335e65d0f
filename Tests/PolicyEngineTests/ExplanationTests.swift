import Moderation
import PolicyEngine
import Testing

@Suite("Every rule can say why")
struct ExplanationTests {
    private func bundle(_ rules: String) throws -> PolicyBundle {
        let head =
            "id: p\ntitle: P\nguidance: G\nneutral: N\ndsa: {category: STATEMENT_CATEGORY_VIOLENCE}\n"
            + "hazard: moderate\nactions: [remove, keep]\nrules:\n"
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: head + rules)])
        #expect(load.diagnostics.map(\.description) == [])
        return try #require(load.bundle)
    }

    private static let rules = """
          - id: p/threat
            selections:
              threat: {body: {any_word: [kill]}}
              young: {author.account_age: {lt: 3 days}}
              gaming:
                - {community: {equals: games}}
                - {body: {any_word: [dragon]}}
            when: threat and young and not gaming
          - id: p/french
            languages: [fr]
            selections: {a: {body: {any_word: [kill]}}}
          - id: p/score
            status: draft
            selections: {a: {scores.toxicity: {ge: 0.85}}}
        """

    private func explanation(_ body: String, age: Int64 = 1, language: String = "en") throws -> Explanation {
        let evaluator = try Evaluator(withDrafts: bundle(Self.rules), cacheDirectory: nil)
        let now = Timestamp(milliseconds: 100 * 86_400_000)
        var post = FlaggedPost(source: "s", externalID: "1", body: body, language: language)
        post.author.accountCreatedAt = Timestamp(milliseconds: now.milliseconds - age * 86_400_000)
        post.scores = ["toxicity": 840]
        return evaluator.explain(post, now: now)
    }

    @Test func theTreeSaysWhichTestHoldsAndWhere() throws {
        let explanation = try explanation("Ça, I k\u{200B}1ll you")
        let rule = try #require(explanation.rules.first)
        #expect(rule.outcome == .matched)
        #expect(rule.selections.map(\.name) == ["gaming", "threat", "young"])
        #expect(rule.selections.map(\.holds) == [false, true, true])
        let word = try #require(rule.selections[1].alternatives.first?.tests.first)
        #expect(word.places.map(\.range) == [6..<11])
        let age = try #require(rule.selections[2].alternatives.first?.tests.first)
        #expect(age.holds && age.found == "1 day" && age.places == [])
    }

    @Test func theConditionIsFollowedStepByStep() throws {
        let when = try #require(explanation("kill the dragon").rules.first?.when)
        #expect(when.text == "threat and young and not gaming" && !when.holds)
        #expect(when.parts.map(\.text) == ["threat and young", "not gaming"])
        #expect(when.parts.map(\.holds) == [true, false])
        #expect(when.parts[1].parts.map(\.holds) == [true])
    }

    @Test(arguments: [
        ("kill", 1, "en", ["matched", "other_language", "unmatched"]),
        ("kill", 9, "en", ["nearly", "other_language", "unmatched"]),
        ("kill the dragon", 1, "fr", ["nearly", "matched", "unmatched"]),
        ("nothing", 9, "fr", ["unmatched", "unmatched", "unmatched"]),
    ])
    func rulesMatchNearlyOrNot(_ body: String, _ age: Int64, _ language: String, _ outcomes: [String]) throws
    {
        #expect(try explanation(body, age: age, language: language).rules.map(\.outcome.rawValue) == outcomes)
    }

    @Test func explanationsAgreeWithFindings() throws {
        let load = try PolicyLoader.load(directory: Repository.root + "/Policies")
        let bundle = try #require(load.bundle)
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
        for example in bundle.policies.flatMap(\.rules).flatMap({ $0.matching + $0.passing }) {
            let findings = evaluator.evaluate(example.post, now: example.now, state: example.state)
            let explained = evaluator.explain(example.post, now: example.now, state: example.state)
            #expect(
                Set((findings.findings + findings.shadow).map(\.rule))
                    == Set(explained.rules.filter { $0.outcome == .matched }.map(\.rule)))
        }
    }

    // MARK: Coverage

    private func coverage(_ examples: String) throws -> [String] {
        let bundle = try bundle(
            """
              - id: p/r
                selections:
                  threat:
                    - {body: {any_word: [kill]}}
                    - {body: {any_word: [hurt]}}
                  gaming: {body: {any_word: [dragon]}}
                when: threat and not gaming
                examples: \(examples)

            """)
        return try PolicyTester.test(bundle).uncovered.map(\.description)
    }

    @Test func whatNoExampleExercisesIsListed() throws {
        #expect(
            try coverage("{match: [], pass: [nothing]}") == [
                "p.yaml:9:5: warning: no example makes p/r match (add one under examples: match:)"
            ])
        #expect(
            try coverage("{match: [kill], pass: [nothing]}") == [
                "p.yaml:13:11: warning: no example that p/r matches makes this alternative of \"threat\" hold "
                    + "(add one under examples: match:)",
                "p.yaml:14:7: warning: no example that p/r passes makes the selection \"gaming\" hold "
                    + "(add one under examples: pass:)",
            ])
        #expect(try coverage("{match: [kill, hurt], pass: [kill the dragon]}") == [])
    }
}
