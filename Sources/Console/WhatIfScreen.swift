import Desk
import Exposure
import Moderation
import TerminalKit

/// The answer to a what-if question: what would have been recommended, and what shifts would have been.
struct WhatIfScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        let lines = lines(width: inside.width)
        frame.draw(lines, from: state.selected, in: inside, look: look)
        frame.cursor = inside.origin
    }

    func lines(width: Int) -> [Line] {
        let question = state.replay.asked.map(words.whatIf) ?? ""
        let title = Line(SafeText("\(words.whatIfTitle) \(question)"), .title).wrapped(to: width)
        guard let answer = state.replay.answer else { return title + [Line(words.loading, .muted)] }
        var lines = title
        let decisions = answer.decisions
        lines += Line(words.compared(decisions)).wrapped(to: width)
        lines += Line(
            words.agreement(
                Self.share(decisions.agreedBefore, of: decisions.decisions),
                Self.share(decisions.agreedAfter, of: decisions.decisions))
        ).wrapped(to: width)
        if decisions.erased + decisions.unknown > 0 {
            lines.append(Line(words.leftOut(decisions.erased, decisions.unknown), .muted))
        }
        if answer.settledShifts > 0 {
            lines += Line(words.settledShifts(answer.settledShifts), .muted).wrapped(to: width)
        }
        lines.append(Line(words.recommendedTitle, .title))
        lines += chart(recommendations(decisions), width: width)
        if answer.shifts.isEmpty {
            return lines + Line(answer.group.map(words.group) ?? words.noGroup, .muted).wrapped(to: width)
        }
        lines.append(Line(words.dosesTitle, .title))
        return lines + chart(shifts(answer), width: width)
    }

    static func share(_ part: Int, of all: Int) -> String {
        guard all > 0 else { return "–" }
        let perMille = (part * 1000 + all / 2) / all
        return "\(perMille / 10).\(perMille % 10) %"
    }

    private func recommendations(_ decisions: DecisionsWhatIf) -> BarChart {
        let actions: [Action?] = [nil] + Action.allCases.map { $0 }
        return BarChart(
            series: [SafeText(words.was), SafeText(words.wouldBe)],
            rows: actions.map { action in
                BarChart.Row(
                    SafeText(
                        action == .suspend ? "suspend" : action.map(words.action) ?? words.nothingAdvised),
                    [
                        Int64(decisions.recommended(before: action)),
                        Int64(decisions.recommended(after: action)),
                    ])
            })
    }

    private func shifts(_ answer: WhatIf) -> BarChart {
        BarChart(
            series: [SafeText(words.was), SafeText(words.wouldBe)], unit: "%",
            rows: answer.shifts.map { shift in
                let began = words.moment(shift.startedAt, now: state.now.wall, offset: state.utcOffset)
                return BarChart.Row(
                    SafeText("\(began) \(shift.person.rawValue.prefix(8))"),
                    [Int64(shift.dose.percent.value), Int64(shift.then.dose.percent.value)],
                    notes: [.empty, SafeText(words.ended(by: shift.then.endedBy))])
            })
    }

    /// A chart as lines, so that all of it can be scrolled and read out.
    private func chart(_ chart: BarChart, width: Int) -> [Line] {
        var frame = Frame(Size(rows: chart.height, columns: width))
        chart.draw(on: &frame, in: frame.bounds, theme: look.theme, lines: look.lines)
        return frame.pictured.split(separator: "\n", omittingEmptySubsequences: false).map {
            Line(SafeText(String($0)))
        }
    }
}
