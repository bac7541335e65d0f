public import Exposure
import Ledger
public import Moderation
public import Store

/// What became of a proposal of limits.
public enum ProposalState: String, Hashable, Sendable {
    /// It waits for a second lead.
    case open
    /// A second lead signed.
    case approved
    /// A second lead did not agree.
    case refused
    /// Who proposed took it back.
    case withdrawn
    /// Limits have changed since, so that it can't be signed any more.
    case outdated
    /// Nobody answered in time.
    case lapsed
}

/// A proposal as leads see it.
public struct ProposalCard: Hashable, Sendable {
    /// The proposal.
    public var proposal: LimitsProposal
    /// What became of it.
    public var state: ProposalState
    /// What it changes; against the limits that it was made for.
    public var changes: [LimitChange]
    /// Who proposes.
    public var proposer: String
    /// Who answered.
    public var answerer: String?
    /// Whether it needs the store's owner.
    public var needsOwner: Bool
    /// Whether the person who asked is the one who proposed.
    public var isOwn: Bool
}

extension Desk {
    /// How long a proposal can be signed: a choice, so that nobody signs what is forgotten.
    public static let proposalTime: Duration = .seconds(7 * 86_400)

    /// Proposes other limits, for a second lead to sign.
    ///
    /// What is lowered only needs no proposal: ``lowerLimits(to:by:)``.
    ///
    /// - Throws: ``LimitsRefusal`` when nothing is loosened or no reason is given; what is out of range or above the
    ///   model's ceiling is never proposed.
    public func propose(_ wanted: Limits, reason: String, by lead: Person) throws(DeskError) -> LimitsProposal
    {
        try demand(.lead, of: lead)
        let reason = try Self.reason(reason)
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        return try write { tx in
            try demandStill(.lead, of: lead, in: tx)
            let old = try limits(in: tx)
            let changes = try Self.checked(wanted, from: old)
            guard !changes.isEmpty else { throw DeskError.invalid(.limit(.nothingChanges)) }
            guard changes.contains(where: \.loosens) else { throw DeskError.invalid(.limit(.onlyLowers)) }
            let proposal = LimitsProposal(
                id: newID(), base: old.version,
                figures: Dictionary(uniqueKeysWithValues: changes.map { ($0.field.rawValue, $0.new) }),
                reason: reason, salt: salt, by: lead.id, at: now)
            try tx.save(proposal)
            var fields: [String: LedgerValue] = [
                "proposal": .string(proposal.id.rawValue), "base": .integer(Int64(old.version)),
                "figures": .object(proposal.figures.mapValues { .integer($0) }),
            ]
            fields.merge(Commitment.fields(of: reason, name: "reason", salt: salt)) { $1 }
            try tx.append(
                LedgerEntry(kind: .limitsProposed, at: now, person: lead.id, post: nil, fields: fields))
            return proposal
        }
    }

    /// Signs a proposal, as a second lead: what it tightens holds at once, what it loosens from each person's next shift.
    ///
    /// Everybody who works here is shown it until they say that they have seen it.
    @discardableResult
    public func approve(_ id: ProposalID, by lead: Person) throws(DeskError) -> Limits {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try write { tx in
            var proposal = try answerable(id, by: lead, at: now, in: tx)
            guard proposal.by != lead.id else { throw DeskError.invalid(.limit(.ownProposal(id))) }
            let old = try limits(in: tx)
            guard proposal.base == old.version else {
                throw DeskError.invalid(.limit(.outdated(id, base: proposal.base, now: old.version)))
            }
            var new = old
            for (field, figure) in proposal.fields { new[field] = figure }
            let changes = try Self.checked(new, from: old)
            if changes.contains(where: { $0.field == .ceiling && $0.loosens }), try !tx.isOwner() {
                throw DeskError.invalid(.limit(.needsOwner))
            }
            new.version = old.version + 1
            let since = try momentAfterAllShifts(now, in: tx)
            let people = try tx.people().filter(\.isActive).map(\.id)
            proposal.version = new.version
            let told: [String: LedgerValue] = [
                "version": .integer(Int64(new.version)),
                "shown_to": .array(people.map { .string($0.rawValue) }),
            ]
            try answer(&proposal, .approved, by: lead, at: since, telling: told, in: tx)
            for person in people { try tx.save(LimitsNotice(version: new.version, person: person)) }
            try put(new, by: proposal.by, at: since, in: tx)
            return new
        }
    }

    /// Refuses a proposal, as a second lead.
    public func refuse(_ id: ProposalID, by lead: Person) throws(DeskError) {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        try write { tx in
            var proposal = try answerable(id, by: lead, at: now, in: tx)
            guard proposal.by != lead.id else { throw DeskError.invalid(.limit(.ownProposal(id))) }
            try answer(&proposal, .refused, by: lead, at: now, in: tx)
        }
    }

    /// Takes a proposal back, as the one who made it.
    public func withdraw(_ id: ProposalID, by lead: Person) throws(DeskError) {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        try write { tx in
            var proposal = try answerable(id, by: lead, at: now, in: tx)
            guard proposal.by == lead.id else { throw DeskError.invalid(.limit(.notYourProposal(id))) }
            try answer(&proposal, .withdrawn, by: lead, at: now, in: tx)
        }
    }

    /// Proposals, newest first; for leads, and for auditors, who are told pseudonyms.
    public func proposals(limit: Int, for person: Person) throws(DeskError) -> [ProposalCard] {
        guard !person.roles.isDisjoint(with: [.lead, .auditor]) else { throw .needsRole(.lead) }
        let now = clock.now().wall
        return try read { tx in
            let history = try tx.limitsHistory().map(\.limits)
            return try tx.limitsProposals(limit: limit).map { proposal in
                let base = history.last { $0.version == proposal.base } ?? .standard
                let changes = proposal.fields.map { LimitChange(field: $0, old: base[$0], new: $1) }
                    .sorted { $0.field.rawValue < $1.field.rawValue }
                return ProposalCard(
                    proposal: proposal,
                    state: Self.state(of: proposal, at: now, inForce: history.last?.version),
                    changes: changes, proposer: try called(proposal.by, for: person, in: tx),
                    answerer: try proposal.answeredBy.map { try called($0, for: person, in: tx) },
                    needsOwner: changes.contains { $0.field == .ceiling && $0.loosens },
                    isOwn: proposal.by == person.id)
            }
        }
    }

    /// The proposal whose id begins so, if there is just one.
    public func resolveProposal(prefix: String, for person: Person) throws(DeskError) -> ProposalID {
        let found = try proposals(limit: 10_000, for: person).map(\.proposal.id)
            .filter { $0.rawValue.hasPrefix(prefix) }
        guard !prefix.isEmpty, let first = found.first, found.count == 1 else {
            throw .invalid(.limit(.noProposal(prefix)))
        }
        return first
    }

    // MARK: Inside a transaction

    /// A reason without white space around it.
    static func reason(_ text: String) throws(DeskError) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { throw .invalid(.limit(.needsReason)) }
        return words.joined(separator: " ")
    }

    /// What limits change, if they hold together.
    static func checked(_ wanted: Limits, from old: Limits) throws(DeskError) -> [LimitChange] {
        do throws(LimitsError) { try wanted.validated() } catch {
            throw .invalid(.limits(error.description))
        }
        return wanted.changes(from: old)
    }

    /// What a colleague is called; auditors are told a pseudonym.
    func called(_ id: PersonID, for person: Person, in tx: any StoreReading) throws -> String {
        person.roles == [.auditor] ? id.rawValue : try tx.person(id)?.name ?? id.rawValue
    }

    /// That somebody has a role now, whatever they had when their console was opened.
    func demandStill(_ role: Role, of person: Person, in tx: any StoreReading) throws {
        guard let known = try tx.person(person.id), known.isActive, known.roles.contains(role) else {
            throw DeskError.needsRole(role)
        }
    }

    /// A moment after the beginning of all shifts that are known, whatever the clock says: only so do limits that are
    /// put in force then wait for the next shift of everybody who is in one.
    private func momentAfterAllShifts(_ now: Timestamp, in tx: any StoreReading) throws -> Timestamp {
        var latest = now
        for person in try tx.people() {
            for shift in try tx.shifts(of: person.id, since: now - Dosimeter.week)
            where shift.startedAt >= latest {
                latest = shift.startedAt + .milliseconds(1)
            }
        }
        return latest
    }

    private func answerable(_ id: ProposalID, by lead: Person, at now: Timestamp, in tx: any StoreReading)
        throws -> LimitsProposal
    {
        try demandStill(.lead, of: lead, in: tx)
        guard let proposal = try tx.limitsProposal(id) else {
            throw DeskError.invalid(.limit(.noProposal(id.rawValue)))
        }
        switch Self.state(of: proposal, at: now, inForce: nil) {
        case .approved, .refused, .withdrawn: throw DeskError.invalid(.limit(.answered(id)))
        case .lapsed: throw DeskError.invalid(.limit(.lapsed(id)))
        case .open, .outdated: return proposal
        }
    }

    private func answer(
        _ proposal: inout LimitsProposal, _ answer: ProposalAnswer, by lead: Person, at now: Timestamp,
        telling more: [String: LedgerValue] = [:], in tx: any StoreTransaction
    ) throws {
        proposal.answer = answer
        proposal.answeredBy = lead.id
        proposal.answeredAt = now
        try tx.save(proposal)
        let kind: EntryKind =
            switch answer {
            case .approved: .limitsApproved
            case .refused: .limitsRefused
            case .withdrawn: .limitsWithdrawn
            }
        try tx.append(
            LedgerEntry(
                kind: kind, at: now, person: lead.id, post: nil,
                fields: ["proposal": .string(proposal.id.rawValue)].merging(more) { $1 }))
    }

    /// - Parameter version: of the limits in force; `nil` where it doesn't matter whether they have changed.
    private static func state(of proposal: LimitsProposal, at now: Timestamp, inForce version: Int?)
        -> ProposalState
    {
        switch proposal.answer {
        case .approved: return .approved
        case .refused: return .refused
        case .withdrawn: return .withdrawn
        case nil: break
        }
        if now > proposal.at + proposalTime { return .lapsed }
        return version.map { $0 != proposal.base } ?? false ? .outdated : .open
    }
}
