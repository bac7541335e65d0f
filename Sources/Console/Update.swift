import Exposure
import Moderation
import TerminalKit

/// The functional core: what an event makes of the state, and what the shell shall do about it.
func update(_ state: inout ConsoleState, _ event: ConsoleEvent, at now: Tick) -> [Effect] {
    state.now = now
    var effects: [Effect]
    switch event {
    case .begin: effects = state.begin()
    case .terminal(let event, let pending): effects = state.take(event, pending: pending)
    case .command(let command):
        state.lastKeyAt = now.monotonic
        effects = state.perform(command)
    case .answer(let answer): effects = state.take(answer)
    }
    effects += state.tend()
    return effects
}

extension ConsoleState {
    fileprivate mutating func begin() -> [Effect] {
        switch role {
        case .moderator: return [.brief, .recall, .readUndoable, .own(.readSupport)]
        case .lead: return [.brief, .readTeam, .readDisputes, .readDispatch, .own(.readSupport)]
        case .representative: return [.brief, .welfare(.readMonths), .own(.readSupport)]
        case .physician: return [.brief, .welfare(.readHanded), .own(.readSupport)]
        case .auditor:
            guard case .replay(let shift, _) = start else {
                return [.brief, .readLedger, .own(.readSupport)]
            }
            return [.brief] + openReplay() + (shift.map { [.openTimeline($0)] } ?? [])
        }
    }

    fileprivate mutating func take(_ event: Event, pending: Bool) -> [Effect] {
        switch event {
        case .key(let key): return take(key, pending: pending)
        case .paste: return paste(event)
        case .mouse(let mouse): return take(mouse)
        case .resize(let new):
            size = new
            if isTooSmall { return cover(.covered, saying: nil) }
            layOutWords()
            layOutAudit()
            return []
        case .focus(let isActive):
            if !isActive { pauseBlocks() }
            return isActive ? [] : cover(.focusLost, saying: words.coveredByFocus)
        case .interrupt: return interrupt()
        case .terminate: return leave(.terminated)
        case .hangup: return leave(.hungUp, because: .hangup)
        case .suspend:
            pauseBlocks()
            return cover(.paused, saying: words.coveredByPause) + saveDraft() + [.pauseTerminal]
        case .resumed: return [.repaint, .readStanding]
        case .woken: return takeWaking()
        case .deadline: return []
        }
    }

    private mutating func take(_ key: Key, pending: Bool) -> [Effect] {
        let isRepeated = key == lastKey && now.monotonic - lastKeyAt < repeatGuard
        lastKeyAt = now.monotonic
        lastKey = key
        guard !isTooSmall else {
            return key == .character("q") || key == .escape ? leave(.left) : []
        }
        guard let command = keymap.command(for: key, in: context) else {
            return write(.key(key))
        }
        if isConfirming(command) || command.isEnforcing, pending || isRepeated {
            news = News(text: words.keyNotTaken, role: .warning)
            return []
        }
        return perform(command)
    }

    /// Whether Enter would confirm something that counts.
    private func isConfirming(_ command: Command) -> Bool {
        command == .accept && overlay?.context == .choosing
    }

    private mutating func paste(_ event: Event) -> [Effect] {
        lastKeyAt = now.monotonic
        guard context == .writing else {
            news = News(text: words.pasteNotTaken, role: .warning)
            return []
        }
        return write(event)
    }

    private mutating func take(_ mouse: MouseEvent) -> [Effect] {
        lastKeyAt = now.monotonic
        switch mouse.action {
        case .wheelDown: return context == .writing ? [] : perform(.down)
        case .wheelUp: return context == .writing ? [] : perform(.up)
        case .press, .release: return []
        }
    }

    /// Does what a command says, unless it is not allowed here.
    mutating func perform(_ command: Command) -> [Effect] {
        if let reason = forbidden(command) {
            news = News(text: reason, role: .disabled)
            return []
        }
        if command != .repaint { news = nil }
        if overlay != nil, let effects = performInOverlay(command) { return effects }
        if let effects = performAnywhere(command) { return effects }
        if screen == .watch, let effects = performMovingInWatch(command) { return effects }
        if let effects = performMoving(command) { return effects }
        switch screen {
        case .review: return performInReview(command)
        case .pause: return performInBreak(command)
        case .record: return performInRecord(command)
        case .team: return performInTeam(command)
        case .ledger: return performInLedger(command)
        case .replay: return performInReplay(command)
        case .watch: return performInWatch(command)
        case .whatIf: return []
        case .audit: return performInAudit(command)
        case .auditCase: return performInAuditCase(command)
        case .samples: return performInSamples(command)
        case .openings: return performInOpenings(command)
        case .oversight:
            if command == .auditChecks { return [.audit(.readChecks)] }
            return command == .refresh ? [.audit(.readOversight)] : []
        case .limits: return performInLimits(command)
        case .backlog: return command == .refresh ? [.brief, .lead(.readBacklog)] : []
        case .roster: return performInRoster(command)
        case .collective: return performInCollective(command)
        case .handed: return performInHanded(command)
        case .start, .ended: return performAtStart(command)
        }
    }

    private mutating func performAnywhere(_ command: Command) -> [Effect]? {
        switch command {
        case .help: overlay = .help(first: 0)
        case .palette: overlay = .palette(InputLine(), selected: 0)
        case .repaint: return [.repaint]
        case .leave: return leave(.left)
        case .back: return goBack()
        case .openRecord: return cover(.covered, saying: nil) + showRecord()
        case .stop: return stopNow()
        case .support:
            let effects = cover(.covered, saying: nil) + saveDraft()
            overlay = .own(.support(first: 0))
            return effects + [.own(.readSupport)]
        case .checkIn: return checkIn()
        case .openTeam: return show(.team) + [.readTeam, .readDisputes, .readDispatch]
        case .openLedger: return cover(.covered, saying: nil) + show(.ledger) + [.readLedger]
        case .openReplay: return openReplay()
        case .openAudit: return cover(.covered, saying: nil) + showAudit()
        case .openSamples: return cover(.covered, saying: nil) + show(.samples) + [.audit(.readSamples)]
        case .openOpenings: return cover(.covered, saying: nil) + show(.openings) + [.audit(.readOpenings)]
        case .openOversight:
            return cover(.covered, saying: nil) + show(.oversight) + [.audit(.readOversight)]
        case .openLimits: return openLimits()
        case .openBacklog: return show(.backlog) + [.lead(.readBacklog)]
        case .openRoster: return show(.roster) + [.lead(.readRoster)]
        case .openCollective: return show(.collective) + [.welfare(.readMonths)]
        case .openHandedList: return show(.handed) + [.welfare(.readHanded)]
        case .answerAsked: return answerAsked()
        case .undo: return takeBack()
        default: return nil
        }
        return []
    }

    /// Goes to a screen, at its first line.
    mutating func show(_ new: Screen) -> [Effect] {
        screen = new
        if new != .record { own.checkIns.opened = nil }
        welfare.opened = nil
        if new == .ended { isCapTold = true }
        overlay = nil
        selected = 0
        return []
    }

    private mutating func goBack() -> [Effect] {
        let base = Self.firstScreen(of: role)
        if screen == .handed, welfare.opened != nil { return show(.handed) + [.welfare(.readHanded)] }
        if screen == base { return leave(.left) }
        switch screen {
        case .review:
            return cover(.covered, saying: nil) + saveDraft() + show(.start) + [.brief]
        case .record where hand != nil && role == .moderator: return show(.review)
        case .auditCase:
            let effects = cover(.covered, saying: nil)
            audit.card = nil
            return effects + show(.audit)
        case .audit where audit.list?.sample != nil: return show(.samples) + [.audit(.readSamples)]
        case .pause where own.pastime != .nothing:
            own.pastime = .nothing
            return []
        case .pause: return show(base) + [.brief]
        case .watch, .whatIf: return cover(.covered, saying: nil) + show(.replay)
        default: return show(base) + [.brief]
        }
    }

    /// Covers, keeps the draft and goes; posts in hand wait for the next start.
    mutating func leave(_ reason: ExitReason, because end: SpanEnd = .covered) -> [Effect] {
        cover(end, saying: nil) + saveDraft() + [.exit(reason)]
    }

    /// Ctrl-C: covers, and says how to leave; nothing is lost.
    private mutating func interrupt() -> [Effect] {
        lastKeyAt = now.monotonic
        let effects = cover(.covered, saying: nil) + saveDraft()
        overlay = .leaving(selected: 0)
        return effects
    }

    private mutating func performMoving(_ command: Command) -> [Effect]? {
        let page = max(1, size.rows - 8)
        switch command {
        case .down: move(by: 1)
        case .up: move(by: -1)
        case .pageDown: move(by: page)
        case .pageUp: move(by: -page)
        case .first: move(by: -1_000_000)
        case .last: move(by: 1_000_000)
        default: return nil
        }
        return readOn(command)
    }

    private mutating func move(by step: Int) {
        switch screen {
        case .review:
            guard let line = hand?.line else { return }
            let place = min(max(0, line + step), max(0, shownLineCount - 1))
            hand?.line = place
        case .replay:
            replay.selected = min(max(0, replay.selected + step), max(0, (replay.shifts?.count ?? 0) - 1))
        case .ledger:
            ledger.selected = min(max(0, ledger.selected + step), max(0, ledger.shown.count - 1))
        case .audit:
            audit.selected = min(max(0, audit.selected + step), max(0, (audit.list?.rows.count ?? 0) - 1))
        case .auditCase: audit.top = min(max(0, audit.top + step), 10_000)
        case .samples: selected = min(max(0, selected + step), max(0, (audit.samples?.count ?? 0) - 1))
        case .openings: selected = min(max(0, selected + step), max(0, (audit.openings?.count ?? 0) - 1))
        case .oversight:
            let count = audit.oversight?.limits.rows.count ?? 0
            selected = min(max(0, selected + step), max(0, count - 1))
        case .limits: selected = min(max(0, selected + step), max(0, (lead.limits?.rows.count ?? 0) - 1))
        case .roster: selected = min(max(0, selected + step), max(0, (lead.roster?.count ?? 0) - 1))
        case .collective where welfare.page == .months:
            selected = min(max(0, selected + step), max(0, (welfare.months?.count ?? 0) - 1))
        case .handed where welfare.opened == nil:
            selected = min(max(0, selected + step), max(0, (welfare.handed?.count ?? 0) - 1))
        default:
            selected = min(max(0, selected + step), 10_000)
        }
    }

    /// A long list is read on when its end is reached.
    private func readOn(_ command: Command) -> [Effect] {
        guard screen == .audit, [.down, .pageDown, .last].contains(command), let list = audit.list,
            list.hasMore,
            audit.selected == list.rows.count - 1
        else { return [] }
        return readAuditList(more: true)
    }

    private mutating func performAtStart(_ command: Command) -> [Effect] {
        switch command {
        case .startReview: return beginReview()
        case .endShift: return isShiftOpen ? saveDraft() + [.endShift(.ended)] : []
        case .takeBreak: return isShiftOpen ? letGoOfAll() + [.startBreak(required: false)] : []
        case .home: return show(.start) + [.brief]
        case .refresh: return [.brief]
        default: return []
        }
    }

    private mutating func beginReview() -> [Effect] {
        if case .onBreak = standing?.availability { return show(.pause) }
        guard isShiftOpen else { return [.startShift] }
        return hand == nil ? takeNext() : show(.review)
    }

    /// The next post: one that is still in hand, or a new one.
    mutating func takeNext() -> [Effect] {
        if !shelf.isEmpty {
            hold(shelf.removeFirst())
            return []
        }
        hand = nil
        return [.claimNext]
    }

    /// Puts a post into the hand, covered.
    mutating func hold(_ card: CaseCard) {
        hand = pickUp(card)
        waitingThen = nil
        waitingElsewhere = nil
        screen = .review
        overlay = nil
        lastRenewAt = now.monotonic
    }

    /// A post as it comes into the hand, with the draft that the desk couldn't keep before.
    mutating func pickUp(_ card: CaseCard) -> Hand {
        var hand = Hand(card)
        guard let draft = owedDrafts.removeValue(forKey: card.post) else { return hand }
        (hand.action, hand.policy, hand.note) = (draft.action, draft.policy, draft.note)
        hand.changedAt = now.monotonic
        return hand
    }

    private mutating func performInBreak(_ command: Command) -> [Effect] {
        switch command {
        case .endBreak: return [.endBreak]
        case .endShift: return isShiftOpen ? [.endShift(.ended)] : []
        default: return performPastime(command)
        }
    }
}
