import Foundation
import Moderation
import PolicyEngine
import Testing

@Suite("What hostile posts and careless policies must not do")
struct HardeningTests {
    private static let right = """
        id: p
        title: P
        guidance: G
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: moderate
        actions: [remove, keep]
        rules:
          - id: p/r
            selections:
              a: {text: {any_word: [kill]}}
          - id: p/s
            selections:
              a: {text: {regex: 'lo+l'}}
          - id: p/t
            selections:
              a: {text: {contains: [zz]}}
          - id: p/u
            selections:
              a: {text: {exists: false}}
              b: {kind: {equals: profile}}
        """

    private func load(_ old: String = "", _ new: String = "") -> PolicyLoad {
        let text = old.isEmpty ? Self.right : Self.right.replacing(old, with: new, maxReplacements: 1)
        return PolicyLoader.load(files: [(name: "p.yaml", text: text)])
    }

    private func evaluate(_ post: FlaggedPost) throws -> Evaluation {
        let bundle = try #require(load().bundle)
        return try Evaluator(bundle: bundle, cacheDirectory: nil)
            .evaluate(post, now: Timestamp(milliseconds: 0))
    }

    private func post(_ body: String) -> FlaggedPost { FlaggedPost(source: "s", externalID: "1", body: body) }

    // MARK: Policies

    @Test(arguments: [
        ("hazard: moderate", "hazard: &h moderate", "p.yaml:6:"),
        ("title: P\nguidance: G", "title: &t P\nguidance: *t", "p.yaml:3: aliases"),
        ("id: p/s", "id: p/r", "p.yaml:12:9: the rule \"p/r\" is there twice"),
        ("[remove, keep]", "[]", "p.yaml:7:10: a policy needs at least one action"),
    ])
    func aliasesTwinsAndEmptyListsAreRefused(_ old: String, _ new: String, _ message: String) {
        #expect(load().diagnostics.isEmpty)
        let load = load(old, new)
        #expect(load.bundle == nil)
        #expect(load.diagnostics.first?.description.hasPrefix(message) == true, "\(load.diagnostics)")
    }

    @Test(
        arguments: ["? *a%\n  : 1\n  ? *a%\n  : 2", "{*a% : 1, *a% : 2}", "? [*a%]\n  : 1"])
    func aliasesToAliasesInNamesKeepNobodyWaiting(_ name: String) {
        let ten = { (name: String) in Array(repeating: name, count: 10).joined(separator: ",") }
        let levels = (1..<30).map { "a\($0): &a\($0) [\(ten("*a\($0 - 1)"))]\n" }.joined()
        let text = "a0: &a0 [\(ten("x"))]\n\(levels)k:\n  \(name.replacing("%", with: "29"))\n"
        let load = withinAMinute { PolicyLoader.load(files: [(name: "p.yaml", text: text)]) }
        #expect(load.bundle == nil)
        #expect(
            load.diagnostics.map(\.description) == ["p.yaml:2: aliases are not read (write the value out)"])
    }

    @Test func starsAndAmpersandsInTextAreNoAliases() {
        #expect(load("title: P", "title: 'R&D, x*D, fish & chips, *very* good, Q&A'").diagnostics.isEmpty)
    }

    @Test func bracketsInQuotedTextAreNoNesting() {
        let smileys = String(repeating: "[{", count: 80)
        #expect(load("title: P", "title: '\(smileys)'").diagnostics.isEmpty)
    }

    @Test(arguments: [17, 990, 5000])
    func bracketsNestedTooDeeplyAreRefused(_ depth: Int) {
        let nest = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let load = load("title: P", "title: \(nest)")
        #expect(load.bundle == nil && load.diagnostics.count == 1, "\(load.diagnostics)")
    }

    @Test func aFolderThatIsALinkLoads() throws {
        let folder = NSTemporaryDirectory() + "releve-policies-" + UUID().uuidString
        defer {
            try? FileManager.default.removeItem(atPath: folder)
            try? FileManager.default.removeItem(atPath: folder + "-link")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(Self.right.utf8).write(to: URL(fileURLWithPath: folder + "/p.yaml"))
        try FileManager.default.createSymbolicLink(atPath: folder + "-link", withDestinationPath: folder)
        let load = try PolicyLoader.load(directory: folder + "-link")
        #expect(load.bundle?.policies.count == 1 && load.diagnostics.isEmpty)
        #expect(throws: Diagnostic.self) { try PolicyLoader.load(directory: folder + "-none") }
    }

    // MARK: Posts

    @Test func aFloodOfOneMatchHidesNoOther() throws {
        let body = String(repeating: "zz ", count: 60_000) + "kill"
        let rules = try evaluate(post(body)).findings.map(\.rule.rawValue)
        #expect(rules.contains("p/r") && rules.contains("p/t"))
    }

    /// Only what stands around a disguised word is read again; a word that is cut off there is no shorter word.
    @Test func aWordNearADisguisedOneIsNotCutShort() throws {
        for distance in 0..<60 {
            let gap = String(repeating: "-", count: distance)
            for body in ["skill\(gap) b0b", "b0b \(gap)killer"] {
                #expect(try evaluate(post(body)).findings.isEmpty, "\(body)")
            }
            #expect(try evaluate(post("k1ll\(gap) killer")).findings.map(\.rule.rawValue) == ["p/r"])
        }
    }

    @Test func aLetterWrittenTwiceIsNoLetterHeldDown() throws {
        #expect(
            try evaluate(post("sooon kiil it, killl it")).findings.first?.evidence.map(\.range) == [15..<20])
        #expect(try evaluate(post("sooon kiill it")).findings.isEmpty)
    }

    /// The scanner misses some of these without what is put behind the texts.
    @Test func whereATextLiesInMemoryHidesNothing() throws {
        let text = Self.right.replacing("[kill]", with: "[փող, սպանել]")
        let bundle = try #require(PolicyLoader.load(files: [(name: "p.yaml", text: text)]).bundle)
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
        let now = Timestamp(milliseconds: 0)
        for (before, word, after) in [
            ("ตาย ขาย 12 ตาย ตาย! เงิน! ขาย😀เงิน 12 . ", "սպանել", " .قتل — "),
            ("θανατοσ σκοτωσω θανατοσ 12 λεφτα θανατοσ λεφτα λεφτα😀. ", "փող", " .قتل! اقتلك! "),
        ] {
            for shift in 0..<128 {
                var post = post(before + word + after)
                post.title = String(repeating: "-", count: shift)
                let found = evaluator.evaluate(post, now: now).findings
                #expect(found.map(\.rule.rawValue) == ["p/r"], "\(shift)")
            }
        }
    }

    /// The scanner has fast ways through texts from some length on, and other ones near the end.
    @Test(arguments: [
        ("a+b", "aab"), ("[0-9]+ab", "11ab"), ("x+y", "xxy"), ("(?:a|b)+cd", "abcd"), ("k.*l", "kxl"),
        ("l+", "ll"),
        ("q[a-z]*u", "qxu"), ("(?:ha){2,}h", "hahah"), ("kil+", "kill"),
    ])
    func anExpressionFindsItsWordAtEveryPlace(_ expression: String, _ word: String) throws {
        let bundle = try #require(load("'lo+l'", "'\(expression)'").bundle)
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
        var missed: [String] = []
        for length in [1, 60, 63, 64, 65, 70, 127, 128, 200, 255, 256, 300, 70_000] {
            for after in [0, 1, 5, 30, 70] {
                let body =
                    String(repeating: "- ", count: length) + " \(word) "
                    + String(repeating: " -", count: after)
                let findings = evaluator.evaluate(post(body), now: Timestamp(milliseconds: 0)).findings
                if !findings.contains(where: { $0.rule.rawValue == "p/s" }) {
                    missed.append("\(length), \(after)")
                }
            }
        }
        #expect(missed == [])
    }

    @Test func everyMatchIsNamedOnceAndInOrder() throws {
        let findings = try evaluate(post("looool and kill, k1ll; lol")).findings
        let ranges = findings.map { finding in finding.evidence.compactMap(\.range) }
        #expect(ranges.contains([0..<6, 23..<26]))
        #expect(ranges.contains([11..<15, 17..<21]))
    }

    @Test(arguments: ["К1ll", "kіll", "ΚILL", "ⓚⓘⓛⓛ", "k\u{E0061}i\u{200D}ll"])
    func disguisesAreSeenThroughTogether(_ word: String) throws {
        #expect(try evaluate(post("I will \(word) it")).findings.map(\.rule.rawValue) == ["p/r"])
    }

    @Test func aTitleIsTextToo() throws {
        var profile = post("")
        profile.kind = "profile"
        #expect(try evaluate(profile).findings.map(\.rule.rawValue) == ["p/u"])
        profile.title = "A title"
        #expect(try evaluate(profile).findings.isEmpty)
    }

    @Test(arguments: ["It is kind of rude", "some kind of spam"])
    func everydayWordsInReasonsAreNoChildSafety(_ reason: String) throws {
        var rude = post("nothing")
        rude.flags = [Flag(reason: reason)]
        #expect(try evaluate(rude).hazard <= .mild)
        rude.flags = [Flag(reason: "Kindesmissbrauch")]
        #expect(try evaluate(rude).hazard == .extreme)
    }
}

@Suite("Posts that cost as much as they can")
struct CostlyPostTests {
    /// Parts of a post, and how often the middle one is written.
    private static let posts: [String: (String, String, Int, String)] = [
        "one word": ("", "I will kill you ", 65_536, ""), "marks": ("k", "\u{301}", 100_000, "ill you"),
        "letters apart": ("", "k i l l ", 131_072, ""), "mixed scripts": ("", "к1ll", 100_000, ""),
        "one letter": ("", "a", 1 << 20, ""),
    ]

    @Test(arguments: posts.keys.sorted())
    func anyPostEndsWithinABound(_ name: String) throws {
        let (start, part, times, end) = try #require(Self.posts[name])
        let load = try PolicyLoader.load(directory: Repository.root + "/Policies")
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let body = start + String(repeating: part, count: times) + end
        let post = FlaggedPost(source: "s", externalID: "1", body: body)
        let count = body.unicodeScalars.count
        let evaluation = withinAMinute { evaluator.evaluate(post, now: Timestamp(milliseconds: 0)) }
        #expect(evaluation.findings.flatMap(\.evidence).allSatisfy { ($0.range?.upperBound ?? 0) <= count })
        let explained = withinAMinute { evaluator.explain(post, now: Timestamp(milliseconds: 0)) }
        #expect(
            explained.rules.count { $0.outcome == .matched }
                == evaluation.findings.count + evaluation.shadow.count)
    }
}
