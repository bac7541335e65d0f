public import Moderation

/// What a backtest has a line for.
public struct BacktestSubject: Hashable, Sendable {
    /// Whether it is a policy or a rule.
    public enum Kind: String, Hashable, Sendable, Encodable {
        /// A policy: found where a live rule of it recommends more than to keep.
        case policy
        /// The policy as it would be if its rules on trial, and its drafts if they take part, were live.
        case policyWithTrials = "policy_with_trials"
        /// A rule: found where it matches.
        case rule
    }

    /// What it is.
    public var kind: Kind
    /// The policy, or that of the rule: what holds for it is what people said of the policy.
    public var policy: PolicyID
    /// Its name: the policy's, the policy's and "+" with trials, or the rule's.
    public var name: String
    /// A rule's status.
    public var status: Rule.Status?
    /// What a rule recommends.
    public var recommends: Action?

    /// A rule that recommends to keep is right where the policy was not applied.
    public var isInverse: Bool { recommends == .keep }
}

/// The lines of a backtest, and which findings fall on which: the same for all parts of the work.
final class BacktestSubjects: Sendable {
    let all: [BacktestSubject]
    /// Policies by their place in ``policies``.
    let policies: [PolicyID]
    let policyIndex: [PolicyID: Int]
    /// The place in ``policies`` of each line.
    let policyOfSubject: [Int]
    /// For each policy its line, and the one with trials if it has any.
    let lines: [(live: Int, withTrials: Int?)]
    let ruleIndex: [RuleID: Int]

    init(_ bundle: PolicyBundle, statuses: Set<Rule.Status>) {
        var all: [BacktestSubject] = []
        var policyOfSubject: [Int] = []
        var lines: [(live: Int, withTrials: Int?)] = []
        var ruleIndex: [RuleID: Int] = [:]
        for (place, policy) in bundle.policies.enumerated() {
            let rules = policy.rules.filter { statuses.contains($0.status) }
            let hasTrials = rules.contains { $0.status != .live }
            lines.append((live: all.count, withTrials: hasTrials ? all.count + 1 : nil))
            all.append(BacktestSubject(kind: .policy, policy: policy.id, name: policy.id.rawValue))
            if hasTrials {
                all.append(
                    BacktestSubject(
                        kind: .policyWithTrials, policy: policy.id, name: policy.id.rawValue + "+"))
            }
            for rule in rules {
                ruleIndex[rule.id] = all.count
                all.append(
                    BacktestSubject(
                        kind: .rule, policy: policy.id, name: rule.id.rawValue, status: rule.status,
                        recommends: rule.recommend))
            }
            while policyOfSubject.count < all.count { policyOfSubject.append(place) }
        }
        self.all = all
        self.policyOfSubject = policyOfSubject
        self.lines = lines
        self.ruleIndex = ruleIndex
        policies = bundle.policies.map(\.id)
        policyIndex = Dictionary(uniqueKeysWithValues: policies.enumerated().map { ($1, $0) })
    }

    /// The lines that findings fall on.
    func found(_ evaluation: Evaluation) -> Set<Int> {
        var result: Set<Int> = []
        for finding in evaluation.findings + evaluation.shadow {
            guard let rule = ruleIndex[finding.rule] else { continue }
            result.insert(rule)
            guard finding.recommends?.isRestrictive == true else { continue }
            let line = lines[policyOfSubject[rule]]
            if let trials = line.withTrials { result.insert(trials) }
            if all[rule].status == .live { result.insert(line.live) }
        }
        return result
    }
}
