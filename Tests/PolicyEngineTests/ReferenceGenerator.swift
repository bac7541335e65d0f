import Foundation
import Moderation

@testable import PolicyEngine

/// Random rules and posts that meet often, the same ones for the same seed.
struct ReferenceGenerator {
    var random: SeededGenerator

    init(seed: Int) { random = SeededGenerator(seed: seed) }

    static let words = [
        "kill", "ass", "free", "скажи", "убью", "οσο", "θάνατος", "قتل", "שלום", "मार", "ฆ่า", "死", "殺す", "がく",
        "사랑",
        "Straße", "été", "paypal", "55", "c++", "b2b", "foo bar", "ﬁn", "ass kill", "good", "aaa", "Սպան",
        "k", "$$$", "i'm",
        "cat", "dog", "tell me", "x.y", "ЅЕХ", "sex", "ssl",
    ]
    private static let noise = [
        " ", " ", "  ", "\n", ", ", ". ", "! ", "\u{200B}", "-", "_", "\u{A0}", "😀", "— ", "\u{E0041}", "1",
        "3", "@", "e\u{301}",
        "\t", "’", "½", "\u{202E}", "|", "ー", "ｶﾞ", "\u{0}", "ㅏ",
    ]
    private static let lookAlikes: [Unicode.Scalar: [Unicode.Scalar]] = Dictionary(
        grouping: LookAlikes.foreign.filter { $0.value.count == 1 }.map(\.key)
    ) { Unicode.Scalar(LookAlikes.foreign[$0]?.first ?? 0) }.mapValues { $0.sorted() }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
    mutating func some(_ range: ClosedRange<Int>, of words: [String]) -> [String] {
        (0..<Int.random(in: range, using: &random)).map { _ in one(of: words) }
    }

    // MARK: Texts

    mutating func text(_ most: Int) -> String {
        var result = ""
        for _ in 0..<Int.random(in: 0...most, using: &random) {
            result += chance(60) ? disguised(one(of: Self.words)) : one(of: Self.words)
            result += chance(70) ? " " : one(of: Self.noise)
            if chance(15) { result += one(of: Self.noise) }
        }
        return result
    }

    /// A word as somebody may write it who doesn't want it found.
    mutating func disguised(_ word: String) -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return word.uppercased()
        case 1: return word.decomposedStringWithCanonicalMapping
        case 2: return word.precomposedStringWithCompatibilityMapping
        case 3:
            return word.map { String($0) }.joined(separator: one(of: [" ", ".", "-", "_", "*", "\u{200B}"]))
        case 4:
            let letter = one(of: Array(word))
            let count = Int.random(in: 2...5, using: &random)
            return word.map { $0 == letter ? String(repeating: $0, count: count) : String($0) }.joined()
        case 5, 6:
            let signs: [Character: [String]] = [
                "i": ["1", "!", "|"], "e": ["3"], "a": ["4", "@"], "s": ["5", "$"], "o": ["0"], "t": ["7"],
            ]
            return word.map { chance(60) ? signs[$0].map { one(of: $0) } ?? String($0) : String($0) }.joined()
        case 7:
            return String(
                String.UnicodeScalarView(
                    word.unicodeScalars.map {
                        chance(50) ? Self.lookAlikes[$0].map { one(of: $0) } ?? $0 : $0
                    }))
        case 8:
            return word.unicodeScalars.map {
                String($0)
                    + (chance(40) ? one(of: ["\u{200B}", "\u{301}", "\u{E0061}", "\u{AD}", "\u{64E}"]) : "")
            }.joined()
        case 9:
            return String(
                String.UnicodeScalarView(
                    word.unicodeScalars.map {
                        0x21...0x7E ~= $0.value ? Unicode.Scalar($0.value + 0xFEE0) ?? $0 : $0
                    }))
        case 10: return word + one(of: ["s", "а", "1", "!", "е"])
        default: return one(of: ["x", "я", "5"]) + word
        }
    }

    // MARK: Posts

    mutating func post(_ number: Int, now: Timestamp) -> FlaggedPost {
        func moment(_ days: Int) -> Timestamp {
            Timestamp(milliseconds: now.milliseconds - Int64(days) * 43_200_000)
        }
        var post = FlaggedPost(
            source: one(of: ["forum", "Chat"]), externalID: "\(number)", body: text(chance(12) ? 24 : 4))
        if chance(40) { post.title = text(3) }
        if chance(60) { post.language = one(of: ["en", "ru", "fr"]) }
        if chance(40) { post.community = one(of: ["Gaming", "news", "gaming club"]) }
        if chance(20) { post.kind = "profile" }
        if chance(40) { post.author.handle = text(1) }
        if chance(30) { post.author.displayName = text(2) }
        if chance(40) { post.author.accountCreatedAt = moment(Int.random(in: 0...8, using: &random)) }
        if chance(40) { post.author.earlierRemovals = Int.random(in: 0...4, using: &random) }
        if chance(30) { post.author.earlierFlags = Int.random(in: 0...4, using: &random) }
        if chance(50) { post.createdAt = moment(Int.random(in: 0...8, using: &random)) }
        post.links = some(
            0...2,
            of: [
                "https://evil.example/kill", "http://login.evil.example:80/a?x#y", "//WWW.Kill.co.uk/free",
                "cat", "https://x.y",
                "https://paypa1.example/lоgin",
            ]
        ).map { Link(url: $0) }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            post.media.append(
                Media(
                    kind: one(of: ["image", "Video"]), hash: chance(50) ? one(of: ["ab12", "CD34"]) : nil,
                    altText: chance(50) ? text(2) : nil))
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            post.flags.append(
                Moderation.Flag(
                    reason: text(1), reporter: chance(70) ? one(of: ["1", "2"]) : nil, isTrusted: chance(20)))
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            post.thread.append(ThreadPost(author: chance(70) ? one(of: ["Ann", "bob"]) : nil, body: "above"))
        }
        if chance(50) { post.scores = ["toxicity": Int.random(in: 0...4, using: &random) * 250] }
        return post
    }

    mutating func state() -> StateSnapshot {
        guard chance(60) else { return StateSnapshot() }
        var counts: [String: Int] = [:]
        for name in ["posts", "flags", "removals"] {
            for window in ["604800000", "86400000"] where chance(50) {
                counts["\(name)/\(window)"] = Int.random(in: 0...4, using: &random)
            }
        }
        return StateSnapshot(counts: counts)
    }
}

extension ReferenceGenerator {
    private static let texts = [
        "title", "body", "text", "author.handle", "author.display_name", "media.alt_text", "flags.reasons",
    ]
    private static let codes: [(String, [String])] = [
        ("language", ["en", "ru", "FR"]), ("community", ["gaming", "news", "GAM"]),
        ("source", ["forum", "chat"]),
        ("kind", ["post", "profile", "pro"]), ("media.kind", ["image", "video"]),
        ("media.hash", ["AB12", "cd34", "b"]),
        ("links.host", ["evil.example", "login.evil.example", "www.kill.co.uk", "evil"]),
        ("links.domain", ["evil.example", "kill.co.uk"]), ("links.path", ["/kill", "/free", "/a", "il"]),
        ("thread.parent_author", ["ann", "bob"]),
    ]
    private static let numbers = [
        "author.earlier_removals", "author.earlier_flags", "links.count", "media.count", "flags.count",
        "flags.reporters", "thread.depth", "scores.toxicity",
    ]

    /// A rule of one to three selections.
    mutating func rule(_ number: Int) -> ReferenceRule {
        let count = Int.random(in: 1...3, using: &random)
        let selections = (0..<count).map { _ in
            (0..<(chance(20) ? 2 : 1)).map { _ in distinct((0..<(chance(25) ? 2 : 1)).map { _ in test() }) }
        }
        return ReferenceRule(
            id: "r\(number)", selections: selections, when: when(count, depth: 0),
            languages: chance(15) ? ["en", "ru"] : [])
    }

    /// A mapping has each field once.
    private func distinct(_ tests: [ReferenceRule.Test]) -> [ReferenceRule.Test] {
        tests.count == 2 && tests[0].field == tests[1].field ? [tests[0]] : tests
    }

    private mutating func when(_ count: Int, depth: Int) -> ReferenceRule.When {
        if depth > 2 || chance(45) { return .selection(Int.random(in: 0..<count, using: &random)) }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .not(when(count, depth: depth + 1))
        case 1, 2: return .and(when(count, depth: depth + 1), when(count, depth: depth + 1))
        case 3: return .or(when(count, depth: depth + 1), when(count, depth: depth + 1))
        default: return .of(Int.random(in: 1...count, using: &random), Array(0..<count))
        }
    }

    mutating func test() -> ReferenceRule.Test {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<9: return words(field: chance(12) ? "links" : one(of: Self.texts))
        case 9, 10:
            return ReferenceRule.Test(
                field: one(of: Self.texts), kind: .regex(regex()), name: "regex",
                fold: one(of: ["full", "plain", "none"]))
        case 11, 12:
            let groups = (0..<Int.random(in: 2...3, using: &random)).map { _ in some(1...2, of: Self.words) }
            return ReferenceRule.Test(
                field: one(of: Self.texts),
                kind: .near(groups, within: Int.random(in: 1...5, using: &random)),
                name: "near", fold: one(of: ["full", "full", "plain", "none"]))
        case 13, 14: return code()
        case 15:
            return ReferenceRule.Test(
                field: "links",
                kind: .domains(some(1...2, of: ["evil.example", "example", "KILL.co.uk", "vil.example"])),
                name: "domain_in")
        case 16:
            let fields =
                Self.texts + Self.codes.map(\.0) + Self.numbers + ["links", "age", "author.account_age"]
            return ReferenceRule.Test(field: one(of: fields), kind: .exists(chance(50)), name: "exists")
        case 17: return ReferenceRule.Test(field: "flags.trusted", kind: .trusted(chance(50)), name: "equals")
        default: return number()
        }
    }

    private mutating func words(field: String) -> ReferenceRule.Test {
        var names: [(String, ReferenceRule.Test.Anchor)] = [
            ("contains", .anywhere), ("starts_with", .start), ("ends_with", .end),
        ]
        if field != "links" {
            names += [
                ("any_word", .word), ("any_word", .word), ("phrase", .word), ("equals", .whole),
                ("any_of", .whole),
            ]
        }
        let (name, anchor) = one(of: names)
        let words = some(1...4, of: Self.words)
        // Words that fold together are one; the reader refuses to ask for more than there are.
        let different = Set(words.map { Folding.fold(literal: $0) }).count
        let least = chance(20) ? Int.random(in: 1...max(1, different), using: &random) : 1
        return ReferenceRule.Test(
            field: field, kind: .words(words, anchor, least: least), name: name,
            fold: one(of: ["full", "full", "full", "plain", "none"]))
    }

    private mutating func code() -> ReferenceRule.Test {
        let (field, values) = one(of: Self.codes)
        var names: [(String, ReferenceRule.Test.Anchor)] = [
            ("equals", .whole), ("any_of", .whole), ("starts_with", .start), ("ends_with", .end),
            ("contains", .anywhere),
        ]
        if field == "media.hash" { names.append(("hash_in", .whole)) }
        if field == "language" { names.append(("language_in", .whole)) }
        let (name, anchor) = one(of: names)
        return ReferenceRule.Test(field: field, kind: .values(some(1...2, of: values), anchor), name: name)
    }

    private mutating func number() -> ReferenceRule.Test {
        let name = one(of: ["equals", "gt", "ge", "lt", "le"])
        let count = Int.random(in: 0...4, using: &random)
        if chance(25) {
            return ReferenceRule.Test(
                field: one(of: ["age", "author.account_age"]),
                kind: .number(name, Int64(count) * 86_400_000, text: "\(count) days", window: nil), name: name
            )
        }
        if chance(30) {
            return ReferenceRule.Test(
                field: one(of: ["history.posts", "history.flags", "history.removals"]),
                kind: .number(
                    name, Int64(count) * 1000, text: "\(count)", window: one(of: ["7 days", "1 day"])),
                name: name)
        }
        let field = one(of: Self.numbers)
        return field == "scores.toxicity"
            ? ReferenceRule.Test(
                field: field,
                kind: .number(
                    name, Int64(count) * 250, text: ["0", "0.25", "0.5", "0.75", "1"][count], window: nil),
                name: name)
            : ReferenceRule.Test(
                field: field, kind: .number(name, Int64(count) * 1000, text: "\(count)", window: nil),
                name: name)
    }

    private mutating func regex() -> ReferenceRegex {
        let letters = ["k", "i", "l", "a", "s", "e", "f", "r", "d", "5", "о", "у"]
        func pieces(_ generator: inout Self) -> ReferenceRegex {
            switch Int.random(in: 0..<6, using: &generator.random) {
            case 0: .set(["a", "e", "i", "k", "s"])
            case 1:
                .repeated(
                    .text(generator.one(of: letters)), Int.random(in: 0...1, using: &generator.random), 3)
            case 2: .alternatives([.text("kill"), .text("ass"), .text(generator.one(of: letters) + "t")])
            default: .text(generator.one(of: letters + ["kill", "fr", "убь", "死", " "]))
            }
        }
        // At least one letter that must be there, or it would match nothing at all.
        var parts = [ReferenceRegex.text(one(of: letters))]
        for _ in 0..<Int.random(in: 1...3, using: &random) { parts.append(pieces(&self)) }
        if chance(30) { parts.insert(.boundary, at: 0) }
        if chance(20) { parts.append(.boundary) }
        return .sequence(parts)
    }
}
