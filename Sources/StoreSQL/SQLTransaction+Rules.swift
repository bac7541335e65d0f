import Moderation
import Store

extension SQLTransaction {
    // MARK: History

    func history(_ queries: Set<HistoryQuery>, of author: Int64, before post: PostID?, at now: Timestamp)
        throws
        -> [String: Int]
    {
        var counts: [String: Int] = [:]
        for query in queries {
            let since = (now - query.window).milliseconds
            let count =
                switch query.metric {
                case .posts: try posts("count(*)", of: author, before: post, since: since, until: now)
                case .flags: try posts("sum(flags)", of: author, before: post, since: since, until: now)
                case .removals: try removals(of: author, since: since, until: now)
                }
            if count > 0 { counts[query.key] = count }
        }
        return counts
    }

    private func posts(
        _ figure: StaticString, of author: Int64, before post: PostID?, since: Int64, until now: Timestamp
    ) throws -> Int {
        let row = try prepare(
            """
            SELECT \(figure) FROM posts WHERE author = ? AND taken_in_at > ? AND taken_in_at <= ? AND id IS DISTINCT FROM ?
            """)
        defer { row.reset() }
        row.bind(1, author)
        row.bind(2, since)
        row.bind(3, now.milliseconds)
        row.bind(4, post?.rawValue)
        return try row.step() ? row.int(0) : 0
    }

    private func removals(of author: Int64, since: Int64, until now: Timestamp) throws -> Int {
        removalQuestions += 1
        if removalQuestions == Self.manyQuestions { removedAuthors = try authorsOfRemoved() }
        if let removedAuthors, !removedAuthors.contains(author) { return 0 }
        let row = try prepare(
            """
            SELECT count(*) FROM decisions WHERE author = ? AND decided_at > ? AND decided_at <= ?
              AND undone_at IS NULL AND action IN ('remove', 'suspend')
            """)
        defer { row.reset() }
        row.bind(1, author)
        row.bind(2, since)
        row.bind(3, now.milliseconds)
        return try row.step() ? row.int(0) : 0
    }

    /// From so many authors asked about in one transaction on, it is worth reading who had anything removed at all.
    private static let manyQuestions = 64
    /// There may be too many to be read.
    private static let mostRemoved = 20_000

    private func authorsOfRemoved() throws -> Set<Int64>? {
        let row = try prepare(
            """
            SELECT author FROM decisions
              WHERE undone_at IS NULL AND action IN ('remove', 'suspend') AND author IS NOT NULL LIMIT ?
            """)
        defer { row.reset() }
        row.bind(1, Self.mostRemoved)
        var authors: Set<Int64> = []
        var count = 0
        while try row.step() {
            authors.insert(row.integer(0))
            count += 1
        }
        return count < Self.mostRemoved ? authors : nil
    }

    func keepHistory(of metrics: Set<HistoryQuery.Metric>) throws {
        // Only rules that ask for it pay for the index.
        try engine.keepHistory(!metrics.isDisjoint(with: [.posts, .flags]))
    }

    // MARK: Evaluations

    func posts(notUnder bundle: BundleDigest, in states: Set<PostState>, after place: Int64, limit: Int)
        throws
        -> (posts: [PostID], place: Int64?)
    {
        let row = try prepare(
            "SELECT number, id, bundle, state FROM posts WHERE number > ? ORDER BY number LIMIT ?")
        defer { row.reset() }
        let wanted = try number(of: bundle)
        let codes = Set(states.map(\.code))
        row.bind(1, place)
        row.bind(2, limit)
        var result: [PostID] = []
        var last: Int64?
        while try row.step() {
            last = row.integer(0)
            if row.integer(2) != wanted, codes.contains(row.integer(3)) { result.append(PostID(row.text(1))) }
        }
        return (result, last)
    }

    // MARK: Automations

    func automations(under bundle: BundleDigest) throws -> [Automation] {
        let row = try prepare(
            """
            SELECT rule, action, approved_by, reason, since FROM automations
              WHERE bundle = ? AND ended_at IS NULL ORDER BY rule
            """)
        defer { row.reset() }
        row.bind(1, bundle.hex)
        var result: [Automation] = []
        while try row.step() {
            guard let action = Action(rawValue: row.text(1)) else {
                throw StoreError.damaged("the leave of rule \(row.text(0))")
            }
            result.append(
                Automation(
                    bundle: bundle, rule: RuleID(row.text(0)), action: action,
                    approvedBy: PersonID(row.text(2)), reason: row.text(3),
                    since: Timestamp(milliseconds: row.integer(4))))
        }
        return result
    }

    func insert(_ automation: Automation, salt: [UInt8]) throws {
        let row = try prepare(
            """
            INSERT INTO automations (bundle, rule, action, approved_by, reason, since, salt)
              VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(1, automation.bundle.hex)
        row.bind(2, automation.rule.rawValue)
        row.bind(3, automation.action.rawValue)
        row.bind(4, automation.approvedBy.rawValue)
        row.bind(5, automation.reason)
        row.bind(6, automation.since.milliseconds)
        row.bind(7, salt)
        try row.run()
    }

    func endAutomations(of rule: RuleID?, at now: Timestamp) throws -> [RuleID] {
        let row = try prepare(
            """
            UPDATE automations SET ended_at = ?1 WHERE ended_at IS NULL AND (?2 IS NULL OR rule = ?2)
              RETURNING rule
            """)
        row.bind(1, now.milliseconds)
        row.bind(2, rule?.rawValue)
        var result: Set<RuleID> = []
        while try row.step() { result.insert(RuleID(row.text(0))) }
        return result.sorted()
    }

    // MARK: Objections

    func insert(_ objection: Objection) throws -> Bool {
        let row = try prepare(
            """
            INSERT INTO objections (rule, policy, post, version, bundle, person, at)
              VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        row.bind(1, objection.rule.rawValue)
        row.bind(2, objection.policy.rawValue)
        row.bind(3, objection.post.rawValue)
        row.bind(4, objection.version)
        row.bind(5, objection.bundle.hex)
        row.bind(6, objection.person.rawValue)
        row.bind(7, objection.at.milliseconds)
        return try row.run() == 1
    }

    func objections(since: Timestamp, limit: Int) throws -> [Objection] {
        let row = try prepare(
            """
            SELECT rule, policy, post, version, bundle, person, at FROM objections WHERE at >= ?
              ORDER BY number DESC LIMIT ?
            """)
        defer { row.reset() }
        row.bind(1, since.milliseconds)
        row.bind(2, limit)
        var result: [Objection] = []
        while try row.step() {
            result.append(
                Objection(
                    rule: RuleID(row.text(0)), policy: PolicyID(row.text(1)), post: PostID(row.text(2)),
                    version: row.int(3), bundle: BundleDigest(hex: row.text(4)),
                    person: PersonID(row.text(5)), at: Timestamp(milliseconds: row.integer(6))))
        }
        return result
    }
}
