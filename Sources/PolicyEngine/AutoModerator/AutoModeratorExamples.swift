import Moderation

/// Examples for imported rules, made of their own words and kept only when they hold.
struct AutoModeratorExamples {
    /// A post that a rule finds, and one that it does not.
    struct Pair {
        var matching: FlaggedPost?
        var passing: FlaggedPost?
    }

    /// More posts than these are not tried for all rules together.
    private static let mostTries = 20_000

    private let evaluator: Evaluator
    private var triesLeft = mostTries

    /// Examples by rules; none at all when the rules together are too much for the scanner.
    static func all(in bundle: PolicyBundle) -> [RuleID: Pair] {
        guard
            let evaluator = try? Evaluator(
                bundle: bundle, cacheDirectory: nil, statuses: [.draft, .shadow, .live])
        else { return [:] }
        var examples = AutoModeratorExamples(evaluator: evaluator)
        var result: [RuleID: Pair] = [:]
        for rule in bundle.policies.flatMap(\.rules) {
            let maker = ExampleMaker(rule: rule)
            result[rule.id] = Pair(
                matching: examples.first(of: maker.matching) { $0.contains(rule.id) },
                passing: examples.first(of: maker.passing) { !$0.contains(rule.id) })
        }
        return result
    }

    /// The first post of which the rules that find it are as they should be, as `releve policy test` sees it.
    private mutating func first(
        of posts: [FlaggedPost], where isRight: (Set<RuleID>) -> Bool
    ) -> FlaggedPost? {
        for post in posts {
            guard triesLeft > 0 else { return nil }
            triesLeft -= 1
            let evaluation = evaluator.evaluate(post, now: Rule.Example.usualNow)
            if isRight(Set((evaluation.findings + evaluation.shadow).map(\.rule))) { return post }
        }
        return nil
    }
}
