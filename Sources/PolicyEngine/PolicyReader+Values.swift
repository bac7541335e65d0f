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

    mutating func test(
        _ subject: FieldTest.Subject, name: String, operatorKey key: Node, value: Node
    ) -> FieldTest? {
        let sort: Field.Sort = if case .field(let field) = subject { field.sort } else { .number }
        let known = Operator.known(for: sort)
        guard let word = word(key, "an operator") else { return nil }
        guard let wanted = Operator(rawValue: word), known.contains(wanted) else {
            fail(
                key,
                "the field \"\(name)\" has no operator \"\(word)\""
                    + Suggestion.text(for: word, among: known.map(\.rawValue)))
            return nil
        }
        guard let (test, words) = test(wanted, sort: sort, name: name, value: value) else { return nil }
        return FieldTest(subject: subject, test: test, words: words, line: key.mark?.line ?? 0)
    }

    private mutating func test(_ wanted: Operator, sort: Field.Sort, name: String, value: Node)
        -> (FieldTest.Test, String)?
    {
        if wanted == .exists || sort == .flag {
            guard let flag = value.bool else {
                fail(value, "\(name) needs true or false")
                return nil
            }
            return (wanted == .exists ? .exists(flag) : .flag(flag), "\(name) \(wanted.rawValue): \(flag)")
        }
        if sort == .number || sort == .age { return comparison(wanted, sort: sort, name: name, value: value) }
        let texts =
            wanted == .inList
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
            return (.patterns(texts.map { Folding.fold(regex: $0) }, .anywhere, isRegex: true), words)
        }
        let folded = texts.map { Folding.fold(literal: $0) }
        if let index = folded.firstIndex(where: { $0.isEmpty || $0 == " " }) {
            fail(value, "\"\(texts[index])\" has nothing left to look for after folding")
            return nil
        }
        return (.patterns(folded, anchor(of: wanted, isCode: false), isRegex: false), words)
    }

    private func anchor(of wanted: Operator, isCode: Bool) -> FieldTest.Anchor {
        switch wanted {
        case .startsWith: .start
        case .endsWith: .end
        case .contains: .anywhere
        case .equals, .anyOf: .whole
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
