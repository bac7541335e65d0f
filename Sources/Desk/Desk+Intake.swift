import Crypto
import Ledger
public import Moderation
import PolicyEngine
public import Store

/// What became of a batch of posts.
public struct IntakeCount: Hashable, Sendable {
    /// Posts seen for the first time.
    public var new = 0
    /// Known posts with a new flag.
    public var updated = 0
    /// Posts in which nothing was new.
    public var unchanged = 0
    /// Records that could not be taken in.
    public var rejected = 0

    /// Counts nothing.
    public init() {}

    /// How many posts and records there were.
    public var total: Int { new + updated + unchanged + rejected }

    /// Counts both.
    public static func += (left: inout IntakeCount, right: IntakeCount) {
        left.new += right.new
        left.updated += right.updated
        left.unchanged += right.unchanged
        left.rejected += right.rejected
    }
}

/// Posts evaluated and ready to be kept, with the entries that will tell of them.
public struct PreparedPosts: Sendable {
    /// Handed from thread to thread as one reference.
    final class Post: Sendable {
        let content: PreparedContent
        let takenIn: EncodedEntry
        let at: Timestamp

        init(content: PreparedContent, takenIn: EncodedEntry, at: Timestamp) {
            self.content = content
            self.takenIn = takenIn
            self.at = at
        }
    }

    /// In the order in which they came.
    var parts: [[Post]] = []

    /// No posts.
    public init() {}

    init(parts: [[Post]]) { self.parts = parts }

    /// Adds those that came after these.
    public static func += (left: inout PreparedPosts, right: PreparedPosts) { left.parts += right.parts }
}

extension Desk {
    /// The id of a post: the first 80 bits of SHA-256 over source and external id, in base 32.
    public static func postID(source: String, externalID: String) -> PostID {
        PostID(Naming.base32(hash(source, externalID).prefix(10)))
    }

    /// SHA-256 over a source and a name that means something there.
    private static func hash(_ source: String, _ name: String) -> SHA256Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.utf8.count + 1 + name.utf8.count)
        bytes.append(contentsOf: source.utf8)
        bytes.append(0)
        bytes.append(contentsOf: name.utf8)
        return bytes.withUnsafeBytes { SHA256.hash(data: $0) }
    }

    /// A number for an author: the first 64 bits of SHA-256 over source and handle.
    static func authorNumber(of post: FlaggedPost) -> Int64? {
        authorNumber(source: post.source, handle: post.author.handle)
    }

    static func authorNumber(source: String, handle: String?) -> Int64? {
        guard let handle, !handle.isEmpty else { return nil }
        return Int64(bitPattern: hash(source, handle).prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Takes posts in: evaluated under the bundle in force, kept, and told in the ledger, all or none.
    public func takeIn(_ posts: [FlaggedPost], rejected: [RejectedRecord] = []) throws(DeskError)
        -> IntakeCount
    {
        let prepared = try prepare(posts)
        return try keep(prepared, rejected: rejected)
    }

    /// Evaluates posts and makes them ready to be kept, on all cores.
    ///
    /// The store is not asked, so that posts can be prepared while others are being kept:
    /// ``keep(_:rejected:durableLater:)`` evaluates those again that were prepared under another bundle than the one
    /// that is in force then.
    ///
    /// - Parameter busy: how many cores are left to others, such as whoever keeps what was prepared before.
    public func prepare(_ posts: [FlaggedPost], leaving busy: Int = 0) throws(DeskError) -> PreparedPosts {
        let now = clock.now().wall
        let moment = (now, now.rfc3339)
        let evaluator: Evaluator
        do { evaluator = try bundles.evaluator(bundles.lastSeenInForce ?? bundleInForce()) } catch {
            throw DeskError(error)
        }
        let salts = entropy.bytes(16 * posts.count)
        let parts = Workers.map(posts, share: 128, leaving: busy) { part in
            part.indices.map { index in
                ready(
                    part[index], salt: Array(salts[index * 16..<index * 16 + 16]), evaluator: evaluator,
                    at: moment)
            }
        }
        return PreparedPosts(parts: parts)
    }

    /// Keeps posts made ready by ``prepare(_:leaving:)``, in one transaction.
    ///
    /// - Parameter later: whether they survive a loss of power only after ``settleIntake()``, which is for posts that
    ///   can be taken in again.
    public func keep(
        _ prepared: PreparedPosts, rejected: [RejectedRecord] = [], durableLater later: Bool = false
    ) throws(DeskError) -> IntakeCount {
        let now = clock.now().wall
        return try write(as: later ? .bulk : .intake) { tx in
            let evaluator = try bundles.evaluator(bundleInForce(in: tx))
            let automations = try tx.automations(under: evaluator.bundle.digest)
            var count = IntakeCount()
            try tx.expect(prepared.parts.flatMap { $0.map(\.content.id) })
            for prepared in prepared.parts.joined() {
                let post = try current(prepared, evaluator: evaluator, at: now, in: tx)
                let result = try tx.takeIn(post.content, at: post.at) { known in
                    try merge(post.content.content, into: known, evaluator: evaluator, at: now, in: tx)
                }
                switch result {
                case .new:
                    count.new += 1
                    try tx.append(post.takenIn)
                case .updated(let version):
                    count.updated += 1
                    guard let stored = try tx.post(post.content.id) else { break }
                    try tx.append(
                        entry(.flagged, of: stored, evaluation: stored.evaluation, version: version, at: now))
                case .unchanged:
                    count.unchanged += 1
                    continue
                }
                if !automations.isEmpty, let stored = try tx.post(post.content.id) {
                    try decideAutomatically(stored, under: evaluator.bundle, automations, at: now, in: tx)
                }
            }
            for record in rejected {
                try tx.reject(record)
                count.rejected += 1
            }
            return count
        }
    }

    /// Makes what was kept durable, and signs it when that is due.
    public func settleIntake() throws(DeskError) {
        if clerk != nil { try write { _ in } }
        do { try store.makeDurable() } catch { throw DeskError(error) }
    }

    /// The post as it was prepared, or evaluated again: under the bundle that is in force by now, and with what is
    /// known of its author where rules ask for that.
    private func current(
        _ post: PreparedPosts.Post, evaluator: Evaluator, at now: Timestamp, in tx: any StoreReading
    ) throws -> PreparedPosts.Post {
        let state =
            evaluator.history.isEmpty
            ? StateSnapshot()
            : try state(
                of: post.content.content, post.content.author, as: post.content.id, evaluator: evaluator,
                at: now, in: tx)
        guard post.content.evaluation.bundle != evaluator.bundle.digest || !state.counts.isEmpty else {
            return post
        }
        return ready(
            post.content.content, salt: post.content.salt, evaluator: evaluator, state: state,
            at: (now, now.rfc3339))
    }

    /// What of the author's history the rules ask, as it is at this moment.
    func state(
        of post: FlaggedPost, _ author: Int64?, as id: PostID, evaluator: Evaluator, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> StateSnapshot {
        guard let author, !evaluator.history.isEmpty else { return StateSnapshot() }
        return StateSnapshot(counts: try tx.history(evaluator.history, of: author, before: id, at: now))
    }

    private func ready(
        _ post: FlaggedPost, salt: [UInt8], evaluator: Evaluator, state: StateSnapshot = StateSnapshot(),
        at moment: (Timestamp, String)
    ) -> PreparedPosts.Post {
        let content = prepare(post, salt: salt, evaluator: evaluator, state: state, at: moment.0)
        return PreparedPosts.Post(
            content: content,
            takenIn: .takenIn(
                at: moment.1, post: content.id, content: Hexadecimal.string(content.digest), salt: salt,
                evaluation: content.evaluation),
            at: moment.0)
    }

    private func prepare(
        _ post: FlaggedPost, salt: [UInt8], evaluator: Evaluator, state: StateSnapshot, at now: Timestamp
    ) -> PreparedContent {
        let evaluation = evaluator.evaluate(post, now: now, state: state)
        let bytes = ContentCommitment.bytes(of: post)
        return PreparedContent(
            id: Self.postID(source: post.source, externalID: post.externalID), content: post, bytes: bytes,
            salt: salt, digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: evaluation, priority: Priority.of(post, hazard: evaluation.hazard, at: now),
            author: Self.authorNumber(of: post), evaluatedAt: now)
    }

    /// The known post with those flags of the new report that it doesn't have yet; `nil` if it has them all.
    private func merge(
        _ report: FlaggedPost, into known: StoredPost, evaluator: Evaluator, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> PreparedContent? {
        guard var content = known.content else { return nil }
        let fresh = report.flags.filter { flag in
            !content.flags.contains {
                $0 == flag || ($0.externalID != nil && $0.externalID == flag.externalID)
            }
        }
        guard !fresh.isEmpty else { return nil }
        content.flags += fresh
        content.deadline = [content.deadline, report.deadline].compactMap(\.self).min()
        let state = try state(
            of: content, Self.authorNumber(of: content), as: known.id, evaluator: evaluator, at: now, in: tx)
        return prepare(content, salt: entropy.bytes(16), evaluator: evaluator, state: state, at: now)
    }

    /// What the rules say of a known post under the bundle in force; `nil` when its content is erased.
    func evaluatedAgain(
        _ stored: StoredPost, by evaluator: Evaluator, at now: Timestamp, in tx: any StoreReading
    )
        throws -> PreparedContent?
    {
        guard let content = stored.content, let salt = stored.salt else { return nil }
        let state = try state(
            of: content, Self.authorNumber(of: content), as: stored.id, evaluator: evaluator, at: now, in: tx)
        return prepare(content, salt: salt, evaluator: evaluator, state: state, at: now)
    }

    /// Tells of a known post's evaluation.
    func entry(
        _ kind: EntryKind, of stored: StoredPost, evaluation: Evaluation, version: Int, at now: Timestamp
    ) -> LedgerEntry {
        var fields: [String: LedgerValue] = [
            "bundle": .string(evaluation.bundle.hex), "content": .string(stored.contentDigest),
            "hazard": .string(evaluation.hazard.rawValue), "version": .integer(Int64(version)),
        ]
        if let digest = EvaluationCommitment.digest(of: evaluation, salt: stored.salt ?? []) {
            fields["evaluation"] = .string(digest)
        }
        let lists = [
            "findings": evaluation.findings.map(\.rule), "shadow": evaluation.shadow.map(\.rule),
            "over_budget": evaluation.overBudget,
        ]
        for (name, rules) in lists where !rules.isEmpty {
            fields[name] = .array(rules.map { .string($0.rawValue) })
        }
        if let recommendation = evaluation.recommendation {
            fields["recommended"] = .string(recommendation.action.rawValue)
            fields["recommended_rule"] = .string(recommendation.rule.rawValue)
        }
        return LedgerEntry(kind: kind, at: now, person: nil, post: stored.id, fields: fields)
    }
}

/// How much sooner than others a post should be looked at.
enum Priority {
    /// Whether so much speaks for a post that it goes before lighter and heavier ones: a trusted flagger at least.
    static func isPreferred(_ priority: Int, hazard: Hazard) -> Bool { priority - hazard.level * 40 >= 200 }

    /// Adds up trusted flaggers (200), hazard (40 a level), deadlines within a day (100) or three (50), and
    /// flags (5 each, up to 20 of them).
    static func of(_ post: FlaggedPost, hazard: Hazard, at now: Timestamp) -> Int {
        of(
            flags: post.flags.count, isTrusted: post.flags.contains(where: \.isTrusted),
            deadline: post.deadline, hazard: hazard, at: now)
    }

    /// The same of what counts alone.
    ///
    /// Verifying a store does this sum again for every post: another sum needs another form of the ledger.
    static func of(flags: Int, isTrusted: Bool, deadline: Timestamp?, hazard: Hazard, at now: Timestamp)
        -> Int
    {
        var priority = hazard.level * 40 + min(flags, 20) * 5
        if isTrusted { priority += 200 }
        if let deadline {
            let left = deadline - now
            if left < .seconds(86_400) {
                priority += 100
            } else if left < .seconds(3 * 86_400) {
                priority += 50
            }
        }
        return priority
    }
}
