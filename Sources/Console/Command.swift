import Moderation

/// What can be done in the console, by the names that key settings use.
enum Command: String, CaseIterable, Hashable, Sendable {
    case help, palette, back, repaint, leave
    case accept, down, up, pageDown = "page-down", pageUp = "page-up", first, last
    case startReview = "start-review", endShift = "end-shift", openRecord = "my-record", home
    case openTeam = "team", openLedger = "ledger"
    case uncover, uncoverLine = "uncover-line"
    case keep, label, restrict, remove, suspend
    case cite, note, guidance, why, undo
    case ruleWrong = "rule-wrong"
    case skip, release, escalate, neverShow = "never-show", takeBreak = "break", stop
    case endBreak = "end-break"
    case personalLimit = "personal-limit", showAgain = "show-again", takeAlong = "take-along"
    case lowerLimits = "lower-limits", refresh
    case openAudit = "audit", openSamples = "samples", openOpenings = "openings"
    case openOversight = "oversight", auditChecks = "audit-checks"
    case openCase = "open", nextCase = "next-case", previousCase = "previous-case"
    case auditUncover = "uncover-audited", auditLine = "line-audited"
    case agree, disagree, unclear, judge, figures, drawSample = "draw-sample"
    case askName = "ask-name", approve, refuse, seeName = "see-name"
    case openLimits = "limits", openBacklog = "backlog", openRoster = "roster"
    case proposeLimits = "propose-limits", askOverride = "ask-override", withdraw
    case addPerson = "add-person", changeRoles = "change-roles", changeLanguages = "change-languages"
    case changeActive = "change-active", answerAsked = "answer-limits"
    case filter, search, nextMatch = "next-match", previousMatch = "previous-match", verify
    case openReplay = "replay", watchShift = "watch", recompute, whatIf = "what-if"
    case play, faster, slower, stepForward = "step-forward", stepBack = "step-back"
    case nextDecision = "next-decision", previousDecision = "previous-decision"
    case look, lookLine = "look-line"
    case support, checkIn = "check-in", notToday = "not-today"
    case recordDay = "record-day", recordWeek = "record-week", recordMonth = "record-month"
    case recordOutcomes = "record-outcomes", recordLimits = "record-limits", recordLooks = "record-looks"
    case recordCheckIns = "record-check-ins", nextPage = "next-page", previousPage = "previous-page"
    case deleteCheckIns = "delete-check-ins"
    case openCollective = "team-figures", collectiveMonths = "team-months", collectiveCourse = "team-course"
    case collectiveObjections = "team-objections", collectiveLimits = "team-limits"
    case openHandedList = "handed-records", openHanded = "open-record"
    case handOver = "hand-over", takeBack = "take-back"
    case restNothing = "rest-nothing", restPacer = "rest-pacer", restBlocks = "rest-blocks"
    case restEvidence = "rest-evidence"
    case blockLeft = "block-left", blockRight = "block-right", blockTurn = "block-turn"
    case blockDown = "block-down", blockDrop = "block-drop", blockPause = "block-pause"

    /// The decision it makes, if one.
    var action: Action? {
        switch self {
        case .keep: .keep
        case .label: .label
        case .restrict: .restrict
        case .remove: .remove
        case .suspend: .suspend
        default: nil
        }
    }

    /// Whether it changes what becomes of a post or a limit: never taken while other input is pending.
    var isEnforcing: Bool {
        switch self {
        case .keep, .label, .restrict, .remove, .suspend, .undo, .skip, .release, .escalate, .neverShow,
            .endShift, .lowerLimits, .showAgain, .personalLimit, .startReview, .agree, .approve, .refuse,
            .seeName, .withdraw, .notToday:
            true
        default: false
        }
    }

    /// Whether it makes no sense line by line.
    var needsScreen: Bool { self == .restBlocks || self == .deleteCheckIns || self == .recordCheckIns }

    /// The role without which it is shown dimmed.
    var neededRole: Moderation.Role? {
        switch self {
        case .startReview, .uncover, .uncoverLine, .keep, .label, .restrict, .remove, .suspend,
            .cite, .note, .guidance, .why, .ruleWrong, .undo, .skip, .release, .escalate, .neverShow,
            .takeBreak, .notToday:
            .moderator
        case .openTeam, .lowerLimits, .openLimits, .openBacklog, .openRoster, .proposeLimits, .askOverride,
            .withdraw, .addPerson, .changeRoles, .changeLanguages, .changeActive:
            .lead
        case .openLedger, .verify, .watchShift, .play, .faster, .slower, .stepForward, .stepBack,
            .nextDecision, .previousDecision, .look, .lookLine, .openAudit, .openSamples, .openOpenings,
            .openOversight, .auditChecks, .openCase, .nextCase, .previousCase, .auditUncover, .auditLine,
            .agree, .disagree,
            .unclear,
            .judge, .figures, .drawSample, .askName, .approve, .refuse, .seeName:
            .auditor
        case .openCollective, .collectiveMonths, .collectiveCourse, .collectiveObjections, .collectiveLimits:
            .representative
        case .openHandedList, .openHanded: .physician
        default: nil
        }
    }

    /// Whether leads do it as well as those who need the role: they are the second person.
    var isForLeadsToo: Bool { [.openOpenings, .approve, .refuse].contains(self) }
}

/// Where keys are pressed.
enum Context: String, CaseIterable, Hashable, Sendable {
    case anywhere, start, review, pause
    /// Blocks that fall, in a break.
    case blocks
    case ended, record, team, ledger, replay, watch
    case whatIf = "what-if"
    case audit, auditCase = "audit-case", samples, openings, oversight
    case limits, backlog, roster
    /// What a workers' representative is told of the team.
    case collective
    /// What was handed to a physician.
    case handed
    /// A list to choose from.
    case choosing
    /// A text to read.
    case reading
    /// A line to write in: only accept and back.
    case writing
}
