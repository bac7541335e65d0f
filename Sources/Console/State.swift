import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// Which screen is shown.
enum Screen: Hashable, Sendable {
    case start, review, pause, ended, record, team, ledger, replay, watch, whatIf
    case audit, auditCase, samples, openings, oversight
    case limits, backlog, roster
    case collective, handed

    var context: Context {
        switch self {
        case .start: .start
        case .review: .review
        case .pause: .pause
        case .ended: .ended
        case .record: .record
        case .team: .team
        case .ledger: .ledger
        case .replay: .replay
        case .watch: .watch
        case .whatIf: .whatIf
        case .audit: .audit
        case .auditCase: .auditCase
        case .samples: .samples
        case .openings: .openings
        case .oversight: .oversight
        case .limits: .limits
        case .backlog: .backlog
        case .roster: .roster
        case .collective: .collective
        case .handed: .handed
        }
    }
}

/// A post in hand, and the work begun on it.
struct Hand: Hashable, Sendable {
    var card: CaseCard
    /// Its words; `nil` while it is covered, so that there is nothing to leak.
    var words: Words?
    /// How many display lines of a severe or extreme post are uncovered.
    var revealed = 0
    /// The line on which the reader's cursor rests.
    var line = 0
    var policy: PolicyID?
    var action: Action?
    var note: String
    /// The draft as the desk keeps it.
    var saved: Draft?
    /// When the draft last differed from what the desk keeps.
    var changedAt: Duration?
    /// The waiting posts that say the same; `nil` until the desk has said.
    var alike: AlikeGroup?
    var isAlikeAsked = false

    init(_ card: CaseCard) {
        self.card = card
        policy = card.draft?.policy ?? card.evaluation.recommendation?.policy
        action = card.draft?.action
        note = card.draft?.note ?? ""
        saved = card.draft
    }

    var draft: Draft { Draft(action: action, policy: policy, note: note) }

    /// Whether there is anything that the desk doesn't keep yet.
    var isUnsaved: Bool {
        let fresh = Draft(policy: card.evaluation.recommendation?.policy)
        return draft != (saved ?? fresh)
    }
}

/// One line of news above the footer.
struct News: Hashable, Sendable {
    var text: String
    var role: TerminalKit.Role
}

/// What lies over a screen.
enum Overlay: Hashable, Sendable {
    case help(first: Int)
    case palette(InputLine, selected: Int)
    case guidance(first: Int)
    case why(first: Int)
    case policies(selected: Int, then: Action?)
    case note(InputLine)
    case escalate(InputLine)
    case skip(selected: Int)
    case never(selected: Int)
    case wrong(selected: Int)
    case confirmSuspend(selected: Int)
    case alike(Action, selected: Int)
    case stop(selected: Int)
    case leaving(selected: Int)
    case optOuts(selected: Int)
    case personalLimit(InputLine)
    case lead(LeadOverlay)
    case search(InputLine)
    case filter(InputLine)
    case whatIf(selected: Int)
    case whatIfLimit(selected: Int)
    case whatIfFigure(LimitField, InputLine)
    case figures(first: Int)
    case checks(first: Int)
    case auditReason(AuditVerdict, InputLine)
    case judge(selected: Int)
    case askName(InputLine)
    case drawSample(InputLine)
    case own(OwnOverlay)

    var context: Context {
        switch self {
        case .own(let own): own.context
        case .help, .guidance, .why, .figures, .checks: .reading
        case .policies, .skip, .never, .wrong, .confirmSuspend, .alike, .stop, .leaving, .optOuts, .whatIf,
            .whatIfLimit, .judge:
            .choosing
        case .palette, .note, .escalate, .personalLimit, .search, .filter, .auditReason, .askName,
            .drawSample, .whatIfFigure:
            .writing
        case .lead(let overlay): overlay.context
        }
    }
}

/// The ledger as it is shown.
struct LedgerView: Hashable, Sendable {
    var size: Int64 = 0
    var lines: [LedgerLine] = [] { didSet { choose() } }
    var selected = 0
    var filter = "" { didSet { choose() } }
    /// The lines that contain the filter's text.
    private(set) var shown: [LedgerLine] = []
    var search = ""
    var finding: LedgerFinding?
    /// How many entries are checked, while that lasts.
    var checked: Int64?

    private mutating func choose() {
        shown = filter.isEmpty ? lines : lines.filter { $0.contains(filter) }
    }
}

/// All that the console knows at one moment: a value, from which every frame is drawn.
struct ConsoleState: Hashable, Sendable {
    let role: Moderation.Role
    let person: Person
    let language: Language
    let keymap: KeyMap
    let repeatGuard: Duration
    let utcOffset: Int
    let start: ConsoleStart

    var now: Tick
    var size: Size
    var screen: Screen
    var overlay: Overlay?
    var briefing: Briefing?
    var standing: Standing?
    var optOuts: OptOuts
    var hand: Hand?
    /// Posts in hand that wait behind the one shown.
    var shelf: [CaseCard] = []
    /// Drafts of posts that went out of hand while the desk couldn't keep them.
    var owedDrafts: [PostID: Draft] = [:]
    var undo: UndoOffer?
    var news: News?
    /// The last quiet notice that was given, so that each is given once.
    var noticed: Notice?
    /// Whether the page that says a limit is reached has been shown.
    var isCapTold = false
    /// Posts that wait now, and that waited when this was first asked for the post in hand.
    var waitingNow = 0
    var waitingThen: Int?
    /// Posts that don't fit this person now, after a claim found none.
    var waitingElsewhere: Int?
    var isShiftOpen = false
    var decidedHere = 0
    var record: OwnRecord?
    var team: [Teammate]?
    /// What moderators hold against rules; for leads.
    var disputes: [RuleDispute]?
    var ledger = LedgerView()
    var replay = ReplayView()
    /// The shift that is watched.
    var watch: WatchView?
    var audit = AuditView()
    var lead = LeadView()
    /// What a lead is told of dispatch.
    var dispatch: DispatchNews?
    /// What concerns the person alone.
    var own = OwnView()
    /// What a representative is told, and what a physician was handed.
    var welfare = WelfareView()
    /// Whether it is told line by line.
    var isLinear = false
    /// The selected line of lists on screens.
    var selected = 0

    var lastKeyAt: Duration
    var lastKey: Key?
    var lastBeatAt: Duration = .zero
    var lastRenewAt: Duration = .zero
    var lastTendAt: Duration = .zero
    /// Whether the desk has more to do while nobody presses a key.
    var isMoreToTend = false

    init(
        role: Moderation.Role, person: Person, language: Language, keymap: KeyMap, repeatGuard: Duration,
        utcOffset: Int, now: Tick, size: Size, start: ConsoleStart = .usual
    ) {
        self.role = role
        self.person = person
        self.language = language
        self.keymap = keymap
        self.repeatGuard = repeatGuard
        self.utcOffset = utcOffset
        self.start = start
        self.now = now
        self.size = size
        optOuts = person.optOuts
        lastKeyAt = now.monotonic
        screen = Self.firstScreen(of: role)
    }

    static func firstScreen(of role: Moderation.Role) -> Screen {
        switch role {
        case .moderator: .start
        case .lead: .team
        case .auditor: .ledger
        case .representative: .collective
        case .physician: .handed
        }
    }

    /// How fast a shift is played that the console was opened for.
    var startSpeed: Int { if case .replay(_, let speed) = start { speed } else { 1 } }

    var words: Messages { Messages(language) }
    var context: Context { overlay?.context ?? place }
    /// Where the person is below any overlay.
    var place: Context { screen == .pause && own.pastime.isBlocks ? .blocks : screen.context }
    var isUncovered: Bool { hand?.words != nil || watch?.words != nil || audit.words != nil }
    var newPosts: Int { waitingThen.map { max(0, waitingNow - $0) } ?? 0 }
    var limits: Limits { standing?.limits ?? .standard }
    /// Below this nothing is uncovered.
    static let smallest = Size(rows: 10, columns: 40)
    var isTooSmall: Bool { size.rows < Self.smallest.rows || size.columns < Self.smallest.columns }

    /// How much longer the post in hand may be finished after a limit; `nil` when none is reached.
    var finishingTime: Duration? {
        guard let cap = standing?.cap, let hand, hand.card.hazard > .none else { return nil }
        return max(.zero, cap.reachedAt + limits.finishInHand - now.wall)
    }

    /// Why a command is not allowed here and now; `nil` when it is.
    func forbidden(_ command: Command) -> String? {
        if command.isForLeadsToo, role == .lead, person.roles.contains(.lead) { return nil }
        if isLinear, command.needsScreen { return words.needsScreen }
        if let needed = command.neededRole, needed != role || !person.roles.contains(needed) {
            return words.needsRole(needed)
        }
        return nil
    }
}
