import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("Auditors look at decisions, change none, and every look is an entry", .eachStore)
struct AuditDeskTests {
    private func filter(_ text: String) throws -> DecisionFilter { try AuditQuery.filter(text) }

    @Test func everyPartOfAFilterFindsWhatItSays() throws {
        let made = try AuditSite()
        let desk = made.desk
        let kept = try made.decide(.keep, text: "kill", language: "en", by: made.ben)
        let removed = try made.decide(.remove, text: "kill", language: "fr", by: made.cleo)
        let plain = try made.decide(.keep, text: "hello", by: made.dan)
        _ = try desk.undo(plain.id, by: made.dan)
        func found(_ text: String) throws -> Set<DecisionID> {
            Set(try desk.audit(filter(text), limit: 10, by: made.eve).lines.map(\.id))
        }
        let all = Set([kept, removed, plain].map(\.id))
        #expect(try found("") == all)
        #expect(try found("policy:threats") == [removed.id])
        #expect(try found("action:keep") == [kept.id, plain.id])
        #expect(try found("hazard:severe") == [kept.id, removed.id])
        #expect(try found("lang:fr,und") == [removed.id, plain.id])
        #expect(try found("who:\(made.ben.id)") == [kept.id])
        #expect(try found("differs") == [kept.id] && found("agrees") == [removed.id])
        #expect(try found("undone") == [plain.id] && found("standing") == [kept.id, removed.id])
        #expect(try found("by:rule") == [] && found("by:person") == all)
        #expect(try found("since:\(removed.decidedAt)") == [removed.id, plain.id])
        #expect(try found("until:\(removed.decidedAt)") == [kept.id])
        #expect(try found("post:\(kept.post)") == [kept.id])
        #expect(try found("not-escalated") == all && found("escalated") == [])
        #expect(try made.looks() == 17)
    }

    @Test func aDecisionOnAPostThatWasHandedToALeadIsFound() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        // A new flag brings the post back, and the next moderator hands it on.
        guard case .uncovered(let shown) = try made.desk.look(at: decision.id, by: made.eve) else {
            return #expect(Bool(false))
        }
        var flagged = shown.content
        flagged.flags = [Flag(reason: "spam")]
        _ = try made.desk.takeIn([flagged])
        try made.desk.startShift(made.cleo)
        guard case .claimed(let again) = try made.desk.claimNext(for: made.cleo) else {
            return #expect(Bool(false))
        }
        #expect(try made.desk.audit(filter("escalated"), limit: 9, by: made.eve).total == 0)
        try made.desk.escalate(again, note: "look", by: made.cleo, open: nil)
        let page = try made.desk.audit(filter("escalated"), limit: 9, by: made.eve)
        #expect(page.lines.map(\.id) == [decision.id] && page.lines[0].isEscalated)
        #expect(try made.desk.audit(filter("not-escalated"), limit: 9, by: made.eve).total == 0)
    }

    @Test func pagesGoOnWhereTheLastOneEndedAndNeverRepeat() throws {
        let made = try AuditSite()
        let ids = try (0..<7).map { _ in try made.decide(by: made.ben).id }
        var seen: [DecisionID] = []
        var place: DecisionPlace?
        repeat {
            let page = try made.desk.audit(DecisionFilter(), before: place, limit: 3, by: made.eve)
            #expect(page.total == 7)
            seen += page.lines.map(\.id)
            place = page.next
        } while place != nil
        #expect(seen == ids.reversed())
    }

    @Test func nobodyAuditsTheirOwnActOnAnyPath() throws {
        let made = try AuditSite()
        let own = try made.decide(by: made.mia)
        let other = try made.decide(by: made.ben)
        let desk = made.desk
        let refusal = DeskError.invalid(.audit(.ownAct(own.id)))
        #expect(try desk.audit(DecisionFilter(), limit: 10, by: made.mia).lines.map(\.id) == [other.id])
        #expect(try desk.audit(filter("who:\(made.mia.id)"), limit: 10, by: made.mia).total == 0)
        #expect(throws: refusal) { try desk.auditCase(own.id, by: made.mia) }
        #expect(throws: refusal) { try desk.uncover(own.id, by: made.mia) }
        #expect(throws: refusal) { try desk.look(at: own.id, by: made.mia) }
        #expect(throws: refusal) { try desk.judge(own.id, Judgement(action: .keep), by: made.mia) }
        #expect(throws: refusal) { try desk.mark(own.id, .agree, reason: nil, by: made.mia) }
        // Shared: drawn by somebody else, withheld when served.
        var request = SampleRequest(size: 2)
        request.isBlind = false
        let shared = try desk.drawSample(request, by: made.eve)
        #expect(shared.draw?.count == 2)
        let served = try desk.serve(shared.id, limit: 10, to: made.mia)
        #expect(served.items.map(\.line.id) == [other.id] && served.withheld == 1)
        #expect(throws: refusal) {
            try desk.mark(own.id, .agree, reason: nil, sample: shared.id, by: made.mia)
        }
        #expect(try desk.serve(shared.id, limit: 10, to: made.fay).items.count == 2)
        // Named before: left out when it is drawn.
        request.auditors = [made.mia.id]
        #expect(try desk.drawSample(request, by: made.eve).draw?.count == 1)
        #expect(try desk.drawSample(SampleRequest(size: 9), by: made.mia).draw?.population == 1)
    }

    @Test func onlyAuditorsSitAtTheDesk() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        let desk = made.desk
        let role = DeskError.needsRole(.auditor)
        let sample = try desk.drawSample(SampleRequest(size: 1), by: made.eve)
        let size = try desk.ledgerTree().size
        for person in [made.cleo, made.lea] {
            #expect(throws: role) { try desk.audit(DecisionFilter(), limit: 1, by: person) }
            #expect(throws: role) { try desk.auditCase(decision.id, by: person) }
            #expect(throws: role) { try desk.uncover(decision.id, by: person) }
            #expect(throws: role) { try desk.look(at: decision.id, by: person) }
            #expect(throws: role) { try desk.judge(decision.id, Judgement(action: .keep), by: person) }
            #expect(throws: role) { try desk.mark(decision.id, .agree, reason: nil, by: person) }
            #expect(throws: role) { try desk.drawSample(SampleRequest(size: 1), by: person) }
            #expect(throws: role) { try desk.redraw(sample.id, by: person) }
            #expect(throws: role) { try desk.samples(for: person) }
            #expect(throws: role) { try desk.serve(sample.id, limit: 1, to: person) }
            #expect(throws: role) { try desk.figures(for: person) }
            #expect(throws: role) { try desk.askToOpen(made.ben.id, reason: "r", by: person) }
        }
        #expect(try desk.ledgerTree().size == size)
    }

    @Test func auditingChangesNoDecisionAndCountsAsExposure() throws {
        let made = try AuditSite()
        let decision = try made.decide(.remove, text: "kill", by: made.ben)
        let desk = made.desk
        let before = try desk.describe(decision.post).2
        let found = try desk.auditCase(decision.id, by: made.eve)
        #expect(found.line.shown == decision && found.file.textLength > 0)
        guard case .uncovered(let post) = try desk.uncover(decision.id, by: made.eve) else {
            return #expect(Bool(false))
        }
        #expect(post.content.body.contains("kill"))
        made.site.clock.advance(by: .seconds(60))
        try desk.cover(post.open, because: .covered)
        #expect(try desk.record(of: made.eve).summary.dose.units > 0)
        try desk.mark(decision.id, .disagree, reason: "too hard", by: made.eve)
        #expect(try desk.describe(decision.post).2 == before)
        #expect(try desk.audit(DecisionFilter(), limit: 5, by: made.eve).lines.first?.shown == decision)
        let kinds = try made.entries().suffix(6).map(\.kind)
        #expect(kinds == [.shiftStarted, .uncovered, .auditLooked, .covered, .auditMarked, .auditLooked])
        #expect(try desk.verifyLedger().isIntact)
    }

    @Test func anAuditorsLimitCoversLikeAnybodys() throws {
        let made = try AuditSite()
        let decision = try made.decide(.remove, text: "kill", by: made.ben)
        try made.desk.setPersonalLimit(Percent(1), of: made.eve)
        var refused = false
        for _ in 0..<6 {
            if case .refused = try made.desk.look(at: decision.id, by: made.eve) { refused = true }
        }
        #expect(refused)
    }

    @Test func theVersionThatWasDecidedIsShownNotALaterOne() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        guard case .uncovered(let before) = try made.desk.look(at: decision.id, by: made.eve) else {
            return #expect(Bool(false))
        }
        var flagged = before.content
        flagged.flags = [Flag(reason: "spam")]
        _ = try made.desk.takeIn([flagged])
        #expect(try made.desk.describe(decision.post).0.version == 2)
        let found = try made.desk.auditCase(decision.id, by: made.eve)
        #expect(found.file.version == 1 && found.isEvaluationLater && found.file.flags.isEmpty)
        guard case .uncovered(let after) = try made.desk.look(at: decision.id, by: made.eve) else {
            return #expect(Bool(false))
        }
        #expect(after.content == before.content)
    }

    @Test func aFilterWithANameInsteadOfAPseudonymDoesNotReachTheLedger() throws {
        let made = try AuditSite()
        let size = try made.desk.ledgerTree().size
        #expect(throws: DeskError.invalid(.audit(.noPseudonym("Ben")))) {
            try made.desk.audit(filter("who:Ben"), limit: 5, by: made.eve)
        }
        #expect(throws: DeskError.invalid(.audit(.badName("Bénédicte!")))) {
            try made.desk.audit(filter("lang:Bénédicte!"), limit: 5, by: made.eve)
        }
        #expect(try made.desk.ledgerTree().size == size)
    }

    /// No field of what the desk hands out, and no column to order by, tells how long somebody took.
    @Test func nothingTellsHowFastSomebodyDecides() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        let page = try made.desk.audit(DecisionFilter(), limit: 5, by: made.eve)
        let found = try made.desk.auditCase(decision.id, by: made.eve)
        let figures = try made.desk.figures(for: made.eve)
        var names: Set<String> = []
        func collect(_ value: Any, depth: Int = 0) {
            guard depth < 5, !(value is Timestamp) else { return }
            // The policies say seconds of their own: how old an account must be.
            for child in Mirror(reflecting: value).children where child.label != "bundle" {
                if let label = child.label { names.insert(label.lowercased()) }
                #expect(!(child.value is Duration), "\(child.label ?? "")")
                collect(child.value, depth: depth + 1)
            }
        }
        for value in [page, found, figures, DecisionFilter(), StratumFacet.allCases] as [Any] {
            collect(value)
        }
        #expect(names.contains("hazard") && names.contains("shown"))
        for word in ["speed", "duration", "seconds", "took", "perhour", "pace", "elapsed", "visible"] {
            #expect(names.filter { $0.contains(word) } == [], "\(word)")
            #expect(!AuditQuery.words.contains { $0.contains(word) })
            #expect(!StratumFacet.allCases.contains { $0.rawValue.contains(word) })
        }
        // When the moderator took the post is not handed out either: it would tell by subtraction.
        #expect(found.file.claim.claimedAt == Timestamp(milliseconds: 0))
    }
}
