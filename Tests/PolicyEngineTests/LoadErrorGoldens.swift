import Foundation
import PolicyEngine
import Testing

@Suite("Every load error names file, line, column and remedy")
struct LoadErrorGoldens {
    static let right = """
        id: p
        title: P
        guidance: G
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE, ground: terms}
        hazard: moderate
        actions: [remove, keep]
        rules:
          - id: p/r
            status: live
            languages: [en, fr]
            selections:
              a: {body: {any_word: [cat]}}
              n: {flags.count: {ge: 2}}
              h: {history.posts: {ge: 2, within: 7 days}}
            when: a and (n or h)
            recommend: remove
            examples:
              match:
                - {text: a cat, flags: [x, y]}
              pass: [dog]

        """

    static let lists = [
        (name: "words.txt", text: "cat\ndog\n"), (name: "empty.txt", text: "# nothing yet\n"),
        (name: "blank.txt", text: "cat\n\u{200B}\n"),
    ]

    static func load(_ golden: GoldenCase) -> PolicyLoad {
        let text =
            golden.old.isEmpty ? right : right.replacing(golden.old, with: golden.new, maxReplacements: 1)
        return PolicyLoader.load(files: [(name: "p.yaml", text: text)] + lists)
    }

    @Test func theRightOneHasNone() {
        let load = Self.load(GoldenCase("", "", []))
        #expect(load.diagnostics == [] && load.bundle != nil)
    }

    @Test(arguments: cases) func theMessageSaysIt(_ golden: GoldenCase) {
        let load = Self.load(golden)
        #expect(load.bundle == nil)
        #expect(load.diagnostics.map(\.description) == golden.messages)
    }

    static let cases = [
        GoldenCase(
            "hazard: moderate", "hazard: [", ["p.yaml:8:1: not YAML: did not find expected ',' or ']'"]),
        GoldenCase(
            "dsa: {category: STATEMENT_CATEGORY_VIOLENCE, ground: terms}", "dsa: violence",
            ["p.yaml:5:6: dsa must be a mapping (write category: … and so on)"]),
        GoldenCase(
            "actions: [remove, keep]", "actions: remove",
            ["p.yaml:7:10: actions must be a list (put it in [ ])"]),
        GoldenCase(
            "id: p\n", "id: [p]\n",
            ["p.yaml:1:5: id must be a text (put it in quotes if it begins with a sign)"]),
        GoldenCase("id: p\n", "id: ''\n", ["p.yaml:1:5: id is empty (write a text, or take it out)"]),
        GoldenCase(
            "hazard: moderate", "hazrad: moderate",
            [
                "p.yaml:6:1: unknown field \"hazrad\" in the policy (did you mean \"hazard\"?)",
                "p.yaml:1:1: the field \"hazard\" is missing (add \"hazard: …\")",
            ]),
        GoldenCase("title: P\n", "", ["p.yaml:1:1: the field \"title\" is missing (add \"title: …\")"]),
        GoldenCase(
            "title: P\n", "title: []\n",
            ["p.yaml:2:8: title must be a text, or texts by language (such as {en: …, fr: …})"]),
        GoldenCase(
            "title: P\n", "title: {english: P}\n",
            ["p.yaml:2:9: \"english\" is no language (use its code of two or three letters, such as fr)"]),
        GoldenCase(
            "title: P\n", "title: {[x]: P}\n",
            ["p.yaml:2:9: a language must be a text (put it in quotes if it begins with a sign)"]),
        GoldenCase(
            "dsa: {category", "dsa: {[x]: y, category",
            [
                "p.yaml:5:7: a name in dsa must be a text (one of category, ground, basis, explanation, url, "
                    + "keywords, keyword_other, also, restrict)"
            ]),
        GoldenCase(
            "hazard: moderate", "hazard: modrate",
            ["p.yaml:6:9: unknown hazard \"modrate\" (did you mean \"moderate\"?)"]),
        GoldenCase(
            "[remove, keep]", "[remove, kep]",
            ["p.yaml:7:19: unknown action \"kep\" (did you mean \"keep\"?)"]),
        GoldenCase(
            "STATEMENT_CATEGORY_VIOLENCE", "STATEMENT_CATEGORY_VIOLENC",
            [
                "p.yaml:5:17: unknown DSA category \"STATEMENT_CATEGORY_VIOLENC\" (did you mean \"STATEMENT_CATEGORY_VIOLENCE\"?)"
            ]),
        GoldenCase(
            "category: STATEMENT_CATEGORY_VIOLENCE, ", "",
            ["p.yaml:5:6: dsa needs a category (such as STATEMENT_CATEGORY_VIOLENCE)"]),
        GoldenCase(
            "ground: terms", "ground: law", ["p.yaml:5:54: unknown ground \"law\" (one of terms, illegal)"]),
        GoldenCase(
            "id: p\n", "id: P 1\n",
            ["p.yaml:1:5: \"P 1\" is no id (use lower-case letters, digits and \"-\")"]),
        GoldenCase(
            "[remove, keep]", "[]",
            ["p.yaml:7:10: a policy needs at least one action (such as [remove, keep])"]),
        GoldenCase("- id: p/r", "- title: R", ["p.yaml:9:5: a rule needs an id (add \"id: p/NAME\")"]),
        GoldenCase(
            "id: p/r", "id: q/r",
            [
                "p.yaml:9:9: a rule's id must be \"p/\" and a name of lower-case letters, digits and \"-\", not \"q/r\" (rename it)"
            ]),
        GoldenCase(
            "pass: [dog]\n", "pass: [dog]\n  - id: p/r\n    selections: {a: {body: {any_word: [cat]}}}\n",
            ["p.yaml:22:9: the rule \"p/r\" is there twice (rename one)"]),
        GoldenCase(
            "recommend: remove", "recommend: remove\n    automatic: keep",
            ["p.yaml:18:16: automatic must be keep or remove, and what the rule recommends"]),
        GoldenCase(
            "recommend: remove", "unless: [p/s]\n    recommend: remove",
            [
                "p.yaml:17:14: unless names \"p/s\", which is no rule above this one in the file (move or rename it)"
            ]),
        GoldenCase(
            "recommend: remove", "recommend: label",
            [
                "p.yaml:17:16: \"label\" is not among the policy's actions (add it there, or recommend one of remove, keep)"
            ]),
        GoldenCase(
            "status: live", "status: alive",
            ["p.yaml:10:13: unknown status \"alive\" (did you mean \"live\"?)"]),
        GoldenCase(
            "[en, fr]", "[en, fr-CA]",
            [
                "p.yaml:11:21: \"fr-CA\" is no language of posts (use its code of two or three letters, such as fr)"
            ]),
        GoldenCase(
            "examples:", "exmples:",
            ["p.yaml:18:5: unknown field \"exmples\" in a rule (did you mean \"examples\"?)"]),
        GoldenCase(
            "      a: {body: {any_word: [cat]}}\n      n: {flags.count: {ge: 2}}\n      h: {history.posts: {ge: 2, within: 7 days}}\n",
            "      []\n",
            ["p.yaml:13:7: a rule needs selections (add \"selections: {NAME: {body: {any_word: [WORD]}}}\")"]),
        GoldenCase(
            "n: {flags", "any: {flags",
            [
                "p.yaml:14:7: \"any\" can't be a selection's name (use letters, digits, \"-\" and \"_\", and none of and, or, not, of, any, all, them)"
            ]),
        GoldenCase(
            "when: a and (n or h)", "when: a and (n or c)",
            ["p.yaml:16:23: unknown selection \"c\" in when (did you mean \"a\"?)"]),
        GoldenCase(
            "when: a and (n or h)", "when: a and",
            ["p.yaml:16:13: when ends too early (a selection must follow)"]),
        GoldenCase(
            "when: a and (n or h)", "when: 'a and (n or h'",
            ["p.yaml:16:24: a \")\" is missing in when (add it)"]),
        GoldenCase(
            "when: a and (n or h)", "when: a n or h",
            ["p.yaml:16:13: unexpected \"n\" in when (put \"and\" or \"or\" before it, or take it out)"]),
        GoldenCase(
            "when: a and (n or h)", "when: a and or h",
            ["p.yaml:16:17: unexpected \"or\" in when (a selection must stand here)"]),
        GoldenCase(
            "when: a and (n or h)", "when: >\n      a and\n      (n or c)",
            ["p.yaml:18:13: unknown selection \"c\" in when (did you mean \"a\"?)"]),
        GoldenCase(
            "when: a and (n or h)", "when: |\n      a and\n        (n or c)",
            ["p.yaml:18:15: unknown selection \"c\" in when (did you mean \"a\"?)"]),
        GoldenCase(
            "when: a and (n or h)", "when: 5 of them",
            ["p.yaml:16:11: \"5 of\" can't hold: there are 3 selections (ask for 1 to 3)"]),
        GoldenCase(
            "when: a and (n or h)", "when: any of",
            ["p.yaml:16:15: when ends after \"of\" (\"them\" or a name must follow)"]),
        GoldenCase(
            "when: a and (n or h)", "when: any of x*",
            ["p.yaml:16:15: no selection fits \"x*\" in when (one of a, n, h)"]),
        GoldenCase(
            "when: a and (n or h)",
            "when: " + String(repeating: "(", count: 40) + "a" + String(repeating: ")", count: 40),
            ["p.yaml:16:43: when is nested too deeply (make several rules of it)"]),
        GoldenCase(
            "when: a and (n or h)", "when: " + Array(repeating: "a", count: 300).joined(separator: " or "),
            ["p.yaml:16:1011: when has more than 400 words (make several rules of it)"]),
        GoldenCase(
            "a: {body:", "a: {bodi:",
            ["p.yaml:13:11: unknown field \"bodi\" in selection \"a\" (did you mean \"body\"?)"]),
        GoldenCase(
            "{body: {any_word: [cat]}}", "{}",
            [
                "p.yaml:13:10: selection \"a\" must map fields to operators (such as {body: {any_word: [WORD]}})"
            ]),
        GoldenCase(
            "{body: {any_word: [cat]}}", "[]",
            ["p.yaml:13:10: selection \"a\" is empty (map fields to operators)"]),
        GoldenCase(
            "{body: {any_word: [cat]}}", "{body: cat}",
            ["p.yaml:13:17: field \"body\" needs an operator (such as {any_word: …})"]),
        GoldenCase(
            "{any_word: [cat]}", "{fold: none}",
            ["p.yaml:13:17: field \"body\" needs an operator beside its modifiers (such as any_word: …)"]),
        GoldenCase(
            "any_word:", "anyword:",
            ["p.yaml:13:18: the field \"body\" has no operator \"anyword\" (did you mean \"any_word\"?)"]),
        GoldenCase("{ge: 2}}", "{ge: two}}", ["p.yaml:14:29: \"two\" is no number (such as 3 or 0.85)"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{flags.count: '> many'}",
            ["p.yaml:14:24: \"> many\" is no comparison (such as >= 3)"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{age: '< 3'}",
            ["p.yaml:14:16: \"< 3\" is no comparison (such as > 3 days)"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{age: {lt: 3 fortnights}}",
            ["p.yaml:14:21: \"3 fortnights\" is no time (such as 3 days)"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{flags.trusted: {equals: 7}}",
            ["p.yaml:14:35: flags.trusted equals must be true or false"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{flags.count: {ge: 2, fold: none}}",
            ["p.yaml:14:38: fold can't be asked of flags.count (it is for texts and links; take it out)"]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{flags.count: {ge: 2, at_least: 2}}",
            [
                "p.yaml:14:42: at_least can't be asked of flags.count (it counts words found in texts and links)"
            ]),
        GoldenCase(
            "{flags.count: {ge: 2}}", "{flags.count: {ge: 2, within: 7 days}}",
            [
                "p.yaml:14:40: within can't be asked of flags.count (it is for history; near has its own, inside its braces)"
            ]),
        GoldenCase(
            "[cat]}}", "[cat], at_least: 0}}",
            ["p.yaml:13:45: at_least must be a whole number (from 1 to 1000)"]),
        GoldenCase(
            "[cat]}}", "[cat, Cat], at_least: 2}}",
            ["p.yaml:13:28: at_least 2 can't hold: 1 different ones listed (list more, or ask for less)"]),
        GoldenCase(
            "[cat]}}", "[cat], fold: some}}",
            ["p.yaml:13:41: unknown fold \"some\" (one of full, plain, case, none)"]),
        GoldenCase(
            "{any_word: [cat]}", "{regex: [a, b], at_least: 2}",
            ["p.yaml:13:25: at_least can't count what a regex finds (list words instead)"]),
        GoldenCase(
            "ge: 2, within: 7 days", "ge: 2",
            ["p.yaml:15:26: history.posts needs within (such as {ge: 3, within: 7 days})"]),
        GoldenCase(
            "within: 7 days", "within: often", ["p.yaml:15:42: \"often\" is no time (such as 7 days)"]),
        GoldenCase(
            "{any_word: [cat]}", "{near: {words: [kill, you]}}",
            ["p.yaml:13:24: near needs within (a number of words from 1 to 100, such as within: 5)"]),
        GoldenCase(
            "{any_word: [cat]}", "{near: {words: [kill], within: 5}}",
            ["p.yaml:13:32: near needs two words or lists of words (such as words: [[kill, hurt], you])"]),
        GoldenCase("[cat]", "[]", ["p.yaml:13:28: any_word has an empty list (write what to look for)"]),
        GoldenCase(
            "[cat]", "['\u{200B}']",
            ["p.yaml:13:29: \"\u{200B}\" has nothing left to look for after folding (take it out)"]),
        GoldenCase(
            "any_word: [cat]", "in_list: word.txt",
            ["p.yaml:13:27: there is no list \"word.txt\" (did you mean \"words.txt\"?)"]),
        GoldenCase(
            "any_word: [cat]", "in_list: empty.txt",
            ["p.yaml:13:27: the list \"empty.txt\" has no entry (write one a line)"]),
        GoldenCase(
            "any_word: [cat]", "in_list: blank.txt",
            ["blank.txt:2:1: \"\u{200B}\" has nothing left to look for after folding (take it out)"]),
        GoldenCase(
            "any_word: [cat]", "regex: 'x(?=x)'",
            [
                "p.yaml:13:27: the regex is refused: Zero-width assertions are not supported (give what must not stand there a selection of its own)"
            ]),
        GoldenCase(
            "any_word: [cat]", "regex: '(a)\\1'",
            [
                "p.yaml:13:29: the regex is refused: Back-references are unsupported (write the alternatives out)"
            ]),
        GoldenCase(
            "any_word: [cat]", "regex: 'it''s a [b'",
            ["p.yaml:13:34: the regex is refused: Unterminated character class starting here (mend it)"]),
        GoldenCase(
            "any_word: [cat]", "regex: \"\\\\bcat(\"",
            ["p.yaml:13:32: the regex is refused: Missing close parenthesis for group started here (mend it)"]
        ),
        GoldenCase(
            "any_word: [cat]", "regex: [dog, 'cat**']",
            ["p.yaml:13:36: the regex is refused: Invalid repeat here (mend it)"]),
        GoldenCase(
            "a: {body: {any_word: [cat]}}", "a:\n        body:\n          regex: |-\n            cat**",
            ["p.yaml:16:17: the regex is refused: Invalid repeat here (mend it)"]),
        GoldenCase(
            "any_word: [cat]", "regex: 'x*'",
            [
                "p.yaml:13:25: the regex is refused: it also matches nothing at all (ask for at least one character)"
            ]),
        GoldenCase(
            "any_word: [cat]", "regex: 'x.{1,30000}y'",
            [
                "p.yaml:13:25: the regex is refused: Pattern is too large (make its repeats smaller, split it, or use near)"
            ]),
        GoldenCase(
            "text: a cat", "text: a cat, body: a cat",
            ["p.yaml:20:18: an example has text or body, which are the same (keep one)"]),
        GoldenCase(
            "text: a cat", "txet: a cat",
            [
                "p.yaml:20:12: unknown field \"txet\" in an example (one of text, body, title, language, community, source, kind, author, age, created_at, url, links, media, thread, flags, scores, history, now)"
            ]),
        GoldenCase(
            "text: a cat", "text: a cat, language: french",
            [
                "p.yaml:20:35: \"french\" is no language of posts (use its code of two or three letters, such as fr)"
            ]),
        GoldenCase(
            "text: a cat", "text: a cat, age: soon", ["p.yaml:20:30: \"soon\" is no time (such as 3 days)"]),
        GoldenCase(
            "text: a cat", "text: a cat, created_at: yesterday",
            ["p.yaml:20:37: created_at must be a time (such as 2026-03-01T09:30:00Z)"]),
        GoldenCase(
            "text: a cat", "text: a cat, age: 3 days, created_at: '2026-03-01T09:30:00Z'",
            ["p.yaml:20:30: an example has age or created_at, which say the same (keep one)"]),
        GoldenCase(
            "text: a cat", "text: a cat, author: {earlier_flags: few}",
            ["p.yaml:20:49: earlier_flags must be a whole number (0 or more)"]),
        GoldenCase(
            "text: a cat", "text: a cat, scores: {toxicity: 2}",
            ["p.yaml:20:44: \"2\" is no score (a number from 0 to 1)"]),
        GoldenCase(
            "text: a cat", "text: a cat, scores: 1",
            ["p.yaml:20:33: scores must be a mapping (such as {toxicity: 0.9})"]),
        GoldenCase(
            "text: a cat", "text: a cat, history: {removals: 3}",
            [
                "p.yaml:20:35: \"removals\" is no part of history (posts, flags or removals, and in how much time, such as removals/7 days)"
            ]),
        GoldenCase(
            "text: a cat", "text: a cat, history: 3",
            ["p.yaml:20:34: history must be a mapping (such as {removals/7 days: 3})"]),
        GoldenCase(
            "flags: [x, y]", "flags: {reason: x, trusted: maybe}",
            ["p.yaml:20:53: trusted must be true or false"]),
        GoldenCase("pass: [dog]", "pass: dog", ["p.yaml:21:13: pass must be a list (put it in [ ])"]),
        GoldenCase(
            "rules:\n  - id: p/r\n    status: live\n    languages: [en, fr]\n    selections:\n      a: {body: {any_word: [cat]}}\n      n: {flags.count: {ge: 2}}\n      h: {history.posts: {ge: 2, within: 7 days}}\n    when: a and (n or h)\n    recommend: remove\n    examples:\n      match:\n        - {text: a cat, flags: [x, y]}\n      pass: [dog]\n",
            "rules: []\n", ["p.yaml:8:8: a policy needs at least one rule (add one, or take the file away)"]),
    ]
}
