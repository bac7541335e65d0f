public import Exposure
public import Ledger
public import Moderation

/// A shift as it happened: what the ledger tells of it, event by event.
///
/// It is built from entries alone; nobody's name is in it, nor a word of any post.
public struct Timeline: Hashable, Sendable {
    /// The shift.
    public var shift: ShiftID
    /// Whose, by pseudonym.
    public var person: PersonID
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended; `nil` while it lasts.
    public var endedAt: Timestamp?
    /// What happened, in the order of the ledger; offsets never go back.
    public var events: [TimelineEvent]
    /// What was known of the posts, each as it was when it came into the person's hands.
    public var posts: [TimelinePost.Name: TimelinePost] = [:]
    /// The policies that were in force, as far as they can be read.
    public var bundles: [BundleDigest: CaseBundle] = [:]

    /// Makes the timeline of a shift from one person's entries, in order; `nil` when none of them begins it.
    public init?(of shift: ShiftID, from entries: [NumberedEntry]) {
        guard
            let first = entries.firstIndex(where: {
                $0.entry.kind == .shiftStarted && $0.entry.fields["shift"] == .string(shift.rawValue)
            }), let person = entries[first].entry.person
        else { return nil }
        self.shift = shift
        self.person = person
        startedAt = entries[first].entry.at
        events = []
        var hands: [PostID: TimelinePost.Name] = [:]
        var offset = Duration.zero
        for numbered in entries[first...] where numbered.entry.person == person {
            let entry = numbered.entry
            // A clock that was set back makes no event earlier than the one before it.
            offset = max(offset, entry.at - startedAt)
            let fact = TimelineEvent.Fact(entry)
            if case .claimed(let version, let bundle) = fact, let post = entry.post {
                hands[post] = TimelinePost.Name(
                    post: post, version: version, bundle: bundle, claimedAt: entry.at)
            }
            events.append(
                TimelineEvent(
                    entry: numbered.index, at: entry.at, offset: offset, post: entry.post,
                    inHand: entry.post.flatMap { hands[$0] }, fact: fact))
            if case .ended = fact, entry.fields["shift"] == .string(shift.rawValue) {
                endedAt = entry.at
                break
            }
        }
    }

    /// From the beginning to the last event.
    public var length: Duration { events.last?.offset ?? .zero }

    /// What was known of the post of an event.
    public func post(of event: TimelineEvent) -> TimelinePost? { event.inHand.flatMap { posts[$0] } }

    /// The look that lasted at an event: since when, and at what hazard; `nil` while everything was covered.
    public func openLook(at place: Int) -> (since: Duration, hazard: Hazard)? {
        var open: [SpanID: (Duration, Hazard)] = [:]
        for event in events.prefix(place + 1) {
            switch event.fact {
            case .uncovered(let span, let hazard): open[span] = (event.offset, hazard)
            case .covered(let span, _, _, _): open[span] = nil
            default: break
            }
        }
        return open.values.max { $0.0 < $1.0 }
    }
}

/// One thing that happened in a shift.
public struct TimelineEvent: Hashable, Sendable {
    /// What happened.
    public enum Fact: Hashable, Sendable {
        /// The shift began.
        case started
        /// A post came into the person's hands.
        case claimed(version: Int, bundle: BundleDigest)
        /// Its content was uncovered.
        case uncovered(SpanID, Hazard)
        /// It was covered, after so long.
        case covered(SpanID, Hazard, visible: Duration, because: SpanEnd?)
        /// It was decided.
        case decided(DecisionID, Action, PolicyID?, RuleID?, recommended: Recommendation?)
        /// A decision was taken back.
        case undone(DecisionID)
        /// A post was passed over.
        case skipped(reason: String)
        /// A post was given back.
        case released
        /// A post was handed to a lead.
        case escalated
        /// A claim lapsed.
        case expired
        /// A break began.
        case breakStarted(required: Bool)
        /// A break ended.
        case breakEnded
        /// A limit was reached.
        case limitReached(LimitReason?)
        /// A rule was called wrong.
        case disputed(RuleID)
        /// The shift ended.
        case ended(ShiftEnd?)
        /// Something else that the person did.
        case other(EntryKind)
    }

    /// The number of the entry.
    public var entry: Int64
    /// When.
    public var at: Timestamp
    /// How long after the shift began.
    public var offset: Duration
    /// The post it is about.
    public var post: PostID?
    /// The post as it was in the person's hands.
    public var inHand: TimelinePost.Name?
    /// What happened.
    public var fact: Fact

    /// Whether it is a decision.
    public var isDecision: Bool { if case .decided = fact { true } else { false } }
}

/// A post as it was when it came into somebody's hands.
public struct TimelinePost: Hashable, Sendable {
    /// Which version, under which bundle, and when.
    public struct Name: Hashable, Sendable {
        /// The post.
        public var post: PostID
        /// The version.
        public var version: Int
        /// The bundle.
        public var bundle: BundleDigest
        /// When it was claimed.
        public var claimedAt: Timestamp

        /// Makes a name.
        public init(post: PostID, version: Int, bundle: BundleDigest, claimedAt: Timestamp) {
            self.post = post
            self.version = version
            self.bundle = bundle
            self.claimedAt = claimedAt
        }
    }

    /// Which.
    public var name: Name
    /// Which platform sent it; empty once erased.
    public var source: String
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// How many flags it had.
    public var flagCount: Int
    /// What the rules had said; `nil` when that is not kept or can't be read.
    public var evaluation: Evaluation?
    /// The calm line about what it is, by language.
    public var neutralLines: [String: String]
    /// Whether its content was erased.
    public var isErased: Bool

    /// Makes a post.
    public init(
        name: Name, source: String, language: String?, flagCount: Int, evaluation: Evaluation?,
        neutralLines: [String: String], isErased: Bool
    ) {
        self.name = name
        self.source = source
        self.language = language
        self.flagCount = flagCount
        self.evaluation = evaluation
        self.neutralLines = neutralLines
        self.isErased = isErased
    }
}

extension TimelineEvent.Fact {
    init(_ entry: LedgerEntry) {
        func text(_ name: String) -> String? {
            if case .string(let text) = entry.fields[name] { text } else { nil }
        }
        func number(_ name: String) -> Int64? {
            if case .integer(let number) = entry.fields[name] { number } else { nil }
        }
        let span = SpanID(text("span") ?? "")
        let hazard = text("hazard").flatMap { Hazard(rawValue: $0) } ?? .none
        switch entry.kind {
        case .shiftStarted: self = .started
        case .claimed:
            self = .claimed(
                version: Int(number("version") ?? 1), bundle: BundleDigest(hex: text("bundle") ?? ""))
        case .uncovered: self = .uncovered(span, hazard)
        case .covered:
            self = .covered(
                span, hazard, visible: .milliseconds(number("visible_ms") ?? 0),
                because: text("because").flatMap { SpanEnd(rawValue: $0) })
        case .decided:
            self = .decided(
                DecisionID(text("decision") ?? ""), text("action").flatMap { Action(rawValue: $0) } ?? .keep,
                text("policy").map { PolicyID($0) }, text("rule").map { RuleID($0) },
                recommended: Self.recommendation(entry.fields["recommended"]))
        case .undone: self = .undone(DecisionID(text("decision") ?? ""))
        case .skipped: self = .skipped(reason: text("reason") ?? "")
        case .released: self = .released
        case .escalated: self = .escalated
        case .claimExpired: self = .expired
        case .breakStarted: self = .breakStarted(required: entry.fields["required"] == .bool(true))
        case .breakEnded: self = .breakEnded
        case .limitReached: self = .limitReached(text("limit").flatMap { LimitReason(rawValue: $0) })
        case .ruleDisputed: self = .disputed(RuleID(text("rule") ?? ""))
        case .shiftEnded: self = .ended(text("reason").flatMap { ShiftEnd(rawValue: $0) })
        default: self = .other(entry.kind)
        }
    }

    private static func recommendation(_ value: LedgerValue?) -> Recommendation? {
        guard case .object(let fields) = value, case .string(let name) = fields["action"],
            let action = Action(rawValue: name), case .string(let policy) = fields["policy"],
            case .string(let rule) = fields["rule"]
        else { return nil }
        return Recommendation(action: action, policy: PolicyID(policy), rule: RuleID(rule))
    }
}
