import Moderation
import TerminalKit

/// Requests to open pseudonyms.
struct OpeningsScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let split = block.splitTop(2)
        let parts = split.rest.splitBottom(1)
        frame.draw(
            [Line(words.openingsTitle, .title), Line(words.openingsRule, .muted)], in: split.top, look: look)
        frame.cursor = parts.rest.origin
        let rows = state.audit.openings ?? []
        let height = max(1, parts.rest.height - 1)
        let selected = min(state.selected, max(0, rows.count - 1))
        if rows.indices.contains(selected) {
            frame.draw([Line(SafeText(rows[selected].reason), .muted)], in: parts.bottom, look: look)
        }
        let top = Table.scroll(around: selected, count: rows.count, height: height)
        Table(
            columns: zip(words.openingHeadings, [16, 10, 16, 16, nil]).map { title, width in
                Table.Column(SafeText(title), width: width)
            },
            rows: rows.dropFirst(top).prefix(height).map { Table.Row(cells($0)) },
            selected: rows.isEmpty ? nil : selected - top
        ).draw(on: &frame, in: parts.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    private func cells(_ row: OpeningRow) -> [SafeText] {
        [
            SafeText(words.moment(row.at, now: state.now.wall, offset: state.utcOffset)),
            SafeText(words.openingState(row.state)), SafeText(row.concerned.rawValue),
            SafeText(row.requester.rawValue), SafeText(row.reason),
        ]
    }

    func lines() -> [Line] {
        [Line(words.openingsTitle), Line(words.openingsRule)]
            + (state.audit.openings ?? []).dropFirst(state.selected).prefix(20).map {
                Line(SafeText.joined(cells($0), separator: " · "))
            }
    }
}
