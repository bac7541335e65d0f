import Exposure
import Moderation
import Store

extension SQLTransaction {
    /// The sums of enough people, of whom nobody gave more than half; anything else stays in SQLite.
    private static let sums = """
        count(*) >= ?5 AND 2 * max(visible) <= total(visible) AND 2 * max(dose) <= total(dose)
        """

    func teamExposure(in month: TeamMonth, of least: Int) throws -> TeamExposure {
        let least = max(SmallGroup.least, least)
        if let sums = try engine.teamSums() { return try teamExposure(in: month, of: least, by: sums) }
        return TeamExposure(
            cells: try teamCells(in: month, of: least), decisions: try teamDecisions(in: month, of: least))
    }

    /// The same from an engine that gives sums alone.
    private func teamExposure(
        in month: TeamMonth, of least: Int, by sums: (cells: String, decisions: String)
    ) throws -> TeamExposure {
        let rows = try [sums.cells, sums.decisions].map { sql in
            let row = try prepare(sql)
            row.bind(1, month.first.start.milliseconds)
            row.bind(2, month.next.first.start.milliseconds)
            row.bind(3, least)
            return row
        }
        defer { rows.forEach { $0.reset() } }
        return TeamExposure(
            cells: try cells(rows[0]),
            decisions: try rows[1].step() ? rows[1].optionalInteger(0).map { Int($0) } : nil)
    }

    private func teamCells(in month: TeamMonth, of least: Int) throws -> [TeamCell] {
        let row = try prepare(
            """
            SELECT hazard, CAST(total(visible) AS BIGINT) / 60000,
                CAST(total(dose) AS BIGINT) / \(Dose.full.units / 100)
              FROM (SELECT person, hazard, total(visible) AS visible, total(dose) AS dose FROM (
                  SELECT person, hazard, visible, dose FROM spans
                    WHERE opened_at >= ?1 AND opened_at < ?2 AND closed_at IS NOT NULL
                  UNION ALL SELECT person, hazard, visible, dose FROM day_totals WHERE day >= ?3 AND day < ?4) AS pieces
                GROUP BY person, hazard) AS people
              GROUP BY hazard HAVING \(Self.sums) ORDER BY hazard
            """)
        defer { row.reset() }
        row.bind(1, month.first.start.milliseconds)
        row.bind(2, month.next.first.start.milliseconds)
        row.bind(3, month.first.number)
        row.bind(4, month.next.first.number)
        row.bind(5, least)
        return try cells(row)
    }

    private func cells(_ row: any SQLStatement) throws -> [TeamCell] {
        var result: [TeamCell] = []
        while try row.step() {
            result.append(
                TeamCell(hazard: try hazard(row.integer(0)), minutes: row.integer(1), percent: row.integer(2))
            )
        }
        return result
    }

    private func teamDecisions(in month: TeamMonth, of least: Int) throws -> Int? {
        let row = try prepare(
            """
            SELECT CASE WHEN count(*) >= ?3 AND 2 * max(made) <= sum(made) THEN sum(made) END
              FROM (SELECT count(*) AS made FROM decisions
                WHERE decided_at >= ?1 AND decided_at < ?2 AND undone_at IS NULL AND automatic IS NULL
                GROUP BY person) AS people
            """)
        defer { row.reset() }
        row.bind(1, month.first.start.milliseconds)
        row.bind(2, month.next.first.start.milliseconds)
        row.bind(3, least)
        return try row.step() ? row.optionalInteger(0).map { Int($0) } : nil
    }
}
