import Moderation
import PolicyEngine
import Testing

@Suite("What of an AutoModerator configuration can't be expressed is listed, and never acts")
struct AutoModeratorLossTests {
    private static let configuration = #"""
        # Media and text
        title+media_title: [giveaway]
        set_flair: ["Check", "{{match}}"]
        overwrite_flair: true
        action: filter
        priority: 9
        ---
        # Without flair
        title: [selling]
        ~title+flair_text: [sold]
        action: filter
        priority: 8
        ---
        # Karma
        author:
            combined_karma: "< 10"
            account_age: < 7 days
            is_contributor: false
            set_flair: "New"
        action: remove
        comment: |
            Hello {{author}}, wait a week.
        comment_stickied: true
        ---
        # Quotes
        type: comment
        body: [stupid]
        ignore_blockquotes: true
        action: report
        report_reason: "Word: {{match}}"
        ---
        # Parent
        type: comment
        parent_submission:
            title: [megathread]
            set_sticky: true
        body: [off topic]
        action: remove
        ---
        # Only told
        type: comment
        parent_submission:
            set_locked: true
        body: [lock this]
        message: "Please stay on topic."
        message_subject: "Hello"
        ---
        # Crossposts
        type: crosspost submission
        crosspost_subreddit:
            name: [elsewhere]
        crosspost_author:
            name: [somebody]
        crosspost_title: [old]
        action: remove
        ---
        # Crossposted
        type: crosspost submission
        title: [again]
        action: remove
        ---
        # Pictures
        standard: image hosting sites
        action: remove
        modmail: "{{permalink}} was removed."
        modmail_subject: "Picture"
        ---
        # Picture files
        standard: direct image links
        action: report
        ---
        # Videos
        standard: video hosting sites
        ~title: [trailer]
        action: filter
        ---
        # Streams
        standard: streaming sites
        action: remove
        ---
        # Money
        standard: crowdfunding sites
        action: remove
        ---
        # Memes
        standard: meme generator sites
        action: remove
        ---
        # Faces
        standard: facebook links
        action: remove
        ---
        # Shopping
        standard: amazon affiliate links
        action: spam
        ---
        # No such standard
        standard: imaginary sites
        action: remove
        ---
        # Lines
        body (includes): ["one\ntwo", three]
        action: report
        ---
        # Not lines
        body: poem
        ~body#2 (includes): ["one\ntwo", three]
        action: report
        ---
        # Unknown
        type: sumbission
        bodi: [x]
        author:
            nme: [y]
            contributor_quality: "< moderate"
        action: delete
        ---
        # Only words
        type: submission
        title: hello
        ---
        # No check
        type: any
        action: remove
        ---
        # Impossible
        type: comment
        title: x
        action: remove
        ---
        just a sentence
        ---
        # Alert
        type: submission
        title: [yes, "no"]
        is_edited: true
        set_nsfw: true
        priority: high
        moderators_exempt: true
        ---
        # Chat
        type: submission
        discussion_type: chat
        id: abc
        title (regex, exact): [x]
        reports: many
        action: report
        ---
        # Telling
        type: comment
        body: [thanks]
        modmail: Somebody says thanks.
        """#

    static let rows: [AutoModeratorRow] = [
        .init(.text("a giveaway"), "restrict", "media-and-text"),
        .init(.text("a title", "a giveaway"), ""),
        .init(.text("selling a car"), ""),
        .init(.text("selling a car, sold"), ""),
        .init(.comment("hello").aged(1), ""),
        .init(.comment("> stupid\n\nNo!"), ""),
        .init(.comment("off topic"), ""),
        .init(.comment("please lock this"), "report", "only-told"),
        .init(.text("a title", "lock this"), ""),
        .init(.link("old", "https://a.example/").ofKind("crosspost"), ""),
        .init(.link("again", "https://a.example/").ofKind("crosspost"), "remove", "crossposted"),
        .init(.link("again", "https://a.example/"), ""),
        .init(.link("a", "https://i.imgur.com/x"), "remove", "pictures"),
        .init(.link("a", "https://imgur.com.example/x"), ""),
        .init(.comment("https://imgur.com/x"), ""),
        .init(.link("a", "https://a.example/x.jpeg"), "report", "picture-files"),
        .init(.link("a", "https://a.example/x.gifv?size=1"), "report", "picture-files"),
        .init(.link("a", "https://a.example/x.jpeg.html"), ""),
        .init(.link("a", "https://youtu.be/x"), "restrict", "videos"),
        .init(.link("The Trailer", "https://youtu.be/x"), ""),
        .init(.link("a giveaway", "https://imgur.com/x"), "restrict", "media-and-text"),
        .init(.link("a", "https://www.twitch.tv/x"), "remove", "streams"),
        .init(.link("a", "https://gofundme.com/x"), "remove", "money"),
        .init(.link("a", "https://imgflip.com/x"), "remove", "memes"),
        .init(.link("a", "https://www.facebook.com/x"), "remove", "faces"),
        .init(.comment("look at facebook.com/x"), "remove", "faces"),
        .init(.comment("notfacebook.com"), ""),
        .init(.link("a", "https://www.amazon.co.uk/dp/1?x=1&tag=me-20"), "remove", "shopping"),
        .init(.comment("https://amazon.com/dp/1?tag=me-20"), "remove", "shopping"),
        .init(.comment("https://amazon.com/dp/1"), ""),
        .init(.comment("one two"), ""),
        .init(.comment("threefold"), "report", "lines"),
        .init(.comment("a poem"), ""),
        .init(.text("yes"), ""),
        .init(.text("x", "x"), ""),
        .init(.comment("many thanks"), "report", "telling"),
    ]

    private func imported() throws -> ImportedConfiguration {
        try ImportedConfiguration(Self.configuration, file: "a.yaml")
    }

    @Test func itBehavesAsFarAsItCan() throws {
        let imported = try imported()
        for row in Self.rows { imported.check(row) }
        #expect(imported.lint == [])
        #expect(try PolicyTester.test(imported.bundle).failures.map(\.description) == [])
    }

    @Test func aRuleThatWouldFindTooMuchIsADraftAndSaysWhy() throws {
        let imported = try imported()
        let drafts = imported.bundle.policies.flatMap(\.rules).filter { $0.status == .draft }.map(
            \.id.rawValue)
        #expect(
            drafts == [
                "a/without-flair", "a/karma", "a/parent", "a/crossposts", "a/no-such-standard", "a/quotes",
                "a/not-lines", "a/unknown", "a/alert", "a/chat",
            ])
        #expect(imported.policy.drafts == drafts.count)
        #expect(
            imported.policy.yaml?.contains("# Draft: author.combined_karma: posts carry no karma\n") == true)
    }

    /// Line, sort and words of every note; each is one thing that somebody who moves house must know.
    private static let notes = [
        "1 difference",
        "2:1 narrower title+media_title: posts do not carry media_title; the rest is searched, and the rule finds less",
        "2:1 difference moderators_exempt: AutoModerator passes over moderators in rules that remove, filter or report; posts do not say who moderates (give their names with --moderators; said once)",
        "3:1 effect set_flair: it is not done; instead: recommend label by hand if it warns readers",
        "4:1 effect overwrite_flair: it is not done; instead: it goes with set_flair",
        "9:1 difference priority: as a draft it keeps no rule behind it from removing what it would hold (mend it first)",
        "10:1 draft ~title+flair_text: posts do not carry flair_text, so the rule is a draft",
        "16:5 draft author.combined_karma: posts carry no karma, so the rule is a draft",
        "18:5 draft author.is_contributor: posts do not say who is approved, so the rule is a draft",
        "19:5 effect author.set_flair: it is not done; instead: recommend label by hand if it warns readers",
        "21:1 effect comment: it is not done; instead: write it as the decision's rationale, or let the platform post it",
        "23:1 effect comment_stickied: it is not done; instead: it goes with comment",
        "28:1 draft ignore_blockquotes: quotes are not told apart from the rest of a text, so the rule is a draft",
        "30:1 effect report_reason: {{…}} is not filled in: … stands there; the console underlines what was found",
        "35:5 draft parent_submission.title: what stands above a comment is not looked at, so the rule is a draft",
        "36:5 effect parent_submission.set_sticky: it is not done; instead: do it on the platform",
        "43:5 effect parent_submission.set_locked: it is not done; instead: do it on the platform",
        "45:1 effect message: it is not done; instead: write it as the decision's rationale; the platform tells the author",
        "46:1 effect message_subject: it is not done; instead: it goes with message",
        "51:5 draft crosspost_subreddit.name: posts do not say what they were crossposted from, so the rule is a draft",
        "53:5 draft crosspost_author.name: posts do not say what they were crossposted from, so the rule is a draft",
        "54:1 draft crosspost_title: posts do not carry crosspost_title, so the rule is a draft",
    ].dropFirst()

    @Test func everyLossIsToldByLineAndColumn() throws {
        let notes = try imported().policy.notes.map {
            "\($0.line):\($0.column) \($0.sort.rawValue) \($0.construct): \($0.message)"
        }
        for (found, wanted) in zip(notes, Self.notes) { #expect(found == wanted) }
        let rest = notes.dropFirst(Self.notes.count)
        #expect(Array(rest.filter { !$0.contains("a short one of ours stands for it") }) == Self.furtherNotes)
        #expect(rest.count == Self.furtherNotes.count + 8)
    }

    private static let furtherNotes = [
        "65:1 effect modmail: it is not done; instead: the finding itself is what moderators see",
        "66:1 effect modmail_subject: it is not done; instead: it goes with modmail",
        "69:1 difference regex: in expressions \\w, \\W, \\d and \\b know letters and digits of ASCII only (said once)",
        "95:1 difference action: spam: it recommends remove; the platform's spam filter learns nothing from it",
        "98:1 draft standard: imaginary sites: there is no such standard condition (one of amazon affiliate links, crowdfunding sites, direct image links, facebook links, image hosting sites, meme generator sites, streaming sites, video hosting sites), so the rule is a draft",
        "102:1 narrower body (includes): one\ntwo: line breaks in a text are read as spaces; the rest is searched, and the rule finds less",
        "107:1 draft ~body#2 (includes): one\ntwo: line breaks in a text are read as spaces, so the rule is a draft",
        "111:1 draft type: sumbission: there is no such type (did you mean \"submission\"?), so the rule is a draft",
        "112:1 draft bodi: it is unknown (did you mean \"body\"?), so the rule is a draft",
        "114:5 draft author.nme: it is unknown of authors (did you mean \"name\"?), so the rule is a draft",
        "115:5 draft author.contributor_quality: posts carry no contributor quality score, so the rule is a draft",
        "116:1 draft action: delete: there is no such action (one of approve, remove, spam, filter, report), so the rule is a draft",
        "119:1 left rule: it has no action: AutoModerator passes over it (give it one or delete it)",
        "123:1 left rule: it has no check: AutoModerator passes over it (give it one or delete it)",
        "128:1 left title: no post has this and what type asks for: AutoModerator takes no such rule (delete the rule)",
        "131:1 left document: it is no rule: AutoModerator passes over what has no names (delete it)",
        "135:1 difference title: yes: without quotes AutoModerator takes it for a value, not a word; here it is the word (quote it there)",
        "136:1 draft is_edited: posts do not say whether they were edited, so the rule is a draft",
        "137:1 effect set_nsfw: it is not done; instead: recommend label or restrict by hand",
        "138:1 difference priority: it is no whole number and counts as 0 (mend it)",
        "139:1 draft moderators_exempt: posts do not say who moderates (give their names with --moderators), so the rule is a draft",
        "143:1 draft discussion_type: posts do not say whether they are chats, so the rule is a draft",
        "144:1 draft id: posts do not carry id, so the rule is a draft",
        "145:1 draft title (regex, exact): \"exact\" is no modifier (one of includes-word, includes, starts-with, ends-with, full-exact, full-text, regex, case-sensitive), so the rule is a draft",
        "146:1 draft reports: it must be a whole number, so the rule is a draft",
        "152:1 effect modmail: it is not done; instead: the finding itself is what moderators see",
    ]

    @Test func standardConditionsCanBeGiven() throws {
        let given = AutoModeratorImport.standards(
            from: "standard: Image Hosting Sites\ndomain: [pics.example]\n---\nstandard: b\ntitle: x\n",
            file: "s")
        #expect(given.problems.isEmpty && given.standards.keys.sorted() == ["b", "image hosting sites"])
        let imported = try ImportedConfiguration(
            "standard: image hosting sites\naction: remove\n", file: "a.yaml",
            options: AutoModeratorOptions(standards: given.standards))
        imported.check(.init(.link("a", "https://pics.example/"), "remove", "rule-1"))
        imported.check(.init(.link("a", "https://imgur.com/"), ""))
        #expect(!imported.policy.notes.contains { $0.construct.hasPrefix("standard") })
    }

    @Test(arguments: [
        (#"(?<!not )good"#, "(?<!not )good: the scanner refuses the expression"),
        (#"(a"#, "(a: the scanner refuses the expression"), (#"a\"#, "it ends in a backslash"),
        (#"[a"#, "a [ has no ]"), (#".*"#, "the scanner refuses the expression"),
        (#"a\nb"#, "line breaks in a text are read as spaces"),
        (#"(?m)^a"#, "lines within a text are not told apart"),
        (#"(?x) a b"#, "(?x) is not read"),
    ])
    func expressionsWithoutCounterpartAreNamed(_ expression: String, _ message: String) throws {
        let policy = AutoModeratorImport.policy(
            from: "title (regex, includes): ['\(expression)', plain.]\naction: remove\n", file: "a.yaml")
        #expect(
            policy.notes.contains { $0.sort == .narrower && $0.description.contains(message) },
            "\(policy.notes)")
        #expect(policy.drafts == 0)
        let negated = AutoModeratorImport.policy(
            from: "~title (regex, includes): ['\(expression)', plain.]\naction: remove\n", file: "a.yaml")
        #expect(negated.drafts == 1)
    }

    @Test(arguments: [
        (#"^a{,2}b"#, "aab", "aaab"), (#"\Astart"#, "starting", "a start"), (#"end\Z"#, "the end", "ends"),
        (#"\u00e9t\u00e9"#, "un ÉTÉ", "ete"), (#"[[\]]x"#, "a [x", "ax"), (#"a(?i)b"#, "AB", "ac"),
        (#"[^\n]!"#, "a!", "!"), (#"(?P<word>ab)c"#, "abc", "ab c"),
    ])
    func expressionsMeanWhatTheyMeantToPython(_ expression: String, _ match: String, _ pass: String) throws {
        let imported = try ImportedConfiguration(
            "type: comment\nbody (regex, includes): '\(expression)'\naction: remove\n", file: "a.yaml")
        #expect(imported.policy.drafts == 0, "\(imported.policy.notes)")
        imported.check(.init(.comment(match), "remove", "rule-1"))
        imported.check(.init(.comment(pass), ""))
    }
}
