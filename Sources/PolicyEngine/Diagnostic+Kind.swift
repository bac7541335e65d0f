extension Diagnostic {
    /// What sort of thing is wrong.
    public enum Kind: String, CaseIterable, Hashable, Sendable, Encodable {
        // MARK: Files
        case noFolder = "no-folder"
        case noPolicy = "no-policy"
        case unreadable = "unreadable"
        case notUTF8 = "not-utf-8"
        case notYAML = "not-yaml"
        case empty = "empty"
        case twiceInMapping = "twice-in-mapping"
        case alias = "alias"
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        case tooMany = "too-many"
        case policyTwice = "policy-twice"

        // MARK: Shapes
        case notMapping = "not-mapping"
        case notList = "not-list"
        case notText = "not-text"
        case unknownField = "unknown-field"
        case missingField = "missing-field"
        case unknownChoice = "unknown-choice"
        case notLocalized = "not-localized"
        case badLanguage = "bad-language"

        // MARK: Policies and rules
        case badName = "bad-name"
        case noAction = "no-action"
        case noRule = "no-rule"
        case noSelection = "no-selection"
        case ruleTwice = "rule-twice"
        case foreignAction = "foreign-action"
        case badAutomatic = "bad-automatic"
        case badCondition = "bad-condition"
        case badUnless = "bad-unless"

        // MARK: Tests
        case noOperator = "no-operator"
        case unknownOperator = "unknown-operator"
        case badModifier = "bad-modifier"
        case badComparison = "bad-comparison"
        case badFlag = "bad-flag"
        case badNear = "bad-near"
        case noWindow = "no-window"
        case nothingLeft = "nothing-left"
        case tooFewWords = "too-few-words"
        case noListFile = "no-list-file"
        case emptyList = "empty-list"
        case badRegex = "bad-regex"

        // MARK: Examples
        case badExample = "bad-example"
        case badTime = "bad-time"
        case badNumber = "bad-number"

        // MARK: Warnings
        case unusedSelection = "unused-selection"
        case idleSelection = "idle-selection"
        case deadSelection = "dead-selection"
        case deadAlternative = "dead-alternative"
        case neverFires = "never-fires"
        case alwaysFires = "always-fires"
        case duplicateRule = "duplicate-rule"
        case shadowedRule = "shadowed-rule"
        case foldsTogether = "folds-together"
        case redundantEntry = "redundant-entry"
        case openEnd = "open-end"
        case nestedRepeat = "nested-repeat"
        case costlyRegex = "costly-regex"
        case noMatchExample = "no-match-example"
        case noPassExample = "no-pass-example"
        case exampleTwice = "example-twice"
        case unaskedHistory = "unasked-history"
        case missingLanguage = "missing-language"
        case saysNothing = "says-nothing"
        case unusedList = "unused-list"

        // MARK: Tests of examples
        case failedExample = "failed-example"
        case uncoveredRule = "uncovered-rule"
        case uncoveredSelection = "uncovered-selection"
        case uncoveredAlternative = "uncovered-alternative"
    }
}
