import Ledger
import Moderation
import Store

extension SQLTransaction {
    /// A page ends when its contents take so many bytes.
    static let largestPage = 8 << 20
    /// After so many rows the cache is emptied: decisions are made in another order than posts come, so every row may
    /// need pages of its own.
    static let rowsBetweenEmptying = 64

    func recordedPosts(after place: Int64, limit: Int) throws -> Page<StoredPost> {
        let row = try prepare(
            """
            SELECT \(Self.postColumns), posts.id, posts.number FROM \(Self.postTables)
              WHERE posts.number > ? ORDER BY posts.number LIMIT ?
            """)
        defer { letGo(row) }
        row.bind(1, place)
        row.bind(2, limit)
        var page = Page<StoredPost>(items: [], next: nil)
        var size = 0
        while size < Self.largestPage, try row.step() {
            size += row.size(11)
            page.items.append(try post(row, id: PostID(row.text(14))))
            page.next = row.integer(15)
        }
        return page
    }

    func recordedDecisions(after place: Int64, limit: Int) throws -> Page<RecordedDecision> {
        // The version decided is in one of two tables; the other gives nothing.
        let columns = Self.decisionColumns.split(separator: ",")
            .map { "decisions." + $0.filter { !$0.isWhitespace } }.joined(separator: ", ")
        let row = try prepare(
            """
            SELECT \(columns), decisions.number, posts.version, posts.taken_in_at,
                coalesce(former.aside, CASE WHEN former.number IS NULL THEN posts.aside END),
                CASE WHEN posts.version = decisions.version
                  THEN (SELECT bytes FROM contents WHERE post = posts.number)
                  ELSE (SELECT bytes FROM former_contents
                    WHERE post = posts.number AND version = decisions.version) END,
                former.number IS NOT NULL OR posts.version = decisions.version AND posts.bundle = bundles.number
              FROM decisions LEFT JOIN bundles ON bundles.digest = decisions.bundle
                LEFT JOIN posts ON posts.number = (SELECT number FROM post_ids WHERE id = decisions.post)
                LEFT JOIN former_evaluations AS former ON former.number = (
                  SELECT max(number) FROM former_evaluations AS f
                    WHERE f.post = posts.number AND f.version = decisions.version AND f.bundle = bundles.number
                      AND (posts.version <> f.version OR posts.bundle <> f.bundle
                        OR coalesce(evaluated_at, taken_in_at) > decided_at))
              WHERE decisions.number > ? ORDER BY decisions.number LIMIT ?
            """)
        defer { letGo(row) }
        row.bind(1, place)
        row.bind(2, limit)
        var page = Page<RecordedDecision>(items: [], next: nil)
        var size = 0
        var rows = 0
        while size < Self.largestPage, try row.step() {
            size += row.size(20)
            rows += 1
            if rows.isMultiple(of: Self.rowsBetweenEmptying) { emptyCache() }
            page.next = row.integer(16)
            let decision = try decision(row)
            guard decision.undoneAt == nil, !decision.isAutomatic else { continue }
            guard !row.isNull(17) else { throw StoreError.damaged("the post of decision \(decision.id)") }
            let state = row.isNull(19) ? StateSnapshot() : try state(row.blob(19), of: decision.post)
            page.items.append(
                RecordedDecision(
                    decision: decision,
                    content: row.isNull(20) ? nil : try content(row.blob(20), of: decision.post),
                    state: state,
                    hasOwnState: row.integer(21) != 0,
                    takenInAt: Timestamp(milliseconds: row.integer(18))))
        }
        return page
    }

    private func state(_ aside: [UInt8], of post: PostID) throws -> StateSnapshot {
        do { return try AsideForm.aside(from: aside).state } catch {
            throw StoreError.damaged("what the rules said of post \(post)")
        }
    }

    /// Ends a page: whoever goes through all records won't come back to these, so the cache gives up its copies.
    func letGo(_ row: any SQLStatement) {
        row.reset()
        emptyCache()
    }

    func emptyCache() { engine.emptyCache() }
}
