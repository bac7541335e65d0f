public import Moderation

/// A flagged post as a store keeps it.
public struct StoredPost: Hashable, Sendable {
    /// Its id.
    public var id: PostID
    /// Grows by one with every new flag or edit; 1 at first.
    public var version: Int
    /// Where it stands.
    public var state: PostState
    /// How much sooner than others it should be looked at.
    public var priority: Int
    /// When it was taken in first.
    public var takenInAt: Timestamp
    /// What the rules said of this version.
    public var evaluation: Evaluation
    /// The content of this version; `nil` once erased.
    public var content: FlaggedPost?
    /// SHA-256 over salt and canonical content, in hexadecimal: what the ledger commits to.
    public var contentDigest: String
    /// The salt of the digest; `nil` once erased.
    public var salt: [UInt8]?

    /// Makes a stored post.
    public init(
        id: PostID, version: Int, state: PostState, priority: Int, takenInAt: Timestamp,
        evaluation: Evaluation, content: FlaggedPost?, contentDigest: String, salt: [UInt8]?
    ) {
        self.id = id
        self.version = version
        self.state = state
        self.priority = priority
        self.takenInAt = takenInAt
        self.evaluation = evaluation
        self.content = content
        self.contentDigest = contentDigest
        self.salt = salt
    }
}

/// A version of a post's content ready to be kept: evaluated, and committed to by a salted digest.
///
/// One object, since it is handed from thread to thread and from call to call, a million times.
public final class PreparedContent: Sendable {
    /// The post.
    public let id: PostID
    /// What was sent.
    public let content: FlaggedPost
    /// The canonical bytes of `content` (see `ContentCommitment`), which the store keeps as they are.
    public let bytes: [UInt8]
    /// 16 random bytes; they live and die with the content.
    public let salt: [UInt8]
    /// SHA-256 over salt and bytes.
    public let digest: [UInt8]
    /// What the rules say of it.
    public let evaluation: Evaluation
    /// How much sooner than others it should be looked at.
    public let priority: Int
    /// A number that stands for source and handle of its author; `nil` when nobody said who wrote it.
    public let author: Int64?
    /// The moment that the evaluation counted ages and deadlines from; `nil` for that at which it is kept.
    public let evaluatedAt: Timestamp?

    /// Makes content ready to be kept.
    public init(
        id: PostID, content: FlaggedPost, bytes: [UInt8], salt: [UInt8], digest: [UInt8],
        evaluation: Evaluation, priority: Int, author: Int64? = nil, evaluatedAt: Timestamp? = nil
    ) {
        self.id = id
        self.content = content
        self.bytes = bytes
        self.salt = salt
        self.digest = digest
        self.evaluation = evaluation
        self.priority = priority
        self.author = author
        self.evaluatedAt = evaluatedAt
    }
}

/// A post as queue listings show it: nothing of its content.
public struct QueueItem: Hashable, Sendable {
    /// Its id.
    public var id: PostID
    /// Which platform sent it.
    public var source: String
    /// Where it stands.
    public var state: PostState
    /// How harmful looking is expected to be.
    public var hazard: Hazard
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// How much sooner than others it should be looked at.
    public var priority: Int
    /// How many flags it has.
    public var flagCount: Int
    /// By when the platform must answer.
    public var deadline: Timestamp?
    /// When it was taken in.
    public var takenInAt: Timestamp
    /// What the rules suggest.
    public var recommendation: Recommendation?

    /// Makes an item.
    public init(
        id: PostID, source: String, state: PostState, hazard: Hazard, language: String?, priority: Int,
        flagCount: Int, deadline: Timestamp?, takenInAt: Timestamp, recommendation: Recommendation?
    ) {
        self.id = id
        self.source = source
        self.state = state
        self.hazard = hazard
        self.language = language
        self.priority = priority
        self.flagCount = flagCount
        self.deadline = deadline
        self.takenInAt = takenInAt
        self.recommendation = recommendation
    }
}

/// Which posts a listing wants; `nil` or empty means any.
public struct QueueFilter: Hashable, Sendable {
    /// States wanted.
    public var states: Set<PostState>
    /// Hazards wanted.
    public var hazards: Set<Hazard>
    /// Languages wanted.
    public var languages: Set<String>

    /// Makes a filter; any post by default.
    public init(states: Set<PostState> = [], hazards: Set<Hazard> = [], languages: Set<String> = []) {
        self.states = states
        self.hazards = hazards
        self.languages = languages
    }
}

/// How many posts stand where.
public struct QueueStatistics: Hashable, Sendable {
    /// One count.
    public struct Count: Hashable, Sendable {
        /// Where they stand.
        public var state: PostState
        /// Their hazard.
        public var hazard: Hazard
        /// Their language; `nil` when nobody said.
        public var language: String?
        /// How many.
        public var posts: Int

        /// Makes a count.
        public init(state: PostState, hazard: Hazard, language: String?, posts: Int) {
            self.state = state
            self.hazard = hazard
            self.language = language
            self.posts = posts
        }
    }

    /// Counts by state, hazard and language; none is zero.
    public var counts: [Count]

    /// Makes statistics.
    public init(counts: [Count]) { self.counts = counts }

    /// How many posts stand there.
    public func total(_ state: PostState) -> Int {
        counts.reduce(0) { $1.state == state ? $0 + $1.posts : $0 }
    }
}

/// What became of content handed to a store.
public enum TakenIn: Hashable, Sendable {
    /// A post seen for the first time.
    case new
    /// A known post with this version now.
    case updated(version: Int)
    /// Nothing in it was new.
    case unchanged
}

/// A record that could not be taken in, kept so that somebody can mend it.
public struct RejectedRecord: Hashable, Sendable {
    /// The file, as it was named.
    public var file: String
    /// The line on which the record begins, from 1.
    public var line: Int
    /// Why.
    public var reason: String
    /// The first bytes of the record.
    public var bytes: [UInt8]
    /// When.
    public var rejectedAt: Timestamp

    /// Makes a rejected record.
    public init(file: String, line: Int, reason: String, bytes: [UInt8], rejectedAt: Timestamp) {
        self.file = file
        self.line = line
        self.reason = reason
        self.bytes = bytes
        self.rejectedAt = rejectedAt
    }
}
