import Moderation
import Store
import TerminalKit

/// The auditor's list of decisions, or of a sample: pseudonyms, never names.
struct AuditScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let split = block.splitTop(1)
        let parts = split.rest.splitBottom(1)
        frame.draw(joined(head()), on: split.top, look: look)
        frame.cursor = parts.rest.origin
        let rows = state.audit.list?.rows ?? []
        if let row = state.audit.row {
            let details = [row.id.rawValue, row.post.rawValue] + words.auditSigns(row)
            frame.draw(
                [Line(SafeText(details.joined(separator: " · ")), .muted)], in: parts.bottom, look: look)
        }
        let height = max(1, parts.rest.height - 1)
        let top = Table.scroll(around: state.audit.selected, count: rows.count, height: height)
        let table = Table(
            columns: zip(words.auditHeadings, [16, 10, 3, 9, 14, 16, nil]).map { title, width in
                Table.Column(SafeText(title), width: width)
            },
            rows: rows.dropFirst(top).prefix(height).map { Table.Row(cells($0), role: role($0)) },
            selected: rows.isEmpty ? nil : state.audit.selected - top)
        table.draw(on: &frame, in: parts.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    func head() -> [Line] {
        guard let list = state.audit.list else {
            return [Line(words.auditTitle, .title), Line(words.loading, .muted)]
        }
        var pieces: [Line] = []
        if let sample = list.sample {
            pieces = [
                Line(SafeText(words.sampleTitle(sample.id.rawValue)), .title),
                Line(sample.isBlind ? words.blind : words.openSample, .accent),
            ]
        } else {
            pieces = [Line(words.auditTitle, .title), Line(words.readOnly, .accent)]
        }
        pieces.append(Line(words.decisionsShown(list.rows.count, list.total)))
        if list.withheld > 0 { pieces.append(Line(words.withheld(list.withheld), .warning)) }
        if list.sample == nil {
            pieces.append(
                state.audit.filter.isEmpty
                    ? Line(words.ownLeftOut, .muted)
                    : Line(SafeText(words.filtered(state.audit.filter)), .warning))
        }
        return pieces
    }

    func cells(_ row: AuditRow) -> [SafeText] {
        [
            SafeText(words.moment(row.at, now: state.now.wall, offset: state.utcOffset)),
            "\(look.glyph(row.hazard)) \(SafeText(words.hazardShort(row.hazard)))",
            SafeText(row.language ?? "–"),
            SafeText(row.outcome.map { words.actionShort($0.action) } ?? words.hiddenWord),
            SafeText(row.outcome?.policy?.rawValue ?? ""),
            SafeText(row.outcome.map { $0.person?.rawValue ?? words.ruleAlone } ?? ""),
            SafeText(words.auditSigns(row).joined(separator: ", ")),
        ]
    }

    private func role(_ row: AuditRow) -> TerminalKit.Role {
        row.outcome?.isUndone == true || row.verdict != nil ? .muted : .text
    }

    /// The list line by line.
    func lines() -> [Line] {
        let rows = (state.audit.list?.rows ?? []).dropFirst(state.audit.selected).prefix(20)
        return [Line(SafeText.joined(head().map(\.text), separator: " · "))]
            + rows.map { Line(SafeText.joined(cells($0).filter { !$0.isEmpty }, separator: " · ")) }
    }
}
