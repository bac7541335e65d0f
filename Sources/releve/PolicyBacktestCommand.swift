import ArgumentParser
import Desk
import Intake
import Moderation
import PolicyEngine

extension PolicyCommand {
    /// `releve policy backtest`: how often rules are right.
    struct Backtesting: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backtest",
            abstract: "Measure policies on what people decided, or on labelled files.",
            discussion: """
                Without --labelled: on all decisions that people made and nobody undid; for leads and auditors. A \
                policy holds for a post if the decision acts on it citing that policy. With --labelled: on files \
                whose columns say so, such as --map text=tweet --label hate=label:hateful.

                Rules are measured by their policy's truth. Precision and recall have Wilson's interval for 95 in \
                100, F1 the one that follows from it (Lam, Gopal and Qian 2023). Rules on trial are marked, and \
                NAME+ is the policy with them. Cells for --list: hate:fp, hate/slur:fn, hate+:tp, or \
                hate:remove:keep (recommended, then decided). Only ids are shown, never content.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(
            help: ArgumentHelp(
                "The policies: \(BundleSource.help) (default: in-force; with --labelled the folder Policies).",
                valueName: "policies"))
        var policies: String?
        @Option(parsing: .upToNextOption, help: "Labelled files, after the policies; - for standard input.")
        var labelled: [String] = []
        @Option(help: "With --labelled: auto, jsonl or csv.") var format = "auto"
        @Option(help: "With --labelled: names that differ, OURS=THEIRS,…, such as text=tweet,id=key.")
        var map: String?
        @Option(help: "With --labelled: POLICY=COLUMN:VALUE, or POLICY=COLUMN of yes and no; repeat it.")
        var label: [String] = []
        @Option(help: "With --labelled: the language of posts that name none.") var language: String?
        @Flag(help: "Let drafts take part.") var drafts = false
        @Option(help: "Print the posts of a cell instead, such as hate:fp; repeat it.") var list: [String] =
            []
        @Option(help: "With --list: how many posts of each cell.") var most = 1000
        @Option(name: .customLong("min-f1"), help: "POLICY=F or RULE=F: exit 1 if F1 is below; repeat it.")
        var gates: [String] = []
        @Flag(help: "One JSON object.") var json = false
        @Flag(help: "A line for each policy and rule, with a header.") var csv = false

        func validate() throws {
            guard labelled.isEmpty == label.isEmpty else {
                throw ValidationError("--labelled FILE… goes with --label POLICY=COLUMN:VALUE")
            }
            guard !labelled.isEmpty || (map == nil && language == nil) else {
                throw ValidationError("--map and --language go with --labelled FILE…")
            }
            guard !(json && csv) else { throw ValidationError("--json or --csv, not both") }
            guard list.isEmpty || !csv else { throw ValidationError("--list goes with text or --json") }
            guard (1...1_000_000).contains(most) else { throw ValidationError("--most is from 1 to 1000000") }
        }

        func run() throws {
            let (bundle, isComplete) = try BundleSource.bundle(
                policies ?? (labelled.isEmpty ? "in-force" : PolicyFolder.find()), site: site, isWhole: false)
            let statuses: Set<Rule.Status> = drafts ? [.live, .shadow, .draft] : [.live, .shadow]
            let cells = try list.map { text in
                guard let cell = BacktestCell(parsing: text) else {
                    throw Complaint(
                        "--list: \(text.debugDescription) is no cell (such as hate:fp, hate/slur:tn or hate:remove:keep)"
                    )
                }
                return cell
            }
            let backtest = Backtest(bundle, statuses: statuses, naming: cells, most: most)
            for cell in cells {
                if let problem = backtest.problem(with: cell) { throw Complaint("--list: \(problem)") }
            }
            let gates = try self.gates.map { try BacktestGate(parsing: $0, for: backtest) }
            let evaluator = try Evaluator(
                bundle: bundle, cacheDirectory: Settings.cacheFolder, statuses: statuses)
            let run =
                try labelled.isEmpty
                ? recorded(backtest, evaluator) : labelled(backtest, evaluator)
            try show(run.backtest, run.notes)
            if !run.isComplete || !isComplete { throw ExitCode(2) }
            let failures = gates.compactMap { $0.failure(in: run.backtest) }
            for failure in failures { Output.complain(failure) }
            if !failures.isEmpty { throw ExitCode(1) }
        }

        private typealias Run = (backtest: Backtest, notes: BacktestNotes, isComplete: Bool)

        private func recorded(_ backtest: Backtest, _ evaluator: Evaluator) throws -> Run {
            let (desk, person) = try site.signIn()
            var backtest = backtest
            let progress = Progress(what: "decisions")
            let found = try desk.backtest(&backtest, with: evaluator, for: person) { done, total in
                progress.report(done: Int64(done), of: Int64(total))
            }
            progress.finish()
            var notes = BacktestNotes()
            notes.erased = found.erased
            notes.earlierVersions = found.earlierVersions
            notes.more = try HistoryNote.lines(for: [evaluator], desk: desk)
            return (backtest, notes, true)
        }

        private func labelled(_ backtest: Backtest, _ evaluator: Evaluator) throws -> Run {
            let (format, map) = try IntakeWords.read(format: format, map: map)
            let labels: LabelMap
            do throws(LabelMap.Problem) { labels = try LabelMap(parsing: label) } catch {
                throw Complaint("--label: \(error)")
            }
            for policy in labels.policies.sorted() {
                if let problem = backtest.problem(withPolicy: policy) {
                    throw Complaint("--label: \(problem)")
                }
            }
            var options = IntakeOptions(format: format, map: map, source: "labelled")
            options.setAside = labels.columns
            var run = LabelledRun(
                backtest: backtest, evaluator: evaluator, options: options, labels: labels, language: language
            )
            for file in labelled { try run.read(file) }
            run.progress.finish()
            return (run.backtest, run.notes, run.isComplete)
        }

        private func show(_ backtest: Backtest, _ notes: BacktestNotes) throws {
            let isRecorded = labelled.isEmpty
            if json { return try Output.json(BacktestReport(backtest, notes, isRecorded: isRecorded)) }
            if csv {
                BacktestText.csv(backtest)
            } else if list.isEmpty {
                BacktestText.tables(backtest, isRecorded: isRecorded)
            } else {
                BacktestText.lists(backtest)
            }
            for line in notes.lines(backtest) { Output.note(line) }
        }
    }
}

/// A figure that a policy or rule must reach.
struct BacktestGate {
    private let name: String
    private let least: Double

    /// Reads `hate=0.5`.
    init(parsing text: String, for backtest: Backtest) throws {
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard sides.count == 2, let least = Double(sides[1]), (0...1).contains(least) else {
            throw Complaint(
                "--min-f1: \(text.debugDescription) is not NAME=F with F from 0 to 1, such as hate=0.5")
        }
        if let problem = backtest.problem(withLine: sides[0]) { throw Complaint("--min-f1: \(problem)") }
        (name, self.least) = (sides[0], least)
    }

    /// What to say when it is not reached.
    func failure(in backtest: Backtest) -> String? {
        guard let f1 = backtest.accuracy(of: name)?.f1 else {
            return
                "F1 of \(name) can't be told, for nothing was there and nothing was found; \(least) is asked"
        }
        guard f1.value < least else { return nil }
        return "F1 of \(name) is \(BacktestText.figure(f1.value)), below \(least)"
    }
}
