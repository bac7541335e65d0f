import Moderation
import Store

extension SQLTransaction {
    // MARK: Support

    func support() throws -> StoredSupport? {
        let row = try prepare("SELECT card, salt, set_by, since FROM support ORDER BY number DESC LIMIT 1")
        defer { row.reset() }
        guard try row.step() else { return nil }
        let card = row.text(0)
        return StoredSupport(
            contacts: try Card.value([SupportContact].self, card, of: "the contacts for support"),
            card: card, salt: row.blob(1), setBy: PersonID(row.text(2)),
            since: Timestamp(milliseconds: row.integer(3)))
    }

    func insert(_ support: StoredSupport) throws {
        let row = try prepare("INSERT INTO support (card, salt, set_by, since) VALUES (?, ?, ?, ?)")
        row.bind(1, support.card)
        row.bind(2, support.salt)
        row.bind(3, support.setBy.rawValue)
        row.bind(4, support.since.milliseconds)
        try row.run()
    }

    // MARK: Who looked

    func watchings(of concerned: PersonID, limit: Int) throws -> [Watching] {
        let row = try prepare(
            """
            SELECT shift, concerned, watcher, at FROM watchings WHERE concerned = ?
              ORDER BY number DESC LIMIT ?
            """)
        defer { row.reset() }
        row.bind(1, concerned.rawValue)
        row.bind(2, max(0, limit))
        var result: [Watching] = []
        while try row.step() {
            result.append(
                Watching(
                    shift: ShiftID(row.text(0)), concerned: PersonID(row.text(1)),
                    watcher: PersonID(row.text(2)), at: Timestamp(milliseconds: row.integer(3))))
        }
        return result
    }

    func insert(_ watching: Watching) throws {
        let row = try prepare("INSERT INTO watchings (shift, concerned, watcher, at) VALUES (?, ?, ?, ?)")
        row.bind(1, watching.shift.rawValue)
        row.bind(2, watching.concerned.rawValue)
        row.bind(3, watching.watcher.rawValue)
        row.bind(4, watching.at.milliseconds)
        try row.run()
    }

    // MARK: What decisions led to

    func marksOnDecisions(by person: PersonID, limit: Int) throws -> [MarkedDecision] {
        // The last verdict of each rater on each decision: none that they gave later stands beside it.
        let columns = Self.markColumns.split(separator: ", ").map { "marks.\($0)" }.joined(separator: ", ")
        let row = try prepare(
            """
            SELECT \(columns) FROM marks JOIN decisions ON decisions.number =
                (SELECT number FROM decision_numbers WHERE id = marks.decision)
              WHERE decisions.person = ? AND decisions.automatic IS NULL AND marks.verdict IS NOT NULL
                AND NOT EXISTS (
                  SELECT 1 FROM marks AS later
                    WHERE later.decision = marks.decision AND later.rater = marks.rater
                      AND later.verdict IS NOT NULL AND later.number > marks.number)
              ORDER BY marks.number DESC LIMIT ?
            """)
        row.bind(1, person.rawValue)
        row.bind(2, max(0, limit))
        return try marks(row).map { mark in
            guard let decision = try decision(mark.decision) else {
                throw StoreError.damaged("decision \(mark.decision), which is missing")
            }
            return MarkedDecision(decision: decision, mark: mark)
        }
    }
}
