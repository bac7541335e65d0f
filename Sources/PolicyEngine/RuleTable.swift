import Moderation

/// A bundle's rules in the form in which they are evaluated.
struct RuleTable {
    struct Row {
        let policy: Policy
        let rule: Rule
        /// The tests of each selection, by alternatives, as numbers into `tests`.
        let selections: [String: [[Int]]]
    }

    let rows: [Row]
    let tests: [FieldTest]
    let patterns: [Pattern]
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
        func add(_ test: FieldTest) -> Int {
            let index = tests.count
            tests.append(test)
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
        self.tests = tests
        self.patterns = patterns
        testsOfPattern = users
        self.scanned = scanned
    }
}
