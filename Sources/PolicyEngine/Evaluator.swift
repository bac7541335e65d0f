public import Moderation
import Synchronization

/// Evaluates posts under one bundle; any number of threads may use it at once.
public final class Evaluator: Sendable {
    /// The bundle.
    public let bundle: PolicyBundle
    private let table: RuleTable
    private let database: PatternDatabase?
    private let sessions = Mutex<[Session]>([])

    /// Compiles a bundle's patterns, or takes them compiled from a cache.
    ///
    /// - Parameter cacheDirectory: where compiled patterns are kept; `nil` compiles them each time.
    public init(bundle: PolicyBundle, cacheDirectory: String?) throws {
        self.bundle = bundle
        table = RuleTable(bundle)
        do {
            database =
                table.patterns.isEmpty
                ? nil
                : try .cached(table.patterns, directory: cacheDirectory, name: bundle.digest.hex)
        } catch let refusal as PatternDatabase.Refusal {
            let text = table.patterns[min(refusal.index, table.patterns.count - 1)].text
            throw Diagnostic(file: "bundle", line: 0, message: "the pattern \"\(text)\": \(refusal.reason)")
        }
    }

    /// What the rules say of a post; never fails, whatever the post.
    ///
    /// - Parameter now: for ages of posts and accounts.
    public func evaluate(_ post: FlaggedPost, now: Timestamp) -> Evaluation {
        let session = sessions.withLock { $0.popLast() } ?? Session(table: table, database: database)
        defer { sessions.withLock { $0.append(session) } }
        let hits = session.hits(in: post)
        let facts = Facts(post: post, now: now, hits: hits, table: table)
        var findings: [Finding] = []
        let candidates =
            hits.isEmpty
            ? table.rowsWithoutPatterns
            : Set(table.rowsWithoutPatterns).union(hits.keys.map { table.rowOfTest[$0] }).sorted()
        for index in candidates {
            let row = table.rows[index]
            if let language = post.language, !row.rule.languages.isEmpty,
                !row.rule.languages.contains(language)
            {
                continue
            }
            guard row.when.holds({ facts.holds(row.selections[$0]) }) else { continue }
            findings.append(
                Finding(
                    rule: row.rule.id, policy: row.policy.id, recommends: row.rule.recommend,
                    hazard: row.policy.hazard, evidence: facts.evidence(for: row)))
        }
        findings.sort(by: Self.precedes)
        let strongest = findings.compactMap { finding in finding.recommends.map { (finding, $0) } }
            .max { ($0.1.severity, $0.0.hazard, $1.0.rule) < ($1.1.severity, $1.0.hazard, $0.0.rule) }
        let hazard = findings.map(\.hazard).max()
        return Evaluation(
            findings: findings,
            recommendation: strongest.map {
                Recommendation(action: $0.1, policy: $0.0.policy, rule: $0.0.rule)
            },
            hazard: max(hazard ?? .none, FlagKind.hazard(of: post.flags, isFound: hazard != nil)),
            bundle: bundle.digest)
    }

    /// Most harmful first, then the strongest action, then by name.
    private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.hazard != right.hazard { return left.hazard > right.hazard }
        let severities = (left.recommends?.severity ?? -1, right.recommends?.severity ?? -1)
        return severities.0 != severities.1 ? severities.0 > severities.1 : left.rule < right.rule
    }
}

/// Where a test found a pattern, in the original.
struct Hit: Hashable {
    /// More than these are not shown for one test.
    static let most = 200

    let field: Field
    let element: Int
    let range: Range<Int>

    /// Each place once, in the order of the text, as long as it goes: an expression is reported at every length
    /// it takes, and a word by both readings of a disguised text.
    static func distinct(_ hits: [Hit]) -> [Hit] {
        var result: [Hit] = []
        for hit in hits.sorted(by: precedes) {
            if let last = result.last, last.field == hit.field, last.element == hit.element,
                hit.range.upperBound <= last.range.upperBound
            {
                continue
            }
            result.append(hit)
        }
        return result
    }

    private static func precedes(_ left: Hit, _ right: Hit) -> Bool {
        if left.field != right.field { return left.field.place < right.field.place }
        if left.element != right.element { return left.element < right.element }
        if left.range.lowerBound != right.range.lowerBound {
            return left.range.lowerBound < right.range.lowerBound
        }
        return left.range.upperBound > right.range.upperBound
    }
}
