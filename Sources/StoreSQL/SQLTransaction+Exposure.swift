import Exposure
import Moderation

extension SQLTransaction {
    static let spanColumns = """
        id, person, post, shift, hazard, opened_at, visible, closed_at, limits_version, dose, closed_by
        """

    func spans(of person: PersonID, since: Timestamp) throws -> [Span] {
        let row = try prepare(
            """
            SELECT \(Self.spanColumns) FROM spans WHERE person = ?1 AND ends_at > ?2
            UNION ALL
            SELECT \(Self.spanColumns) FROM spans WHERE person = ?1 AND closed_at IS NULL AND ends_at <= ?2
            ORDER BY opened_at
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        var result: [Span] = []
        while try row.step() { result.append(try span(row)) }
        return result
    }

    func span(_ id: SpanID) throws -> Span? {
        let row = try prepare("SELECT \(Self.spanColumns) FROM spans WHERE id = ?")
        defer { row.reset() }
        row.bind(1, id.rawValue)
        return try row.step() ? try span(row) : nil
    }

    /// The span in the row that ``spanColumns`` begin.
    func span(_ row: any SQLStatement) throws -> Span {
        Span(
            id: SpanID(row.text(0)), person: PersonID(row.text(1)),
            post: row.optionalText(2).map { PostID($0) }, shift: row.optionalText(3).map { ShiftID($0) },
            hazard: try hazard(row.integer(4)), openedAt: Timestamp(milliseconds: row.integer(5)),
            visible: .milliseconds(row.integer(6)),
            closedAt: row.optionalInteger(7).map { Timestamp(milliseconds: $0) },
            limitsVersion: row.int(8), dose: Dose(units: row.integer(9)),
            closedBy: row.optionalText(10).flatMap { SpanEnd(rawValue: $0) })
    }

    func save(_ span: Span) throws {
        let row = try prepare(
            """
            INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
              SET person = excluded.person, post = excluded.post, shift = excluded.shift,
                hazard = excluded.hazard, opened_at = excluded.opened_at, visible = excluded.visible,
                closed_at = excluded.closed_at, limits_version = excluded.limits_version,
                dose = excluded.dose, closed_by = excluded.closed_by, ends_at = excluded.ends_at
            """)
        row.bind(1, span.id.rawValue)
        row.bind(2, span.person.rawValue)
        row.bind(3, span.post?.rawValue)
        row.bind(4, span.shift?.rawValue)
        row.bind(5, span.hazard.level)
        row.bind(6, span.openedAt.milliseconds)
        row.bind(7, span.visible.wholeMilliseconds)
        row.bind(8, span.closedAt?.milliseconds)
        row.bind(9, span.limitsVersion)
        row.bind(10, span.dose.units)
        row.bind(11, span.closedBy?.rawValue)
        row.bind(12, span.end.milliseconds)
        try row.send()
    }

    func shifts(of person: PersonID, since: Timestamp) throws -> [Shift] {
        let row = try prepare(
            """
            SELECT card FROM shifts WHERE person = ? AND (ended_at IS NULL OR ended_at > ?)
              ORDER BY started_at
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        var result: [Shift] = []
        while try row.step() { result.append(try Card.known(Shift.self, row.text(0), of: "a shift")) }
        return result
    }

    func save(_ shift: Shift) throws {
        let row = try prepare(
            """
            INSERT INTO shifts VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
              SET person = excluded.person, started_at = excluded.started_at, ended_at = excluded.ended_at,
                card = excluded.card
            """)
        row.bind(1, shift.id.rawValue)
        row.bind(2, shift.person.rawValue)
        row.bind(3, shift.startedAt.milliseconds)
        row.bind(4, shift.endedAt?.milliseconds)
        row.bind(5, try Card.text(shift))
        try row.run()
    }
}
