import Crypto
public import Moderation

/// What the entries of a ledger, taken in order, say that the tables of its store must hold.
///
/// It keeps numbers of entries, not facts: which entry speaks last of a post, a decision, a span. Whoever compares reads
/// that entry again. So a hundred thousand posts take about 10 MB, and a large ledger is folded in several shares, each
/// with the posts, decisions and spans whose names fall to it; everything else is in every share.
public struct LedgerFold: Sendable {
    /// One of so many shares of all names.
    public struct Share: Hashable, Sendable {
        /// Which one, from 0.
        public var number: Int
        /// Of how many.
        public var count: Int

        /// Makes a share; all names by default.
        public init(number: Int = 0, of count: Int = 1) {
            self.number = number
            self.count = count
        }

        /// Whether a name falls to it.
        public func holds(_ name: Name) -> Bool { name.hash % UInt64(count) == UInt64(number) }
    }

    /// A name in 16 bytes: itself, as most are, or the beginning of its SHA-256.
    public struct Name: Hashable, Sendable {
        private let first, second: UInt64

        /// Packs a name.
        public init(_ text: String) {
            var text = text
            self = text.withUTF8 { Name(utf8: $0) }
        }

        init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
            if bytes.count <= 16 {
                (first, second) = Self.packed(bytes)
            } else {
                (first, second) = SHA256.hash(data: bytes).withUnsafeBytes { digest in
                    Self.packed(UnsafeRawBufferPointer(rebasing: digest[..<16]))
                }
            }
        }

        private static func packed(_ bytes: some Collection<UInt8>) -> (UInt64, UInt64) {
            var halves: (UInt64, UInt64) = (0, 0)
            for (index, byte) in bytes.enumerated() {
                if index < 8 {
                    halves.0 = halves.0 << 8 | UInt64(byte)
                } else {
                    halves.1 = halves.1 << 8 | UInt64(byte)
                }
            }
            return halves
        }

        /// The same in every process, so that shares are.
        fileprivate var hash: UInt64 {
            let mixed = (first ^ second &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
            return mixed >> 11
        }
    }

    /// A post as the entries leave it.
    public struct Post: Hashable, Sendable {
        /// How many posts were taken in up to it.
        @Narrow public var ordinal: Int64
        /// The entry that took it in.
        @Narrow public var takenIn: Int64
        /// The entry that tells its latest version and evaluation.
        @Narrow public var evaluated: Int64
        /// The entry that put it where it stands.
        @Narrow public var moved: Int64
        /// The entry that erased its content.
        @NarrowIfAny public var erased: Int64?
        /// Where it stands.
        public var state: PostState

        init(ordinal: Int64, takenIn: Int64) {
            self.ordinal = ordinal
            self.takenIn = takenIn
            evaluated = takenIn
            moved = takenIn
            erased = nil
            state = .waiting
        }
    }

    /// A decision as the entries leave it.
    public struct Decision: Hashable, Sendable {
        /// How many decisions were made up to it.
        @Narrow public var ordinal: Int64
        /// The entry that tells it.
        @Narrow public var decided: Int64
        /// The entry that took it back.
        @NarrowIfAny public var undone: Int64?
        /// The entry that says its effect has left.
        @NarrowIfAny public var delivered: Int64?
        /// Whether whoever compares has seen its effect wait.
        public internal(set) var wasSeenWaiting = false

        init(ordinal: Int64, decided: Int64) {
            self.ordinal = ordinal
            self.decided = decided
            undone = nil
            delivered = nil
        }

        /// Whether its effect is to leave the site and has not left.
        public var waits: Bool { undone == nil && delivered == nil }
    }

    /// A span, a leave for a rule, a sample: where it began, and where it was told of last.
    public struct Course: Hashable, Sendable {
        /// The entry that began it.
        @Narrow public var began: Int64
        /// The last entry about it after that.
        @NarrowIfAny public var last: Int64?

        init(began: Int64) {
            self.began = began
            last = nil
        }
    }

    /// A version of a post, or somebody's skip of one.
    public struct Pair: Hashable, Sendable {
        let first, second: Name

        /// Names a version of a post.
        public init(post: Name, version: Int64) {
            first = post
            second = Name("v\(version)")
        }

        /// Names somebody's skip of a post.
        public init(post: Name, person: String) {
            first = post
            second = Name(person)
        }
    }

    /// Which names it keeps.
    public let share: Share
    /// How many entries were taken.
    public internal(set) var size: Int64 = 0
    /// The entry that made the site.
    public internal(set) var site: Int64?
    /// The entry that brought the present key, where another followed the first.
    public internal(set) var key: Int64?
    /// From which entry on entries tell enough for every row; `nil` when none does yet.
    public internal(set) var fullFrom: Int64?
    /// Posts by name.
    public internal(set) var posts: [Name: Post] = [:]
    /// How many posts there are in all shares.
    public internal(set) var postCount: Int64 = 0
    /// The entries of versions that others followed.
    public internal(set) var formerVersions: [Pair: Int64] = [:]
    /// Evaluations that others replaced, in the order they were replaced; none for posts of other shares.
    public internal(set) var replaced: [NarrowIfAny] = []
    /// Decisions by name.
    public internal(set) var decisions: [Name: Decision] = [:]
    /// How many decisions there are in all shares.
    public internal(set) var decisionCount: Int64 = 0
    /// Exposure spans by name.
    public internal(set) var spans: [Name: Course] = [:]
    /// The last skip of a post by a person.
    public internal(set) var skips: [Pair: Int64] = [:]
    /// Posts that were ever handed to a lead: when first, and when first as an entry that tells enough.
    public internal(set) var escalations: [Name: Course] = [:]
    /// The largest fence of a claim.
    public internal(set) var lastFence: Int64 = 0
    /// The entries about each shift, in order.
    public internal(set) var shifts: [String: [Int64]] = [:]
    /// The last entry about each person.
    public internal(set) var people: [String: Int64] = [:]
    /// The entries that put limits in force.
    public internal(set) var limits: [Int64] = []
    /// The entries that put bundles in force.
    public internal(set) var bundles: [Int64] = []
    /// The bundles that were ever in force.
    public internal(set) var bundleNames: Set<String> = []
    /// The leaves for rules to decide by themselves.
    public internal(set) var automations: [Course] = []
    var standingAutomations: [String: [Int]] = [:]
    /// The entries in which a rule was called wrong.
    public internal(set) var objections: [Int64] = []
    /// What auditors said of decisions, in order.
    public internal(set) var marks: [Int64] = []
    /// Samples: where each was announced, and where drawn.
    public internal(set) var samples: [Course] = []
    var samplePlaces: [String: Int] = [:]
    /// Requests to open a pseudonym, each with its entries in order.
    public internal(set) var openings: [[Int64]] = []
    var openingPlaces: [String: Int] = [:]
    /// Proposals of limits, each with its entries in order.
    public internal(set) var proposals: [[Int64]] = []
    var proposalPlaces: [String: Int] = [:]
    /// The entries that say who saw loosened limits.
    public internal(set) var acknowledgements: [Int64] = []
    /// Leaves for one person and one shift, each with its entries in order.
    public internal(set) var overrides: [[Int64]] = []
    var overridePlaces: [String: Int] = [:]
    /// The entries that tell of decisions that were stated.
    public internal(set) var statements: [Int64] = []
    /// The entries that named contacts for support.
    public internal(set) var support: [Int64] = []
    /// The entries that tell of shifts that were watched.
    public internal(set) var watchings: [Int64] = []
    /// The entries that erased a post's content.
    public internal(set) var erasures: [Int64] = []
    /// The entries that settled a day of somebody's exposure.
    public internal(set) var settlements: [Int64] = []
    /// The entries that tell of dose from other sites.
    public internal(set) var takings: [Int64] = []
    /// The entries that set working conditions.
    public internal(set) var conditions: [Int64] = []
    /// Handovers: where each began, and where it was taken back.
    public internal(set) var handovers: [Course] = []
    var handoverPlaces: [String: Int] = [:]
    /// The entries that tell that one was opened.
    public internal(set) var handoverLooks: [Int64] = []

    /// Starts before entry 0.
    public init(share: Share = Share()) { self.share = share }

    // MARK: Crossing off

    /// Takes a post away, so that what is left at the end was found nowhere.
    public mutating func crossOffPost(_ name: Name) -> Post? { posts.removeValue(forKey: name) }
    /// Takes a decision away.
    public mutating func crossOffDecision(_ name: Name) -> Decision? { decisions.removeValue(forKey: name) }
    /// Says that the effect of a decision was seen to wait; `nil` when it is not to wait, or was seen before.
    public mutating func seeWaiting(_ name: Name) -> Decision? {
        guard let place = decisions.index(forKey: name) else { return nil }
        let decision = decisions.values[place]
        guard decision.waits, !decision.wasSeenWaiting else { return nil }
        decisions.values[place].wasSeenWaiting = true
        return decision
    }
    /// Takes a span away.
    public mutating func crossOffSpan(_ name: Name) -> Course? { spans.removeValue(forKey: name) }
}
