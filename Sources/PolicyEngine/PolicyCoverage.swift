import Moderation

/// Finds what no example exercises.
///
/// A selection is exercised by an example that the rule must match, and does, while it holds. Where `when` asks that
/// it doesn't hold, it is exercised by an example that the rule must pass, and does, while it holds: else nobody has
/// seen the exception work.
struct PolicyCoverage {
    private let rule: Rule
    private let file: String
    private var matched: Set<Part> = []
    private var passed: Set<Part> = []
    private var isMatched = false

    private struct Part: Hashable {
        let selection: String
        let alternative: Int
    }

    init(of rule: Rule, in file: String) {
        self.rule = rule
        self.file = file
    }

    /// Notes what an example made of the rule.
    mutating func note(_ explanation: RuleExplanation, shouldMatch: Bool) {
        guard explanation.outcome != .otherLanguage, (explanation.outcome == .matched) == shouldMatch else {
            return
        }
        if shouldMatch { isMatched = true }
        for selection in explanation.selections where selection.holds {
            for (index, alternative) in selection.alternatives.enumerated() where alternative.holds {
                let part = Part(selection: selection.name, alternative: index)
                if shouldMatch { matched.insert(part) } else { passed.insert(part) }
            }
        }
    }

    /// What is left, by place.
    var gaps: [Diagnostic] {
        guard isMatched else {
            return [
                gap(
                    .uncoveredRule, rule.position,
                    "no example makes \(rule.id) match (add one under examples: match:)")
            ]
        }
        let asked = rule.when.asked(isNegated: false)
        var result: [Diagnostic] = []
        for (name, selection) in rule.selections {
            if asked.holding.contains(name) {
                result += gaps(
                    in: selection, name, matched, "no example that \(rule.id) matches", under: "match")
            }
            if asked.missing.contains(name) {
                result += gaps(
                    in: selection, name, passed, "no example that \(rule.id) passes", under: "pass")
            }
        }
        return result
    }

    private func gaps(
        in selection: Selection, _ name: String, _ seen: Set<Part>, _ none: String, under list: String
    ) -> [Diagnostic] {
        let remedy = "(add one under examples: \(list):)"
        let alternatives = selection.alternatives.indices.filter {
            !seen.contains(Part(selection: name, alternative: $0))
        }
        if alternatives.count == selection.alternatives.count {
            return [
                gap(
                    .uncoveredSelection, selection.position,
                    "\(none) makes the selection \"\(name)\" hold \(remedy)")
            ]
        }
        return alternatives.map {
            gap(
                .uncoveredAlternative, selection.alternativePositions[$0],
                "\(none) makes this alternative of \"\(name)\" hold \(remedy)")
        }
    }

    private func gap(_ kind: Diagnostic.Kind, _ position: FilePosition, _ message: String) -> Diagnostic {
        Diagnostic(kind, .warning, file: file, at: position, message: message)
    }
}

extension Condition {
    /// The selections that it asks to hold, and those that it asks not to.
    fileprivate func asked(isNegated: Bool) -> (holding: Set<String>, missing: Set<String>) {
        switch self {
        case .selection(let name): return isNegated ? ([], [name]) : ([name], [])
        case .atLeast(_, let names): return isNegated ? ([], Set(names)) : (Set(names), [])
        case .not(let inner): return inner.asked(isNegated: !isNegated)
        case .and(let left, let right), .or(let left, let right):
            let parts = (left.asked(isNegated: isNegated), right.asked(isNegated: isNegated))
            return (
                parts.0.holding.union(parts.1.holding), parts.0.missing.union(parts.1.missing)
            )
        }
    }
}
