import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("Every operator and modifier has a post that it finds and one that it does not")
struct OperatorTests {
    private struct Case {
        let tests: String
        let find: FlaggedPost
        let pass: FlaggedPost
        var state = (find: StateSnapshot(), pass: StateSnapshot())
    }

    private static let now = Timestamp(milliseconds: 100 * 86_400_000)

    private static func post(_ body: String = "x", _ change: (inout FlaggedPost) -> Void = { _ in })
        -> FlaggedPost
    {
        var post = FlaggedPost(source: "s", externalID: "1", body: body)
        change(&post)
        return post
    }

    private static func texts(_ tests: String, _ find: String, _ pass: String) -> Case {
        Case(tests: tests, find: post(find), pass: post(pass))
    }

    private static func account(days: Int) -> FlaggedPost {
        post {
            $0.author.accountCreatedAt = Timestamp(milliseconds: now.milliseconds - Int64(days) * 86_400_000)
        }
    }

    private static func history(_ count: Int, days: Int) -> StateSnapshot {
        StateSnapshot(counts: ["removals/\(days * 86_400_000)": count])
    }

    private static let operators: [Operator: Case] = [
        .anyWord: texts("body: {any_word: [cat, dog]}", "a dog", "a dogma"),
        .phrase: texts("body: {phrase: [\"find you\"]}", "I find  you", "I find that you"),
        .contains: texts("body: {contains: [at]}", "scatter", "scoter"),
        .startsWith: texts("body: {starts_with: [buy]}", "Buy now", "to buy"),
        .endsWith: texts("body: {ends_with: [now]}", "buy NOW", "now buy"),
        .regex: texts("body: {regex: 'k[0-9]{2}'}", "k42", "k4"),
        .equals: texts("body: {equals: yes please}", "Yes PLEASE", "yes please!"),
        .anyOf: texts("body: {any_of: [yes, no]}", "no", "no no"),
        .inList: texts("body: {in_list: words.txt}", "one listed word", "one word"),
        .near: texts("body: {near: {words: [kill, you], within: 2}}", "you I kill", "you and I do kill"),
        .domainIn: Case(
            tests: "links: {domain_in: [evil.example]}",
            find: post { $0.links = [Link(url: "http://a.evil.example/")] },
            pass: post { $0.links = [Link(url: "http://notevil.example/")] }),
        .hashIn: Case(
            tests: "media.hash: {hash_in: [ab12]}",
            find: post { $0.media = [Media(kind: "image", hash: "AB12")] },
            pass: post { $0.media = [Media(kind: "image", hash: "ab1")] }),
        .languageIn: Case(
            tests: "language: {language_in: [fr, es]}", find: post { $0.language = "es" },
            pass: post { $0.language = "en" }),
        .exists: Case(
            tests: "title: {exists: true}", find: post { $0.title = "t" }, pass: post { $0.title = "" }),
        .gt: Case(tests: "author.account_age: {gt: 3 days}", find: account(days: 4), pass: account(days: 3)),
        .ge: Case(tests: "author.account_age: {ge: 3 days}", find: account(days: 3), pass: account(days: 2)),
        .lt: Case(tests: "author.account_age: {lt: 3 days}", find: account(days: 2), pass: account(days: 3)),
        .le: Case(tests: "author.account_age: {le: 3 days}", find: account(days: 3), pass: account(days: 4)),
    ]

    private static let modifiers: [Modifier: Case] = [
        .atLeast: texts("body: {any_word: [a1, b1, c1], at_least: 2}", "b1 a1", "b1 b1 b1"),
        .fold: texts("body: {any_word: [Kill], fold: none}", "Kill", "kill"),
        .within: Case(
            tests: "history.removals: {ge: 3, within: 7 days}", find: post(), pass: post(),
            state: (history(3, days: 7), history(2, days: 7))),
    ]

    private static let folds: [FieldTest.Fold: Case] = [
        .full: texts("body: {any_word: [kill], fold: full}", "k1ll", "kull"),
        .plain: texts("body: {any_word: [kill], fold: plain}", "KÍLL", "k1ll"),
        .caseOnly: texts("body: {any_word: [kill], fold: case}", "KILL", "kíll"),
        .none: texts("body: {any_word: [kill], fold: none}", "kill", "Kill"),
    ]

    private func check(_ example: Case?, _ name: String) throws {
        let example = try #require(example, "\(name) has no example: add one to this file")
        let load = PolicyLoader.load(files: [
            (
                name: "p.yaml",
                text: """
                id: p
                title: P
                guidance: G
                neutral: N
                dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
                hazard: mild
                actions: [keep]
                rules:
                  - {id: p/r, selections: {a: {\(example.tests)}}}
                """
            ), (name: "words.txt", text: "# words\nlisted\n"),
        ])
        #expect(load.diagnostics.map(\.description) == [])
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        #expect(
            evaluator.evaluate(example.find, now: Self.now, state: example.state.find).findings.count == 1,
            "\(name)")
        #expect(
            evaluator.evaluate(example.pass, now: Self.now, state: example.state.pass).findings.isEmpty,
            "\(name)")
    }

    @Test(arguments: Operator.allCases)
    func operatorsFindAndPass(_ wanted: Operator) throws {
        try check(Self.operators[wanted], wanted.rawValue)
        #expect(Self.operators[wanted]?.tests.contains(wanted.rawValue) == true)
    }

    @Test(arguments: Modifier.allCases)
    func modifiersFindAndPass(_ wanted: Modifier) throws {
        try check(Self.modifiers[wanted], wanted.rawValue)
        #expect(Self.modifiers[wanted]?.tests.contains(wanted.rawValue) == true)
    }

    @Test(arguments: FieldTest.Fold.allCases)
    func foldsFindAndPass(_ wanted: FieldTest.Fold) throws { try check(Self.folds[wanted], wanted.rawValue) }

    /// Each operator of each kind of field is exercised by the reference or here, so that none is known to the
    /// reader and to nothing else.
    @Test(arguments: Field.allCases)
    func everyFieldKnowsAnOperator(_ field: Field) {
        #expect(!Operator.known(for: field.sort, field).isEmpty)
    }
}
