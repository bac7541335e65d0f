import Moderation
import PolicyEngine
import Testing

@Suite("An AutoModerator configuration about people, reports and priorities behaves as it did")
struct AutoModeratorPeopleTests {
    private static let configuration = #"""
        ---
        # Everybody's reports
        reports: 5
        action: remove
        priority: -1
        ---
        # First hold
        reports: 2
        author:
            account_age: "< 3 days"
        action: filter
        priority: 10
        ---
        # Names
        type: any
        author:
            name (regex, starts-with): ['bot[-_]\d+']
        action: spam
        priority: 5
        ---
        # Known trolls
        author: [troll1, Troll-Two]
        action: remove
        ---
        # Friends
        ~author: [ann]
        author:
            name: [bob, carol]
        action: approve
        ---
        # Reports on friends
        reports: 1
        author:
            name: [bob]
        action: approve
        moderators_exempt: false
        ---
        # Long comments
        type: comment
        body_longer_than: 20
        action: report
        ---
        # Short texts
        type: submission
        body_shorter_than: 5
        action: filter
        ---
        # Young or poor
        type: submission
        title: giveaway
        author:
            account_age: "< 2"
            combined_karma: "< 10"
            satisfy_any_threshold: true
        action: filter
        ---
        # Top
        type: comment
        is_top_level: true
        body: [vote]
        action: report
        ---
        # Replies
        type: comment
        is_top_level: false
        body: [ratio]
        action: remove
        moderators_exempt: false
        ---
        # Old accounts
        type: comment
        author:
            account_age: "> 1 year"
        body: welcome
        action: approve
        moderators_exempt: true
        ---
        # Moderators speak
        author:
            is_moderator: true
        body: announcement
        action: approve
        ---
        # Old threads
        type: submission
        past_archive_date: true
        title: archive
        action: report
        ---
        # Polls
        type: submission
        is_poll: true
        title: poll
        action: remove
        ---
        # Galleries
        type: gallery submission
        title: gallery
        action: remove
        ---
        # Here
        subreddit:
            name: [cats]
        body: dogs
        action: report
        """#

    private static let options = AutoModeratorOptions(
        communities: ["Cats", "dogs"], moderators: ["mod", "Other_Mod"])

    private static func cats(_ post: FlaggedPost) -> FlaggedPost { post.within("cats") }

    private static func old(_ post: FlaggedPost) -> FlaggedPost {
        var post = post
        post.createdAt = Timestamp(milliseconds: ImportedConfiguration.now.milliseconds - 200 * 86_400_000)
        return post
    }

    static let rows: [AutoModeratorRow] = [
        .init(.comment("hello").flagged(5), "remove", "everybody-s-reports"),
        .init(.comment("hello").flagged(4), ""),
        .init(.comment("hello").aged(2).flagged(2), "restrict", "first-hold"),
        .init(.comment("hello").aged(3).flagged(2), ""),
        .init(.comment("hello").flagged(2), ""),
        // Five reports on a young account: the higher priority holds it, and nothing removes it any more.
        .init(.comment("hello").aged(1).flagged(6), "restrict", "first-hold"),
        .init(.comment("hello", by: "bot_12").flagged(1), "remove", "names"),
        .init(.comment("hello", by: "Bot-7").flagged(1), "remove", "names"),
        .init(.comment("hello", by: "robot_12").flagged(1), ""),
        .init(.comment("hello", by: "bot_12").aged(1).flagged(2), "restrict", "first-hold"),
        .init(.comment("hello", by: "troll1"), "remove", "known-trolls"),
        .init(.comment("hello", by: "troll-two"), "remove", "known-trolls"),
        .init(.comment("hello", by: "troll12"), ""),
        .init(.comment("hello", by: "troll_two"), ""),
        .init(.comment("hello", by: "bob"), "keep", "friends"),
        .init(.comment("hello", by: "bob").flagged(1), "keep", "reports-on-friends"),
        .init(.comment("hello", by: "carol").flagged(1), ""),
        .init(.comment("hello", by: "ann"), ""),
        .init(.comment("hello", by: "bob").flagged(5), "remove", "everybody-s-reports", "reports-on-friends"),
        .init(.comment("exactly twenty chars"), ""),
        .init(.comment("more than twenty chars"), "report", "long-comments"),
        .init(.comment("... exactly twenty chars!!!!!!!!"), ""),
        .init(.text("a title", "more than twenty chars"), ""),
        .init(.text("a title", "abcd!!!"), "restrict", "short-texts"),
        .init(.text("a title", ""), "restrict", "short-texts"),
        .init(.text("a title", "abcde"), ""),
        .init(.link("a title", "https://a.example/"), ""),
        .init(.link("a title", "https://a.example/", "ab"), "restrict", "short-texts"),
        .init(.text("A giveaway!", "plenty of text").aged(1), "restrict", "young-or-poor"),
        .init(.text("A giveaway!", "plenty of text").aged(2), ""),
        .init(.comment("vote now", depth: 1), "report", "top"),
        .init(.comment("vote now", depth: 2), ""),
        .init(.comment("ratio", depth: 2), "remove", "replies"),
        .init(.comment("ratio", depth: 1), ""),
        .init(.comment("ratio", by: "mod", depth: 3), "remove", "replies"),
        .init(.comment("welcome").aged(400), "keep", "old-accounts"),
        .init(.comment("welcome").aged(365), ""),
        .init(.comment("welcome", by: "mod").aged(400), ""),
        .init(.comment("an announcement", by: "Other_Mod"), "keep", "moderators-speak"),
        .init(.comment("an announcement", by: "ann"), ""),
        .init(.comment("hello", by: "mod").flagged(7), ""),
        .init(.comment("hello", by: "mod_2").flagged(7), "remove", "everybody-s-reports"),
        .init(old(.text("the archive", "long enough")), "report", "old-threads"),
        .init(.text("the archive", "long enough"), ""),
        .init(.text("a poll", "long enough").ofKind("poll"), "remove", "polls"),
        .init(.text("a poll", "long enough"), ""),
        .init(.link("my gallery", "https://a.example/").ofKind("gallery"), "remove", "galleries"),
        .init(.link("my gallery", "https://a.example/"), ""),
        .init(.comment("about dogs"), "report", "here"),
    ]

    @Test func itBehavesAsBefore() throws {
        let imported = try ImportedConfiguration(
            Self.configuration, file: "people.yaml", options: Self.options)
        #expect(imported.policy.rules == 17 && imported.policy.drafts == 0)
        for row in Self.rows {
            imported.check(.init(Self.cats(row.post), row.outcome, rules: row.rules))
        }
        imported.check(.init(FlaggedPost.comment("about dogs").within("dogs"), ""))
        imported.check(.init(FlaggedPost.comment("hello").flagged(5).within("birds"), ""))
        imported.check(.init(FlaggedPost.comment("hello").flagged(5), ""))
    }

    @Test func itLintsCleanAndItsExamplesHold() throws {
        let imported = try ImportedConfiguration(
            Self.configuration, file: "people.yaml", options: Self.options)
        #expect(imported.lint == [])
        #expect(try PolicyTester.test(imported.bundle).failures.map(\.description) == [])
    }

    @Test func onlyWhatHoldsGoesBeforeWhatRemoves() throws {
        let imported = try ImportedConfiguration(
            Self.configuration, file: "people.yaml", options: Self.options)
        let rules = imported.bundle.policies.flatMap(\.rules)
        #expect(rules.first?.id.rawValue == "people/first-hold")
        let last = rules.first { $0.id.rawValue == "people/everybody-s-reports" }
        // Not the one that holds: what is stronger wins by itself. Not short-texts after it either.
        #expect(
            last?.unless.map(\.rawValue) == [
                "people/first-hold", "people/short-texts", "people/young-or-poor",
            ])
        #expect(
            rules.first { $0.id.rawValue == "people/names" }?.unless.map(\.rawValue) == ["people/first-hold"])
    }

    @Test func aThresholdThatCannotBeAskedIsNamed() throws {
        let imported = try ImportedConfiguration(
            Self.configuration, file: "people.yaml", options: Self.options)
        #expect(
            imported.policy.notes.map(\.description) == [
                "people.yaml:17:5: regex: in expressions \\w, \\W, \\d and \\b know letters and digits of ASCII only "
                    + "(said once)",
                "people.yaml:18:1: action: spam: it recommends remove; the platform's spam filter learns nothing from it",
                "people.yaml:53:5: author.combined_karma: posts carry no karma; the other threshold is asked, and the "
                    + "rule finds less",
            ])
    }
}

extension AutoModeratorRow {
    init(_ post: FlaggedPost, _ outcome: String, rules: Set<String>) {
        self.post = post
        self.outcome = outcome
        self.rules = rules
    }
}
