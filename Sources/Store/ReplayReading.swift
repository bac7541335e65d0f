public import Exposure
public import Moderation

/// One version of a post's content, byte for byte as it is kept.
public struct KeptContent: Hashable, Sendable {
    /// The version.
    public var version: Int
    /// Its canonical bytes; `nil` once erased.
    public var bytes: [UInt8]?
    /// The salt of its digest and of the evaluations'; `nil` once erased.
    public var salt: [UInt8]?
    /// SHA-256 over salt and bytes.
    public var digest: [UInt8]

    /// Makes a version.
    public init(version: Int, bytes: [UInt8]?, salt: [UInt8]?, digest: [UInt8]) {
        self.version = version
        self.bytes = bytes
        self.salt = salt
        self.digest = digest
    }
}

/// What the rules said of a version once, byte for byte as it is kept.
///
/// Nothing of it has been read yet, so that a damaged one stops nobody from looking at the others.
public struct KeptEvaluation: Hashable, Sendable {
    /// The version of the post.
    public var version: Int
    /// The moment that ages and deadlines were counted from.
    public var evaluatedAt: Timestamp
    /// Under which bundle.
    public var bundle: BundleDigest
    /// The level of the hazard.
    public var hazardLevel: Int
    /// The findings, in the form of `FindingsForm`; `nil` when there were none.
    public var findings: [UInt8]?
    /// What stands aside of them, in the form of `AsideForm`; `nil` when there was nothing.
    public var aside: [UInt8]?
    /// What the findings together suggested.
    public var recommendation: Recommendation?
    /// Whether it is what the rules say now of the latest version.
    public var isCurrent: Bool

    /// Makes an evaluation.
    public init(
        version: Int, evaluatedAt: Timestamp, bundle: BundleDigest, hazardLevel: Int, findings: [UInt8]?,
        aside: [UInt8]?, recommendation: Recommendation?, isCurrent: Bool
    ) {
        self.version = version
        self.evaluatedAt = evaluatedAt
        self.bundle = bundle
        self.hazardLevel = hazardLevel
        self.findings = findings
        self.aside = aside
        self.recommendation = recommendation
        self.isCurrent = isCurrent
    }
}

/// Everything that is kept of a post for replaying it.
public struct KeptPost: Hashable, Sendable {
    /// The post.
    public var id: PostID
    /// Its versions, the latest first.
    public var contents: [KeptContent]
    /// What the rules ever said of it, oldest first.
    public var evaluations: [KeptEvaluation]

    /// Makes a post.
    public init(id: PostID, contents: [KeptContent], evaluations: [KeptEvaluation]) {
        self.id = id
        self.contents = contents
        self.evaluations = evaluations
    }

    /// One version.
    public func content(version: Int) -> KeptContent? { contents.first { $0.version == version } }
}

/// What can be asked of a store by whoever goes through recorded work again.
public protocol ReplayReading {
    /// What is kept of these posts, in the order asked; `nil` for one that is not known.
    ///
    /// Gives fewer than asked, but at least one, when posts are large, so that they take some megabytes at most;
    /// whoever wants the rest asks again. Memory as for ``StoreReading/recordedPosts(after:limit:)``.
    func keptPosts(_ ids: [PostID]) throws -> [KeptPost?]
    /// All decisions in the order they were made, undone and automatic ones included: at most `limit` after a place
    /// (0 at first).
    func decisions(after place: Int64, limit: Int) throws -> Page<Decision>
    /// Everybody's shifts that began in this time, newest first, at most `limit`, with their breaks.
    func shifts(from: Timestamp, to: Timestamp, limit: Int) throws -> [Shift]
    /// One shift.
    func shift(_ id: ShiftID) throws -> Shift?
    /// The person's spans that were opened from a moment on and before another, oldest first.
    func spans(of person: PersonID, from: Timestamp, to: Timestamp) throws -> [Span]
}
