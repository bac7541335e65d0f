import Desk
import Enforcement
import Exposure
import Foundation
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("Each role sees what it may of people's exposure, and nothing else", .eachStore)
struct VisibilityTests {
    private static let month: Duration = .seconds(45 * 86_400)

    /// So many people who looked at severe content in March.
    private func team(of people: Int) throws -> (site: RecordSite, representative: Person) {
        let site = try RecordSite()
        let everybody =
            [site.ada, site.ben] + (try (2..<max(2, people)).map { try site.add("p\($0)", [.moderator]) })
        for person in everybody.prefix(people) { try site.shift(of: person, looks: 1, seconds: 120) }
        let representative = try site.add("rep", [.representative, .moderator])
        return (site, representative)
    }

    @Test func aRepresentativeSeesTheTeamAndNoFewerThanTen() throws {
        for (people, isTold) in [(9, false), (10, true)] {
            let (site, representative) = try team(of: people)
            site.clock.advance(by: Self.month)
            let month = try #require(TeamMonth("2026-03"))
            let view = try site.desk.teamView(of: month, for: representative)
            #expect(view.exposure.cells.isEmpty == !isTold && (view.exposure.decisions == nil) == !isTold)
            #expect(view.exposure.cells.map(\.minutes) == (isTold ? [20] : []))
            #expect((view.percentPerThousand == nil) == !isTold)
            let months = try site.desk.collectiveMonths(for: representative)
            #expect(
                months.map(\.team) == [view] && months[0].overrides == OverrideCounts(asked: 0, agreed: 0))
            for other in [site.ada, site.ben] {
                #expect(throws: DeskError.needsRole(.representative)) {
                    try site.desk.teamView(of: month, for: other)
                }
            }
        }
    }

    @Test func aMonthIsToldOnceNothingInItChanges() throws {
        let (site, representative) = try team(of: 10)
        let month = try #require(TeamMonth("2026-03"))
        #expect(throws: DeskError.self) { try site.desk.teamView(of: month, for: representative) }
        site.clock.jump(to: month.next.first.start + .seconds(9 * 86_400 - 1))
        #expect(throws: DeskError.self) { try site.desk.teamView(of: month, for: representative) }
        site.clock.advance(by: .seconds(1))
        let view = try site.desk.teamView(of: month, for: representative)
        #expect(site.desk.latestTeamMonth() == month)
        // Settling changes nothing of it.
        site.clock.advance(by: .seconds(60 * 86_400))
        #expect(try site.desk.settleExposure(by: site.ada).spans == 10)
        #expect(try site.desk.teamView(of: month, for: representative) == view)
    }

    @Test func aReportTellsExposureOfOneWholeMonthAlone() throws {
        let (site, _) = try team(of: 10)
        let month = try #require(TeamMonth("2026-03"))
        let (first, end) = (month.first.start, month.next.first.start)
        func report(_ from: Timestamp, _ to: Timestamp) throws -> TeamFigures {
            try site.desk.reportFigures(from: from, to: to, for: site.ada) { _, _ in }.team
        }
        site.clock.jump(to: end + .seconds(9 * 86_400 - 1))
        #expect(try report(first, end).cells == nil, "it may still change")
        site.clock.advance(by: .seconds(1))
        let told = try report(first, end)
        #expect(told.cells?.map(\.minutes) == [20])
        let others = [
            (first, end - .seconds(3600)), (first + .seconds(3600), end), (month.previous.first.start, end),
            (first, month.next.next.first.start),
        ]
        for (from, to) in others {
            let team = try report(from, to)
            #expect(team.cells == nil && team.percentPerThousand == nil)
        }
        // Settled days are told as they were.
        site.clock.advance(by: .seconds(60 * 86_400))
        #expect(try site.desk.settleExposure(by: site.ada).spans == 10)
        #expect(try report(first, end).cells == told.cells)
    }

    @Test func aLeadSeesThreeWords() throws {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 2, seconds: 30, keepingOpen: true)
        let members = try site.desk.team(for: site.ada)
        let seen = try #require(members.first { $0.person.id == site.ben.id })
        #expect(seen.availability == .available && seen.person.optOuts == OptOuts())
        let words = "\(seen)"
        for word in ["dose", "visible", "break", "units"] {
            #expect(!words.lowercased().contains(word), "\(word)")
        }
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.team(for: site.ben) }
        for role in [Role.representative, .physician] {
            let other = try site.add("x\(role)", [role])
            #expect(throws: DeskError.needsRole(.lead)) { try site.desk.team(for: other) }
            #expect(throws: DeskError.needsRole(.auditor)) {
                try site.desk.recordedShifts(limit: 1, for: other)
            }
            #expect(throws: DeskError.self) {
                try site.desk.reportFigures(
                    from: Timestamp(milliseconds: 0), to: site.clock.now().wall, for: other
                ) { _, _ in }
            }
            #expect(throws: DeskError.self) { try site.desk.whatIf(WhatIfQuestion(), for: other) }
        }
    }

    @Test func anAuditorSeesPseudonymsAlone() throws {
        let site = try RecordSite()
        let eve = try site.add("eve", [.auditor])
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        let shift = try #require(try site.desk.recordedShifts(limit: 1, for: eve).first)
        let timeline = try site.desk.timeline(of: shift.shift, for: eve)
        #expect(shift.person == site.ben.id && !"\(timeline)".contains("Ben"))
        for entry in try site.desk.ledgerLog(from: 0, limit: 500) {
            let text = String(decoding: entry.entry.canonicalBytes(), as: UTF8.self)
            #expect(!text.contains("Ben") && !text.contains("\"ben\""))
        }
        #expect(throws: DeskError.needsRole(.auditor)) {
            try site.desk.timeline(of: shift.shift, for: site.ben)
        }
    }

    @Test func theLedgerWithholdsOthersExposureFromAllButAuditors() throws {
        let site = try RecordSite()
        let lead = try site.add("lea", [.lead])
        let eve = try site.add("eve", [.auditor])
        try site.shift(of: site.ben, looks: 1, seconds: 30)
        let all = try site.desk.ledgerLog(from: 0, limit: 500)
        #expect(try site.desk.ledgerLog(from: 0, limit: 500, for: eve) == all)
        #expect(try site.desk.ledgerLog(from: 0, limit: 500, for: site.ben) == all)
        let seen = try site.desk.ledgerLog(from: 0, limit: 500, for: lead)
        for (told, shown) in zip(all, seen) {
            let isOwn = told.entry.kind.isPersonal && told.entry.person == site.ben.id
            #expect((shown == told) == !isOwn && shown.index == told.index)
            #expect(!isOwn || shown.entry.person == nil && shown.entry.fields == ["withheld": true])
        }
        let covered = try #require(all.first { $0.entry.kind == .covered }).index
        #expect(throws: DeskError.needsRole(.auditor)) { try site.desk.receipt(for: covered, by: lead) }
        #expect(try site.desk.receipt(for: covered, by: site.ben).index == covered)
        #expect(throws: DeskError.needsRole(.auditor)) { try site.desk.demandWholeLedger(for: lead) }
        // Nor does a representative, or a physician, learn from it who did what with which hazards.
        let rep = try site.add("rep", [.representative])
        let open = try site.desk.ledgerLog(from: 0, limit: 500, for: rep).map(\.entry)
        #expect(open.contains { $0.kind == .decided && $0.fields == ["withheld": true] })
        #expect(!open.contains { ($0.kind.isWork || $0.kind.isPersonal) && $0.person != nil })
        #expect(open.contains { $0.kind == .personAdded && $0.person == site.ada.id })
    }

    // MARK: The physician

    @Test func aPhysicianSeesWhatIsHandedToThemUntilItIsTakenBack() throws {
        let site = try RecordSite()
        let (gil, hal) = (try site.add("gil", [.physician]), try site.add("hal", [.physician]))
        try site.shift(of: site.ben, looks: 2, seconds: 30)
        #expect(try site.desk.handovers(to: gil).isEmpty)
        let handover = try site.desk.handOver(to: "gil", by: site.ben)
        #expect(try site.desk.handovers(to: gil).map(\.person) == ["Ben"])
        let record = try site.desk.open(handover.id, for: gil)
        #expect(record.check().isEmpty && record.record.person == site.ben.id.rawValue)
        // Nobody else, whatever they are.
        #expect(try site.desk.handovers(to: hal).isEmpty)
        #expect(throws: DeskError.self) { try site.desk.open(handover.id, for: hal) }
        for other in [site.ada, site.ben] {
            #expect(throws: DeskError.needsRole(.physician)) { try site.desk.open(handover.id, for: other) }
        }
        // Its owner sees who opened it, in their own record too.
        #expect(try site.desk.record(of: site.ben).handovers.map(\.openedAt.count) == [1])
        #expect(try site.desk.handovers(by: site.ada).isEmpty)
        #expect(throws: DeskError.self) { try site.desk.takeBack(handover.id, by: site.ada) }
        try site.desk.takeBack(handover.id, by: site.ben)
        #expect(throws: DeskError.self) { try site.desk.open(handover.id, for: gil) }
        #expect(throws: DeskError.self) { try site.desk.takeBack(handover.id, by: site.ben) }
        #expect(try site.desk.handovers(to: gil).isEmpty && site.tables() == [])
        let kinds = try site.desk.ledgerLog(from: 0, limit: 500).map(\.entry.kind)
        #expect(kinds.suffix(3) == [.handedOver, .handoverOpened, .handoverRevoked])
    }

    @Test func aRecordGoesToNobodyButAPhysician() throws {
        let site = try RecordSite(isDemo: false)
        #expect(throws: DeskError.self) { try site.desk.handOver(to: "ada", by: site.ben) }
        #expect(throws: DeskError.notOnRoster(user: "nobody")) {
            try site.desk.handOver(to: "nobody", by: site.ben)
        }
        // Nor does a lead become one, or the representative.
        for roles: Set<Role> in [[.physician, .lead], [.physician, .moderator], [.representative, .lead]] {
            #expect(throws: DeskError.self) { try site.add("x", roles) }
            var changed = site.ben
            changed.roles = roles
            #expect(throws: DeskError.self) { try site.desk.change(changed, by: site.ada) }
        }
        _ = try site.add("gil", [.physician])
        _ = try site.add("rep", [.representative, .moderator])
    }

    // MARK: Pay

    @Test func onlyTheirOwnPayIsShownAndOnlyWhereThereIsAny() throws {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 2, seconds: 60)
        #expect(try site.desk.ownPay(of: site.ben) == nil)
        #expect(try site.desk.overview(for: site.ben).pay == nil)
        let pay = Pay(
            basis: .item, rate: Money(minor: 30), currency: try #require(Currency(code: "EUR")),
            floor: Pay.Floor(hourly: Money(minor: 1202), namedBy: .law))
        #expect(throws: DeskError.needsRole(.lead)) {
            try site.desk.set(Conditions(pay: pay, disputeDays: 30), by: site.ben)
        }
        for days in [8, 4000] {
            #expect(throws: DeskError.self) {
                try site.desk.set(Conditions(pay: nil, disputeDays: days), by: site.ada)
            }
        }
        try site.desk.set(Conditions(pay: pay, disputeDays: 30), by: site.ada)
        let own = try #require(try site.desk.ownPay(of: site.ben))
        #expect(own.figure.total.minor == 60 && own.figure.worked == .seconds(120))
        #expect(own.figure.hourly?.minor == 1800 && own.figure.isBelowFloor == false)
        #expect(try site.desk.overview(for: site.ben).pay == own && site.desk.record(of: site.ben).pay == own)
        #expect(try site.desk.ownPay(of: site.ada)?.figure.worked == .zero)
        #expect(try site.tables() == [])
    }

    @Test func aShiftThatALimitEndedGoesOnCounting() throws {
        var limits = Limits.standard
        limits.daily = 1
        let site = try RecordSite(limits: limits)
        let pay = Pay(basis: .hour, rate: Money(minor: 1000), currency: try #require(Currency(code: "EUR")))
        try site.desk.set(Conditions(pay: pay, disputeDays: 30), by: site.ada)
        try site.shift(of: site.ben, looks: 1, seconds: 160)
        #expect(try site.desk.record(of: site.ben).shifts.last?.endedBy == .dose)
        site.clock.advance(by: .seconds(2 * 3600))
        let own = try #require(try site.desk.ownPay(of: site.ben))
        #expect(own.figure.worked == .seconds(2 * 3600 + 160) && own.lostToCap == .seconds(2 * 3600))
        let file = try site.desk.ownRecord(of: site.ben)
        #expect(file.check().isEmpty && file.record.shifts.first?.worked == 7_360_000)
    }
}
