import Exposure
import Moderation
import Store

extension SQLTransaction {
    func arrivals(from: Timestamp, to: Timestamp) throws -> [ArrivalCount] {
        let row = try prepare(
            """
            SELECT shelves.hazard, (taken_in_at / 3600000) % 24,
                CASE WHEN deadline IS NOT NULL THEN max(0, deadline - taken_in_at) / 900000 END, count(*)
              FROM posts JOIN shelves ON shelves.number = posts.shelf
              WHERE taken_in_at >= ? AND taken_in_at < ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST
            """)
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        return try arrivalCounts(row)
    }

    func waiting(at now: Timestamp) throws -> [ArrivalCount] {
        let row = try prepare(
            """
            SELECT shelves.hazard, 0, CASE WHEN deadline IS NOT NULL THEN max(0, deadline - ?) / 900000 END, count(*)
              FROM (
                SELECT shelf, deadline FROM posts INDEXED BY posts_place WHERE state = ? AND state <> 1
                UNION ALL SELECT shelf, deadline FROM claims CROSS JOIN posts ON number = claims.post) AS held
                JOIN shelves ON shelves.number = shelf
              GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST
            """)
        defer { row.reset() }
        row.bind(1, now.milliseconds)
        row.bind(2, PostState.waiting.code)
        return try arrivalCounts(row)
    }

    private func arrivalCounts(_ row: any SQLStatement) throws -> [ArrivalCount] {
        var result: [ArrivalCount] = []
        while try row.step() {
            result.append(
                ArrivalCount(
                    hazard: try hazard(row.integer(0)), hour: row.int(1),
                    quartersLeft: row.optionalInteger(2), posts: row.int(3)))
        }
        return result
    }

    func handlingTimes(in week: TeamWeek, at now: Timestamp, of least: Int) throws -> [Hazard:
        HandlingCounts]
    {
        guard try week.toldFrom <= now && !isSettled(week) else { return [:] }
        let row = try prepare(
            """
            SELECT looked.person, looked.hazard, looked.visible, min(decided_at) - looked.opened
              FROM (SELECT post, person, max(hazard) AS hazard, sum(visible) AS visible,
                      min(opened_at) AS opened
                    FROM spans WHERE opened_at >= ?1 AND opened_at < ?2
                      AND post IS NOT NULL GROUP BY post, person) AS looked
                JOIN decisions ON decisions.post = looked.post AND decisions.person = looked.person
                  AND decided_at >= looked.opened AND decided_at < ?3 AND automatic IS NULL
              GROUP BY looked.post, looked.person, looked.hazard, looked.visible, looked.opened
            """)
        defer { row.reset() }
        row.bind(1, week.first.start.milliseconds)
        row.bind(2, week.end.start.milliseconds)
        row.bind(3, week.toldFrom.milliseconds)
        var counts: [Hazard: [String: HandlingCounts]] = [:]
        while try row.step() {
            counts[try hazard(row.integer(1)), default: [:]][row.text(0), default: HandlingCounts()].add(
                handled: .milliseconds(row.integer(3)), visible: .milliseconds(row.integer(2)))
        }
        return counts.compactMapValues {
            HandlingCounts.together(Array($0.values), of: max(SmallGroup.least, least))
        }
    }

    func shiftStarts(in week: TeamWeek, at now: Timestamp, of least: Int) throws -> ShiftStarts? {
        guard week.toldFrom <= now else { return nil }
        let row = try prepare(
            "SELECT person, started_at FROM shifts WHERE started_at >= ? AND started_at < ?")
        defer { row.reset() }
        row.bind(1, week.first.start.milliseconds)
        row.bind(2, week.end.start.milliseconds)
        var people: Set<String> = []
        var byHour = [Int](repeating: 0, count: 24)
        while try row.step() {
            people.insert(row.text(0))
            let hour = row.integer(1) / 3_600_000 % 24
            byHour[Int(hour < 0 ? hour + 24 : hour)] += 1
        }
        guard people.count >= max(SmallGroup.least, least) else { return nil }
        return ShiftStarts(people: people.count, byHour: byHour)
    }

    private func isSettled(_ week: TeamWeek) throws -> Bool {
        let row = try prepare("SELECT 1 FROM day_totals WHERE day >= ? AND day < ? LIMIT 1")
        defer { row.reset() }
        row.bind(1, week.first.number)
        row.bind(2, week.end.number)
        return try row.step()
    }
}
