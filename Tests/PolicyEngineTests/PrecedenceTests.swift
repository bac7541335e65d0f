import Moderation
import PolicyEngine
import Testing

@Suite("Rules that give way, lengths, and text as written but for case")
struct PrecedenceTests {
    private func load(_ rules: String) -> PolicyLoad {
        let text = """
            id: p
            title: P
            guidance: G
            neutral: N
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: mild
            actions: [remove, restrict, keep]
            rules:
            \(rules)

            """
        return PolicyLoader.load(files: [(name: "p.yaml", text: text)])
    }

    private func found(_ rules: String, in body: String) throws -> [String] {
        let load = load(rules)
        #expect(load.diagnostics.map(\.description) == [])
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let evaluation = evaluator.evaluate(
            FlaggedPost(source: "s", externalID: "1", body: body), now: Timestamp(milliseconds: 0))
        return (evaluation.findings + evaluation.shadow).map { String($0.rule.rawValue.dropFirst(2)) }
            .sorted()
    }

    private func rule(_ name: String, _ word: String, _ more: String = "") -> String {
        "  - {id: p/\(name), selections: {a: {body: {any_word: [\(word)]}}}\(more.isEmpty ? "" : ", " + more)}\n"
    }

    @Test func aRuleGivesWayToLiveRulesThatMatch() throws {
        let rules = rule("a", "one") + rule("b", "two", "unless: [p/a]") + rule("c", "three", "unless: [p/b]")
        #expect(try found(rules, in: "two") == ["b"])
        #expect(try found(rules, in: "one two") == ["a"])
        #expect(try found(rules, in: "two three") == ["b"])
        // What gave way itself holds nobody back.
        #expect(try found(rules, in: "one two three") == ["a", "c"])
        for status in ["draft", "shadow", "retired"] {
            let rules = rule("a", "one", "status: \(status)") + rule("b", "two", "unless: p/a")
            #expect(try found(rules, in: "one two").contains("b"), "\(status)")
        }
    }

    @Test func aRuleGivesWayOnlyToRulesAboveIt() {
        let message =
            "unless names \"p/b\", which is no rule above this one in the file (move or rename it)"
        #expect(
            load(rule("a", "one", "unless: [p/b]") + rule("b", "two")).diagnostics.map(\.description) == [
                "p.yaml:9:68: " + message
            ])
        #expect(
            load(rule("b", "one", "unless: p/b")).diagnostics.map(\.description) == [
                "p.yaml:9:67: " + message
            ])
    }

    @Test(arguments: [
        ("gt: 3", "abcd", "abc"), ("gt: 3", "...a cd!", "a.c"), ("lt: 3", " .ab. ", "abc"),
        ("equals: 0", "?!👍", "a"),
        ("equals: 2", "éé", "ééé"), ("equals: 1", "_", "__"), ("exists: true", "!", ""),
    ])
    func lengthsAreOfTheTextWithoutSignsAround(_ test: String, _ match: String, _ pass: String) throws {
        let rules = "  - {id: p/a, selections: {a: {body.length: {\(test)}}}}\n"
        #expect(try found(rules, in: match) == ["a"])
        #expect(try found(rules, in: pass) == [])
    }

    @Test(arguments: [
        ("any_word: [cat]", "a CAT!", "cats"), ("any_word: [cat]", "cat", "my_cat"),
        ("any_word: [cat]", "(cat)", "c4t"),
        ("any_word: [été]", "Un ÉTÉ", "ete"), ("contains: [straße]", "STRAßEN", "strasse"),
        ("phrase: [\"a b\"]", "A B", "a  b"), ("equals: [help]", "HELP", "help!"),
        ("starts_with: [é]", "Était", "etait"),
        ("regex: 'c[ao]t'", "COT", "c0t"), ("regex: 'é+'", "ÉÉ", "ee"), ("any_word: [cat]", "ÉÉ cat", "Écat"),
        ("near: {words: [one, two], within: 2}", "TWO, One", "two a b one"),
    ])
    func foldCaseFoldsCaseAlone(_ test: String, _ match: String, _ pass: String) throws {
        let rules = "  - {id: p/a, selections: {a: {body: {fold: case, \(test)}}}}\n"
        #expect(try found(rules, in: match) == ["a"])
        #expect(try found(rules, in: pass) == [])
    }

    @Test(arguments: ["contains: [\"a\\0b\"]", "regex: \"a\\0b\""])
    func aZeroEndsNoPattern(_ test: String) throws {
        let rules = "  - {id: p/a, selections: {a: {body: {fold: none, \(test)}}}}\n"
        #expect(try found(rules, in: "xa\0b") == ["a"])
        #expect(try found(rules, in: "a") == [])
    }

    @Test func whatIsFoundWithoutCaseIsUnderlinedWhereItStands() throws {
        let load = load("  - {id: p/a, selections: {a: {body: {fold: case, any_word: [été, ok]}}}}\n")
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let post = FlaggedPost(source: "s", externalID: "1", body: "l'ÉTÉ est OK")
        let finding = try #require(evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).findings.first)
        #expect(finding.evidence.compactMap(\.range) == [2..<5, 10..<12])
    }
}
