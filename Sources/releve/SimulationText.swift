import Desk
import Exposure
import Forecast
import Moderation
import TerminalKit

/// A forecast as a table and charts.
struct SimulationText {
    let answer: SimulationAnswer
    let simulation: Simulation
    let seeds: [UInt64]
    let basis: ForecastBasis?
    let lines: LineDrawing

    func show() {
        showSearch()
        guard let outlook = answer.outlook else { return }
        showBasis(outlook)
        Output.line()
        showKinds(outlook)
        Output.line()
        showBacklog(outlook)
        showDoses(outlook)
        Output.line()
        Output.line("a forecast, not a promise: nobody skips or hands on, and all work at the same pace")
    }

    private func cell(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func showSearch() {
        guard let search = answer.search else { return }
        for trial in search.trials {
            Output.line(
                cell("\(trial.staff)", 6) + " people: \(trial.met) of \(trial.due) deadlines kept"
                    + (trial.isEnough ? ", enough" : ""))
        }
        guard let staff = search.staff else {
            return Output.line("not enough: no number of people that was tried keeps the deadlines")
        }
        Output.line("needed: \(staff) people")
        Output.line()
    }

    private func showBasis(_ outlook: Outlook) {
        let who = simulation.scenario.plan.hasShifts ? "people" : "seats that are never empty"
        Output.line(
            "\(outlook.days) days, \(outlook.staff) \(who), limits as of version \(simulation.limits.version) with "
                + "what was changed; given out: \(simulation.order.rawValue)")
        Output.line(
            "\(outlook.runs) runs from seed \(seeds.first ?? 0); \(simulation.warmUp) days played before")
        guard let basis else { return }
        let learned = basis.learned.sorted().map(\.rawValue).joined(separator: ", ")
        Output.line(
            "arrivals of the last \(basis.days) days; handling times "
                + (learned.isEmpty
                    ? "assumed: too few people's work in the week of \(basis.week) tells of them"
                    : "learned of the week of \(basis.week) for \(learned)"
                        + (basis.learned.count < outlook.kinds.count ? ", else assumed" : ""))
                + "; shifts \(basis.plansLearned ? "learned" : "assumed")")
    }

    private func showKinds(_ outlook: Outlook) {
        Output.line(
            "hazard".padded(10) + cell("arrive", 9) + cell("decided", 9) + cell("wait", 7) + cell("mean", 9)
                + cell("half", 9) + cell("95 %", 9) + cell("deadlines kept", 17))
        for hazard in Hazard.allCases {
            guard let kind = outlook.kinds[hazard] else { continue }
            let deadlines = kind.due == 0 ? "-" : WhatIfText.share(kind.met, of: kind.due)
            Output.line(
                hazard.rawValue.padded(10) + cell("\(Int(kind.arrived.rounded()))", 9)
                    + cell("\(Int(kind.decided.rounded()))", 9) + cell(Self.percent(kind.waits.waited), 7)
                    + cell(Self.time(kind.waits.mean), 9) + cell(Self.time(kind.waits.median), 9)
                    + cell(Self.time(kind.waits.most), 9) + cell(deadlines, 17))
        }
        if outlook.due > 0 {
            Output.line(
                "of \(outlook.due) deadlines, \(outlook.met) kept (\(WhatIfText.share(outlook.met, of: outlook.due)))"
            )
        }
    }

    private func showBacklog(_ outlook: Outlook) {
        Output.line("waiting, hour by hour:")
        let values = outlook.waiting.map { Int64($0.rounded()) }
        let step = max(1, outlook.days / 7)
        let ticks = stride(from: 0, through: outlook.days, by: step).map { day in
            LineChart.Tick(at: day * 24, SafeText(day == 0 ? "0" : "day \(day)"))
        }
        draw(rows: 12) { frame in
            LineChart(values: values, unit: "posts", ticks: ticks)
                .draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
        }
    }

    private func showDoses(_ outlook: Outlook) {
        guard simulation.scenario.plan.hasShifts else { return }
        guard let shifts = outlook.shifts else {
            return Output.line("doses are left out: fewer than \(simulation.smallestGroup) people work")
        }
        Output.line()
        func row(_ name: String, _ dose: (Outlook.Doses) -> Dose) -> BarChart.Row {
            var values = [Int64(dose(shifts).percent.value)]
            if let weeks = outlook.weeks { values.append(Int64(dose(weeks).percent.value)) }
            return BarChart.Row(SafeText(name), values)
        }
        let chart = BarChart(
            series: outlook.weeks == nil ? ["a shift"] : ["a shift", "a week"], unit: "% dose",
            rows: [
                row("mean", \.mean), row("half below", \.median), row("95 % below", \.most),
                row("highest", \.highest),
            ])
        draw(rows: chart.height) { frame in
            chart.draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
        }
        Output.line(
            "a dose limit ends \(outlook.capped ?? 0) of \(shifts.count) shifts; plans aim at 80 % of it at most"
        )
    }

    private func draw(rows: Int, _ body: (inout Frame) -> Void) {
        var frame = Frame(Size(rows: rows, columns: 78))
        body(&frame)
        for line in frame.pictured.split(separator: "\n", omittingEmptySubsequences: false) {
            Output.line(String(line))
        }
    }

    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

    /// Such as `12 s`, `4:05 min` or `31:10 h`.
    static func time(_ time: Duration) -> String {
        let seconds = max(0, time.components.seconds)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60)) m" }
        return "\(seconds / 3600):\(two(seconds % 3600 / 60)) h"
    }
}

/// A forecast as comma-separated values, one figure a line.
struct SimulationTable {
    let answer: SimulationAnswer

    func show() {
        Output.line("series,hazard,hour,value")
        for trial in answer.search?.trials ?? [] {
            Output.line("trial_met,,\(trial.staff),\(trial.met)")
            Output.line("trial_due,,\(trial.staff),\(trial.due)")
        }
        if let staff = answer.search?.staff { Output.line("staff_needed,,,\(staff)") }
        guard let outlook = answer.outlook else { return }
        for hazard in Hazard.allCases {
            guard let kind = outlook.kinds[hazard] else { continue }
            let name = hazard.rawValue
            Output.line("arrived,\(name),,\(kind.arrived)")
            Output.line("decided,\(name),,\(kind.decided)")
            Output.line("waited_share,\(name),,\(kind.waits.waited)")
            for (series, wait) in [
                ("wait_mean_ms", kind.waits.mean), ("wait_median_ms", kind.waits.median),
                ("wait_p95_ms", kind.waits.most), ("wait_longest_ms", kind.waits.longest),
            ] {
                Output.line("\(series),\(name),,\(wait.wholeMilliseconds)")
            }
            Output.line("deadlines_due,\(name),,\(kind.due)")
            Output.line("deadlines_met,\(name),,\(kind.met)")
        }
        for (hour, counts) in outlook.backlog.enumerated() {
            for (hazard, posts) in counts.sorted(by: { $0.key < $1.key }) {
                Output.line("waiting,\(hazard.rawValue),\(hour),\(posts)")
            }
        }
        for (name, doses) in [("shift", outlook.shifts), ("week", outlook.weeks)] {
            guard let doses else { continue }
            for (series, dose) in [
                ("mean", doses.mean), ("median", doses.median), ("p95", doses.most),
                ("highest", doses.highest),
            ] {
                Output.line("dose_\(name)_\(series),,,\(dose.units)")
            }
        }
    }
}
