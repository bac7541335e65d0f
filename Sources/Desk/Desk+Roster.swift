public import Exposure
import Ledger
public import Moderation
public import Store

extension Desk {
    /// Who this OS user is; in a demo site they may act as somebody else on the roster.
    ///
    /// Spans that a crashed console left open are closed at what was paid, and a shift that was left open
    /// beyond its hard length is closed at its last act.
    public func signIn(user: String, actingAs other: String? = nil) throws(DeskError) -> Person {
        let now = clock.now().wall
        let person = try read { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            guard let own = try tx.person(user: user) else { throw DeskError.notOnRoster(user: user) }
            guard let other, other != own.user, other != own.name else { return own }
            guard site.isDemo else { throw DeskError.actingAsRefused(other) }
            let fitting = try tx.people().first { $0.isActive && ($0.user == other || $0.name == other) }
            guard let fitting else { throw DeskError.notOnRoster(user: other) }
            return fitting
        }
        if try read({ try needsTidying(person.id, at: now, in: $0) }) {
            try write { try tidy(person.id, at: now, in: $0) }
        }
        return person
    }

    /// Who the store itself knows the caller to be, whatever their OS user is; `nil` where it can't tell.
    public func caller() throws(DeskError) -> StoreCaller? { try read { try $0.caller() } }

    /// Everybody on the roster.
    public func people() throws(DeskError) -> [Person] { try read { try $0.people() } }

    /// Everybody on the roster, as leads see them: what others never want to be shown is nobody else's business.
    public func roster(for lead: Person) throws(DeskError) -> [Person] {
        try demand(.lead, of: lead)
        return try people().map { person in
            var shown = person
            shown.optOuts = OptOuts()
            return shown
        }
    }

    /// Adds somebody to the roster under a new pseudonym.
    @discardableResult
    public func addPerson(
        user: String, name: String, roles: Set<Role>, languages: Set<String> = [], by lead: Person
    ) throws(DeskError) -> Person {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        let person = Person(id: newID(), user: user, name: name, roles: roles, languages: languages)
        try write { tx in
            if try tx.person(user: user) != nil {
                throw DeskError.invalid(.other("\(user) is on the roster already (releve roster change)"))
            }
            try demandSeparateRoles(person.roles, in: tx)
            try add(person, by: lead.id, at: now, in: tx)
        }
        return person
    }

    /// Changes roles, languages or whether somebody works here now.
    public func change(_ person: Person, by lead: Person) throws(DeskError) {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        try write { tx in
            guard let current = try tx.person(person.id) else {
                throw DeskError.notOnRoster(user: person.user)
            }
            try demandSeparateRoles(person.roles, in: tx)
            // What they don't want to be shown is theirs to say, whatever the lead's copy holds.
            var kept = person
            kept.optOuts = current.optOuts
            try keep(kept, telling: .personChanged, by: lead.id, at: now, in: tx)
        }
    }

    /// Adds to what the person is never shown; no reason is asked for.
    public func neverShow(hazards: Set<Hazard>, policies: Set<PolicyID>, to person: Person) throws(DeskError)
        -> Person
    {
        try changeOptOuts(of: person) {
            $0.hazards.formUnion(hazards)
            $0.policies.formUnion(policies)
        }
    }

    /// Takes from what the person is never shown.
    public func showAgain(hazards: Set<Hazard>, policies: Set<PolicyID>, to person: Person) throws(DeskError)
        -> Person
    {
        try changeOptOuts(of: person) {
            $0.hazards.subtract(hazards)
            $0.policies.subtract(policies)
        }
    }

    /// Sets or clears the person's own lower limit, which nobody else sees; it is no ledger entry.
    public func setPersonalLimit(_ limit: Percent?, of person: Person) throws(DeskError) {
        guard limit.map({ (1...100).contains($0.value) }) ?? true else {
            throw .invalid(.other("an own limit is 1 to 100 percent, or none"))
        }
        try write { try $0.setPersonalLimit(limit, of: person.id) }
    }

    func demand(_ role: Role, of person: Person) throws(DeskError) {
        guard person.roles.contains(role) else { throw .needsRole(role) }
    }

    /// A physician is nobody's colleague or superior, and a representative is no lead; a site for trying out is free.
    private func demandSeparateRoles(_ roles: Set<Role>, in tx: any StoreReading) throws {
        guard try tx.site()?.isDemo == false else { return }
        if roles.contains(.physician), roles.count > 1 {
            throw DeskError.invalid(
                .other(
                    "a physician holds no other role, so that nobody hands a record to who leads or audits"))
        }
        if roles.isSuperset(of: [.representative, .lead]) {
            throw DeskError.invalid(.other("a lead can't be the workers' representative"))
        }
    }

    func add(_ person: Person, by actor: PersonID, at now: Timestamp, in tx: any StoreTransaction) throws {
        try keep(person, telling: .personAdded, by: actor, at: now, in: tx)
    }

    func keep(
        _ person: Person, telling kind: EntryKind, by actor: PersonID?, at now: Timestamp,
        in tx: any StoreTransaction
    ) throws {
        let salt = entropy.bytes(16)
        try tx.save(person)
        try tx.setSalt(salt, of: person.id)
        try tx.append(
            LedgerEntry(kind: kind, at: now, person: actor, post: nil, fields: facts(of: person, salt: salt)))
    }

    /// What the ledger says of a person: their pseudonym, roles and languages; never opt-outs, and of user and name a
    /// salted digest alone, so that nobody can be put behind another's pseudonym unnoticed.
    private func facts(of person: Person, salt: [UInt8]) -> [String: LedgerValue] {
        [
            "identity": .string(Commitment.identity(user: person.user, name: person.name, salt: salt)),
            "who": .string(person.id.rawValue),
            "roles": .array(person.roles.map(\.rawValue).sorted().map { .string($0) }),
            "languages": .array(person.languages.sorted().map { .string($0) }),
            "active": .bool(person.isActive),
        ]
    }

    private func changeOptOuts(of person: Person, _ change: (inout OptOuts) -> Void) throws(DeskError)
        -> Person
    {
        try write { tx in
            guard var current = try tx.person(person.id) else {
                throw DeskError.notOnRoster(user: person.user)
            }
            change(&current.optOuts)
            try tx.save(current)
            return current
        }
    }
}
