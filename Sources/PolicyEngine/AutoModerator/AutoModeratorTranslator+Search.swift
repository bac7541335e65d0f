import Yams

extension AutoModeratorTranslator {
    /// A test of one field, and why some of its values have none.
    private struct FieldTests {
        /// Each with what the posts must be beside.
        var tests: [(name: String, value: YAMLText, shape: AutoModeratorShape?)] = []
        var lost: [(value: String, reason: String)] = []
    }

    /// The values of a check, as AutoModerator would search for them.
    mutating func words(_ entry: AutoModeratorEntry) -> [String] {
        (entry.texts ?? []).compactMap { scalar in
            if scalar.style == .plain, Self.isConverted(scalar.string) {
                note(
                    .difference, entry.key, "\(entry.name): \(scalar.string)",
                    "without quotes AutoModerator takes it for a value, not a word; here it is the word (quote it there)"
                )
            }
            return scalar.string.isEmpty ? nil : scalar.string
        }
    }

    /// Whether YAML reads a bare word as a number or a truth value that is written otherwise.
    private static func isConverted(_ word: String) -> Bool {
        if ["yes", "no", "on", "off", "true", "false", "null", "~"].contains(word.lowercased()) {
            return true
        }
        let digits = word.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "_") }
        return (digits && word.count > 1 && (word.first == "0" || word.contains("_")) && word.first != "_")
            || (word.lowercased().hasPrefix("0x") && Int(word.dropFirst(2), radix: 16) != nil)
    }

    // MARK: A check

    /// Adds a search check to the rule.
    mutating func search(_ entry: AutoModeratorEntry, _ key: AutoModeratorKey, of group: String? = nil) {
        let construct = group.map { "\($0).\(entry.name)" } ?? entry.name
        if let word = key.unknownModifiers.first {
            let known = AutoModeratorKey.Method.allCases.map(\.rawValue) + ["regex", "case-sensitive"]
            return obstruct(
                entry, construct,
                "\"\(Self.short(word))\" is no modifier"
                    + Suggestion.text(for: word, among: known.filter { $0 != "domain" }))
        }
        if !key.extraMethods.isEmpty {
            note(
                .difference, entry.key, construct,
                "only one way to search counts, the first (delete the others)")
        }
        guard entry.texts != nil else {
            return obstruct(entry, construct, "it must be a text or a list of texts")
        }
        let values = words(entry)
        // AutoModerator takes a check for nothing at all as none.
        guard !values.isEmpty else {
            return note(
                .difference, entry.key, construct, "it is empty: AutoModerator asks nothing by it (delete it)"
            )
        }
        var parts: [(name: String, shape: AutoModeratorShape?)] = []
        var seen: Set<String> = []
        for field in key.fields where seen.insert(field).inserted && isAsked(field) {
            guard let found = tests(of: field, values, key, entry, construct) else { continue }
            for test in found.tests {
                parts.append((rule.select(test.name, test.value), test.shape))
            }
        }
        guard !parts.isEmpty else {
            if !rule.obstacles.contains(where: { $0.hasPrefix(Self.short(construct)) }) {
                obstruct(entry, construct, "nothing of it can be asked")
            }
            return
        }
        require(parts, key)
        if !key.isNegated {
            if Set(key.fields) == ["body"] { rule.needsBody = true }
            if parts.allSatisfy({ $0.shape == .isLink || $0.shape == .isText }) { rule.needsShape = true }
        }
        if key.isRegex { usesWordClasses = usesWordClasses ?? entry.key }
    }

    /// Whether the kinds of posts that the rule is for have the field.
    private func isAsked(_ field: String) -> Bool {
        field == "body" || field == "id" || field == "name" || rule.kinds.contains(.submission)
    }

    /// `title or url and is_link`, or none of it.
    private mutating func require(
        _ parts: [(name: String, shape: AutoModeratorShape?)], _ key: AutoModeratorKey
    ) {
        if parts.count == 1, !key.isNegated {
            rule.require(parts[0].name)
            if let shape = parts[0].shape { rule.require(rule.guarded(by: shape)) }
            return
        }
        var alternatives: [String] = []
        for part in parts {
            var words = part.name
            if let shape = part.shape, !rule.conditions.contains(shape.rawValue) {
                words += " and \(rule.guarded(by: shape))"
            }
            alternatives.append(words)
        }
        let all = alternatives.joined(separator: " or ")
        if !key.isNegated { return rule.require(alternatives.count > 1 ? "(\(all))" : all) }
        rule.require(
            alternatives.count > 1 || all.contains(" ") ? "not (\(all))" : "not \(all)", isPositive: false)
        // What a post has not can't be searched, and a check of nothing else does not hold.
        if Set(key.fields) == ["body"] { requireText() }
        if Set(key.fields) == ["url"] { rule.require(rule.guarded(by: .isLink)) }
    }

    private mutating func tests(
        of field: String, _ values: [String], _ key: AutoModeratorKey, _ entry: AutoModeratorEntry,
        _ construct: String
    ) -> FieldTests? {
        let found: FieldTests
        switch field {
        case "body": found = textTests("body", values, key, name: field)
        case "name": found = textTests("author.handle", values, key, name: "author")
        case "title":
            found = textTests(
                "title", values, key, name: field, shape: rule.kinds.contains(.comment) ? .isSubmission : nil)
        case "url": found = textTests("links", values, key, name: field, shape: .isLink)
        case "domain": found = domainTests(values, key)
        default:
            let known = AutoModeratorWords.searched.union(AutoModeratorWords.searchedOfAuthors)
            let reason =
                known.contains(field)
                ? "posts do not carry \(field)"
                : "\"\(Self.short(field))\" is no field"
                    + Suggestion.text(for: field, among: known.sorted())
            lose(reason, key, entry, construct, isAll: Set(key.fields).count == 1)
            return nil
        }
        for (value, reason) in found.lost {
            lose(
                reason, key, entry, "\(construct): \(value)",
                isAll: found.tests.isEmpty && Set(key.fields).count == 1)
        }
        return found
    }

    /// Less to find makes a check that wants something narrower, and one that forbids something wider.
    private mutating func lose(
        _ reason: String, _ key: AutoModeratorKey, _ entry: AutoModeratorEntry, _ construct: String,
        isAll: Bool
    ) {
        if key.isNegated || isAll { return obstruct(entry, construct, reason) }
        note(.narrower, entry.key, construct, "\(reason); the rest is searched, and the rule finds less")
    }

    // MARK: Texts

    private mutating func textTests(
        _ field: String, _ values: [String], _ key: AutoModeratorKey, name: String,
        shape: AutoModeratorShape? = nil
    ) -> FieldTests {
        var found = FieldTests()
        let isLink = field == "links"
        var literals: [String] = []
        var expressions: [String] = []
        let fold = YAMLText.Entry("fold", .text(key.isCaseSensitive ? "none" : "case"))
        let operation = Self.operation(key.method, isLink: isLink)
        for value in values {
            do throws(PythonRegex.Refusal) {
                let text = key.isRegex ? try PythonRegex.translated(value) : try Self.oneLine(value)
                if operation != nil, let words = key.isRegex ? PythonRegex.literals(in: text) : [text],
                    words.allSatisfy({ $0.contains { $0 != " " } })
                {
                    literals += words
                    continue
                }
                expressions.append(
                    try taken(
                        Self.expressions(
                            key.isRegex ? text : PythonRegex.escaped(text), key.method,
                            isLiteral: !key.isRegex),
                        ignoresCase: !key.isCaseSensitive))
            } catch {
                found.lost.append((value, error.reason))
            }
        }
        func add(_ operation: String, _ texts: [String]) {
            guard !texts.isEmpty else { return }
            let texts = ListThinning.thinned(
                texts, operation: operation, ignoresCase: !key.isCaseSensitive)
            let test = YAMLText.map([fold, .init(operation, .texts(texts))])
            found.tests.append((name, .map([.init(field, test)]), shape))
        }
        if let operation {
            add(
                operation == "any_word" && literals.contains { $0.contains(" ") } ? "phrase" : operation,
                literals)
        }
        add("regex", expressions)
        return found
    }

    /// The first of several expressions for the same that the scanner takes.
    private mutating func taken(_ expressions: [String], ignoresCase: Bool) throws(PythonRegex.Refusal)
        -> String
    {
        for expression in expressions.dropLast() {
            do throws(PythonRegex.Refusal) {
                try probe(expression, ignoresCase: ignoresCase)
                return expression
            } catch { continue }
        }
        let last = expressions[expressions.count - 1]
        try probe(last, ignoresCase: ignoresCase)
        return last
    }

    /// Whether the scanner takes an expression: that takes a while, and so there are not any number of them.
    private mutating func probe(_ expression: String, ignoresCase: Bool) throws(PythonRegex.Refusal) {
        guard expressionsLeft > 0 else {
            throw PythonRegex.Refusal(
                reason: "the file holds more than \(Self.mostExpressions) expressions (split it)")
        }
        expressionsLeft -= 1
        let pattern = Pattern(text: expression, isRegex: true, isExact: true, ignoresCase: ignoresCase)
        if let refusal = PatternCheck.refusal(of: pattern) {
            throw PythonRegex.Refusal(
                reason: "the scanner refuses the expression: \(refusal.reason) (\(refusal.remedy))")
        }
    }

    private static func oneLine(_ text: String) throws(PythonRegex.Refusal) -> String {
        if text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) {
            throw PythonRegex.Refusal(reason: "line breaks in a text are read as spaces")
        }
        return text
    }

    private static func operation(_ method: AutoModeratorKey.Method, isLink: Bool) -> String? {
        switch method {
        case .includes: "contains"
        case .startsWith: "starts_with"
        case .endsWith: "ends_with"
        case .includesWord: isLink ? nil : "any_word"
        case .fullExact: isLink ? nil : "equals"
        case .fullText, .domain: nil
        }
    }

    /// An expression for one way to search; a second one where the scanner may find the first too large.
    private static func expressions(_ text: String, _ method: AutoModeratorKey.Method, isLiteral: Bool)
        -> [String]
    {
        let group = isLiteral ? text : "(?:\(text))"
        switch method {
        case .includes: return [isLiteral ? text : PythonRegex.withoutOpenEnds(text)]
        case .startsWith: return ["^" + group]
        case .endsWith: return [group + "$"]
        case .fullExact: return ["^" + group + "$"]
        case .fullText:
            let signs = PythonRegex.sign + "*"
            return ["^" + signs + group + signs + "$", "^\\W*" + group + "\\W*$"]
        case .includesWord, .domain: return [PythonRegex.asWord(text)]
        }
    }

    // MARK: Domains

    private mutating func domainTests(_ values: [String], _ key: AutoModeratorKey) -> FieldTests {
        var found = FieldTests()
        var domains: [String] = []
        var communities: [String] = []
        var expressions: [String] = []
        for value in values {
            if !key.isRegex, let community = Self.community(value), key.method != .includes,
                key.method != .endsWith
            {
                communities.append(community)
            } else if key.method == .domain, !key.isRegex {
                domains.append(value.lowercased())
            } else {
                do throws(PythonRegex.Refusal) {
                    let expression = try HostRegex.expression(value, key.method, isRegex: key.isRegex)
                    try probe(expression, ignoresCase: true)
                    expressions.append(expression)
                } catch {
                    found.lost.append((value, error.reason))
                }
            }
        }
        func add(_ name: String, _ field: String, _ tests: [YAMLText.Entry], _ shape: AutoModeratorShape) {
            found.tests.append((name, .map([.init(field, .map(tests))]), shape))
        }
        if !domains.isEmpty {
            add(
                "domain", "links", [.init("domain_in", .texts(ListThinning.thinned(domains: domains)))],
                .isLink)
        }
        if !expressions.isEmpty {
            add(
                "domain", "links",
                [.init("fold", .text("case")), .init("regex", .texts(expressions.unique))],
                .isLink)
        }
        if !communities.isEmpty {
            add("community", "community", [.init("any_of", .texts(communities.unique))], .isText)
        }
        return found
    }

    /// The domain of a text is that of its community, `self.community`.
    private static func community(_ domain: String) -> String? {
        domain.lowercased().hasPrefix("self.") && domain.count > 5 ? String(domain.dropFirst(5)) : nil
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it first stands.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
