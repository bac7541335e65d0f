import Desk
import TerminalKit

/// An auditor's screen of limits: overrides, proposals and versions by pseudonym, and the exposure that grouping saved.
struct OversightScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }
    private var list: LimitsScreen { LimitsScreen(state: state, look: look) }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        frame.cursor = inside.origin
        guard let page = state.audit.oversight else {
            frame.draw([Line(words.loading, .muted)], in: inside, look: look)
            return
        }
        list.draw(page.limits, below: head(page), on: &frame, in: inside)
    }

    private func head(_ page: Oversight) -> [Line] {
        let saved = DispatchLines(state: state, look: look).saved(page.saved)
        return (saved.isEmpty ? [Line(words.nothingSaved(page.saved.days), .muted)] : saved)
            + [.blank, Line(words.changesLimits, .title)]
    }

    func lines() -> [Line] {
        guard let page = state.audit.oversight else { return [Line(words.loading, .muted)] }
        return head(page) + list.rows(of: page.limits)
    }
}
