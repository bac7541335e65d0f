public import Exposure
import Ledger
public import Moderation
public import Store

/// Limits that were loosened, as they are shown to somebody who works under them.
public struct LoosenedLimits: Hashable, Sendable {
    /// The version.
    public var version: Int
    /// What it changed.
    public var changes: [LimitChange]
    /// Since when it is in force.
    public var since: Timestamp
    /// Why, in the words of who proposed it.
    public var reason: String
    /// Who proposed it.
    public var proposer: String
    /// Who signed it.
    public var countersigner: String
    /// When the person said that they have seen it; that is no consent.
    public var acknowledgedAt: Timestamp?
    /// Whether the person refused it, so that it doesn't loosen anything for them; nobody else is told.
    public var isRefused: Bool
    /// Whether it waits for their next shift.
    public var waits: Bool
}

extension Desk {
    /// What was loosened and is shown to the person, newest first: what they have not acknowledged, and what they have.
    public func loosenedLimits(for person: Person) throws(DeskError) -> [LoosenedLimits] {
        let now = clock.now().wall
        return try read { try loosenedLimits(for: person, at: now, in: $0) }
    }

    /// Says that the person has seen limits which were loosened, so that they are not shown any more.
    ///
    /// That is no consent. Whoever refuses has seen them too: only that stands in the ledger.
    ///
    /// - Parameter refusing: whether to go on as before, which needs no reason; `nil` leaves it as it is. Taking a
    ///   refusal back loosens, and so waits for the time between shifts.
    public func acknowledge(_ version: Int, refusing: Bool? = nil, by person: Person) throws(DeskError) {
        let now = clock.now().wall
        try write { tx in
            guard
                let notice = try tx.limitsNotices(for: person.id).first(where: { $0.version == version })
            else { throw DeskError.invalid(.limit(.noNotice(version))) }
            if let refusing { try set(refusing, version, by: person, at: now, in: tx) }
            guard notice.acknowledgedAt == nil else { return }
            try tx.save(LimitsNotice(version: version, person: person.id, acknowledgedAt: now))
            try tx.append(
                LedgerEntry(
                    kind: .limitsAcknowledged, at: now, person: person.id, post: nil,
                    fields: ["version": .integer(Int64(version))]))
        }
    }

    /// How many of those who are to see the limits in force have not said so yet: all that a lead is told.
    ///
    /// - Returns: the version and how many of how many people.
    public func pendingAcknowledgements(for lead: Person) throws(DeskError) -> (
        version: Int, pending: Int, of: Int
    )? {
        try demand(.lead, of: lead)
        return try read { tx in
            let active = Set(try tx.people().filter(\.isActive).map(\.id))
            for stored in try tx.limitsHistory().reversed() {
                let notices = try tx.limitsNotices(of: stored.limits.version)
                guard !notices.isEmpty else { continue }
                let asked = notices.filter { active.contains($0.person) }
                return (stored.limits.version, asked.count { $0.acknowledgedAt == nil }, asked.count)
            }
            return nil
        }
    }

    // MARK: Inside a transaction

    private func set(
        _ isRefused: Bool, _ version: Int, by person: Person, at now: Timestamp,
        in tx: any StoreTransaction
    ) throws {
        let isRefusedNow = try tx.refusedLimits(of: person.id).contains(version)
        guard isRefused != isRefusedNow else { return }
        if !isRefused, try tx.shifts(of: person.id, since: now - Dosimeter.week).contains(where: \.isOpen) {
            throw DeskError.invalid(.limit(.inShift))
        }
        try tx.setRefused(isRefused, version: version, by: person.id)
    }

    func loosenedLimits(for person: Person, at now: Timestamp, in tx: any StoreReading) throws
        -> [LoosenedLimits]
    {
        let notices = try tx.limitsNotices(for: person.id)
        guard !notices.isEmpty else { return [] }
        let history = try tx.limitsHistory()
        let refused = try tx.refusedLimits(of: person.id)
        let shift = try tx.shifts(of: person.id, since: now - Dosimeter.week).filter(\.isOpen)
            .map(\.startedAt).min()
        let proposals = try tx.limitsProposals(limit: 1000)
        return try notices.reversed().compactMap { notice in
            guard let place = history.firstIndex(where: { $0.limits.version == notice.version }), place > 0,
                let proposal = proposals.first(where: { $0.version == notice.version })
            else { return nil }
            let stored = history[place]
            return LoosenedLimits(
                version: notice.version, changes: stored.limits.changes(from: history[place - 1].limits),
                since: stored.since, reason: proposal.reason,
                proposer: try called(proposal.by, for: person, in: tx),
                countersigner: try proposal.answeredBy.map { try called($0, for: person, in: tx) } ?? "",
                acknowledgedAt: notice.acknowledgedAt, isRefused: refused.contains(notice.version),
                waits: shift.map { stored.since > $0 } ?? false)
        }
    }
}
