import Desk
import Exposure
import Moderation
import TerminalKit

/// A person's own exposure and decisions; nobody else is shown it.
struct RecordScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let lines = lines().flatMap { $0.wrapped(to: inside.width) }
        let first = min(state.selected, max(0, lines.count - inside.height))
        frame.draw(lines.dropFirst(first), in: inside, look: look)
        frame.cursor = inside.origin
    }

    func lines() -> [Line] {
        var lines = [Line("\(words.recordTitle) · \(words.recordPrivate)", .title)]
        guard let record = state.record else { return lines + [Line(words.loading, .muted)] }
        lines += state.askedLines + opened(record) + handovers(record) + pay(record.pay) + exposure(record)
        lines.append(.blank)
        lines.append(Line(words.ownLimit(record.personalLimit?.value)))
        lines.append(Line(SafeText(words.neverShown(optOuts))))
        lines += [Line(words.precaution, .muted), .blank, Line(words.decisionsTitle, .title)]
        if record.decisions.isEmpty { lines.append(Line(words.noDecisions, .muted)) }
        return lines + record.decisions.map(decision)
    }

    /// Whose eyes the name behind the pseudonym came before.
    private func opened(_ record: OwnRecord) -> [Line] {
        guard !record.openedNames.isEmpty else { return [] }
        return [Line(words.namesOpenedTitle, .warning)]
            + record.openedNames.map { opened in
                let time = words.moment(opened.at, now: state.now.wall, offset: state.utcOffset)
                return Line(SafeText(words.nameOpened(time, opened.requester.rawValue)))
            } + [.blank]
    }

    private var optOuts: String {
        let titles = state.briefing?.policies ?? []
        let hazards = state.optOuts.hazards.sorted().map(words.hazard)
        let policies = state.optOuts.policies.sorted().map { id in
            titles.first { $0.id == id }?.title(state.language) ?? id.rawValue
        }
        return (hazards + policies).joined(separator: ", ")
    }

    private func exposure(_ record: OwnRecord) -> [Line] {
        guard !record.days.isEmpty else { return [Line(words.noExposure, .muted)] }
        let hazards = Hazard.allCases
        func row(_ cells: [String]) -> SafeText {
            let first = SafeText(cells[0]).padded(to: 11)
            let rest = cells.dropFirst().map { SafeText($0).padded(to: 10, align: .right) }
            return SafeText.joined([first] + rest, separator: " ")
        }
        let heading = row([words.dayHeading, words.doseHeading] + hazards.map(words.hazard))
        let days = record.days.suffix(14).reversed().map { day in
            let minutes = hazards.map { words.minutes(day.minutes(at: $0)) }
            return Line(
                row([words.day(day.start, offset: state.utcOffset), "\(day.dose.percent)"] + minutes))
        }
        return [Line(heading, .muted)] + days
    }

    private func decision(_ decision: Decision) -> Line {
        let time = words.moment(decision.decidedAt, now: state.now.wall, offset: state.utcOffset)
        let titles = state.briefing?.policies ?? []
        let policy = decision.policy.map { id in
            titles.first { $0.id == id }?.title(state.language) ?? id.rawValue
        }
        let undone = decision.undoneAt == nil ? nil : words.takenBack
        let pieces = [time, words.action(decision.action), policy, decision.post.rawValue, undone].compactMap
        { $0 }
        return Line(SafeText(pieces.joined(separator: " · ")), decision.undoneAt == nil ? .text : .muted)
    }
}
