import Moderation

extension PolicyLint.Findings {
    /// Selections that can't matter, and rules that can't fire or can't but fire.
    mutating func checkSelections(_ logic: ConditionLogic, in policy: Policy) {
        let rule = logic.rule
        let mentioned = rule.when.mentioned
        for (name, selection) in rule.selections.sorted(by: { $0.key < $1.key }) {
            if !mentioned.contains(name) {
                warn(
                    .unusedSelection, policy.file, selection.position,
                    "the selection \"\(name)\" of \(rule.id) is never used in when (use it, or take it out)")
            }
            let facts = SelectionFacts(selection, languages: rule.languages)
            checkAlternatives(of: selection, name, facts, in: rule, policy)
        }
        let when = rule.positions["when"] ?? rule.position
        if logic.contradictsItself {
            warn(
                .neverFires, policy.file, when, "\(rule.id) can never fire: when contradicts itself (mend it)"
            )
        } else if !logic.canFire {
            warn(
                .neverFires, policy.file, when,
                "\(rule.id) can never fire: its selections can't hold as when asks (\(reason(logic)))")
        } else if !logic.canFail {
            warn(
                .alwaysFires, policy.file, when,
                "\(rule.id) fires for every post\(rule.languages.isEmpty ? "" : " in its languages") (ask for more)"
            )
        }
        for name in logic.idle {
            warn(
                .idleSelection, policy.file, rule.selections[name]?.position ?? when,
                "the selection \"\(name)\" of \(rule.id) changes nothing: the rule fires for the same posts without it"
                    + " (take it out, or change when)")
        }
    }

    private mutating func checkAlternatives(
        of selection: Selection, _ name: String, _ facts: SelectionFacts, in rule: Rule, _ policy: Policy
    ) {
        if !facts.canHold, let reason = facts.impossibilities.compactMap(\.self).first {
            warn(
                .deadSelection, policy.file, selection.position,
                "the selection \"\(name)\" of \(rule.id) can never hold: \(reason) (mend it)")
        } else {
            for (index, reason) in facts.impossibilities.enumerated() {
                guard let reason else { continue }
                warn(
                    .deadAlternative, policy.file, selection.alternativePositions[index],
                    "this alternative of \"\(name)\" in \(rule.id) can never hold: \(reason) (mend it)")
            }
        }
        if facts.canHold, !facts.canFail {
            warn(
                .idleSelection, policy.file, selection.position,
                "the selection \"\(name)\" of \(rule.id) holds for every post (ask for more, or take it out)")
        }
    }

    /// Names what stands in a rule's way.
    private func reason(_ logic: ConditionLogic) -> String {
        for (index, facts) in logic.facts.enumerated() {
            if !facts.canHold { return "\"\(logic.names[index])\" never holds" }
            if !facts.canFail { return "\"\(logic.names[index])\" always holds" }
            for (number, other) in logic.facts.enumerated() where number != index {
                let names = ["\"\(logic.names[index])\"", "\"\(logic.names[number])\""]
                if number > index, facts.excludes(other) {
                    return "\(names[0]) and \(names[1]) exclude each other"
                }
                if facts.implies(other) { return "\(names[1]) holds wherever \(names[0]) does" }
            }
        }
        return "change when"
    }
}
