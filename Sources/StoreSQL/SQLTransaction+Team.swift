import Exposure
import Moderation
import Store

extension SQLTransaction {
    /// The sums of enough people, of whom nobody gave more than half; anything else stays in SQLite.
    private static let sums = """
        count(*) >= ?5 AND 2 * max(visible) <= total(visible) AND 2 * max(dose) <= total(dose)
        """

    func teamExposure(in month: TeamMonth, at now: Timestamp, of least: Int) throws -> TeamExposure {
        guard month.toldFrom <= now else { return TeamExposure(cells: [], decisions: nil) }
        let least = max(SmallGroup.least, least)
        if let sums = try engine.teamSums() { return try teamExposure(in: month, of: least, by: sums) }
        return TeamExposure(
            cells: try teamCells(in: month, of: least), decisions: try teamDecisions(in: month, of: least))
    }

    /// The same from an engine that gives sums alone.
    private func teamExposure(
        in month: TeamMonth, of least: Int, by sums: TeamSums
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

    func teamOverrides(in month: TeamMonth, at now: Timestamp) throws -> OverrideCounts? {
        guard month.toldFrom <= now else { return nil }
        guard let sums = try engine.teamSums() else {
            let asked = try overrides(limit: Int(Int32.max)).filter {
                $0.requestedAt >= month.first.start && $0.requestedAt < month.next.first.start
            }
            return OverrideCounts(
                asked: asked.count,
                agreed: asked.count { $0.consentedAt.map { $0 < month.toldFrom } ?? false })
        }
        let row = try prepare(sums.overrides)
        defer { row.reset() }
        row.bind(1, month.first.start.milliseconds)
        row.bind(2, month.next.first.start.milliseconds)
        guard try row.step() else { return nil }
        return OverrideCounts(asked: row.int(0), agreed: row.int(1))
    }

    private func teamCells(in month: TeamMonth, of least: Int) throws -> [TeamCell] {
        let row = try prepare(
            """
            SELECT hazard, CAST(total(visible) AS BIGINT) / 60000,
                CAST(total(dose) AS BIGINT) / \(Dose.full.units / 100)
              FROM (SELECT person, hazard, total(visible) AS visible, total(dose) AS dose FROM (
                  SELECT person, hazard, visible, dose FROM spans
                    WHERE opened_at >= ?1 AND opened_at < ?2
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
                WHERE decided_at >= ?1 AND decided_at < ?2 AND (undone_at IS NULL OR undone_at >= ?4)
                  AND automatic IS NULL
                GROUP BY person) AS people
            """)
        defer { row.reset() }
        row.bind(1, month.first.start.milliseconds)
        row.bind(2, month.next.first.start.milliseconds)
        row.bind(3, least)
        row.bind(4, month.toldFrom.milliseconds)
        return try row.step() ? row.optionalInteger(0).map { Int($0) } : nil
    }
}
