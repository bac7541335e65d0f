import Desk
import Ledger
import Moderation
import Store

/// A site with three moderators, two auditors, somebody who is both, and a lead.
final class AuditSite {
    let site: TestSite
    let ben, cleo, dan, eve, fay, mia, lea: Person
    var desk: Desk { site.desk }
    private var serial = 0

    init() throws {
        let site = try TestSite()
        self.site = site
        func add(_ name: String, _ roles: Set<Role>) throws -> Person {
            try site.desk.addPerson(user: name.lowercased(), name: name, roles: roles, by: site.ada)
        }
        ben = try add("Ben", [.moderator])
        cleo = try add("Cleo", [.moderator])
        dan = try add("Dan", [.moderator])
        eve = try add("Eve", [.auditor])
        fay = try add("Fay", [.auditor])
        mia = try add("Mia", [.moderator, .auditor])
        lea = try add("Lea", [.lead])
    }

    /// A decision on a new post: with `kill` the rules advise to remove it.
    @discardableResult
    func decide(
        _ action: Action = .keep, text: String = "hello", language: String? = nil, by person: Person
    ) throws -> Decision {
        serial += 1
        _ = try desk.takeIn([
            FlaggedPost(source: "s", externalID: "\(serial)", body: "\(text) \(serial)", language: language)
        ])
        try desk.startShift(person)
        guard case .claimed(let file) = try desk.claimNext(for: person) else {
            throw TestSite.NothingClaimed()
        }
        site.clock.advance(by: .seconds(5))
        let policy = action == .keep ? nil : PolicyID("threats")
        return try desk.decide(
            file, Choice(action: action, policy: policy, note: "a secret word"), by: person, open: nil)
    }

    func entries() throws -> [LedgerEntry] { try desk.ledgerLog(from: 0, limit: 10_000).map(\.entry) }

    /// The number of looks in the ledger.
    func looks() throws -> Int { try entries().count { $0.kind == .auditLooked } }
}
