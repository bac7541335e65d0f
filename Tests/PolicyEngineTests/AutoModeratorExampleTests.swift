import Moderation
import PolicyEngine
import Testing

@Suite("Rules imported from AutoModerator come with examples, and without what says the same twice")
struct AutoModeratorExampleTests {
    private func rule(_ text: String, options: AutoModeratorOptions = AutoModeratorOptions()) throws -> Rule {
        let imported = try ImportedConfiguration(text, file: "a.yaml", options: options)
        #expect(imported.lint == [])
        #expect(try PolicyTester.test(imported.bundle).failures.map(\.description) == [])
        return try #require(imported.bundle.policies.first?.rules.first)
    }

    @Test func anExampleIsAWholePostWhereATextIsNotEnough() throws {
        let rule = try rule(
            """
            type: comment
            body (starts-with): [selling]
            body_longer_than: 60
            reports: 2
            is_top_level: false
            author:
                account_age: "< 3 days"
                name (regex, starts-with): ['shop_\\d+']
            action: remove
            """, options: AutoModeratorOptions(communities: ["market"]))
        let match = try #require(rule.matching.first)
        #expect(match.post.kind == "comment" && match.post.community == "market")
        #expect(match.post.body.hasPrefix("selling ") && match.post.body.count > 60)
        #expect(match.post.flags.count == 2 && match.post.thread.count == 2)
        #expect(match.post.author.handle == "shop_5")
        #expect(
            match.post.author.accountCreatedAt
                == Timestamp(milliseconds: match.now.milliseconds - 2 * 86_400_000))
        // One letter is missing from its word.
        #expect(rule.passing.first?.text.hasPrefix("sellin ") == true)
    }

    @Test(arguments: [
        "type: submission\naction: filter",
        "type: link submission\n~domain: [a.example, b.example]\naction: remove",
        "type: text submission\n~body (regex): '\\d{4}'\naction: remove",
        "~title+body: [please]\naction: report",
        "title (full-text): [\"help\"]\naction: report",
        "url (regex, full-exact): 'https://[a-z]+\\.example/\\d+'\naction: spam",
        "domain (ends-with): [.shop]\naction: spam",
        "type: comment\nbody_shorter_than: 3\naction: filter",
        "author: {account_age: '> 2 years'}\naction: approve\nreports: 1",
        "type: submission\npast_archive_date: true\naction: report",
        "~author: [ann]\nreports: 3\naction: remove",
        "type: poll submission\ntitle (includes): '?'\naction: report",
        "subreddit: {~name: [cats]}\nbody: dog\naction: report",
    ])
    func everyRuleHasOneThatMatchesAndOneThatPasses(_ text: String) throws {
        let rule = try rule(text)
        #expect(rule.matching.count == 1 && rule.passing.count == 1)
    }

    @Test func whatCanMatchNothingIsSaid() {
        let policy = AutoModeratorImport.policy(
            from: "type: submission\nbody_longer_than: 300\nbody (full-exact): [short]\naction: spam\n",
            file: "a.yaml")
        #expect(
            policy.notes.map(\.description).contains {
                $0.hasPrefix("a.yaml:1:1: lint: a/rule-1 has no example that it must match")
            })
    }

    @Test(arguments: [
        ("body: [Spam, spam, 'spam here', spammer]", "phrase: [Spam, spammer]"),
        ("body (case-sensitive): [Spam, spam]", "any_word: [Spam, spam]"),
        ("body (includes): [spammer, spam, ham]", "contains: [spam, ham]"),
        ("domain: [a.example, x.a.example, ba.example]", "domain_in: [a.example, ba.example]"),
        ("body (includes, regex): '.*?win (?:cash|gold).*'", "regex: ['.*?win (?:cash|gold).*']"),
        ("body (includes, regex): '.*win \\d+ now.+'", "regex: ['win \\d+ now.']"),
    ])
    func whatIsFoundAnywayIsWrittenOnce(_ check: String, _ written: String) throws {
        let imported = try ImportedConfiguration(check + "\naction: remove\n", file: "a.yaml")
        let yaml = try #require(imported.policy.yaml)
        #expect(yaml.contains(written), "\(yaml)")
    }

    @Test func whatIsLostOfTwoFieldsAtOnceIsSaidOnce() {
        let policy = AutoModeratorImport.policy(
            from: "title+body (regex): ['(?<!a)b', c.d]\naction: remove\n", file: "a.yaml")
        #expect(policy.notes.count { $0.sort == .narrower } == 1)
    }

    @Test func anExplicitExemptionIsWhatRemovalsHaveAnyway() {
        let text = "body: a\naction: remove\nmoderators_exempt: true\n"
        #expect(AutoModeratorImport.policy(from: text, file: "a.yaml").drafts == 0)
        let approval = text.replacing("remove", with: "approve")
        #expect(AutoModeratorImport.policy(from: approval, file: "a.yaml").drafts == 1)
    }
}
