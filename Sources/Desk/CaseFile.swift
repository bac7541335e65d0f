public import Exposure
public import Moderation
public import PolicyEngine

/// What a claim puts into a moderator's hands: everything but the post's own words.
///
/// The words come only as an ``UncoveredPost``, and with them runs an exposure span.
public struct CaseFile: Hashable, Sendable {
    /// The lease on the post.
    public var claim: Claim
    /// The version in hand.
    public var version: Int
    /// Which platform asks.
    public var source: String
    /// Where on the platform it was posted.
    public var community: String?
    /// `post`, `comment` …, as the platform says.
    public var kind: String
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// What is known of its author.
    public var author: Author
    /// When it was written.
    public var createdAt: Timestamp?
    /// By when the platform must answer.
    public var deadline: Timestamp?
    /// When it was taken in.
    public var takenInAt: Timestamp
    /// The reports on it.
    public var flags: [Flag]
    /// How many posts stand above it.
    public var threadCount: Int
    /// How many links it has.
    public var linkCount: Int
    /// How many pictures, sounds and videos go with it.
    public var mediaCount: Int
    /// How long its text is, in Unicode scalars.
    public var textLength: Int
    /// What the rules say.
    public var evaluation: Evaluation
    /// What the person had begun to write.
    public var draft: Draft?
    /// Whether its content was erased.
    public var isErased: Bool
    /// By whom, when and why.
    public var erasure: Erasure?
    /// The calm line about what it is, by language; of an erased post, that it is gone and why.
    var neutralLines: [String: String]
    /// The policies in force when it was claimed.
    public var bundle: CaseBundle

    /// The post.
    public var post: PostID { claim.post }
    /// How harmful looking is expected to be.
    public var hazard: Hazard { evaluation.hazard }

    /// One calm, neutral line about what the post is, from findings and flags; never quotes it.
    public func neutralLine(in language: String) -> String {
        neutralLines[language] ?? neutralLines["en"] ?? ""
    }

    /// Whether it is shown line by line: severe and extreme.
    public var isUncoveredByLine: Bool { hazard >= .severe }
}

/// A policy bundle that compares by its digest.
public struct CaseBundle: Hashable, Sendable {
    /// The bundle.
    public let bundle: PolicyBundle

    /// Wraps a bundle.
    public init(_ bundle: PolicyBundle) { self.bundle = bundle }

    /// Bundles with one digest are the same.
    public static func == (left: Self, right: Self) -> Bool { left.bundle.digest == right.bundle.digest }

    /// Hashes the digest.
    public func hash(into hasher: inout Hasher) { hasher.combine(bundle.digest) }
}

/// A running exposure span.
public struct OpenSpan: Hashable, Sendable {
    /// The span.
    public var id: SpanID
    /// Who looks.
    public var person: PersonID
    /// At what.
    public var post: PostID
    /// At what hazard it is charged.
    public var hazard: Hazard
    /// Since when.
    public var openedAt: Moment
}

/// A post's words, and the span that runs while they can be seen.
public struct UncoveredPost: Hashable, Sendable {
    /// The words.
    public var content: FlaggedPost
    /// The running span.
    public var open: OpenSpan
    /// How long it may stay uncovered at most.
    public var mayStay: Duration
}

/// What became of asking to uncover.
public enum UncoverOutcome: Hashable, Sendable {
    /// Here it is, and the clock runs.
    case uncovered(UncoveredPost)
    /// It stays covered.
    case refused(Refusal, Standing)
}

/// What became of asking for a post.
public enum ClaimOutcome: Hashable, Sendable {
    /// A post is in hand.
    case claimed(CaseFile)
    /// No post now: a break, a cap or a rest.
    case refused(Standing)
    /// No post fits; so many wait that don't fit this person now.
    case nothing(waitingElsewhere: Int)
}

/// What a beat says.
public enum BeatOutcome: Hashable, Sendable {
    /// It may stay uncovered.
    case goOn(Standing)
    /// It must be covered now.
    case mustCover(Refusal, Standing)
}

/// What a person decides.
public struct Choice: Hashable, Sendable {
    /// What is done.
    public var action: Action
    /// The policy cited; needed for anything but `keep`.
    public var policy: PolicyID?
    /// The rule cited, if one.
    public var rule: RuleID?
    /// Why, in the person's words.
    public var note: String?

    /// Makes a choice.
    public init(action: Action, policy: PolicyID? = nil, rule: RuleID? = nil, note: String? = nil) {
        self.action = action
        self.policy = policy
        self.rule = rule
        self.note = note
    }
}

/// Why a post is skipped; never held against anybody.
public enum SkipReason: String, CaseIterable, Hashable, Sendable {
    /// A language the person doesn't read well enough.
    case language
    /// Too little context to tell.
    case context
    /// Not for me, not now.
    case notForMe = "not_for_me"
    /// It can't be shown properly.
    case technical
    /// Something else.
    case other
}

/// A decision that can still be taken back.
public struct Undoable: Hashable, Sendable {
    /// The decision.
    public var decision: Decision
    /// Until when at least; `nil` until the post now in hand is finished.
    public var until: Timestamp?
    /// How many decisions applied from it are taken back with it.
    public var applied = 0
}
