import Moderation
import PolicyEngine

/// What is different between two bundles, for people: `+` came, `-` went, `~` changed.
enum DiffText {
    /// More entries than these are counted, not shown.
    private static let mostShown = 20

    static func show(_ diff: BundleDiff) {
        Output.line("bundle \(diff.before.short) → \(diff.after.short)")
        guard let weight = diff.weight else {
            return Output.line(
                diff.before == diff.after
                    ? "the same bundle" : "the same meaning (only comments, order or layout differ)")
        }
        for policy in diff.policies {
            Output.line("\(policy.mark.sign) \(policy.id)")
            for change in policy.changes { Output.line("  " + line(change)) }
            for rule in policy.rules {
                Output.line("  \(rule.mark.sign) \(rule.id)\(facts(rule))")
                for change in rule.changes { Output.line("    " + line(change)) }
            }
        }
        Output.line(summary(diff))
        switch weight {
        case .examples: Output.line("only examples differ: no outcome changes")
        case .texts: Output.line("only texts for people differ: no outcome changes")
        case .outcome: break
        }
    }

    private static func facts(_ rule: BundleDiff.RuleChange) -> String {
        if rule.mark == .changed { return rule.weight == .examples ? " (examples only)" : "" }
        return " (\(rule.status), \(rule.recommends.map { "recommends " + $0.rawValue } ?? "informs only"))"
    }

    private static func line(_ change: BundleDiff.Change) -> String {
        var text = "\(change.mark.sign) \(change.what)"
        if change.before != nil || change.after != nil {
            text +=
                ": "
                + [change.before, change.after].map { $0.map(shortened) ?? "none" }.joined(separator: " → ")
        }
        // A text's entries are the languages in which it is another.
        let signs = isText(change) ? ("  in", "  gone in") : ("  +", "  -")
        for (sign, entries, count) in [
            (signs.0, change.added, change.addedCount), (signs.1, change.removed, change.removedCount),
        ] where count > 0 {
            let shown = entries.prefix(mostShown).map(shortened)
            let more = count - shown.count
            text += "\(sign) \(shown.joined(separator: ", "))\(more > 0 ? " and \(more) more" : "")"
        }
        return text
    }

    private static func isText(_ change: BundleDiff.Change) -> Bool {
        ["title", "guidance", "neutral", "why", "false_positives"].contains(change.what)
    }

    private static func shortened(_ text: String) -> String {
        text.count > 200 ? text.prefix(199) + "…" : text
    }

    private static func summary(_ diff: BundleDiff) -> String {
        func counts(_ marks: [BundleDiff.Mark]) -> String {
            [(BundleDiff.Mark.added, "added"), (.removed, "removed"), (.changed, "changed")]
                .map { mark, word in "\(marks.count { $0 == mark }) \(word)" }.joined(separator: ", ")
        }
        return "policies: \(counts(diff.policies.map(\.mark))); rules: "
            + counts(diff.policies.flatMap { $0.rules.map(\.mark) })
    }
}
