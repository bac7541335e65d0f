import Foundation
import PolicyEngine
import Testing

@Suite("Every lint finding names file, line, column and remedy")
struct LintGoldens {
    private static let head = """
        id: p
        title: {en: P, fr: P}
        guidance: {en: G, fr: G}
        neutral: {en: N, fr: N}
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: moderate
        actions: [remove, label]
        rules:

        """
    private static let lists = [(name: "words.txt", text: "Kill\n# comment\n\nkill you\n  KILL\n")]

    static func rule(_ id: String, _ body: String, recommend: String = "remove") -> String {
        "  - id: \(id)\n    languages: [en, fr]\n    selections:\n\(body)\n    recommend: \(recommend)\n"
            + "    examples: {match: [yes], pass: [no]}\n"
    }

    static func lint(_ rules: String, lists: [(name: String, text: String)] = lists) -> [Diagnostic] {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: head + rules)] + lists)
        #expect(load.diagnostics == [])
        return load.bundle.map {
            PolicyLint.lint($0, unusedLists: load.unusedLists.filter { $0 != "words.txt" })
        } ?? []
    }

    @Test(arguments: cases) func theWarningSaysIt(_ golden: GoldenCase) {
        #expect(Self.lint(Self.rule("p/r", golden.new)).map(\.description) == golden.messages)
    }

    static let cases = [
        GoldenCase(
            "", "      a: {body: {any_word: [cat]}}\n      b: {body: {any_word: [dog]}}\n    when: a",
            [
                "p.yaml:13:7: warning: the selection \"b\" of p/r is never used in when (use it, or take it out)"
            ]),
        GoldenCase(
            "", "      a: {body: {any_word: [cat]}}\n    when: a and not a",
            ["p.yaml:13:11: warning: p/r can never fire: when contradicts itself (mend it)"]),
        GoldenCase(
            "",
            "      a: {body: {any_word: [cat]}}\n      b: {flags.count: {ge: 2}}\n    when: any of them and not (a or b)",
            ["p.yaml:14:11: warning: p/r can never fire: when contradicts itself (mend it)"]),
        GoldenCase(
            "", "      a: {flags.count: {gt: 5}}\n      b: {flags.count: {lt: 3}}\n    when: a and b",
            [
                "p.yaml:14:11: warning: p/r can never fire: its selections can't hold as when asks (\"a\" and \"b\" exclude each other)"
            ]),
        GoldenCase(
            "", "      a: {flags.count: {gt: 5}}\n      b: {flags.count: {ge: 3}}\n    when: a and not b",
            [
                "p.yaml:14:11: warning: p/r can never fire: its selections can't hold as when asks (\"b\" holds wherever \"a\" does)"
            ]),
        GoldenCase(
            "", "      a: {language: {equals: de}}\n      b: {body: {any_word: [cat]}}\n    when: a and b",
            [
                "p.yaml:12:7: warning: the selection \"a\" of p/r can never hold: language equals: de can't hold in a rule for en, fr (mend it)",
                "p.yaml:14:11: warning: p/r can never fire: its selections can't hold as when asks (\"a\" never holds)",
            ]),
        GoldenCase(
            "",
            "      a: {flags.count: {gt: 5, lt: 3}}\n      b: {body: {any_word: [cat]}}\n    when: a or b",
            [
                "p.yaml:12:7: warning: the selection \"a\" of p/r can never hold: \"flags.count > 5\" and \"flags.count < 3\" exclude each other (mend it)"
            ]),
        GoldenCase(
            "",
            "      a:\n        - {body: {any_word: [cat]}}\n        - {title: {exists: false, any_word: [cat]}}\n    when: a",
            [
                "p.yaml:14:11: warning: this alternative of \"a\" in p/r can never hold: \"title exists: false\" and \"title any_word: cat\" exclude each other (mend it)"
            ]),
        GoldenCase(
            "", "      a: {scores.toxicity: {gt: 1}}\n      b: {body: {any_word: [cat]}}\n    when: a or b",
            [
                "p.yaml:12:7: warning: the selection \"a\" of p/r can never hold: scores.toxicity > 1 can't hold (mend it)"
            ]),
        GoldenCase(
            "", "      a: {body: {any_word: [cat]}}\n    when: a or not a",
            ["p.yaml:13:11: warning: p/r fires for every post in its languages (ask for more)"]),
        GoldenCase(
            "", "      a: {links.count: {ge: 0}}\n      b: {body: {any_word: [cat]}}\n    when: a and b",
            [
                "p.yaml:12:7: warning: the selection \"a\" of p/r holds for every post (ask for more, or take it out)"
            ]),
        GoldenCase(
            "",
            "      a: {body: {any_word: [cat, dog]}}\n      b: {text: {contains: [do, ca]}}\n    when: a and b",
            [
                "p.yaml:13:7: warning: the selection \"b\" of p/r changes nothing: the rule fires for the same posts without it (take it out, or change when)"
            ]),
        GoldenCase(
            "",
            "      a: {body: {any_word: [cat]}}\n      b: {body: {any_word: [dog]}}\n    when: a or a and b",
            [
                "p.yaml:13:7: warning: the selection \"b\" of p/r changes nothing: the rule fires for the same posts without it (take it out, or change when)"
            ]),
        GoldenCase(
            "", "      a: {body: {any_word: [Kill, kill]}}\n    when: a",
            ["p.yaml:12:35: warning: \"kill\" is read as \"Kill\" in line 12 is (take one out)"]),
        GoldenCase(
            "", "      a: {body: {any_word: [kill, k1ll, kíll]}}\n    when: a",
            [
                "p.yaml:12:35: warning: \"k1ll\" is found by \"kill\" in line 12 already (take it out)",
                "p.yaml:12:41: warning: \"kíll\" is read as \"kill\" in line 12 is (take one out)",
            ]),
        GoldenCase(
            "", "      a: {body: {contains: [skill, kill]}}\n    when: a",
            ["p.yaml:12:29: warning: \"skill\" is found by \"kill\" in line 12 already (take it out)"]),
        GoldenCase(
            "", "      a: {body: {phrase: [kill you, you]}}\n    when: a",
            ["p.yaml:12:27: warning: \"kill you\" is found by \"you\" in line 12 already (take it out)"]),
        GoldenCase(
            "", "      a: {links: {domain_in: [login.bad.example, bad.example]}}\n    when: a",
            ["p.yaml:12:31: warning: \"login.bad.example\" is found by \"bad.example\" already (take it out)"]
        ),
        GoldenCase(
            "", "      a: {community: {any_of: [Games, games]}}\n    when: a",
            ["p.yaml:12:39: warning: \"games\" is read as \"Games\" in line 12 is (take one out)"]),
        GoldenCase(
            "", "      a: {body: {in_list: words.txt}}\n    when: a",
            [
                "words.txt:4:1: warning: \"kill you\" is found by \"Kill\" in line 1 already (take it out)",
                "words.txt:5:3: warning: \"KILL\" is read as \"Kill\" in line 1 is (take one out)",
            ]),
        GoldenCase(
            "", "      a: {body: {regex: '.*cat'}}\n    when: a",
            [
                "p.yaml:12:25: warning: the regex begins with what takes any text: it finds the same posts without, and underlines less (take it off)"
            ]),
        GoldenCase(
            "", "      a: {body: {regex: 'cat.*'}}\n    when: a",
            [
                "p.yaml:12:25: warning: the regex ends with what takes any text: every character that follows is another match (end it with what must be there)"
            ]),
        GoldenCase(
            "", "      a: {body: {regex: '(?:c+)+at'}}\n    when: a",
            [
                "p.yaml:12:25: warning: \"(c+)+\" repeats a repeat, which finds nothing more than one (write it once)"
            ]),
        GoldenCase(
            "", "      a: {body: {regex: '(?:kill|hurt)\\W{1,5}(?:\\w+\\W+){0,25}you'}}\n    when: a",
            [
                "p.yaml:12:25: warning: the regex takes more than 128 kB compiled, where usual ones take 4 to 20 (make its repeats smaller, or use near)"
            ]),
    ]

    @Test(arguments: rules) func theWarningAboutRulesSaysIt(_ golden: GoldenCase) {
        #expect(Self.lint(golden.new).map(\.description) == golden.messages)
    }

    static let rules = [
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n  - id: p/s\n    selections: {a: {body: {any_word: [Cat]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n",
            ["p.yaml:13:9: warning: p/s has the same selections and when as p/r in line 9 (take one out)"]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n  - id: p/s\n    selections: {a: {body: {any_word: [cat, dog]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n",
            [
                "p.yaml:9:9: warning: p/r adds nothing: wherever it fires, p/s fires too and recommends no less (take it out, or narrow p/s)"
            ]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: label\n    examples: {match: [yes], pass: [no]}\n  - id: p/s\n    selections: {a: {body: {any_word: [cat, dog]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n  - id: p/t\n    languages: [en]\n    selections: {a: {body: {any_word: [dog]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n",
            [
                "p.yaml:9:9: warning: p/r adds nothing: wherever it fires, p/s fires too and recommends no less (take it out, or narrow p/s)",
                "p.yaml:17:9: warning: p/t adds nothing: wherever it fires, p/s fires too and recommends no less (take it out, or narrow p/s)",
            ]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    examples: {match: [yes], pass: [no]}\n",
            [
                "p.yaml:9:5: warning: p/r neither recommends anything nor says why it is there (add recommend, or why)"
            ]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {pass: [no]}\n",
            ["p.yaml:9:5: warning: p/r has no example that it must match (add one under examples: match:)"]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {match: [yes]}\n",
            ["p.yaml:9:5: warning: p/r has no example that it must pass (add one under examples: pass:)"]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [no, no]}\n",
            ["p.yaml:12:41: warning: this example stands in line 12 already (take one out)"]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    recommend: remove\n    examples: {match: [yes], pass: [{text: no, history: {posts/1 days: 2}}]}\n",
            [
                "p.yaml:12:37: warning: p/r asks for no such history (give it what the rule asks, over the same time)"
            ]),
        GoldenCase(
            "",
            "  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n    why: {fr: Parce que}\n    recommend: remove\n    examples: {match: [yes], pass: [no]}\n",
            ["p.yaml:11:10: warning: why of p/r is missing in \"en\" (add it)"]),
    ]
}
