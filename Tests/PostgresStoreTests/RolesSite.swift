#if Postgres
import Desk
import Foundation
import Ledger
import Moderation
import PolicyEngine
import PostgresStore
import Store
import StoreTesting

/// A site whose people log in as themselves, on a database whose owner is no superuser.
final class RolesSite: Sendable {
    /// One for all tests: they only add to it.
    static let shared = Result { try RolesSite() }

    let server: PostgresServer
    let database: String
    let ana, ben, cas, dee, fin, gus, lea, lou, eve, rex, doc, keeper: Person
    /// What was said of the groups when they were made, and when they were asked for again.
    let made, again: [String: Bool]
    let logins: [SettledLogin]
    private let key: SiteKey

    private init() throws {
        server = try PostgresServer.shared.get()
        database = try server.makeDatabase()
        try server.run(
            "CREATE ROLE keeper LOGIN CREATEROLE; ALTER DATABASE \(database) OWNER TO keeper", in: database)
        try server.run("REVOKE CONNECT ON DATABASE \(database) FROM PUBLIC", in: database)
        let store = try PostgresStore(
            address: Self.address("keeper", server, database), creating: true)
        func groups() throws -> [String: Bool] {
            Dictionary(
                uniqueKeysWithValues: try store.makeGroups().map { ($0.group, $0.wasThere) })
        }
        made = try groups()
        again = try groups()
        key = SiteKey()
        let desk = Desk(store: store)
        keeper = try desk.makeSite(
            Founding(
                name: "roles.example/releve", isDemo: false, publicKey: key.publicKeyHex, user: "keeper",
                personName: "Kim", roles: Role.founding, bundle: try Self.bundle()))
        let founder = keeper
        func add(_ user: String, _ role: Role) throws -> Person {
            try desk.addPerson(user: user, name: user.capitalized, roles: [role], by: founder)
        }
        ana = try add("ana", .moderator)
        ben = try add("ben \"\\;'", .moderator)
        cas = try add("cas", .moderator)
        dee = try add("dee", .moderator)
        fin = try add("fin", .moderator)
        gus = try add("gus", .moderator)
        lea = try add("lea", .lead)
        lou = try add("lou", .lead)
        eve = try add("eve", .auditor)
        rex = try add("rex", .representative)
        doc = try add("doc", .physician)
        logins = try store.settleLogins(of: try desk.people(), gateways: ["gate"], creating: true)
        let gate = try self.desk("gate")
        _ = try gate.takeIn(
            (0..<40).map { FlaggedPost(source: "s", externalID: "\($0)", body: "I will kill \($0)") })
    }

    /// The desk as somebody who logs in has it.
    func desk(_ user: String, signing: Bool = false, clock: ManualClock? = nil) throws -> Desk {
        let store = try store(user)
        guard let clock else { return Desk(store: store, signer: signing ? key : nil) }
        return Desk(store: store, clock: clock)
    }

    func store(_ user: String) throws -> PostgresStore {
        try PostgresStore(address: Self.address(user, server, database), creating: false)
    }

    /// What a login gets to see with plain `psql`.
    @discardableResult
    func psql(_ user: String, _ sql: String) throws -> String {
        try server.run("SET search_path = releve; " + sql, in: database, as: user)
    }

    /// What plain `psql` says of each try.
    func complaints(_ user: String, _ tries: [String]) throws -> [String] {
        try server.complaints(about: tries, after: "SET search_path = releve", in: database, as: user)
    }

    /// Why plain `psql` refuses; `nil` when it doesn't.
    func refusal(_ user: String, _ sql: String) -> String? {
        do {
            try psql(user, sql)
            return nil
        } catch { return "\(error)" }
    }

    private static func address(_ user: String, _ server: PostgresServer, _ database: String) -> String {
        let name = user.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? user
        return "postgres://\(name)@/\(database)?host=\(server.folder)"
    }

    /// Policies; `asking` for what their authors posted before.
    static func bundle(guidance: String = "Look twice.", asking: Bool = false) throws -> PolicyBundle {
        let text = """
            id: threats
            title: Threats
            guidance: \(guidance)
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: mild
            actions: [remove, suspend]
            rules:
              - id: threats/direct
                selections:
                  threat: {body: {any_word: [kill]}}
                recommend: remove
            """
            + (asking
                ? """

                    automatic: remove
                  - id: threats/often
                    selections: {s: {history.posts: {ge: 1000, within: 7 days}}}
                    recommend: remove
                """ : "")
        guard let bundle = PolicyLoader.load(files: [(name: "threats.yaml", text: text)]).bundle else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return bundle
    }
}
#endif
