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

    func handlingTimes(from: Timestamp, to: Timestamp, smallestGroup: Int) throws -> [Hazard: HandlingCounts]
    {
        let row = try prepare(
            """
            SELECT looked.person, looked.hazard, looked.visible, min(decided_at) - looked.opened
              FROM (SELECT post, person, max(hazard) AS hazard, sum(visible) AS visible,
                      min(opened_at) AS opened
                    FROM spans WHERE opened_at >= ?1 AND opened_at < ?2 AND closed_at IS NOT NULL
                      AND post IS NOT NULL GROUP BY post, person) AS looked
                JOIN decisions ON decisions.post = looked.post AND decisions.person = looked.person
                  AND decided_at >= looked.opened AND decided_at >= ?1 AND automatic IS NULL
              GROUP BY looked.post, looked.person, looked.hazard, looked.visible, looked.opened
            """)
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        var counts: [Hazard: HandlingCounts] = [:]
        var people: [Hazard: Set<String>] = [:]
        while try row.step() {
            let hazard = try hazard(row.integer(1))
            people[hazard, default: []].insert(row.text(0))
            counts[hazard, default: HandlingCounts()].add(
                handled: .milliseconds(row.integer(3)), visible: .milliseconds(row.integer(2)))
        }
        return counts.filter { people[$0.key, default: []].count >= max(1, smallestGroup) }
    }

    func shiftStarts(from: Timestamp, to: Timestamp, smallestGroup: Int) throws -> ShiftStarts? {
        let row = try prepare(
            "SELECT person, started_at FROM shifts WHERE started_at >= ? AND started_at < ?")
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        var people: Set<String> = []
        var byHour = [Int](repeating: 0, count: 24)
        while try row.step() {
            people.insert(row.text(0))
            let hour = row.integer(1) / 3_600_000 % 24
            byHour[Int(hour < 0 ? hour + 24 : hour)] += 1
        }
        guard people.count >= max(1, smallestGroup) else { return nil }
        return ShiftStarts(people: people.count, byHour: byHour)
    }
}
