import Moderation
import PolicyEngine
import Testing

@Suite("An AutoModerator configuration that searches texts and addresses behaves as it did")
struct AutoModeratorSearchTests {
    private static let configuration = #"""
        # Words never wanted
        title+body: [badword, "two words"]
        action: remove
        action_reason: Listed word
        ---
        # Part of a word
        body (includes): "viagr"
        action: spam
        ---
        # Starts
        type: submission
        title (starts-with): ["[meta]", "breaking:"]
        action: filter
        ---
        # Ends
        type: submission
        title (ends-with): ["?!", anyone]
        action: report
        report_reason: "Asks everybody"
        ---
        # Exact
        type: comment
        body (full-exact): ["this", "first"]
        action: remove
        ---
        # Nothing else
        type: comment
        body (full-text): ["lol", "so true"]
        action: remove
        ---
        # Shouted
        body (case-sensitive, includes-word): ["BUY"]
        action: filter
        ---
        # Expressions
        title+body (regex): ['gr[ae]y\s+market', "\\d{3}-\\d{4}"]
        action: remove
        ---
        # Crosses
        body (includes, regex): 'x{4,}'
        action: report
        ---
        # Untagged
        type: text submission
        ~title (regex, starts-with): '\[[a-z]+\]'
        action: remove
        ---
        # Both
        body#1: [free, gratis]
        body#2 (includes): [coin, token]
        action: spam
        ---
        # One and not the other
        type: comment
        body: refund
        ~body#2: [policy, policies]
        action: filter
        ---
        # Domains
        domain: [evil.example, "self.offtopic"]
        action: remove
        ---
        # Short links
        url+body (includes): ["sh.example/", "tiny.example/"]
        action: spam
        ---
        # No picture
        type: link submission
        ~url (ends-with): [.png, .jpg]
        domain: pics.example
        action: filter
        ---
        # Hosts
        domain (regex): '(?:ads|track)\d*\.example'
        action: report
        ---
        # Addresses
        url (regex): '/ref=\w+$'
        action: report
        ---
        # Whole title
        title (full-exact, case-sensitive): [Help]
        action: report
        """#

    static let rows: [AutoModeratorRow] = [
        .init(.comment("that badword again"), "remove", "words-never-wanted"),
        .init(.comment("BADWORD!"), "remove", "words-never-wanted"),
        .init(.comment("badwords are others"), ""),
        .init(.comment("bad_badword_"), ""),
        .init(.comment("b4dword, báдword"), ""),
        .init(.text("[a] two words", "clean"), "remove", "words-never-wanted"),
        .init(.text("[a] clean", "the two words"), "remove", "words-never-wanted"),
        .init(.comment("cheap VIAGRA"), "remove", "part-of-a-word"),
        .init(.link("Breaking: news", "https://a.example/"), "restrict", "starts"),
        .init(.text("[META] on rules"), "restrict", "starts"),
        .init(.text("[a] on [meta] rules"), ""),
        .init(.text("[a] is it true?!"), "report", "ends"),
        .init(.text("[a] has Anyone"), "report", "ends"),
        .init(.text("[a] anyone here"), ""),
        .init(.comment("is it true?!"), ""),
        .init(.comment("First"), "remove", "exact"),
        .init(.comment("first!"), ""),
        .init(.text("[a] b", "first"), ""),
        .init(.comment("  lol!!! "), "remove", "nothing-else"),
        .init(.comment("So true..."), "remove", "nothing-else"),
        .init(.comment("«lol» 😀…"), "remove", "nothing-else"),
        .init(.comment("это lol"), ""),
        .init(.comment("lol no"), ""),
        .init(.comment("BUY it"), "restrict", "shouted"),
        .init(.comment("buy it"), ""),
        .init(.comment("BUYERS"), ""),
        .init(.comment("the Grey   market"), "remove", "expressions"),
        .init(.comment("call 555-1234 now"), "remove", "expressions"),
        .init(.comment("number 5555-1234"), ""),
        .init(.comment("gray markets"), ""),
        .init(.comment("BUY on the gray market"), "restrict", "shouted"),
        .init(.comment("a badword, BUY"), "remove", "words-never-wanted", "shouted"),
        .init(.comment("oXXXXo"), "report", "crosses"),
        .init(.text("no tag"), "remove", "untagged"),
        .init(.text("[tag] yes"), ""),
        .init(.link("no tag", "https://a.example/"), ""),
        .init(.comment("free bitcoins"), "remove", "both"),
        .init(.comment("free coffee"), ""),
        .init(.comment("tokens"), ""),
        .init(.comment("I want a refund"), "restrict", "one-and-not-the-other"),
        .init(.comment("our refund policy"), ""),
        .init(.text("[a] refund", "refund"), ""),
        .init(.link("a", "https://www.evil.example/x"), "remove", "domains"),
        .init(.link("a", "https://devil.example/x"), ""),
        .init(.link("a", "https://evil.example.org/x"), ""),
        .init(.text("[a] b").within("offtopic"), "remove", "domains"),
        .init(.link("a", "https://x.example/").within("offtopic"), ""),
        .init(.comment("see https://evil.example/"), ""),
        .init(.comment("see https://SH.example/1"), "remove", "short-links"),
        .init(.link("a", "https://tiny.example/1"), "remove", "short-links"),
        .init(.link("a", "https://pics.example/1.html"), "restrict", "no-picture"),
        .init(.link("a", "https://pics.example/1.png"), ""),
        .init(.link("a", "https://ads12.example/1"), "report", "hosts"),
        .init(.link("a", "https://x.example/ads12.example"), ""),
        .init(.link("a", "https://shop.example/ref=me"), "report", "addresses"),
        .init(.link("a", "https://shop.example/ref=me/2"), ""),
        .init(.link("Help", "https://a.example/"), "report", "whole-title"),
        .init(.link("help", "https://a.example/"), ""),
        // Of posts that are only called posts, links without text and texts without links are known.
        .init(.link("a", "https://evil.example/x").ofKind("post"), "remove", "domains"),
        .init(.text("no tag", "words").ofKind("post"), "remove", "untagged"),
        .init(.link("no tag", "https://evil.example/x", "words").ofKind("post"), ""),
        .init(.comment("badword").ofKind("message"), "remove", "words-never-wanted"),
    ]

    @Test func itBehavesAsBefore() throws {
        let imported = try ImportedConfiguration(Self.configuration, file: "conf/words.yaml")
        #expect(imported.policy.id == "words" && imported.policy.rules == 18 && imported.policy.drafts == 0)
        for row in Self.rows { imported.check(row) }
    }

    @Test func itLintsCleanAndItsExamplesHold() throws {
        let imported = try ImportedConfiguration(Self.configuration, file: "conf/words.yaml")
        #expect(imported.lint == [])
        let report = try PolicyTester.test(imported.bundle)
        #expect(report.failures.map(\.description) == [])
        // One that matches and one that passes for each rule.
        #expect(report.passed == 2 * 18)
    }

    @Test func whatDiffersIsSaid() throws {
        let imported = try ImportedConfiguration(Self.configuration, file: "conf/words.yaml")
        #expect(
            imported.policy.notes.map(\.description) == [
                "conf/words.yaml:2:1: moderators_exempt: AutoModerator passes over moderators in rules that remove, "
                    + "filter or report; posts do not say who moderates (give their names with --moderators; said once)",
                "conf/words.yaml:8:1: action: spam: it recommends remove; the platform's spam filter learns nothing "
                    + "from it",
                "conf/words.yaml:36:1: regex: in expressions \\w, \\W, \\d and \\b know letters and digits of ASCII "
                    + "only (said once)",
                "conf/words.yaml:51:1: action: spam: it recommends remove; the platform's spam filter learns nothing "
                    + "from it",
                "conf/words.yaml:65:1: action: spam: it recommends remove; the platform's spam filter learns nothing "
                    + "from it",
            ])
    }
}
