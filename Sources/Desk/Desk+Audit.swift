import Ledger
public import Moderation
import PolicyEngine
public import Store

/// The auditor's desk: looks at decisions and never changes one; every look is an entry.
extension Desk {
    /// Decisions that fit a filter, newest first, at most `limit`; the auditor's own are left out.
    public func audit(
        _ filter: DecisionFilter, before place: DecisionPlace? = nil, limit: Int, by auditor: Person
    ) throws(DeskError) -> AuditPage {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        // Counting a million decisions keeps nobody from writing.
        let page = try read { tx in
            try validate(filter, in: tx)
            let scope = DecisionScope(filter: filter, without: [auditor.id])
            let found = try tx.decisions(scope, before: place, limit: limit)
            return AuditPage(
                lines: try found.map { try line($0, for: auditor.id, in: tx) },
                total: try tx.decisionCount(scope), next: found.count < limit ? nil : found.last?.place)
        }
        // Nothing is handed out before the look is on record.
        _ = try write { tx in
            try tx.append(
                looked(
                    "list", by: auditor, at: now,
                    fields: [
                        "filter": AuditQuery.value(filter), "count": .integer(Int64(page.lines.count)),
                        "total": .integer(Int64(page.total)),
                    ]))
        }
        return page
    }

    /// The decision whose id begins so, if there is just one.
    public func resolveDecision(prefix: String) throws(DeskError) -> DecisionID {
        let found = try read { try $0.decisionIDs(withPrefix: prefix, limit: 5) }
        guard let first = found.first else { throw .invalid(.audit(.noDecision(prefix))) }
        guard found.count == 1 || first.rawValue == prefix else {
            throw .invalid(.audit(.severalDecisions(prefix, found)))
        }
        return first
    }

    /// Where a decision stands in the order of time, for a list to go on after it.
    public func place(of id: DecisionID, for auditor: Person) throws(DeskError) -> DecisionPlace {
        try read { try auditable(id, by: auditor, in: $0).place }
    }

    /// One decision and its post, covered; the decision itself is hidden while it has to be judged blindly.
    public func auditCase(_ id: DecisionID, by auditor: Person) throws(DeskError) -> AuditCase {
        let now = clock.now().wall
        return try write { tx in
            let audited = try auditable(id, by: auditor, in: tx)
            let found = try auditCase(audited, for: auditor.id, in: tx)
            try tx.append(
                looked(
                    "decision", by: auditor, at: now, post: audited.decision.post,
                    fields: ["decision": .string(id.rawValue), "hidden": .bool(found.line.shown == nil)]))
            return found
        }
    }

    /// Uncovers the post of a decision as it was decided, and starts the auditor's exposure clock.
    ///
    /// Auditors are counted like everybody: a shift is begun if none lasts, and caps hold.
    public func uncover(_ id: DecisionID, by auditor: Person) throws(DeskError) -> UncoverOutcome {
        let moment = clock.now()
        return try write { try uncover(id, by: auditor, at: moment, in: $0) }
    }

    /// Shows the post of a decision for printing, charged as the longest time that content stays uncovered.
    public func look(at id: DecisionID, by auditor: Person) throws(DeskError) -> UncoverOutcome {
        let moment = clock.now()
        return try write { tx in
            let hazard = try hazard(of: auditable(id, by: auditor, in: tx), in: tx)
            _ = try startShift(auditor.id, at: moment.wall, in: tx)
            if let refused = try refusalToPrint(hazard, for: auditor.id, at: moment.wall, in: tx) {
                return refused
            }
            let outcome = try uncover(id, by: auditor, at: moment, in: tx)
            if case .uncovered(let post) = outcome { try chargeLook(post.open, at: moment, in: tx) }
            return outcome
        }
    }

    /// A post and its decisions, with nothing of its words; to an auditor as at their desk.
    ///
    /// Whoever is an auditor and nothing else sees neither their own acts nor what they have still to judge, and the
    /// look is an entry.
    public func describe(_ id: PostID, for person: Person) throws(DeskError) -> (
        CaseFile, PostState, [Decision]
    ) {
        let (file, state, decisions) = try describe(id)
        guard person.roles == [.auditor] else { return (file, state, decisions) }
        let now = clock.now().wall
        let shown = try write { tx in
            let shown = try decisions.filter { decision in
                guard let audited = try tx.auditedDecision(decision.id), !audited.isAct(of: person.id) else {
                    return false
                }
                return try hiddenFor(decision.id, auditor: person.id, in: tx) == nil
            }
            try tx.append(
                looked("post", by: person, at: now, post: id, fields: ["count": .integer(Int64(shown.count))])
            )
            return shown
        }
        return (file, state, shown)
    }

    // MARK: Inside a transaction

    /// A filter enters the ledger: people in it must be pseudonyms, and names such as those of policies.
    func validate(_ filter: DecisionFilter, in tx: any StoreReading) throws {
        for person in filter.people.sorted() where try tx.person(person) == nil {
            throw DeskError.invalid(.audit(.noPseudonym(person.rawValue)))
        }
        let names = filter.policies.map(\.rawValue) + filter.rules.map(\.rawValue) + filter.languages
        for name in names.sorted() where !AuditQuery.isName(name) {
            throw DeskError.invalid(.audit(.badName(name)))
        }
        if let post = filter.post, try tx.post(post) == nil { throw DeskError.noSuchPost(post.rawValue) }
    }

    private func uncover(
        _ id: DecisionID, by auditor: Person, at moment: Moment, in tx: any StoreTransaction
    ) throws -> UncoverOutcome {
        let audited = try auditable(id, by: auditor, in: tx)
        let decision = audited.decision
        guard let content = try tx.content(of: decision.post, version: decision.postVersion) else {
            throw DeskError.invalid(
                .other("the content of \(decision.post) was erased; nothing can be shown"))
        }
        _ = try startShift(auditor.id, at: moment.wall, in: tx)
        let outcome = try uncover(
            decision.post, content: content, hazard: hazard(of: audited, in: tx), claimedAt: nil,
            by: auditor.id, at: moment, in: tx)
        guard case .uncovered(let post) = outcome else { return outcome }
        try tx.append(
            looked(
                "case", by: auditor, at: moment.wall, post: decision.post,
                fields: [
                    "decision": .string(id.rawValue), "span": .string(post.open.id.rawValue),
                    "version": .integer(Int64(decision.postVersion)),
                ]))
        return outcome
    }

    /// As harmful as the queue expects the post to be, or as the policy that it was acted on under says.
    private func hazard(of audited: AuditedDecision, in tx: any StoreReading) throws -> Hazard {
        let decision = audited.decision
        let now = try tx.post(decision.post)?.evaluation.hazard ?? .none
        guard decision.action != .keep, let policy = decision.policy else { return max(now, audited.hazard) }
        let cited = try bundle(decision.bundle, in: tx).policy(policy)?.hazard ?? .none
        return max(now, max(audited.hazard, cited))
    }

    /// A decision that this person may audit: the role is demanded, and nobody audits their own act.
    func auditable(_ id: DecisionID, by auditor: Person, in tx: any StoreReading) throws -> AuditedDecision {
        try demand(.auditor, of: auditor)
        guard let audited = try tx.auditedDecision(id) else {
            throw DeskError.invalid(.audit(.noDecision(id.rawValue)))
        }
        guard !audited.isAct(of: auditor.id) else { throw DeskError.invalid(.audit(.ownAct(id))) }
        return audited
    }

    /// A decision in one line, hidden where this auditor has still to judge it.
    func line(_ audited: AuditedDecision, for auditor: PersonID, in tx: any StoreReading) throws -> AuditLine
    {
        let hidden = try hiddenFor(audited.decision.id, auditor: auditor, in: tx) != nil
        return AuditLine(audited, isHidden: hidden)
    }

    /// The blind sample for which a decision is hidden from an auditor; `nil` once they have said something of it.
    func hiddenFor(_ id: DecisionID, auditor: PersonID, in tx: any StoreReading) throws -> SampleID? {
        guard let sample = try tx.blindSamples(with: id).first else { return nil }
        return try tx.marks(on: id).contains { $0.rater == auditor } ? nil : sample
    }

    private func auditCase(_ audited: AuditedDecision, for auditor: PersonID, in tx: any StoreReading) throws
        -> AuditCase
    {
        let decision = audited.decision
        guard var stored = try tx.post(decision.post) else {
            throw DeskError.noSuchPost(decision.post.rawValue)
        }
        let isLater = stored.version != decision.postVersion
        if isLater {
            stored.content = try tx.content(of: decision.post, version: decision.postVersion)
            stored.version = decision.postVersion
        }
        let never = Timestamp(milliseconds: 0)
        let claim = Claim(
            post: decision.post, person: PersonID(""), fence: 0, claimedAt: never, expiresAt: never)
        let marks = try tx.marks(on: decision.id)
        let own = marks.filter { $0.rater == auditor }
        let hidden = own.isEmpty ? try tx.blindSamples(with: decision.id).first : nil
        let hasSaid = own.contains { $0.verdict != nil }
        return AuditCase(
            line: AuditLine(audited, isHidden: hidden != nil),
            file: CaseFile(
                claim: claim, stored: stored, draft: nil, bundle: try bundle(decision.bundle, in: tx),
                erasure: try tx.erasure(of: decision.post)),
            isEvaluationLater: isLater, judgement: own.lazy.compactMap(\.judgement).first, own: own,
            others: hasSaid ? marks.filter { $0.rater != auditor && $0.verdict != nil } : [],
            hiddenFor: hidden)
    }

    /// The entry that tells of a look.
    func looked(
        _ what: String, by auditor: Person, at now: Timestamp, post: PostID? = nil,
        fields: [String: LedgerValue] = [:]
    ) -> LedgerEntry {
        LedgerEntry(
            kind: .auditLooked, at: now, person: auditor.id, post: post,
            fields: fields.merging(["what": .string(what)]) { $1 })
    }
}

extension AuditQuery {
    /// Whether it can be the name of a policy, a rule or a language.
    static func isName(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "/"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// The filter as an entry tells it: its query, whose words are names and never text of a post.
    static func value(_ filter: DecisionFilter) -> LedgerValue { .string(text(filter)) }
}
