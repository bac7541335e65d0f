import Exposure
import Moderation
import TerminalKit

/// A lead's screen: the queue, the limits, and who is available; nobody's dose.
struct TeamScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(rows: block.height > 16 ? 1 : 0, columns: 1)
        let lines = lines().flatMap { $0.wrapped(to: inside.width) }
        frame.draw(lines, from: state.selected, in: inside, look: look)
        frame.cursor = inside.origin
    }

    func lines() -> [Line] {
        guard let briefing = state.briefing else { return [Line(words.loading, .muted)] }
        let limits = state.siteLimits
        let since = words.day(briefing.limitsSince, offset: state.utcOffset)
        let start = StartScreen(state: state, look: look)
        let dispatch = DispatchLines(state: state, look: look)
        return state.askedLines + dispatch.unserved() + start.queue(briefing) + [
            .blank, Line(words.limitsTitle, .title),
            Line(words.limitsLine(limits)),
            Line(words.breaksLine(limits)),
            Line(words.limitsBy(briefing.limitsSetBy, version: limits.version, since: since), .muted),
            .blank, Line(words.peopleTitle, .title), Line(words.teamRule, .muted),
        ] + people() + disputes() + dispatch.saved()
    }

    /// What moderators hold against rules: the rules are in question, so nobody is named.
    private func disputes() -> [Line] {
        guard let disputes = state.disputes, !disputes.isEmpty else { return [] }
        let rules = state.briefing?.policies.flatMap(\.rules) ?? []
        return [.blank, Line(words.disputesTitle, .title)]
            + disputes.prefix(20).map { dispute in
                let title = rules.first { $0.id == dispute.rule }?.title(state.language) ?? ""
                return Line(SafeText(words.dispute(dispute.count, dispute.rule.rawValue, title)))
            }
    }

    private func people() -> [Line] {
        guard let team = state.team else { return [Line(words.loading, .muted)] }
        return team.map { mate in
            let sign: SafeText =
                switch mate.availability {
                case .available: look.lines == .ascii ? "o" : "○"
                case .breakDue: look.lines == .ascii ? "*" : "◆"
                case .unavailable: look.lines == .ascii ? "-" : "–"
                }
            let name = SafeText(mate.name).fitted(to: 24)
            let word = SafeText(words.availability(mate.availability)).padded(to: 14)
            let languages = SafeText(mate.languages.joined(separator: " "))
            return Line(
                "\(sign) \(name) \(word) \(languages)", mate.availability == .available ? .text : .muted)
        }
    }
}
