import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    /// Rows and columns of a text overlay's inside.
    var readingSize: Size {
        Size(rows: max(1, ScreenParts(self).body.height - 3), columns: max(1, min(size.columns, 84) - 6))
    }

    /// The lines of a text overlay.
    func readingLines(_ overlay: Overlay, width: Int) -> [Line] {
        let lines: [Line] =
            switch overlay {
            case .help: helpLines()
            case .guidance: guidanceLines()
            case .why: whyLines()
            case .figures: figureLines()
            case .checks: checkLines()
            case .own(let own): ownLines(own)
            default: []
            }
        return lines.flatMap { $0.wrapped(to: width) }
    }

    private func helpLines() -> [Line] {
        let room = max(8, readingSize.columns - 15)
        func rows(_ bindings: [Binding]) -> [Line] {
            bindings.filter { !$0.keys.isEmpty }.flatMap { binding -> [Line] in
                let reason = forbidden(binding.command)
                let text = binding.naming(language).text + (reason.map { " – \($0)" } ?? "")
                let parts = SafeText(text).wrapped(to: room)
                return parts.enumerated().map { index, part in
                    let keys = index == 0 ? SafeText(binding.keyLabels(language)) : .empty
                    return Line("\(keys.padded(to: 14)) \(part)", reason == nil ? .text : .disabled)
                }
            }
        }
        return [Line(words.contextTitle(place), .title)] + rows(keymap.bindings(in: place))
            + [.blank, Line(words.contextTitle(.anywhere), .title)] + rows(keymap.bindings(in: .anywhere))
    }

    private func guidanceLines() -> [Line] {
        guard let hand, let id = hand.policy ?? hand.card.evaluation.findings.first?.policy,
            let policy = hand.card.policy(id)
        else { return [Line(words.noPolicyHere, .muted)] }
        let guidance = policy.guidance(language)
        var lines = [Line(SafeText(words.guidanceTitle(policy.title(language))), .title), .blank]
        lines +=
            guidance.isEmpty
            ? [Line(words.noGuidance, .muted)] : SafeText.lines(of: guidance).map { Line($0) }
        lines += [.blank, Line(words.policyHazard(words.hazard(policy.hazard)), .muted)]
        lines.append(Line(words.allows(policy.actions.map(words.action).joined(separator: ", ")), .muted))
        if let ground = policy.ground { lines.append(Line(SafeText(words.ground(ground)), .muted)) }
        return lines
    }

    private func whyLines() -> [Line] {
        guard let hand else { return [] }
        let key = keymap.label(.ruleWrong, language)
        let wrong = hand.card.evaluation.findings.isEmpty ? [] : [Line(words.sayWrong(key), .muted)]
        return findingLines(hand.card, words, language) + [.blank, Line(words.neverDecides, .muted)] + wrong
    }

    /// The choices of a list overlay.
    func choices(_ overlay: Overlay) -> [String] {
        switch overlay {
        case .policies(_, let action):
            policies(for: action).map { policy in
                let isSuggested = policy.id == hand?.card.evaluation.recommendation?.policy
                return policy.title(language) + (isSuggested ? " *" : "")
            }
        case .skip: SkipWhy.allCases.map(words.skipWhy)
        case .never: optOutsOfHand.map(name)
        case .wrong: disputable.map { $0.map(ruleName) ?? words.nothingInstead }
        case .confirmSuspend: [words.cancel, words.doSuspend]
        case .alike: alikeChoices.map(\.text)
        case .stop: words.stopChoices
        case .leaving: words.leaveChoices
        case .optOuts: optOutList.map(name)
        case .judge: judgements.map(name)
        case .lead(let lead): choices(lead)
        case .whatIf: whatIfChoices.map { $0.map(words.whatIf) ?? words.anotherLimit }
        case .whatIfLimit: Self.changeable.map(figureInForce)
        case .own(let own): ownChoices(own)
        default: []
        }
    }

    private func ruleName(_ id: RuleID) -> String {
        let isAdvised = id == hand?.card.evaluation.recommendation?.rule
        return (hand?.card.rule(id)?.title(language) ?? id.rawValue) + (isAdvised ? " *" : "")
    }

    private func name(_ choice: OptOuts) -> String {
        if let today = choice.today {
            let all =
                today.hazards.sorted().map { OptOuts(hazards: [$0]) }
                + today.policies.sorted().map { OptOuts(policies: [$0]) }
            return words.allOfToday(all.map(name).joined(separator: ", "))
        }
        if let hazard = choice.hazards.first { return words.allOfHazard(words.hazard(hazard)) }
        guard let id = choice.policies.first else { return words.nothingInstead }
        let known = hand?.card.policy(id) ?? briefing?.policies.first { $0.id == id }
        return words.allOfPolicy(known?.title(language) ?? id.rawValue)
    }
}

/// What lies over a screen: texts to read, lists to choose from, lines to write.
struct OverlayPicture {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        guard let overlay = state.overlay else { return }
        switch overlay {
        case .help(let first), .guidance(let first), .why(let first), .figures(let first), .checks(let first),
            .own(.support(let first)), .own(.evidence(let first)):
            drawReading(overlay, first: first, on: &frame, in: block)
        case .palette(let line, let selected): drawPalette(line, selected, on: &frame, in: block)
        default:
            if let writing = writing(overlay) {
                drawWriting(writing.line, title: writing.title, text: writing.text, on: &frame, in: block)
            } else {
                drawList(overlay, on: &frame, in: block)
            }
        }
    }

    func title(_ overlay: Overlay) -> String {
        switch overlay {
        case .help: words.helpTitle
        case .guidance: words.bundleTitle
        case .why: words.whyTitleLong
        case .palette: words.paletteTitle
        case .policies(_, let action): words.pickPolicy(action.map(words.action))
        case .skip: words.skipTitle
        case .never: words.neverTitle
        case .wrong: words.wrongTitle
        case .confirmSuspend: words.confirmTitle
        case .alike(let action, _): words.alikeTitle(words.action(action))
        case .stop: words.stopTitle
        case .leaving: words.leaveTitle
        case .optOuts: words.optOutsTitle
        case .lead(let lead): words.lead(lead, state)
        case .note: words.noteTitle
        case .escalate: words.escalateTitle
        case .personalLimit: words.ownLimitTitle
        case .search: words.searchTitle
        case .filter: words.filterTitle
        case .whatIf: words.whatIfTitle
        case .whatIfLimit, .whatIfFigure: words.whatIfLimitTitle
        case .figures: words.figuresTitle
        case .checks: words.checksTitle
        case .auditReason(let verdict, _): words.reasonTitle(verdict)
        case .judge: words.judgeTitle
        case .askName: words.askNameTitle
        case .drawSample: words.drawTitle
        case .own(let own): words.title(own)
        }
    }

    /// What stands above the choices of a list.
    func body(_ overlay: Overlay) -> [String] {
        switch overlay {
        case .skip: return [words.skipText]
        case .stop: return [words.stopText(isBreak: state.standing?.shift?.openBreak != nil)]
        case .own(let own): return words.body(own, count: state.own.checkIns.count)
        case .never: return [words.neverText]
        case .wrong: return [words.wrongText]
        case .leaving: return [words.leaveText]
        case .judge: return [words.judgeText]
        case .lead(let lead): return state.text(over: lead)
        case .alike: return state.alikeText
        case .confirmSuspend:
            guard let hand = state.hand else { return [] }
            let author = hand.card.author.handle ?? words.unknownAuthor
            let policy = hand.policy.flatMap(hand.card.policy)?.title(state.language) ?? ""
            return [words.confirmSuspend(author, hand.card.source, policy)]
        default: return []
        }
    }

    /// The line that an overlay writes, and what it says above it.
    func writing(_ overlay: Overlay) -> (line: InputLine, title: String, text: [String])? {
        let title = title(overlay)
        switch overlay {
        case .note(let line): return (line, title, [words.noteText])
        case .escalate(let line): return (line, title, [words.escalateText])
        case .personalLimit(let line): return (line, title, [words.ownLimitText])
        case .lead(let lead): return lead.line.map { ($0, title, state.text(over: lead)) }
        case .filter(let line) where state.screen == .audit: return (line, title, [words.auditFilterText])
        case .search(let line), .filter(let line): return (line, title, [])
        case .auditReason(_, let line): return (line, title, [words.reasonText])
        case .askName(let line): return (line, title, [words.askNameText])
        case .drawSample(let line): return (line, title, [words.drawText])
        case .whatIfFigure(let field, let line):
            return (
                line, title, [words.lowerFigure(words.field(field), state.siteLimits[field] / field.unit)]
            )
        case .own(let own): return ownWriting(own).map { ($0, title, words.body(own, count: 0)) }
        default: return nil
        }
    }

    private func drawReading(_ overlay: Overlay, first: Int, on frame: inout Frame, in block: Rect) {
        let size = state.readingSize
        let lines = state.readingLines(overlay, width: size.columns)
        let height = min(lines.count, size.rows)
        let place = block.centered(height: height + 3, width: size.columns + 4)
        let inside = openBox(place, title: title(overlay), on: &frame)
        let parts = inside.splitBottom(1)
        let top = min(max(0, first), max(0, lines.count - parts.rest.height))
        frame.draw(lines.dropFirst(top), in: parts.rest, look: look)
        let hint =
            lines.count > parts.rest.height ? "\(words.closeHint) \(top + 1)/\(lines.count)" : words.closeHint
        frame.draw(
            [Line(SafeText(hint).truncated(to: parts.bottom.width), .muted)], in: parts.bottom, look: look)
        frame.cursor = parts.rest.origin
    }

    private func openBox(_ place: Rect, title: String, on frame: inout Frame) -> Rect {
        frame.fill(place, style: look.theme[.text])
        return frame.box(
            place, title: SafeText(title), style: look.theme[.border], titleStyle: look.theme[.title],
            lines: look.lines
        ).inset(columns: 1)
    }

    private func drawPalette(_ line: InputLine, _ selected: Int, on frame: inout Frame, in block: Rect) {
        let found = state.paletteMatches(line.text)
        let place = block.centered(height: min(block.height, 14), width: min(block.width, 76))
        let inside = openBox(place, title: words.paletteTitle, on: &frame)
        let parts = inside.splitTop(1)
        if found.isEmpty {
            frame.draw([Line(words.noCommand, .muted)], in: parts.rest, look: look)
        } else {
            let rows = found.map { binding in
                let naming = binding.naming(state.language)
                let reason = state.forbidden(binding.command)
                return Table.Row(
                    [
                        SafeText(naming.title), SafeText(binding.keyLabels(state.language)),
                        SafeText(reason ?? naming.text),
                    ], role: reason == nil ? .text : .disabled)
            }
            let columns = [Table.Column(width: 14), Table.Column(width: 8), Table.Column()]
            Table(columns: columns, rows: rows, selected: selected)
                .draw(on: &frame, in: parts.rest, theme: look.theme, lines: look.lines)
        }
        line.draw(on: &frame, in: parts.top, theme: look.theme)
    }

    private func drawWriting(
        _ line: InputLine, title: String, text: [String], on frame: inout Frame, in block: Rect
    ) {
        let width = min(block.width, 72)
        let lines = text.flatMap { Line(SafeText($0)).wrapped(to: width - 4) }
        let place = block.centered(height: lines.count + 4, width: width)
        let inside = openBox(place, title: title, on: &frame)
        let parts = inside.splitBottom(2)
        frame.draw(lines, in: parts.rest, look: look)
        frame.draw([Line(SafeText(words.writeHint), .muted)], in: parts.bottom.line(1), look: look)
        line.draw(on: &frame, in: parts.bottom.line(0), theme: look.theme)
    }

    private func drawList(_ overlay: Overlay, on frame: inout Frame, in block: Rect) {
        Dialog(
            title: SafeText(title(overlay)), body: body(overlay).map { SafeText($0) },
            choices: state.choices(overlay).map { SafeText($0) }, selected: selection(overlay),
            hint: SafeText(words.chooseHint)
        ).draw(on: &frame, in: block, width: 66, theme: look.theme, lines: look.lines)
    }

    func selection(_ overlay: Overlay) -> Int {
        switch overlay {
        case .policies(let selected, _), .skip(let selected), .never(let selected),
            .wrong(let selected), .confirmSuspend(let selected), .alike(_, let selected),
            .stop(let selected), .leaving(let selected),
            .optOuts(let selected), .whatIf(let selected), .whatIfLimit(let selected),
            .judge(let selected),
            .own(.notToday(let selected)), .own(.checkInBegin(let selected)), .own(.level(let selected)),
            .own(.handOver(let selected)), .own(.takeBack(let selected)):
            selected
        case .lead(let lead): lead.selected
        default: 0
        }
    }
}
