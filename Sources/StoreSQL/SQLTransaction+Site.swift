import Exposure
import Ledger
import Moderation
import Store

extension SQLTransaction {
    func site() throws -> Site? {
        let row = try prepare("SELECT name, demo, public_key, created_at, form FROM site")
        defer { row.reset() }
        guard try row.step() else { return nil }
        return Site(
            name: row.text(0), isDemo: row.integer(1) != 0, publicKey: row.text(2),
            createdAt: Timestamp(milliseconds: row.integer(3)), form: row.int(4))
    }

    func setForm(_ form: Int) throws {
        let row = try prepare("UPDATE site SET form = ?")
        row.bind(1, form)
        try row.run()
    }

    func setPublicKey(_ publicKey: String) throws {
        let row = try prepare("UPDATE site SET public_key = ?")
        row.bind(1, publicKey)
        try row.run()
    }

    func insert(_ site: Site) throws {
        let row = try prepare("INSERT INTO site VALUES (1, ?, ?, ?, ?, ?)")
        row.bind(1, site.name)
        row.bind(2, site.isDemo ? 1 : 0)
        row.bind(3, site.publicKey)
        row.bind(4, site.createdAt.milliseconds)
        row.bind(5, site.form)
        try row.run()
    }

    // MARK: Bundles

    func bundleInForce() throws -> StoredBundle? {
        let row = try prepare(
            """
            SELECT digest, canonical, since FROM bundles_in_force JOIN bundles ON bundles.number = bundle
              ORDER BY bundles_in_force.number DESC LIMIT 1
            """)
        return try bundle(row)
    }

    func digestInForce() throws -> BundleDigest? {
        let row = try prepare(
            """
            SELECT digest FROM bundles_in_force JOIN bundles ON bundles.number = bundle
              ORDER BY bundles_in_force.number DESC LIMIT 1
            """)
        defer { row.reset() }
        return try row.step() ? BundleDigest(hex: row.text(0)) : nil
    }

    func bundle(_ digest: BundleDigest) throws -> StoredBundle? {
        let row = try prepare(
            """
            SELECT digest, canonical, since FROM bundles_in_force JOIN bundles ON bundles.number = bundle
              WHERE digest = ? ORDER BY bundles_in_force.number LIMIT 1
            """)
        row.bind(1, digest.hex)
        return try bundle(row)
    }

    func bundles(withPrefix prefix: String, limit: Int) throws -> [BundleDigest] {
        let row = try prepare(
            "SELECT digest FROM bundles WHERE digest >= ? AND digest < ? ORDER BY digest LIMIT ?")
        defer { row.reset() }
        row.bind(1, prefix)
        row.bind(2, prefix + "\u{10FFFF}")
        row.bind(3, limit)
        var result: [BundleDigest] = []
        while try row.step() { result.append(BundleDigest(hex: row.text(0))) }
        return result
    }

    private func bundle(_ row: any SQLStatement) throws -> StoredBundle? {
        defer { row.reset() }
        guard try row.step() else { return nil }
        return StoredBundle(
            digest: BundleDigest(hex: row.text(0)), canonical: row.text(1),
            since: Timestamp(milliseconds: row.integer(2)))
    }

    func putInForce(_ bundle: StoredBundle) throws {
        let kept = try prepare(
            "INSERT INTO bundles (digest, canonical) VALUES (?, ?) ON CONFLICT DO NOTHING")
        kept.bind(1, bundle.digest.hex)
        kept.bind(2, bundle.canonical)
        try kept.run()
        let row = try prepare("INSERT INTO bundles_in_force (bundle, since) VALUES (?, ?)")
        row.bind(1, try number(of: bundle.digest))
        row.bind(2, bundle.since.milliseconds)
        try row.run()
    }

    func number(of digest: BundleDigest) throws -> Int64 {
        if let known = bundleNumbers[digest.hex] { return known }
        let row = try prepare("SELECT number FROM bundles WHERE digest = ?")
        defer { row.reset() }
        row.bind(1, digest.hex)
        guard try row.step() else {
            throw StoreError.damaged("policy bundle \(digest.short), which is not kept")
        }
        let number = row.integer(0)
        bundleNumbers[digest.hex] = number
        return number
    }

    // MARK: Limits

    func limitsHistory() throws -> [StoredLimits] {
        let row = try prepare("SELECT card, set_by, since FROM limits ORDER BY number")
        defer { row.reset() }
        var result: [StoredLimits] = []
        while try row.step() {
            result.append(
                StoredLimits(
                    limits: try Card.known(Limits.self, row.text(0), of: "the exposure limits"),
                    setBy: row.optionalText(1).map { PersonID($0) },
                    since: Timestamp(milliseconds: row.integer(2))))
        }
        return result
    }

    func putInForce(_ limits: StoredLimits) throws {
        let row = try prepare("INSERT INTO limits (card, set_by, since) VALUES (?, ?, ?)")
        row.bind(1, try Card.text(limits.limits))
        row.bind(2, limits.setBy?.rawValue)
        row.bind(3, limits.since.milliseconds)
        try row.run()
    }

    // MARK: Roster

    func people() throws -> [Person] { try people(prepare("SELECT card FROM people ORDER BY name, id")) }

    func person(_ id: PersonID) throws -> Person? {
        let row = try prepare("SELECT card FROM people WHERE id = ?")
        row.bind(1, id.rawValue)
        return try people(row).first
    }

    func person(user: String) throws -> Person? {
        let row = try prepare("SELECT card FROM people WHERE \"user\" = ? AND active = 1")
        row.bind(1, user)
        return try people(row).first
    }

    private func people(_ row: any SQLStatement) throws -> [Person] {
        defer { row.reset() }
        var result: [Person] = []
        while try row.step() {
            result.append(try Card.known(Person.self, row.text(0), of: "the roster"))
        }
        return result
    }

    func save(_ person: Person) throws {
        let row = try prepare(
            """
            INSERT INTO people (id, "user", name, active, card) VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE
              SET "user" = excluded."user", name = excluded.name, active = excluded.active, card = excluded.card
            """)
        row.bind(1, person.id.rawValue)
        row.bind(2, person.user)
        row.bind(3, person.name)
        row.bind(4, person.isActive ? 1 : 0)
        row.bind(5, try Card.text(person))
        try row.run()
    }

    func setSalt(_ salt: [UInt8], of person: PersonID) throws {
        let row = try prepare("UPDATE people SET salt = ? WHERE id = ?")
        row.bind(1, salt)
        row.bind(2, person.rawValue)
        try row.run()
    }

    func personalLimit(of person: PersonID) throws -> Percent? {
        let row = try prepare(engine.ownLimit.asking)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        guard try row.step() else { return nil }
        return row.optionalInteger(0).map { Percent(Int($0)) }
    }

    func setPersonalLimit(_ limit: Percent?, of person: PersonID) throws {
        let row = try prepare(engine.ownLimit.setting)
        row.bind(1, limit.map { Int64($0.value) })
        row.bind(2, person.rawValue)
        try row.run()
    }
}
