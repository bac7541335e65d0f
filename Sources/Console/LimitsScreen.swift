import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// A lead's screen of limits: what is in force, what waits for a signature, and how it came to be.
struct LimitsScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        frame.cursor = inside.origin
        guard let page = state.lead.limits else {
            frame.draw([Line(words.loading, .muted)], in: inside, look: look)
            return
        }
        draw(page, below: head(page), on: &frame, in: inside)
    }

    /// Proposals, overrides and versions below some lines, with what there is to say of the one selected.
    func draw(_ page: LimitsPage, below head: [Line], on frame: inout Frame, in inside: Rect) {
        let head = head.flatMap { $0.wrapped(to: inside.width) }
        let split = inside.splitTop(head.count)
        frame.draw(head, in: split.top, look: look)
        let parts = split.rest.splitBottom(3)
        let rows = page.rows
        let height = max(1, parts.rest.height - 1)
        let selected = min(state.selected, max(0, rows.count - 1))
        let top = Table.scroll(around: selected, count: rows.count, height: height)
        let isFrench = state.language == .french
        Table(
            columns: zip(words.limitsHeadings, [16, isFrench ? 12 : 10, 11, nil]).map {
                Table.Column(SafeText($0), width: $1)
            },
            rows: rows.dropFirst(top).prefix(height).map { Table.Row(cells($0), role: role($0)) },
            selected: rows.isEmpty ? nil : selected - top
        ).draw(on: &frame, in: parts.rest, first: 0, theme: look.theme, lines: look.lines)
        guard rows.indices.contains(selected) else { return }
        let detail = detail(rows[selected]).flatMap { $0.wrapped(to: parts.bottom.width) }
        frame.draw(detail, in: parts.bottom, look: look)
    }

    private func head(_ page: LimitsPage) -> [Line] {
        let limits = page.inForce
        var lines = [
            Line(words.limitsTitle, .title),
            Line(
                words.limitsLine(limits)
                    + words.ceilingLine(limits.ceiling.value)),
            Line(words.breaksLine(limits)),
        ]
        if let last = page.versions.last {
            let since = words.day(last.stored.since, offset: state.utcOffset)
            lines.append(Line(words.limitsBy(last.setBy, version: limits.version, since: since), .muted))
        }
        if let pending = page.pending, pending.pending > 0 {
            lines.append(Line(words.pendingLine(pending), .warning))
        }
        return lines + [.blank, Line(words.changesLimits, .title)]
    }

    private func cells(_ row: LimitsPage.Row) -> [SafeText] {
        [
            SafeText(words.moment(row.at, now: state.now.wall, offset: state.utcOffset)),
            SafeText(words.rowKind(row)), SafeText(words.rowState(row)), SafeText(words.rowChanges(row)),
        ]
    }

    /// What waits for somebody stands out; its state says so in words too.
    private func role(_ row: LimitsPage.Row) -> TerminalKit.Role {
        switch row {
        case .proposal(let card): card.state == .open ? .accent : .muted
        case .override(let card): card.state.isOpen ? .accent : .muted
        case .version: .text
        }
    }

    private func detail(_ row: LimitsPage.Row) -> [Line] {
        let reason = words.rowReason(row)
        let changes = row.changes.count > 1 ? [Line(words.rowChanges(row))] : []
        return [Line(SafeText(words.rowPeople(row)), .muted)]
            + (reason.isEmpty ? [] : [Line(SafeText(reason))])
            + changes
    }

    func lines() -> [Line] {
        guard let page = state.lead.limits else { return [Line(words.loading, .muted)] }
        return head(page) + rows(of: page)
    }

    /// The list line by line.
    func rows(of page: LimitsPage) -> [Line] {
        page.rows.dropFirst(state.selected).prefix(20).flatMap { row in
            [Line(SafeText.joined(cells(row), separator: " · "))] + detail(row)
        }
    }
}

extension ConsoleState {
    /// What the person is asked, one line each, for the screens where their work begins.
    var askedLines: [Line] {
        let key = keymap.label(.answerAsked, language)
        return lead.asked.map { Line(SafeText(words.askedLine($0, key: key)), .warning) }
    }
}
