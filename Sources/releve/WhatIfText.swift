import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import TerminalKit

/// The answer to a what-if question as tables and charts.
struct WhatIfText {
    let answer: WhatIf
    let question: WhatIfQuestion
    let lines: LineDrawing

    func show(list: Bool) {
        showDecisions()
        if list { showChanges() }
        Output.line()
        showShifts()
        showSettled()
    }

    /// What can be recommended, nothing first.
    static let recommendations: [Moderation.Action?] = [nil] + Action.allCases.map { $0 }

    static func name(_ action: Moderation.Action?) -> String { action?.rawValue ?? "nothing" }

    /// A share such as `81.2 %`.
    static func share(_ part: Int, of all: Int) -> String {
        guard all > 0 else { return "-" }
        let perMille = (part * 1000 + all / 2) / all
        return "\(perMille / 10).\(perMille % 10) %"
    }

    private func cell(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    // MARK: Decisions

    private func showDecisions() {
        let decisions = answer.decisions
        Output.line(
            "\(decisions.decisions) decisions of people; on \(decisions.changed) "
                + "(\(Self.share(decisions.changed, of: decisions.decisions))) the recommendation changes")
        if decisions.erased + decisions.unknown > 0 {
            Output.line(
                "left out: \(decisions.erased) erased, \(decisions.unknown) of which it is not kept what the "
                    + "rules had said")
        }
        Output.line(
            "people did what was recommended on \(Self.share(decisions.agreedBefore, of: decisions.decisions)), "
                + "would have on \(Self.share(decisions.agreedAfter, of: decisions.decisions)) "
                + "(nothing recommended counts as keep)")
        guard decisions.decisions > 0 else { return }
        Output.line()
        Output.line("recommended" + cell("was", 8) + cell("would be", 10) + cell("decided", 9))
        for action in Self.recommendations {
            Output.line(
                Self.name(action).padded(11) + cell("\(decisions.recommended(before: action))", 8)
                    + cell("\(decisions.recommended(after: action))", 10)
                    + cell(action.map { "\(decisions.decided($0))" } ?? "", 9))
        }
        showMoves()
        Output.line()
        chart(
            Self.recommendations.map { action in
                BarChart.Row(
                    SafeText(Self.name(action)),
                    [
                        Int64(decisions.recommended(before: action)),
                        Int64(decisions.recommended(after: action)),
                    ])
            }, unit: "decisions")
        showPolicies()
    }

    private func showMoves() {
        var lines: [String] = []
        for before in Self.recommendations {
            for after in Self.recommendations where before != after {
                let count = answer.decisions.moved(from: before, to: after)
                guard count > 0 else { continue }
                let decided = answer.decisions.moves.filter {
                    $0.key.before == before && $0.key.after == after
                }
                .sorted { $0.key.decided.severity < $1.key.decided.severity }
                .map { "\($0.key.decided.rawValue) \($0.value)" }.joined(separator: ", ")
                lines.append(
                    "\(Self.name(before)) → \(Self.name(after))".padded(20) + cell("\(count)", 7)
                        + "   people decided: \(decided)")
            }
        }
        guard !lines.isEmpty else { return }
        Output.line()
        for line in lines { Output.line(line) }
    }

    private func showPolicies() {
        let policies = answer.decisions.policies.sorted { $0.key < $1.key }
        guard !policies.isEmpty else { return }
        Output.line()
        Output.line(
            "policy".padded(20) + cell("was", 7) + cell("followed", 10) + cell("would be", 10)
                + cell("followed", 10))
        for (id, line) in policies {
            Output.line(
                id.rawValue.padded(20) + cell("\(line.before)", 7)
                    + cell(Self.share(line.agreedBefore, of: line.before), 10) + cell("\(line.after)", 10)
                    + cell(Self.share(line.agreedAfter, of: line.after), 10))
        }
    }

    private func showChanges() {
        Output.line()
        func text(_ advice: Recommendation?) -> String {
            advice.map { "\($0.action.rawValue) under \($0.rule)" } ?? "nothing"
        }
        for change in answer.decisions.changes {
            Output.line(
                "\(change.post)  decision \(change.decision)  \(text(change.before)) → \(text(change.after))  "
                    + "decided \(change.decided.rawValue)")
        }
        let more = answer.decisions.changed - answer.decisions.changes.count
        if more > 0 { Output.line("and \(more) more (--most \(answer.decisions.changed) names all)") }
    }

    // MARK: Shifts

    private func showShifts() {
        guard !answer.shifts.isEmpty else { return showGroup() }
        Output.line(
            "shift".padded(17) + "who".padded(17) + "began".padded(17) + cell("dose", 7)
                + cell("would be", 10)
                + cell("until", 8) + cell("would be", 10) + "  ended by")
        for shift in answer.shifts {
            Output.line(
                shift.shift.rawValue.padded(17) + shift.person.rawValue.padded(17)
                    + String(shift.startedAt.rfc3339.prefix(16)).padded(17) + cell(shift.dose.description, 7)
                    + cell(shift.then.dose.description, 10) + cell(Self.hours(shift.endedAfter), 8)
                    + cell(Self.hours(shift.then.endedAfter), 10) + "  \(remark(shift.then))")
        }
        Output.line()
        chart(
            answer.shifts.map { shift in
                BarChart.Row(
                    SafeText(
                        "\(String(shift.startedAt.rfc3339.prefix(10))) \(shift.person.rawValue.prefix(6))"),
                    [Int64(shift.dose.percent.value), Int64(shift.then.dose.percent.value)])
            }, unit: "% dose", mark: question.limits.map { Int64($0.daily.value) })
        if answer.looksAsRecorded > 0, question.evaluator != nil || !question.reading.isPlain {
            Output.line(
                "\(answer.looksAsRecorded) looks keep their recorded hazard: their posts can't be evaluated again"
            )
        }
    }

    /// Why shifts are missing.
    private func showSettled() {
        guard answer.settledShifts > 0 else { return }
        Output.line(
            "\(answer.settledShifts) earlier shifts are left out: the time in which their single looks could be "
                + "disputed is over, and daily totals stand in their place (the ledger still tells each look)"
        )
    }

    private func remark(_ then: ShiftReplay) -> String {
        var parts = [then.endedBy?.rawValue ?? "its own end"]
        if then.breaks > 0 { parts.append("\(then.breaks) more breaks") }
        if then.leftOut > 0 { parts.append("\(then.leftOut) looks left out") }
        if then.startsLater > .zero { parts.append("begins \(Self.hours(then.startsLater)) later") }
        return parts.joined(separator: ", ")
    }

    private func showGroup() {
        guard let group = answer.group else {
            return Output.line(
                "no shifts are told: none was worked, or you are no auditor (releve limits simulate foresees limits)"
            )
        }
        Output.line(
            "\(group.shifts) shifts of \(group.people) people: mean dose \(group.meanDose), would be "
                + "\(group.meanDoseThen); a limit would have ended \(group.endedByLimit) of them")
    }

    /// Hours and minutes, such as `3:05`.
    static func hours(_ time: Duration) -> String {
        let minutes = max(0, time.components.seconds) / 60
        return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }

    private func chart(_ rows: [BarChart.Row], unit: SafeText, mark: Int64? = nil) {
        let chart = BarChart(series: ["was", "would be"], unit: unit, rows: rows, mark: mark)
        var frame = Frame(Size(rows: chart.height, columns: 78))
        chart.draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
        for line in frame.pictured.split(separator: "\n", omittingEmptySubsequences: false) {
            Output.line(String(line))
        }
    }
}
