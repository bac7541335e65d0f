import Moderation
import Yams

/// Reads one policy from a YAML tree, collecting everything that is wrong with it.
struct PolicyReader {
    let file: String
    let lists: [String: String]
    /// Whether the scanner is known to take the expressions.
    let areChecked: Bool
    var diagnostics: [Diagnostic] = []
    private(set) var usedLists: Set<String> = []
    private var knownRules: Set<String> = []
    private var readLists: [String: [FieldTest.Entry]] = [:]
    private let text: String
    /// Split into lines when the first error needs it.
    private var source: SourceText?

    init(file: String, text: String, lists: [String: String], areChecked: Bool = false) {
        self.file = file
        self.text = text
        self.lists = lists
        self.areChecked = areChecked
    }

    mutating func fail(_ node: Node, _ kind: Diagnostic.Kind, _ message: String) {
        diagnostics.append(Diagnostic(kind, file: file, at: node.position, message: message))
    }

    /// - Parameter offset: which Unicode scalar of a text is wrong.
    mutating func fail(_ node: Node, at offset: Int, _ kind: Diagnostic.Kind, _ message: String) {
        guard case .scalar(let scalar) = node else { return fail(node, kind, message) }
        let source = source ?? SourceText(text)
        self.source = source
        let place = source.position(of: scalar, offset: offset)
        diagnostics.append(Diagnostic(kind, file: file, at: place, message: message))
    }

    /// The policy, or `nil` when anything is wrong.
    mutating func policy(_ root: Node) -> Policy? {
        let known = ["id", "title", "guidance", "neutral", "dsa", "hazard", "actions", "rules"]
        guard let fields = object(root, "the policy", known: known) else { return nil }
        for name in known where fields[name] == nil {
            fail(root, .missingField, "the field \"\(name)\" is missing (add \"\(name): …\")")
        }
        let id = fields["id"].flatMap { word($0, "id") } ?? ""
        if let node = fields["id"], !id.isEmpty, !Self.isName(id) {
            fail(node, .badName, "\"\(id)\" is no id (use lower-case letters, digits and \"-\")")
        }
        let actions = actions(fields["actions"])
        let rules = (fields["rules"].map { list($0, "rules") } ?? [])
            .compactMap { rule($0, policy: id, actions: actions) }
        if rules.isEmpty, let node = fields["rules"], diagnostics.isEmpty {
            fail(node, .noRule, "a policy needs at least one rule (add one, or take the file away)")
        }
        let dsa = dsa(fields["dsa"])
        let hazard = fields["hazard"].flatMap { choice($0, "hazard", Hazard.self) }
        let title = fields["title"].flatMap { localized($0, "title") }
        let guidance = fields["guidance"].flatMap { localized($0, "guidance") }
        let neutral = fields["neutral"].flatMap { localized($0, "neutral") }
        guard diagnostics.isEmpty, let title, let guidance, let neutral, let hazard else { return nil }
        return Policy(
            id: PolicyID(id), title: title, guidance: guidance, neutralLine: neutral, dsa: dsa,
            hazard: hazard, actions: actions, rules: rules, file: file,
            positions: fields.mapValues(\.position))
    }

    private mutating func actions(_ node: Node?) -> [Action] {
        guard let node else { return [] }
        let before = diagnostics.count
        let actions = list(node, "actions").compactMap { action($0) }
        if actions.isEmpty, diagnostics.count == before {
            fail(node, .noAction, "a policy needs at least one action (such as [remove, keep])")
        }
        return actions
    }

    // MARK: Rules

    private mutating func rule(_ node: Node, policy: String, actions: [Action]) -> Rule? {
        let known = [
            "id", "title", "why", "status", "languages", "selections", "when", "unless", "recommend",
            "automatic",
            "false_positives", "examples",
        ]
        guard let fields = object(node, "a rule", known: known) else { return nil }
        let id = ruleID(fields["id"], rule: node, policy: policy)
        let (selections, names) = selections(fields["selections"], rule: node)
        let when = condition(
            fields["when"], names: names,
            isNameMissing: names.count < fields["selections"]?.mapping?.count ?? 0)
        let unless = fields["unless"].map { self.unless($0, rule: id) } ?? []
        let recommend = fields["recommend"].flatMap { action($0) }
        if let node = fields["recommend"], let recommend, !actions.isEmpty, !actions.contains(recommend) {
            fail(
                node, .foreignAction,
                "\"\(recommend.rawValue)\" is not among the policy's actions (add it there, or recommend one of "
                    + "\(actions.map(\.rawValue).joined(separator: ", ")))")
        }
        let automatic = fields["automatic"].flatMap { action($0) }
        if let node = fields["automatic"], let automatic,
            automatic != recommend || ![.keep, .remove].contains(automatic)
        {
            fail(node, .badAutomatic, "automatic must be keep or remove, and what the rule recommends")
        }
        let status = fields["status"].flatMap { choice($0, "status", Rule.Status.self) } ?? .live
        let languages = languages(fields["languages"])
        let examples = fields["examples"].flatMap { object($0, "examples", known: ["match", "pass"]) } ?? [:]
        let title = fields["title"].flatMap { localized($0, "title") }
        let why = fields["why"].flatMap { localized($0, "why") }
        let falsePositives = fields["false_positives"].flatMap { localized($0, "false_positives") }
        let matching = self.examples(examples["match"], "match")
        let passing = self.examples(examples["pass"], "pass")
        guard let when, let id else { return nil }
        return Rule(
            id: RuleID(id), title: title, why: why, status: status, languages: languages,
            selections: selections, when: when, unless: unless, recommend: recommend, automatic: automatic,
            falsePositives: falsePositives,
            matching: matching, passing: passing, position: node.position,
            positions: fields.mapValues(\.position))
    }

    /// The rules that go before this one; only rules above it, so that no two can wait for each other.
    private mutating func unless(_ node: Node, rule: String?) -> [RuleID] {
        let nodes: [Node] = if case .sequence(let items) = node { Array(items) } else { [node] }
        return nodes.compactMap { item in
            guard let id = word(item, "unless") else { return nil }
            if knownRules.contains(id), id != rule { return RuleID(id) }
            fail(
                item, .badUnless,
                "unless names \"\(id)\", which is no rule above this one in the file (move or rename it)")
            return nil
        }
    }

    private mutating func ruleID(_ node: Node?, rule: Node, policy: String) -> String? {
        guard let node else {
            fail(rule, .missingField, "a rule needs an id (add \"id: \(policy)/NAME\")")
            return nil
        }
        // What is wrong with the policy's own id has been said.
        guard let id = word(node, "id"), Self.isName(policy) else { return nil }
        guard id.hasPrefix(policy + "/"), Self.isName(String(id.dropFirst(policy.count + 1))) else {
            fail(
                node, .badName,
                "a rule's id must be \"\(policy)/\" and a name of lower-case letters, digits and \"-\", not \"\(id)\""
                    + " (rename it)")
            return nil
        }
        guard knownRules.insert(id).inserted else {
            fail(node, .ruleTwice, "the rule \"\(id)\" is there twice (rename one)")
            return nil
        }
        return id
    }

    private mutating func languages(_ node: Node?) -> Set<String> {
        guard let node else { return [] }
        var result: Set<String> = []
        for item in list(node, "languages") {
            guard let language = word(item, "a language") else { continue }
            if Self.isLanguage(language) {
                result.insert(language)
            } else {
                fail(
                    item, .badLanguage,
                    "\"\(language)\" is no language of posts (use its code of two or three letters, such as fr)"
                )
            }
        }
        return result
    }

    /// Posts keep the primary subtag alone.
    static func isLanguage(_ text: String) -> Bool {
        (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    }

    private mutating func condition(_ node: Node?, names: [String], isNameMissing: Bool) -> Condition? {
        guard let node else { return names.isEmpty ? nil : .atLeast(names.count, names) }
        guard let words = text(node, "when") else { return nil }
        do { return try Condition(parsing: words, selections: names) } catch {
            // What is wrong with the selections' names has been said.
            if !names.isEmpty, !isNameMissing { fail(node, at: error.offset, .badCondition, error.message) }
            return nil
        }
    }

    private mutating func selections(_ node: Node?, rule: Node) -> ([String: Selection], [String]) {
        guard let node, case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(
                node ?? rule, .noSelection,
                "a rule needs selections (add \"selections: {NAME: {body: {any_word: [WORD]}}}\")")
            return ([:], [])
        }
        var result: [String: Selection] = [:]
        var names: [String] = []
        for (key, value) in mapping {
            guard let name = word(key, "a selection's name") else { continue }
            guard Condition.isName(name) else {
                fail(
                    key, .badName,
                    "\"\(name)\" can't be a selection's name (use letters, digits, \"-\" and \"_\", and none of "
                        + "and, or, not, of, any, all, them)")
                continue
            }
            names.append(name)
            let parts: [Node] = if case .sequence(let items) = value { Array(items) } else { [value] }
            if parts.isEmpty {
                fail(value, .noOperator, "selection \"\(name)\" is empty (map fields to operators)")
            }
            result[name] = Selection(
                alternatives: parts.map { tests($0, selection: name) }, position: key.position,
                alternativePositions: parts.map(\.position))
        }
        return (result, names)
    }

    private mutating func tests(_ node: Node, selection: String) -> [FieldTest] {
        guard case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(
                node, .noOperator,
                "selection \"\(selection)\" must map fields to operators (such as {body: {any_word: [WORD]}})"
            )
            return []
        }
        var result: [FieldTest] = []
        for (key, value) in mapping {
            guard let name = word(key, "a field") else { continue }
            guard let subject = subject(name) else {
                let names = Field.allCases.map(\.rawValue) + ["scores.NAME"]
                fail(
                    key, .unknownField,
                    "unknown field \"\(name)\" in selection \"\(selection)\""
                        + Suggestion.text(for: name, among: names))
                continue
            }
            result += tests(subject, name: name, operators: value)
        }
        return result
    }

    private func subject(_ name: String) -> FieldTest.Subject? {
        if name.hasPrefix("scores."), name.count > 7 { return .score(String(name.dropFirst(7))) }
        return Field(rawValue: name).map { .field($0) }
    }

    // MARK: Lists

    /// The entries of a list beside the policy: a line each, without blank lines and comments.
    mutating func listFile(_ name: String, at node: Node) -> [FieldTest.Entry]? {
        if let known = readLists[name] { return known }
        guard let text = lists[name] else {
            let known = lists.keys.sorted()
            fail(
                node, .noListFile,
                "there is no list \"\(name)\""
                    + (known.isEmpty
                        ? " (put \(name) beside the policy)" : Suggestion.text(for: name, among: known)))
            return nil
        }
        usedLists.insert(name)
        let entries = WordList.entries(of: text, file: name)
        if entries.isEmpty {
            fail(node, .emptyList, "the list \"\(name)\" has no entry (write one a line)")
            return nil
        }
        readLists[name] = entries
        return entries
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

extension Substring {
    var trimmingSpaces: String {
        if let first = utf8.first, let last = utf8.last, (0x21..<0x7F).contains(first),
            (0x21..<0x7F).contains(last)
        {
            return String(self)
        }
        var part = self
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}

/// The lists of words, domains and hashes that stand beside policies.
enum WordList {
    /// A line each; blank lines and those that begin with "#" are left out.
    static func entries(of text: String, file: String) -> [FieldTest.Entry] {
        var result: [FieldTest.Entry] = []
        var number = 0
        // Bytes are gone through: of a million lines, characters would take many seconds.
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let word = Substring(line).trimmingSpaces
            guard let first = word.utf8.first, first != 0x23 else { continue }
            let indent = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
            result.append(
                FieldTest.Entry(
                    text: word, file: file, position: FilePosition(line: number, column: indent + 1)))
        }
        return result
    }
}
