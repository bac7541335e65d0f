import Ledger
public import Moderation
import PolicyEngine
public import Store

/// How often moderators called a rule wrong.
public struct DisputedRule: Hashable, Sendable {
    /// The rule.
    public var rule: RuleID
    /// What they said, newest first.
    public var objections: [Objection]
}

extension Desk {
    /// Files that a rule is wrong on the post in hand; saying it twice changes nothing.
    ///
    /// - Returns: whether it was said for the first time.
    @discardableResult
    public func dispute(_ rule: RuleID, on file: CaseFile, by person: Person) throws(DeskError) -> Bool {
        guard let finding = file.evaluation.findings.first(where: { $0.rule == rule }) else {
            throw .invalid(.noFinding(rule, file.post))
        }
        let now = clock.now().wall
        return try write { tx in
            try demandClaim(file.claim, in: tx)
            let objection = Objection(
                rule: rule, policy: finding.policy, post: file.post, version: file.version,
                bundle: file.evaluation.bundle, person: person.id, at: now)
            guard try tx.insert(objection) else { return false }
            try tx.append(
                LedgerEntry(
                    kind: .ruleDisputed, at: now, person: person.id, post: file.post,
                    fields: [
                        "rule": .string(rule.rawValue), "version": .integer(Int64(file.version)),
                        "bundle": .string(file.evaluation.bundle.hex),
                        "policy": .string(finding.policy.rawValue),
                    ]))
            return true
        }
    }

    /// The rules that moderators called wrong since then, most often first; for leads.
    public func disputedRules(since: Timestamp, for lead: Person) throws(DeskError) -> [DisputedRule] {
        try demand(.lead, of: lead)
        let all = try read { try $0.objections(since: since, limit: 10_000) }
        return Dictionary(grouping: all, by: \.rule)
            .map { DisputedRule(rule: $0.key, objections: $0.value) }
            .sorted { ($1.objections.count, $0.rule) < ($0.objections.count, $1.rule) }
    }

    /// Evaluates posts again that wait and were evaluated under another bundle than the one in force.
    ///
    /// Looks at a thousand posts after a place (0 at first), in one transaction, so that the work of others goes on
    /// in between; claims evaluate again what they take, whether this was called or not.
    ///
    /// - Returns: how many posts changed, and where to go on; `nil` at the end.
    public func reevaluate(after place: Int64) throws(DeskError) -> (evaluated: Int, place: Int64?) {
        let now = clock.now().wall
        return try write { tx in
            let evaluator = try bundles.evaluator(bundleInForce(in: tx))
            let (posts, next) = try tx.posts(
                notUnder: evaluator.bundle.digest, in: [.waiting, .escalated], after: place, limit: 1000)
            for id in posts {
                guard let stored = try tx.post(id) else { continue }
                try reevaluate(stored, by: evaluator, at: now, in: tx)
            }
            return (posts.count, next)
        }
    }

    /// Evaluates one post again and tells so; gives the evaluation that now stands.
    @discardableResult
    func reevaluate(
        _ stored: StoredPost, by evaluator: Evaluator, at now: Timestamp, in tx: any StoreTransaction
    )
        throws -> Evaluation
    {
        guard let prepared = try evaluatedAgain(stored, by: evaluator, at: now, in: tx) else {
            return stored.evaluation
        }
        try tx.reevaluate(prepared, at: now)
        try tx.append(
            entry(.evaluated, of: stored, evaluation: prepared.evaluation, version: stored.version, at: now))
        return prepared.evaluation
    }
}
