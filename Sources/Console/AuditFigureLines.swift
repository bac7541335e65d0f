import Desk
import Moderation
import Store
import TerminalKit

extension ConsoleState {
    /// What somebody did or would have done, in words.
    func name(of judgement: Judgement) -> String {
        let policy = judgement.policy.map { id in
            audit.card?.facts.policy(id)?.title(language) ?? id.rawValue
        }
        return [words.action(judgement.action), policy].compactMap(\.self).joined(separator: " · ")
    }

    /// The agreement figures as lines.
    func figureLines() -> [Line] {
        guard let figures = audit.figures else { return [] }
        let all = figures.all
        var lines = [
            Line(words.tally(all.decisions, figures.raters)),
            Line(words.upheld(words.share(all.upheld))),
            Line(words.alphaVerdicts(words.coefficient(figures.verdicts))),
            Line(words.alphaJudgements(words.coefficient(figures.judgements))), .blank,
        ]
        for pair in figures.withDecisions + figures.pairs {
            let second = pair.second?.rawValue ?? words.theDecisions
            lines.append(Line(SafeText("\(pair.first) – \(second)"), .title))
            lines.append(
                Line("\(SafeText(words.share(pair.percent))), κ \(SafeText(words.coefficient(pair.kappa)))"))
        }
        for facet in [StratumFacet.policy, .language, .action] {
            for cell in figures.cells[facet] ?? [] {
                let tally = cell.tally.map { words.share($0.upheld) } ?? words.leftOut
                lines.append(Line(SafeText("\(words.facet(facet)) \(cell.name)\(words.colon) \(tally)")))
            }
        }
        return lines + [
            .blank, Line(words.intervals(figures.bootstrap.seed, figures.bootstrap.draws), .muted),
        ]
    }
}
