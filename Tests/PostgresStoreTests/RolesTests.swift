#if Postgres
import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@testable import PostgresStore

@Suite("The database holds every login to its role", .serialized)
struct RolesTests {
    private let site: RolesSite

    init() throws { site = try RolesSite.shared.get() }

    private func claimed(by person: Person, _ desk: Desk) throws -> CaseFile {
        try desk.startShift(person)
        guard case .claimed(let file) = try desk.claimNext(for: person) else {
            throw CocoaError(.coderInvalidValue)
        }
        return file
    }

    /// An entry as psql would insert it, with the hash that belongs to it.
    private func insertion(_ entry: LedgerEntry, at number: String = "(SELECT max(number) + 1 FROM ledger)")
        -> String
    {
        let encoded = entry.encoded
        return "INSERT INTO ledger VALUES (\(number), '\\x\(Hexadecimal.string(encoded.leaf))', "
            + "'\\x\(Hexadecimal.string(encoded.bytes))')"
    }

    private func entry(_ kind: EntryKind, by person: Person?) -> LedgerEntry {
        LedgerEntry(kind: kind, at: Timestamp(milliseconds: 1_000_000), person: person?.id, post: nil)
    }

    /// A login's tries, and a word of the refusal that each must meet.
    private func refuses(_ user: String, _ tries: [(sql: String, because: String)]) throws {
        let complaints = try site.complaints(user, tries.map(\.sql))
        #expect(complaints.count == tries.count)
        for ((sql, reason), said) in zip(tries, complaints) {
            #expect(said.contains(reason), "\(user): \(sql): \(said.isEmpty ? "allowed" : said)")
        }
    }

    // MARK: Ordinary work, as the login whose it is

    @Test func groupsAreMadeOnceAndLoginsGetWhatTheRosterSays() throws {
        #expect(site.made.keys.sorted() == PostgresGroup.allCases.map(\.name).sorted())
        #expect(site.made.values.allSatisfy { !$0 } && site.again.values.allSatisfy { $0 })
        let groups = Dictionary(uniqueKeysWithValues: site.logins.map { ($0.name, $0.groups) })
        #expect(groups["ana"] == ["releve_moderator"] && groups["lea"] == ["releve_lead"])
        #expect(groups["gate"] == ["releve_gateway"] && groups[site.ben.user] == ["releve_moderator"])
        #expect(site.logins.flatMap(\.toRun) == [])
        try site.server.run("CREATE ROLE stranger LOGIN", in: site.database)
        #expect(site.refusal("stranger", "SELECT 1")?.contains("denied") == true, "may not even connect")
    }

    @Test func aModeratorWorksAShiftAsTheirOwnLogin() throws {
        let desk = try site.desk("ana", signing: true)
        let ana = try desk.signIn(user: "ana")
        #expect(try desk.caller()?.account == "ana")
        let file = try claimed(by: ana, desk)
        try desk.saveDraft(Draft(note: "half a thought"), on: file, by: ana)
        guard case .uncovered(let post) = try desk.uncover(file, by: ana) else {
            Issue.record("not uncovered")
            return
        }
        _ = try desk.beat(post.open)
        let choice = Choice(action: .remove, policy: PolicyID("threats"), note: "why")
        let (decision, next) = try desk.decideAndClaimNext(file, choice, by: ana, open: post.open)
        #expect(try desk.undo(decision.id, by: ana).post == file.post)
        guard case .claimed(let other) = next else {
            Issue.record("nothing else claimed")
            return
        }
        try desk.skip(other, reason: .language, by: ana, open: nil)
        _ = try desk.heldCases(of: ana)
        try desk.startBreak(ana)
        try desk.endBreak(ana)
        try desk.setPersonalLimit(Percent(80), of: ana)
        #expect(try desk.record(of: ana).personalLimit == Percent(80))
        _ = try desk.neverShow(hazards: [.extreme], policies: [], to: ana)
        _ = try desk.overview(for: ana)
        try desk.tend()
        let handed = try desk.handOver(to: "doc", by: ana)
        let doctor = try site.desk("doc")
        let doc = try doctor.signIn(user: "doc")
        #expect(try doctor.handovers(to: doc).map(\.person) == ["Ana"])
        _ = try doctor.open(handed.id, for: doc)
        try desk.takeBack(handed.id, by: ana)
        #expect(throws: DeskError.self) { try doctor.open(handed.id, for: doc) }
        try desk.endShift(ana)
        #expect(try desk.record(of: ana).spans.count == 1)
    }

    @Test func leadsAuditorsAndGatewaysDoTheirWork() throws {
        let ben = try site.desk(site.ben.user)
        let file = try claimed(by: site.ben, ben)
        let decision = try ben.decide(
            file, Choice(action: .remove, policy: PolicyID("threats")), by: site.ben, open: nil)
        let (lea, lou) = (try site.desk("lea"), try site.desk("lou"))
        var limits = try lea.limitsInForce(for: site.lea).stored.limits
        limits.daily = 110
        let proposal = try lea.propose(limits, reason: "the backlog is late", by: site.lea)
        try lou.approve(proposal.id, by: site.lou)
        try ben.acknowledge(limits.version + 1, by: site.ben)
        let leave = try lea.askOverride(of: [.daily: 115], for: site.ben.id, reason: "one day", by: site.lea)
        _ = try lou.countersign(leave.id, approving: true, by: site.lou)
        _ = try ben.consent(to: leave.id, by: site.ben)
        #expect(try lea.team(for: site.lea).count == 7)
        try lea.tend()
        let eve = try site.desk("eve")
        let sample = try eve.drawSample(SampleRequest(size: 1), by: site.eve)
        #expect(sample.draw?.count == 1)
        _ = try eve.auditCase(decision.id, by: site.eve)
        let gate = try site.desk("gate")
        let again = [FlaggedPost(source: "s", externalID: "late", body: "I will kill")]
        #expect(try gate.takeIn(again).new == 1)
        // Rows are emptied at once; files are written anew by who owns them.
        #expect {
            try lea.erase([file.post], because: .order, authority: "court", by: site.lea)
        } throws: { "\($0)".contains("VACUUM") }
        #expect(try lea.erasures(limit: 9).map(\.post).contains(file.post))
        let rex = try site.desk("rex")
        let month = try rex.teamView(of: rex.latestTeamMonth(), for: site.rex)
        #expect(month.exposure.cells.isEmpty && month.exposure.decisions == nil, "too few people")
        let acts = try rex.collectiveMonth(rex.latestTeamMonth(), for: site.rex)
        #expect(acts.overrides == OverrideCounts(asked: 0, agreed: 0) && acts.objections.isEmpty)
        // By psql, objections by rule alone, and overrides of no other time than a month that is told.
        #expect(try site.psql("rex", "SELECT count(*) FROM (SELECT rule, at FROM objections) AS told") != "")
        try refuses(
            "rex",
            [
                ("SELECT person FROM objections", "permission denied"),
                ("SELECT * FROM team_overrides(0, 86400000)", "whole months"),
            ])
        let keeper = try site.desk("keeper")
        #expect(try keeper.verifyLedger().isIntact)
        #expect(try keeper.verifyTables().differences == [])
    }

    // MARK: What none may do

    private static let everybody = ["ana", "lea", "eve", "rex", "doc", "gate"]

    @Test(arguments: everybody)
    func nobodyChangesShortensOrDisarmsWhatIsKept(user: String) throws {
        let denied = "permission denied"
        try refuses(
            user,
            [
                ("UPDATE ledger SET bytes = ''", denied), ("DELETE FROM ledger", denied),
                ("TRUNCATE ledger", denied),
                ("ALTER TABLE ledger DISABLE TRIGGER ALL", "must be owner"),
                ("DROP TRIGGER ledger_tells_of_the_caller ON ledger", "must be owner"),
                ("ALTER TABLE spans DISABLE ROW LEVEL SECURITY", "must be owner"),
                ("DROP POLICY spans_select ON spans", "must be owner"),
                (
                    "CREATE OR REPLACE FUNCTION is_keeper() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
                    denied
                ),
                ("CREATE FUNCTION mine() RETURNS boolean LANGUAGE sql AS 'SELECT true'", denied),
                ("SET session_replication_role = replica", denied),
                ("SET SESSION AUTHORIZATION keeper", denied), ("SET ROLE keeper", denied),
                ("SET ROLE releve_owner", denied), ("GRANT releve_lead TO \(user)", "must have admin option"),
                ("GRANT ALL ON ledger TO \(user); DELETE FROM ledger", denied),
                ("UPDATE checkpoints SET note = ''", denied), ("DELETE FROM checkpoints", denied),
                ("DELETE FROM decisions", denied), ("TRUNCATE decisions", denied), ("TRUNCATE spans", denied),
                ("UPDATE decisions SET action = 'keep'", denied), ("UPDATE limits SET card = ''", denied),
                ("UPDATE site SET public_key = ''", denied), ("SELECT personal_limit FROM people", denied),
                ("UPDATE schema_version SET steps = 0", denied),
                (insertion(entry(.siteMade, by: nil)), "can't be made by the login"),
                (insertion(entry(.formChanged, by: nil)), "can't be made by the login"),
                (insertion(entry(.decided, by: site.ben)), "can't be made by the login"),
                (insertion(entry(.uncovered, by: site.ben)), "can't be made by the login"),
            ])
        #expect(
            try site.psql(user, "WITH old AS (DELETE FROM commits RETURNING 1) SELECT count(*) FROM old")
                == "0")
    }

    @Test func aModeratorReachesOnlyWhatIsTheirs() throws {
        let ben = try site.desk(site.ben.user)
        let file = try claimed(by: site.ben, ben)
        try ben.saveDraft(Draft(note: "Ben's thought"), on: file, by: site.ben)
        guard case .uncovered(let post) = try ben.uncover(file, by: site.ben) else { return }
        try ben.setPersonalLimit(Percent(70), of: site.ben)
        let b = site.ben.id.rawValue
        for table in [
            "spans", "shifts", "drafts", "day_totals", "known_moments", "limit_refusals", "overrides",
        ] {
            let others = "SELECT count(*) FROM \(table) WHERE person <> me()"
            #expect(try site.psql("ana", others) == "0", "\(table)")
        }
        #expect(try site.psql("ana", "SELECT count(*) FROM people WHERE id = '\(b)'") == "0")
        #expect(try site.psql("ana", "SELECT own_limit('\(b)') IS NULL") == "t")
        // SET ROLE and settings change nothing about who asks.
        for trick in [
            "SET ROLE releve_moderator", "SET row_security = on",
            "SELECT set_config('role', 'releve_moderator', false)",
        ] {
            #expect(
                try site.psql("ana", "\(trick); SELECT count(*) FROM spans WHERE person <> me()").hasSuffix(
                    "0"))
        }
        func changed(_ sql: String) throws -> String {
            try site.psql("ana", "WITH done AS (\(sql) RETURNING 1) SELECT count(*) FROM done")
        }
        #expect(try changed("UPDATE claims SET expires_at = 0 WHERE person = '\(b)'") == "0")
        #expect(try changed("DELETE FROM claims WHERE person = '\(b)'") == "0")
        #expect(try changed("UPDATE spans SET dose = 0 WHERE person = '\(b)'") == "0")
        #expect(try changed("DELETE FROM drafts WHERE person = '\(b)'") == "0")
        #expect(try changed("UPDATE decisions SET undone_at = 1 WHERE person = '\(b)'") == "0")
        #expect(try changed("DELETE FROM spans") == "0", "not even one's own, of the last week")
        let (id, policy) = (file.post.rawValue, "row-level security policy")
        try refuses(
            "ana",
            [
                ("SET row_security = off; SELECT * FROM spans", "affected by row-level security"),
                (
                    "INSERT INTO claims SELECT number, id, '\(b)', 1, 0, 0 FROM posts WHERE state = 0 LIMIT 1",
                    policy
                ),
                ("UPDATE claims SET person = me()", "permission denied"),
                ("UPDATE posts SET state = 0 WHERE id = '\(id)'", "in somebody else's hands"),
                ("INSERT INTO spans SELECT 'x', '\(b)', NULL, NULL, 1, 0, 0, 0, 1, 0, 'covered', 0", policy),
                ("INSERT INTO drafts VALUES ('\(id)', '\(b)', '{}')", policy),
                (
                    "UPDATE people SET card = jsonb_set(card::jsonb, '{roles}', '[\"lead\"]') WHERE id = me()",
                    "changed by leads"
                ),
                ("UPDATE people SET \"user\" = 'x' WHERE id = me()", "changed by leads"),
                ("INSERT INTO limits (card, since) VALUES ('{}', 0)", "permission denied"),
                ("INSERT INTO limit_proposals (id, card) VALUES ('x', '{}')", "permission denied"),
                ("INSERT INTO overrides (id, person, card) VALUES ('x', me(), '{}')", "signed by leads"),
                ("INSERT INTO posts (number, id) VALUES (1000, 'x')", "permission denied"),
                ("INSERT INTO marks (decision, rater, at) VALUES ('x', me(), 0)", "permission denied"),
                ("SELECT record FROM handovers", "permission denied"),
                ("SELECT * FROM samples", "permission denied"),
                (insertion(entry(.personAdded, by: site.ana)), "can't be made by the login"),
                (insertion(entry(.limitsApproved, by: site.ana)), "can't be made by the login"),
                (insertion(entry(.released, by: site.ana), at: "100000000"), "not the next one"),
                ("INSERT INTO ledger SELECT max(number) + 1, '\\x00', '{}' FROM ledger", "not the hash"),
            ])
        try ben.cover(post.open, because: .covered)
        // One's own span is not charged less afterwards either.
        try refuses(
            site.ben.user, [("UPDATE spans SET dose = 0 WHERE closed_at IS NOT NULL", "never charged less")])
    }

    @Test func eachOtherRoleIsKeptFromWhatIsNotItsOwn() throws {
        let denied = "permission denied"
        let rows = "SELECT count(*) FROM spans WHERE person <> me()"
        #expect(try site.psql("rex", rows) == "0")
        #expect(try site.psql("doc", rows) == "0")
        for user in ["lea", "eve"] {
            for table in ["drafts", "known_moments", "limit_refusals"] {
                #expect(try site.psql(user, "SELECT count(*) FROM \(table) WHERE person <> me()") == "0")
            }
        }
        try refuses(
            "eve",
            [
                ("UPDATE posts SET state = 2", denied),
                ("INSERT INTO limits (card, since) VALUES ('{}', 0)", denied),
                ("INSERT INTO claims SELECT number, id, me(), 1, 0, 0 FROM posts LIMIT 1", denied),
                (
                    "INSERT INTO people (id, \"user\", name, active, card) VALUES ('x', 'x', 'x', 1, '{}')",
                    "row-level security"
                ),
                (insertion(entry(.decided, by: site.eve)), "can't be made by the login"),
            ])
        try refuses(
            "lea",
            [
                ("INSERT INTO samples (id, blind, card) VALUES ('x', 0, '{}')", denied),
                ("SELECT record FROM handovers", denied), ("DELETE FROM limits", denied),
                ("DELETE FROM people", denied),
                (insertion(entry(.limitsApproved, by: site.lou)), "can't be made by the login"),
                (insertion(entry(.keyChanged, by: site.lea)), "can't be made by the login"),
            ])
        try refuses(
            "gate",
            [
                ("SELECT * FROM spans", denied), ("SELECT * FROM drafts", denied),
                ("SELECT * FROM shifts", denied),
                ("INSERT INTO claims SELECT number, id, 'x', 1, 0, 0 FROM posts LIMIT 1", denied),
                (insertion(entry(.decided, by: site.ana)), "can't be made by the login"),
            ])
        try refuses(
            "rex",
            [
                ("SELECT * FROM team_cells(0, 86400000, 1)", "whole months"),
                ("SELECT team_decisions(CAST(lease_now() AS bigint), lease_now() + 1, 1)", "whole months"),
            ])
        try refuses("ana", [("SELECT team_decisions(0, 2678400000, 1)", "for representatives")])
        #expect(
            try site.psql("rex", "SELECT team_decisions(0, 2678400000, 1) IS NULL") == "t", "January 1970")
        for user in ["rex", "doc"] {
            try refuses(
                user,
                [
                    ("SELECT * FROM contents", denied), ("SELECT * FROM posts", denied),
                    ("SELECT * FROM dispatch", denied),
                ])
        }
    }

    @Test func theLedgerTellsNobodyButAuditorsOfOthersExposure() throws {
        let cas = try site.desk("cas")
        let file = try claimed(by: site.cas, cas)
        guard case .uncovered(let post) = try cas.uncover(file, by: site.cas) else { return }
        try cas.decide(file, Choice(action: .keep), by: site.cas, open: post.open)
        let entries = "SELECT convert_from(bytes, 'UTF8')::json AS e, withheld FROM told_entries(0, 100000)"
        /// How many entries of a kind in a person's name a login can read.
        func count(_ user: String, _ kind: EntryKind, of person: Person) throws -> Int? {
            Int(
                try site.psql(
                    user,
                    """
                    SELECT count(*) FROM (\(entries)) AS t
                    WHERE e ->> 'kind' = '\(kind.rawValue)' AND e ->> 'person' = '\(person.id.rawValue)'
                    """))
        }
        for user in ["ana", "rex", "doc", "gate"] {
            try refuses(user, [("SELECT bytes FROM ledger", "permission denied")])
            #expect(try count(user, .covered, of: site.cas) == 0, "\(user)")
            #expect(try count(user, .decided, of: site.cas) == (user == "ana" ? 1 : 0), "\(user)")
            #expect(try site.psql(user, "SELECT count(*) FROM (\(entries)) AS t WHERE withheld = 1") != "0")
            #expect(try count(user, .personAdded, of: site.keeper) ?? 0 > 0)
        }
        #expect(try count("cas", .covered, of: site.cas) == 1, "one's own")
        // What is withheld is a ledger entry, of which others' verifying checks the hash alone.
        let rex = try site.desk("rex")
        let log = try rex.ledgerLog(from: 0, limit: 100_000, for: site.rex)
        #expect(log.contains { $0.entry.kind == .covered && $0.entry.fields == ["withheld": true] })
        let (verified, whole) = (try rex.verifyLedger(), try site.desk("eve").verifyLedger())
        #expect(verified.isIntact && verified.withheld > 0 && whole.isIntact && whole.withheld == 0)
        #expect(verified.size == Int64(log.count))
    }

    @Test func everyKindOfEntryIsSomebodysToMake() {
        let told = PostgresEntryRule.all.flatMap(\.kinds) + PostgresEntryRule.kept
        #expect(Set(told) == Set(EntryKind.allCases.map(\.rawValue)))
    }

    @Test func whoMayNotMakeGroupsIsToldWhatAnAdministratorRuns() throws {
        // Groups are there already; asking for one that isn't shows what would be said.
        let bare = try site.server.makeDatabase()
        try site.server.run("CREATE ROLE plain LOGIN; ALTER DATABASE \(bare) OWNER TO plain", in: bare)
        let store = try PostgresStore(
            address: "postgres://plain@/\(bare)?host=\(site.server.folder)", creating: true)
        #expect(try store.makeGroups().filter { !$0.wasThere }.isEmpty)
        let person = Person(id: PersonID("p"), user: "nora", name: "Nora", roles: [.moderator])
        let missing = try store.settleLogins(of: [person], gateways: [], creating: false)
        #expect(missing.first?.groups == nil)
        #expect(missing.first?.toRun.contains("GRANT releve_moderator TO nora") == true)
        let refused = try store.settleLogins(of: [person], gateways: [], creating: true)
        #expect(refused.first?.toRun.first == "CREATE ROLE nora LOGIN")
    }

    @Test func whoLeavesMayDoNothingAndANewRoleTakesTheOldOnesPlace() throws {
        let store = try site.store("keeper")
        var person = Person(id: PersonID("p"), user: "max", name: "Max", roles: [.moderator])
        _ = try store.settleLogins(of: [person], gateways: [], creating: true)
        person.roles = [.auditor]
        #expect(
            try store.settleLogins(of: [person], gateways: [], creating: false).first?.groups == [
                "releve_auditor"
            ])
        person.isActive = false
        #expect(try store.settleLogins(of: [person], gateways: [], creating: false).first?.groups == [])
        #expect(site.refusal("max", "SELECT 1")?.contains("denied") == true)
    }
}
#endif
