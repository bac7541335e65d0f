import Moderation
import TerminalKit

/// A state as plain lines, without boxes or positions.
struct LinearPage {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    /// What is to be read now; without countdowns, which would be read again and again.
    func lines() -> [SafeText] {
        if let overlay = state.overlay { return overlayLines(overlay) }
        let lines: [Line] =
            switch state.screen {
            case .start: headLines() + StartScreen(state: state, look: look).allLines()
            case .review: reviewLines()
            case .pause: [Line(words.breakTitle)] + breakLines()
            case .ended: EndedScreen(state: state, look: look).lines()
            case .record: RecordScreen(state: state, look: look).lines()
            case .team: headLines() + TeamScreen(state: state, look: look).lines()
            case .ledger: headLines() + ledgerLines()
            case .replay: headLines() + ReplayScreen(state: state, look: look).linearLines()
            case .watch: WatchScreen(state: state, look: look).linearLines()
            case .whatIf: headLines() + WhatIfScreen(state: state, look: look).lines(width: 78)
            case .audit: headLines() + AuditScreen(state: state, look: look).lines()
            case .auditCase: AuditCaseScreen(state: state, look: look).lines()
            case .samples: SamplesScreen(state: state, look: look).lines()
            case .openings: OpeningsScreen(state: state, look: look).lines()
            case .oversight: headLines() + OversightScreen(state: state, look: look).lines()
            case .limits: headLines() + LimitsScreen(state: state, look: look).lines()
            case .backlog: headLines() + BacklogScreen(state: state, look: look).lines()
            case .roster: headLines() + RosterScreen(state: state, look: look).lines()
            case .collective: headLines() + CollectiveScreen(state: state, look: look).lines()
            case .handed: headLines() + HandedScreen(state: state, look: look).lines()
            }
        return lines.filter { $0 != .blank }.map(\.text)
    }

    /// The key that stops in the middle of a line.
    private var stopKey: String {
        let keys = state.keymap.bindings(in: .writing).first { $0.command == .stop }?.keys
        return keys?.first.map { KeyName.label($0, state.language) } ?? ""
    }

    private func headLines() -> [Line] {
        guard let briefing = state.briefing else { return [] }
        let demo = briefing.isDemo ? " · \(words.demo)" : ""
        return [
            Line(
                SafeText(
                    "\(words.title)\(demo) · \(briefing.site) · \(words.role(state.role)) · "
                        + words.policies(briefing.bundle)))
        ]
    }

    private func reviewLines() -> [Line] {
        let screen = ReviewScreen(state: state, look: look)
        guard let hand = state.hand else {
            return [Line(state.waitingElsewhere.map(words.nothingFits) ?? words.nothingInHand)]
        }
        let head = "\(look.glyph(hand.card.hazard)) \(words.hazard(hand.card.hazard))"
        var lines = [Line(SafeText(head))] + screen.facts(hand.card, width: 400)
        lines += screen.advice(hand)
        if let shown = hand.words {
            lines.append(Line(words.uncoveredWord))
            lines += shown.lines.prefix(state.shownLineCount).filter { $0 != .blank }
        } else {
            lines.append(Line(words.covered))
            lines += screen.coveredLines(hand.card)
        }
        return lines
    }

    private func breakLines() -> [Line] {
        guard let left = state.breakTimeLeft, left > .zero else {
            return [Line(words.breakMayEnd(state.keymap.label(.endBreak, state.language)))]
                + BreakScreen(state: state, look: look).linearLines()
        }
        let end = words.moment(state.now.wall + left, now: state.now.wall, offset: state.utcOffset)
        return [Line(words.breakUntil(end)), Line(words.breakAdvice)]
            + BreakScreen(state: state, look: look).linearLines()
    }

    private func ledgerLines() -> [Line] {
        let rows = state.ledger.shown.suffix(20).map { entry in
            Line(
                SafeText("\(entry.index) \(entry.at.rfc3339) \(entry.kind) \(entry.person) \(entry.post)"))
        }
        return LedgerScreen(state: state, look: look).head() + rows
    }

    private func overlayLines(_ overlay: Overlay) -> [SafeText] {
        let picture = OverlayPicture(state: state, look: look)
        let title = SafeText(picture.title(overlay))
        switch overlay.context {
        case .reading:
            return [title] + state.readingLines(overlay, width: 400).filter { $0 != .blank }.map(\.text)
        case .writing:
            let text = picture.writing(overlay)?.text ?? []
            return [title] + text.map { SafeText($0) } + [SafeText(words.linearWrite(stopKey))]
        default:
            let choices = state.choices(overlay).enumerated().map { index, choice in
                SafeText("\(index + 1) \(choice)")
            }
            return [title] + picture.body(overlay).map { SafeText($0) } + choices + [
                SafeText(words.chooseHint)
            ]
        }
    }

    /// What is offered by number: what the footer would name.
    func commands() -> [Command] {
        state.overlay == nil ? footerBindings(state).map(\.command).filter { $0 != .palette } : []
    }

    /// Everything that can be done here.
    func allCommands() -> [Command] {
        state.paletteMatches("").map(\.command).filter {
            ![.help, .palette, .down, .up, .first, .last, .pageDown, .pageUp, .repaint].contains($0)
        }
    }

    /// The numbered choices in one line.
    func shortChoices(_ commands: [Command]) -> SafeText {
        let choices = commands.enumerated().compactMap { index, command in
            naming(command).map { "\(index + 1) \($0.title)" }
        }
        return SafeText(
            "\(words.linearChoice)\(words.colon) \(choices.joined(separator: ", ")). \(words.linearMore)")
    }

    /// The numbered choices with what they do; those that are forbidden say why.
    func choices(_ commands: [Command]) -> [SafeText] {
        commands.enumerated().compactMap { index, command in
            guard let naming = naming(command) else { return nil }
            let text = state.forbidden(command) ?? naming.text
            return SafeText("\(index + 1) \(naming.title)\(words.colon) \(text)")
        }
    }

    /// What a command is called here.
    private func naming(_ command: Command) -> Binding.Naming? {
        let rows = state.keymap.bindings.filter { $0.command == command }
        let here = rows.first { !$0.contexts.contains(.writing) || $0.contexts.count > 1 } ?? rows.first
        return here?.naming(state.language)
    }
}
