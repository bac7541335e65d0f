import Moderation
import Yams

extension PolicyReader {
    /// The members of a mapping by name; unknown names are reported.
    mutating func object(_ node: Node, _ what: String, known: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            fail(node, .notMapping, "\(what) must be a mapping (write \(known.first ?? "name"): … and so on)")
            return nil
        }
        var result: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                fail(
                    key, .notText,
                    "a name in \(what) must be a text (one of \(known.joined(separator: ", ")))")
                continue
            }
            guard known.contains(scalar.string) else {
                fail(
                    key, .unknownField,
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
            fail(node, .notList, "\(what) must be a list (put it in [ ])")
            return []
        }
        return Array(items)
    }

    mutating func text(_ node: Node, _ what: String) -> String? {
        guard case .scalar(let scalar) = node else {
            fail(node, .notText, "\(what) must be a text (put it in quotes if it begins with a sign)")
            return nil
        }
        guard !scalar.string.isEmpty else {
            fail(node, .notText, "\(what) is empty (write a text, or take it out)")
            return nil
        }
        return scalar.string
    }

    mutating func word(_ node: Node, _ what: String) -> String? { text(node, what) }

    /// One text, or a list of them.
    mutating func entries(_ node: Node, _ what: String) -> [FieldTest.Entry] {
        var nodes = [node]
        if case .sequence(let items) = node {
            if items.isEmpty { fail(node, .emptyList, "\(what) has an empty list (write what to look for)") }
            nodes = Array(items)
        }
        return nodes.compactMap { item in
            text(item, what).map { FieldTest.Entry(text: $0, position: item.position) }
        }
    }

    mutating func localized(_ node: Node, _ what: String) -> LocalizedText? {
        if case .scalar = node { return text(node, what).map { LocalizedText(["en": $0]) } }
        guard case .mapping(let mapping) = node, !mapping.isEmpty else {
            fail(node, .notLocalized, "\(what) must be a text, or texts by language (such as {en: …, fr: …})")
            return nil
        }
        var result: [String: String] = [:]
        for (key, value) in mapping {
            guard let language = word(key, "a language"), let text = text(value, what) else { continue }
            guard Self.isLanguage(language) else {
                fail(
                    key, .badLanguage,
                    "\"\(language)\" is no language (use its code of two or three letters, such as fr)")
                continue
            }
            result[language] = text
        }
        return LocalizedText(result)
    }

    mutating func action(_ node: Node) -> Action? { choice(node, "action", Action.self) }

    mutating func choice<Value>(_ node: Node, _ what: String, _: Value.Type) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let word = word(node, what) else { return nil }
        if let value = Value(rawValue: word) { return value }
        fail(
            node, .unknownChoice,
            "unknown \(what) \"\(word)\"" + Suggestion.text(for: word, among: Value.allCases.map(\.rawValue)))
        return nil
    }

    mutating func flag(_ node: Node, _ what: String) -> Bool? {
        if let flag = node.bool { return flag }
        fail(node, .badFlag, "\(what) must be true or false")
        return nil
    }
}
