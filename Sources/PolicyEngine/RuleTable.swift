import Moderation

/// A bundle's rules in the form in which they are evaluated.
struct RuleTable {
    final class Row: Sendable {
        let policy: Policy
        let rule: Rule
        /// The selections that the condition speaks of, ordered by name.
        let names: [String]
        /// The tests of each selection, by alternatives, as numbers into `tests`.
        let selections: [[Range<Int>]]
        let when: IndexedCondition
        let watch: Watch

        init(policy: Policy, rule: Rule, selections: [String: [Range<Int>]], tests: [FieldTest]) {
            self.policy = policy
            self.rule = rule
            let names = selections.keys.sorted()
            self.names = names
            self.selections = names.map { selections[$0] ?? [] }
            watch = Watch(rule.when, selections, tests)
            when = rule.when.indexed { names.firstIndex(of: $0) ?? 0 }
        }

        /// Whether it is for posts in that language; those of which nobody said it count as any.
        func isFor(_ language: String?) -> Bool {
            guard let language, !rule.languages.isEmpty else { return true }
            return rule.languages.contains(language)
        }
    }

    /// The fields whose text any test looks at.
    struct ScannedFields {
        var title = false
        var body = false
        var handle = false
        var displayName = false
        var links = false
        var altText = false
        var reasons = false

        init(_ fields: Set<Field>) {
            title = fields.contains(.title)
            body = fields.contains(.body)
            handle = fields.contains(.authorHandle)
            displayName = fields.contains(.authorDisplayName)
            links = fields.contains(.links)
            altText = fields.contains(.mediaAltText)
            reasons = fields.contains(.flagsReasons)
        }
    }

    let rows: [Row]
    let tests: [FieldTest]
    let patterns: [Pattern]
    /// The rule that a test belongs to.
    let rowOfTest: [Int]
    /// The rules that may match although none of their patterns was found.
    let rowsWithoutPatterns: [Int]
    /// For every test the rule that needs a look when it found something; -1 for none.
    private let watchers: [Int]
    /// For every pattern the tests that look for it.
    let testsOfPattern: [[Int]]
    /// The tests that hold as soon as one pattern of theirs is found: most of them.
    let isFoundOnce: [Bool]
    /// For every pattern the literals that it is when letters in them are written once.
    let stretches: [Int: [Int]]
    /// How the tests look for the patterns, those of one pattern side by side.
    let uses: [Use]
    /// Where a pattern's uses begin, and at the end where the last one's end.
    let useStarts: [Int]
    let scanned: ScannedFields
    /// Whether any pattern is looked for in the text as written.
    let scansExact: Bool
    /// Whether any pattern is looked for in folded text.
    let scansFolded: Bool
    /// How far around a disguised word patterns that hold it may reach, and what stands beside them, in bytes.
    let margin: Int
    /// Whether any test counts words.
    let hasNear: Bool
    /// What of an author's history any rule asks.
    let history: Set<HistoryQuery>
    /// Whether any rule gives way to others.
    let hasUnless: Bool
    /// Whether any rule asks for registrable domains.
    let asksDomains: Bool

    init(_ bundle: PolicyBundle, statuses: Set<Rule.Status> = [.live, .shadow]) {
        var rows: [Row] = []
        var tests: [FieldTest] = []
        var rowOfTest: [Int] = []
        var patterns = PatternList()
        var scanned: Set<Field> = []
        var history: Set<HistoryQuery> = []
        func add(_ test: FieldTest) {
            let index = tests.count
            tests.append(test)
            rowOfTest.append(rows.count)
            if case .history(let query) = test.subject { history.insert(query) }
            guard test.isScanned else { return }
            if let field = test.subject.field { scanned.formUnion(field.scanned) }
            for pattern in test.patterns { patterns.add(pattern, test: index) }
        }
        for policy in bundle.policies {
            for rule in policy.rules where statuses.contains(rule.status) {
                var selections: [String: [Range<Int>]] = [:]
                for (name, selection) in rule.selections.sorted(by: { $0.key < $1.key }) {
                    selections[name] = selection.alternatives.map { alternative in
                        let first = tests.count
                        alternative.forEach(add)
                        return first..<tests.count
                    }
                }
                rows.append(Row(policy: policy, rule: rule, selections: selections, tests: tests))
            }
        }
        self.rows = rows
        self.tests = tests
        isFoundOnce = tests.map { test in if case .patterns = test.test { test.least == 1 } else { false } }
        self.rowOfTest = rowOfTest
        self.scanned = ScannedFields(scanned)
        self.history = history
        hasUnless = rows.contains { !$0.rule.unless.isEmpty }
        asksDomains = tests.contains { $0.subject.field == .linksDomain }
        scansExact = patterns.patterns.contains(where: \.isExact)
        margin = 8 + (patterns.patterns.lazy.filter { !$0.isRegex }.map(\.text.utf8.count).max() ?? 0)
        hasNear = tests.contains { if case .near = $0.test { true } else { false } }
        scansFolded = patterns.patterns.contains { !$0.isExact }
        rowsWithoutPatterns = rows.indices.filter { !rows[$0].watch.without.isEmpty }
        var watchers = Array(repeating: -1, count: tests.count)
        for (index, row) in rows.enumerated() {
            for test in row.watch.tests { watchers[test] = index }
        }
        self.watchers = watchers
        stretches = patterns.addSqueezed()
        patterns.markWhole(looked: { tests[$0].anchor == .word }, stretches)
        self.patterns = patterns.patterns
        testsOfPattern = patterns.users
        useStarts = patterns.users.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
        uses = patterns.users.joined().map { Use(tests[$0], number: $0) }
    }

    /// What must be known of a test when one of its patterns is found.
    struct Use {
        let test: Int
        let field: Field
        let anchor: FieldTest.Anchor
        let least: Int
        let isNear: Bool
        let isPlain: Bool
        /// A sign that counts as a letter where words end.
        let joint: UInt8?

        init(_ test: FieldTest, number: Int) {
            self.test = number
            field = test.subject.field ?? .body
            anchor = test.anchor
            least = test.least
            isNear = if case .near = test.test { true } else { false }
            isPlain = test.fold == .plain
            joint = test.fold == .caseOnly ? 0x5F : nil
        }
    }

    /// The rules to look at when the scanner found something for these tests of a post that has this, each once and in
    /// order.
    func candidates(_ tests: [Int], _ kinds: Facts.Kinds) -> [Int] {
        var found: [Int] = []
        for row in rowsWithoutPatterns
        where rows[row].watch.without.contains(where: { $0.isSubset(of: kinds) }) {
            found.append(row)
        }
        let sorted = found.count
        for test in tests where watchers[test] >= 0 && rows[watchers[test]].watch.needs.isSubset(of: kinds) {
            found.append(watchers[test])
        }
        guard found.count > max(sorted, 1) else { return found }
        found.sort()
        var count = 1
        for index in 1..<found.count where found[index] != found[index - 1] {
            found[count] = found[index]
            count += 1
        }
        found.removeLast(found.count - count)
        return found
    }
}

/// All patterns of a bundle, each once, with the tests that look for it.
private struct PatternList {
    private(set) var patterns: [Pattern] = []
    private(set) var users: [[Int]] = []
    private var numbers: [Pattern: Int] = [:]

    mutating func add(_ pattern: Pattern, test: Int) {
        let number = number(of: pattern)
        if users[number].last != test { users[number].append(test) }
    }

    /// Adds the literals with every letter written once, for texts in which somebody held a key down.
    mutating func addSqueezed() -> [Int: [Int]] {
        var result: [Int: [Int]] = [:]
        for (index, pattern) in patterns.enumerated() where !pattern.isRegex && !pattern.isExact {
            var squeezed: [UInt8] = []
            for byte in pattern.text.utf8 where byte != squeezed.last || !Folding.isLatinLetter(byte) {
                squeezed.append(byte)
            }
            let once = Pattern(text: String(decoding: squeezed, as: UTF8.self), isRegex: false)
            result[number(of: once), default: []].append(index)
        }
        return result
    }

    /// Marks the patterns that are found as whole words only.
    ///
    /// - Parameters:
    ///   - looked: whether a test looks for whole words.
    ///   - stretches: what else is found by a pattern, in texts in which somebody held a key down.
    mutating func markWhole(looked: (Int) -> Bool, _ stretches: [Int: [Int]]) {
        let isWhole = users.map { $0.allSatisfy(looked) }
        for index in patterns.indices
        where isWhole[index] && stretches[index, default: []].allSatisfy({ isWhole[$0] }) {
            patterns[index].isWhole = patterns[index].canBeWhole
        }
    }

    private mutating func number(of pattern: Pattern) -> Int {
        if let known = numbers[pattern] { return known }
        numbers[pattern] = patterns.count
        patterns.append(pattern)
        users.append([])
        return patterns.count - 1
    }
}
