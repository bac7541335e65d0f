import Crypto
public import Exposure
import Ledger
public import Moderation
public import PolicyEngine
public import Store

/// What a site begins with.
public struct Founding: Sendable {
    /// Its name, also the origin of its ledger.
    public var name: String
    /// Whether it is for trying out.
    public var isDemo: Bool
    /// The ledger's Ed25519 public key, in hexadecimal.
    public var publicKey: String
    /// The OS user of the first person.
    public var user: String
    /// What colleagues call the first person.
    public var personName: String
    /// What the first person may do.
    public var roles: Set<Role>
    /// The policies.
    public var bundle: PolicyBundle
    /// The exposure limits.
    public var limits: Limits

    /// Makes a founding.
    public init(
        name: String, isDemo: Bool, publicKey: String, user: String, personName: String, roles: Set<Role>,
        bundle: PolicyBundle, limits: Limits = .standard
    ) {
        self.name = name
        self.isDemo = isDemo
        self.publicKey = publicKey
        self.user = user
        self.personName = personName
        self.roles = roles
        self.bundle = bundle
        self.limits = limits
    }
}

extension Desk {
    /// Makes a site and its first person, all in one transaction.
    @discardableResult
    public func makeSite(_ founding: Founding) throws(DeskError) -> Person {
        let now = clock.now().wall
        let person = Person(
            id: newID(), user: founding.user, name: founding.personName, roles: founding.roles)
        let limits: Limits
        do { limits = try founding.limits.validated() } catch {
            throw .invalid(.limits(error.description))
        }
        try write { tx in
            if let site = try tx.site() { throw DeskError.siteExists(site.name) }
            try tx.insert(
                Site(
                    name: founding.name, isDemo: founding.isDemo, publicKey: founding.publicKey,
                    createdAt: now))
            try tx.append(
                LedgerEntry(
                    kind: .siteMade, at: now, person: person.id, post: nil,
                    fields: [
                        "name": .string(founding.name), "demo": .bool(founding.isDemo),
                        "public_key": .string(founding.publicKey),
                        "form": .integer(Int64(Site.currentForm)),
                    ]))
            try add(person, by: person.id, at: now, in: tx)
            try put(limits, by: nil, at: now, in: tx)
            try put(founding.bundle, by: person.id, at: now, in: tx)
        }
        return person
    }

    /// What this site is.
    public func site() throws(DeskError) -> Site {
        guard let site = try read({ try $0.site() }) else { throw .noSite }
        return site
    }

    /// Puts a bundle in force unless it is already; says whether it did.
    @discardableResult
    public func adopt(_ bundle: PolicyBundle, by person: Person?) throws(DeskError) -> Bool {
        if let person, person.roles.isDisjoint(with: [.lead]) { throw .needsRole(.lead) }
        bundles.keep(bundle)
        let now = clock.now().wall
        return try write { tx in
            if try tx.bundleInForce()?.digest == bundle.digest { return false }
            try put(bundle, by: person?.id, at: now, in: tx)
            return true
        }
    }

    /// The policies in force.
    public func bundleInForce() throws(DeskError) -> PolicyBundle {
        try read { try bundleInForce(in: $0) }
    }

    func bundleInForce(in tx: any StoreReading) throws -> PolicyBundle {
        if let last = bundles.lastSeenInForce, try tx.digestInForce() == last.digest { return last }
        guard let stored = try tx.bundleInForce() else {
            throw try tx.site() == nil ? DeskError.noSite : DeskError.noPolicies
        }
        let bundle = try bundles.bundle(stored)
        bundles.saw(inForce: bundle)
        return bundle
    }

    /// A bundle that is or was in force.
    func bundle(_ digest: BundleDigest, in tx: any StoreReading) throws -> PolicyBundle {
        if let known = bundles.known(digest) { return known }
        guard let stored = try tx.bundle(digest) else {
            throw StoreError.damaged("policy bundle \(digest.short), which is missing")
        }
        return try bundles.bundle(stored)
    }

    func put(_ bundle: PolicyBundle, by person: PersonID?, at now: Timestamp, in tx: any StoreTransaction)
        throws
    {
        try tx.putInForce(StoredBundle(digest: bundle.digest, canonical: bundle.canonical, since: now))
        try tx.keepHistory(of: Set(bundles.evaluator(bundle).history.map(\.metric)))
        try tx.append(
            LedgerEntry(
                kind: .bundleInForce, at: now, person: person, post: nil,
                fields: ["bundle": .string(bundle.digest.hex)]))
    }

    func put(_ limits: Limits, by person: PersonID?, at now: Timestamp, in tx: any StoreTransaction) throws {
        try tx.putInForce(StoredLimits(limits: limits, setBy: person, since: now))
        let figures = Dictionary(
            uniqueKeysWithValues: limits.canonical.map { ($0.0, LedgerValue.integer($0.1)) })
        try tx.append(
            LedgerEntry(
                kind: .limitsInForce, at: now, person: person, post: nil, fields: ["limits": .object(figures)]
            ))
    }
}
