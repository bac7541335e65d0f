public import Moderation
import Synchronization

extension Evaluator {
    /// Evaluates drafts too, for their authors.
    public convenience init(withDrafts bundle: PolicyBundle, cacheDirectory: String?) throws {
        try self.init(bundle: bundle, cacheDirectory: cacheDirectory, statuses: [.draft, .shadow, .live])
    }

    /// Says of every rule why it matches a post or doesn't.
    ///
    /// - Parameters:
    ///   - now: for ages of posts and accounts.
    ///   - state: what is known beyond the post; a recorded one explains the recorded findings.
    public func explain(_ post: FlaggedPost, now: Timestamp, state: StateSnapshot = StateSnapshot())
        -> Explanation
    {
        let facts = facts(of: post, now: now, state: state)
        var matched: Set<RuleID> = []
        let rules = table.rows.map { row in
            var explained = explain(row, facts, language: post.language)
            if explained.outcome == .matched {
                if row.rule.unless.contains(where: matched.contains) {
                    explained.outcome = .heldBack
                } else if row.rule.status == .live {
                    matched.insert(row.rule.id)
                }
            }
            return explained
        }
        return Explanation(bundle: bundle.digest, rules: rules)
    }

    /// The same of one rule, by its number among those that are evaluated.
    func explain(rule number: Int, in post: FlaggedPost, now: Timestamp, state: StateSnapshot)
        -> RuleExplanation
    {
        explain(table.rows[number], facts(of: post, now: now, state: state), language: post.language)
    }

    private func facts(of post: FlaggedPost, now: Timestamp, state: StateSnapshot) -> Facts {
        let session = sessions.withLock { $0.popLast() } ?? makeSession()
        defer { sessions.withLock { $0.append(session) } }
        var state = state
        complete(&state, with: post.links.prefix(budget.elements))
        let hits = session.hits(in: post)
        return Facts(post: post, now: now, state: state, hits: hits, table: table, budget: budget)
    }

    private func explain(_ row: RuleTable.Row, _ facts: Facts, language: String?) -> RuleExplanation {
        let selections = zip(row.names, row.selections).map { name, alternatives in
            let explained = alternatives.map { tests in
                let explained = tests.map { explain($0, facts, selection: name) }
                return AlternativeExplanation(holds: explained.allSatisfy(\.holds), tests: explained)
            }
            return SelectionExplanation(
                name: name, holds: explained.contains(where: \.holds), alternatives: explained)
        }
        let holding = Set(selections.filter(\.holds).map(\.name))
        let when = row.rule.when.explained(holding)
        let isNear =
            !when.holds && !holding.isDisjoint(with: row.rule.when.mentioned)
            && row.rule.when.mentioned.contains { name in
                row.rule.when.explained(holding.symmetricDifference([name])).holds
            }
        let outcome: RuleExplanation.Outcome =
            if !row.isFor(language) {
                .otherLanguage
            } else if when.holds {
                .matched
            } else {
                isNear ? .nearly : .unmatched
            }
        return RuleExplanation(
            rule: row.rule.id, status: row.rule.status.rawValue, outcome: outcome, when: when,
            selections: selections)
    }

    private func explain(_ number: Int, _ facts: Facts, selection: String) -> TestExplanation {
        let test = table.tests[number]
        let holds = facts.holds(number)
        let places = holds ? facts.evidence(of: number, selection: selection).filter { $0.range != nil } : []
        var found: String?
        if case .number = test.test {
            found = facts.number(of: test.subject).map { Self.words(for: $0, test.subject) } ?? "unknown"
        }
        return TestExplanation(test: test.words, holds: holds, found: found, places: places)
    }

    /// A number as people write it.
    private static func words(for number: Int64, _ subject: FieldTest.Subject) -> String {
        if subject.field?.sort == .age {
            let units: [(String, Int64)] = [
                ("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1000),
            ]
            let unit = units.first { number.magnitude >= $0.1.magnitude } ?? ("second", 1000)
            let count = number / unit.1
            return "\(count) \(unit.0)\(count == 1 ? "" : "s")"
        }
        guard number % 1000 != 0 else { return String(number / 1000) }
        var digits = String(number.magnitude % 1000)
        digits = String(repeating: "0", count: 3 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        return "\(number < 0 ? "-" : "")\(number.magnitude / 1000).\(digits)"
    }
}

extension Condition {
    /// Whether it and each of its parts hold, given the selections that do.
    func explained(_ holding: Set<String>) -> ConditionExplanation {
        switch self {
        case .selection(let name):
            return ConditionExplanation(text: name, holds: holding.contains(name), parts: [])
        case .not(let inner):
            let part = inner.explained(holding)
            return ConditionExplanation(
                text: "not \(inner.isJoined ? "(\(part.text))" : part.text)", holds: !part.holds,
                parts: [part])
        case .and(let left, let right):
            let parts = [left.explained(holding), right.explained(holding)]
            let texts = zip([left, right], parts).map { $0.isAlternative ? "(\($1.text))" : $1.text }
            return ConditionExplanation(
                text: texts.joined(separator: " and "), holds: parts.allSatisfy(\.holds), parts: parts)
        case .or(let left, let right):
            let parts = [left.explained(holding), right.explained(holding)]
            return ConditionExplanation(
                text: parts.map(\.text).joined(separator: " or "), holds: parts.contains(where: \.holds),
                parts: parts)
        case .atLeast(let count, let names):
            let parts = names.map {
                ConditionExplanation(text: $0, holds: holding.contains($0), parts: [])
            }
            let amount = count == names.count ? "all" : count == 1 ? "any" : String(count)
            return ConditionExplanation(
                text: names.count == 1 ? names[0] : "\(amount) of \(names.joined(separator: ", "))",
                holds: parts.count(where: \.holds) >= count, parts: names.count == 1 ? [] : parts)
        }
    }

    private var isAlternative: Bool { if case .or = self { true } else { false } }

    private var isJoined: Bool {
        switch self {
        case .and, .or: true
        case .atLeast(_, let names): names.count > 1
        case .selection, .not: false
        }
    }
}
