import Foundation
import Moderation
import PolicyEngine

/// A backtest's tables for people, and as CSV.
enum BacktestText {
    /// A figure with two decimals.
    static func figure(_ value: Double) -> String { String(format: "%.2f", value) }

    private static func cell(_ estimate: Estimate?) -> String {
        guard let estimate else { return "–" }
        return "\(figure(estimate.value)) (\(figure(estimate.low))–\(figure(estimate.high)))"
    }

    static func tables(_ backtest: Backtest, isRecorded: Bool) {
        Output.line(
            "\(backtest.posts) \(isRecorded ? "decisions" : "labelled posts"), bundle \(backtest.bundle.digest.short); "
                + "intervals for 95 in 100")
        Output.line()
        let head = ["", "support", "TP", "FP", "FN", "TN", "precision", "recall", "F1"]
        // A policy of which nothing is known has nothing to show.
        let rows = backtest.lines.filter { $0.accuracy.judged > 0 }.map { subject, accuracy in
            [name(of: subject), "\(accuracy.support)"]
                + [
                    accuracy.truePositives, accuracy.falsePositives, accuracy.falseNegatives,
                    accuracy.trueNegatives,
                ].map(String.init)
                + [cell(accuracy.precision), cell(accuracy.recall), cell(accuracy.f1)]
        }
        show([head] + rows)
        let cells = backtest.confusionCells
        guard !cells.isEmpty else { return }
        for policy in Set(cells.map(\.policy)).sorted() {
            let own = cells.filter { $0.policy == policy }
            // Nothing recommended and nothing done under it says nothing.
            guard own.contains(where: { !isRest($0) }) else { continue }
            Output.line()
            let columns = BacktestCell.Decided.all.filter { column in own.contains { $0.decided == column } }
            let head =
                ["\(policy): recommended ↓ decided →"]
                + columns.map { $0 == .other ? "other policy" : "\($0)" }
            let rows = BacktestCell.Recommended.all.compactMap { row -> [String]? in
                let counts = columns.map { column in
                    own.first { $0.recommended == row && $0.decided == column }?.count ?? 0
                }
                return counts.allSatisfy { $0 == 0 } ? nil : ["  \(row)"] + counts.map(String.init)
            }
            show([head] + rows)
        }
    }

    private static func isRest(
        _ cell: (
            policy: PolicyID, recommended: BacktestCell.Recommended, decided: BacktestCell.Decided, count: Int
        )
    ) -> Bool {
        cell.recommended == .nothing && (cell.decided == .other || cell.decided == .action(.keep))
    }

    private static func name(of subject: BacktestSubject) -> String {
        switch subject.kind {
        case .policy: subject.name
        case .policyWithTrials: "\(subject.name) (with rules on trial)"
        case .rule:
            "  " + subject.name + (subject.status.map { $0 == .live ? "" : " (\($0.rawValue))" } ?? "")
                + (subject.isInverse ? " (keep)" : "")
        }
    }

    /// The first column to the left, the others to the right.
    private static func show(_ rows: [[String]]) {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + space : space + cell
            }
            Output.line(cells.joined(separator: "  "))
        }
    }

    /// The posts of the cells asked for, one a line; how many there are goes to stderr.
    static func lists(_ backtest: Backtest) {
        for (cell, posts) in backtest.names {
            let left = posts.count - posts.first.count
            Output.note(
                "\(cell): \(posts.count)\(left > 0 ? ", of which \(left) are not listed (see --most)" : "")")
            for name in posts.first { Output.line(name) }
        }
    }

    static func csv(_ backtest: Backtest) {
        let estimates = ["precision", "recall", "f1"].flatMap { [$0, $0 + "_low", $0 + "_high"] }
        Output.line(
            (["kind", "name", "status", "recommends", "judged", "support", "tp", "fp", "fn", "tn"] + estimates)
                .joined(separator: ","))
        for (subject, accuracy) in backtest.lines {
            var cells = [
                subject.kind.rawValue, subject.name, subject.status?.rawValue ?? "",
                subject.recommends?.rawValue ?? "",
            ]
            cells += [
                accuracy.judged, accuracy.support, accuracy.truePositives, accuracy.falsePositives,
                accuracy.falseNegatives, accuracy.trueNegatives,
            ].map(String.init)
            for estimate in [accuracy.precision, accuracy.recall, accuracy.f1] {
                cells += [estimate?.value, estimate?.low, estimate?.high]
                    .map { $0.map { String(format: "%.6f", $0) } ?? "" }
            }
            Output.line(cells.joined(separator: ","))
        }
    }
}
