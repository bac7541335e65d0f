#if Postgres
import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import Store
import StoreTesting
import Testing

@testable import PostgresStore

@Suite("What each role may do, it can do as its own login", .serialized)
struct RolesWorkTests {
    private let site: RolesSite

    init() throws { site = try RolesSite.shared.get() }

    @Test func everybodySeesTheirOwnPages() throws {
        for person in [site.ana, site.lea, site.eve, site.rex, site.doc] {
            let desk = try site.desk(person.user)
            #expect(try desk.signIn(user: person.user).id == person.id)
            #expect(try desk.overview(for: person).person.id == person.id)
            #expect(try desk.record(of: person).optOuts == OptOuts())
            _ = try desk.ownOverrides(limit: 9, of: person)
            _ = try desk.limitsInForce(for: person)
            try desk.setPersonalLimit(Percent(90), of: person)
            #expect(try desk.record(of: person).personalLimit == Percent(90))
            try desk.setPersonalLimit(nil, of: person)
            try desk.tend()
            #expect(try desk.ledgerLog(from: 0, limit: 5).count == 5)
            #expect(try desk.verifyLedger().isIntact)
        }
    }

    @Test func leadsSetWhatHoldsForTheSite() throws {
        let lea = try site.desk("lea")
        let other = try RolesSite.bundle(guidance: "Look three times.", asking: true)
        #expect(
            try lea.adopt(other, by: site.lea), "with an index over authors, which only the owner could make")
        try lea.setSupport([SupportContact(name: "Nour", reach: "42")], by: site.lea)
        _ = try lea.set(Conditions(pay: nil, disputeDays: 60), by: site.lea)
        let rule = RuleID("threats/direct")
        _ = try lea.approveAutomation(of: rule, reason: "always right", by: site.lea)
        let post = FlaggedPost(source: "s", externalID: "by rule", body: "I will kill the rule")
        #expect(try site.desk("gate").takeIn([post]).new == 1)
        #expect(try lea.endAutomation(of: rule, by: site.lea) == [rule])
        let decided = try site.psql("lea", "SELECT post FROM decisions WHERE automatic IS NOT NULL")
        let (_, state, decisions) = try lea.describe(PostID(decided), for: site.lea)
        #expect(state == .decided && decisions.map(\.person) == [nil])
        try lea.reopen(PostID(decided), by: site.lea)
        var max = try lea.addPerson(user: "zoe", name: "Zoe", roles: [.moderator], by: site.lea)
        max.isActive = false
        try lea.change(max, by: site.lea)
        #expect(try lea.roster(for: site.lea).contains { $0.user == "zoe" && !$0.isActive })
        _ = try lea.settleExposure(by: site.lea)
    }

    @Test func gatewaysMergeWhatIsFlaggedAgain() throws {
        let gate = try site.desk("gate")
        var post = FlaggedPost(source: "s", externalID: "again", body: "I will kill twice")
        #expect(try gate.takeIn([post]).new == 1)
        post.flags = [Flag(reason: "threat")]
        #expect(
            try gate.takeIn(
                [post],
                rejected: [
                    RejectedRecord(
                        file: "f", line: 1, reason: "r", bytes: [1], rejectedAt: Timestamp(milliseconds: 1))
                ]
            ).updated == 1)
        // What was said of it before is emptied by who erases it, too.
        let id = try site.psql(
            "lea",
            "SELECT id FROM posts JOIN contents ON post = number WHERE position('kill twice'::bytea IN bytes) > 0"
        )
        let lea = try site.desk("lea")
        #expect {
            try lea.erase([PostID(id)], because: .request, authority: "its author", by: site.lea)
        } throws: { "\($0)".contains("VACUUM") }
        #expect(try lea.erasures(limit: 9).map(\.post).contains(PostID(id)))
        // A commit that was not heard of is asked for as any login.
        let key = "INSERT INTO commits (key) VALUES ('\\x010203') ON CONFLICT DO NOTHING"
        for user in ["gate", "ana", "gate"] { try site.psql(user, key) }
    }

    @Test func auditorsAskAndAreAnswered() throws {
        let (eve, lou, fin) = (try site.desk("eve"), try site.desk("lou"), try site.desk("fin"))
        try fin.startShift(site.fin)
        guard case .claimed(let file) = try fin.claimNext(for: site.fin) else {
            Issue.record("nothing to decide")
            return
        }
        let choice = Choice(action: .remove, policy: PolicyID("threats"), note: "why")
        let decision = try fin.decide(file, choice, by: site.fin, open: nil)
        #expect(try eve.audit(DecisionFilter(), limit: 50, by: site.eve).lines.isEmpty == false)
        _ = try eve.look(at: decision.id, by: site.eve)
        _ = try eve.mark(decision.id, .agree, reason: nil, by: site.eve)
        #expect(try fin.record(of: site.fin).outcomes.map(\.decision.id).contains(decision.id))
        let shifts = try eve.recordedShifts(limit: 9, for: site.eve)
        let shift = try #require(shifts.first { $0.person == site.fin.id })
        _ = try eve.timeline(of: shift.shift, for: site.eve)
        #expect(try fin.record(of: site.fin).watchings.isEmpty == false)
        let opening = try eve.askToOpen(site.fin.id, reason: "a complaint", by: site.eve)
        try lou.answer(opening.id, approving: true, by: site.lou)
        #expect(try eve.name(of: opening.id, for: site.eve) == "Fin")
        #expect(try fin.record(of: site.fin).openedNames.count == 1)
    }

    @Test(arguments: ["public", "none", "releve_lead", "pg_read_all_data"])
    func aNameThatIsNoPersonsGetsNothing(name: String) throws {
        let store = try site.store("keeper")
        let person = Person(id: PersonID("p"), user: name, name: name, roles: [.lead])
        let settled = try store.settleLogins(of: [person], gateways: [], creating: true)
        #expect(settled == [SettledLogin(name: name, groups: nil)])
        #expect(try site.psql("ana", "SELECT holds('lead')") == "f")
    }
}
#endif
