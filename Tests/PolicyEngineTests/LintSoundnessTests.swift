import Moderation
import PolicyEngine
import Testing

@Suite("Lint raises no false alarm")
struct LintSoundnessTests {
    private static let tests = [
        "body: {any_word: [cat]}", "body: {any_word: [cat, dog]}", "text: {contains: [ca]}",
        "body: {phrase: [cat dog]}",
        "title: {exists: true}", "title: {exists: false}", "title: {any_word: [cat]}",
        "text: {exists: false}",
        "flags.count: {ge: 2}", "flags.count: {lt: 2}", "flags.count: {gt: 1, lt: 3}", "flags.count: {ge: 0}",
        "flags.trusted: {equals: true}", "flags.trusted: {equals: false}", "community: {equals: games}",
        "community: {any_of: [games, news]}", "community: {starts_with: [ga]}", "language: {equals: en}",
        "language: {equals: fr}", "author.earlier_flags: {ge: 1}", "author.earlier_flags: {le: 1}",
        "scores.toxicity: {ge: 0.5}", "scores.toxicity: {lt: 0.5}",
        "body: {near: {words: [cat, dog], within: 3}}",
        "links: {domain_in: [a.example]}", "links.count: {equals: 1.5}", "kind: {exists: false}",
        "body: {any_word: [cat], fold: plain}", "body: {starts_with: [cat]}", "body: {equals: [cat]}",
    ]
    private static let conditions = [
        "a", "a and b", "a or b", "a and not b", "not a and not b", "a or not b", "not (a and b)",
        "a and b and c",
        "2 of them", "any of them and not c", "a and (b or not c)", "a or b and not b", "not a",
        "a and not (b or c)",
    ]

    private func post(_ generator: inout SplitMix) -> FlaggedPost {
        func one<Value>(_ values: [Value]) -> Value { values[Int(generator.next() % UInt64(values.count))] }
        var post = FlaggedPost(
            source: "s", externalID: "1", title: one([nil, "", "a cat", "news"]),
            body: one(["", "cat", "a c4t", "dog", "cat dog", "ca", "scat", "caaat and dog", "nothing"]),
            language: one([nil, "en", "fr", "de"]), community: one([nil, "games", "Gardens", "news"]))
        post.flags = (0..<Int(generator.next() % 4)).map { _ in
            Flag(reason: "x", isTrusted: one([true, false]))
        }
        post.author.earlierFlags = one([nil, 0, 1, 2])
        post.scores = one([[:], ["toxicity": 499], ["toxicity": 500]])
        post.links = one([[], [Link(url: "https://b.a.example/x")], [Link(url: "https://c.example")]])
        return post
    }

    @Test func whatItSaysOfRandomRulesIsTrueOfRandomPosts() throws {
        var generator = SplitMix(state: 7)
        func pick(_ values: [String]) -> String { values[Int(generator.next() % UInt64(values.count))] }
        var rules = ""
        for number in 0..<240 {
            let parts = ["a", "b", "c"].map { "\($0): {\(pick(Self.tests))}" }.joined(separator: ", ")
            rules +=
                "  - id: p/r\(number)\n\(pick(["", "    languages: [en]\n"]))    selections: {\(parts)}\n"
                + "    when: \(pick(Self.conditions))\n    recommend: \(pick(["remove", "label"]))\n"
        }
        let head =
            "id: p\ntitle: P\nguidance: G\nneutral: N\ndsa: {category: STATEMENT_CATEGORY_VIOLENCE}\n"
            + "hazard: moderate\nactions: [remove, label]\nrules:\n"
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: head + rules)])
        #expect(load.diagnostics.map(\.description) == [])
        let bundle = try #require(load.bundle)
        let lint = PolicyLint.lint(bundle)
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
        func named(_ kind: Diagnostic.Kind) -> [[String]] {
            lint.filter { $0.kind == kind }.map { warning in
                warning.message.matches(of: /p\/r\d+/).map { String($0.output) }
            }
        }
        let (never, always) = (named(.neverFires).map { $0[0] }, named(.alwaysFires).map { $0[0] })
        let (shadows, twins) = (named(.shadowedRule), named(.duplicateRule))
        #expect(!never.isEmpty && !always.isEmpty && shadows.count > 10)
        for _ in 0..<400 {
            let post = post(&generator)
            let fired = Set(
                evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).findings.map(\.rule.rawValue))
            #expect(fired.isDisjoint(with: never))
            if post.language == nil || post.language == "en" { #expect(fired.isSuperset(of: always)) }
            for pair in shadows where fired.contains(pair[0]) {
                #expect(fired.contains(pair[1]), "\(pair) in \(post)")
            }
            for pair in twins { #expect(fired.contains(pair[0]) == fired.contains(pair[1])) }
        }
    }
}

/// The same numbers in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
