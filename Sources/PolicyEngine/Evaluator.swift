public import Moderation
import Synchronization

/// Evaluates posts under one bundle; any number of threads may use it at once.
public final class Evaluator: Sendable {
    /// The bundle.
    public let bundle: PolicyBundle
    let table: RuleTable
    let database: PatternDatabase?
    let budget: Budget
    let sessions = Mutex<[Session]>([])

    /// Compiles a bundle's patterns, or takes them compiled from a cache.
    ///
    /// - Parameter cacheDirectory: where compiled patterns are kept; `nil` compiles them each time.
    public convenience init(bundle: PolicyBundle, cacheDirectory: String?) throws {
        try self.init(bundle: bundle, cacheDirectory: cacheDirectory, statuses: [.live, .shadow])
    }

    /// - Parameter statuses: which rules are evaluated at all; what others than live ones find stands under `shadow`.
    public convenience init(bundle: PolicyBundle, cacheDirectory: String?, statuses: Set<Rule.Status>) throws
    {
        try self.init(bundle: bundle, cacheDirectory: cacheDirectory, statuses: statuses, budget: Budget())
    }

    init(bundle: PolicyBundle, cacheDirectory: String?, statuses: Set<Rule.Status>, budget: Budget) throws {
        self.budget = budget
        self.bundle = bundle
        table = RuleTable(bundle, statuses: statuses)
        do {
            if table.patterns.isEmpty {
                database = nil
            } else if let cacheDirectory {
                database = try PatternCache(directory: cacheDirectory)
                    .entry(for: table.patterns, name: bundle.digest.hex).database
            } else {
                database = try .compile(table.patterns)
            }
        } catch let refusal as PatternDatabase.Refusal {
            let text = table.patterns[min(refusal.index, table.patterns.count - 1)].text
            throw Diagnostic(file: "bundle", line: 0, message: "the pattern \"\(text)\": \(refusal.reason)")
        }
    }

    /// What of an author's history the rules ask; to be counted before a post is evaluated.
    public var history: Set<HistoryQuery> { table.history }

    /// What the rules say of a post; never fails, whatever the post.
    ///
    /// - Parameters:
    ///   - now: for ages of posts and accounts.
    ///   - state: what is known beyond the post; a recorded one gives the recorded findings again.
    public func evaluate(_ post: FlaggedPost, now: Timestamp, state: StateSnapshot = StateSnapshot())
        -> Evaluation
    {
        let session = sessions.withLock { $0.popLast() } ?? makeSession()
        defer { sessions.withLock { $0.append(session) } }
        var state = state
        if table.asksDomains { complete(&state, with: post.links.prefix(budget.elements)) }
        let hits = session.hits(in: post)
        var findings: [Finding] = []
        var shadow: [Finding] = []
        var matched: Set<RuleID> = []
        let kinds = Facts.Kinds(of: post, state)
        // Made when the first rule asks: for most posts none does.
        var known: Facts?
        for index in table.candidates(hits.tests, kinds) {
            let row = table.rows[index]
            guard row.isFor(post.language),
                row.rule.unless.allSatisfy({ !matched.contains($0) })
            else { continue }
            let facts =
                known
                ?? Facts(post: post, now: now, state: state, hits: hits, table: table, budget: budget)
            known = facts
            guard row.when.holds({ facts.holds(row.selections[$0]) })
            else { continue }
            if table.hasUnless, row.rule.status == .live { matched.insert(row.rule.id) }
            let finding = Finding(
                rule: row.rule.id, policy: row.policy.id, recommends: row.rule.recommend,
                hazard: row.policy.hazard, evidence: facts.evidence(for: row))
            if row.rule.status == .live { findings.append(finding) } else { shadow.append(finding) }
        }
        return evaluation(
            of: post, findings: findings, shadow: shadow, state: state,
            overBudget: session.cutShort.isEmpty && session.cutFields.isEmpty
                ? [] : rules(with: session.cutShort, session.cutFields, hits: hits))
    }

    func makeSession() -> Session { Session(table: table, database: database, budget: budget) }

    /// All patterns compiled for the scanner, whole words too, for whoever measures it alone.
    package func patternsForScanner() throws -> [UInt8] {
        try PatternDatabase.serializedTogether(table.patterns)
    }

    private func evaluation(
        of post: FlaggedPost, findings: [Finding], shadow: [Finding], state: StateSnapshot,
        overBudget: [RuleID]
    ) -> Evaluation {
        let findings = findings.sorted(by: Self.precedes)
        let strongest = findings.compactMap { finding in finding.recommends.map { (finding, $0) } }
            .max { ($0.1.severity, $0.0.hazard, $1.0.rule) < ($1.1.severity, $1.0.hazard, $0.0.rule) }
        let hazard = findings.map(\.hazard).max()
        return Evaluation(
            findings: findings,
            recommendation: strongest.map {
                Recommendation(action: $0.1, policy: $0.0.policy, rule: $0.0.rule)
            },
            hazard: max(hazard ?? .none, FlagKind.hazard(of: post.flags, isFound: hazard != nil)),
            bundle: bundle.digest, shadow: shadow.sorted(by: Self.precedes), state: state,
            overBudget: overBudget)
    }

    /// Looks up those domains that are not known yet.
    func complete(_ state: inout StateSnapshot, with links: ArraySlice<Link>) {
        for link in links {
            let host = link.host
            if state.domains[host] == nil, let domain = PublicSuffixes.registrableDomain(of: host) {
                state.domains[host] = domain
            }
        }
    }

    /// The rules that might have found more: a pattern of theirs was there too often to look at every place, or
    /// there was more of a field than is looked at.
    private func rules(
        with patterns: Set<Int>, _ fields: Set<Field>, hits: Hits
    ) -> [RuleID] {
        var tests = Set(patterns.flatMap { table.testsOfPattern[$0] })
        if !fields.isEmpty {
            for (index, test) in table.tests.enumerated() {
                guard let field = test.subject.field, fields.contains(where: field.scans) else { continue }
                if case .exists = test.test { continue }
                tests.insert(index)
            }
        }
        let result = tests.filter { index in
            // What was found needs no further place.
            guard table.tests[index].least == 1, case .patterns = table.tests[index].test else { return true }
            return !hits.contains(index)
        }
        return Set(result.map { table.rows[table.rowOfTest[$0]].rule.id }).sorted()
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
    /// More than these are not looked at for words near each other.
    static let mostNear = 5000

    let field: Field
    let element: Int
    let range: Range<Int>
    /// The pattern, by its number.
    let pattern: Int
    /// Which word of its text it is, where that is asked.
    var word = 0
    /// Whether its words are counted in the text without disguises.
    var isUndisguised = false

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
