import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// A site with two leads and two moderators, of whom one is in a shift.
private struct Story {
    let site: TestSite
    let lea, ben, cleo: Person
    var desk: Desk { site.desk }
    var ada: Person { site.ada }

    init() throws {
        site = try TestSite()
        lea = try site.desk.addPerson(user: "lea", name: "Lea", roles: [.lead], by: site.ada)
        ben = try site.desk.addPerson(user: "ben", name: "Ben", roles: [.moderator], by: site.ada)
        cleo = try site.desk.addPerson(user: "cleo", name: "Cleo", roles: [.moderator], by: site.ada)
        try site.desk.startShift(ben)
    }

    func limits(_ change: (inout Limits) -> Void) throws -> Limits {
        var limits = try desk.limitsInForce(for: ada).stored.limits
        change(&limits)
        return limits
    }

    func propose(_ change: (inout Limits) -> Void) throws -> LimitsProposal {
        try desk.propose(try limits(change), reason: "  the backlog\n is late ", by: ada)
    }

    func daily(of person: Person) throws -> Int { try desk.standing(of: person).dayLimitPercent.value }

    func kinds() throws -> [EntryKind] { try desk.ledgerLog(from: 0, limit: 1000).map(\.entry.kind) }

    func nextShift(of person: Person) throws {
        try desk.endShift(person)
        site.clock.advance(by: .seconds(11 * 3600))
        try desk.startShift(person)
    }

    /// That the desk says no for this reason.
    func refuses(
        _ refusal: LimitsRefusal, at location: SourceLocation = #_sourceLocation, _ act: () throws -> Void
    ) {
        #expect(throws: DeskError.invalid(.limit(refusal)), sourceLocation: location) { try act() }
    }
}

@Suite("Limits are raised by two, from the next shift, and shown", .eachStore)
struct LimitsStoryTests {
    @Test func aRaiseNeedsASecondLeadAndWaitsForEachNextShift() throws {
        let story = try Story()
        let proposal = try story.propose { $0.daily = 110 }
        #expect(proposal.reason == "the backlog is late" && proposal.base == 1)
        story.refuses(.ownProposal(proposal.id)) { try story.desk.approve(proposal.id, by: story.ada) }
        #expect(throws: DeskError.needsRole(.lead)) { try story.desk.approve(proposal.id, by: story.ben) }
        #expect(try story.daily(of: story.ben) == 100)
        #expect(try story.desk.approve(proposal.id, by: story.lea).version == 2)
        #expect(try story.daily(of: story.ben) == 100, "the shift goes on as it began")
        #expect(try story.daily(of: story.cleo) == 110, "who is in no shift begins the next under it")
        try story.nextShift(of: story.ben)
        #expect(try story.daily(of: story.ben) == 110)
        story.refuses(.answered(proposal.id)) { try story.desk.approve(proposal.id, by: story.lea) }
        let kinds = try story.kinds()
        #expect(
            kinds.filter { $0.rawValue.hasPrefix("limits") } == [
                .limitsInForce, .limitsProposed, .limitsApproved, .limitsInForce,
            ])
        #expect(try story.desk.verifyTables().differences == [])
    }

    @Test func whatAMixedProposalLowersHoldsAtOnce() throws {
        let story = try Story()
        let proposal = try story.propose {
            $0.daily = 110
            $0.continuous = .seconds(1800)
        }
        try story.desk.approve(proposal.id, by: story.lea)
        let held = try story.desk.standing(of: story.ben).limits
        #expect(held.daily == 100 && held.continuous == .seconds(1800))
    }

    @Test func aShiftThatBeginsInTheSameMillisecondStillWaits() throws {
        let story = try Story()
        try story.desk.startShift(story.cleo)
        try story.desk.approve(story.propose { $0.daily = 110 }.id, by: story.lea)
        #expect(try story.daily(of: story.cleo) == 100 && story.daily(of: story.ben) == 100)
        // Nor does a clock that was set back turn it round.
        let back = try Story()
        back.site.clock.jump(to: back.site.clock.now().wall - .seconds(7200))
        try back.desk.approve(back.propose { $0.daily = 110 }.id, by: back.lea)
        #expect(try back.daily(of: back.ben) == 100)
    }

    @Test func weightsIdleTimeAndFloorFallUnderTheSameRule() throws {
        for change: (inout Limits) -> Void in [
            { $0.floor = .seconds(5) }, { $0.autoCover = .seconds(300) }, { $0.breakLength = .seconds(300) },
            {
                $0.ceiling = 100
                $0.mildWeight = 14
            },
        ] {
            let story = try Story()
            let wanted = try story.limits(change)
            #expect(throws: DeskError.self) { try story.desk.lowerLimits(to: wanted, by: story.ada) }
            let proposal = try story.desk.propose(wanted, reason: "why", by: story.ada)
            try story.desk.approve(proposal.id, by: story.lea)
            let held = try story.desk.standing(of: story.ben).limits
            #expect(held.floor >= .seconds(10) && held.autoCover <= .seconds(120) && held.mildWeight == 17)
        }
    }

    @Test func nothingPassesTheModelsCeilingOrIsProposedWithoutNeed() throws {
        let story = try Story()
        #expect(throws: DeskError.self) { try story.propose { $0.daily = 126 } }
        #expect(throws: DeskError.self) { try story.propose { $0.severeWeight = 33 } }
        story.refuses(.onlyLowers) { _ = try story.propose { $0.daily = 90 } }
        story.refuses(.nothingChanges) { _ = try story.propose { _ in } }
        story.refuses(.needsReason) {
            _ = try story.desk.propose(try story.limits { $0.daily = 110 }, reason: " \n", by: story.ada)
        }
    }

    @Test func aProposalEndsWithAnAnswerWithTimeAndWithOtherLimits() throws {
        let story = try Story()
        let withdrawn = try story.propose { $0.daily = 105 }
        story.refuses(.notYourProposal(withdrawn.id)) { try story.desk.withdraw(withdrawn.id, by: story.lea) }
        try story.desk.withdraw(withdrawn.id, by: story.ada)
        let refused = try story.propose { $0.daily = 106 }
        story.refuses(.ownProposal(refused.id)) { try story.desk.refuse(refused.id, by: story.ada) }
        try story.desk.refuse(refused.id, by: story.lea)
        let lapsed = try story.propose { $0.daily = 107 }
        story.site.clock.advance(by: Desk.proposalTime + .seconds(1))
        story.refuses(.lapsed(lapsed.id)) { try story.desk.approve(lapsed.id, by: story.lea) }
        let outdated = try story.propose { $0.daily = 108 }
        try story.desk.lowerLimits(to: try story.limits { $0.weekly = 300 }, by: story.lea)
        story.refuses(.outdated(outdated.id, base: 1, now: 2)) {
            try story.desk.approve(outdated.id, by: story.lea)
        }
        #expect(
            try story.desk.proposals(limit: 9, for: story.ada).map(\.state)
                == [
                    .outdated, .lapsed, .refused, .withdrawn,
                ].map { $0 })
        #expect(try story.desk.verifyTables().differences == [])
    }

    @Test func aLeadWhoIsNoneAnyMoreSignsNothing() throws {
        let story = try Story()
        let proposal = try story.propose { $0.daily = 110 }
        var former = story.lea
        former.roles = [.moderator]
        try story.desk.change(former, by: story.ada)
        #expect(throws: DeskError.needsRole(.lead)) { try story.desk.approve(proposal.id, by: story.lea) }
    }

    @Test func aDryRunTellsCountsAndNeverADose() throws {
        let story = try Story()
        let trial = try story.desk.tryOut(try story.limits { $0.daily = 1 }, by: story.ada)
        #expect(trial.people == 4 && trial.inShift == 1)
        #expect(trial.atCap == nil, "of three moderators no count of people at a cap is told")
        // Whether it is one person or nine, and 12 or 13, looks the same.
        func told(_ before: Int, _ after: Int) -> LimitsTrial.Counts {
            LimitsTrial.Counts(before: before, after: after, least: 10)
        }
        #expect(told(0, 12) == told(9, 19) && told(0, 12).before == 0 && told(0, 12).after == 10)
        #expect(told(10, 20) != told(9, 20))
        #expect(trial.before.days == trial.after.days && trial.after.staff == 3)
        #expect(try story.kinds().contains(.limitsProposed) == false)
        #expect(throws: DeskError.needsRole(.lead)) { try story.desk.tryOut(.standard, by: story.ben) }
    }
}

@Suite("Who is shown loosened limits acknowledges or refuses them", .eachStore)
struct AcknowledgementTests {
    private func raised() throws -> Story {
        let story = try Story()
        try story.desk.approve(story.propose { $0.daily = 110 }.id, by: story.lea)
        return story
    }

    @Test func everybodyIsShownItUntilTheySayThatTheySawIt() throws {
        let story = try raised()
        let shown = try story.desk.loosenedLimits(for: story.ben)
        #expect(shown.count == 1 && shown[0].acknowledgedAt == nil && shown[0].waits)
        #expect(shown[0].reason == "the backlog is late")
        #expect(shown[0].proposer == "Ada" && shown[0].countersigner == "Lea")
        #expect(try story.desk.pendingAcknowledgements(for: story.ada)?.pending == 4)
        try story.desk.acknowledge(2, by: story.ben)
        try story.desk.acknowledge(2, by: story.ben)
        #expect(try story.desk.loosenedLimits(for: story.ben)[0].acknowledgedAt != nil)
        let pending = try #require(try story.desk.pendingAcknowledgements(for: story.ada))
        #expect(pending.pending == 3 && pending.of == 4 && pending.version == 2)
        #expect(try story.kinds().count { $0 == .limitsAcknowledged } == 1)
        #expect(throws: DeskError.needsRole(.lead)) {
            try story.desk.pendingAcknowledgements(for: story.ben)
        }
        // Who comes later is asked nothing about what was before.
        let dan = try story.desk.addPerson(user: "dan", name: "Dan", roles: [.moderator], by: story.ada)
        story.refuses(.noNotice(2)) { try story.desk.acknowledge(2, by: dan) }
        #expect(try story.desk.verifyTables().differences == [])
    }

    @Test func whoRefusesKeepsWhatWasBeforeAndNobodyIsTold() throws {
        let story = try raised()
        try story.desk.acknowledge(2, refusing: true, by: story.ben)
        try story.nextShift(of: story.ben)
        #expect(try story.daily(of: story.ben) == 100)
        let entries = try story.desk.ledgerLog(from: 0, limit: 1000).map(\.entry)
        let seen = try #require(entries.first { $0.kind == .limitsAcknowledged })
        #expect(seen.fields == ["version": .integer(2)], "the same as of everybody who has seen it")
        story.refuses(.inShift) { try story.desk.acknowledge(2, refusing: false, by: story.ben) }
        try story.desk.endShift(story.ben)
        try story.desk.acknowledge(2, refusing: false, by: story.ben)
        story.site.clock.advance(by: .seconds(11 * 3600))
        try story.desk.startShift(story.ben)
        #expect(try story.daily(of: story.ben) == 110)
    }
}

@Suite("An override is asked, signed, consented to, and ends with the shift", .eachStore)
struct OverrideTests {
    private func asked(_ story: Story, _ figures: [LimitField: Int64] = [.daily: 115]) throws -> Override {
        try story.desk.askOverride(of: figures, for: story.ben.id, reason: "a court waits", by: story.ada)
    }

    @Test func itTakesTwoLeadsAndThePersonInAShift() throws {
        let story = try Story()
        let leave = try asked(story)
        #expect(try story.desk.ownOverrides(limit: 9, of: story.ben).map(\.state) == [.asked])
        story.refuses(.notSigned(leave.id)) { try story.desk.consent(to: leave.id, by: story.ben) }
        story.refuses(.ownRequest(leave.id)) {
            try story.desk.countersign(leave.id, approving: true, by: story.ada)
        }
        try story.desk.countersign(leave.id, approving: true, by: story.lea)
        #expect(try story.daily(of: story.ben) == 100, "not without consent")
        story.refuses(.notForYou(leave.id)) { try story.desk.consent(to: leave.id, by: story.cleo) }
        try story.desk.consent(to: leave.id, by: story.ben)
        #expect(try story.daily(of: story.ben) == 115 && story.daily(of: story.cleo) == 100)
        try story.nextShift(of: story.ben)
        #expect(try story.daily(of: story.ben) == 100)
        #expect(try story.desk.overrides(limit: 9, for: story.lea).map(\.state) == [.ended])
        #expect(try story.desk.overrides(limit: 9, for: story.cleo).isEmpty)
        #expect(try story.desk.verifyTables().differences == [])
        let kinds = try story.kinds().filter { $0.rawValue.hasPrefix("override") }
        #expect(kinds == [.overrideRequested, .overrideCountersigned, .override])
    }

    @Test func thePersonSaysNoWithoutAReasonAtAnyTime() throws {
        let story = try Story()
        let first = try asked(story)
        try story.desk.decline(first.id, by: story.ben)
        story.refuses(.over(first.id)) {
            try story.desk.countersign(first.id, approving: true, by: story.lea)
        }
        let second = try asked(story)
        try story.desk.countersign(second.id, approving: true, by: story.lea)
        try story.desk.consent(to: second.id, by: story.ben)
        try story.desk.decline(second.id, by: story.ben)
        #expect(try story.daily(of: story.ben) == 100)
        story.refuses(.over(second.id)) { try story.desk.consent(to: second.id, by: story.ben) }
        #expect(try story.desk.verifyTables().differences == [])
    }

    @Test func nobodySignsForThemselvesAndNothingPassesTheCeiling() throws {
        let story = try Story()
        story.refuses(.ownOverride) {
            _ = try story.desk.askOverride(of: [.daily: 110], for: story.ada.id, reason: "r", by: story.ada)
        }
        let forLea = try story.desk.askOverride(
            of: [.daily: 110], for: story.lea.id, reason: "r", by: story.ada)
        story.refuses(.concerned(forLea.id)) {
            try story.desk.countersign(forLea.id, approving: true, by: story.lea)
        }
        #expect(throws: DeskError.self) { try asked(story, [.daily: 126]) }
        story.refuses(.notGrantable(.ceiling)) { _ = try asked(story, [.ceiling: 125]) }
        story.refuses(.notGrantable(.severeWeight)) { _ = try asked(story, [.severeWeight: 1]) }
        story.refuses(.notGrantable(.rest)) { _ = try asked(story, [.rest: 39_600_000]) }
        story.refuses(.overrideOnlyRaises(.daily)) { _ = try asked(story, [.daily: 90]) }
        story.refuses(.needsReason) {
            _ = try story.desk.askOverride(of: [.daily: 110], for: story.ben.id, reason: "", by: story.ada)
        }
    }

    @Test func itLapsesAfterADayAndNeedsAShift() throws {
        let story = try Story()
        let leave = try asked(story)
        try story.desk.countersign(leave.id, approving: true, by: story.lea)
        try story.desk.endShift(story.ben)
        #expect(throws: DeskError.noShift) { try story.desk.consent(to: leave.id, by: story.ben) }
        story.site.clock.advance(by: Desk.overrideTime + .seconds(1))
        try story.desk.startShift(story.ben)
        story.refuses(.over(leave.id)) { try story.desk.consent(to: leave.id, by: story.ben) }
        #expect(try story.desk.overrides(limit: 9, for: story.ada).map(\.state) == [.lapsed])
    }

    @Test func loweringAndAPersonalLimitHoldAgainstIt() throws {
        let story = try Story()
        let leave = try asked(story)
        try story.desk.countersign(leave.id, approving: true, by: story.lea)
        try story.desk.consent(to: leave.id, by: story.ben)
        try story.desk.setPersonalLimit(60, of: story.ben)
        #expect(try story.daily(of: story.ben) == 60)
        try story.desk.setPersonalLimit(nil, of: story.ben)
        #expect(try story.daily(of: story.ben) == 115)
        try story.desk.lowerLimits(to: try story.limits { $0.daily = 80 }, by: story.lea)
        #expect(try story.daily(of: story.ben) == 80)
    }

    @Test func aSecondLeadWhoRefusesEndsIt() throws {
        let story = try Story()
        let leave = try asked(story)
        try story.desk.countersign(leave.id, approving: false, by: story.lea)
        story.refuses(.signedBefore(leave.id)) {
            try story.desk.countersign(leave.id, approving: true, by: story.lea)
        }
        story.refuses(.over(leave.id)) { try story.desk.consent(to: leave.id, by: story.ben) }
        let last = try #require(try story.desk.ledgerLog(from: 0, limit: 1000).last?.entry)
        #expect(last.kind == .overrideRefused && last.fields["reason_digest"] == nil)
    }
}
