import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("The page on the policy language")
struct LanguagePageTests {
    private func page() throws -> LanguagePage { try LanguagePage("Documentation/policy-language.md") }

    private func bundle(of block: LanguagePage.Block, _ page: LanguagePage) throws -> PolicyBundle {
        let load = PolicyLoader.load(files: [(name: "page.yaml", text: block.policy)] + page.lists)
        #expect(load.diagnostics.map(\.description) == [], "the block at line \(block.line)")
        return try #require(load.bundle)
    }

    @Test(arguments: ["Documentation/policy-language.md", "Policies/README.md"])
    func itsExamplesBehaveAsItSays(_ name: String) throws {
        let page = try LanguagePage(name)
        #expect(!page.blocks.isEmpty)
        for block in page.blocks {
            let bundle = try bundle(of: block, page)
            let all = try Evaluator(
                bundle: bundle, cacheDirectory: nil, statuses: Set(Rule.Status.allCases))
            for rule in bundle.policies.flatMap(\.rules) {
                #expect(!rule.matching.isEmpty && !rule.passing.isEmpty, "\(rule.id) at line \(block.line)")
                for (example, isMatch) in rule.matching.map({ ($0, true) })
                    + rule.passing.map({ ($0, false) })
                {
                    let result = all.evaluate(example.post, now: example.now, state: example.state)
                    let found = (result.findings + result.shadow).map(\.rule)
                    #expect(
                        found.contains(rule.id) == isMatch,
                        "\(rule.id), the block at line \(block.line), \(isMatch ? "match" : "pass") \(example.text)"
                    )
                }
            }
        }
    }

    @Test func everyStatusPlaysThePartThatItSays() throws {
        let page = try page()
        var seen: Set<Rule.Status> = []
        for block in page.blocks {
            let bundle = try bundle(of: block, page)
            let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
            for rule in bundle.policies.flatMap(\.rules) where rule.positions["status"] != nil {
                seen.insert(rule.status)
                for example in rule.matching {
                    let result = evaluator.evaluate(example.post, now: example.now, state: example.state)
                    #expect(result.findings.contains { $0.rule == rule.id } == (rule.status == .live))
                    #expect(result.shadow.contains { $0.rule == rule.id } == (rule.status == .shadow))
                }
            }
        }
        #expect(seen == Set(Rule.Status.allCases))
    }

    // MARK: What it must speak of

    /// The one field of a rule of which nothing else can decide, with its operators and modifiers.
    private func deciding(_ rule: [String: Any]) -> (field: String, operators: [String: Any])? {
        guard let selections = rule["selections"] as? [String: Any], selections.count == 1,
            let tests = selections.first?.value as? [String: Any], tests.count == 1,
            let field = tests.first?.key, let operators = tests.first?.value as? [String: Any]
        else { return nil }
        return (field, operators)
    }

    @Test func everyFieldOperatorModifierAndFoldDecidesAnExampleAlone() throws {
        var fields: Set<String> = []
        var operators: Set<String> = []
        var modifiers: Set<String> = []
        var folds: Set<String> = []
        for rule in try page().blocks.flatMap(\.rules) {
            guard let (field, tests) = deciding(rule) else { continue }
            fields.insert(field)
            let isModifier = { (name: String) in Modifier(rawValue: name) != nil }
            if tests.keys.count(where: { !isModifier($0) }) == 1 {
                operators.formUnion(tests.keys.filter { !isModifier($0) })
            }
            modifiers.formUnion(tests.keys.filter(isModifier))
            if let fold = tests["fold"] as? String { folds.insert(fold) }
        }
        #expect(Set(Field.allCases.map(\.rawValue)).subtracting(fields) == [])
        #expect(fields.contains { $0.hasPrefix("scores.") })
        #expect(Set(Operator.allCases.map(\.rawValue)).subtracting(operators) == [])
        #expect(Set(Modifier.allCases.map(\.rawValue)).subtracting(modifiers) == [])
        #expect(Set(FieldTest.Fold.allCases.map(\.rawValue)).subtracting(folds) == [])
    }

    @Test func everyKeyHasAnExample() throws {
        let blocks = try page().blocks
        var used: [String: Set<String>] = [:]
        func note(_ what: String, _ value: Any?) {
            for item in value as? [Any] ?? [value as Any] {
                if let item = item as? [String: Any] { used[what, default: []].formUnion(item.keys) }
            }
        }
        for block in blocks {
            used["policy", default: []].formUnion(block.policyKeys)
            if !block.policyKeys.isEmpty, let root = try Yaml.mapping(block.policy) {
                note("dsa", root["dsa"])
            }
            for rule in block.rules {
                note("rule", rule)
                note("examples", rule["examples"])
                if let near = deciding(rule)?.operators["near"] { note("near", near) }
                let examples = rule["examples"] as? [String: [Any]] ?? [:]
                for example in examples.values.joined() {
                    guard let post = example as? [String: Any] else { continue }
                    note("example", post)
                    note("author", post["author"])
                    note("link", post["links"])
                    note("media", post["media"])
                    note("thread", post["thread"])
                    note("flag", post["flags"])
                }
            }
        }
        for (what, keys) in KnownKeys.all() {
            #expect(!keys.isEmpty, "\(what)")
            #expect(keys.subtracting(used[what] ?? []) == [], "\(what)")
        }
    }

    @Test func everyFormOfAConditionHasAnExample() throws {
        let conditions = try page().blocks.flatMap(\.rules).compactMap { $0["when"] as? String }
        for form in [" and ", " or ", "not ", "(", "any of ", "all of ", "2 of ", "them", "*"] {
            #expect(conditions.contains { $0.contains(form) }, "\(form)")
        }
    }

    @Test func theEvidenceItSpeaksOfIsTold() throws {
        let text = try String(
            contentsOfFile: Repository.root + "/Documentation/policy-language.md", encoding: .utf8)
        #expect(text.contains("`Ça: \\u200Bｋ\\u0301Ill! yes`") && text.contains("`kill` is 5..<10"))
        let load = PolicyLoader.load(files: [
            (
                name: "p.yaml",
                text: """
                id: p
                title: P
                guidance: G
                neutral: N
                dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
                hazard: mild
                actions: [keep]
                rules: [{id: p/r, selections: {s: {body: {any_word: [kill]}}}}]
                """
            )
        ])
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let post = FlaggedPost(source: "s", externalID: "1", body: "Ça: \u{200B}ｋ\u{301}Ill! yes")
        let found = evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).findings
        #expect(found.first?.evidence.first?.range == 5..<10)
    }
}
