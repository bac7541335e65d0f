import Desk
import Exposure
import Moderation
import Store

/// What became of asking for a post.
enum ClaimAnswer: Hashable, Sendable {
    case claimed(CaseCard)
    case refused(Standing)
    /// No post fits; so many wait that don't fit this person now.
    case nothing(waitingElsewhere: Int)
}

/// What became of asking to uncover.
enum UncoverAnswer: Hashable, Sendable {
    case uncovered(Words)
    case refused(Refusal, Standing)
}

/// What a beat said.
enum BeatAnswer: Hashable, Sendable {
    case goOn(Standing)
    case mustCover(Refusal, Standing)
}

/// A decision that can still be taken back.
struct UndoOffer: Hashable, Sendable {
    var decision: DecisionID
    var post: PostID
    var action: Action
    /// Until when at least; `nil` until the post now in hand is finished.
    var until: Timestamp?
    /// How many more it was applied to.
    var applied = 0
}

/// What a person decided.
struct Verdict: Hashable, Sendable {
    var action: Action
    var policy: PolicyID?
    var rule: RuleID?
    var note: String
    /// Posts that say the same, to which it is applied.
    var alike: [PostID] = []
}

/// Why a post is passed over; never held against anybody.
enum SkipWhy: String, CaseIterable, Hashable, Sendable {
    case language, context
    case notForMe = "not_for_me"
    case technical, other
}

/// What the Start screen tells.
struct Briefing: Hashable, Sendable {
    struct Waiting: Hashable, Sendable {
        var hazard: Hazard
        var language: String?
        var posts: Int
    }

    var site: String
    var isDemo: Bool
    var person: Person
    var bundle: String
    var standing: Standing
    var siteLimits: Limits
    var limitsSetBy: String?
    var limitsSince: Timestamp
    var waiting: [Waiting]
    var escalated: Int
    var decidedByMe: Int
    var decidedByPeople: Int
    var decidedByRules: Int
    var sources: [String]
    /// Titles of the policies in force.
    var policies: [PolicyCard]
    /// What the person's own work of the last 24 hours came to; `nil` where the site says nothing of pay.
    var pay: OwnPay?

    var waitingTotal: Int { waiting.reduce(0) { $0 + $1.posts } }
}

/// What a person can know of their own work.
struct OwnRecord: Hashable, Sendable {
    var standing: Standing
    /// Of the last four weeks; they become ``course``, and are dropped then.
    var spans: [Span]
    var shifts: [Shift]
    var decisions: [Decision]
    var personalLimit: Percent?
    var optOuts: OptOuts
    /// Who saw the name behind the pseudonym, and when, newest first.
    var openedNames: [OpenedName] = []
    /// What the work of the last 24 hours came to; `nil` where the site says nothing of pay.
    var pay: OwnPay?
    /// Records handed to a physician, newest first.
    var handovers: [NamedHandover] = []
    /// Who watched shifts, newest first.
    var watchings: [Watching] = []
    /// What auditors held of decisions, newest first.
    var outcomes: [MarkedDecision] = []
    /// The limits that were ever in force, oldest first.
    var limits: [LimitsVersion] = []
    /// The last four weeks, reckoned by local days.
    var course: ExposureCourse?

    mutating func reckon(at now: Timestamp, offset: Int) {
        course = ExposureCourse(spans: spans, shifts: shifts, now: now, offset: .seconds(offset))
        spans = []
    }
}

/// Somebody of the team, as a lead sees them.
struct Teammate: Hashable, Sendable {
    enum Availability: Hashable, Sendable { case available, breakDue, unavailable }

    var name: String
    var languages: [String]
    var availability: Availability
}

/// How often moderators called a rule wrong; not who.
struct RuleDispute: Hashable, Sendable {
    var rule: RuleID
    var count: Int
}

/// An entry of the ledger in one line.
struct LedgerLine: Hashable, Sendable {
    var index: Int64
    var kind: String
    var at: Timestamp
    var person: String
    var post: String
    var details: String

    func contains(_ text: String) -> Bool {
        let needle = text.lowercased()
        return [kind, person, post, details, at.rfc3339].contains { $0.lowercased().contains(needle) }
    }
}

/// What checking the ledger found.
struct LedgerFinding: Hashable, Sendable {
    var entries: Int64
    var root: String
    /// What is wrong, one line each; none when it is sound.
    var problems: [String]
}

/// Why something was not done, in both languages, and whether the post in hand is lost.
struct Fault: Error, Hashable, Sendable {
    var english: String
    var french: String
    /// The post that is not in hand any more.
    var lost: PostID?
    /// The limit that said no.
    var refusal: Refusal?
    /// Whether the disk of the store is full.
    var isDiskFull = false

    func message(_ language: Language) -> String { language == .french ? french : english }
}
