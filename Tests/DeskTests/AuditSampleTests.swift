import Desk
import Exposure
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("Samples, marks, figures and openings at the desk")
struct AuditSampleTests {
    @Test func aSampleIsAnnouncedWithItsSeedBeforeItIsDrawnAndDrawnAgainAlike() throws {
        let made = try AuditSite()
        for index in 0..<12 {
            try made.decide(
                index % 3 == 0 ? .remove : .keep, text: index % 3 == 0 ? "kill" : "hello",
                by: [made.ben, made.cleo, made.dan][index % 3])
        }
        var request = SampleRequest(size: 6)
        request.strata = [.action, .policy]
        let sample = try made.desk.drawSample(request, by: made.eve)
        let entries = try made.entries().suffix(2)
        #expect(entries.map(\.kind) == [.sampleAnnounced, .sampleDrawn])
        let told = try #require(entries.first)
        #expect(told.fields["seed"] == .string(sample.seed) && told.fields["seed_given"] == .bool(false))
        #expect(told.fields["ledger_size"] == .integer(sample.ledgerSize))
        #expect(entries.last?.fields["digest"] == .string(try #require(sample.draw?.digest)))
        #expect(sample.draw?.strata.map(\.key) == [["-", "keep"], ["threats", "remove"]])
        #expect(sample.draw?.strata.map(\.drawn) == [4, 2])
        // Later decisions and later undoing change nothing.
        let last = try made.decide(by: made.ben)
        _ = try made.desk.undo(last.id, by: made.ben)
        try made.decide(.remove, text: "kill", by: made.cleo)
        let again = try made.desk.redraw(sample.id, by: made.fay)
        #expect(again.isSame && !again.isFirst && again.sample == sample)
        #expect(try made.entries().last?.fields["same"] == .bool(true))
        // Another seed gives another sample; the same one, given, the same.
        request.seed = sample.seed
        #expect(throws: Never.self) { try made.desk.drawSample(request, by: made.eve) }
        request.seed = "Not A Seed"
        #expect(throws: DeskError.invalid(.audit(.badSeed))) {
            try made.desk.drawSample(request, by: made.eve)
        }
    }

    @Test func aSampleThatWasChangedInTheStoreIsNotTheOneAnnounced() throws {
        let made = try AuditSite()
        for _ in 0..<6 { try made.decide(by: made.ben) }
        var sample = try made.desk.drawSample(SampleRequest(size: 2), by: made.eve)
        let store = try SQLiteStore(path: made.site.path, creating: false)
        sample.seed = "another"
        try store.write { try $0.save(sample) }
        #expect(throws: DeskError.self) { try made.desk.redraw(sample.id, by: made.fay) }
    }

    /// Changes a sample behind the desk's back.
    private func change(_ made: AuditSite, _ body: (any StoreTransaction) throws -> Void) throws {
        let store = try SQLiteStore(path: made.site.path, creating: false)
        try store.write { try body($0) }
    }

    @Test func aDrawThatWasChangedInTheStoreIsNotTheOneOfTheLedger() throws {
        let made = try AuditSite()
        for _ in 0..<6 { try made.decide(by: made.ben) }
        let sample = try made.desk.drawSample(SampleRequest(size: 2), by: made.eve)
        #expect(try made.desk.redraw(sample.id, by: made.fay).recorded == sample.draw?.digest)
        // Another digest, another entry, and no draw at all: so that it would be drawn as if for the first time.
        var forged = [sample, sample, sample]
        forged[0].draw?.digest = "another"
        forged[1].draw?.entry -= 1
        forged[2].draw = nil
        for one in forged {
            try change(made) { try $0.save(one) }
            #expect(throws: DeskError.self) { try made.desk.redraw(sample.id, by: made.fay) }
        }
        try change(made) { try $0.save(sample) }
        #expect(try made.desk.redraw(sample.id, by: made.fay).isSame)
        // The decisions themselves, in another order.
        let queue = try DatabaseQueue(path: made.site.path)
        try queue.write { try $0.execute(sql: "UPDATE sample_items SET position = 3 WHERE position = 1") }
        try queue.close()
        #expect(throws: DeskError.self) { try made.desk.redraw(sample.id, by: made.fay) }
    }

    @Test func aPostShownToAnAuditorIsShownAsAtTheirDesk() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        let size = try made.looks()
        #expect(try made.desk.describe(decision.post, for: made.eve).2 == [decision])
        _ = try made.desk.drawSample(SampleRequest(size: 1), by: made.eve)
        #expect(try made.desk.describe(decision.post, for: made.eve).2.isEmpty)
        #expect(try made.looks() == size + 2)
        #expect(try made.desk.describe(decision.post, for: made.ben).2 == [decision])
        #expect(try made.looks() == size + 2)
    }

    @Test func undoingAfterTheAnnouncementChangesNothing() throws {
        let made = try AuditSite()
        for _ in 0..<3 { try made.decide(by: made.ben) }
        let last = try made.decide(by: made.ben)
        let announced = try made.desk.announceSample(SampleRequest(size: 4), by: made.eve)
        _ = try made.desk.undo(last.id, by: made.ben)
        #expect(throws: DeskError.invalid(.audit(.notDrawn(announced.id)))) {
            try made.desk.serve(announced.id, limit: 9, to: made.eve)
        }
        let drawn = try made.desk.redraw(announced.id, by: made.fay)
        #expect(drawn.isFirst && drawn.sample.draw?.population == 4)
        #expect(try made.desk.redraw(announced.id, by: made.eve).isSame)
        #expect(try made.desk.drawSample(SampleRequest(size: 9), by: made.eve).draw?.population == 3)
    }

    @Test func aSampleThatCannotBeDrawnIsNotAnnounced() throws {
        let made = try AuditSite()
        let size = try made.desk.ledgerTree().size
        #expect(throws: DeskError.invalid(.audit(.nothingToDraw))) {
            try made.desk.drawSample(SampleRequest(size: 4), by: made.eve)
        }
        #expect(throws: DeskError.self) { try made.desk.drawSample(SampleRequest(size: 0), by: made.eve) }
        #expect(try made.desk.ledgerTree().size == size)
        try made.decide(by: made.ben)
        try made.decide(.remove, text: "kill", by: made.ben)
        var request = SampleRequest(size: 1)
        request.strata = [.action]
        #expect(throws: DeskError.invalid(.audit(.sampleTooSmall(needed: 2, strata: 2)))) {
            try made.desk.drawSample(request, by: made.eve)
        }
        request.auditors = [made.ben.id]
        #expect(throws: DeskError.needsRole(.auditor)) { try made.desk.drawSample(request, by: made.eve) }
    }

    @Test func aBlindSampleHidesTheDecisionUntilTheOwnJudgementIsGiven() throws {
        let made = try AuditSite()
        let decision = try made.decide(.remove, text: "kill", by: made.ben)
        let desk = made.desk
        let sample = try desk.drawSample(SampleRequest(size: 1), by: made.eve)
        #expect(sample.isBlind)
        for line in [
            try desk.serve(sample.id, limit: 5, to: made.eve).items[0].line,
            try desk.audit(DecisionFilter(), limit: 5, by: made.eve).lines[0],
            try desk.auditCase(decision.id, by: made.eve).line,
        ] {
            #expect(line.id == decision.id && line.shown == nil)
        }
        let first = DeskError.invalid(.audit(.judgeFirst(decision.id)))
        #expect(throws: first) { try desk.mark(decision.id, .agree, reason: nil, by: made.eve) }
        #expect(throws: DeskError.self) {
            try desk.judge(decision.id, Judgement(action: .label, policy: PolicyID("threats")), by: made.eve)
        }
        let shown = try desk.judge(
            decision.id, Judgement(action: .suspend, policy: PolicyID("threats")), by: made.eve)
        #expect(shown.line.shown == decision && shown.judgement?.action == .suspend)
        #expect(throws: DeskError.invalid(.audit(.judgedBefore(decision.id)))) {
            try desk.judge(decision.id, Judgement(action: .keep), by: made.eve)
        }
        // Still hidden from the other, who can say that it can't be told.
        #expect(try desk.auditCase(decision.id, by: made.fay).line.shown == nil)
        try desk.mark(decision.id, .unclear, reason: "no context", by: made.fay)
        #expect(try desk.auditCase(decision.id, by: made.fay).line.shown == decision)
    }

    @Test func marksAreRevisedByNewOnesAndNeverQuotedInTheLedger() throws {
        let made = try AuditSite()
        let decision = try made.decide(by: made.ben)
        let desk = made.desk
        #expect(throws: DeskError.invalid(.audit(.needsReason))) {
            try desk.mark(decision.id, .disagree, reason: "", by: made.eve)
        }
        try desk.mark(decision.id, .disagree, reason: "plainly secret", by: made.eve)
        #expect(try desk.auditCase(decision.id, by: made.fay).others.isEmpty)
        try desk.mark(decision.id, .agree, reason: nil, by: made.eve)
        let found = try desk.auditCase(decision.id, by: made.eve)
        #expect(found.own.map(\.verdict) == [.disagree, .agree])
        let told = try made.entries().filter { $0.kind == .auditMarked }
        let digest = ContentCommitment.digest(
            salt: try #require(found.own[0].salt), bytes: Array("plainly secret".utf8))
        #expect(told[0].fields["reason_digest"] == .string(Hexadecimal.string(digest)))
        #expect(told[1].fields["reason_digest"] == nil)
        let bytes = try desk.ledgerBytes(from: 0, limit: 10_000).map { String(decoding: $0, as: UTF8.self) }
        for secret in ["plainly secret", "a secret word", "Ben", "Eve"] {
            #expect(!bytes.contains { $0.contains(secret) })
        }
        #expect(throws: DeskError.invalid(.audit(.noSample("x")))) {
            try desk.mark(decision.id, .agree, reason: nil, sample: SampleID("x"), by: made.eve)
        }
        try desk.mark(decision.id, .agree, reason: nil, by: made.fay)
        #expect(
            try desk.auditCase(decision.id, by: made.fay).others.map(\.rater) == [made.eve.id, made.eve.id])
    }

    @Test func figuresCountDecisionsAndHideCellsThatPointAtSomebody() throws {
        let made = try AuditSite()
        let people = [made.ben, made.cleo, made.dan]
        var ids: [DecisionID] = []
        for index in 0..<9 { ids.append(try made.decide(language: "en", by: people[index % 3]).id) }
        // Six in French, all by one person; and three in German by three.
        for _ in 0..<6 { ids.append(try made.decide(language: "fr", by: made.ben).id) }
        for index in 0..<3 { ids.append(try made.decide(language: "de", by: people[index]).id) }
        let desk = made.desk
        #expect(try desk.figures(for: made.eve).all.upheld == .undefined(.nothing))
        var request = SampleRequest(size: 18)
        request.minimum = 0
        let sample = try desk.drawSample(request, by: made.eve)
        for (index, id) in ids.enumerated() {
            for rater in [made.eve, made.fay] {
                let wouldRemove = index % 6 == 0 || (rater.id == made.fay.id && index == 1)
                _ = try desk.judge(
                    id,
                    wouldRemove
                        ? Judgement(action: .remove, policy: PolicyID("threats")) : Judgement(action: .keep),
                    by: rater)
                try desk.mark(id, wouldRemove ? .disagree : .agree, reason: "r", by: rater)
            }
        }
        let figures = try desk.figures(of: sample.id, seed: 7, for: made.eve)
        #expect(figures.all.agree == 14 && figures.all.disagree == 3 && figures.all.unclear == 1)
        #expect(figures.all.upheld.value == 14.0 / 17 && figures.raters == 2)
        #expect(figures.pairs.count == 1 && figures.pairs[0].percent.value == 17.0 / 18)
        // 2×2 of 14, 1 and 3: by hand (17/18 − 222/324) / (1 − 222/324).
        let chance = 222.0 / 324.0
        let kappa = (17.0 / 18.0 - chance) / (1 - chance)
        #expect(abs((figures.pairs[0].kappa.value ?? 0) - kappa) < 1e-9)
        #expect(figures.withDecisions.count == 2)
        // All decisions were to keep, so chance alone would explain nothing: kappa is 0, not undefined.
        #expect(figures.withDecisions[0].kappa.value == 0)
        let languages = try #require(figures.cells[.language])
        #expect(languages.map(\.name) == ["de", "en", "fr"])
        #expect(languages[1].tally?.decisions == 9)
        #expect(languages[0].tally == nil && languages[2].tally == nil)
        #expect(try desk.figures(of: sample.id, seed: 7, for: made.eve) == figures)
        #expect(try made.entries().last?.fields["seed"] == .string("7"))
    }

    @Test func oneHiddenCellCantBeFoundFromTheSum() throws {
        let made = try AuditSite()
        let people = [made.ben, made.cleo, made.dan]
        for index in 0..<6 { _ = try made.decide(language: "en", by: people[index % 3]) }
        for index in 0..<9 { _ = try made.decide(language: "fr", by: people[index % 3]) }
        _ = try made.decide(language: "de", by: made.ben)
        for line in try made.desk.audit(DecisionFilter(), limit: 99, by: made.eve).lines {
            try made.desk.mark(line.id, .agree, reason: nil, by: made.eve)
        }
        let cells = try #require(try made.desk.figures(for: made.eve).cells[.language])
        #expect(cells.map { $0.tally?.decisions } == [nil, nil, 9])
    }

    // MARK: Openings

    @Test func aPseudonymOpensByTwoPeopleOnceAndItsOwnerComesToKnow() throws {
        let made = try AuditSite()
        let desk = made.desk
        #expect(throws: DeskError.invalid(.audit(.needsReason))) {
            try desk.askToOpen(made.ben.id, reason: "  ", by: made.eve)
        }
        #expect(throws: DeskError.invalid(.audit(.ownPseudonym))) {
            try desk.askToOpen(made.eve.id, reason: "r", by: made.eve)
        }
        #expect(throws: DeskError.invalid(.audit(.noPseudonym("x")))) {
            try desk.askToOpen(PersonID("x"), reason: "r", by: made.eve)
        }
        let request = try desk.askToOpen(made.mia.id, reason: "a grave matter", by: made.eve)
        let id = request.id
        #expect(throws: DeskError.invalid(.audit(.notApproved(id)))) { try desk.name(of: id, for: made.eve) }
        #expect(throws: DeskError.invalid(.audit(.ownRequest(id)))) {
            try desk.answer(id, approving: true, by: made.eve)
        }
        #expect(throws: DeskError.invalid(.audit(.concerned(id)))) {
            try desk.answer(id, approving: true, by: made.mia)
        }
        #expect(throws: DeskError.needsRole(.auditor)) { try desk.answer(id, approving: true, by: made.ben) }
        #expect(try desk.openings(limit: 9, for: made.mia).isEmpty)
        #expect(try desk.record(of: made.mia).openedNames.isEmpty)
        try desk.answer(id, approving: true, by: made.lea)
        #expect(throws: DeskError.invalid(.audit(.answeredBefore(id)))) {
            try desk.answer(id, approving: false, by: made.fay)
        }
        #expect(throws: DeskError.invalid(.audit(.notYours(id)))) { try desk.name(of: id, for: made.fay) }
        #expect(try desk.record(of: made.mia).openedNames.isEmpty)
        #expect(try desk.name(of: id, for: made.eve) == "Mia")
        #expect(throws: DeskError.invalid(.audit(.seenBefore(id)))) { try desk.name(of: id, for: made.eve) }
        let known = try desk.record(of: made.mia).openedNames
        #expect(known.map(\.requester) == [made.eve.id] && known[0].approver == made.lea.id)
        #expect(try desk.record(of: made.ben).openedNames.isEmpty)
        let kinds = try made.entries().suffix(3).map(\.kind)
        #expect(kinds == [.openingRequested, .openingApproved, .pseudonymOpened])
        let bytes = try desk.ledgerBytes(from: 0, limit: 10_000).map { String(decoding: $0, as: UTF8.self) }
        #expect(!bytes.contains { $0.contains("grave") || $0.contains("Mia") })
    }

    @Test func aRefusedOrLateRequestShowsNoName() throws {
        let made = try AuditSite()
        let desk = made.desk
        let refused = try desk.askToOpen(made.ben.id, reason: "r", by: made.eve)
        try desk.answer(refused.id, approving: false, by: made.fay)
        #expect(throws: DeskError.invalid(.audit(.notApproved(refused.id)))) {
            try desk.name(of: refused.id, for: made.eve)
        }
        let late = try desk.askToOpen(made.ben.id, reason: "r", by: made.eve)
        try desk.answer(late.id, approving: true, by: made.fay)
        made.site.clock.advance(by: Desk.openingTime + .seconds(1))
        #expect(throws: DeskError.invalid(.audit(.expired(late.id)))) {
            try desk.name(of: late.id, for: made.eve)
        }
        #expect(try desk.openings(limit: 9, for: made.fay).map(\.state) == [.expired, .refused])
        #expect(try desk.record(of: made.ben).openedNames.isEmpty)
    }

    @Test func anAuditorIsToldNoNames() throws {
        let made = try AuditSite()
        var limits = try desk(made).limitsInForce(for: made.site.ada).stored.limits
        limits.daily = Percent(90)
        _ = try desk(made).lowerLimits(to: limits, by: made.site.ada)
        #expect(try desk(made).limitsInForce(for: made.eve).setByName == made.site.ada.id.rawValue)
        #expect(try desk(made).overview(for: made.eve).limits.setByName == made.site.ada.id.rawValue)
        #expect(try desk(made).limitsInForce(for: made.ben).setByName == "Ada")
        #expect(throws: DeskError.needsRole(.lead)) { try desk(made).team(for: made.eve) }
    }

    private func desk(_ made: AuditSite) -> Desk { made.desk }
}
