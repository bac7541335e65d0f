import Exposure
import Moderation
import TerminalKit

/// The screen for a state: pure, at any size.
func render(_ state: ConsoleState, _ look: Look) -> Frame {
    var frame = Frame(state.size)
    guard !state.isTooSmall else {
        drawTooSmall(state, look, on: &frame)
        return frame
    }
    let parts = ScreenParts(state)
    drawHeader(state, look, on: &frame, in: parts.header)
    switch state.screen {
    case .start: StartScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .review: ReviewScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .pause: BreakScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .ended: EndedScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .record: RecordScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .team: TeamScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .ledger: LedgerScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .replay: ReplayScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .watch: WatchScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .whatIf: WhatIfScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .audit: AuditScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .auditCase: AuditCaseScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .samples: SamplesScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .openings: OpeningsScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .oversight: OversightScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .limits: LimitsScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .backlog: BacklogScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .roster: RosterScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .collective: CollectiveScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    case .handed: HandedScreen(state: state, look: look).draw(on: &frame, in: parts.body)
    }
    if let news = state.news {
        frame.put(
            SafeText(news.text).truncated(to: parts.news.width), at: parts.news.origin, role: news.role,
            theme: look.theme, maxWidth: parts.news.width)
    }
    drawFooter(state, look, on: &frame, in: parts.footer)
    OverlayPicture(state: state, look: look).draw(on: &frame, in: parts.body)
    return frame
}

/// Where the parts of every screen stand.
struct ScreenParts {
    let header: Rect
    let body: Rect
    let news: Rect
    let footer: Rect

    init(_ state: ConsoleState) {
        let isLow = state.size.rows < 20
        let split = Rect(state.size).splitTop(2)
        header = split.top
        let isRich = state.screen == .review && state.size.rows >= 24
        let lower = split.rest.splitBottom(isLow ? 1 : isRich ? 3 : 2)
        footer = lower.bottom
        let middle = lower.rest.splitBottom(1)
        news = middle.bottom
        body = middle.rest
    }
}

private func drawTooSmall(_ state: ConsoleState, _ look: Look, on frame: inout Frame) {
    let text = state.words.tooSmall(ConsoleState.smallest.rows, ConsoleState.smallest.columns)
    let lines = SafeText(text).wrapped(to: max(1, frame.size.columns))
    Paragraph(lines: lines).draw(on: &frame, in: frame.bounds, theme: look.theme)
    frame.cursor = Position(row: 0, column: 0)
}

/// Site, role and policies; the dose gauge; what people and what rules decided.
private func drawHeader(_ state: ConsoleState, _ look: Look, on frame: inout Frame, in block: Rect) {
    let words = state.words
    let isNarrow = block.width < 80
    var pieces = isNarrow ? [] : [Line(words.title, .title)]
    if let briefing = state.briefing {
        if briefing.isDemo { pieces.append(Line(words.demo, .warning)) }
        pieces.append(Line(SafeText(briefing.site).truncated(to: isNarrow ? 14 : 24)))
        pieces.append(Line(words.role(state.role), .accent))
        let digest = SafeText(briefing.bundle)
        pieces.append(
            Line(isNarrow ? digest.truncated(to: 8) : SafeText(words.policies(briefing.bundle)), .muted))
        if !isNarrow { pieces.append(Line(SafeText(briefing.person.name).truncated(to: 20), .muted)) }
    } else {
        pieces.append(Line(words.role(state.role), .accent))
        pieces.append(Line(words.loading, .muted))
    }
    frame.draw(joined(pieces), on: block.line(0), look: look)
    guard block.height > 1 else { return }
    let counts = state.briefing.map { briefing in
        let long = words.today(people: briefing.decidedByPeople, rules: briefing.decidedByRules)
        let short = words.todayShort(people: briefing.decidedByPeople, rules: briefing.decidedByRules)
        return SafeText(block.width >= 110 ? long : short)
    }
    let width = counts?.width ?? 0
    let gaugeRow = block.line(1).columns([nil, width], gap: 2)
    if let gauge = doseGauge(state) {
        gauge.draw(on: &frame, in: gaugeRow[0], theme: look.theme, lines: look.lines)
    }
    if let counts, gaugeRow.count > 1 {
        frame.put(
            counts, at: gaugeRow[1].origin, role: .muted, theme: look.theme, maxWidth: gaugeRow[1].width)
    }
}

/// Pieces with a middle dot between them.
func joined(_ pieces: [Line]) -> [Line] {
    Array(pieces.map { [$0] }.joined(separator: [Line(" · ", .muted)]))
}

/// What is used of the day's limit, never what is left.
func doseGauge(_ state: ConsoleState) -> Gauge? {
    guard let standing = state.standing else { return nil }
    let limit = max(1, standing.dayLimit.units)
    let share = min(10_000, standing.dayDose.units / max(1, limit / 1000))
    let level: Gauge.Level =
        switch standing.notice {
        case nil: .calm
        case .half: .notice
        case .fourFifths: .high
        case .full: .over
        }
    let percent = standing.dayPercent.value
    return Gauge(
        label: SafeText(state.words.doseToday),
        figure: "\(percent) % / \(standing.dayLimitPercent.value) %",
        perMille: Int(share), level: level, word: SafeText(state.words.level(standing.notice)))
}

/// The keys that work here; decisions have a line of their own where there is room.
private func drawFooter(_ state: ConsoleState, _ look: Look, on frame: inout Frame, in block: Rect) {
    let language = state.language
    func hint(_ binding: Binding) -> Footer.Hint {
        let isCovering = [.uncover, .auditUncover].contains(binding.command) && state.isUncovered
        let title = isCovering ? state.words.coverKey : binding.naming(language).title
        return Footer.Hint(SafeText(KeyName.label(binding.keys[0], language)), SafeText(title))
    }
    let shown = footerBindings(state)
    let more = Footer.Hint(SafeText(state.keymap.label(.help, language)), SafeText(state.words.more))
    let deciding = shown.filter { $0.command.action != nil }
    let rest = shown.filter { $0.command.action == nil }
    if block.height > 1, !deciding.isEmpty {
        Footer(deciding.map(hint), more: more).draw(on: &frame, in: block.line(0), theme: look.theme)
        drawHints(rest.map(hint), more: more, look, on: &frame, in: block.splitTop(1).rest)
    } else {
        let line = block.line(block.height - 1)
        Footer(shown.map(hint), more: more).draw(on: &frame, in: line, theme: look.theme)
    }
}

/// Hints over as many lines as there are; the last ends with `more` when some don't fit.
private func drawHints(
    _ hints: [Footer.Hint], more: Footer.Hint, _ look: Look, on frame: inout Frame, in block: Rect
) {
    var rest = hints[...]
    for row in 0..<block.height {
        let isLast = row == block.height - 1
        var line: [Footer.Hint] = []
        var width = 0
        while !isLast, let next = rest.first, width + next.key.width + next.label.width + 1 <= block.width {
            width += next.key.width + next.label.width + 3
            line.append(rest.removeFirst())
        }
        Footer(isLast ? Array(rest) : line, more: more).draw(
            on: &frame, in: block.line(row), theme: look.theme)
    }
}

/// What the footer names: the place's own keys first, what makes no sense now left out.
func footerBindings(_ state: ConsoleState) -> [Binding] {
    let context = state.context
    let own = state.keymap.bindings(in: context).filter { $0.isInFooter }
    let common = context == .writing ? [] : state.keymap.bindings(in: .anywhere).filter { $0.isInFooter }
    return (own + common).filter { binding in
        guard !binding.keys.isEmpty, state.forbidden(binding.command) == nil else { return false }
        return isUseful(binding.command, state)
    }
}

private func isUseful(_ command: Command, _ state: ConsoleState) -> Bool {
    switch command {
    case .undo: state.undo != nil
    case .uncoverLine: state.hand?.card.isByLine ?? false
    case .startReview where state.screen == .review: state.hand == nil
    case .startReview: state.overlay == nil
    case .openAudit: state.screen != .audit || state.audit.list?.sample != nil
    case .openSamples: state.screen != .samples
    case .openOpenings: state.screen != .openings
    case .openOversight: state.screen != .oversight
    case .approve, .refuse: state.screen != .limits || state.waitsForAnswer
    case .answerAsked: !state.lead.asked.isEmpty && state.overlay == nil
    case .auditLine: state.audit.card?.facts.isByLine ?? false
    case .judge: state.audit.card?.isHidden ?? false
    case .agree, .disagree: state.audit.card.map { !$0.isHidden } ?? false
    case .askName: state.audit.card?.row.outcome?.person != nil
    case .endShift: state.isShiftOpen
    case .openHanded: state.welfare.opened == nil && !(state.welfare.handed?.isEmpty ?? true)
    case .watchShift: !(state.replay.shifts?.isEmpty ?? true)
    case .lookLine: state.watch?.words != nil && state.watch?.isByLine == true
    case .look: state.watch?.post != nil
    case .takeBreak where state.screen == .start: state.isShiftOpen
    case .takeBreak, .openRecord, .stop: state.overlay == nil
    case .endBreak: state.breakTimeLeft ?? .zero == .zero
    case .notToday: state.hand != nil
    case .support: state.overlay == nil
    case .checkIn: state.overlay == nil
    case .deleteCheckIns: state.own.page == .checkIns && state.own.checkIns.isBegun == true
    case .uncover, .keep, .label, .restrict, .remove, .suspend, .cite, .note, .guidance, .why, .skip,
        .release, .escalate, .neverShow:
        state.hand != nil
    case .ruleWrong: !(state.hand?.card.evaluation.findings.isEmpty ?? true)
    default: true
    }
}
