import Moderation
import Store

/// What posts have in common that stand on one shelf of the queue.
struct Shelf: Hashable {
    let hazard: Hazard
    let language: String?
    /// The policies of the findings, one name a line, in order.
    let policies: String

    func fits(_ request: ClaimRequest) -> Bool {
        guard request.hazards.contains(hazard) else { return false }
        if let language, !request.languages.isEmpty, !request.languages.contains(language) { return false }
        guard !request.excludedPolicies.isEmpty, !policies.isEmpty else { return true }
        return !policies.split(separator: "\n").contains {
            request.excludedPolicies.contains(PolicyID(String($0)))
        }
    }

    func fits(_ filter: QueueFilter) -> Bool {
        guard filter.hazards.isEmpty || filter.hazards.contains(hazard) else { return false }
        return filter.languages.isEmpty || language.map { filter.languages.contains($0) } ?? false
    }
}

/// A post's place on its shelf: the smaller comes first.
struct QueuePlace: Comparable {
    let rank: Int64
    let number: Int64

    static func < (left: QueuePlace, right: QueuePlace) -> Bool {
        (left.rank, left.number) < (right.rank, right.number)
    }
}

extension SQLTransaction {
    func number(of shelf: Shelf) throws -> Int64 {
        if let known = shelfNumbers[shelf] { return known }
        let made = try prepare(
            "INSERT INTO shelves (hazard, language, policies) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        made.bind(1, shelf.hazard.level)
        made.bind(2, shelf.language ?? "")
        made.bind(3, shelf.policies)
        try made.run()
        let row = try prepare(
            "SELECT number FROM shelves WHERE hazard = ? AND language = ? AND policies = ?")
        defer { row.reset() }
        row.bind(1, shelf.hazard.level)
        row.bind(2, shelf.language ?? "")
        row.bind(3, shelf.policies)
        guard try row.step() else { throw StoreError.damaged("the shelves of the queue") }
        let number = row.integer(0)
        shelfNumbers[shelf] = number
        return number
    }

    /// The shelves on which posts stand in one of these states.
    func stockedShelves(in states: Set<PostState>) throws -> [(PostState, Int64, Shelf)] {
        if !isBesideOthers { try flushCounts() }
        var result: [(PostState, Int64, Shelf)] = []
        for state in states {
            let row = try prepare(
                """
                SELECT number, hazard, language, policies FROM shelf_counts
                  JOIN shelves ON number = shelf WHERE state = ? AND posts > 0
                """)
            defer { row.reset() }
            row.bind(1, state.code)
            var known: Set<Int64> = []
            while try row.step() {
                result.append((state, row.integer(0), try shelf(row)))
                known.insert(row.integer(0))
            }
            // What others see only when this transaction ends is there for itself.
            for (number, change) in unwritten(in: state) where change > 0 && !known.contains(number) {
                if let shelf = try shelf(number) { result.append((state, number, shelf)) }
            }
        }
        return result
    }

    private func shelf(_ number: Int64) throws -> Shelf? {
        let row = try prepare("SELECT number, hazard, language, policies FROM shelves WHERE number = ?")
        defer { row.reset() }
        row.bind(1, number)
        return try row.step() ? try shelf(row) : nil
    }

    /// The shelf in a row of its number, hazard, language and policies.
    private func shelf(_ row: any SQLStatement) throws -> Shelf {
        let language = row.text(2)
        return Shelf(
            hazard: try hazard(row.integer(1)), language: language.isEmpty ? nil : language,
            policies: row.text(3))
    }

    func statistics() throws -> QueueStatistics {
        if !isBesideOthers { try flushCounts() }
        let row = try prepare(
            """
            SELECT state, hazard, language, sum(posts) FROM shelf_counts
              JOIN shelves ON number = shelf GROUP BY state, hazard, language HAVING sum(posts) <> 0
            """)
        defer { row.reset() }
        var result: [QueueStatistics.Count] = []
        while try row.step() {
            let language = row.text(2)
            result.append(
                QueueStatistics.Count(
                    state: try PostState(code: row.integer(0)), hazard: try hazard(row.integer(1)),
                    language: language.isEmpty ? nil : language, posts: row.int(3)))
        }
        return QueueStatistics(counts: result)
    }
}
