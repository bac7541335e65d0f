import Moderation
import PolicyEngine
import Testing

@Suite("A backtest counts what people said beside what rules found")
struct BacktestTests {
    private let bundle: PolicyBundle
    private let evaluator: Evaluator

    init() throws {
        bundle = try TwoPolicies.bundle()
        evaluator = try Evaluator(
            bundle: bundle, cacheDirectory: nil, statuses: [.live, .shadow, .draft])
    }

    private func judged(_ text: String, _ judgement: JudgedPost.Judgement) -> JudgedPost {
        JudgedPost(
            name: text, post: FlaggedPost(source: "s", externalID: text, body: text),
            now: Timestamp(milliseconds: 0), judgement: judgement)
    }

    private func count(
        _ posts: [JudgedPost], statuses: Set<Rule.Status> = [.live, .shadow], naming cells: [String] = [],
        most: Int = 10
    ) -> Backtest {
        var backtest = Backtest(
            bundle, statuses: statuses, naming: cells.compactMap { BacktestCell(parsing: $0) }, most: most)
        for post in posts {
            backtest.add(post, evaluator.evaluate(post.post, now: post.now, state: post.state))
        }
        return backtest
    }

    private let decisions: [(String, Action, String?)] = [
        ("alpha one", .remove, "a"), ("alpha two", .keep, nil), ("alpha beta", .label, "b"),
        ("quiet one", .remove, "a"), ("quiet two", .keep, nil), ("gamma", .remove, "a"),
        ("alpha excuse", .keep, nil), ("alpha excuse more", .remove, "a"), ("quiet three", .remove, "gone"),
    ]

    private var decided: [JudgedPost] {
        decisions.map { judged($0.0, .decided($0.1, $0.2.map { PolicyID($0) })) }
    }

    @Test func policiesRulesAndRulesOnTrialAreMeasuredByWhatPeopleCited() throws {
        let backtest = count(decided)
        func figures(_ name: String) -> [Int]? {
            backtest.accuracy(of: name).map {
                [$0.truePositives, $0.falsePositives, $0.falseNegatives, $0.trueNegatives]
            }
        }
        #expect(figures("a") == [2, 3, 2, 2])
        #expect(figures("a/word") == [2, 3, 2, 2])
        // On trial: not counted for the policy, but for the policy as it would be.
        #expect(figures("a/trial") == [1, 0, 3, 5] && figures("a+") == [3, 3, 1, 2])
        // A rule that recommends to keep is right where people did not apply the policy.
        #expect(figures("a/excuse") == [1, 1, 4, 3])
        #expect(figures("b") == [1, 0, 0, 8] && figures("b+") == nil)
        #expect(figures("a/draft") == nil)
        #expect(backtest.foreignPolicies.map(\.policy.rawValue) == ["gone"])
        let withDrafts = count(decided, statuses: [.live, .shadow, .draft])
        #expect(withDrafts.accuracy(of: "a/draft")?.found == 3)
        #expect(withDrafts.accuracy(of: "a") == backtest.accuracy(of: "a"))
    }

    @Test func everyDecisionIsInOneCellOfEachPolicysTable() throws {
        let backtest = count(decided)
        for policy in ["a", "b"] {
            let cells = backtest.confusionCells.filter { $0.policy.rawValue == policy }
            #expect(cells.reduce(0) { $0 + $1.count } == decisions.count)
        }
        let cells = backtest.confusionCells.map { "\($0.policy):\($0.recommended):\($0.decided) \($0.count)" }
        #expect(
            cells == [
                "a:nothing:keep 1", "a:nothing:remove 2", "a:nothing:other 1", "a:remove:keep 2",
                "a:remove:remove 2", "a:remove:other 1", "b:nothing:keep 3", "b:nothing:other 5",
                "b:label:label 1",
            ])
        // Each is named by its own cell, and the counts agree.
        let named = count(decided, naming: cells.map { String($0.prefix { $0 != " " }) })
        #expect(named.names.map { "\($0.cell) \($0.posts.count)" } == cells)
    }

    @Test func postsAreNamedByTheirCellUpToAMost() throws {
        let backtest = count(decided, naming: ["a:fp", "a/trial:tp", "a:fn", "b:tn"], most: 2)
        #expect(
            backtest.names.map(\.posts.first) == [
                ["alpha two", "alpha beta"], ["gamma"], ["quiet one", "gamma"], ["alpha one", "alpha two"],
            ])
        #expect(backtest.names.map(\.posts.count) == [3, 1, 2, 8])
        for text in ["a", "a:xx", ":fp", "a:b:c:d", "a:remove:nothing"] {
            #expect(BacktestCell(parsing: text) == nil)
        }
        let unknown = try #require(BacktestCell(parsing: "a/wrod:fp"))
        #expect(backtest.problem(with: unknown)?.contains("did you mean \"a/word\"?") == true)
    }

    @Test func labelsOfOnePolicySayNothingOfAnother() throws {
        let (a, b) = (PolicyID("a"), PolicyID("b"))
        let backtest = count([
            judged("alpha", .labelled([a: true])), judged("alpha beta", .labelled([a: false, b: true])),
            judged("quiet", .labelled([b: false])), judged("quiet again", .labelled([a: true])),
        ])
        #expect(
            backtest.accuracy(of: "a")
                == Accuracy(truePositives: 1, falsePositives: 1, falseNegatives: 1, trueNegatives: 0))
        #expect(
            backtest.accuracy(of: "b")
                == Accuracy(truePositives: 1, falsePositives: 0, falseNegatives: 0, trueNegatives: 1))
        #expect(backtest.confusionCells.isEmpty && backtest.posts == 4)
    }

    @Test func partsAddUpToTheWhole() throws {
        let cells = ["a:fp", "a:fn", "b:tn"]
        let whole = count(decided, naming: cells, most: 2)
        var sum = whole.emptyCopy
        #expect(sum.posts == 0 && sum.confusionCells.isEmpty)
        for part in 0..<3 {
            var piece = sum.emptyCopy
            for post in decided[part * 3..<part * 3 + 3] {
                piece.add(post, evaluator.evaluate(post.post, now: post.now))
            }
            sum.add(piece)
        }
        #expect(sum.lines.map(\.accuracy) == whole.lines.map(\.accuracy))
        #expect(sum.confusionCells.map(\.count) == whole.confusionCells.map(\.count))
        #expect(sum.names.map(\.posts) == whole.names.map(\.posts))
    }
}

/// Two policies with rules of every status.
enum TwoPolicies {
    static let a = """
        id: a
        title: {en: A, fr: A}
        guidance: G
        neutral: A post.
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: moderate
        actions: [remove, label, keep]
        rules:
          - id: a/word
            selections: {word: {body: {any_word: [alpha, omega]}}}
            recommend: remove
            examples: {match: [alpha], pass: [beta]}
          - id: a/excuse
            selections: {word: {body: {any_word: [excuse]}}}
            recommend: keep
          - id: a/trial
            status: shadow
            selections: {word: {body: {any_word: [gamma]}}}
            recommend: remove
          - id: a/draft
            status: draft
            selections: {word: {body: {any_word: [quiet]}}}
            recommend: remove

        """
    static let b = """
        id: b
        title: B
        guidance: G
        neutral: A post.
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: mild
        actions: [label, keep]
        rules:
          - id: b/word
            selections: {word: {body: {any_word: [beta]}}}
            recommend: label

        """

    struct Unusable: Error {}

    static func bundle(_ change: (inout String, inout String) -> Void = { _, _ in }) throws -> PolicyBundle {
        var (a, b) = (a, b)
        change(&a, &b)
        let files = [("a.yaml", a), ("b.yaml", b)].filter { !$0.1.isEmpty }
        let load = PolicyLoader.load(files: files.map { (name: $0.0, text: $0.1) })
        guard load.diagnostics.isEmpty, let bundle = load.bundle else { throw Unusable() }
        return bundle
    }
}
