import Moderation
import PolicyEngine

/// What `backtest --json` prints.
struct BacktestReport: Encodable {
    struct Figure: Encodable {
        let value, low, high: Double

        init(_ estimate: Estimate) {
            func rounded(_ value: Double) -> Double { (value * 1_000_000).rounded() / 1_000_000 }
            value = rounded(estimate.value)
            low = rounded(estimate.low)
            high = rounded(estimate.high)
        }
    }

    struct Line: Encodable {
        let kind: BacktestSubject.Kind
        let name, policy: String
        let status, recommends: String?
        let judged, support, tp, fp, fn, tn: Int
        let precision, recall, f1: Figure?

        init(_ subject: BacktestSubject, _ accuracy: Accuracy) {
            kind = subject.kind
            name = subject.name
            policy = subject.policy.rawValue
            status = subject.status?.rawValue
            recommends = subject.recommends?.rawValue
            judged = accuracy.judged
            support = accuracy.support
            tp = accuracy.truePositives
            fp = accuracy.falsePositives
            fn = accuracy.falseNegatives
            tn = accuracy.trueNegatives
            precision = accuracy.precision.map(Figure.init)
            recall = accuracy.recall.map(Figure.init)
            f1 = accuracy.f1.map(Figure.init)
        }
    }

    struct Cell: Encodable { let policy, recommended, decided: String, posts: Int }
    struct List: Encodable { let cell: String, count: Int, posts: [String] }

    struct Notes: Encodable {
        let erased, earlierVersions, refused, overBudget: Int
        let missingLabels, foreignPolicies: [String: Int]

        enum CodingKeys: String, CodingKey {
            case erased, refused
            case earlierVersions = "earlier_versions"
            case overBudget = "over_budget"
            case missingLabels = "missing_labels"
            case foreignPolicies = "foreign_policies"
        }
    }

    let bundle: String
    let truth: String
    let posts: Int
    let lines: [Line]
    let confusion: [Cell]
    let lists: [List]
    let notes: Notes

    init(_ backtest: Backtest, _ notes: BacktestNotes, isRecorded: Bool) {
        bundle = backtest.bundle.digest.hex
        truth = isRecorded ? "decisions" : "labels"
        posts = backtest.posts
        lines = backtest.lines.map { Line($0.subject, $0.accuracy) }
        confusion = backtest.confusionCells.map {
            Cell(
                policy: $0.policy.rawValue, recommended: $0.recommended.description,
                decided: $0.decided.description, posts: $0.count)
        }
        lists = backtest.names.map {
            List(cell: $0.cell.description, count: $0.posts.count, posts: $0.posts.first)
        }
        func counts(_ pairs: [(PolicyID, Int)]) -> [String: Int] {
            Dictionary(pairs.map { ($0.0.rawValue, $0.1) }, uniquingKeysWith: +)
        }
        self.notes = Notes(
            erased: notes.erased, earlierVersions: notes.earlierVersions, refused: notes.refused,
            overBudget: backtest.overBudget, missingLabels: counts(notes.missing.map { ($0.key, $0.value) }),
            foreignPolicies: counts(backtest.foreignPolicies.map { ($0.policy, $0.posts) }))
    }
}
