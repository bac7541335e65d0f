import ArgumentParser
import Desk
import Moderation
import Store

extension AuditCommand {
    struct Figures: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How far auditors agree with decisions and with each other, with 95 % intervals.",
            discussion: """
                Shares have Wilson's interval; kappa and alpha the percentile interval of 1000 bootstrap draws, whose
                seed is told. Cells of few decisions or few people are left out.
                """)
        @OptionGroup var site: SiteOptions
        @Option(help: "Of one sample; of everything marked when left out.") var sample: String?
        @Option(help: "The seed of the bootstrap.") var seed: UInt64 = 1
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, auditor) = try site.signIn()
            let sample = try sample.map { try desk.resolveSample(prefix: $0, for: auditor) }
            let figures = try desk.figures(of: sample, seed: seed, for: auditor)
            json ? try Output.json(Card(figures, sample)) : print(figures)
        }

        private func print(_ figures: AuditFigures) {
            let all = figures.all
            Output.line(
                "\(all.decisions) decisions by \(figures.raters) raters: \(all.agree) upheld, \(all.disagree) not, "
                    + "\(all.unclear) unclear")
            Output.line("upheld of the clear ones: \(Self.percent(all.upheld))")
            Output.line("raters' verdicts, Krippendorff's alpha: \(Self.number(figures.verdicts))")
            Output.line(
                "what raters would have done, Krippendorff's alpha: \(Self.number(figures.judgements))")
            for pair in figures.withDecisions {
                Output.line(
                    "\(pair.first) and the decisions: \(Self.percent(pair.percent)), kappa \(Self.number(pair.kappa))"
                )
            }
            for pair in figures.pairs {
                Output.line(
                    "\(pair.first) and \(pair.second?.rawValue ?? ""): \(Self.percent(pair.percent)), "
                        + "kappa \(Self.number(pair.kappa))")
            }
            for facet in [StratumFacet.policy, .language, .action] {
                for cell in figures.cells[facet] ?? [] {
                    let name = "\(facet.rawValue) \(cell.name)".padded(28)
                    guard let tally = cell.tally else {
                        Output.line("\(name)  left out: too few decisions or people")
                        continue
                    }
                    Output.line(
                        "\(name)  \(String(tally.decisions).padded(6))  upheld \(Self.percent(tally.upheld))")
                }
            }
            Output.line(
                "intervals: 95 %; bootstrap seed \(figures.bootstrap.seed), \(figures.bootstrap.draws) draws")
        }

        private static func percent(_ figure: Agreement.Figure) -> String {
            guard case .known(let value, let interval, let units) = figure else { return undefined(figure) }
            let range =
                interval.map { " (\(tenth($0.lowerBound * 100)) to \(tenth($0.upperBound * 100)))" } ?? ""
            return "\(tenth(value * 100)) %\(range), n = \(units)"
        }

        private static func number(_ figure: Agreement.Figure) -> String {
            guard case .known(let value, let interval, let units) = figure else { return undefined(figure) }
            let range =
                interval.map { " (\(thousandth($0.lowerBound)) to \(thousandth($0.upperBound)))" }
                ?? " (no interval)"
            return "\(thousandth(value))\(range), n = \(units)"
        }

        private static func undefined(_ figure: Agreement.Figure) -> String {
            guard case .undefined(let why) = figure else { return "" }
            return switch why {
            case .nothing: "undefined: nothing was rated"
            case .noPairs: "undefined: nothing was rated by two"
            case .oneCategory: "undefined: all is of one category"
            }
        }

        private static func tenth(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
        private static func thousandth(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

        // MARK: JSON

        private struct Number: Encodable {
            let value, low, high: Double?
            let n: Int?
            let undefined: String?

            init(_ figure: Agreement.Figure) {
                switch figure {
                case .known(let value, let interval, let units):
                    self.value = value
                    low = interval?.lowerBound
                    high = interval?.upperBound
                    n = units
                    undefined = nil
                case .undefined(let why):
                    (value, low, high, n) = (nil, nil, nil, nil)
                    undefined = why.rawValue
                }
            }
        }

        private struct Pair: Encodable {
            let first: String
            let second: String?
            let percent, kappa: Number

            init(_ pair: AuditFigures.Pair) {
                first = pair.first.rawValue
                second = pair.second?.rawValue
                percent = Number(pair.percent)
                kappa = Number(pair.kappa)
            }
        }

        private struct Cell: Encodable {
            let name: String
            let decisions, agree, disagree, unclear: Int?
            let upheld: Number?

            init(_ cell: AuditFigures.Cell) {
                name = cell.name
                decisions = cell.tally?.decisions
                agree = cell.tally?.agree
                disagree = cell.tally?.disagree
                unclear = cell.tally?.unclear
                upheld = cell.tally.map { Number($0.upheld) }
            }
        }

        private struct Card: Encodable {
            let sample: String?
            let decisions, agree, disagree, unclear, raters: Int
            let upheld, verdicts, judgements: Number
            let pairs, withDecisions: [Pair]
            let cells: [String: [Cell]]
            let bootstrap: [String: UInt64]

            enum CodingKeys: String, CodingKey {
                case sample, decisions, agree, disagree, unclear, raters, upheld, verdicts, judgements, pairs,
                    cells
                case bootstrap
                case withDecisions = "with_decisions"
            }

            init(_ figures: AuditFigures, _ sample: SampleID?) {
                self.sample = sample?.rawValue
                decisions = figures.all.decisions
                agree = figures.all.agree
                disagree = figures.all.disagree
                unclear = figures.all.unclear
                raters = figures.raters
                upheld = Number(figures.all.upheld)
                verdicts = Number(figures.verdicts)
                judgements = Number(figures.judgements)
                pairs = figures.pairs.map(Pair.init)
                withDecisions = figures.withDecisions.map(Pair.init)
                cells = Dictionary(
                    uniqueKeysWithValues: figures.cells.map { ($0.key.rawValue, $0.value.map(Cell.init)) })
                bootstrap = ["seed": figures.bootstrap.seed, "draws": UInt64(figures.bootstrap.draws)]
            }
        }
    }
}
