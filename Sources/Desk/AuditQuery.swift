import Ledger
public import Moderation
public import Store

/// A filter of decisions as people write it: `policy:threats action:remove,suspend since:2026-03-01 differs`.
public enum AuditQuery {
    /// The words that a query knows, for help and messages.
    public static let words = [
        "policy:", "rule:", "action:", "hazard:", "lang:", "who:", "by:", "since:", "until:", "post:",
        "differs",
        "agrees", "undone", "standing", "escalated", "not-escalated",
    ]

    /// Reads a query; an empty one asks for everything.
    public static func filter(_ text: String) throws(DeskError) -> DecisionFilter {
        var filter = DecisionFilter()
        var column = 1
        for part in text.split(separator: " ", omittingEmptySubsequences: false) {
            let word = String(part)
            if !word.isEmpty, let problem = take(word, into: &filter) {
                throw .invalid(.audit(.badQuery(word, column: column, problem: problem)))
            }
            column += word.count + 1
        }
        return filter
    }

    /// What is wrong with a word, if anything.
    private static func take(_ word: String, into filter: inout DecisionFilter) -> String? {
        guard let colon = word.firstIndex(of: ":") else { return takeFlag(word, into: &filter) }
        let name = word[..<colon]
        let values = word[word.index(after: colon)...].split(separator: ",").map(String.init)
        guard !values.isEmpty else { return "it says nothing after the colon" }
        switch name {
        case "policy": filter.policies.formUnion(values.map { PolicyID($0) })
        case "rule": filter.rules.formUnion(values.map { RuleID($0) })
        case "lang": filter.languages.formUnion(values)
        case "who": filter.people.formUnion(values.map { PersonID($0) })
        case "action": return take(values, into: &filter.actions)
        case "hazard": return take(values, into: &filter.hazards)
        case "by":
            guard let maker = DecisionFilter.Maker(rawValue: values[0]) else { return "by:person or by:rule" }
            filter.maker = maker
        case "since", "until":
            guard let moment = moment(values[0]) else { return "a day such as 2026-03-01, or RFC 3339" }
            if name == "since" { filter.since = moment } else { filter.until = moment }
        case "post": filter.post = PostID(values[0])
        default: return unknown(word)
        }
        return nil
    }

    private static func takeFlag(_ word: String, into filter: inout DecisionFilter) -> String? {
        switch word {
        case "differs": filter.differs = true
        case "agrees": filter.differs = false
        case "undone": filter.undone = true
        case "standing": filter.undone = false
        case "escalated": filter.escalated = true
        case "not-escalated": filter.escalated = false
        default: return unknown(word)
        }
        return nil
    }

    private static func take<Value: RawRepresentable<String> & CaseIterable & Hashable>(
        _ values: [String], into set: inout Set<Value>
    ) -> String? {
        for text in values {
            guard let value = Value(rawValue: text) else {
                return "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))"
            }
            set.insert(value)
        }
        return nil
    }

    private static func unknown(_ word: String) -> String {
        let near = words.first { $0.hasPrefix(word.prefix(2)) }
        return near.map { "did you mean \($0)?" } ?? "one of \(words.joined(separator: " "))"
    }

    /// A day, or a moment in RFC 3339.
    public static func moment(_ text: String) -> Timestamp? {
        Timestamp(rfc3339: text.count == 10 ? text + "T00:00:00Z" : text)
    }

    /// The filter as a query, in one order.
    public static func text(_ filter: DecisionFilter) -> String {
        func list(_ name: String, _ values: some Sequence<String>) -> String? {
            let sorted = values.sorted(by: SampleDraw.precedes)
            return sorted.isEmpty ? nil : "\(name):\(sorted.joined(separator: ","))"
        }
        func flag(_ value: Bool?, _ yes: String, _ no: String) -> String? { value.map { $0 ? yes : no } }
        return [
            list("policy", filter.policies.map(\.rawValue)), list("rule", filter.rules.map(\.rawValue)),
            list("action", filter.actions.map(\.rawValue)), list("hazard", filter.hazards.map(\.rawValue)),
            list("lang", filter.languages), list("who", filter.people.map(\.rawValue)),
            filter.maker.map { "by:\($0.rawValue)" }, filter.since.map { "since:\($0.rfc3339)" },
            filter.until.map { "until:\($0.rfc3339)" }, filter.post.map { "post:\($0)" },
            flag(filter.differs, "differs", "agrees"), flag(filter.undone, "undone", "standing"),
            flag(filter.escalated, "escalated", "not-escalated"),
        ].compactMap(\.self).joined(separator: " ")
    }
}
