import Ledger
import Moderation
import Store

extension SQLTransaction {
    /// Keeps what the rules say of a post, before they say something else.
    func keepFormerEvaluation(of number: Int64) throws {
        let row = try prepare(
            """
            INSERT INTO former_evaluations (post, version, at, bundle, hazard, findings, action, policy, rule, aside)
              SELECT posts.number, version, coalesce(evaluated_at, taken_in_at), bundle, hazard, findings, action,
                policy, rule, aside FROM posts JOIN shelves ON shelves.number = shelf WHERE posts.number = ?
            """)
        row.bind(1, number)
        try row.run()
    }

    func evaluations(of post: PostID) throws -> [RecordedEvaluation] {
        guard let place = try place(of: post) else { return [] }
        var size = 0
        return try evaluations(ofPost: place.number, named: post, size: &size)
    }

    func recordedEvaluations(after place: Int64, limit: Int) throws -> Page<RecordedEvaluation> {
        let row = try prepare("SELECT number, id FROM posts WHERE number > ? ORDER BY number LIMIT ?")
        defer { letGo(row) }
        row.bind(1, place)
        row.bind(2, limit)
        var page = Page<RecordedEvaluation>(items: [], next: nil)
        var size = 0
        while size < Self.largestPage, try row.step() {
            page.next = row.integer(0)
            page.items += try evaluations(ofPost: row.integer(0), named: PostID(row.text(1)), size: &size)
        }
        return page
    }

    /// All of one post, oldest first; adds the size of what it read.
    private func evaluations(ofPost number: Int64, named id: PostID, size: inout Int) throws
        -> [RecordedEvaluation]
    {
        // The version evaluated is in one of two tables; the other gives nothing.
        let former = try again(
            """
            SELECT e.version, e.at, e.hazard, bundles.digest, e.findings, e.action, e.policy, e.rule, e.aside,
                coalesce(now.digest, former.digest), coalesce(now.salt, former.salt), coalesce(now.bytes, former.bytes)
              FROM former_evaluations AS e CROSS JOIN bundles ON bundles.number = e.bundle
                LEFT JOIN contents AS now ON now.post = e.post AND now.version = e.version
                LEFT JOIN former_contents AS former ON former.post = e.post AND former.version = e.version
              WHERE e.post = ? ORDER BY e.number
            """)
        let current = try again(
            """
            SELECT posts.version, coalesce(evaluated_at, taken_in_at), hazard, bundles.digest, findings, action, policy,
                rule, aside, contents.digest, salt, bytes
              FROM posts CROSS JOIN shelves ON shelves.number = shelf CROSS JOIN bundles ON bundles.number = bundle
                CROSS JOIN contents ON contents.post = posts.number
              WHERE posts.number = ?
            """)
        var result: [RecordedEvaluation] = []
        for (row, isCurrent) in [(former, false), (current, true)] {
            defer { row.reset() }
            row.bind(1, number)
            while try row.step() {
                size += row.size(11)
                result.append(try evaluation(row, of: id, isCurrent: isCurrent))
            }
        }
        return result
    }

    private func evaluation(_ row: any SQLStatement, of id: PostID, isCurrent: Bool) throws
        -> RecordedEvaluation
    {
        let evaluation = try evaluation(
            of: id, findings: row.isNull(4) ? nil : row.blob(4), aside: row.isNull(8) ? nil : row.blob(8),
            recommendation: recommendation(row, from: 5), hazard: try hazard(row.integer(2)),
            bundle: BundleDigest(hex: row.text(3)))
        return RecordedEvaluation(
            post: id, version: row.int(0), evaluatedAt: Timestamp(milliseconds: row.integer(1)),
            evaluation: evaluation, content: row.isNull(11) ? nil : try content(row.blob(11), of: id),
            contentDigest: Hexadecimal.string(row.blob(9)), salt: row.isNull(10) ? nil : row.blob(10),
            isCurrent: isCurrent)
    }

    /// What the rules said, from its columns.
    func evaluation(
        of id: PostID, findings: [UInt8]?, aside: [UInt8]?, recommendation: Recommendation?, hazard: Hazard,
        bundle: BundleDigest
    ) throws -> Evaluation {
        do throws(LedgerError) {
            let aside = try aside.map { bytes throws(LedgerError) in try AsideForm.aside(from: bytes) }
            return Evaluation(
                findings: try findings.map { bytes throws(LedgerError) in
                    try FindingsForm.findings(from: bytes)
                } ?? [],
                recommendation: recommendation, hazard: hazard, bundle: bundle, shadow: aside?.shadow ?? [],
                state: aside?.state ?? StateSnapshot(), overBudget: aside?.overBudget ?? [])
        } catch {
            throw StoreError.damaged("what the rules said of post \(id)")
        }
    }
}
