import Yams

/// Turns one document into one of our rules, listing whatever gets lost.
struct AutoModeratorTranslator {
    let file: String
    let options: AutoModeratorOptions
    let lines: Int
    private(set) var notes: [AutoModeratorNote] = []
    var rule: AutoModeratorRule
    /// Whether text in quotes is to be passed over, and where that is said.
    private var ignoresQuotes: AutoModeratorEntry?
    private var hasCheck = false
    private var hasAction = false
    private(set) var searchesBody = false
    /// Whether an expression stands in it: those read letters beyond ASCII in their own way.
    var usesWordClasses: Node?

    static let mostExpressions = 5000
    /// How many more expressions are looked at.
    var expressionsLeft = mostExpressions

    init(_ document: AutoModeratorFile.Document, file: String, options: AutoModeratorOptions) {
        self.file = file
        self.options = options
        lines = document.lines
        rule = AutoModeratorRule(
            line: (document.root.mark?.line ?? 1) + document.lines, column: document.root.mark?.column ?? 1,
            title: document.title)
    }

    private static let mostNames = 200

    /// How many names there are in a rule and its groups.
    private static func size(of node: Node) -> Int {
        guard case .mapping(let mapping) = node else { return 0 }
        return mapping.reduce(mapping.count) { $0 + size(of: $1.value) }
    }

    // MARK: Notes

    mutating func note(_ sort: AutoModeratorNote.Sort, _ node: Node, _ construct: String, _ message: String) {
        let mark = node.mark
        notes.append(
            AutoModeratorNote(
                sort: sort, file: file, line: (mark?.line ?? 1) + lines, column: mark?.column ?? 1,
                construct: Self.short(construct), message: message))
    }

    /// A condition is gone, so the rule may not act.
    mutating func obstruct(_ entry: AutoModeratorEntry, _ construct: String, _ reason: String) {
        note(.draft, entry.key, construct, reason + ", so the rule is a draft")
        rule.obstacles.append("\(Self.short(construct)): \(reason)")
    }

    static func short(_ text: String) -> String {
        text.count > 80 ? text.prefix(79) + "…" : text
    }

    // MARK: Reading

    /// The rule, or `nil` when AutoModerator itself would pass over it.
    mutating func translate(_ root: Node) -> AutoModeratorRule? {
        guard var entries = AutoModeratorEntry.entries(of: root) else {
            note(
                .left, root, "document",
                "it is no rule: AutoModerator passes over what has no names (delete it)")
            return nil
        }
        guard Self.size(of: root) <= Self.mostNames else {
            note(
                .left, root, "rule", "it has more than \(Self.mostNames) names (split it into several rules)")
            return nil
        }
        complete(&entries)
        readType(entries)
        readKinds(entries)
        guard !rule.kinds.isEmpty else { return nil }
        readDirectives(entries)
        for entry in entries { read(entry) }
        closeQuotes()
        guard hasAction else {
            note(
                .left, root, "rule",
                "it has no action: AutoModerator passes over it (give it one or delete it)")
            return nil
        }
        guard hasCheck, !rule.kinds.isEmpty else {
            note(
                .left, root, "rule",
                "it has no check: AutoModerator passes over it (give it one or delete it)")
            return nil
        }
        finish()
        return rule
    }

    /// Puts a standard condition's checks under those of the rule.
    private mutating func complete(_ entries: inout [AutoModeratorEntry]) {
        guard let standard = entries.first(where: { $0.name == "standard" }) else { return }
        let name = standard.text ?? ""
        let isOurs = options.standards[name.lowercased()] == nil
        guard
            let text = options.standards[name.lowercased()] ?? AutoModeratorStandards.all[name.lowercased()],
            let root = (try? YAMLTree.root(of: text, file: file)).flatMap({ $0 }),
            let base = AutoModeratorEntry.entries(of: root)
        else {
            hasCheck = true
            return obstruct(
                standard, "standard: \(name)",
                "there is no such standard condition"
                    + Suggestion.text(for: name, among: AutoModeratorStandards.all.keys.sorted()))
        }
        if isOurs {
            note(
                .difference, standard.key, "standard: \(name)",
                "the platform keeps its list to itself; a short one of ours stands for it (--standards FILE gives another)"
            )
        }
        let own = Set(entries.map(\.name))
        entries += base.filter { $0.name != "standard" && !own.contains($0.name) }
            .map { AutoModeratorEntry(name: $0.name, key: standard.key, value: $0.value) }
    }

    private mutating func readType(_ entries: [AutoModeratorEntry]) {
        guard let entry = entries.first(where: { $0.name == "type" }) else { return }
        let type = entry.text ?? ""
        let shapes: [String: AutoModeratorShape] = [
            "text submission": .isText, "link submission": .isLink, "crosspost submission": .isCrosspost,
            "poll submission": .isPoll, "gallery submission": .isGallery,
        ]
        switch type {
        case "any": return
        case "comment":
            rule.kinds = [.comment]
            rule.require(rule.guarded(by: .isComment))
        case "submission": rule.kinds = [.submission]
        default:
            rule.kinds = [.submission]
            guard let shape = shapes[type] else {
                rule.kinds = [.comment, .submission]
                let known = ["any", "comment", "submission"] + shapes.keys.sorted()
                obstruct(
                    entry, "type: \(type)", "there is no such type" + Suggestion.text(for: type, among: known)
                )
                break
            }
            rule.require(rule.guarded(by: shape))
        }
        hasCheck = true
    }

    /// A rule without a type is for whatever all its checks can be asked of.
    private mutating func readKinds(_ entries: [AutoModeratorEntry]) {
        let asked = rule.kinds
        for entry in entries {
            var possible: Set<AutoModeratorRule.Kind> = [.comment, .submission]
            if AutoModeratorWords.ofComments.contains(entry.name) { possible = [.comment] }
            if AutoModeratorWords.ofSubmissions.contains(entry.name) { possible = [.submission] }
            if let key = searchKey(entry), !key.fields.contains("body"), !key.fields.contains("id") {
                possible = [.submission]
            }
            rule.kinds.formIntersection(possible)
            if rule.kinds.isEmpty {
                note(
                    .left, entry.key, entry.name,
                    "no post has this and what \(asked.count == 1 ? "type" : "the rest") asks for: "
                        + "AutoModerator takes no such rule (delete the rule)")
                return
            }
        }
        if rule.kinds == [.comment] { rule.require(rule.guarded(by: .isComment)) }
        if rule.kinds == [.submission], !rule.hasPositive { rule.require(rule.guarded(by: .isSubmission)) }
    }

    /// What other entries are read by.
    private mutating func readDirectives(_ entries: [AutoModeratorEntry]) {
        for entry in entries {
            switch entry.name {
            case "ignore_blockquotes": if entry.flag != false { ignoresQuotes = entry }
            case "action":
                guard let verdict = AutoModeratorRule.Verdict(rawValue: entry.text ?? "") else {
                    let known = AutoModeratorRule.Verdict.allCases.map(\.rawValue)
                    obstruct(
                        entry, "action: \(entry.text ?? "")",
                        "there is no such action" + Suggestion.text(for: entry.text ?? "", among: known))
                    hasAction = true
                    continue
                }
                rule.verdict = verdict
                hasAction = true
                if verdict == .spam {
                    note(
                        .difference, entry.key, "action: spam",
                        "it recommends remove; the platform's spam filter learns nothing from it")
                }
            case "priority":
                if let number = entry.number {
                    rule.priority = number
                } else {
                    note(
                        .difference, entry.key, "priority", "it is no whole number and counts as 0 (mend it)")
                }
            default: break
            }
        }
    }

    /// The key of a search check at the top of a rule; `nil` for everything else.
    private func searchKey(_ entry: AutoModeratorEntry) -> AutoModeratorKey? {
        guard let key = AutoModeratorKey(entry.name),
            key.fields.contains(where: AutoModeratorWords.searched.contains)
        else { return nil }
        return key
    }

    private mutating func read(_ entry: AutoModeratorEntry) {
        let name = entry.name
        switch name {
        case "type", "priority", "standard", "action", "ignore_blockquotes": return
        case "action_reason", "report_reason": readReason(entry)
        case "moderators_exempt":
            rule.exemptsModerators = entry.flag
            if entry.flag == nil { obstruct(entry, name, "it must be true or false") }
            // For rules that take posts away it is so anyway, and said once.
            let isDefault = rule.verdict?.isRemoval == true || rule.verdict == .report
            if entry.flag == true, options.moderators.isEmpty, !isDefault {
                obstruct(entry, name, "posts do not say who moderates (give their names with --moderators)")
            }
        case _ where AutoModeratorWords.effects[name] != nil: lose(effect: entry, in: nil)
        case _ where AutoModeratorWords.groups.contains(name): readGroup(entry)
        default:
            if let key = searchKey(entry) {
                hasCheck = true
                if key.fields.contains("body") { searchesBody = true }
                return search(entry, key)
            }
            readFact(entry)
        }
    }

    mutating func lose(effect entry: AutoModeratorEntry, in group: String?) {
        if AutoModeratorWords.isAction(entry.name) { hasAction = true }
        let construct = group.map { "\($0).\(entry.name)" } ?? entry.name
        note(
            .effect, entry.key, construct,
            "it is not done; instead: \(AutoModeratorWords.effects[entry.name] ?? "do it on the platform")")
    }

    private mutating func readReason(_ entry: AutoModeratorEntry) {
        guard let text = entry.text, !text.isEmpty else {
            return note(.effect, entry.key, entry.name, "it is no text and is left out")
        }
        var plain = ""
        var rest = text[...]
        var hasPlaceholder = false
        while let start = rest.firstRange(of: "{{"), let end = rest[start.upperBound...].firstRange(of: "}}")
        {
            plain += rest[..<start.lowerBound] + "…"
            rest = rest[end.upperBound...]
            hasPlaceholder = true
        }
        plain += rest
        if rule.why == nil { rule.why = String(plain.prefix(300)) }
        if hasPlaceholder {
            note(
                .effect, entry.key, entry.name,
                "{{…}} is not filled in: … stands there; the console underlines what was found")
        }
    }

    // MARK: Facts

    private mutating func readFact(_ entry: AutoModeratorEntry) {
        let name = entry.name
        hasCheck = true
        switch name {
        case "reports":
            guard let count = entry.number else { return obstruct(entry, name, "it must be a whole number") }
            if count > 0 {
                rule.asksReports = true
                rule.require("reports", "flags.count", [.init("ge", .bare("\(count)"))])
            }
        case "body_longer_than", "body_shorter_than":
            guard let count = entry.number, (0...1_000_000_000).contains(count) else {
                return obstruct(entry, name, "it must be a whole number")
            }
            searchesBody = true
            let isLonger = name == "body_longer_than"
            rule.require(
                isLonger ? "longer" : "shorter", "body.length",
                [.init(isLonger ? "gt" : "lt", .bare("\(count)"))])
            if isLonger { rule.needsBody = true } else { requireText() }
        case "is_top_level":
            guard let flag = entry.flag else { return obstruct(entry, name, "it must be true or false") }
            rule.require(
                flag ? "top_level" : "reply", "thread.depth",
                [.init(flag ? "equals" : "ge", .bare(flag ? "1" : "2"))])
        case "is_poll", "is_gallery":
            guard let flag = entry.flag else { return obstruct(entry, name, "it must be true or false") }
            let shape = rule.guarded(by: name == "is_poll" ? .isPoll : .isGallery)
            rule.require(flag ? shape : "not \(shape)", isPositive: flag)
        case "past_archive_date":
            guard let flag = entry.flag else { return obstruct(entry, name, "it must be true or false") }
            rule.require(
                flag ? "archived" : "recent", "age", [.init(flag ? "gt" : "le", .text("6 months"))])
        default:
            if let reason = AutoModeratorWords.unanswered[name] { return obstruct(entry, name, reason) }
            obstruct(
                entry, name,
                "it is unknown" + Suggestion.text(for: name, among: AutoModeratorWords.known))
        }
    }

    /// Checks of the text alone are not for links without one.
    mutating func requireText() {
        guard rule.kinds.contains(.submission) else { return }
        rule.require(rule.guarded(by: .mayHaveText))
    }

    // MARK: Groups

    mutating func sawCheck() { hasCheck = true }
    mutating func sawAction() { hasAction = true }

    // MARK: Closing

    private mutating func closeQuotes() {
        guard let entry = ignoresQuotes, searchesBody else { return }
        obstruct(entry, "ignore_blockquotes", "quotes are not told apart from the rest of a text")
    }

    private mutating func finish() {
        if rule.verdict == .approve, !rule.asksReports {
            rule.require("unreported", "flags.count", [.init("equals", .bare("0"))])
        }
        if !rule.hasPositive {
            let shapes = "(\(rule.guarded(by: .isComment)) or \(rule.guarded(by: .isSubmission)))"
            rule.require(shapes)
        }
        releaseShapes()
    }

    /// A link is a submission anyway, and what is found by its text has one.
    private mutating func releaseShapes() {
        let closer: [AutoModeratorShape] = [.isLink, .isText, .isCrosspost, .isPoll, .isGallery]
        if rule.needsShape || closer.contains(where: { rule.conditions.contains($0.rawValue) }) {
            rule.release(.isSubmission)
        }
        if rule.needsBody || rule.conditions.contains(AutoModeratorShape.isText.rawValue) {
            rule.release(.mayHaveText)
        }
    }
}
