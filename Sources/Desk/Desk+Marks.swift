import Ledger
public import Moderation
public import Store

/// What auditors hold of decisions; no decision is ever changed by it.
extension Desk {
    /// Says what the auditor would have decided; with that the decision is shown.
    ///
    /// It is said once: after it the decision is known.
    public func judge(_ id: DecisionID, _ judgement: Judgement, by auditor: Person) throws(DeskError)
        -> AuditCase
    {
        let now = clock.now().wall
        try write { tx in
            let audited = try auditable(id, by: auditor, in: tx)
            guard let sample = try hiddenFor(id, auditor: auditor.id, in: tx) else {
                throw DeskError.invalid(.audit(.judgedBefore(id)))
            }
            let bundle = try bundle(audited.decision.bundle, in: tx)
            try validate(Choice(action: judgement.action, policy: judgement.policy), in: bundle)
            try tx.insert(
                AuditMark(
                    decision: id, sample: sample, rater: auditor.id, verdict: nil, judgement: judgement,
                    reason: nil, salt: nil, at: now))
            var fields: [String: LedgerValue] = [
                "decision": .string(id.rawValue), "sample": .string(sample.rawValue),
                "action": .string(judgement.action.rawValue),
            ]
            if let policy = judgement.policy { fields["policy"] = .string(policy.rawValue) }
            try tx.append(
                LedgerEntry(
                    kind: .auditJudged, at: now, person: auditor.id, post: audited.decision.post,
                    fields: fields))
        }
        return try auditCase(id, by: auditor)
    }

    /// Says what the auditor holds of a decision; what they said before is kept, and counts no more.
    ///
    /// - Parameters:
    ///   - sample: the sample for which it is said; the decision must be in it.
    ///   - reason: needed unless the auditor agrees.
    @discardableResult
    public func mark(
        _ id: DecisionID, _ verdict: AuditVerdict, reason: String?, sample: SampleID? = nil,
        by auditor: Person
    ) throws(DeskError) -> AuditMark {
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        let reason = reason.flatMap { $0.isEmpty ? nil : $0 }
        guard reason != nil || verdict == .agree else { throw .invalid(.audit(.needsReason)) }
        return try write { tx in
            let audited = try auditable(id, by: auditor, in: tx)
            if let sample { try demand(id, in: sample, in: tx) }
            // Who can't tell needs no decision to say so; who agrees or not must have judged first.
            let hidden = try hiddenFor(id, auditor: auditor.id, in: tx)
            guard hidden == nil || verdict == .unclear else {
                throw DeskError.invalid(.audit(.judgeFirst(id)))
            }
            let mark = AuditMark(
                decision: id, sample: sample ?? hidden, rater: auditor.id, verdict: verdict, judgement: nil,
                reason: reason, salt: reason == nil ? nil : salt, at: now)
            try tx.insert(mark)
            var fields: [String: LedgerValue] = [
                "decision": .string(id.rawValue), "verdict": .string(verdict.rawValue),
            ]
            if let sample = mark.sample { fields["sample"] = .string(sample.rawValue) }
            fields.merge(Commitment.fields(of: reason, name: "reason", salt: salt)) { $1 }
            try tx.append(
                LedgerEntry(
                    kind: .auditMarked, at: now, person: auditor.id, post: audited.decision.post,
                    fields: fields))
            return mark
        }
    }

    private func demand(_ id: DecisionID, in sample: SampleID, in tx: any StoreReading) throws {
        _ = try known(sample, in: tx)
        var position = 0
        while true {
            let page = try tx.sampleItems(of: sample, after: position, limit: 1000)
            if page.contains(id) { return }
            guard page.count == 1000 else { break }
            position += page.count
        }
        throw DeskError.invalid(.audit(.notInSample(id, sample)))
    }
}
