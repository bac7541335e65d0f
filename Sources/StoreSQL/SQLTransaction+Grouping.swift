import Moderation
import Store

extension SQLTransaction {
    func likenessSecret() throws -> [UInt8]? {
        let row = try prepare("SELECT secret FROM likeness_reach")
        defer { row.reset() }
        return try row.step() ? row.blob(0) : nil
    }

    func keepLikenessSecret(_ secret: [UInt8]) throws {
        let row = try prepare(
            "INSERT INTO likeness_reach VALUES (1, ?, NULL, NULL) ON CONFLICT DO NOTHING")
        row.bind(1, secret)
        try row.run()
    }

    private func likenessReach() throws -> ClosedRange<Int64>? {
        let row = try prepare("SELECT lowest, highest FROM likeness_reach WHERE highest >= lowest")
        defer { row.reset() }
        return try row.step() ? row.integer(0)...row.integer(1) : nil
    }

    func unsignedPosts(looking limit: Int) throws -> UnsignedPosts? {
        let before = try likenessReach()
        if let before, let newer = try unsigned(after: before.upperBound, before, limit) { return newer }
        return try unsigned(below: before?.lowerBound ?? .max, before, limit)
    }

    private static let unsignedColumns = """
        SELECT number, id, state, CASE WHEN state = 0 THEN bytes END FROM posts
          LEFT JOIN contents ON contents.post = number
        """

    private func unsigned(after place: Int64, _ before: ClosedRange<Int64>, _ limit: Int) throws
        -> UnsignedPosts?
    {
        let row = try prepare("\(Self.unsignedColumns) WHERE number > ? ORDER BY number LIMIT ?")
        row.bind(1, place)
        row.bind(2, limit)
        let (posts, numbers) = try unsigned(row)
        return numbers.map { UnsignedPosts(posts: posts, reach: before.lowerBound...$0.1, before: before) }
    }

    private func unsigned(below place: Int64, _ before: ClosedRange<Int64>?, _ limit: Int) throws
        -> UnsignedPosts?
    {
        let row = try prepare("\(Self.unsignedColumns) WHERE number < ? ORDER BY number DESC LIMIT ?")
        row.bind(1, place)
        row.bind(2, limit)
        let (posts, numbers) = try unsigned(row)
        return numbers.map {
            UnsignedPosts(posts: posts, reach: $0.1...(before?.upperBound ?? $0.0), before: before)
        }
    }

    /// The posts that wait, and the first and last number that was looked at.
    private func unsigned(_ row: any SQLStatement) throws -> (
        [(id: PostID, content: FlaggedPost)], (Int64, Int64)?
    ) {
        defer { row.reset() }
        var posts: [(id: PostID, content: FlaggedPost)] = []
        var numbers: (Int64, Int64)?
        var size = 0
        while size < Self.largestPage, try row.step() {
            numbers = (numbers?.0 ?? row.integer(0), row.integer(0))
            guard !row.isNull(3) else { continue }
            size += row.size(3)
            let id = PostID(row.text(1))
            posts.append((id, try content(row.blob(3), of: id)))
        }
        return (posts, numbers)
    }

    func keep(_ likenesses: [(id: PostID, keys: LikenessKeys)], of batch: UnsignedPosts) throws -> Bool {
        guard try likenessReach() == batch.before else { return false }
        let row = try prepare(
            """
            INSERT INTO likenesses SELECT number, ?2, ?3, ?4, ?5, ?6 FROM post_ids WHERE id = ?1
              ON CONFLICT (post) DO UPDATE
              SET exact = excluded.exact, band0 = excluded.band0, band1 = excluded.band1,
                band2 = excluded.band2, band3 = excluded.band3
            """)
        for (id, keys) in likenesses {
            row.clear()
            row.bind(1, id.rawValue)
            row.bind(2, keys.exact)
            for (place, band) in keys.bands.prefix(LikenessKeys.bandCount).enumerated() {
                row.bind(Int32(3 + place), band)
            }
            try row.run()
        }
        let reach = try prepare("UPDATE likeness_reach SET lowest = ?, highest = ?")
        reach.bind(1, batch.reach.lowerBound)
        reach.bind(2, batch.reach.upperBound)
        return try reach.run() == 1
    }

    // MARK: Looking up

    /// Posts that share a key: so many of each at most, in the order of the index.
    private static let alike =
        "SELECT post FROM (SELECT post FROM likenesses WHERE exact = ?2 ORDER BY post LIMIT ?1) AS same"
        + (0..<LikenessKeys.bandCount).map { band in
            """
             UNION SELECT post FROM (
              SELECT post FROM likenesses WHERE band\(band) = ?\(band + 3) ORDER BY post LIMIT ?1) AS band\(band)
            """
        }.joined()

    private func bind(_ keys: LikenessKeys, looking limit: Int, to row: any SQLStatement) {
        row.bind(1, limit)
        row.bind(2, keys.exact)
        for (place, band) in keys.bands.prefix(LikenessKeys.bandCount).enumerated() {
            row.bind(Int32(3 + place), band)
        }
    }

    func candidates(alike keys: LikenessKeys, looking limit: Int) throws -> LikenessCandidates {
        let row = try prepare(
            """
            SELECT id, state FROM (\(Self.alike)) AS found CROSS JOIN posts ON posts.number = found.post
              ORDER BY posts.number
            """)
        defer { row.reset() }
        bind(keys, looking: limit, to: row)
        var found = LikenessCandidates(waiting: [], stale: 0)
        while try row.step() {
            switch try PostState(code: row.integer(1)) {
            case .waiting: found.waiting.append(PostID(row.text(0)))
            case .decided, .erased: found.stale += 1
            case .claimed, .escalated: break
            }
        }
        return found
    }

    func forgetStale(alike keys: LikenessKeys, looking limit: Int) throws {
        let row = try prepare(
            """
            DELETE FROM likenesses WHERE post IN (SELECT number FROM (\(Self.alike)) AS found
              CROSS JOIN posts ON posts.number = found.post WHERE state IN (2, 4))
            """)
        bind(keys, looking: limit, to: row)
        try row.run()
    }

    // MARK: Applied decisions

    func decisions(appliedFrom decision: DecisionID) throws -> [Decision] {
        let row = try prepare(
            "SELECT \(Self.decisionColumns) FROM decisions WHERE applied_from = ? ORDER BY number")
        row.bind(1, decision.rawValue)
        return try decisions(row)
    }

    func appliedCounts(from: Timestamp, to: Timestamp) throws -> [AppliedCount] {
        let row = try prepare(
            """
            SELECT hazard, count(*) FROM decisions
              WHERE applied_from IS NOT NULL AND undone_at IS NULL AND decided_at >= ? AND decided_at < ?
              GROUP BY hazard ORDER BY hazard
            """)
        defer { row.reset() }
        row.bind(1, from.milliseconds)
        row.bind(2, to.milliseconds)
        var result: [AppliedCount] = []
        while try row.step() {
            result.append(AppliedCount(hazard: try hazard(row.integer(0)), decisions: row.int(1)))
        }
        return result
    }
}
