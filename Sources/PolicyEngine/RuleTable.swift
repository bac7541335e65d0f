import Moderation

/// A bundle's rules in the form in which they are evaluated.
struct RuleTable {
    final class Row: Sendable {
        let policy: Policy
        let rule: Rule
        /// The tests of each selection, by alternatives, as numbers into `tests`.
        let selections: [String: [[Int]]]

        init(policy: Policy, rule: Rule, selections: [String: [[Int]]]) {
            self.policy = policy
            self.rule = rule
            self.selections = selections
        }
    }

    let rows: [Row]
    let tests: [FieldTest]
    let patterns: [Pattern]
    /// The rule that a test belongs to.
    let rowOfTest: [Int]
    /// The rules that may match although none of their patterns was found.
    let rowsWithoutPatterns: [Int]
    /// For every pattern the tests that look for it.
    let testsOfPattern: [[Int]]
    /// The fields whose text any test looks at.
    let scanned: Set<Field>

    init(_ bundle: PolicyBundle) {
        var rows: [Row] = []
        var tests: [FieldTest] = []
        var numbers: [Pattern: Int] = [:]
        var patterns: [Pattern] = []
        var users: [[Int]] = []
        var scanned: Set<Field> = []
        var rowOfTest: [Int] = []
        func add(_ test: FieldTest) -> Int {
            let index = tests.count
            tests.append(test)
            rowOfTest.append(rows.count)
            guard case .patterns(let texts, _, let isRegex) = test.test else { return index }
            if case .field(let field) = test.subject { scanned.formUnion(field.scanned) }
            for text in texts {
                let pattern = Pattern(text: text, isRegex: isRegex)
                let number = numbers[pattern] ?? patterns.count
                if number == patterns.count {
                    numbers[pattern] = number
                    patterns.append(pattern)
                    users.append([])
                }
                if users[number].last != index { users[number].append(index) }
            }
            return index
        }
        for policy in bundle.policies {
            for rule in policy.rules {
                var selections: [String: [[Int]]] = [:]
                for (name, selection) in rule.selections.sorted(by: { $0.key < $1.key }) {
                    selections[name] = selection.alternatives.map { $0.map(add) }
                }
                rows.append(Row(policy: policy, rule: rule, selections: selections))
            }
        }
        self.rows = rows
        self.rowOfTest = rowOfTest
        rowsWithoutPatterns = rows.indices.filter { Self.canHoldWithoutPatterns(rows[$0], tests: tests) }
        self.tests = tests
        self.patterns = patterns
        testsOfPattern = users
        self.scanned = scanned
    }

    /// Most rules need one of their patterns, and need no look when the scanner found none.
    private static func canHoldWithoutPatterns(_ row: Row, tests: [FieldTest]) -> Bool {
        row.rule.when.possible { name in
            let canHold = (row.selections[name] ?? []).contains { alternative in
                alternative.allSatisfy { test in
                    if case .patterns = tests[test].test { return false }
                    return true
                }
            }
            return Condition.Possibility(canHold: canHold, canFail: true)
        }.canHold
    }
}
