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
            Relève · DEMO · forum.example · representative · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
             The whole team, in months that are over
             [figures]  t over time  o objections  l limits
               month            dose    decisions      per 1,000 decisions
             ▸ 2026-02        1250 %         9000                    138 %
               2026-01         650 %         8000                     81 %
               2025-12             –            –                        –
             Minutes uncovered and dose in 2026-02
             ◆ severe ░░░░░░░░░░░░░░░░░░░░ 1440 600 %
             ○ mild   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 3120 650 %
                      └─────────────┴──────────────┴─────────────┴─────────────┴
                      0             1000           2000          3000          4000 min
             Sums over everybody; a hazard with fewer than 10 people, or with one who did
             most, is left out.








            f figures  t over time  o objections  l limits  m my record  ? help  ? more
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
            Relève · DÉMO · forum.example · représentation · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 11 humaines, 0 auto
             Toute l'équipe, par mois écoulés
             f chiffres  [évolution]  o objections  l limites
             Dose collective pour mille décisions : le chiffre à baisser
             140 ┤                                                        ⢠⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
                 │                                                        ⢸
             130 ┤                                                        ⢸
                 │                                                        ⢸
             120 ┤                                                        ⢸
                 │                                                        ⢸
             110 ┤                                                        ⢸
                 │                                                        ⢸
             100 ┤                                                        ⢸
                 │                                                        ⢸
              90 ┤                                                        ⢸
                 │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡸
              80 ┤
                 │
              70 ┤
                 │
              60 ┤
                 │
              50 ┤
                 │
              40 ┤
                 │
              30 ┤
                 │
              20 ┤
                 │
              10 ┤
               0 ┤
                 └┴───────────────────────────────────────────────────────┴────────────────────────────────────────────────────────
                  2026-01                                                 2026-02                            % pour 1 000 décisions
             Sommes sur tous ; sans les niveaux de moins de 10 personnes, ou dont une a fait l'essentiel.



            f chiffres  t évolution  o objections  l limites  m mon relevé  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func beforeTheFirstMonthItSaysWhen() {
        let desk = Samples.desk()
        desk.person.roles = [.representative]
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
            Relève · DEMO · forum.example · physician · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
             Record of Ben⟨U+001B⟩[2J
             Precaution, not prediction: no dose is known to be safe.
             60 ┤
                │                                                                     ⣀⣀⣀⣀⣀
             40 ┤                                                ⣀⣀⣀⣀⣀⠤⠤⢄     ⡖⠒⠊⠉⠉⠉⠉⠉
                │                        ⣀⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⡀    ⢸⠉⠉⠉⠉⠉       ⢸     ⡇
             20 ┤     ⢀⣀⣀⣀⣀⣀⠤⠤⠔⠒⠒⠒⠒⢢     ⡇            ⡇    ⢸            ⢸     ⡇
              0 ┤⣀⣀⣀⣀⣀⡸            ⢸⣀⣀⣀⣀⣀⠇            ⣇⣀⣀⣀⣀⡸            ⢸⣀⣀⣀⣀⣀⠇
                └┴─────────────────┴──────────────────┴─────────────────┴──────────────────
                 02-01             02-08              02-15             02-22       % a day
             562 % of a day's limit in all, on 20 days (UTC), in 0 shifts
             100 % in 24 hours, 400 % in 7 days

             2026-02-28  43 %  mild 60 min, severe 75 min
             2026-02-27  42 %  mild 60 min, severe 72 min
             2026-02-26  41 %  mild 60 min, severe 69 min
             2026-02-25  40 %  mild 60 min, severe 66 min
             2026-02-24  38 %  mild 60 min, severe 63 min
             2026-02-21  35 %  mild 60 min, severe 54 min
            Opened; Ben⟨U+001B⟩[2J is told.

            m my record  ? help  : commands  Esc out
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
            Relève · DÉMO · forum.example · médecine · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 11 humaines, 0 auto
             Relevé de Ben⟨U+001B⟩[2J
             Précaution, pas prédiction : aucune dose n'est réputée sûre.
             50 ┤
                │
                │                                                                                                  ⣀⣀⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠉⠉⠉⠉
             40 ┤                                                                                              ⡤⠤⠤⠤⠃
                │                                                                             ⢀⣀⣀⣀⡰⠒⠒⠒⢢        ⡇
                │                                                                 ⢠⠤⠤⠤⠔⠒⠒⠒⠊⠉⠉⠉⠁       ⢸        ⡇
             30 ┤                                                     ⣀⣀⣀⣀        ⢸                   ⢸        ⡇
                │                                         ⣀⣀⣀⣀⠤⠤⠤⠤⠋⠉⠉⠉    ⡇       ⢸                   ⢸        ⡇
             20 ┤                                     ⡏⠉⠉⠉                ⡇       ⢸                   ⢸        ⡇
                │                ⢀⣀⣀⣀⡠⠤⠤⠤⠔⠒⠒⠒⢢        ⡇                   ⡇       ⢸                   ⢸        ⡇
                │        ⢠⠤⠤⠤⠔⠒⠒⠒⠊           ⢸        ⡇                   ⡇       ⢸                   ⢸        ⡇
             10 ┤        ⢸                   ⢸        ⡇                   ⡇       ⢸                   ⢸        ⡇
                │        ⢸                   ⢸        ⡇                   ⡇       ⢸                   ⢸        ⡇
              0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⡸                   ⢸⣀⣀⣀⣀⣀⣀⣀⣀⠇                   ⣇⣀⣀⣀⣀⣀⣀⣀⡸                   ⢸⣀⣀⣀⣀⣀⣀⣀⣀⠇
                └┴───────────────────────────┴────────────────────────────┴───────────────────────────┴────────────────────────────
                 01/02                       08/02                        15/02                       22/02              % par jour
             562 % de la limite d'un jour en tout, sur 20 jours (UTC), en 0 services
             100 % en 24 heures, 400 % en 7 jours

             2026-02-28  43 %  léger 60 min, grave 75 min
             2026-02-27  42 %  léger 60 min, grave 72 min
             2026-02-26  41 %  léger 60 min, grave 69 min
             2026-02-25  40 %  léger 60 min, grave 66 min
             2026-02-24  38 %  léger 60 min, grave 63 min
             2026-02-21  35 %  léger 60 min, grave 54 min
             2026-02-20  33 %  léger 60 min, grave 51 min
             2026-02-19  32 %  léger 60 min, grave 48 min
             2026-02-18  31 %  léger 60 min, grave 45 min
             2026-02-17  30 %  léger 60 min, grave 42 min
             2026-02-14  26 %  léger 60 min, grave 33 min
             2026-02-13  25 %  léger 60 min, grave 30 min
             2026-02-12  23 %  léger 60 min, grave 27 min
             2026-02-11  22 %  léger 60 min, grave 24 min
            Ouvert ; Ben⟨U+001B⟩[2J en est averti·e.

            m mon relevé  ? aide  : commandes  Échap sortir
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
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
             My record · Only you see this page.
             d day  w week  m month  r results  l limits  [looks]  c check-ins
             h hands your record to a physician, b takes it back.

             Who looked, newest first
             Nobody┌─ Hand your record to a physician ──────────────────────────────┐
                   │ Your record as it is now. You see each time it is opened, and  │
             Leads │ can take it back.                                              │ng a
             name t│                                                                │
                   │ ▸ cancel                                                       │
                   │   Gil (gil)                                                    │
                   │ Enter chooses, Esc leaves all as it is                         │
                   └────────────────────────────────────────────────────────────────┘








            Enter choose  ? help  : commands  Esc out
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
