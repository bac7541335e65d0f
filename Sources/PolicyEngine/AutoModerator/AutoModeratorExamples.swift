import Moderation

/// Examples for imported rules, made of their own words and kept only when they hold.
struct AutoModeratorExamples {
    /// A text that a rule finds, and one that it does not.
    struct Pair {
        var matching: String?
        var passing: String?
    }

    private let evaluator: Evaluator
    private let policy: String

    /// Beyond this an example is no help to anybody.
    private static let longest = 600
    private static let everyday = [
        "Thank you for the answer.", "See you on Sunday", "ok", filler(to: 300),
    ]

    /// Examples by the names of rules; none at all when the rules together are too much for the scanner.
    static func all(for rules: [AutoModeratorRule], in bundle: PolicyBundle, policy: String) -> [String: Pair]
    {
        guard
            let evaluator = try? Evaluator(
                bundle: bundle, cacheDirectory: nil, statuses: Set(Rule.Status.allCases))
        else { return [:] }
        let examples = AutoModeratorExamples(evaluator: evaluator, policy: policy)
        var result: [String: Pair] = [:]
        let everyday = Self.everyday.map { (text: $0, found: examples.rules(finding: $0)) }
        for rule in rules {
            let id = RuleID("\(policy)/\(rule.name)")
            result[rule.name] = Pair(
                matching: (candidates(rule) + Self.everyday).first {
                    examples.rules(finding: $0).contains(id)
                },
                passing: everyday.first { !$0.found.contains(id) }?.text)
        }
        return result
    }

    /// As `releve policy test` does it.
    private func rules(finding text: String) -> Set<RuleID> {
        let post = FlaggedPost(source: "example", externalID: "1", body: text)
        let evaluation = evaluator.evaluate(post, now: Rule.Example.usualNow)
        return Set((evaluation.findings + evaluation.shadow).map(\.rule))
    }

    // MARK: Texts

    private static func candidates(_ rule: AutoModeratorRule) -> [String] {
        var result: [String] = []
        for index in 0..<8 {
            let parts = rule.samples.compactMap { samples in
                samples.indices.contains(index) ? samples[index] : samples.last
            }
            func texts(_ place: AutoModeratorSample.Place) -> [String] {
                parts.filter { $0.place == place }.map(\.text)
            }
            var words = texts(.start) + texts(.anywhere)
            let length = (words + texts(.end)).joined(separator: " ").count
            if let least = rule.longerThan, length <= least, least < longest {
                words.append(filler(to: least - length + 1))
            }
            words += texts(.end)
            let text = texts(.whole).first ?? words.joined(separator: " ")
            guard !text.isEmpty, text.utf8.count <= 2 * longest,
                !text.unicodeScalars.contains(where: { $0.value < 0x20 }), !result.contains(text)
            else { continue }
            result.append(text)
        }
        return result
    }

    private static func filler(to length: Int) -> String {
        let words = ["and", "the", "walk", "along", "the", "river", "went", "on", "until", "noon"]
        var text = ""
        var index = 0
        while text.count < length {
            text += (text.isEmpty ? "" : " ") + words[index % words.count]
            index += 1
        }
        return text
    }
}
