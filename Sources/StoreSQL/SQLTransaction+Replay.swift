import Exposure
import Moderation
import Store

extension SQLTransaction {
    func keptPosts(_ ids: [PostID]) throws -> [KeptPost?] {
        var result: [KeptPost?] = []
        result.reserveCapacity(ids.count)
        var size = 0
        for id in ids where size < Self.largestPage { result.append(try keptPost(id, size: &size)) }
        emptyCache()
        return result
    }

    private func keptPost(_ id: PostID, size: inout Int) throws -> KeptPost? {
        let row = try again(
            """
            SELECT posts.version, coalesce(evaluated_at, taken_in_at), bundles.digest, hazard, findings, aside, action,
                policy, rule, contents.version, bytes, salt, contents.digest, posts.number, evaluated_at IS NULL
              FROM posts CROSS JOIN shelves ON shelves.number = shelf CROSS JOIN bundles ON bundles.number = bundle
                CROSS JOIN contents ON contents.post = posts.number
              WHERE posts.number = (SELECT number FROM post_ids WHERE id = ?)
            """)
        defer { row.reset() }
        row.bind(1, id.rawValue)
        guard try row.step() else { return nil }
        var post = KeptPost(
            id: id, contents: [keptContent(row, from: 9, size: &size)],
            evaluations: [keptEvaluation(row, isCurrent: true)])
        // Most posts have neither an earlier version nor an earlier evaluation.
        if row.int(0) > 1 || row.integer(14) == 0 {
            try addFormer(of: row.integer(13), to: &post, size: &size)
        }
        return post
    }

    private func addFormer(of number: Int64, to post: inout KeptPost, size: inout Int) throws {
        let contents = try again(
            """
            SELECT version, bytes, salt, digest FROM former_contents WHERE post = ? ORDER BY version DESC
            """)
        contents.bind(1, number)
        while try contents.step() { post.contents.append(keptContent(contents, from: 0, size: &size)) }
        contents.reset()
        let former = try again(
            """
            SELECT e.version, e.at, bundles.digest, e.hazard, e.findings, e.aside, e.action, e.policy, e.rule
              FROM former_evaluations AS e CROSS JOIN bundles ON bundles.number = e.bundle
              WHERE e.post = ? ORDER BY e.number DESC
            """)
        former.bind(1, number)
        while try former.step() { post.evaluations.insert(keptEvaluation(former, isCurrent: false), at: 0) }
        former.reset()
    }

    private func keptContent(_ row: any SQLStatement, from column: Int32, size: inout Int) -> KeptContent {
        size += row.size(column + 1)
        return KeptContent(
            version: row.int(column), bytes: row.isNull(column + 1) ? nil : row.blob(column + 1),
            salt: row.isNull(column + 2) ? nil : row.blob(column + 2), digest: row.blob(column + 3))
    }

    private func keptEvaluation(_ row: any SQLStatement, isCurrent: Bool) -> KeptEvaluation {
        KeptEvaluation(
            version: row.int(0), evaluatedAt: Timestamp(milliseconds: row.integer(1)),
            bundle: BundleDigest(hex: row.text(2)), hazardLevel: row.int(3),
            findings: row.isNull(4) ? nil : row.blob(4), aside: row.isNull(5) ? nil : row.blob(5),
            recommendation: recommendation(row, from: 6), isCurrent: isCurrent)
    }

    func decisions(after place: Int64, limit: Int) throws -> Page<Decision> {
        let row = try prepare(
            "SELECT \(Self.decisionColumns), number FROM decisions WHERE number > ? ORDER BY number LIMIT ?")
        defer { row.reset() }
        row.bind(1, place)
        row.bind(2, limit)
        var page = Page<Decision>(items: [], next: nil)
        while try row.step() {
            page.items.append(try decision(row))
            page.next = row.integer(16)
        }
        return page
    }

    func shifts(from: Timestamp, to: Timestamp, limit: Int) throws -> [Shift] {
        let row = try prepare(
            """
            SELECT card FROM shifts WHERE started_at >= ? AND started_at < ? ORDER BY started_at DESC, id LIMIT ?
            """)
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        row.bind(3, limit)
        var result: [Shift] = []
        while try row.step() { result.append(try Card.value(Shift.self, row.text(0), of: "a shift")) }
        return result
    }

    func shift(_ id: ShiftID) throws -> Shift? {
        let row = try prepare("SELECT card FROM shifts WHERE id = ?")
        defer { row.reset() }
        row.bind(1, id.rawValue)
        return try row.step() ? try Card.value(Shift.self, row.text(0), of: "shift \(id)") : nil
    }

    func spans(of person: PersonID, from: Timestamp, to: Timestamp) throws -> [Span] {
        let row = try prepare(
            """
            SELECT \(Self.spanColumns) FROM spans
              WHERE person = ?1 AND ends_at >= ?2 AND opened_at >= ?2 AND opened_at < ?3 ORDER BY opened_at, id
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, from.milliseconds)
        row.bind(3, to.milliseconds)
        var result: [Span] = []
        while try row.step() { result.append(try span(row)) }
        return result
    }
}
