import Desk
import Exposure
import Ledger
import Moderation
import Store
import TerminalKit

/// What was handed to a physician: the list, and one record opened.
struct HandedScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        frame.cursor = inside.origin
        if let opened = state.welfare.opened { return draw(opened, on: &frame, in: inside) }
        let head = self.head.flatMap { $0.wrapped(to: inside.width) }
        let split = inside.splitTop(head.count + 1)
        frame.draw(head, in: split.top, look: look)
        frame.cursor = split.rest.origin
        guard let rows = state.welfare.handed, !rows.isEmpty else {
            return frame.draw([nothing], in: split.rest, look: look)
        }
        let height = max(1, split.rest.height - 1)
        let selected = min(state.selected, rows.count - 1)
        let top = Table.scroll(around: selected, count: rows.count, height: height)
        Table(
            columns: zip(words.handedHeadings, [28, nil]).map { Table.Column(SafeText($0), width: $1) },
            rows: rows.dropFirst(top).prefix(height).map { Table.Row(cells($0)) }, selected: selected - top
        ).draw(on: &frame, in: split.rest, first: 0, theme: look.theme, lines: look.lines)
    }

    private var head: [Line] { [Line(words.handedTitle, .title), Line(words.handedRule, .muted)] }

    private var nothing: Line {
        Line(state.welfare.handed == nil ? SafeText(words.loading) : SafeText(words.noHanded), .muted)
    }

    private func cells(_ row: NamedHandover) -> [SafeText] {
        [
            SafeText(row.person),
            SafeText(words.moment(row.handover.at, now: state.now.wall, offset: state.utcOffset)),
        ]
    }

    // MARK: A record

    /// How many days the chart shows.
    private static let days: Int64 = 28

    private func draw(_ opened: OpenedRecord, on frame: inout Frame, in block: Rect) {
        let lines = lines(opened).flatMap { $0.wrapped(to: block.width) }
        guard block.height >= 14, block.width >= 60, let last = opened.record.days.last?.day else {
            return frame.draw(lines, from: state.selected, in: block, look: look)
        }
        let parts = block.rows([2, max(7, block.height / 2 - 1), nil])
        frame.draw(lines.prefix(2), in: parts[0], look: look)
        let doses = Dictionary(
            opened.record.days.map { ($0.day.number, Dose(units: $0.dose)) }, uniquingKeysWith: +)
        let numbers = (last.number - Self.days + 1)...last.number
        LineChart(
            values: numbers.map { Int64(doses[$0]?.percent.value ?? 0) }, width: RecordCharts.widthOfDay,
            unit: SafeText(words.percentADay),
            ticks: stride(from: 0, to: Int(Self.days), by: 7).map { place in
                LineChart.Tick(
                    at: place,
                    SafeText(
                        words.shortDay(UTCDay(number: numbers.lowerBound + Int64(place)).start, offset: 0)))
            }
        ).draw(on: &frame, in: parts[1], theme: look.theme, lines: look.lines)
        let rest = Array(lines.dropFirst(2))
        frame.draw(rest, from: state.selected, in: parts[2], look: look)
    }

    private func lines(_ opened: OpenedRecord) -> [Line] {
        let record = opened.record
        let dose = Dose(units: record.dose)
        let head = [
            Line(SafeText(words.recordOf(opened.name)), .title),
            Line(words.precaution, .muted),
            Line(words.recordSums(dose.percent.value, days: record.days.count, shifts: record.shifts.count)),
            Line(words.limitsLine(state.siteLimits)),
        ]
        let days = record.days.reversed().map { day -> Line in
            let parts = day.hazards.filter { $0.value.visible > 0 }.sorted { $0.key < $1.key }.map {
                "\(words.hazard($0.key)) \(($0.value.visible + 59_999) / 60_000) min"
            }
            return Line(
                SafeText(
                    "\(day.day)  \(Dose(units: day.dose).percent)  \(parts.joined(separator: ", "))"))
        }
        return head + [.blank] + (days.isEmpty ? [Line(words.noExposure, .muted)] : days)
    }

    /// Line by line.
    func lines() -> [Line] {
        if let opened = state.welfare.opened { return lines(opened) }
        guard let rows = state.welfare.handed, !rows.isEmpty else { return head + [nothing] }
        return head
            + rows.enumerated().map { place, row in
                let mark = place == state.selected ? "> " : "  "
                return Line(SafeText.joined([SafeText(mark)] + cells(row), separator: " "))
            }
    }
}
