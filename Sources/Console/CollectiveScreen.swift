import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// What a workers' representative is told: everybody together, in whole months that are over; nobody alone.
struct CollectiveScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let parts = inside.splitTop(2)
        frame.draw(
            [Line(SafeText(words.collectiveTitle).truncated(to: inside.width), .title)], in: parts.top,
            look: look)
        frame.draw(tabs, on: parts.top.line(1), look: look)
        frame.cursor = parts.rest.origin
        guard let months = state.welfare.months, !months.isEmpty else {
            return frame.draw(nothing.flatMap { $0.wrapped(to: inside.width) }, in: parts.rest, look: look)
        }
        let room = parts.rest.height >= 14 && parts.rest.width >= 60
        switch state.welfare.page {
        case .months where room: drawMonths(months, on: &frame, in: parts.rest)
        case .course where room && course(months).count > 1: drawCourse(months, on: &frame, in: parts.rest)
        default:
            let lines = page(months).flatMap { $0.wrapped(to: parts.rest.width) }
            frame.draw(lines, from: state.selected, in: parts.rest, look: look)
        }
    }

    private var tabs: [Line] {
        let pages = CollectivePage.allCases.map { page -> Line in
            let name = words.page(page)
            let key = state.keymap.label(page.command, state.language)
            return page == state.welfare.page ? Line("[\(name)]", .accent) : Line("\(key) \(name)", .muted)
        }
        return Array(pages.map { [$0] }.joined(separator: [Line("  ", .muted)]))
    }

    private var nothing: [Line] {
        [Line(state.welfare.months == nil ? SafeText(words.loading) : SafeText(words.noMonth), .muted)]
    }

    // MARK: Months

    private func drawMonths(_ months: [CollectiveMonth], on frame: inout Frame, in block: Rect) {
        let selected = min(state.selected, months.count - 1)
        let month = months[selected]
        let chart = chart(month)
        let height = min(months.count + 1, max(4, block.height - (chart?.height ?? 1) - 4))
        let parts = block.rows([height, 1, chart.map { $0.height - 1 } ?? 1, nil])
        let shown = max(1, height - 1)
        let top = Table.scroll(around: selected, count: months.count, height: shown)
        Table(
            columns: zip(words.monthHeadings, [9, 11, 12, 24]).map {
                Table.Column(SafeText($0), width: $1, align: $1 == 9 ? .left : .right)
            },
            rows: months.dropFirst(top).prefix(shown).map { Table.Row(cells($0)) }, selected: selected - top
        ).draw(on: &frame, in: parts[0], first: 0, theme: look.theme, lines: look.lines)
        if let chart {
            frame.drawUntitled(chart, in: parts[2], look: look)
        } else {
            frame.draw([Line(words.monthHidden(month.team.month.description))], in: parts[2], look: look)
        }
        frame.fill(parts[1], style: look.theme[.text])
        frame.draw([Line(words.minutesOf(month.team.month.description), .muted)], in: parts[1], look: look)
        frame.draw(rule.flatMap { $0.wrapped(to: block.width) }, in: parts[3], look: look)
    }

    private func chart(_ month: CollectiveMonth) -> BarChart? {
        let cells = month.team.exposure.cells.reversed()
        guard !cells.isEmpty else { return nil }
        return BarChart(
            series: [.empty], unit: "min",
            rows: cells.map { BarChart.Row(label($0.hazard), [$0.minutes], notes: ["\($0.percent) %"]) })
    }

    private func label(_ hazard: Hazard) -> SafeText {
        SafeText("\(look.glyph(hazard)) \(words.hazard(hazard))")
    }

    private func cells(_ month: CollectiveMonth) -> [SafeText] {
        let isTold = !month.team.exposure.cells.isEmpty
        return [
            SafeText(month.team.month.description), SafeText(isTold ? "\(month.team.percent) %" : "–"),
            SafeText(month.team.exposure.decisions.map(String.init) ?? "–"),
            SafeText(month.team.percentPerThousand.map { "\($0) %" } ?? "–"),
        ]
    }

    private var rule: [Line] { [Line(words.collectiveRule(SmallGroup.least), .muted)] }

    // MARK: Over time

    /// The months of which the figure is told, oldest first.
    private func course(_ months: [CollectiveMonth]) -> [(month: TeamMonth, figure: Int64)] {
        months.reversed().compactMap { month in
            month.team.percentPerThousand.map { (month.team.month, $0) }
        }
    }

    private func drawCourse(_ months: [CollectiveMonth], on frame: inout Frame, in block: Rect) {
        let course = course(months)
        let parts = block.rows([1, nil, 2])
        frame.draw([Line(words.courseTitle, .muted)], in: parts[0], look: look)
        LineChart(
            values: course.map(\.figure), width: 6, unit: SafeText(words.perThousand),
            ticks: course.enumerated().filter { $0.offset % (block.width >= 100 ? 1 : 2) == 0 }.map {
                LineChart.Tick(at: $0.offset, SafeText($0.element.month.description))
            }
        ).draw(on: &frame, in: parts[1], theme: look.theme, lines: look.lines)
        frame.draw(rule.flatMap { $0.wrapped(to: block.width) }, in: parts[2], look: look)
    }

    // MARK: Pages in lines

    private func page(_ months: [CollectiveMonth]) -> [Line] {
        switch state.welfare.page {
        case .months: months.flatMap(lines) + rule
        case .course:
            [Line(words.courseTitle, .muted)]
                + course(months).reversed().map { Line("\(SafeText($0.month.description))  \($0.figure) %") }
                + (course(months).isEmpty ? [Line(words.noCourse, .muted)] : []) + rule
        case .objections: objections(months)
        case .limits: limits(months)
        }
    }

    private func lines(_ month: CollectiveMonth) -> [Line] {
        [Line(SafeText.joined(cells(month), separator: " · "))]
            + month.team.exposure.cells.map { cell in
                Line("  \(label(cell.hazard)): \(cell.minutes) min, \(cell.percent) %")
            }
    }

    private func objections(_ months: [CollectiveMonth]) -> [Line] {
        let rules = state.briefing?.policies.flatMap(\.rules) ?? []
        let told = months.filter { !$0.objections.isEmpty }
        guard !told.isEmpty else { return [Line(words.noObjections, .muted)] }
        return [Line(words.objectionsTitle, .title)]
            + told.flatMap { month in
                [Line(SafeText(month.team.month.description), .accent)]
                    + month.objections.mostFirst.map { rule, count in
                        let title = rules.first { $0.id == rule }?.title(state.language) ?? ""
                        return Line(SafeText("  " + words.dispute(count, rule.rawValue, title)))
                    }
            }
    }

    private func limits(_ months: [CollectiveMonth]) -> [Line] {
        let limits = state.siteLimits
        return [
            Line(words.limitsTitle, .title), Line(words.limitsLine(limits)), Line(words.breaksLine(limits)),
            .blank, Line(words.changesTitle, .title),
        ]
            + months.map { month in
                Line(
                    words.changesOf(
                        month.team.month.description, raised: month.raised, lowered: month.lowered,
                        asked: month.overrides.asked, agreed: month.overrides.agreed))
            } + [.blank, Line(words.changesRule, .muted)]
    }

    /// All of a page as lines, line by line.
    func lines() -> [Line] {
        let head = [Line(words.collectiveTitle, .title), Line(words.page(state.welfare.page), .accent)]
        guard let months = state.welfare.months, !months.isEmpty else { return head + nothing }
        return head + page(months)
    }
}

extension CollectivePage {
    var command: Command {
        switch self {
        case .months: .collectiveMonths
        case .course: .collectiveCourse
        case .objections: .collectiveObjections
        case .limits: .collectiveLimits
        }
    }
}
