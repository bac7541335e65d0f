import Desk
import Exposure
import Moderation
import TerminalKit

/// The pages of My record that are charts.
struct RecordCharts {
    let screen: RecordScreen
    let record: OwnRecord
    let course: ExposureCourse
    private var words: Messages { screen.words }
    private var state: ConsoleState { screen.state }
    private var look: Look { screen.look }

    /// Draws the page; `false` where it is none with charts, or where they have no room.
    func draw(on frame: inout Frame, in block: Rect) -> Bool {
        guard block.height >= 14, block.width >= 60 else { return false }
        switch state.own.page {
        case .day: drawDay(on: &frame, in: block)
        case .week: drawWeek(on: &frame, in: block)
        case .month: drawMonth(on: &frame, in: block)
        case .checkIns: return drawCheckIns(on: &frame, in: block)
        case .outcomes, .limits, .looks: return false
        }
        return true
    }

    private func put(_ line: Line, on frame: inout Frame, in block: Rect) {
        frame.fill(block, style: look.theme[.text])
        frame.draw([Line(line.text.truncated(to: block.width), line.role)], in: block, look: look)
    }

    // MARK: Day

    private func drawDay(on frame: inout Frame, in block: Rect) {
        let breaks = screen.breakLines(course).flatMap { $0.wrapped(to: block.width) }.prefix(2)
        let hazards = hazardChart(course.total(of: 1))
        let rows = block.rows([1, nil, 1, hazards.map { $0.height - 1 } ?? 1, breaks.count])
        put(Line(words.rollingTitle, .muted), on: &frame, in: rows[0])
        LineChart(
            values: course.rolling.map { Int64($0.percent.value) }, unit: SafeText(words.percentInDay),
            ticks: hourTicks()
        ).draw(on: &frame, in: rows[1], theme: look.theme, lines: look.lines)
        draw(hazards, on: &frame, in: rows[3])
        put(Line(words.minutesToday, .muted), on: &frame, in: rows[2])
        frame.draw(breaks, in: rows[4], look: look)
    }

    /// Every six hours, and now.
    private func hourTicks() -> [LineChart.Tick] {
        let count = course.rolling.count
        let sixHours = Int64(6 * 3_600_000)
        let step = ExposureCourse.step.wholeMilliseconds
        return course.rolling.indices.compactMap { place in
            let moment = course.now - ExposureCourse.step * (count - 1 - place)
            let local = moment.milliseconds + Int64(state.utcOffset) * 1000
            guard local % sixHours < step else { return nil }
            let hour = Int(local / 3_600_000 % 24)
            return LineChart.Tick(at: place, SafeText(words.hour(hour)))
        }
    }

    /// Minutes at each hazard that occurred; `nil` where none did.
    private func hazardChart(_ day: ExposureCourse.Day) -> BarChart? {
        let rows = Hazard.allCases.reversed().compactMap { hazard -> BarChart.Row? in
            let minutes = RecordScreen.minutes(day, hazard)
            guard minutes > 0 else { return nil }
            return BarChart.Row(SafeText("\(look.glyph(hazard)) \(words.hazard(hazard))"), [minutes])
        }
        guard !rows.isEmpty else { return nil }
        return BarChart(series: [""], unit: "min", rows: rows)
    }

    private func draw(_ chart: BarChart?, on frame: inout Frame, in block: Rect) {
        guard let chart else {
            return frame.draw([Line(words.noExposure, .muted)], in: block, look: look)
        }
        frame.drawUntitled(chart, in: block, look: look)
    }

    // MARK: Week

    private func drawWeek(on frame: inout Frame, in block: Rect) {
        let rows = course.days.suffix(7).map { day in
            BarChart.Row(
                SafeText(words.weekday(day.start, offset: state.utcOffset)),
                [Int64(day.dose.percent.value)],
                notes: [SafeText(words.dayNote(breaks: day.breaks, time: words.hours(day.breakTime)))])
        }
        let chart = BarChart(series: [""], unit: "%", rows: rows)
        let parts = block.rows([1, chart.height - 1, 1, 1, nil])
        draw(chart, on: &frame, in: parts[1])
        put(Line(words.daysTitle, .muted), on: &frame, in: parts[0])
        put(screen.totalLine(course, 7), on: &frame, in: parts[2])
        put(Line(words.weekNow(record.standing.weekPercent.value)), on: &frame, in: parts[3])
        drawHazards(of: 7, on: &frame, in: parts[4])
    }

    private func drawHazards(of count: Int, on frame: inout Frame, in block: Rect) {
        let total = course.total(of: count)
        guard let chart = hazardChart(total), block.height >= chart.height else {
            return frame.draw(
                Line(SafeText(words.minutesInAll(hazardList(total))), .muted).wrapped(to: block.width),
                in: block, look: look)
        }
        let parts = block.rows([1, chart.height - 1, nil])
        draw(chart, on: &frame, in: parts[1])
        put(Line(words.minutesByHazard, .muted), on: &frame, in: parts[0])
        put(Line(words.precaution, .muted), on: &frame, in: parts[2])
    }

    private func hazardList(_ day: ExposureCourse.Day) -> String {
        Hazard.allCases.reversed().compactMap { hazard in
            let minutes = RecordScreen.minutes(day, hazard)
            return minutes > 0 ? "\(words.hazard(hazard)) \(minutes) min" : nil
        }.joined(separator: ", ")
    }

    // MARK: Month

    private func drawMonth(on frame: inout Frame, in block: Rect) {
        let chart = hazardChart(course.total(of: ExposureCourse.days))
        let below = block.height >= 24 ? (chart?.height ?? 1) + 1 : 3
        let parts = block.rows([1, nil, 1, below])
        put(Line(words.daysTitle, .muted), on: &frame, in: parts[0])
        let ticks = stride(from: 0, to: course.days.count, by: 7).map { place in
            LineChart.Tick(
                at: place, SafeText(words.shortDay(course.days[place].start, offset: state.utcOffset)))
        }
        LineChart(
            values: course.days.map { Int64($0.dose.percent.value) }, width: Self.widthOfDay,
            unit: SafeText(words.percentADay), ticks: ticks
        )
        .draw(on: &frame, in: parts[1], theme: look.theme, lines: look.lines)
        put(screen.totalLine(course, ExposureCourse.days), on: &frame, in: parts[2])
        drawHazards(of: ExposureCourse.days, on: &frame, in: parts[3])
    }

    static let widthOfDay = 4

    // MARK: Check-ins

    private func drawCheckIns(on frame: inout Frame, in block: Rect) -> Bool {
        guard let opened = state.own.checkIns.opened, opened.count > 1 else { return false }
        let latest = opened.suffix(40)
        let parts = block.rows([1, 8, nil])
        put(Line(words.checkInsMeanNothing, .muted), on: &frame, in: parts[0])
        let ticks = latest.enumerated().compactMap { place, line in
            place % 10 == 0
                ? LineChart.Tick(
                    at: place, SafeText(words.shortDay(line.at, offset: state.utcOffset))) : nil
        }
        LineChart(values: latest.map { Int64($0.level) }, unit: SafeText("1–5"), ticks: ticks)
            .draw(on: &frame, in: parts[1], theme: look.theme, lines: look.lines)
        let lines = screen.openedLines(opened).flatMap { $0.wrapped(to: block.width) }
        frame.draw(lines, from: state.selected, in: parts[2], look: look)
        return true
    }
}
