import Foundation
import Moderation
import PolicyEngine
import Testing

@Suite("Rules find what they say and show where")
struct RuleTests {
    /// A policy with one rule around these selections.
    private func policy(_ selections: String, when: String? = nil) -> String {
        """
        id: p
        title: P
        guidance: G
        neutral: A post.
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: moderate
        actions: [remove, keep]
        rules:
          - id: p/r
            selections:
        \(selections.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
        \(when.map { "    when: " + $0 } ?? "")
            recommend: remove

        """
    }

    private func finding(_ selections: String, when: String? = nil, in post: FlaggedPost) throws -> Finding? {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: policy(selections, when: when))])
        #expect(load.diagnostics.map(\.description) == [])
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        return evaluator.evaluate(post, now: Timestamp(milliseconds: 100 * 86_400_000)).findings.first
    }

    private func post(_ body: String) -> FlaggedPost { FlaggedPost(source: "s", externalID: "1", body: body) }

    @Test(arguments: [
        ("a: {body: {any_word: [cat, dog]}}", "a Dog!", "a dogma"),
        ("a: {body: {phrase: [\"find you\"]}}", "I FIND\n you", "find your"),
        ("a: {body: {contains: [at]}}", "scatter", "scoter"),
        ("a: {body: {starts_with: [buy]}}", "Buyer beware", "they buy"),
        ("a: {body: {ends_with: [now]}}", "act NOW", "now act"),
        ("a: {body: {regex: 'k[0-9]{2}x'}}", "in k42x out", "k4x"),
        ("a: {body: {equals: [yes]}}", "YES", "yes yes"),
        ("a: {text: {any_word: [été]}}", "un ÉTÉ", "aimant"),
        ("a: {body: {any_word: [paypal]}}", "your pаypal login", "your pal"),
        ("a: {body: {any_word: [kill]}}", "I k1ll, I k.i.l.l", "skill"),
        ("a: {body: {any_word: [kill]}}", "ki\u{200B}ll", "k"),
        ("a: {body: {any_word: [kill]}}", "ｋｉｌｌ", "ｋｉ"),
        ("a: {body: {any_word: [убью]}}", "Я тебя УБЬЮ", "убьюсь"),
        ("a: {body: {any_word: [死]}}", "必死です", "必要"),
    ])
    func textIsFound(_ selections: String, _ match: String, _ pass: String) throws {
        #expect(try finding(selections, in: post(match)) != nil)
        #expect(try finding(selections, in: post(pass)) == nil)
    }

    @Test func evidenceUnderlinesTheOriginalCharacters() throws {
        let body = "Ça: \u{200B}ｋ\u{301}Ill! yes"
        let found = try #require(try finding("a: {body: {any_word: [kill]}}", in: post(body)))
        let range = try #require(found.evidence.first?.range)
        let scalars = Array(body.unicodeScalars)
        #expect(String(String.UnicodeScalarView(scalars[range])) == "ｋ\u{301}Ill")
    }

    @Test func factsAreCompared() throws {
        var post = post("x")
        post.author = Author(accountCreatedAt: Timestamp(milliseconds: 98 * 86_400_000), earlierRemovals: 3)
        post.flags = [Flag(reason: "a", reporter: "1"), Flag(reason: "b", reporter: "1", isTrusted: true)]
        post.links = [Link(url: "https://login.evil.example/x")]
        post.scores = ["toxicity": 850]
        post.community = "Gaming"
        let holding = [
            "author.account_age: {lt: 3 days}", "author.earlier_removals: {ge: 3}",
            "flags.count: {equals: 2}",
            "flags.reporters: {le: 1}", "flags.trusted: {equals: true}", "links: {domain_in: [evil.example]}",
            "scores.toxicity: {gt: 0.8}", "community: {any_of: [gaming]}", "title: {exists: false}",
        ]
        for test in holding { #expect(try finding("a: {\(test)}", in: post) != nil, "\(test)") }
        let failing = [
            "author.account_age: {gt: 3 days}", "flags.count: {gt: 2}", "links: {domain_in: [vil.example]}",
            "scores.spam: {gt: 0}", "community: {any_of: [game]}", "flags.trusted: {equals: false}",
        ]
        for test in failing { #expect(try finding("a: {\(test)}", in: post) == nil, "\(test)") }
    }

    @Test(arguments: [
        ("a and not b", "one", true), ("a and not b", "one two", false), ("any of them", "three", true),
        ("2 of them", "one", false), ("2 of them", "one three", true), ("all of them", "one two three", true),
        ("not (a or b)", "three", true), ("a or b and c", "one", true), ("(a or b) and c", "one", false),
    ])
    func conditionsHoldAsWritten(_ when: String, _ body: String, _ holds: Bool) throws {
        let selections =
            "a: {body: {any_word: [one]}}\nb: {body: {any_word: [two]}}\nc: {body: {any_word: [three]}}"
        #expect((try finding(selections, when: when, in: post(body)) != nil) == holds)
    }

    @Test func aCacheIsUsedAndADamagedOneIsMadeAnew() throws {
        let folder = NSTemporaryDirectory() + "releve-cache-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: policy("a: {body: {any_word: [cat]}}"))])
        let bundle = try #require(load.bundle)
        for round in 0..<3 {
            let evaluator = try Evaluator(bundle: bundle, cacheDirectory: folder)
            #expect(evaluator.evaluate(post("a cat"), now: Timestamp(milliseconds: 0)).findings.count == 1)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files.count == 1)
            let path = folder + "/" + (files.first ?? "")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            if round == 1 {
                var bytes = try #require(FileManager.default.contents(atPath: path))
                bytes[bytes.count / 2] ^= 0xFF
                try bytes.write(to: URL(fileURLWithPath: path))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            }
        }
    }

    @Test func whatIsNotKnownCountsAsMildAndFlagsSpeakForThemselves() throws {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: policy("a: {body: {any_word: [cat]}}"))])
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        func hazard(_ reason: String?) -> Hazard {
            var post = post("nothing")
            post.flags = reason.map { [Flag(reason: $0)] } ?? []
            return evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).hazard
        }
        #expect(hazard(nil) == .mild && hazard("I dislike it") == .mild)
        #expect(
            hazard("spam") == .none && hazard("Harassment") == .mild && hazard("hate speech") == .moderate)
        #expect(hazard("graphic violence") == .severe && hazard("CSAM") == .extreme)
    }
}

@Suite("A wrong policy is named by file, line and remedy")
struct DiagnosticTests {
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
              a: {body: {any_word: [cat]}}
            when: a
        """

    @Test(arguments: [
        (
            "a: {body:", "a: {bodi:",
            "p.yaml:11:11: unknown field \"bodi\" in selection \"a\" (did you mean \"body\"?)"
        ),
        (
            "any_word:", "anyword:",
            "p.yaml:11:18: the field \"body\" has no operator \"anyword\" (did you mean \"any_word\"?)"
        ),
        (
            "hazard: moderate", "hazard: modrate",
            "p.yaml:6:9: unknown hazard \"modrate\" (did you mean \"moderate\"?)"
        ),
        ("when: a", "when: a and c", "p.yaml:12:17: unknown selection \"c\" in when (did you mean \"a\"?)"),
        ("when: a", "when: a and", "p.yaml:12:13: when ends too early"),
        ("[remove, keep]", "[remove, kep]", "p.yaml:7:19: unknown action \"kep\" (did you mean \"keep\"?)"),
        (
            "{any_word: [cat]}", "{regex: '(?=x)'}",
            "p.yaml:11:26: the regex is refused"
        ),
        ("{any_word: [cat]}", "{regex: 'x*'}", "p.yaml:11:25: the regex is refused"),
        ("id: p/r", "id: q/r", "p.yaml:9:9: a rule's id must be \"p/\" and a name"),
        ("title: P\n", "", "p.yaml:1:1: the field \"title\" is missing"),
        ("STATEMENT_CATEGORY_VIOLENCE", "STATEMENT_CATEGORY_VIOLENC", "p.yaml:5:17: unknown DSA category"),
        ("id: p\n", "id: p\nid: p\n", "p.yaml:"),
        ("hazard: moderate", "hazard: [", "p.yaml:"),
    ])
    func theMessageSaysIt(_ old: String, _ new: String, _ message: String) {
        #expect(PolicyLoader.load(files: [(name: "p.yaml", text: Self.right)]).diagnostics.isEmpty)
        let text = Self.right.replacing(old, with: new, maxReplacements: 1)
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: text)])
        #expect(load.bundle == nil)
        #expect(load.diagnostics.first?.description.hasPrefix(message) == true, "\(load.diagnostics)")
    }

    @Test func theGoodFileBesideABadOneLoads() {
        let load = PolicyLoader.load(files: [
            (name: "a.yaml", text: "id: ["), (name: "p.yaml", text: Self.right),
        ])
        #expect(load.bundle?.policies.count == 1 && load.diagnostics.count == 1)
    }

    @Test(arguments: [
        String(repeating: "[", count: 100_000), "a: &x [1]\nb: *x", String(repeating: "- ", count: 100_000),
        "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
            + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]",
        String(repeating: "x", count: 5 << 20), "", "\u{0}", "- just\n- a list",
    ])
    func hostileFilesGetOneClearMessage(_ text: String) {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: text)])
        #expect(load.bundle == nil && !load.diagnostics.isEmpty && load.diagnostics.count < 20)
    }
}
