import Moderation
import Store
import TerminalKit

/// One decision before an auditor: the post covered, the decision hidden while it has to be judged.
struct AuditCaseScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let lines = lines().flatMap { $0.wrapped(to: inside.width) }
        frame.draw(lines, from: state.audit.top, in: inside, look: look)
        frame.cursor = inside.origin
    }

    func lines() -> [Line] {
        guard let card = state.audit.card else { return [Line(words.loading, .muted)] }
        let facts = card.facts
        let time = words.moment(card.row.at, now: state.now.wall, offset: state.utcOffset)
        let place = [facts.source, facts.community, facts.kind, facts.language].compactMap(\.self)
        var lines = [
            Line(SafeText(words.decisionOf(card.row.id.rawValue, time)), .title),
            Line(SafeText(place.joined(separator: " · "))),
            Line(
                "\(look.glyph(card.row.hazard)) \(SafeText(words.hazard(card.row.hazard)))",
                look.role(card.row.hazard)),
            Line(SafeText(facts.neutralLines[state.language.rawValue] ?? "")),
        ]
        lines += [Line(SafeText(advice(facts)), .muted)] + outcome(card) + said(card) + [.blank]
        return lines + content(card)
    }

    private func advice(_ facts: CaseCard) -> String {
        guard let advised = facts.evaluation.recommendation else { return words.noRecommendation }
        let policy = facts.policy(advised.policy)?.title(state.language) ?? advised.policy.rawValue
        return words.recommended(words.action(advised.action), policy)
    }

    private func outcome(_ card: AuditCard) -> [Line] {
        var lines: [Line] = []
        if let judgement = card.judgement {
            lines.append(Line(SafeText(words.wouldHave(state.name(of: judgement))), .accent))
        }
        guard let outcome = card.row.outcome else {
            return lines + [
                Line(words.hiddenUntilJudged(state.keymap.label(.judge, state.language)), .warning)
            ]
        }
        let name = state.name(of: Judgement(action: outcome.action, policy: outcome.policy))
        let who = outcome.person?.rawValue ?? words.ruleAlone
        lines.append(Line(SafeText(words.decidedBy(name, who))))
        let signs = words.auditSigns(card.row)
        if !signs.isEmpty { lines.append(Line(SafeText(signs.joined(separator: ", ")), .warning)) }
        if let note = outcome.note { lines.append(Line(SafeText(words.noteIs(note)))) }
        return lines
    }

    private func said(_ card: AuditCard) -> [Line] {
        card.said.map { said in
            let who = said.rater?.rawValue ?? words.you
            let reason = said.reason.map { ", \($0)" } ?? ""
            return Line(SafeText("\(who)\(words.colon) \(words.verdict(said.verdict))\(reason)"), .accent)
        }
    }

    private func content(_ card: AuditCard) -> [Line] {
        guard let shown = state.audit.words else {
            return [
                Line(words.covered, .muted),
                Line(words.uncoverCounts(state.keymap.label(.auditUncover, state.language)), .muted),
            ]
        }
        return Array(shown.lines.prefix(state.audit.shownLineCount))
    }
}
