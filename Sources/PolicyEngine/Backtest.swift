public import Moderation

/// Counts how often a bundle's rules were right on posts that people judged.
///
/// Holds counts and a bounded number of names, never a post, so that any number of posts can be counted. Parts of the
/// work are counted apart (``emptyCopy``) and added up in order.
///
/// What is true for a policy is what people said of it: that they acted on a post citing it, or labelled it so. Who
/// acts cites one policy, so a post that breaks two counts as a mistake of the other. A rule is measured by its
/// policy's truth.
public struct Backtest: Sendable {
    private struct ConfusionKey: Hashable {
        let policy: Int
        let recommended: BacktestCell.Recommended
        let decided: BacktestCell.Decided
    }

    /// What one part of the posts gives for a policy.
    private struct Truth {
        var judged = 0
        var positive = 0
    }

    /// The policies tested.
    public let bundle: PolicyBundle
    private let table: BacktestSubjects
    private var truths: [Truth]
    /// Found rightly, and found at all among those judged, by line.
    private var hits: [(right: Int, all: Int)]
    private var confusion: [ConfusionKey: Int] = [:]
    private var kept = 0
    private var acted = 0
    private var foreignCounts: [PolicyID: Int] = [:]
    private var wanted: [(cell: BacktestCell, names: PostNames)]

    /// How many posts were counted.
    public private(set) var posts = 0
    /// On how many of them rules ran out of budget, so that they might have found more.
    public private(set) var overBudget = 0

    /// Makes a count of nothing.
    ///
    /// - Parameters:
    ///   - statuses: which rules take part.
    ///   - cells: of which cells the posts are named.
    ///   - most: how many are named of each.
    public init(
        _ bundle: PolicyBundle, statuses: Set<Rule.Status> = [.live, .shadow],
        naming cells: [BacktestCell] = [],
        most: Int = 1000
    ) {
        self.bundle = bundle
        table = BacktestSubjects(bundle, statuses: statuses)
        truths = Array(repeating: Truth(), count: table.policies.count)
        hits = Array(repeating: (0, 0), count: table.all.count)
        wanted = cells.map { ($0, PostNames(most: most)) }
    }

    /// The same, with nothing counted.
    public var emptyCopy: Backtest {
        var copy = self
        copy.truths = Array(repeating: Truth(), count: truths.count)
        copy.hits = Array(repeating: (0, 0), count: hits.count)
        copy.confusion = [:]
        copy.foreignCounts = [:]
        (copy.kept, copy.acted, copy.posts, copy.overBudget) = (0, 0, 0, 0)
        copy.wanted = wanted.map { ($0.cell, PostNames(most: $0.names.most)) }
        return copy
    }

    // MARK: Counting

    /// Counts a post and what the rules say of it.
    public mutating func add(_ judged: JudgedPost, _ evaluation: Evaluation) {
        posts += 1
        if !evaluation.overBudget.isEmpty { overBudget += 1 }
        let found = table.found(evaluation)
        for line in found {
            let subject = table.all[line]
            guard let truth = truth(of: table.policyOfSubject[line], by: judged.judgement) else { continue }
            hits[line].all += 1
            if truth != subject.isInverse { hits[line].right += 1 }
        }
        switch judged.judgement {
        case .labelled(let labels):
            for (policy, isTrue) in labels {
                guard let place = table.policyIndex[policy] else { continue }
                truths[place].judged += 1
                if isTrue { truths[place].positive += 1 }
            }
        case .decided(let action, let policy):
            // What holds of all policies alike is added when somebody asks.
            if action.isRestrictive {
                acted += 1
                if let policy {
                    if let place = table.policyIndex[policy] {
                        truths[place].positive += 1
                    } else {
                        foreignCounts[policy, default: 0] += 1
                    }
                }
            } else {
                kept += 1
            }
            for key in confusionKeys(evaluation, action, policy) { confusion[key, default: 0] += 1 }
        }
        if !wanted.isEmpty { name(judged, evaluation, found) }
    }

    /// Adds what was counted apart.
    public mutating func add(_ other: Backtest) {
        posts += other.posts
        overBudget += other.overBudget
        kept += other.kept
        acted += other.acted
        for index in truths.indices {
            truths[index].judged += other.truths[index].judged
            truths[index].positive += other.truths[index].positive
        }
        for index in hits.indices {
            hits[index].right += other.hits[index].right
            hits[index].all += other.hits[index].all
        }
        confusion.merge(other.confusion, uniquingKeysWith: +)
        foreignCounts.merge(other.foreignCounts, uniquingKeysWith: +)
        for index in wanted.indices { wanted[index].names.add(other.wanted[index].names) }
    }

    /// Whether the policy applies, by what people said; `nil` when nothing was said of it.
    private func truth(of policy: Int, by judgement: JudgedPost.Judgement) -> Bool? {
        switch judgement {
        case .decided(let action, let cited): action.isRestrictive && cited == table.policies[policy]
        case .labelled(let labels): labels[table.policies[policy]]
        }
    }

    /// The cells of those policies under which something was recommended or done.
    private func confusionKeys(_ evaluation: Evaluation, _ action: Action, _ cited: PolicyID?)
        -> [ConfusionKey]
    {
        var strongest: [Int: Action] = [:]
        for finding in evaluation.findings {
            guard let action = finding.recommends, let place = table.policyIndex[finding.policy] else {
                continue
            }
            if let other = strongest[place], other.severity >= action.severity { continue }
            strongest[place] = action
        }
        var keys = strongest.map { place, recommended in
            ConfusionKey(
                policy: place, recommended: .action(recommended),
                decided: decided(action, cited, under: table.policies[place]))
        }
        if action.isRestrictive, let place = cited.flatMap({ table.policyIndex[$0] }), strongest[place] == nil
        {
            keys.append(ConfusionKey(policy: place, recommended: .nothing, decided: .action(action)))
        }
        return keys
    }

    private func decided(_ action: Action, _ cited: PolicyID?, under policy: PolicyID) -> BacktestCell.Decided
    {
        !action.isRestrictive || cited == policy ? .action(action) : .other
    }

    private mutating func name(_ judged: JudgedPost, _ evaluation: Evaluation, _ found: Set<Int>) {
        for index in wanted.indices where isIn(wanted[index].cell, judged, evaluation, found) {
            wanted[index].names.add(judged.name)
        }
    }

    private func isIn(
        _ cell: BacktestCell, _ judged: JudgedPost, _ evaluation: Evaluation, _ found: Set<Int>
    ) -> Bool {
        switch cell.place {
        case .outcome(let name, let outcome):
            guard let line = line(name),
                let truth = truth(of: table.policyOfSubject[line], by: judged.judgement)
            else { return false }
            let isTrue = truth != table.all[line].isInverse
            return BacktestCell.Outcome(isFound: found.contains(line), isTrue: isTrue) == outcome
        case .confusion(let policy, let recommended, let wantedDecision):
            guard case .decided(let action, let cited) = judged.judgement else { return false }
            let strongest = evaluation.findings.filter { $0.policy == policy }.compactMap(\.recommends)
                .max { $0.severity < $1.severity }
            return recommended == strongest.map { .action($0) } ?? .nothing
                && wantedDecision == decided(action, cited, under: policy)
        }
    }

    private func line(_ name: String) -> Int? { table.all.firstIndex { $0.name == name } }

    // MARK: What was counted

    /// The lines of the first table: each policy, then its rules in the order of its file.
    public var lines: [(subject: BacktestSubject, accuracy: Accuracy)] {
        table.all.indices.map { (table.all[$0], accuracy($0)) }
    }

    /// One line by its name.
    public func accuracy(of name: String) -> Accuracy? { line(name).map(accuracy) }

    private func accuracy(_ line: Int) -> Accuracy {
        let truth = truths[table.policyOfSubject[line]]
        // Every decision says something of every policy.
        let judged = truth.judged + kept + acted
        let positive = table.all[line].isInverse ? judged - truth.positive : truth.positive
        let (right, all) = hits[line]
        return Accuracy(
            truePositives: right, falsePositives: all - right, falseNegatives: positive - right,
            trueNegatives: judged - positive - (all - right))
    }

    /// What the live rules of each policy recommend beside what people decided: the cells that hold posts, by policy,
    /// then in the order of tables; empty for labelled posts.
    public var confusionCells:
        [(policy: PolicyID, recommended: BacktestCell.Recommended, decided: BacktestCell.Decided, count: Int)]
    {
        guard kept + acted > 0 else { return [] }
        var result:
            [(
                policy: PolicyID, recommended: BacktestCell.Recommended, decided: BacktestCell.Decided,
                count: Int
            )] = []
        for (place, policy) in table.policies.enumerated() {
            var cells = confusion.filter { $0.key.policy == place }
            func total(_ isWanted: (BacktestCell.Decided) -> Bool) -> Int {
                cells.reduce(0) { isWanted($1.key.decided) ? $0 + $1.value : $0 }
            }
            // The rest of the posts, on which the policy recommends nothing and under which nothing was done.
            let keep = kept - total { $0 == .action(.keep) }
            let other = acted - total { $0 != .action(.keep) }
            cells[ConfusionKey(policy: place, recommended: .nothing, decided: .action(.keep))] = keep
            cells[ConfusionKey(policy: place, recommended: .nothing, decided: .other)] = other
            result += cells.filter { $0.value > 0 }
                .map { (policy, $0.key.recommended, $0.key.decided, $0.value) }
                .sorted { ($0.1, $0.2) < ($1.1, $1.2) }
        }
        return result
    }

    /// The posts of the cells that were asked for.
    public var names: [(cell: BacktestCell, posts: PostNames)] { wanted.map { ($0.cell, $0.names) } }

    /// Policies that people cited and the bundle doesn't have, and how often.
    public var foreignPolicies: [(policy: PolicyID, posts: Int)] {
        foreignCounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What is wrong with a cell's name, and the remedy; `nil` when the bundle has such a cell.
    public func problem(with cell: BacktestCell) -> String? {
        switch cell.place {
        case .outcome(let name, _): problem(withLine: name)
        case .confusion(let policy, _, _):
            table.policyIndex[policy] == nil ? problem(withLine: policy.rawValue) : nil
        }
    }

    /// What is wrong with the name of a policy or rule, and the remedy; `nil` when there is such a line.
    public func problem(withLine name: String) -> String? {
        guard line(name) == nil else { return nil }
        let near = Suggestion.text(for: name, among: table.all.map(\.name))
        return "no policy or rule \"\(name)\" takes part" + near
    }

    /// The policies that a label can be about.
    public func problem(withPolicy policy: PolicyID) -> String? {
        guard table.policyIndex[policy] == nil else { return nil }
        return "there is no policy \"\(policy)\""
            + Suggestion.text(for: policy.rawValue, among: table.policies.map(\.rawValue))
    }
}
