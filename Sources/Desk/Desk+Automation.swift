import Ledger
public import Moderation
import PolicyEngine
public import Store

extension Desk {
    /// Gives a rule of the bundle in force leave to decide by itself, for as long as that bundle is in force.
    ///
    /// Only a rule that says `automatic:` can have it. What it decides from now on is marked as fully automated
    /// everywhere; posts that wait already are left to people.
    public func approveAutomation(of rule: RuleID, reason: String, by lead: Person) throws(DeskError)
        -> Automation
    {
        try demand(.lead, of: lead)
        guard !reason.isEmpty else { throw .invalid(.other("a reason is needed (--reason)")) }
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        return try write { tx in
            let bundle = try bundleInForce(in: tx)
            guard let known = bundle.rule(rule) else { throw DeskError.invalid(.unknownRule(rule)) }
            guard known.status == .live, let action = known.automatic else {
                throw DeskError.invalid(.notAutomatic(rule))
            }
            if let standing = try tx.automations(under: bundle.digest).first(where: { $0.rule == rule }) {
                return standing
            }
            let automation = Automation(
                bundle: bundle.digest, rule: rule, action: action, approvedBy: lead.id, reason: reason,
                since: now)
            try tx.insert(automation, salt: salt)
            var fields: [String: LedgerValue] = [
                "bundle": .string(bundle.digest.hex), "rule": .string(rule.rawValue),
                "action": .string(action.rawValue),
            ]
            fields.merge(Commitment.fields(of: reason, name: "reason", salt: salt)) { $1 }
            try tx.append(
                LedgerEntry(
                    kind: .automationApproved, at: now, person: lead.id, post: nil, fields: fields))
            return automation
        }
    }

    /// Ends the leave of a rule, or of all rules in one step; says whose ended.
    @discardableResult
    public func endAutomation(of rule: RuleID? = nil, by lead: Person) throws(DeskError) -> [RuleID] {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try write { tx in
            let ended = try tx.endAutomations(of: rule, at: now)
            guard !ended.isEmpty else { return [] }
            try tx.append(
                LedgerEntry(
                    kind: .automationEnded, at: now, person: lead.id, post: nil,
                    fields: ["rules": .array(ended.map { .string($0.rawValue) })]))
            return ended
        }
    }

    /// The rules that may decide by themselves now.
    public func automations() throws(DeskError) -> [Automation] {
        try read { tx in try tx.automations(under: bundleInForce(in: tx).digest) }
    }

    /// Takes back what a rule decided by itself: the post waits for a person again.
    public func reopen(_ id: PostID, by lead: Person) throws(DeskError) {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        try write { tx in
            guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            guard post.state == .decided, post.content != nil,
                let last = try tx.decisions(on: id).last(where: { $0.undoneAt == nil }), last.isAutomatic,
                try tx.undo(last.id, at: now)
            else { throw DeskError.invalid(.notDecidedByRule(id)) }
            try tx.setState(.waiting, of: id)
            try tx.append(
                LedgerEntry(
                    kind: .undone, at: now, person: lead.id, post: id,
                    fields: ["decision": .string(last.id.rawValue)]))
        }
    }

    // MARK: Inside a transaction

    /// Decides a waiting post without a person where a rule has leave to, and everything speaks for it.
    ///
    /// Narrow on purpose: the rule's recommendation must be the one that all findings together give; nobody looked
    /// over budget; no post of extreme hazard, none that a trusted flagger reported, and none that the rules take
    /// for several things at once is decided without a person.
    func decideAutomatically(
        _ post: StoredPost, under bundle: PolicyBundle, _ automations: [Automation], at now: Timestamp,
        in tx: any StoreTransaction
    ) throws {
        let evaluation = post.evaluation
        guard post.state == .waiting, evaluation.hazard < .extreme, evaluation.overBudget.isEmpty,
            let recommendation = evaluation.recommendation,
            let leave = automations.first(where: { $0.rule == recommendation.rule }),
            leave.action == recommendation.action,
            evaluation.findings.allSatisfy({ ($0.recommends ?? leave.action) == leave.action }),
            let content = post.content, !content.flags.contains(where: \.isTrusted)
        else { return }
        let decision = Decision(
            id: newID(), post: post.id, postVersion: post.version,
            maker: .rule(leave.rule, approvedBy: leave.approvedBy), action: leave.action,
            policy: recommendation.policy, rule: leave.rule, note: nil, recommendation: recommendation,
            bundle: bundle.digest, decidedAt: now)
        try keep(decision, hazard: evaluation.hazard, language: content.language, in: tx)
    }
}
