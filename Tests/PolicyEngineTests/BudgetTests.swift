import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("Any post of any size is evaluated within a bound, and what was not looked at is said")
struct BudgetTests {
    private static let rules = """
        id: p
        title: P
        guidance: G
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: moderate
        actions: [remove]
        rules:
          - {id: p/word, selections: {a: {body: {any_word: [kill]}}}}
          - {id: p/two, selections: {a: {body: {any_word: [kill, zebra, yak], at_least: 2}}}}
          - {id: p/near, selections: {a: {body: {near: {words: [kill, zebra], within: 3}}}}}
          - {id: p/regex, selections: {a: {body: {regex: 'k[a-z]{1,4}l[^q]{0,8}!'}}}}
          - {id: p/link, selections: {a: {links: {domain_in: [evil.example]}}}}
          - {id: p/url, selections: {a: {links: {contains: [kill]}}}}
          - {id: p/domain, selections: {a: {links.domain: {equals: evil.example}}}}
          - {id: p/alt, selections: {a: {media.alt_text: {contains: [kill]}}}}
          - {id: p/title, selections: {a: {title: {any_word: [kill]}}}}
          - {id: p/flags, selections: {a: {flags.count: {ge: 1}}}}
          - {id: p/unless, selections: {a: {body: {exists: true}}, b: {body: {any_word: [zebra]}}}, when: a and not b}
        """

    private func evaluate(_ post: FlaggedPost, budget: Budget = Budget()) throws -> Evaluation {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: Self.rules)])
        #expect(load.diagnostics.map(\.description) == [])
        return try Evaluator(
            bundle: #require(load.bundle), cacheDirectory: nil, statuses: [.live], budget: budget
        ).evaluate(post, now: Timestamp(milliseconds: 0))
    }

    private func post(_ body: String) -> FlaggedPost { FlaggedPost(source: "s", externalID: "1", body: body) }

    private func rules(_ evaluation: Evaluation) -> [String] {
        evaluation.findings.map { String($0.rule.rawValue.dropFirst(2)) }
    }

    private func overBudget(_ evaluation: Evaluation) -> [String] {
        evaluation.overBudget.map { String($0.rawValue.dropFirst(2)) }
    }

    /// Each a different trouble; the last words must be found, or said to be missed.
    @Test(
        arguments: [
            "kill ", "kill", "k i l l ", "k1ll ", "kiiiill ", "кill ", "убью ", "k", "1", "! ", "!", "1 ",
            "a! ", "!-", "\u{301}",
            "\u{200B}", "가",
            "ᄀ", "\u{FDFA}", "ﬁ", "😀", "kill zebra ", "\n",
        ])
    func aLongTextOfOneThingEndsAndItsEndIsSeen(_ piece: String) throws {
        let body =
            String(repeating: piece, count: (piece == "kill " ? 5_000_000 : 150_000) / piece.utf8.count)
            + " yak zebra kill"
        let found = try withinAMinute { try evaluate(post(body)) }
        let seen = Set(rules(found) + overBudget(found))
        #expect(seen.isSuperset(of: ["word", "two", "near"]), "\(seen)")
        for finding in found.findings {
            #expect(finding.evidence.count <= Hit.most)
            for range in finding.evidence.compactMap(\.range) {
                #expect(range.upperBound <= body.unicodeScalars.count && !range.isEmpty)
            }
        }
    }

    @Test func whatIsBeyondTheBudgetOfTextIsReported() throws {
        let body = String(repeating: "a ", count: 500) + "kill"
        #expect(try rules(evaluate(post(body))) == ["unless", "word"])
        let cut = try evaluate(post(body), budget: Budget(text: 1000, elements: 10))
        #expect(rules(cut) == ["unless"])
        #expect(overBudget(cut) == ["near", "regex", "two", "unless", "word"])
        // What was found already needs no more; what might have been refused by the rest is named.
        let found = try evaluate(post("kill " + body), budget: Budget(text: 1000, elements: 10))
        #expect(
            rules(found) == ["unless", "word"] && overBudget(found) == ["near", "regex", "two", "unless"])
    }

    @Test func theDefaultBudgetHoldsForTextsLargerThanIt() throws {
        let found = try evaluate(post(String(repeating: "aaaaaaa ", count: 1_100_000) + "kill"))
        #expect(rules(found) == ["unless"] && overBudget(found).contains("word"))
    }

    @Test func aMillionLinksEndAndAreReported() throws {
        var many = post("x")
        many.links = Array(repeating: Link(url: "https://a.example/"), count: 1_000_000)
        many.links.append(Link(url: "https://evil.example/kill"))
        let found = try evaluate(many)
        #expect(rules(found) == ["unless"] && overBudget(found) == ["domain", "link", "url"])
        #expect(found.state.domains == ["a.example": "a.example"])
        many.links = [Link(url: "https://evil.example/kill")]
        #expect(try rules(evaluate(many)).sorted() == ["domain", "link", "unless", "url"])
    }

    @Test func manyMediaAndFlagsAreReported() throws {
        var many = post("x")
        many.media = Array(repeating: Media(kind: "image", altText: "x"), count: 20)
        many.flags = Array(repeating: Moderation.Flag(reason: "x"), count: 20)
        let found = try evaluate(many, budget: Budget(text: 1000, elements: 10))
        #expect(rules(found).sorted() == ["flags", "unless"] && overBudget(found) == ["alt"])
    }

    @Test func wordsFoundTooOftenToLookAtEachAreReportedByTheRulesThatNeedThem() throws {
        let flood = String(repeating: "kill ", count: 60_000)
        let found = try evaluate(post(flood + String(repeating: "a ", count: 10) + "zebra"))
        #expect(Set(rules(found)).isSuperset(of: ["word", "two"]))
        #expect(rules(found).contains("near") || overBudget(found).contains("near"))
    }

    @Test func aConditionOfAMillionWordsIsRefused() {
        let when = Array(repeating: "a", count: 500_000).joined(separator: " and ")
        let load = PolicyLoader.load(files: [
            (
                name: "p.yaml",
                text: Self.rules
                    + "\n  - {id: p/long, selections: {a: {body: {exists: true}}}, when: \(when)}"
            )
        ])
        #expect(
            load.diagnostics.map(\.message) == ["when has more than 400 words (make several rules of it)"])
    }
}
