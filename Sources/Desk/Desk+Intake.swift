import Crypto
import Dispatch
import Ledger
public import Moderation
import PolicyEngine
public import Store
import Synchronization

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
    struct Post: Sendable {
        let content: PreparedContent
        let takenIn: EncodedEntry
        let at: Timestamp
    }

    /// In the order in which they came.
    let parts: [[Post]]
}

extension Desk {
    /// The id of a post: the first 80 bits of SHA-256 over source and external id, in base 32.
    public static func postID(source: String, externalID: String) -> PostID {
        var hash = SHA256()
        hash.update(data: Array(source.utf8))
        hash.update(data: [0])
        hash.update(data: Array(externalID.utf8))
        return PostID(Naming.base32(hash.finalize().prefix(10)))
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
    /// The store is not asked, so that posts can be prepared while others are being kept: ``keep(_:rejected:)``
    /// evaluates those again that were prepared under another bundle than the one that is in force then.
    public func prepare(_ posts: [FlaggedPost]) throws(DeskError) -> PreparedPosts {
        let now = clock.now().wall
        let moment = (now, now.rfc3339)
        let evaluator: Evaluator
        do { evaluator = try bundles.evaluator(bundles.lastSeenInForce ?? bundleInForce()) } catch {
            throw DeskError(error)
        }
        let salts = entropy.bytes(16 * posts.count)
        let share = 128
        let parts = Mutex<[Int: [PreparedPosts.Post]]>([:])
        DispatchQueue.concurrentPerform(iterations: (posts.count + share - 1) / share) { part in
            let range = part * share..<min(posts.count, (part + 1) * share)
            let done = range.map { index in
                ready(
                    posts[index], salt: Array(salts[index * 16..<index * 16 + 16]), evaluator: evaluator,
                    at: moment)
            }
            parts.withLock { $0[part] = done }
        }
        return PreparedPosts(parts: parts.withLock { parts in parts.keys.sorted().map { parts[$0] ?? [] } })
    }

    /// Keeps posts made ready by ``prepare(_:)``, in one transaction.
    public func keep(_ prepared: PreparedPosts, rejected: [RejectedRecord] = []) throws(DeskError)
        -> IntakeCount
    {
        let now = clock.now().wall
        return try write { tx in
            let evaluator = try bundles.evaluator(bundleInForce(in: tx))
            var count = IntakeCount()
            for var post in prepared.parts.joined() {
                if post.content.evaluation.bundle != evaluator.bundle.digest {
                    post = ready(
                        post.content.content, salt: post.content.salt, evaluator: evaluator,
                        at: (now, now.rfc3339))
                }
                let content = post.content
                let result = try tx.takeIn(content, at: post.at) { known in
                    merge(content.content, into: known, evaluator: evaluator, at: now)
                }
                switch result {
                case .new:
                    count.new += 1
                    try tx.append(post.takenIn)
                case .updated(let version):
                    count.updated += 1
                    let current = try tx.post(content.id)
                    try tx.append(
                        entry(
                            .flagged, of: content, version: version, at: now, digest: current?.contentDigest,
                            evaluation: current?.evaluation))
                case .unchanged: count.unchanged += 1
                }
            }
            for record in rejected {
                try tx.reject(record)
                count.rejected += 1
            }
            return count
        }
    }

    private func ready(
        _ post: FlaggedPost, salt: [UInt8], evaluator: Evaluator, at moment: (Timestamp, String)
    ) -> PreparedPosts.Post {
        let content = prepare(post, salt: salt, evaluator: evaluator, at: moment.0)
        let evaluation = content.evaluation
        return PreparedPosts.Post(
            content: content,
            takenIn: .takenIn(
                at: moment.1, post: content.id, bundle: evaluation.bundle, content: content.digest,
                hazard: evaluation.hazard, findings: evaluation.findings.map(\.rule),
                recommended: evaluation.recommendation?.action), at: moment.0)
    }

    private func prepare(_ post: FlaggedPost, salt: [UInt8], evaluator: Evaluator, at now: Timestamp)
        -> PreparedContent
    {
        let evaluation = evaluator.evaluate(post, now: now)
        let bytes = ContentCommitment.bytes(of: post)
        return PreparedContent(
            id: Self.postID(source: post.source, externalID: post.externalID), content: post, bytes: bytes,
            salt: salt, digest: Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: bytes)),
            evaluation: evaluation, priority: Priority.of(post, hazard: evaluation.hazard, at: now))
    }

    /// The known post with those flags of the new report that it doesn't have yet; `nil` if it has them all.
    private func merge(_ report: FlaggedPost, into known: StoredPost, evaluator: Evaluator, at now: Timestamp)
        -> PreparedContent?
    {
        guard var content = known.content else { return nil }
        let fresh = report.flags.filter { flag in
            !content.flags.contains {
                $0 == flag || ($0.externalID != nil && $0.externalID == flag.externalID)
            }
        }
        guard !fresh.isEmpty else { return nil }
        content.flags += fresh
        content.deadline = [content.deadline, report.deadline].compactMap(\.self).min()
        return prepare(content, salt: entropy.bytes(16), evaluator: evaluator, at: now)
    }

    private func entry(
        _ kind: EntryKind, of content: PreparedContent, version: Int, at now: Timestamp,
        digest: String? = nil,
        evaluation: Evaluation? = nil
    ) -> LedgerEntry {
        let evaluation = evaluation ?? content.evaluation
        var fields: [String: LedgerValue] = [
            "bundle": .string(evaluation.bundle.hex), "content": .string(digest ?? content.digest),
            "hazard": .string(evaluation.hazard.rawValue), "version": .integer(Int64(version)),
        ]
        if !evaluation.findings.isEmpty {
            fields["findings"] = .array(evaluation.findings.map { .string($0.rule.rawValue) })
        }
        if let recommendation = evaluation.recommendation {
            fields["recommended"] = .string(recommendation.action.rawValue)
        }
        return LedgerEntry(kind: kind, at: now, person: nil, post: content.id, fields: fields)
    }
}

/// How much sooner than others a post should be looked at.
enum Priority {
    /// Adds up trusted flaggers (200), hazard (40 a level), deadlines within a day (100) or three (50), and
    /// flags (5 each, up to 20 of them).
    static func of(_ post: FlaggedPost, hazard: Hazard, at now: Timestamp) -> Int {
        var priority = hazard.level * 40 + min(post.flags.count, 20) * 5
        if post.flags.contains(where: \.isTrusted) { priority += 200 }
        if let deadline = post.deadline {
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
