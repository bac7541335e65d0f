import Desk
import Moderation
import TerminalKit

/// Where recorded work is gone through again: shifts to watch, recomputing, what if.
struct ReplayScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let troubles = troubles()
        let parts = block.splitTop(min(block.height - 1, 2 + troubles.count))
        frame.draw(joined(head()), on: parts.top.line(0), look: look)
        frame.draw(
            troubles.map { Line($0.text.truncated(to: block.width), $0.role) },
            in: parts.top.splitTop(1).rest, look: look)
        frame.cursor = parts.rest.origin
        guard state.role == .auditor else {
            frame.draw(
                Line(words.leadsSeeNoShifts, .muted).wrapped(to: block.width), in: parts.rest, look: look)
            return
        }
        guard let shifts = state.replay.shifts else {
            frame.draw([Line(words.loading, .muted)], in: parts.rest, look: look)
            return
        }
        guard !shifts.isEmpty else {
            frame.draw([Line(words.noShifts, .muted)], in: parts.rest, look: look)
            return
        }
        let selected = state.replay.selected
        let height = max(1, parts.rest.height - 1)
        let top = Table.scroll(around: selected, count: shifts.count, height: height)
        Table(
            columns: zip(words.shiftHeadings, [17, 17, 24, nil]).map { title, width in
                Table.Column(SafeText(title), width: width)
            }, rows: shifts.dropFirst(top).prefix(height).map(row), selected: selected - top
        ).draw(on: &frame, in: parts.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    private func head() -> [Line] {
        let replay = state.replay
        var pieces = [Line(words.replayTitle, .title), Line(words.readOnly, .accent)]
        if let (done, total) = replay.progress {
            pieces.append(Line(words.recomputing(done, total), .accent))
        } else if let result = replay.recomputed {
            pieces.append(Line(words.recomputed(result), result.isSame ? .good : .danger))
        } else {
            pieces.append(Line(words.notRecomputed, .muted))
        }
        return pieces
    }

    /// What recomputing found not to be the same, as far as there is room.
    private func troubles() -> [Line] {
        guard let result = state.replay.recomputed, !result.isSame else { return [] }
        let lines = result.bundles.map(words.differs) + result.differences.map(words.differs)
        return lines.prefix(5).map { Line(SafeText($0), .danger) }
    }

    private func row(_ shift: RecordedShift) -> Table.Row {
        func moment(_ moment: Timestamp) -> SafeText {
            SafeText(words.moment(moment, now: state.now.wall, offset: state.utcOffset))
        }
        let who = shift.person.rawValue + (shift.person == state.person.id ? " \(words.isYou)" : "")
        return Table.Row([
            moment(shift.startedAt), shift.endedAt.map(moment) ?? SafeText(words.stillOpen), SafeText(who),
            SafeText(shift.shift.rawValue),
        ])
    }

    func linearLines() -> [Line] {
        var lines = head() + troubles()
        guard state.role == .auditor else { return lines + [Line(words.leadsSeeNoShifts)] }
        guard let shifts = state.replay.shifts else { return lines + [Line(words.loading)] }
        if shifts.isEmpty { return lines + [Line(words.noShifts)] }
        lines.append(Line(words.shiftsTitle))
        let first = max(0, min(state.replay.selected - 5, shifts.count - 10))
        for (place, shift) in shifts.enumerated().dropFirst(first).prefix(10) {
            let cells = row(shift).cells
            let mark: SafeText = place == state.replay.selected ? "> " : "  "
            lines.append(Line(mark + SafeText.joined(cells, separator: " · ")))
        }
        return lines
    }
}
