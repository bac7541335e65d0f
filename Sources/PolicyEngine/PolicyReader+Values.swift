import Moderation
import Yams

extension PolicyReader {
    /// The members of a mapping by name; unknown names are reported.
    mutating func object(_ node: Node, _ what: String, known: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            fail(node, "\(what) must be a mapping of names to values")
            return nil
        }
        var result: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                fail(key, "\(what) has a name that is no word")
                continue
            }
            guard known.contains(scalar.string) else {
                fail(
                    key,
                    "unknown field \"\(scalar.string)\" in \(what)"
                        + Suggestion.text(for: scalar.string, among: known))
                continue
            }
            result[scalar.string] = value
        }
        return result
    }

    mutating func list(_ node: Node, _ what: String) -> [Node] {
        guard case .sequence(let items) = node else {
            fail(node, "\(what) must be a list")
            return []
        }
        return Array(items)
    }

    mutating func text(_ node: Node, _ what: String) -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            fail(node, "\(what) must be a text")
            return nil
        }
        return scalar.string
    }

    mutating func word(_ node: Node, _ what: String) -> String? { text(node, what) }

    /// One text, or a list of them.
    mutating func texts(_ node: Node, _ what: String) -> [String] {
        if case .sequence(let items) = node {
            if items.isEmpty { fail(node, "\(what) has an empty list") }
            return items.compactMap { text($0, what) }
        }
        return text(node, what).map { [$0] } ?? []
    }

    mutating func localized(_ node: Node, _ what: String) -> LocalizedText? {
        if case .scalar(let scalar) = node { return LocalizedText(["en": scalar.string]) }
        guard case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(node, "\(what) must be a text, or texts by language such as {en: …, fr: …}")
            return nil
        }
        var result: [String: String] = [:]
        for (key, value) in mapping {
            if let language = word(key, "a language"), let text = text(value, what) {
                result[language] = text
            }
        }
        return LocalizedText(result)
    }

    mutating func action(_ node: Node) -> Action? { choice(node, "action", Action.self) }

    mutating func choice<Value>(_ node: Node, _ what: String, _: Value.Type) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let word = word(node, what) else { return nil }
        if let value = Value(rawValue: word) { return value }
        fail(
            node,
            "unknown \(what) \"\(word)\"" + Suggestion.text(for: word, among: Value.allCases.map(\.rawValue)))
        return nil
    }

    // MARK: Tests

    /// The tests of one field: its operators, read with the modifiers that stand beside them.
    mutating func tests(_ subject: FieldTest.Subject, name: String, operators node: Node) -> [FieldTest] {
        let sort = Self.sort(of: subject)
        if case .scalar(let scalar) = node, sort == .number || sort == .age {
            return shortComparison(subject, sort, name: name, scalar.string, at: node).map { [$0] } ?? []
        }
        guard case .mapping(let operators) = node, !operators.isEmpty else {
            fail(node, "field \"\(name)\" needs an operator, such as {contains: …}")
            return []
        }
        var modifiers = Modifiers()
        var rest: [(Node, Node)] = []
        for (key, value) in operators {
            guard case .scalar(let scalar) = key, let modifier = Modifier(rawValue: scalar.string) else {
                rest.append((key, value))
                continue
            }
            read(modifier, value, sort: sort, name: name, into: &modifiers)
        }
        if rest.isEmpty { fail(node, "field \"\(name)\" needs an operator beside its modifiers") }
        guard let subject = placed(subject, modifiers, name: name, at: node) else { return [] }
        return rest.compactMap { key, value in
            test(subject, name: name, operatorKey: key, value: value, modifiers)
        }
    }

    struct Modifiers {
        var least = 1
        var fold = FieldTest.Fold.full
        var window: (milliseconds: Int64, text: String)?
    }

    private static func sort(of subject: FieldTest.Subject) -> Field.Sort {
        switch subject {
        case .field(let field): field.sort
        case .score: .number
        case .history: .history
        }
    }

    private mutating func read(
        _ modifier: Modifier, _ value: Node, sort: Field.Sort, name: String, into modifiers: inout Modifiers
    ) {
        switch modifier {
        case .atLeast:
            guard let count = value.int, (1...1000).contains(count), sort == .text || sort == .links else {
                return fail(value, "at_least is a whole number from 1 on, for lists of words")
            }
            modifiers.least = count
        case .fold:
            guard sort == .text || sort == .links, let fold = choice(value, "fold", FieldTest.Fold.self)
            else {
                if sort != .text && sort != .links { fail(value, "fold is for texts and links") }
                return
            }
            modifiers.fold = fold
        case .within:
            guard sort == .history, let text = text(value, "within"), let time = Self.age(text), time > 0
            else {
                return fail(value, "within is a time such as 7 days, for history (near has its own within)")
            }
            modifiers.window = (time, text)
        }
    }

    /// History needs to know in how much time.
    private mutating func placed(
        _ subject: FieldTest.Subject, _ modifiers: Modifiers, name: String, at node: Node
    ) -> FieldTest.Subject? {
        guard let metric = subject.field?.metric else { return subject }
        guard let window = modifiers.window else {
            fail(node, "\(name) needs within, such as {ge: 3, within: 7 days}")
            return nil
        }
        return .history(HistoryQuery(metric, window: .milliseconds(window.milliseconds)))
    }

    /// `author.account_age: < 3 days`, `flags.count: ">= 3"`.
    private mutating func shortComparison(
        _ subject: FieldTest.Subject, _ sort: Field.Sort, name: String, _ text: String, at node: Node
    ) -> FieldTest? {
        let signs: [(String, FieldTest.Comparison)] = [
            (">=", .ge), ("≥", .ge), ("<=", .le), ("≤", .le), (">", .gt), ("<", .lt), ("=", .equals),
        ]
        let (sign, comparison) = signs.first { text.hasPrefix($0.0) } ?? ("", .equals)
        let figure = text.dropFirst(sign.count).trimmingSpaces
        guard let number = sort == .age ? Self.age(figure) : Self.thousandths(figure) else {
            fail(node, "\"\(text)\" is no comparison, such as \(sort == .age ? "> 3 days" : ">= 3")")
            return nil
        }
        return FieldTest(
            subject: subject, test: .number(comparison, number),
            words: "\(name) \(comparison.rawValue) \(figure)", line: node.mark?.line ?? 0)
    }

    private mutating func test(
        _ subject: FieldTest.Subject, name: String, operatorKey key: Node, value: Node, _ modifiers: Modifiers
    ) -> FieldTest? {
        let sort = Self.sort(of: subject)
        let known = Operator.known(for: sort, subject.field)
        guard let word = word(key, "an operator") else { return nil }
        guard let wanted = Operator(rawValue: word), known.contains(wanted) else {
            fail(
                key,
                "the field \"\(name)\" has no operator \"\(word)\""
                    + Suggestion.text(for: word, among: known.map(\.rawValue)))
            return nil
        }
        if wanted == .near { return near(subject, name: name, value, modifiers, line: key.mark?.line ?? 0) }
        guard
            let (test, words) = test(
                wanted, sort: sort, name: name, value: value, isExact: modifiers.fold.isExact)
        else { return nil }
        var result = FieldTest(
            subject: subject, test: test, least: modifiers.least, fold: modifiers.fold, words: words,
            line: key.mark?.line ?? 0)
        if let window = modifiers.window { result.words += " within \(window.text)" }
        if modifiers.least > 1 {
            result.words = "at least \(modifiers.least) of " + result.words
            guard result.patterns.count >= modifiers.least, !result.patterns.contains(where: \.isRegex) else {
                fail(value, "at_least \(modifiers.least) can't hold: it needs as many words, and no regex")
                return nil
            }
        }
        return result
    }

    /// `near: {words: [[kill, hurt], you], within: 5}`: a word of each group, so many words apart at most.
    private mutating func near(
        _ subject: FieldTest.Subject, name: String, _ value: Node, _ modifiers: Modifiers, line: Int
    ) -> FieldTest? {
        guard let fields = object(value, "near", known: ["words", "within"]) else { return nil }
        guard let within = fields["within"]?.int, (1...100).contains(within) else {
            fail(fields["within"] ?? value, "near needs within: a number of words from 1 to 100")
            return nil
        }
        let groups = (fields["words"].map { list($0, "words") } ?? []).map { group in
            texts(group, "words").map { modifiers.fold.isExact ? $0 : Folding.fold(literal: $0) }
                .filter { !$0.isEmpty && $0 != " " }
        }
        guard groups.count >= 2, groups.allSatisfy({ !$0.isEmpty }) else {
            fail(fields["words"] ?? value, "near needs words: at least two words, or lists of words")
            return nil
        }
        let words = groups.map { $0.prefix(2).joined(separator: "/") }.joined(separator: " … ")
        return FieldTest(
            subject: subject, test: .near(groups, within: within), fold: modifiers.fold,
            words: "\(name) near: \(words) within \(within) words", line: line)
    }

    private mutating func test(
        _ wanted: Operator, sort: Field.Sort, name: String, value: Node, isExact: Bool
    ) -> (FieldTest.Test, String)? {
        if wanted == .exists || sort == .flag {
            guard let flag = value.bool else {
                fail(value, "\(name) needs true or false")
                return nil
            }
            return (wanted == .exists ? .exists(flag) : .flag(flag), "\(name) \(wanted.rawValue): \(flag)")
        }
        if sort == .number || sort == .age || sort == .history {
            return comparison(wanted, sort: sort, name: name, value: value)
        }
        let texts =
            wanted == .inList || isListFile(wanted, value)
            ? text(value, wanted.rawValue).flatMap { listFile($0, at: value) } ?? []
            : self.texts(value, wanted.rawValue)
        guard !texts.isEmpty else { return nil }
        let words =
            "\(name) \(wanted.rawValue): \(texts.prefix(3).joined(separator: ", "))\(texts.count > 3 ? ", …" : "")"
        if wanted == .domainIn { return (.domains(Set(texts.map { $0.lowercased() })), words) }
        if sort == .code {
            return (.values(Set(texts.map { $0.lowercased() }), anchor(of: wanted, isCode: true)), words)
        }
        if wanted == .regex {
            let expressions = isExact ? texts : texts.map { Folding.fold(regex: $0) }
            return (.patterns(expressions, .anywhere, isRegex: true), words)
        }
        let folded = isExact ? texts : texts.map { Folding.fold(literal: $0) }
        if let index = folded.firstIndex(where: { $0.isEmpty || $0 == " " }) {
            fail(value, "\"\(texts[index])\" has nothing left to look for after folding")
            return nil
        }
        return (.patterns(folded, anchor(of: wanted, isCode: false), isRegex: false), words)
    }

    /// Domains and hashes are given as a list, or as the name of one.
    private func isListFile(_ wanted: Operator, _ value: Node) -> Bool {
        guard wanted == .domainIn || wanted == .hashIn, case .scalar(let scalar) = value else { return false }
        return scalar.string.hasSuffix(".txt")
    }

    private func anchor(of wanted: Operator, isCode: Bool) -> FieldTest.Anchor {
        switch wanted {
        case .startsWith: .start
        case .endsWith: .end
        case .contains: .anywhere
        case .equals, .anyOf, .hashIn, .languageIn: .whole
        case .inList: isCode ? .whole : .word
        default: .word
        }
    }

    private mutating func comparison(_ wanted: Operator, sort: Field.Sort, name: String, value: Node)
        -> (FieldTest.Test, String)?
    {
        guard let text = text(value, name) else { return nil }
        guard let number = sort == .age ? Self.age(text) : Self.thousandths(text) else {
            fail(value, "\"\(text)\" is no \(sort == .age ? "time such as 3 days" : "number")")
            return nil
        }
        let comparison: FieldTest.Comparison =
            switch wanted {
            case .gt: .gt
            case .ge: .ge
            case .lt: .lt
            case .le: .le
            default: .equals
            }
        return (.number(comparison, number), "\(name) \(comparison.rawValue) \(text)")
    }

    /// `0.85` is 850.
    static func thousandths(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = Int64(parts[0]), whole.magnitude < 1_000_000_000_000 else { return nil }
        guard parts.count == 2 else { return whole * 1000 }
        let digits = parts[1].prefix(3)
        guard !digits.isEmpty, let fraction = Int64(digits), fraction >= 0 else { return nil }
        let scale: Int64 = [1: 100, 2: 10, 3: 1][digits.count] ?? 1
        return whole * 1000 + (text.hasPrefix("-") ? -1 : 1) * fraction * scale
    }

    /// `3 days` in milliseconds.
    static func age(_ text: String) -> Int64? {
        let units: [(String, Int64)] = [
            ("second", 1000), ("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000),
            ("week", 604_800_000), ("month", 2_592_000_000), ("year", 31_536_000_000),
        ]
        let parts = text.split(separator: " ")
        guard parts.count == 2, let count = Int64(parts[0]), (0...100_000).contains(count) else { return nil }
        return units.first { parts[1] == $0.0 || parts[1] == $0.0 + "s" }.map { $0.1 * count }
    }
}
