import Desk
import Intake
import Moderation
import PolicyEngine

/// Reads labelled files and counts them in batches; holds no more than one batch of posts.
struct LabelledRun {
    private static let mostComplaints = 20
    /// A batch is full when its texts take so many bytes.
    private static let largestBatch = 8 << 20

    private(set) var backtest: Backtest
    private(set) var notes = BacktestNotes()
    /// Whether all files could be read, and all their records.
    private(set) var isComplete = true
    let progress = Progress(what: "posts")
    private let evaluator: Evaluator
    private let options: IntakeOptions
    private let labels: LabelMap
    private let language: String?
    private let now = SystemClock().now().wall
    private var batch: [JudgedPost] = []
    private var batchSize = 0

    init(
        backtest: Backtest, evaluator: Evaluator, options: IntakeOptions, labels: LabelMap, language: String?
    ) {
        self.backtest = backtest
        self.evaluator = evaluator
        self.options = options
        self.labels = labels
        self.language = language
    }

    mutating func read(_ path: String) throws {
        // The closures that read a file change the run.
        let box = Box(self)
        defer { self = box.run }
        var complaints = 0
        do {
            try RecordFile.read(path: path, options: options) { done, total in
                let run = box.run
                let milliseconds = max(1, run.progress.elapsed.wholeMilliseconds)
                let rate = Int64(run.backtest.posts) * 1000 / Int64(milliseconds)
                run.progress.report(
                    done: done, of: total, detail: "\(run.backtest.posts) posts, \(rate)/s")
            } emit: { record in
                do throws(RecordError) { try box.run.take(record, of: path) } catch {
                    box.run.isComplete = false
                    box.run.notes.refused += 1
                    complaints += 1
                    guard complaints <= Self.mostComplaints else { return }
                    box.run.progress.finish()
                    Output.complain("\(path):\(record.line): \(error)")
                }
            }
        } catch let error as RecordFileError {
            box.run.isComplete = false
            box.run.progress.finish()
            Output.complain(error.description)
        }
        if complaints > Self.mostComplaints {
            Output.complain("\(path): \(complaints - Self.mostComplaints) more records were refused")
        }
        box.run.flush()
    }

    private mutating func take(_ record: IntakeRecord, of path: String) throws(RecordError) {
        var post = try record.result.get()
        let verdicts = try labels.verdicts(on: post)
        for policy in labels.policies where verdicts[policy] == nil { notes.missing[policy, default: 0] += 1 }
        guard !verdicts.isEmpty else { return }
        if post.language == nil { post.language = language }
        post.extra = [:]
        batch.append(
            JudgedPost(
                name: "\(path):\(record.line)", post: post, now: post.createdAt ?? now,
                judgement: .labelled(verdicts)))
        batchSize += post.body.utf8.count
        if batch.count >= Desk.recordsAtOnce || batchSize >= Self.largestBatch { flush() }
    }

    private mutating func flush() {
        backtest.count(batch, with: evaluator)
        batch.removeAll(keepingCapacity: true)
        batchSize = 0
    }

    private final class Box {
        var run: LabelledRun
        init(_ run: LabelledRun) { self.run = run }
    }
}

/// What a backtest left out or had to guess.
struct BacktestNotes {
    /// Posts whose content is erased.
    var erased = 0
    /// Decisions on an earlier version of their post.
    var earlierVersions = 0
    /// Records that could not be read.
    var refused = 0
    /// Rows without a label, by policy.
    var missing: [PolicyID: Int] = [:]
    /// Other things worth saying.
    var more: [String] = []

    func lines(_ backtest: Backtest) -> [String] {
        var lines: [String] = []
        if erased > 0 { lines.append("\(erased) decisions left out: the content of their posts is erased") }
        if earlierVersions > 0 {
            lines.append(
                "\(earlierVersions) decisions were on an earlier version of their post: what was known of its author "
                    + "with the latest stood in")
        }
        for (policy, count) in missing.sorted(by: { $0.key < $1.key }) {
            lines.append("\(count) rows without a label for \(policy) were skipped for it")
        }
        for (policy, count) in backtest.foreignPolicies {
            lines.append("\(count) decisions cite \(policy), which these policies don't have")
        }
        if backtest.overBudget > 0 {
            lines.append(
                "on \(backtest.overBudget) posts some rules could not look everywhere and may have missed something"
            )
        }
        return lines + more
    }
}
