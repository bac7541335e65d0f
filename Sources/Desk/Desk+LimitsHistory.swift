public import Exposure
public import Moderation
public import Store

/// One version of the limits: what it changed, on whose word, and why.
public struct LimitsVersion: Hashable, Sendable {
    /// The limits and since when.
    public var stored: StoredLimits
    /// What it changed; nothing for the first.
    public var changes: [LimitChange]
    /// Who set or proposed it; `nil` for the defaults a site begins with.
    public var setBy: String?
    /// Who signed it, where it loosened anything.
    public var countersigner: String?
    /// Why, where it was proposed.
    public var reason: String?
}

extension Desk {
    /// All limits that were ever in force, oldest first, with who set and who signed them.
    ///
    /// For everybody who works under them; auditors are told pseudonyms.
    public func limitsVersions(for person: Person) throws(DeskError) -> [LimitsVersion] {
        try read { try limitsVersions(for: person, in: $0) }
    }

    func limitsVersions(for person: Person, in tx: any StoreReading) throws -> [LimitsVersion] {
        let history = try tx.limitsHistory()
        let proposals = try tx.limitsProposals(limit: 10_000)
        let signed = Dictionary(
            proposals.compactMap { proposal in proposal.version.map { ($0, proposal) } },
            uniquingKeysWith: { first, _ in first })
        return try history.indices.map { place in
            let stored = history[place]
            let proposal = signed[stored.limits.version]
            return LimitsVersion(
                stored: stored,
                changes: place == 0 ? [] : stored.limits.changes(from: history[place - 1].limits),
                setBy: try stored.setBy.map { try called($0, for: person, in: tx) },
                countersigner: try proposal?.answeredBy.map { try called($0, for: person, in: tx) },
                reason: proposal?.reason)
        }
    }
}
