import Moderation
import TerminalKit

/// Who works here: names, roles and languages, and nothing of anybody's work.
struct RosterScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let split = inside.splitTop(3)
        frame.draw(
            [
                Line(words.rosterTitle, .title),
                Line(SafeText(words.rosterRule).truncated(to: inside.width), .muted),
            ],
            in: split.top, look: look)
        frame.cursor = split.rest.origin
        guard let rows = state.lead.roster else {
            frame.draw([Line(words.loading, .muted)], in: split.rest, look: look)
            return
        }
        let height = max(1, split.rest.height - 1)
        let selected = min(state.selected, max(0, rows.count - 1))
        let top = Table.scroll(around: selected, count: rows.count, height: height)
        Table(
            columns: zip(words.rosterHeadings, [20, 12, nil, 12, 4]).map {
                Table.Column(SafeText($0), width: $1)
            },
            rows: rows.dropFirst(top).prefix(height).map {
                Table.Row(cells($0), role: $0.isActive ? .text : .muted)
            }, selected: rows.isEmpty ? nil : selected - top
        ).draw(on: &frame, in: split.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    private func cells(_ row: RosterRow) -> [SafeText] {
        let roles = Moderation.Role.allCases.filter(row.roles.contains).map(words.role)
        return [
            SafeText(row.name), SafeText(row.user), SafeText(roles.joined(separator: ", ")),
            SafeText(row.languages.isEmpty ? words.anyLanguage : row.languages.joined(separator: " ")),
            SafeText(words.here(row.isActive)),
        ]
    }

    func lines() -> [Line] {
        [Line(words.rosterTitle), Line(words.rosterRule)]
            + (state.lead.roster ?? []).dropFirst(state.selected).prefix(40).map {
                Line(SafeText.joined(cells($0), separator: " · "))
            }
    }
}
