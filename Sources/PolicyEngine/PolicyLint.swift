import Moderation

/// Finds what is allowed but probably not meant.
///
/// A warning is never a guess: a rule that is said never to fire can't, a word that is said to be found already is.
/// Not everything is found, though. Conditions of more than 16 selections are only followed step by step, and rules
/// that are covered by others are looked for in policies of up to 500 rules.
public enum PolicyLint {
    /// Warnings about all policies of a bundle, in the order of files and lines.
    ///
    /// - Parameters:
    ///   - unusedLists: lists beside the policies that none of them uses (see ``PolicyLoad/unusedLists``).
    ///   - progress: called with how many rules are done, and of how many.
    public static func lint(
        _ bundle: PolicyBundle, unusedLists: [String] = [], progress: (Int, Int) -> Void = { _, _ in }
    ) -> [Diagnostic] {
        var lint = Findings()
        let rules = bundle.policies.map(\.rules.count).reduce(0, +)
        var done = 0
        for policy in bundle.policies {
            lint.checkLanguages(of: policy)
            let logics = policy.rules.map { rule in
                done += 1
                progress(done, rules)
                guard rule.status != .retired else { return ConditionLogic?.none }
                let logic = ConditionLogic(rule)
                lint.checkExamples(of: rule, in: policy)
                lint.checkSelections(logic, in: policy)
                lint.checkWords(of: rule, in: policy)
                lint.checkExpressions(of: rule, in: policy)
                return logic
            }
            lint.checkShadows(logics.compactMap(\.self), in: policy)
        }
        lint.checkDuplicates(in: bundle)
        for list in unusedLists {
            lint.warn(
                .unusedList, list, FilePosition(),
                "no policy uses this list (name it in one, or take it away)")
        }
        return lint.sorted
    }

    /// What was found so far.
    struct Findings {
        private var all: Set<Diagnostic> = []

        mutating func warn(
            _ kind: Diagnostic.Kind, _ file: String, _ position: FilePosition, _ message: String
        ) {
            all.insert(Diagnostic(kind, .warning, file: file, at: position, message: message))
        }

        var sorted: [Diagnostic] { all.sorted { Diagnostic.stands($0, before: $1) } }
    }
}

extension PolicyLint.Findings {
    /// The languages in which moderators read the console.
    private static let languages = ["en", "fr"]

    fileprivate mutating func checkLanguages(of policy: Policy) {
        for (name, text) in [("guidance", policy.guidance), ("neutral", policy.neutralLine)] {
            checkLanguages(
                Self.languages, of: text, "the \(name)", policy.file, policy.positions[name] ?? FilePosition()
            )
        }
        // A title may be a name that needs no other language; then nothing else of a rule does.
        let spoken = Self.languages.filter { policy.title.texts[$0] != nil }
        for rule in policy.rules where rule.status != .retired {
            let texts = [("title", rule.title), ("why", rule.why), ("false_positives", rule.falsePositives)]
            for case (let name, let text?) in texts {
                checkLanguages(
                    spoken, of: text, "\(name) of \(rule.id)", policy.file,
                    rule.positions[name] ?? rule.position)
            }
            if rule.status == .live, rule.recommend == nil, rule.why == nil {
                warn(
                    .saysNothing, policy.file, rule.position,
                    "\(rule.id) neither recommends anything nor says why it is there (add recommend, or why)")
            }
        }
    }

    private mutating func checkLanguages(
        _ languages: [String], of text: LocalizedText, _ what: String, _ file: String,
        _ position: FilePosition
    ) {
        for language in languages where text.texts[language] == nil {
            warn(.missingLanguage, file, position, "\(what) is missing in \"\(language)\" (add it)")
        }
    }

    fileprivate mutating func checkExamples(of rule: Rule, in policy: Policy) {
        if rule.matching.isEmpty {
            warn(
                .noMatchExample, policy.file, rule.position,
                "\(rule.id) has no example that it must match (add one under examples: match:)")
        }
        if rule.passing.isEmpty {
            warn(
                .noPassExample, policy.file, rule.position,
                "\(rule.id) has no example that it must pass (add one under examples: pass:)")
        }
        var asked: Set<String> = []
        for test in rule.selections.values.flatMap(\.alternatives).joined() {
            if case .history(let query) = test.subject { asked.insert(query.key) }
        }
        var seen: [FlaggedPost: Rule.Example] = [:]
        for example in rule.matching + rule.passing {
            if let twin = seen[example.post], twin.state == example.state, twin.now == example.now {
                warn(
                    .exampleTwice, policy.file, example.position,
                    "this example stands in line \(twin.position.line) already (take one out)")
            }
            seen[example.post] = example
            for key in example.state.counts.keys where !asked.contains(key) {
                warn(
                    .unaskedHistory, policy.file, example.position,
                    "\(rule.id) asks for no such history (give it what the rule asks, over the same time)")
            }
        }
    }
}
