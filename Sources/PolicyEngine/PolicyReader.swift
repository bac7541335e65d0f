import Moderation
import Yams

/// Reads one policy from a YAML tree, collecting everything that is wrong with it.
struct PolicyReader {
    let file: String
    let lists: [String: String]
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var usedLists: Set<String> = []
    private var knownRules: Set<String> = []

    init(file: String, lists: [String: String]) {
        self.file = file
        self.lists = lists
    }

    mutating func fail(_ node: Node?, _ message: String) {
        diagnostics.append(
            Diagnostic(file: file, line: node?.mark?.line ?? 0, column: node?.mark?.column, message: message))
    }

    /// The policy, or `nil` when anything is wrong.
    mutating func policy(_ root: Node) -> Policy? {
        let known = ["id", "title", "guidance", "neutral", "dsa", "hazard", "actions", "rules"]
        guard let fields = object(root, "the policy", known: known) else { return nil }
        for name in known where fields[name] == nil {
            fail(root, "the field \"\(name)\" is missing")
        }
        let id = fields["id"].flatMap { word($0, "id") } ?? ""
        if !Self.isName(id) { fail(fields["id"], "id must be lower-case letters, digits and \"-\"") }
        let actions = (fields["actions"].map { list($0, "actions") } ?? []).compactMap { action($0) }
        let rules = (fields["rules"].map { list($0, "rules") } ?? [])
            .compactMap { rule($0, policy: id, actions: actions) }
        if actions.isEmpty, let node = fields["actions"], diagnostics.isEmpty {
            fail(node, "a policy needs at least one action")
        }
        if rules.isEmpty, fields["rules"] != nil { fail(fields["rules"], "a policy needs at least one rule") }
        let dsa = fields["dsa"].flatMap { object($0, "dsa", known: ["category", "ground"]) } ?? [:]
        let category = dsa["category"].flatMap { word($0, "category") } ?? ""
        if !DSA.categories.contains(category), let node = dsa["category"] {
            fail(
                node,
                "unknown DSA category \"\(category)\"" + Suggestion.text(for: category, among: DSA.categories)
            )
        } else if dsa["category"] == nil, let node = fields["dsa"] {
            fail(node, "dsa needs a category")
        }
        let ground = dsa["ground"].flatMap { word($0, "ground") } ?? "terms"
        if !["terms", "illegal"].contains(ground) { fail(dsa["ground"], "ground must be terms or illegal") }
        let hazard = fields["hazard"].flatMap { choice($0, "hazard", Hazard.self) }
        let title = fields["title"].flatMap { localized($0, "title") }
        let guidance = fields["guidance"].flatMap { localized($0, "guidance") }
        let neutral = fields["neutral"].flatMap { localized($0, "neutral") }
        guard diagnostics.isEmpty, let title, let guidance, let neutral, let hazard else { return nil }
        return Policy(
            id: PolicyID(id), title: title, guidance: guidance, neutralLine: neutral, dsaCategory: category,
            ground: ground, hazard: hazard, actions: actions, rules: rules, file: file)
    }

    // MARK: Rules

    private mutating func rule(_ node: Node, policy: String, actions: [Action]) -> Rule? {
        let known = [
            "id", "title", "why", "status", "languages", "selections", "when", "unless", "recommend",
            "false_positives", "examples",
        ]
        guard let fields = object(node, "a rule", known: known) else { return nil }
        let id = fields["id"].flatMap { word($0, "id") } ?? ""
        if !id.hasPrefix(policy + "/") || !Self.isName(String(id.dropFirst(policy.count + 1))) {
            fail(fields["id"] ?? node, "a rule's id must be \"\(policy)/\" and a name")
        }
        let (selections, names) = selections(fields["selections"], rule: node)
        let when = condition(fields["when"], names: names, rule: node)
        let unless = fields["unless"].map { self.unless($0) } ?? []
        let recommend = fields["recommend"].flatMap { action($0) }
        if let recommend, !actions.contains(recommend) {
            fail(fields["recommend"], "\"\(recommend.rawValue)\" is not among the policy's actions")
        }
        let status = fields["status"].flatMap { choice($0, "status", Rule.Status.self) } ?? .live
        let languages = Set(
            (fields["languages"].map { list($0, "languages") } ?? []).compactMap { word($0, "a language") })
        let examples = fields["examples"].flatMap { object($0, "examples", known: ["match", "pass"]) } ?? [:]
        guard let when else { return nil }
        if !knownRules.insert(id).inserted {
            fail(fields["id"] ?? node, "the rule \"\(id)\" is there twice (rename one)")
        }
        return Rule(
            id: RuleID(id), title: fields["title"].flatMap { localized($0, "title") },
            why: fields["why"].flatMap { localized($0, "why") }, status: status, languages: languages,
            selections: selections, when: when, unless: unless, recommend: recommend,
            falsePositives: fields["false_positives"].flatMap { localized($0, "false_positives") },
            matching: self.examples(examples["match"]), passing: self.examples(examples["pass"]),
            line: node.mark?.line ?? 0)
    }

    /// The rules that go before this one; only rules above it, so that no two can wait for each other.
    private mutating func unless(_ node: Node) -> [RuleID] {
        texts(node, "unless").compactMap { id in
            if knownRules.contains(id) { return RuleID(id) }
            fail(
                node,
                "unless names \"\(id)\", which is no rule above this one in the file (move or rename it)")
            return nil
        }
    }

    private mutating func examples(_ node: Node?) -> [Rule.Example] {
        guard let node else { return [] }
        return list(node, "examples").compactMap { item in
            text(item, "an example").map { Rule.Example(text: $0, line: item.mark?.line ?? 0) }
        }
    }

    private mutating func condition(_ node: Node?, names: [String], rule: Node) -> Condition? {
        guard let node else { return names.isEmpty ? nil : .atLeast(names.count, names) }
        guard let words = text(node, "when") else { return nil }
        do { return try Condition(parsing: words, selections: names) } catch {
            fail(node, error.message)
            return nil
        }
    }

    private mutating func selections(_ node: Node?, rule: Node) -> ([String: Selection], [String]) {
        guard let node, case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(node ?? rule, "a rule needs selections")
            return ([:], [])
        }
        var result: [String: Selection] = [:]
        var names: [String] = []
        for (key, value) in mapping {
            guard let name = word(key, "a selection's name") else { continue }
            names.append(name)
            let parts: [Node] = if case .sequence(let items) = value { Array(items) } else { [value] }
            result[name] = Selection(alternatives: parts.map { tests($0, selection: name) })
        }
        return (result, names)
    }

    private mutating func tests(_ node: Node, selection: String) -> [FieldTest] {
        guard case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(node, "selection \"\(selection)\" must map fields to operators")
            return []
        }
        var result: [FieldTest] = []
        for (key, value) in mapping {
            guard let name = word(key, "a field") else { continue }
            guard let subject = subject(name) else {
                let names = Field.allCases.map(\.rawValue) + ["scores.NAME"]
                fail(
                    key,
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

    mutating func listFile(_ name: String, at node: Node) -> [String]? {
        guard let text = lists[name] else {
            fail(
                node, "there is no list \"\(name)\"" + Suggestion.text(for: name, among: lists.keys.sorted()))
            return nil
        }
        usedLists.insert(name)
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

extension Substring {
    var trimmingSpaces: String {
        var part = self
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}

/// The categories of the EU DSA transparency database.
enum DSA {
    static let categories = [
        "ANIMAL_WELFARE", "CONSUMER_INFORMATION", "CYBER_VIOLENCE", "CYBER_VIOLENCE_AGAINST_WOMEN",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "ILLEGAL_OR_HARMFUL_SPEECH",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS", "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "NOT_SPECIFIED_NOTICE", "OTHER_VIOLATION_TC", "PROTECTION_OF_MINORS", "RISK_FOR_PUBLIC_SECURITY",
        "SCAMS_AND_FRAUD", "SELF_HARM", "UNSAFE_AND_PROHIBITED_PRODUCTS", "VIOLENCE",
    ].map { "STATEMENT_CATEGORY_" + $0 }
}
