import Moderation
import Store

/// The condition of a scope in SQL, over the columns of `decisions`, with its values apart.
struct ScopeClause {
    private(set) var terms: [String] = []
    private var values: [Value] = []

    private enum Value {
        case text(String)
        case integer(Int64)
    }

    /// The condition after `WHERE`; always one.
    var sql: String { terms.isEmpty ? "TRUE" : terms.joined(separator: " AND ") }

    init(_ scope: DecisionScope) {
        let filter = scope.filter
        add("policy", filter.policies.map(\.rawValue))
        add("rule", filter.rules.map(\.rawValue))
        add("action", filter.actions.map(\.rawValue))
        add("hazard", filter.hazards.map { Int64($0.level) })
        add("language", filter.languages.map { $0 == DecisionFilter.unknownLanguage ? "" : $0 })
        add("person", filter.people.map(\.rawValue))
        if !filter.people.isEmpty || filter.maker == .person { terms.append("automatic IS NULL") }
        if filter.maker == .rule { terms.append("automatic IS NOT NULL") }
        if let since = filter.since { add("decided_at >= ?", since.milliseconds) }
        if let until = filter.until { add("decided_at < ?", until.milliseconds) }
        if let differs = filter.differs { add("differs = ?", differs ? 1 : 0) }
        if let escalated = filter.escalated {
            add(
                "post \(escalated ? "" : "NOT ")IN (SELECT post FROM escalated_posts WHERE entry < ?)",
                scope.ledgerSize ?? .max)
        }
        if let post = filter.post {
            terms.append("number IN (\(SQLTransaction.decisionsOnPost))")
            values.append(.text(post.rawValue))
        }
        if let undone = filter.undone { addUndone(undone, ledgerSize: scope.ledgerSize) }
        if let size = scope.ledgerSize { add("entry < ?", size) }
        leaveOut(scope.without)
    }

    /// Older than a place.
    mutating func add(before place: DecisionPlace?) {
        guard let place else { return }
        terms.append("(decided_at, number) < (?, ?)")
        values += [.integer(place.at.milliseconds), .integer(place.number)]
    }

    /// Undone as the ledger told it when it had that size.
    private mutating func addUndone(_ undone: Bool, ledgerSize: Int64?) {
        guard let ledgerSize else {
            terms.append(undone ? "undone_at IS NOT NULL" : "undone_at IS NULL")
            return
        }
        add(
            undone
                ? "undone_at IS NOT NULL AND undone_entry < ?" : "(undone_at IS NULL OR undone_entry >= ?)",
            ledgerSize)
    }

    private mutating func leaveOut(_ people: Set<PersonID>) {
        guard !people.isEmpty else { return }
        let marks = people.map { _ in "?" }.joined(separator: ", ")
        let names = people.sorted().map { Value.text($0.rawValue) }
        terms.append("person NOT IN (\(marks))")
        values += names
        terms.append("(automatic IS NULL OR automatic NOT IN (\(marks)))")
        values += names
    }

    private mutating func add(_ term: String, _ value: Int64) {
        terms.append(term)
        values.append(.integer(value))
    }

    private mutating func add(_ column: String, _ wanted: [String]) {
        guard !wanted.isEmpty else { return }
        terms.append("\(column) IN (\(wanted.map { _ in "?" }.joined(separator: ", ")))")
        values += wanted.sorted().map { .text($0) }
    }

    private mutating func add(_ column: String, _ wanted: [Int64]) {
        guard !wanted.isEmpty else { return }
        terms.append("\(column) IN (\(wanted.map { _ in "?" }.joined(separator: ", ")))")
        values += wanted.sorted().map { .integer($0) }
    }

    /// Binds the values from the first place on; returns the next place.
    func bind(to row: any SQLStatement) -> Int32 {
        var place: Int32 = 1
        for value in values {
            switch value {
            case .text(let text): row.bind(place, text)
            case .integer(let number): row.bind(place, number)
            }
            place += 1
        }
        return place
    }
}

extension StratumFacet {
    /// Its value in SQL, as text.
    var sql: String {
        switch self {
        case .policy: "coalesce(policy, '-')"
        case .action: "action"
        case .language: "CASE language WHEN '' THEN '\(DecisionFilter.unknownLanguage)' ELSE language END"
        case .hazard:
            "CASE hazard WHEN 0 THEN 'none' WHEN 1 THEN 'mild' WHEN 2 THEN 'moderate' WHEN 3 THEN 'severe' "
                + "ELSE 'extreme' END"
        case .moderator: "CASE WHEN automatic IS NULL THEN person ELSE 'rule' END"
        }
    }
}
