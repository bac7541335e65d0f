import Moderation

extension PolicyLint.Findings {
    /// More rules of one policy are not compared with each other.
    static let mostCompared = 500

    /// Rules that fire only where another of the same policy fires too and recommends no less.
    mutating func checkShadows(_ logics: [ConditionLogic], in policy: Policy) {
        let live = logics.filter { $0.rule.status == .live && $0.canFire && $0.canFail }
        guard live.count <= Self.mostCompared else { return }
        for (index, logic) in live.enumerated() {
            let rule = logic.rule
            let cover = live.enumerated().first { number, other in
                number != index && Self.isFor(rule, whereverFor: other.rule)
                    && (other.rule.recommend?.severity ?? -1) >= (rule.recommend?.severity ?? -1)
                    && !Self.isSame(rule, other.rule) && logic.implies(other)
                    // Of two that cover each other, the first one stays.
                    && !(number > index && other.implies(logic) && Self.isFor(other.rule, whereverFor: rule)
                        && other.rule.recommend == rule.recommend)
            }
            guard let cover = cover?.element.rule else { continue }
            warn(
                .shadowedRule, policy.file, rule.positions["id"] ?? rule.position,
                "\(rule.id) adds nothing: wherever it fires, \(cover.id) fires too and recommends no less"
                    + " (take it out, or narrow \(cover.id))")
        }
    }

    /// Rules that say the same, in whichever policies.
    mutating func checkDuplicates(in bundle: PolicyBundle) {
        var first: [String: (rule: Rule, file: String)] = [:]
        for policy in bundle.policies {
            for rule in policy.rules where rule.status == .live || rule.status == .shadow {
                let meaning = Self.meaning(of: rule)
                guard let twin = first[meaning] else {
                    first[meaning] = (rule, policy.file)
                    continue
                }
                let place = twin.file == policy.file ? "" : " of \(twin.file)"
                warn(
                    .duplicateRule, policy.file, rule.positions["id"] ?? rule.position,
                    "\(rule.id) has the same selections and when as \(twin.rule.id) in line "
                        + "\(twin.rule.line)\(place) (take one out)")
            }
        }
    }

    private static func isFor(_ rule: Rule, whereverFor other: Rule) -> Bool {
        other.languages.isEmpty || (!rule.languages.isEmpty && rule.languages.isSubset(of: other.languages))
    }

    private static func isSame(_ rule: Rule, _ other: Rule) -> Bool {
        meaning(of: rule) == meaning(of: other)
    }

    /// The same text for rules that say the same: no names, places or order.
    private static func meaning(of rule: Rule) -> String {
        "\(rule.languages.sorted()) " + meaning(of: rule.when, in: rule)
    }

    private static func meaning(of condition: Condition, in rule: Rule) -> String {
        switch condition {
        case .selection(let name): return rule.selections[name].map(meaning) ?? name
        case .not(let inner): return "!(\(meaning(of: inner, in: rule)))"
        case .and(let left, let right):
            return "(\([left, right].map { meaning(of: $0, in: rule) }.sorted().joined(separator: "&")))"
        case .or(let left, let right):
            return "(\([left, right].map { meaning(of: $0, in: rule) }.sorted().joined(separator: "|")))"
        case .atLeast(let count, let names):
            let parts = names.map { name in rule.selections[name].map(meaning) ?? name }
            return parts.count == 1 ? parts[0] : "\(count) of \(parts.sorted())"
        }
    }

    private static func meaning(of selection: Selection) -> String {
        selection.alternatives.map { tests in tests.map(meaning).sorted().joined(separator: "+") }.sorted()
            .joined(separator: "/")
    }

    private static func meaning(of test: FieldTest) -> String {
        let what: String =
            switch test.test {
            case .patterns(let texts, let anchor, let isRegex): "\(Set(texts).sorted()) \(anchor) \(isRegex)"
            case .near(let groups, let within): "\(groups.map { Set($0).sorted() }) \(within)"
            case .values(let values, let anchor): "\(values.sorted()) \(anchor)"
            case .domains(let domains): "\(domains.sorted())"
            case .exists(let flag): "exists \(flag)"
            case .flag(let flag): "flag \(flag)"
            case .number(let comparison, let limit): "\(comparison.rawValue) \(limit)"
            }
        return "\(test.subject) \(test.least) \(test.fold.rawValue) \(what)"
    }
}
