import ArgumentParser
import Desk
import Moderation
import PolicyEngine

extension PolicyCommand {
    /// `releve policy diff`: what two bundles have different.
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what is different between two sets of policies, and which outcomes change.",
            discussion: """
                Each side is \(BundleSource.help). Comments, order and places in files make no difference. With \
                --posts all recorded posts are evaluated under both, as of when they were taken in and with the \
                state recorded then; that is for leads and auditors, and shows no content.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "The policies before.") var before: String
        @Argument(help: "The policies after.") var after: String
        @Flag(help: "Also say which outcomes of recorded posts change.") var posts = false
        @Flag(help: "With --posts: the ids behind each change.") var list = false
        @Option(help: "With --list: how many ids of each change.") var most = 100
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard !list || posts else { throw ValidationError("--list goes with --posts") }
            guard (1...1_000_000).contains(most) else { throw ValidationError("--most is from 1 to 1000000") }
        }

        func run() throws {
            let old = try BundleSource.bundle(before, site: site, isWhole: true).bundle
            let new = try BundleSource.bundle(after, site: site, isWhole: true).bundle
            let diff = BundleDiff(from: old, to: new)
            guard posts else {
                if json { return try Output.json(DiffReport(diff: diff, outcomes: nil)) }
                DiffText.show(diff)
                return
            }
            let (outcomes, notes) = try outcomes(from: old, to: new)
            if json { return try Output.json(DiffReport(diff: diff, outcomes: outcomes)) }
            DiffText.show(diff)
            Output.line()
            outcomes.show()
            for note in notes { Output.note(note) }
        }

        private func outcomes(from old: PolicyBundle, to new: PolicyBundle) throws -> (
            OutcomeReport, [String]
        ) {
            let (desk, person) = try site.signIn()
            let evaluators = try [old, new].map {
                try Evaluator(bundle: $0, cacheDirectory: Settings.cacheFolder)
            }
            let progress = Progress(what: "posts")
            let (diff, erased) = try desk.outcomes(
                from: evaluators[0], to: evaluators[1], most: list ? most : 0, for: person
            ) { done, total in progress.report(done: Int64(done), of: Int64(total), detail: "") }
            progress.finish()
            let notes = try HistoryNote.lines(for: evaluators, desk: desk)
            return (OutcomeReport(diff, erased: erased, isListed: list), notes)
        }
    }
}

/// Says when rules ask of authors' histories what was not recorded.
enum HistoryNote {
    static func lines(for evaluators: [Evaluator], desk: Desk) throws -> [String] {
        let asked = evaluators.reduce(into: Set<HistoryQuery>()) { $0.formUnion($1.history) }
        guard !asked.isEmpty else { return [] }
        let recorded = try Evaluator(bundle: desk.bundleInForce(), cacheDirectory: Settings.cacheFolder)
            .history
        let missing = asked.subtracting(recorded).map(\.key).sorted()
        guard !missing.isEmpty else { return [] }
        return [
            "note: rules ask of authors' histories what the policies in force don't, so it was not recorded and "
                + "counts as none: \(missing.joined(separator: ", ")) (what, and in how many milliseconds)"
        ]
    }
}
