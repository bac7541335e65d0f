import Moderation
import TerminalKit

/// An auditor's screen: what was done, entry by entry, and whether the record is sound.
struct LedgerScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let head = block.splitTop(1)
        let ledger = state.ledger
        let shown = ledger.shown
        frame.draw(joined(self.head()), on: head.top, look: look)
        let tail = head.rest.splitBottom(2)
        let height = max(1, tail.rest.height - 1)
        let top = Table.scroll(around: ledger.selected, count: shown.count, height: height)
        let table = Table(
            columns: zip(words.ledgerHeadings, [7, 16, 20, 12, nil]).map { title, width in
                Table.Column(SafeText(title), width: width)
            },
            rows: shown.dropFirst(top).prefix(height).map(row),
            selected: shown.isEmpty ? nil : ledger.selected - top)
        frame.cursor = tail.rest.origin
        table.draw(on: &frame, in: tail.rest, first: 0, theme: look.theme, lines: look.lines)
        guard shown.indices.contains(ledger.selected) else { return }
        let details = Line(SafeText(shown[ledger.selected].details), .muted).wrapped(
            to: max(1, tail.bottom.width))
        frame.draw(details, in: tail.bottom, look: look)
    }

    func head() -> [Line] {
        let ledger = state.ledger
        var pieces = [Line(words.ledgerTitle, .title), Line(words.readOnly, .accent)]
        pieces.append(Line(words.entries(ledger.shown.count, ledger.size)))
        if !ledger.filter.isEmpty { pieces.append(Line(SafeText(words.filtered(ledger.filter)), .warning)) }
        if let done = ledger.checked {
            pieces.append(Line(words.checking(done, ledger.size), .accent))
        } else if let finding = ledger.finding {
            pieces.append(Line(words.verified(finding), finding.problems.isEmpty ? .good : .danger))
        } else {
            pieces.append(Line(words.notChecked, .muted))
        }
        return pieces
    }

    private func row(_ line: LedgerLine) -> Table.Row {
        Table.Row([
            SafeText("\(line.index)"),
            SafeText(words.moment(line.at, now: state.now.wall, offset: state.utcOffset)),
            SafeText(line.kind), SafeText(line.person), SafeText(line.post),
        ])
    }
}
