import Desk
import Exposure
import Ledger
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

/// What a workers' representative is told, what a physician is handed, and handing a record over.
@Suite struct WelfarePictures {
    private static let march = TeamMonth(of: Timestamp(milliseconds: 1_772_357_400_000))

    /// Three months: in the first nobody is told of, in the others severe content is left out or told.
    private func months() -> [CollectiveMonth] {
        func month(_ month: TeamMonth, _ cells: [TeamCell], decisions: Int?, objections: [RuleID: Int] = [:])
            -> CollectiveMonth
        {
            CollectiveMonth(
                team: TeamView(month: month, exposure: TeamExposure(cells: cells, decisions: decisions)),
                objections: objections, raised: cells.count, lowered: 1,
                overrides: OverrideCounts(asked: 2, agreed: cells.count))
        }
        let (mild, severe) = (
            TeamCell(hazard: .mild, minutes: 3120, percent: 650),
            TeamCell(hazard: .severe, minutes: 1440, percent: 600)
        )
        return [
            month(
                Self.march.previous, [mild, severe], decisions: 9000,
                objections: [RuleID("threats/direct"): 3, RuleID("x/⟨y"): 1]),
            month(Self.march.previous.previous, [mild], decisions: 8000),
            month(Self.march.previous.previous.previous, [], decisions: nil),
        ]
    }

    private func representative(
        _ language: Language = .english, size: Size = Size(rows: 24, columns: 80)
    ) -> Session {
        let desk = Samples.desk()
        desk.welfare.months = months()
        desk.person.roles = [.representative]
        return Session(desk, role: .representative, language: language, size: size)
    }

    @Test func aMonthByHazardAndTheMonthsBefore() throws {
        let session = representative()
        try expectPicture(
            session.picture,
            #"""
            """#)
        session.keys("jj")
        #expect(session.picture.contains("Of 2025-12 nothing is told: too few people."))
        session.keys("o")
        #expect(session.picture.contains("3 × threats/direct") && session.picture.contains("x/⟨y"))
        session.keys("l")
        #expect(
            session.picture.contains("2026-01  loosened 1, only tightened 1 · overrides asked 2, agreed to 1")
        )
        // No screen of others opens, and nothing is decided here.
        session.keys("d")
        #expect(session.state.screen == .collective)
    }

    @Test func theFigureToLowerOverTimeInFrench() throws {
        let session = representative(.french, size: Size(rows: 40, columns: 120))
        session.keys("t")
        try expectPicture(
            session.picture,
            #"""
            """#)
    }

    @Test func beforeTheFirstMonthItSaysWhen() {
        let desk = Samples.desk()
        let session = Session(desk, role: .representative)
        #expect(session.picture.contains("No month is told yet"))
        session.keys("tol")
        #expect(session.picture.contains("[limits]"))
    }

    // MARK: The physician

    private static let handover = Handover(
        id: HandoverID("h1"), person: PersonID("p1"), physician: PersonID("p2"), at: ScriptedDesk.monday)

    private func physician(_ language: Language = .english, size: Size = Size(rows: 24, columns: 80))
        -> Session
    {
        let desk = Samples.desk()
        let named = NamedHandover(
            handover: Self.handover, person: "Ben\u{1B}[2J", physician: "Ada", openedAt: [])
        let first = UTCDay(of: ScriptedDesk.monday).number - 27
        var days: [PortableRecord.Day] = []
        for number in Int64(0)..<28 where number % 7 < 5 {
            let severe = PortableRecord.Part(visible: number * 180_000, dose: number * 6_120_000)
            let mild = PortableRecord.Part(visible: 3_600_000, dose: 61_200_000)
            days.append(
                PortableRecord.Day(
                    day: UTCDay(number: first + number), hazards: [.mild: mild, .severe: severe],
                    endsAt: ScriptedDesk.monday))
        }
        let record = PortableRecord(
            site: "forum.example", key: "00", person: "p1", madeAt: ScriptedDesk.monday, since: nil, salt: "",
            days: days, shifts: [], paid: [], policies: [], languages: [])
        desk.welfare.handed = [named]
        desk.welfare.opened = OpenedRecord(id: HandoverID("h1"), name: named.person, record: record)
        desk.person.roles = [.physician]
        return Session(desk, role: .physician, language: language, size: size)
    }

    @Test func aRecordIsOpenedFromTheListAndItsOwnerIsTold() throws {
        let session = physician()
        #expect(session.picture.contains("Ben⟨U+001B⟩[2J") && session.state.welfare.opened == nil)
        session.keys("\n")
        #expect(session.desk.log.contains("openHanded h1"))
        try expectPicture(
            session.picture,
            #"""
            """#)
        session.send(.terminal(.key(.escape), pending: false))
        #expect(session.state.screen == .handed && session.state.welfare.opened == nil)
    }

    @Test func aRecordInFrenchOnALargeScreen() throws {
        let session = physician(.french, size: Size(rows: 40, columns: 120))
        session.keys("\n")
        try expectPicture(
            session.picture,
            #"""
            """#)
    }

    // MARK: Handing over

    @Test func aRecordIsHandedOverAndTakenBackFromMyRecord() throws {
        let desk = Samples.desk()
        desk.welfare.physicians = [PhysicianRow(user: "gil", name: "Gil")]
        let session = Session(desk, role: .moderator)
        session.keys("mah")
        try expectPicture(
            session.picture,
            #"""
            """#)
        // The first choice changes nothing.
        session.keys("\n")
        #expect(!desk.log.contains("handOver gil"))
        session.keys("hj\n")
        #expect(
            desk.log.contains("handOver gil") && session.picture.contains("Gil can open your record now."))
        session.keys("b")
        #expect(session.picture.contains("You handed no record over"))
    }
}
