import Moderation
import PolicyEngine
import Testing

@Suite("What an evaluation says, and in what order")
struct EvaluationTests {
    private static func policy(_ id: String, hazard: String, rules: String) -> (name: String, text: String) {
        let text = """
            id: \(id)
            title: {en: Title, fr: Titre}
            guidance: G
            neutral: {en: "Neutral \(id).", fr: "Neutre \(id)."}
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: \(hazard)
            actions: [label, remove, suspend, keep]
            rules:

            """
        return (name: "\(id).yaml", text: text + rules)
    }

    private static func rule(_ id: String, _ test: String, recommend: String? = nil, extra: String = "")
        -> String
    {
        "  - id: \(id)\n\(extra)    selections: {a: {\(test)}}\n"
            + (recommend.map { "    recommend: \($0)\n" } ?? "")
    }

    private func evaluator(_ files: [(name: String, text: String)]) throws -> Evaluator {
        let load = PolicyLoader.load(files: files)
        #expect(load.diagnostics.map(\.description) == [])
        return try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
    }

    private func post(_ body: String, language: String? = nil) -> FlaggedPost {
        FlaggedPost(source: "s", externalID: "1", body: body, language: language)
    }

    private let now = Timestamp(milliseconds: 0)

    // MARK: Order

    @Test func theMostSeriousComesFirstAndTheStrongestIsRecommended() throws {
        let cat = "body: {any_word: [cat]}"
        let evaluator = try evaluator([
            Self.policy(
                "mild", hazard: "mild",
                rules: Self.rule("mild/z", cat, recommend: "suspend") + Self.rule("mild/b", cat)),
            Self.policy(
                "severe", hazard: "severe",
                rules: Self.rule("severe/b", cat, recommend: "label")
                    + Self.rule("severe/a", cat, recommend: "label")
                    + Self.rule("severe/c", cat, recommend: "remove")),
        ])
        let found = evaluator.evaluate(post("a cat"), now: now)
        #expect(
            found.findings.map(\.rule.rawValue) == ["severe/c", "severe/a", "severe/b", "mild/z", "mild/b"])
        #expect(found.recommendation?.rule.rawValue == "mild/z" && found.recommendation?.action == .suspend)
        #expect(found.hazard == .severe && found.bundle == evaluator.bundle.digest)
        #expect(evaluator.evaluate(post("a dog"), now: now).recommendation == nil)
    }

    // MARK: Neutral lines

    @Test func theNeutralLineComesFromTheWorstFindingThenTheFlagsThenNothing() throws {
        let evaluator = try evaluator([
            Self.policy("low", hazard: "mild", rules: Self.rule("low/a", "body: {any_word: [cat]}")),
            Self.policy("top", hazard: "severe", rules: Self.rule("top/a", "body: {any_word: [dog]}")),
        ])
        func line(_ body: String, _ language: String, reason: String? = nil) -> String {
            var post = post(body)
            post.flags = reason.map { [Flag(reason: $0)] } ?? []
            return neutralLine(
                for: evaluator.evaluate(post, now: now), post: post, bundle: evaluator.bundle,
                language: language)
        }
        #expect(line("cat and dog", "en") == "Neutral top." && line("cat and dog", "fr") == "Neutre top.")
        #expect(line("cat", "de") == "Neutral low.")
        #expect(line("nothing", "en") == "A post of unknown content.")
        #expect(line("nothing", "fr") == "Un message au contenu inconnu.")
        let flagged = line("nothing", "en", reason: "spam <script>")
        #expect(!flagged.contains("script") && flagged != line("nothing", "en"))
    }

    // MARK: Rules for languages, lists

    @Test func aRuleForLanguagesLeavesOthersAloneAndTakesTheUnknown() throws {
        let evaluator = try evaluator([
            Self.policy(
                "p", hazard: "mild",
                rules: Self.rule("p/a", "body: {any_word: [gift]}", extra: "    languages: [de, fr]\n"))
        ])
        for (language, count) in [("de", 1), ("en", 0), ("fr", 1), (nil, 1)] as [(String?, Int)] {
            #expect(evaluator.evaluate(post("Gift", language: language), now: now).findings.count == count)
        }
    }

    @Test func listsBesideThePolicyAreReadAndKeptInTheBundle() throws {
        let policy = Self.policy("p", hazard: "mild", rules: Self.rule("p/a", "body: {in_list: words/x.txt}"))
        let evaluator = try evaluator([
            policy, (name: "words/x.txt", text: "# not this\ncat\r\n\n  Red Dog  \n"),
            (name: "unused.txt", text: "x"),
        ])
        for (body, count) in [("Cats", 0), ("CAT", 1), ("a red  dog", 1), ("not this", 0), ("#", 0)] {
            #expect(evaluator.evaluate(post(body), now: now).findings.count == count, "\(body)")
        }
        let again = try PolicyBundle(canonical: evaluator.bundle.canonical)
        #expect(again.digest == evaluator.bundle.digest && again.policies == evaluator.bundle.policies)
        #expect(!again.canonical.contains("unused.txt"))
        let missing = PolicyLoader.load(files: [policy])
        #expect(missing.bundle == nil)
        #expect(missing.diagnostics.first?.description.hasPrefix("p.yaml:10:38: there is no list") == true)
    }

    // MARK: Offsets

    /// A word in a disguise, one that the seed chooses.
    private func disguised(_ word: String, using generator: inout SeededGenerator) -> String {
        let variants: [Character: [String]] = [
            "k": ["k", "K", "ｋ", "Ｋ", "ⓚ", "𝐤", "k\u{301}", "k\u{200B}"],
            "i": ["i", "I", "і", "1", "ｉ", "i\u{200B}", "í"],
            "l": ["l", "L", "ｌ", "l\u{2060}", "𝓵", "l\u{E0041}", "l\u{200D}"],
        ]
        return word.map { variants[$0]?.randomElement(using: &generator) ?? String($0) }.joined()
    }

    @Test(arguments: 0..<300)
    func evidenceCoversTheDisguisedWordAndNothingElse(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let noise = ["ﬁn ", "👨‍👩‍👧 ", "e\u{301}té ", "\u{202E}", "שלום ", "日本 ", "½ ", "  \t", "ß. ", "ok, "]
        let pieces = { (generator: inout SeededGenerator) in
            (0..<Int.random(in: 0..<8, using: &generator)).map { _ in
                noise.randomElement(using: &generator) ?? ""
            }
            .joined()
        }
        let word = disguised("kill", using: &generator)
        let before = pieces(&generator) + " "
        let body = before + word + " " + pieces(&generator)
        let evaluator = Self.kill
        let finding = try #require(
            evaluator?.evaluate(post(body), now: now).findings.first,
            "seed \(seed): \(body.unicodeScalars.map { String($0.value, radix: 16) })")
        #expect(finding.evidence.count == 1)
        let range = try #require(finding.evidence.first?.range)
        let scalars = Array(body.unicodeScalars)
        let covered = String(String.UnicodeScalarView(scalars[range]))
        // Invisible characters and accents at the very end belong to no letter, so they may stay outside.
        #expect(range.lowerBound == before.unicodeScalars.count, "seed \(seed)")
        #expect(word.unicodeScalars.starts(with: covered.unicodeScalars), "seed \(seed)")
        #expect(
            evaluator?.evaluate(post(covered), now: now).findings.first?.evidence.first?.range
                == 0..<covered.unicodeScalars.count, "seed \(seed)")
    }

    private static let kill: Evaluator? = {
        let load = PolicyLoader.load(files: [
            policy("p", hazard: "mild", rules: rule("p/a", "body: {any_word: [kill]}"))
        ])
        return load.bundle.flatMap { try? Evaluator(bundle: $0, cacheDirectory: nil) }
    }()

    // MARK: Threads

    @Test func manyThreadsGetTheSameAnswers() async throws {
        let evaluator = try #require(Self.kill)
        let bodies = (0..<200).map { $0.isMultiple(of: 3) ? "I k1ll it \($0)" : "a walk \($0)" }
        let moment = now
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    bodies.reduce(0) { sum, body in
                        let post = FlaggedPost(source: "s", externalID: "1", body: body)
                        return sum + evaluator.evaluate(post, now: moment).findings.count
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 67, count: 8))
    }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    /// Numbers that have nothing to do with those of the seed beside it, which states side by side would share.
    init(seed: Int) {
        state = UInt64(bitPattern: Int64(seed))
        state = next()
    }

    init(state: UInt64) { self.state = state }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
