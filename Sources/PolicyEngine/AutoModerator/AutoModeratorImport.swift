import Moderation

/// Turns configurations of Reddit's AutoModerator into policies of ours.
///
/// AutoModerator tries the rules that take a post away in the order of their priorities and stops at the first
/// that acts; the others all act. Here every rule that matches is a finding and the strongest recommendation
/// wins, so the only order that is left to say is that what would only hold a post goes before what would
/// remove it: such rules carry `unless`.
public enum AutoModeratorImport {
    /// The policy that a configuration makes.
    ///
    /// - Parameter file: its name for messages, and for the policy when options give none.
    public static func policy(
        from text: String, file: String, options: AutoModeratorOptions = AutoModeratorOptions()
    )
        -> AutoModeratorPolicy
    {
        var assembly = Assembly(file: file, options: options)
        return assembly.policy(from: text)
    }

    /// The standard conditions in a file of the platform's, by name.
    public static func standards(from text: String, file: String) -> (
        standards: [String: String], problems: [Diagnostic]
    ) {
        AutoModeratorStandards.read(text, file: file)
    }
}

private struct Assembly {
    let file: String
    let options: AutoModeratorOptions
    let id: String
    var rules: [AutoModeratorRule] = []
    var notes: [AutoModeratorNote] = []
    var problems: [Diagnostic] = []

    init(file: String, options: AutoModeratorOptions) {
        self.file = file
        self.options = options
        let base = file.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
        let name = options.id ?? AutoModeratorDocument.name(String(base))
        id = name.isEmpty ? "automoderator" : name
    }

    mutating func policy(from text: String) -> AutoModeratorPolicy {
        translate(text)
        name()
        sort()
        exemptModerators()
        stayInCommunities()
        let unless = rules.indices.map { precedence(of: $0) }
        noteDrafts(among: Set(unless.joined()))
        var yaml: String?
        if !rules.isEmpty {
            let bare = document(unless: unless, examples: [:])
            // Its expressions were probed one by one.
            let load = PolicyLoader.load(files: [(name: id + ".yaml", text: bare)], areChecked: true)
            problems += load.diagnostics.map(placed)
            if let bundle = load.bundle, load.diagnostics.isEmpty {
                let made = document(unless: unless, examples: AutoModeratorExamples.all(in: bundle))
                yaml = made
                proofread(made)
            }
        }
        return AutoModeratorPolicy(
            id: id, yaml: yaml, rules: yaml == nil ? 0 : rules.count,
            drafts: yaml == nil ? 0 : rules.count { !$0.obstacles.isEmpty },
            notes: sortedNotes, problems: problems)
    }

    /// Each once: what is lost of two fields searched together is lost once to who reads of it.
    private var sortedNotes: [AutoModeratorNote] {
        var seen: Set<AutoModeratorNote> = []
        return notes.filter { seen.insert($0).inserted }
            .sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Says of the policy what its own tests and lint would: rules that say the same, or that nothing is known to
    /// match.
    private mutating func proofread(_ text: String) {
        let load = PolicyLoader.load(files: [(name: id + ".yaml", text: text)], areChecked: true)
        problems += load.diagnostics.map(placed)
        guard let bundle = load.bundle, let made = bundle.policies.first else { return }
        let failures = (try? PolicyTester.test(bundle).failures) ?? []
        for finding in failures + PolicyLint.lint(bundle) {
            guard let index = made.rules.lastIndex(where: { $0.line <= finding.line }),
                let rule = rules.first(where: { made.rules[index].id.rawValue == "\(id)/\($0.name)" })
            else { continue }
            notes.append(
                AutoModeratorNote(
                    sort: .difference, file: file, line: rule.line, column: rule.column, construct: "lint",
                    message: finding.message))
        }
    }

    /// What the loader says of a policy made here is about the policy as a whole, not about a line of the input.
    private func placed(_ diagnostic: Diagnostic) -> Diagnostic {
        Diagnostic(file: file, line: 0, message: "the policy made of it does not load: \(diagnostic.message)")
    }

    private mutating func translate(_ text: String) {
        let whole = AutoModeratorFile(text, file: file)
        problems = whole.problems
        var word: AutoModeratorNote?
        var expressionsLeft = AutoModeratorTranslator.mostExpressions
        for document in whole.documents {
            var translator = AutoModeratorTranslator(document, file: file, options: options)
            translator.expressionsLeft = expressionsLeft
            defer { expressionsLeft = translator.expressionsLeft }
            if let rule = translator.translate(document.root) { rules.append(rule) }
            notes += translator.notes
            if word == nil, let node = translator.usesWordClasses {
                translator.note(
                    .difference, node, "regex",
                    "in expressions \\w, \\W, \\d and \\b know letters and digits of ASCII only (said once)")
                word = translator.notes.last
            }
        }
        if let word { notes.append(word) }
        if whole.documents.isEmpty, problems.isEmpty {
            problems = [Diagnostic(file: file, line: 0, message: "there is no rule in it")]
        }
    }

    private mutating func name() {
        var used: Set<String> = []
        for index in rules.indices {
            let base = rules[index].title.map(AutoModeratorDocument.name) ?? ""
            var name = base.isEmpty ? "rule-\(index + 1)" : base
            var number = 2
            while !used.insert(name).inserted {
                name = "\(base.isEmpty ? "rule-\(index + 1)" : base)-\(number)"
                number += 1
            }
            rules[index].name = name
        }
    }

    /// What takes posts away first, by priority, then the others; in the order of the file where that is the same.
    private mutating func sort() {
        func rank(_ rule: AutoModeratorRule) -> Int { rule.verdict?.isRemoval == true ? 0 : 1 }
        let order = rules.indices.sorted { left, right in
            let (first, second) = (rules[left], rules[right])
            if rank(first) != rank(second) { return rank(first) < rank(second) }
            return first.priority != second.priority ? first.priority > second.priority : left < right
        }
        rules = order.map { rules[$0] }
    }

    private mutating func exemptModerators() {
        var isSaid = false
        for index in rules.indices {
            let verdict = rules[index].verdict
            let byDefault = verdict?.isRemoval == true || verdict == .report
            guard rules[index].exemptsModerators ?? byDefault else { continue }
            rules[index].exemptsModerators = true
            if !options.moderators.isEmpty {
                let name = rules[index].guardedByModerators(options.moderators)
                rules[index].require("not \(name)", isPositive: false)
            } else if byDefault, !isSaid {
                isSaid = true
                notes.append(
                    AutoModeratorNote(
                        sort: .difference, file: file, line: rules[index].line, column: rules[index].column,
                        construct: "moderators_exempt",
                        message:
                            "AutoModerator passes over moderators in rules that remove, filter or report; posts do not "
                            + "say who moderates (give their names with --moderators; said once)"))
            }
        }
    }

    private mutating func stayInCommunities() {
        guard !options.communities.isEmpty else { return }
        let known = Set(options.communities.map { $0.lowercased() })
        for index in rules.indices {
            // A rule that names some of them stays there by itself.
            if let named = rules[index].communities, known.isSuperset(of: named.map { $0.lowercased() }) {
                continue
            }
            let test = YAMLText.Entry("any_of", .texts(options.communities))
            rules[index].require(rules[index].select("here", .map([.init("community", .map([test]))])))
        }
    }

    /// The rules above one that removes which would only have held the post.
    private mutating func precedence(of index: Int) -> [String] {
        guard rules[index].verdict == .remove || rules[index].verdict == .spam else { return [] }
        let before = rules[..<index].filter {
            $0.verdict == .filter && !$0.kinds.isDisjoint(with: rules[index].kinds)
        }
        return before.map(\.name)
    }

    /// A draft that was to hold a post leaves it to the rules that remove.
    private mutating func noteDrafts(among names: Set<String>) {
        for rule in rules where names.contains(rule.name) && !rule.obstacles.isEmpty {
            notes.append(
                AutoModeratorNote(
                    sort: .difference, file: file, line: rule.line, column: rule.column,
                    construct: "priority",
                    message:
                        "as a draft it keeps no rule behind it from removing what it would hold (mend it first)"
                ))
        }
    }

    private func document(unless: [[String]], examples: [RuleID: AutoModeratorExamples.Pair]) -> String {
        let base = file.split(separator: "/").last.map(String.init) ?? file
        let parts = rules.indices.map { index in
            AutoModeratorDocument.rule(
                rules[index], policy: id, origin: base, unless: unless[index],
                examples: examples[RuleID("\(id)/\(rules[index].name)")])
        }
        return AutoModeratorDocument.policy(
            id: id, origin: base, options: options, rules: parts
        ).document
    }
}
