public import Ledger
public import Moderation

/// Which recorded work is gone through again; `nil` means all.
public struct ReplayFilter: Hashable, Sendable {
    /// From this moment on.
    public var from: Timestamp?
    /// Before this moment.
    public var to: Timestamp?
    /// Under this bundle.
    public var bundle: BundleDigest?
    /// On this post.
    public var post: PostID?

    /// Makes a filter.
    public init(
        from: Timestamp? = nil, to: Timestamp? = nil, bundle: BundleDigest? = nil, post: PostID? = nil
    ) {
        self.from = from
        self.to = to
        self.bundle = bundle
        self.post = post
    }

    func holds(at moment: Timestamp, bundle: BundleDigest, post: PostID) -> Bool {
        (from.map { moment >= $0 } ?? true) && (to.map { moment < $0 } ?? true)
            && (self.bundle.map { $0 == bundle } ?? true) && (self.post.map { $0 == post } ?? true)
    }
}

/// One recorded evaluation that is not what evaluating again gives.
public struct EvaluationDifference: Hashable, Sendable {
    /// What is not the same.
    public enum Part: String, CaseIterable, Hashable, Sendable, Comparable {
        /// The store has no such version, or what it has is not what the ledger commits to.
        case content
        /// The policies are not kept, or can't be read.
        case bundle
        /// The store doesn't have what the rules said, and guessing what they knew doesn't lead to it.
        case missing
        /// The findings as kept.
        case findings
        /// What was kept aside of them: rules on trial, what was known beyond the post, rules over budget.
        case aside
        /// What the ledger commits to.
        case commitment
        /// The hazard, as kept or as the ledger tells it.
        case hazard
        /// The recommendation, as kept or as the ledger tells it.
        case recommendation

        /// In the order of the cases.
        public static func < (left: Part, right: Part) -> Bool { left.place < right.place }

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// One side: what was said.
    public struct Side: Hashable, Sendable {
        /// The findings in the form in which they are kept; `nil` when there were none.
        public var findings: [UInt8]?
        /// What stands aside of them; `nil` when there was nothing.
        public var aside: [UInt8]?
        /// What commits to both.
        public var commitment: String?
        /// The hazard.
        public var hazard: Hazard?
        /// The recommendation.
        public var recommendation: Recommendation?
    }

    /// The number of the ledger's entry.
    public var entry: Int64
    /// What the entry tells: `takenIn`, `flagged` or `evaluated`.
    public var kind: EntryKind
    /// When it was evaluated.
    public var at: Timestamp
    /// The post.
    public var post: PostID
    /// Its version.
    public var version: Int
    /// The bundle.
    public var bundle: BundleDigest
    /// What is not the same, never empty.
    public var parts: [Part]
    /// As it was recorded: the store's findings, the ledger's commitment and hazard.
    public var recorded: Side
    /// As it is now; `nil` where nothing could be evaluated.
    public var recomputed: Side?
}

/// A recorded bundle whose text is not what its name says.
public struct BundleDifference: Hashable, Sendable {
    /// The name, under which the ledger knows it.
    public var bundle: BundleDigest
    /// The digest of the text that is kept; `nil` when none is, or it can't be read as policies.
    public var text: BundleDigest?
}

/// What became of evaluating recorded posts again.
public struct Recomputation: Hashable, Sendable {
    /// How many evaluations were looked at.
    public var evaluations = 0
    /// How many gave the same again.
    public var same = 0
    /// How many can't be evaluated again because the post's content was erased.
    public var erased = 0
    /// Posts whose content was erased, in order; at most as many as asked for.
    public var erasedPosts: [PostID] = []
    /// How many decisions the ledger tells in the time looked at.
    public var decisions = 0
    /// How many differ.
    public var different = 0
    /// Those that differ, in the order of the ledger; at most as many as asked for.
    public var differences: [EvaluationDifference] = []
    /// Bundles whose text is not what their name says.
    public var bundles: [BundleDifference] = []
    /// Numbers of entries that can't be read; at most as many as asked for.
    public var unreadable: [Int64] = []
    /// The size of the ledger that was gone through.
    public var ledgerSize: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// Whether all that could be evaluated again gave the same, byte for byte.
    public var isSame: Bool { different == 0 && bundles.isEmpty && unreadable.isEmpty }
}
