public import Moderation
public import PolicyEngine
public import Store

extension Desk {
    /// How many records are read and evaluated at once, at most.
    public static let recordsAtOnce = 1024

    /// A bundle that is or was in force, by the beginning of its name.
    public func bundle(withPrefix prefix: String) throws(DeskError) -> PolicyBundle {
        try read { tx in try bundle(bundleName(withPrefix: prefix, in: tx), in: tx) }
    }

    /// The name of a bundle that is or was in force, by its beginning; its text need not be readable.
    public func bundleName(withPrefix prefix: String) throws(DeskError) -> BundleDigest {
        try read { try bundleName(withPrefix: prefix, in: $0) }
    }

    /// The names of bundles that are or were in force, in order, at most `limit`.
    public func bundleNames(limit: Int) throws(DeskError) -> [BundleDigest] {
        try read { try $0.bundles(withPrefix: "", limit: limit) }
    }

    /// An evaluator for a bundle that is or was in force.
    public func recordedEvaluator(_ digest: BundleDigest) throws(DeskError) -> Evaluator {
        try read { tx in try bundles.evaluator(bundle(digest, in: tx)) }
    }

    private func bundleName(withPrefix prefix: String, in tx: any StoreReading) throws -> BundleDigest {
        let found = try tx.bundles(withPrefix: prefix.lowercased(), limit: 5)
        guard let first = found.first else {
            throw DeskError.invalid(
                .other("no bundle that was in force begins with \(prefix) (see: releve policy list)"))
        }
        guard found.count == 1 else {
            throw DeskError.invalid(
                .other(
                    "\(prefix) fits several bundles: \(found.map(\.short).joined(separator: ", ")) "
                        + "(give more digits)"))
        }
        return first
    }

    // MARK: Backtest

    /// What a backtest over recorded decisions left out or had to guess.
    public struct BacktestNotes: Hashable, Sendable {
        /// Decisions on posts whose content has been erased: left out.
        public var erased = 0
        /// Decisions on an earlier version of their post, for which the latest version's state stood in.
        public var earlierVersions = 0

        /// Notes nothing.
        public init() {}
    }

    /// Counts a bundle's rules on what people decided, undone and automatic decisions left out; for leads and auditors.
    ///
    /// Posts are evaluated as of when they were taken in, with the state recorded then. Nobody sees content by it, so
    /// it is no exposure. Memory doesn't grow with the number of decisions.
    ///
    /// - Parameters:
    ///   - backtest: counts so far; of nothing at first.
    ///   - progress: called now and then with how many decisions were looked at, and about how many there are.
    public func backtest(
        _ backtest: inout Backtest, with evaluator: Evaluator, for person: Person,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws(DeskError) -> BacktestNotes {
        try demandOversight(of: person)
        let total = try read { try $0.decisionCount(since: Timestamp(milliseconds: .min)).people }
        var notes = BacktestNotes()
        var done = 0
        var place: Int64? = 0
        while let from = place {
            let page = try read { try $0.recordedDecisions(after: from, limit: Self.recordsAtOnce) }
            let judged = page.items.compactMap { recorded -> JudgedPost? in
                guard let content = recorded.content else {
                    notes.erased += 1
                    return nil
                }
                if !recorded.hasOwnState { notes.earlierVersions += 1 }
                let decision = recorded.decision
                return JudgedPost(
                    name: decision.post.rawValue, post: content, state: recorded.state,
                    now: recorded.takenInAt,
                    judgement: .decided(decision.action, decision.policy))
            }
            backtest.count(judged, with: evaluator)
            done += page.items.count
            place = page.next
            progress(done, total)
        }
        return notes
    }

    // MARK: Diff

    /// Evaluates all recorded posts under two bundles and says which outcomes change; for leads and auditors.
    ///
    /// Posts are evaluated in their latest versions, as of when they were taken in, with the state recorded with them.
    /// Nobody sees content by it. Memory doesn't grow with the number of posts.
    ///
    /// - Parameters:
    ///   - most: how many posts are named of each change.
    ///   - progress: called now and then with how many posts were looked at, and how many there are.
    /// - Returns: what changes, and how many posts were left out because their content has been erased.
    public func outcomes(
        from old: Evaluator, to new: Evaluator, most: Int, for person: Person,
        progress: (_ done: Int, _ total: Int) -> Void
    ) throws(DeskError) -> (diff: OutcomeDiff, erased: Int) {
        try demandOversight(of: person)
        let statistics = try read { try $0.statistics() }
        let total = PostState.allCases.reduce(0) { $0 + statistics.total($1) }
        var diff = OutcomeDiff(most: most)
        var erased = 0
        var place: Int64? = 0
        while let from = place {
            let page = try read { try $0.recordedPosts(after: from, limit: Self.recordsAtOnce) }
            let parts = Workers.map(page.items) { posts in
                var part = (diff: OutcomeDiff(most: most), erased: 0)
                for post in posts {
                    guard let content = post.content else {
                        part.erased += 1
                        continue
                    }
                    let state = post.evaluation.state
                    part.diff.add(
                        post.id.rawValue,
                        before: old.evaluate(content, now: post.takenInAt, state: state),
                        after: new.evaluate(content, now: post.takenInAt, state: state))
                }
                return part
            }
            for part in parts {
                diff.add(part.diff)
                erased += part.erased
            }
            place = page.next
            progress(diff.posts + erased, total)
        }
        return (diff, erased)
    }

    func demandOversight(of person: Person) throws(DeskError) {
        guard person.roles.isDisjoint(with: [.lead, .auditor]) else { return }
        throw .needsRole(.lead)
    }
}

extension Backtest {
    /// Evaluates posts on all cores and counts them, in their order.
    public mutating func count(_ posts: [JudgedPost], with evaluator: Evaluator) {
        let empty = emptyCopy
        for part in Workers.map(
            posts,
            { posts in
                var part = empty
                for judged in posts {
                    part.add(judged, evaluator.evaluate(judged.post, now: judged.now, state: judged.state))
                }
                return part
            })
        {
            add(part)
        }
    }
}
