import Desk
import Exposure
import Moderation
import TerminalKit

/// A person's own exposure, decisions and check-ins, page by page; nobody else is shown it.
struct RecordScreen {
    let state: ConsoleState
    let look: Look
    var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let parts = inside.splitTop(2)
        frame.draw(
            [
                Line(
                    SafeText("\(words.recordTitle) · \(words.recordPrivate)").truncated(to: inside.width),
                    .title)
            ],
            in: parts.top, look: look)
        frame.draw(tabs(width: inside.width), on: parts.top.line(1), look: look)
        frame.cursor = parts.rest.origin
        let below = parts.rest.splitBottom(support.isEmpty ? 0 : 1)
        frame.draw(support, in: below.bottom, look: look)
        draw(on: &frame, page: below.rest)
    }

    /// Whom the site says one may turn to, where it says so: beside one's own figures, on every page.
    private var support: [Line] { state.own.support.isEmpty ? [] : [state.supportLine()] }

    private func draw(on frame: inout Frame, page block: Rect) {
        guard let record = state.record, let course = record.course else {
            return frame.draw([Line(words.loading, .muted)], in: block, look: look)
        }
        if RecordCharts(screen: self, record: record, course: course).draw(on: &frame, in: block) { return }
        let lines = pageLines(record, course).flatMap { $0.wrapped(to: block.width) }
        frame.draw(lines, from: state.selected, in: block, look: look)
    }

    /// The pages by their keys; the one that is open stands in brackets, so that no colour is needed.
    private func tabs(width: Int) -> [Line] {
        let pages = RecordPage.allCases.map { page -> Line in
            let key = state.keymap.label(page.command, state.language)
            let count = page == .looks ? lookCount : 0
            let name = words.page(page) + (count > 0 ? " (\(count))" : "")
            return page == state.own.page ? Line("[\(name)]", .accent) : Line("\(key) \(name)", .muted)
        }
        return Array(pages.map { [$0] }.joined(separator: [Line("  ", .muted)]))
    }

    /// How often somebody looked: whoever opens the record shall see that there is something to see.
    private var lookCount: Int {
        state.record.map { $0.openedNames.count + $0.watchings.count } ?? 0
    }

    /// All of a page as lines: where charts don't fit, and line by line.
    func lines() -> [Line] {
        let title = [Line("\(words.recordTitle) · \(words.recordPrivate)", .title)]
        guard let record = state.record, let course = record.course else {
            return title + [Line(words.loading, .muted)]
        }
        return title + [Line(words.page(state.own.page), .accent)] + pageLines(record, course)
            + support
    }

    private func pageLines(_ record: OwnRecord, _ course: ExposureCourse) -> [Line] {
        switch state.own.page {
        case .day: dayLines(record, course)
        case .week: daysLines(course, count: 7, record)
        case .month: daysLines(course, count: ExposureCourse.days, record)
        case .outcomes: pay(record.pay) + outcomeLines(record)
        case .limits: state.askedLines + limitLines(record)
        case .looks: handovers(record) + lookLines(record)
        case .checkIns: checkInLines()
        }
    }

    // MARK: Exposure in lines

    private func dayLines(_ record: OwnRecord, _ course: ExposureCourse) -> [Line] {
        let hours = stride(from: 3, to: course.rolling.count, by: 4).map { place -> Line in
            let end = course.now - ExposureCourse.step * (course.rolling.count - 1 - place)
            let time = words.moment(end, now: course.now, offset: state.utcOffset)
            return Line("\(time)  \(course.rolling[place].percent.value) %")
        }
        return [Line(words.rollingTitle, .muted)] + hours.reversed() + [.blank] + breakLines(course)
            + [Line(words.precaution, .muted)]
    }

    private func daysLines(_ course: ExposureCourse, count: Int, _ record: OwnRecord) -> [Line] {
        let days = course.days.suffix(count).reversed().filter { $0.dose > .zero || $0.breaks > 0 }
        guard !days.isEmpty else { return [Line(words.noExposure, .muted)] }
        let hazards = Hazard.allCases
        func row(_ cells: [String]) -> SafeText {
            let first = SafeText(cells[0]).padded(to: 11)
            let rest = cells.dropFirst().map { SafeText($0).padded(to: 10, align: .right) }
            return SafeText.joined([first] + rest, separator: " ")
        }
        let heading = row([words.dayHeading, words.doseHeading] + hazards.map(words.hazard))
        let rows = days.map { day in
            let minutes = hazards.map { words.minutes(Self.minutes(day, $0)) }
            return Line(
                row([words.day(day.start, offset: state.utcOffset), "\(day.dose.percent)"] + minutes))
        }
        return [Line(heading, .muted)] + rows + [
            .blank, totalLine(course, count), Line(words.precaution, .muted),
        ]
    }

    /// Whole minutes at a hazard, rounded up.
    static func minutes(_ day: ExposureCourse.Day, _ hazard: Hazard) -> Int64 {
        ((day.milliseconds[hazard] ?? 0) + 59_999) / 60_000
    }

    func totalLine(_ course: ExposureCourse, _ count: Int) -> Line {
        let total = course.total(of: count)
        return Line(
            words.totalOfDays(
                count, percent: total.dose.percent.value, breaks: total.breaks,
                time: words.hours(total.breakTime)))
    }

    /// The breaks of the last 24 hours in one line.
    func breakLines(_ course: ExposureCourse) -> [Line] {
        guard !course.breaks.isEmpty else { return [Line(words.noBreaks, .muted)] }
        let list = course.breaks.map { pause -> String in
            let start = words.moment(pause.startedAt, now: course.now, offset: state.utcOffset)
            guard let end = pause.endedAt else { return words.lastingSince(start) }
            return "\(start) (\(words.hours(max(.zero, end - pause.startedAt))))"
        }
        return [Line(SafeText(words.breaksTaken(list.joined(separator: ", "))))]
    }
}

extension RecordPage {
    var command: Command {
        switch self {
        case .day: .recordDay
        case .week: .recordWeek
        case .month: .recordMonth
        case .outcomes: .recordOutcomes
        case .limits: .recordLimits
        case .looks: .recordLooks
        case .checkIns: .recordCheckIns
        }
    }
}
