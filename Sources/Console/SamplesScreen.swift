import Desk
import Moderation
import Store
import TerminalKit

/// The samples that were announced.
struct SamplesScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let split = block.splitTop(1)
        let parts = split.rest.splitBottom(1)
        frame.draw([Line(words.samplesTitle, .title)], in: split.top, look: look)
        frame.cursor = parts.rest.origin
        let rows = state.audit.samples ?? []
        let height = max(1, parts.rest.height - 1)
        let selected = min(state.selected, max(0, rows.count - 1))
        if rows.indices.contains(selected), let details = cells(rows[selected]).last {
            frame.draw([Line(details, .muted)], in: parts.bottom, look: look)
        }
        let top = Table.scroll(around: selected, count: rows.count, height: height)
        Table(
            columns: zip(words.sampleHeadings, [16, 16, 12, 8, 16, nil]).map { title, width in
                Table.Column(SafeText(title), width: width)
            },
            rows: rows.dropFirst(top).prefix(height).map { Table.Row(cells($0)) },
            selected: rows.isEmpty ? nil : selected - top
        ).draw(on: &frame, in: parts.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    private func cells(_ row: SampleRow) -> [SafeText] {
        [
            SafeText(row.id.rawValue),
            SafeText(words.moment(row.at, now: state.now.wall, offset: state.utcOffset)),
            SafeText(row.count.map { words.of($0, row.population ?? 0) } ?? words.notDrawn),
            SafeText(row.isBlind ? words.blind : ""), SafeText(row.by.rawValue),
            SafeText(
                ([row.strata.map(\.rawValue).joined(separator: ",")] + [row.filter]).joined(separator: " ")),
        ]
    }

    func lines() -> [Line] {
        [Line(words.samplesTitle)]
            + (state.audit.samples ?? []).dropFirst(state.selected).prefix(20).map {
                Line(SafeText.joined(cells($0).filter { !$0.isEmpty }, separator: " · "))
            }
    }
}
