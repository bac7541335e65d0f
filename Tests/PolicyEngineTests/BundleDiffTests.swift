import Moderation
import PolicyEngine
import Testing

@Suite("A diff says what is different, and how much it matters")
struct BundleDiffTests {
    /// What changes when texts in the two policies are replaced.
    private func diff(_ replacements: [(String, String)]) throws -> BundleDiff {
        let new = try TwoPolicies.bundle { a, b in
            for (old, new) in replacements {
                a = a.replacing(old, with: new)
                b = b.replacing(old, with: new)
            }
        }
        return BundleDiff(from: try TwoPolicies.bundle(), to: new)
    }

    private func summary(_ diff: BundleDiff) -> [String] {
        var lines: [String] = []
        for policy in diff.policies {
            lines.append("\(policy.mark.sign) \(policy.id)")
            lines += policy.changes.map { "  " + line($0) }
            for rule in policy.rules {
                lines.append("  \(rule.mark.sign) \(rule.id)")
                lines += rule.changes.map { "    " + line($0) }
            }
        }
        return lines
    }

    private func line(_ change: BundleDiff.Change) -> String {
        var text = "\(change.mark.sign) \(change.what)"
        if change.before != nil || change.after != nil {
            text += ": \(change.before ?? "none") → \(change.after ?? "none")"
        }
        if !change.added.isEmpty { text += " +\(change.added.joined(separator: ","))" }
        if !change.removed.isEmpty { text += " -\(change.removed.joined(separator: ","))" }
        return text
    }

    @Test func commentsOrderAndPlacesMakeNoDifference() throws {
        let diff = try diff([("id: a\n", "# a comment\n\nid: a\n"), ("[alpha, omega]", "[omega, alpha]")])
        #expect(diff.before != diff.after && diff.policies.isEmpty && diff.weight == nil)
    }

    @Test func everyPartOfARuleIsNamed() throws {
        let diff = try diff([
            ("status: shadow", "status: live"), ("[alpha, omega]", "[alpha, delta]"),
            ("[excuse]}}}", "[excuse]}, community: {equals: x}}}\n    languages: [en]\n    when: not word"),
            ("hazard: mild", "hazard: severe"), ("recommend: label", "recommend: keep"),
        ])
        #expect(
            summary(diff) == [
                "~ a", "  ~ a/word", "    ~ selection word words +delta -omega", "  ~ a/excuse",
                "    + languages +en", "    ~ when: word → not word",
                "    ~ selection word: body any_word → body any_word and community equals",
                "    ~ selection word words +x", "  ~ a/trial", "    ~ status: shadow → live", "~ b",
                "  ~ hazard: mild → severe", "  ~ b/word", "    ~ recommend: label → keep",
            ])
        #expect(diff.weight == .outcome)
    }

    @Test func policiesAndRulesComeAndGo() throws {
        let fewer = try TwoPolicies.bundle { a, b in
            a = a.replacing("a/trial", with: "a/other")
            b = ""
        }
        let diff = BundleDiff(from: try TwoPolicies.bundle(), to: fewer)
        #expect(summary(diff) == ["~ a", "  + a/other", "  - a/trial", "- b", "  - b/word"])
        let back = BundleDiff(from: fewer, to: try TwoPolicies.bundle())
        #expect(summary(back) == ["~ a", "  + a/trial", "  - a/other", "+ b", "  + b/word"])
    }

    @Test func examplesAndTextsWeighLessThanOutcomes() throws {
        let examples = try diff([("match: [alpha]", "match: [alpha, omega]")])
        #expect(summary(examples) == ["~ a", "  ~ a/word", "    ~ examples match +omega"])
        #expect(examples.weight == .examples)
        let texts = try diff([("{en: A, fr: A}", "{en: A, de: A}")])
        #expect(summary(texts) == ["~ a", "  ~ title +de -fr"] && texts.weight == .texts)
    }

    @Test func outcomesThatChangeAreCountedAndNamed() throws {
        let (old, new) = (
            try TwoPolicies.bundle(),
            try TwoPolicies.bundle { a, _ in
                a = a.replacing("[alpha, omega]", with: "[alpha, delta]").replacing(
                    "hazard: moderate", with: "hazard: severe"
                ).replacing("[gamma]", with: "[gamma, quiet]")
            }
        )
        let (before, after) = (
            try Evaluator(bundle: old, cacheDirectory: nil), try Evaluator(bundle: new, cacheDirectory: nil)
        )
        var whole = OutcomeDiff(most: 1)
        var parts = [OutcomeDiff(most: 1), OutcomeDiff(most: 1)]
        for (index, text) in ["omega", "omega too", "delta", "alpha", "beta", "quiet"].enumerated() {
            let post = FlaggedPost(source: "s", externalID: text, body: text)
            let now = Timestamp(milliseconds: 0)
            let pair = (before.evaluate(post, now: now), after.evaluate(post, now: now))
            whole.add(text, before: pair.0, after: pair.1)
            parts[index / 3].add(text, before: pair.0, after: pair.1)
        }
        parts[0].add(parts[1])
        for diff in [whole, parts[0]] {
            #expect(diff.posts == 6 && diff.changed == 4)
            #expect(diff.recommendations[.init(before: .remove, after: nil)]?.count == 2)
            #expect(diff.recommendations[.init(before: .remove, after: nil)]?.first == ["omega"])
            #expect(diff.recommendations[.init(before: nil, after: .remove)]?.first == ["delta"])
            #expect(diff.recommendations[.init(before: .label, after: .label)]?.first == [])
            #expect(diff.hazards[.init(before: .moderate, after: .severe)]?.first == ["alpha"])
            #expect(diff.live[RuleID("a/word")]?.gained.count == 1)
            #expect(diff.live[RuleID("a/word")]?.lost.count == 2)
            #expect(diff.onTrial[RuleID("a/trial")]?.gained.first == ["quiet"])
        }
    }
}
