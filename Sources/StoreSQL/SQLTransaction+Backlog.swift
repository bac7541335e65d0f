import Moderation
import Store

extension SQLTransaction {
    func backlog(at now: Timestamp) throws -> [BacklogCount] {
        let row = try prepare(
            """
            SELECT shelves.hazard, shelves.language, \(Self.place("deadline - ?1", among: BacklogCount.timesLeft)),
                coalesce(\(Self.place("?1 - taken_in_at", among: BacklogCount.ages)), 0), count(*)
              FROM posts JOIN shelves ON shelves.number = posts.shelf
              WHERE state = ?2 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3 NULLS FIRST, 4
            """)
        defer { row.reset() }
        row.bind(1, now.milliseconds)
        row.bind(2, PostState.waiting.code)
        var result: [BacklogCount] = []
        while try row.step() {
            let language = row.text(1)
            result.append(
                BacklogCount(
                    hazard: try hazard(row.integer(0)), language: language.isEmpty ? nil : language,
                    timeLeft: row.optionalInteger(2).map { Int($0) }, age: row.int(3), posts: row.int(4)))
        }
        return result
    }

    /// SQL for the first of some bounds that a time is within; null for no time.
    private static func place(_ time: String, among bounds: [Duration]) -> String {
        let cases = bounds.enumerated().map { "WHEN \(time) <= \($1.wholeMilliseconds) THEN \($0)" }
        return "CASE WHEN \(time) IS NULL THEN NULL \(cases.joined(separator: " ")) ELSE \(bounds.count) END"
    }
}
