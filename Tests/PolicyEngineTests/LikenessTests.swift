import Moderation
import PolicyEngine
import Testing

@Suite("Posts are near-identical only where no word tells them apart")
struct LikenessTests {
    private func post(
        _ body: String, title: String? = nil, links: [String] = [], media: [String?] = [],
        thread: [String] = [], kind: String = "post"
    ) -> FlaggedPost {
        FlaggedPost(
            source: "s", externalID: body, title: title, body: body, kind: kind,
            links: links.map { Link(url: $0) },
            media: media.map { Media(kind: "image", hash: $0) },
            thread: thread.map { ThreadPost(body: $0) })
    }

    private func likeness(_ left: FlaggedPost, _ right: FlaggedPost) throws -> Likeness? {
        let (first, second) = (try #require(PostLikeness(left)), try #require(PostLikeness(right)))
        let there = first.likeness(to: second)
        #expect(there == second.likeness(to: first))
        return there
    }

    /// Whether looking up by keys would have found the one from the other.
    private func areFound(_ left: FlaggedPost, _ right: FlaggedPost) throws -> Bool {
        let secret = [UInt8](repeating: 5, count: 32)
        let (first, second) = (
            try #require(PostLikeness(left)).keys(secret: secret),
            try #require(PostLikeness(right)).keys(secret: secret)
        )
        return first.exact == second.exact
            || zip(first.bands, second.bands).contains { $0 == $1 }
    }

    private static let long = """
        Dear neighbours, the people who moved into the house at the corner last month are loud every night and \
        nobody does anything about them, so I say we all meet on Friday and tell them that they should go back \
        to where they came from, because this street was quiet before and it will be quiet again when all of us \
        stand together and make them understand what we think of them and of everybody who is like them
        """

    // MARK: Together

    @Test(arguments: [
        ("Buy now!", "buy   NOW!"), ("Buy now!", "\u{200B}Buy\n now!"),
        ("Grüße an alle", "GRÜSSE AN ALLE".replacing("SS", with: "ß")), ("Да здравствует", "да  здравствует"),
    ])
    func caseSpaceAndHiddenCharactersMakeNoDifference(_ pair: (String, String)) throws {
        #expect(try likeness(post(pair.0), post(pair.1)) == .identical)
        #expect(try areFound(post(pair.0), post(pair.1)))
    }

    @Test(arguments: [
        // Whom it is addressed to, long numbers, codes and the tail of a link.
        ("@carol ", " 1234567"), ("@dave @erin ", ", 99.887.766"), ("", " (ab12cd34ef)"),
        ("", " http://shop.example/a?id=1"), ("", " !!!"),
    ])
    func copiesOfALongTextAreNear(_ around: (String, String)) throws {
        let isLinked = around.1.contains("http")
        let copy = post(around.0 + Self.long + around.1)
        let first = post(Self.long + (isLinked ? " http://shop.example/b?id=2" : ""))
        #expect(try likeness(first, copy) == .near)
        #expect(try areFound(first, copy))
    }

    @Test(arguments: [("neighbours", "neighoburs"), ("anything", "anythingg"), ("understand", "undersand")])
    func aSlipOfThePenInALongTextIsNear(_ words: (String, String)) throws {
        let slip = post(Self.long.replacing(words.0, with: words.1))
        #expect(try likeness(post(Self.long), slip) == .near)
    }

    @Test func mostSlipsAreFoundByTheirKeys() throws {
        let words = Self.long.split(separator: " ").map(String.init).filter { $0.count >= 7 }
        let found = try Set(words).count { word in
            var letters = Array(word)
            letters.swapAt(3, 4)
            let slip = post(Self.long.replacing(word, with: String(letters)))
            return try areFound(post(Self.long), slip)
        }
        #expect(found * 10 >= Set(words).count * 8)
    }

    // MARK: Apart

    /// Pairs that differ in one small thing which turns the meaning round.
    static let minimalPairs = [
        ("I hate women.", "I don't hate women."), ("I hate women.", "I hate wasps."),
        ("Women are vermin", "No women are vermin"), ("You can do it", "You can't do it"),
        ("Kill them all", "Skill them all"), ("they should all die", "they should all dye"),
        ("All immigrants are great", "All immigrants are gross"), ("I love gays", "I loathe gays"),
        ("Let's eat, grandma", "Let's meet, grandma"), ("He is not wrong", "He is wrong"),
        ("Muslims are welcome here", "Muslims are unwelcome here"), ("Is she dead?", "Is she dead!"),
        ("pay 20 now", "pay 200 now"), ("14 words", "88 words"), ("je l'aime", "je ne l'aime pas"),
        ("pêcheur", "pécheur"), ("ไม่ดี", "ไม้ดี"), ("good 👍", "good 👎"), ("He said: go", "He said: no go"),
    ]

    @Test(arguments: minimalPairs)
    func minimalPairsStayApart(_ pair: (String, String)) throws {
        #expect(try likeness(post(pair.0), post(pair.1)) == nil)
    }

    @Test(arguments: minimalPairs)
    func minimalPairsStayApartWithinALongTextToo(_ pair: (String, String)) throws {
        // What a long text can't tell either: accents fold away, and so do tones.
        guard pair.0 != "pêcheur", pair.0 != "ไม่ดี" else { return }
        #expect(
            try likeness(post("\(Self.long) \(pair.0)"), post("\(Self.long) \(pair.1)")) == nil)
        #expect(
            try likeness(post("\(pair.0) \(Self.long)"), post("\(pair.1) \(Self.long)")) == nil)
    }

    @Test func anotherTargetOrOneWordMoreKeepsLongTextsApart() throws {
        for (word, other) in [
            ("should", "should not"), ("people", "Poles"), ("nobody", "somebody"), ("loud", "never loud"),
            ("neighbours", "foreigners"), ("Friday", "Fridays not"), ("quiet", "quite"),
            ("understand", "misunderstand"),
        ] {
            #expect(
                try likeness(post(Self.long), post(Self.long.replacing(word, with: other))) == nil, "\(other)"
            )
        }
        let turned = Self.long.split(separator: " ").reversed().joined(separator: " ")
        #expect(try likeness(post(Self.long), post(turned)) == nil)
    }

    @Test func aShortTextDependsOnWhatItAnswers() throws {
        #expect(try likeness(post("Yes, do it", thread: ["Shall I jump?"]), post("Yes, do it")) == nil)
        #expect(
            try likeness(
                post("Yes, do it", thread: ["Shall I go?"]), post("yes, do it", thread: ["Shall I go?"]))
                == .identical)
        #expect(try likeness(post(Self.long, thread: ["Hm"]), post(Self.long)) == .identical)
    }

    @Test func linksMediaAndKindCount() throws {
        let one = post("look", links: ["https://www.a.example/x/?utm_source=n&id=1#top"])
        #expect(try likeness(one, post("look", links: ["http://a.example/x?id=1"])) == .identical)
        #expect(try likeness(one, post("look", links: ["http://a.example/x?id=2"])) == nil)
        #expect(try likeness(post(Self.long, links: ["http://a.example"]), post(Self.long)) == nil)
        #expect(try likeness(post("", media: ["AB12"]), post("", media: ["ab12"])) == .identical)
        #expect(try likeness(post("hi", media: ["ab12"]), post("hi", media: ["ff00"])) == nil)
        #expect(try likeness(post(Self.long), post(Self.long, kind: "profile")) == nil)
        #expect(PostLikeness(post("hi", media: [nil])) == nil)
        #expect(PostLikeness(post(" \u{200B} ")) == nil)
        #expect(try likeness(post("b", title: "a"), post("a b")) == nil)
    }

    @Test func keysTellNothingWithoutTheSecret() throws {
        let form = try #require(PostLikeness(post(Self.long)))
        let (one, other) = (form.keys(secret: [1]), form.keys(secret: [2]))
        #expect(one.exact != other.exact && Set(one.bands).isDisjoint(with: other.bands))
        #expect(one.bands.count == LikenessKeys.bandCount)
        #expect(try #require(PostLikeness(post("short"))).keys(secret: [1]).bands.isEmpty)
    }
}
