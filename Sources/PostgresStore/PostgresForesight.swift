#if Postgres
import Store

/// What was asked beforehand in a transaction, and its answers, each of which is used once.
///
/// An answer is dropped when something is changed in a table that its question names.
final class PostgresForesight {
    struct Question: Hashable {
        let text: PostgresText
        let values: PostgresValues
    }

    /// Whether questions are only put down now.
    private(set) var isAsking = false
    /// `nil` until the answer has come.
    private var answers: [Question: PostgresResult?] = [:]
    /// Views by the tables that they show.
    private static let views = ["posts": "post_ids" as Substring, "decisions": "decision_numbers"]

    /// Runs a body that only puts down what it asks.
    func asking(_ body: () throws -> Void) rethrows {
        let before = isAsking
        isAsking = true
        defer { isAsking = before }
        try body()
    }

    /// The answer to a question; `nil` when it was not asked, or while questions are put down and it has none yet.
    func answer(
        to text: PostgresText, _ values: inout PostgresValues, on connection: PostgresConnection
    ) throws(StoreError) -> PostgresResult? {
        guard isAsking || !answers.isEmpty else { return nil }
        values.extend(to: text.places)
        let question = Question(text: text, values: values)
        guard isAsking else {
            guard let known = answers[question] else { return nil }
            if known == nil { try connection.settle() }
            return answers.removeValue(forKey: question) ?? nil
        }
        if let known = answers[question] { return known }
        answers[question] = .some(nil)
        try connection.queue(text, &values) { [self] answer in
            if answers[question] != nil { answers[question] = answer }
        }
        return nil
    }

    /// Drops what a statement may have changed.
    func drop(changedBy text: PostgresText) {
        guard !answers.isEmpty else { return }
        guard let table = text.changes else { return answers.removeAll() }
        answers = answers.filter { question, _ in
            let tables = question.text.tables
            return !tables.contains(table[...]) && !(Self.views[table].map { tables.contains($0) } ?? false)
        }
    }

    func dropAll() { answers.removeAll() }
}
#endif
