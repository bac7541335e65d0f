public import Ledger
public import Moderation
public import Store

/// What a site's own records say of how it is kept.
public struct SiteHealth: Hashable, Sendable {
    /// The site.
    public var site: Site
    /// How many entries the ledger has.
    public var size: Int64
    /// When the newest of them says that it was made.
    public var newest: Timestamp?
    /// The last signature; `nil` before the first.
    public var checkpoint: StoredCheckpoint?
    /// How far this machine's time of day is from what it was when shifts began since the machine's start: negative
    /// where the clock was set back.
    public var clockMoved: Duration
    /// How many people have each role; `nil` for logins that see nobody but themselves.
    public var people: [Role: Int]?
}

extension Desk {
    /// What the engine says of itself.
    public func storeFacts() throws(DeskError) -> StoreFacts {
        do { return try store.facts() } catch { throw DeskError(error) }
    }

    /// What the site's own records say of how it is kept.
    public func health() throws(DeskError) -> SiteHealth {
        let moment = clock.now()
        return try read { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            let size = try tx.ledgerTree().size
            let last = try tx.ledgerEntries(from: max(0, size - 1), limit: 1).first
            let people = try tx.people().filter(\.isActive)
            let seesAll = try tx.caller()?.seesEverybody ?? true
            let known = try people.compactMap { try tx.knownMoment(of: $0.id)?.reached(at: moment) }
            let moved = known.map { moment.wall - $0 }
            return SiteHealth(
                site: site, size: size, newest: try last.map { try LedgerEntry(canonicalBytes: $0).at },
                checkpoint: try tx.lastCheckpoint(),
                // A clock that was set back shows in what was known last; what was ahead then tells nothing.
                clockMoved: moved.min() ?? .zero,
                people: seesAll
                    ? Dictionary(people.flatMap(\.roles).map { ($0, 1) }, uniquingKeysWith: +) : nil)
        }
    }
}
