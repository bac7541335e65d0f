import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// Records a decision; the exposure span that runs is closed with it.
    @discardableResult
    public func decide(_ file: CaseFile, _ choice: Choice, by person: Person, open: OpenSpan?)
        throws(DeskError)
        -> Decision
    {
        let moment = clock.now()
        return try write(as: .own(person.id)) {
            try decide(file, choice, by: person, open: open, at: moment, in: $0).decision
        }
    }

    /// Records a decision and puts the next post into the person's hands, in one transaction.
    public func decideAndClaimNext(_ file: CaseFile, _ choice: Choice, by person: Person, open: OpenSpan?)
        throws(DeskError) -> (Decision, ClaimOutcome)
    {
        let moment = clock.now()
        return try write(as: .own(person.id)) { tx in
            try tx.foresee {
                _ = try tx.claim(on: file.post)
                if let open { _ = try tx.span(open.id) }
                try askCandidate(person.id, at: moment.wall, in: tx)
            }
            let (decision, record) = try decide(file, choice, by: person, open: open, at: moment, in: tx)
            return (decision, try claimNext(for: person.id, at: moment.wall, known: record, in: tx))
        }
    }

    /// The person's last decision, while it can be taken back.
    ///
    /// It can for ``undoWindow``, and beyond it while the post that followed is still in hand and the
    /// decision's effect has not left the site.
    public func undoable(by person: Person) throws(DeskError) -> Undoable? {
        let now = clock.now().wall
        return try read { try undoable(by: person.id, at: now, in: $0) }
    }

    /// Takes a decision back, as a new entry; the post comes back into the person's hand.
    public func undo(_ id: DecisionID, by person: Person) throws(DeskError) -> CaseFile {
        let now = clock.now().wall
        return try write { tx in
            guard let undoable = try undoable(by: person.id, at: now, in: tx), undoable.decision.id == id,
                try tx.undo(id, at: now)
            else { throw DeskError.nothingToUndo }
            let decision = undoable.decision
            try tx.append(
                LedgerEntry(
                    kind: .undone, at: now, person: person.id, post: decision.post,
                    fields: ["decision": .string(id.rawValue)]))
            try tx.setState(.waiting, of: decision.post)
            let request = request(for: person, hazards: Set(Hazard.allCases), at: now)
            guard let claim = try tx.claim(decision.post, for: request) else {
                throw DeskError.claimLost(decision.post)
            }
            try undoApplied(from: id, by: person.id, at: now, in: tx)
            let draft = Draft(action: decision.action, policy: decision.policy, note: decision.note ?? "")
            try tx.save(draft, on: decision.post, by: person.id)
            return try taken(claim, at: now, in: tx)
        }
    }

    // MARK: Inside a transaction

    private func undoable(by person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> Undoable?
    {
        let since = now - .seconds(86_400)
        guard let latest = try tx.decisions(by: person, since: since, limit: 1).first,
            // Of a group, the one on the post that was in hand.
            let last = try latest.appliedFrom.map({ try tx.decision($0) }) ?? latest, last.undoneAt == nil,
            let post = try tx.post(last.post), post.state == .decided, post.version == last.postVersion,
            post.content != nil
        else { return nil }
        let until = last.decidedAt + Self.undoWindow
        let applied = try tx.decisions(appliedFrom: last.id).filter { $0.undoneAt == nil }
        if now <= until { return Undoable(decision: last, until: until, applied: applied.count) }
        let isNextInHand = try tx.claims(of: person, lastingAt: now).contains { claim in
            claim.claimedAt >= last.decidedAt && claim.claimedAt <= until
        }
        let isStillHere = try ([last.id] + applied.map(\.id)).allSatisfy { try tx.isWaitingToLeave($0) }
        return isNextInHand && isStillHere
            ? Undoable(decision: last, until: nil, applied: applied.count) : nil
    }

    /// - Returns: the decision, and the person's record unless deciding changed it.
    func decide(
        _ file: CaseFile, _ choice: Choice, by person: Person, open: OpenSpan?, at moment: Moment,
        in tx: any StoreTransaction
    ) throws -> (decision: Decision, record: ExposureRecord?) {
        let bundle = file.bundle.bundle
        try validate(choice, in: bundle)
        try demandClaim(file.claim, in: tx)
        guard file.claim.person == person.id else { throw DeskError.claimLost(file.post) }
        if let open { try close(open, because: .decided, at: moment, in: tx) }
        let charged = hazard(of: file, choice: choice, in: bundle)
        var record: ExposureRecord?
        // Where there is nothing to charge, a decision need not ask the clock.
        if charged > .none {
            let known = try self.record(of: person.id, at: moment.wall, in: tx)
            try demandTimeToFinish(file, record: known)
            try rerate(file, to: charged, record: known, at: moment.wall, in: tx)
            record = known
        }
        let decision = Decision(
            id: newID(), post: file.post, postVersion: file.version, maker: .person(person.id),
            action: choice.action, policy: choice.policy, rule: choice.rule,
            note: choice.note.flatMap { $0.isEmpty ? nil : $0 },
            recommendation: file.evaluation.recommendation, bundle: bundle.digest, decidedAt: moment.wall)
        try keep(decision, hazard: file.hazard, charged: charged, language: file.language, in: tx)
        return (decision, charged == file.hazard ? record : nil)
    }

    /// Keeps a decision, whoever made it: the post is decided, its effect waits to leave, and an entry tells it.
    ///
    /// - Parameter charged: the hazard that was charged; `nil` where it is the one the post was taken for.
    func keep(
        _ decision: Decision, hazard: Hazard, charged: Hazard? = nil, language: String?,
        in tx: any StoreTransaction
    ) throws {
        let salt = decision.note == nil ? nil : entropy.bytes(16)
        try tx.insert(decision, hazard: hazard, language: language, noteSalt: salt)
        try tx.setState(.decided, of: decision.post)
        try tx.enqueue(
            OutboxItem(
                decision: decision.id, post: decision.post, action: decision.action,
                dueAt: decision.decidedAt + Self.undoWindow))
        let charged = charged ?? hazard
        var entry = entry(of: decision, hazard: charged, language: language, noteSalt: salt)
        if charged != hazard { entry.fields["expected"] = .string(hazard.rawValue) }
        try tx.append(entry)
    }

    func validate(_ choice: Choice, in bundle: PolicyBundle) throws {
        guard let id = choice.policy else {
            guard choice.action == .keep else { throw DeskError.invalid(.needsPolicy(choice.action)) }
            return
        }
        guard let policy = bundle.policy(id) else {
            let near = bundle.policies.map(\.id).first {
                $0.rawValue.hasPrefix(id.rawValue.prefix(3))
            }
            throw DeskError.invalid(.unknownPolicy(id, near: near))
        }
        guard choice.action == .keep || policy.actions.contains(choice.action) else {
            throw DeskError.invalid(.actionNotInPolicy(choice.action, id, allowed: policy.actions))
        }
        if let rule = choice.rule, !policy.rules.contains(where: { $0.id == rule }) {
            throw DeskError.invalid(.unknownRule(rule))
        }
    }

    /// A post in hand when a limit was reached may be finished for a while; then it goes back.
    private func demandTimeToFinish(_ file: CaseFile, record: ExposureRecord) throws {
        guard file.hazard > .none else { return }
        let standing = Dosimeter.standing(of: record)
        if let refusal = standing.refusalToFinish { throw DeskError.limited(refusal) }
    }

    /// The cited policy's hazard where that is higher than what the post was taken for.
    private func hazard(of file: CaseFile, choice: Choice, in bundle: PolicyBundle) -> Hazard {
        let cited = choice.policy.flatMap { bundle.policy($0)?.hazard } ?? .none
        return choice.action == .keep ? file.hazard : max(file.hazard, cited)
    }

    /// Charges the spans on this post at the hazard it turned out to have.
    private func rerate(
        _ file: CaseFile, to hazard: Hazard, record: ExposureRecord, at now: Timestamp,
        in tx: any StoreTransaction
    ) throws {
        for span in record.spans where span.post == file.post && span.hazard < hazard {
            try recharge(span.rerated(to: hazard, limits: record.limits), at: now, in: tx)
        }
    }

    /// Tells of a decision, and truly whether a person or a rule made it.
    func entry(of decision: Decision, hazard: Hazard, language: String?, noteSalt: [UInt8]? = nil)
        -> LedgerEntry
    {
        var fields: [String: LedgerValue] = [
            "decision": .string(decision.id.rawValue), "action": .string(decision.action.rawValue),
            "version": .integer(Int64(decision.postVersion)), "bundle": .string(decision.bundle.hex),
            "hazard": .string(hazard.rawValue),
        ]
        switch decision.maker {
        case .person: fields["by"] = .string("person")
        case .rule(_, let lead):
            fields["by"] = .string("rule")
            fields["approved_by"] = .string(lead.rawValue)
        }
        if let origin = decision.appliedFrom { fields["applied_from"] = .string(origin.rawValue) }
        if let language { fields["language"] = .string(language) }
        if let policy = decision.policy { fields["policy"] = .string(policy.rawValue) }
        if let rule = decision.rule { fields["rule"] = .string(rule.rawValue) }
        if let suggested = decision.recommendation {
            fields["recommended"] = .object([
                "action": .string(suggested.action.rawValue), "policy": .string(suggested.policy.rawValue),
                "rule": .string(suggested.rule.rawValue),
            ])
        }
        fields.merge(Commitment.fields(of: decision.note, name: "note", salt: noteSalt ?? [])) { $1 }
        return LedgerEntry(
            kind: .decided, at: decision.decidedAt, person: decision.person, post: decision.post,
            fields: fields)
    }
}
