import Desk
import Exposure
import Foundation
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

/// Day, week and month of recorded work, in two sizes, without colour, in both languages.
@Suite("My record, drawn from four recorded weeks") struct RecordPictures {
    private let month: RecordedMonth

    init() throws { month = try RecordedMonth.shared.get() }

    private static let wide = Size(rows: 40, columns: 120)

    @Test func theDay() throws {
        try expectPicture(
            month.picture("m"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             [day]  w week  m month  r results  l limits  a looks (2)  c check-ins
             Dose of 24 hours as it stood, quarter of an hour by quarter of an hour
             4 ┤                                                                          ⢸
               │                                                                          ⢸
             3 ┤                                                                          ⢸
               │                                                                          ⢸
             2 ┤                                                                        ⡏⠉⠁
               │                                                                        ⡇
             1 ┤                                                                        ⡇
             0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇
               └─────┴──────────────────┴─────────────────┴──────────────────┴─────────────
                     12:00              18:00             0:00               6:00 % in 24 h
             Minutes uncovered today, by hazard
             ○ mild ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 23
                    └────────────┴─────────────┴────────────┴─────────────┴────────────┴
                    0            5             10           15            20         25 min
             Breaks: 09:24 (23 min)
             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theDayOnAWideScreen() throws {
        try expectPicture(
            month.picture("m", size: Self.wide),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 8 by people, 0 by rules
             My record · Only you see this page.
             [day]  w week  m month  r results  l limits  a looks (2)  c check-ins
             Dose of 24 hours as it stood, quarter of an hour by quarter of an hour
             4 ┤                                                                                                                  ⡏
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
             3 ┤                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
               │                                                                                                                  ⡇
             2 ┤                                                                                                              ⢸⠉⠉⠉
               │                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
             1 ┤                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
               │                                                                                                              ⢸
             0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡸
               └────────┴────────────────────────────┴───────────────────────────┴────────────────────────────┴────────────────────
                        12:00                        18:00                       0:00                         6:00        % in 24 h
             Minutes uncovered today, by hazard
             ○ mild ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 23
                    └────────────────────┴─────────────────────┴────────────────────┴─────────────────────┴────────────────────┴
                    0                    5                     10                   15                    20                 25 min
             Breaks: 09:24 (23 min)
             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theDayInFrench() throws {
        try expectPicture(
            month.picture("m", language: .french),
            #"""
            Relève · DÉMO · forum.example · modération · règles bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ░░░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 8 · auto 0
             Mon relevé · Vous seul voyez cette page.
             [jour]  w semaine  m mois  r résultats  l limites  a regards (2)  c états
             Dose sur 24 heures telle qu'elle était, quart d'heure par quart d'heure
             4 ┤                                                                          ⢸
               │                                                                          ⢸
             3 ┤                                                                          ⢸
               │                                                                          ⢸
             2 ┤                                                                        ⡏⠉⠁
               │                                                                        ⡇
             1 ┤                                                                        ⡇
             0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠇
               └─────┴──────────────────┴─────────────────┴──────────────────┴─────────────
                     12 h               18 h              0 h                6 h  % en 24 h
             Minutes découvertes ce jour, par risque
             ○ léger ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 23
                     └────────────┴────────────┴─────────────┴────────────┴────────────┴
                     0            5            10            15           20         25 min
             Pauses : 09:24 (23 min)
             Occupational physician : +33 1 23 45 67 89 (H : tous)


            L ma limite  O refus  T emporter  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func theWeek() throws {
        try expectPicture(
            month.picture("mw"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  [week]  m month  r results  l limits  a looks (2)  c check-ins
             Dose day by day, in % of a full dose
             Tue 02-24 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 9 · 2 breaks, 41 min
             Wed 02-25 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 8 · 2 breaks, 42 min
             Thu 02-26 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 8 · 3 breaks, 1 h 04
             Fri 02-27 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 10 · 2 breaks, 44 min
             Sat 02-28  0
             Sun 03-01  0
             Mon 03-02 ░░░░░░░░░░░░░░░░░░ 4 · 1 break, 23 min
                       └──────────────────────┴─────────────────────┴
                       0                      5                     10 %
             7 days together: 40 % of a full dose; 10 breaks, 3 h 35
             In the rolling 7 days: 40 % used
             Minutes uncovered: severe 17 min, moderate 46 min, mild 101 min



             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theWeekOnAWideScreenInFrench() throws {
        try expectPicture(
            month.picture("mw", size: Self.wide, language: .french),
            #"""
            Relève · DÉMO · forum.example · modération · règles bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 8 humaines, 0 auto
             Mon relevé · Vous seul voyez cette page.
             d jour  [semaine]  m mois  r résultats  l limites  a regards (2)  c états
             Dose jour par jour, en % d'une dose pleine
             mar. 24/02 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 9 · 2 pauses, 41 min
             mer. 25/02 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 8 · 2 pauses, 42 min
             jeu. 26/02 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 8 · 3 pauses, 1 h 04
             ven. 27/02 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 10 · 2 pauses, 44 min
             sam. 28/02  0
             dim. 01/03  0
             lun. 02/03 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 4 · 1 pause, 23 min
                        └────────────────┴────────────────┴────────────────┴────────────────┴───────────────┴
                        0                2                4                6                8               10 %
             7 jours ensemble : 40 % d'une dose pleine ; 10 pauses, 3 h 35
             Sur 7 jours glissants : 40 % reçus
             Minutes découvertes, par risque
             ◆ grave  ░░░░░░░░░░░░░░ 17
             ◐ modéré ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 46
             ○ léger  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 101
                      └────────────────┴─────────────────┴────────────────┴─────────────────┴────────────────┴────────────────┴
                      0                20                40               60                80               100            120 min
             Précaution, pas prédiction : aucune dose n'est réputée sûre.













             Occupational physician : +33 1 23 45 67 89 (H : tous)


            L ma limite  O refus  T emporter  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func theWeekInPlainCharacters() throws {
        try expectPicture(
            month.picture("mw", lines: .ascii),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % #..................... o within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  [week]  m month  r results  l limits  a looks (2)  c check-ins
             Dose day by day, in % of a full dose
             Tue 02-24 ......................................... 9 · 2 breaks, 41 min
             Wed 02-25 .................................... 8 · 2 breaks, 42 min
             Thu 02-26 .................................... 8 · 3 breaks, 1 h 04
             Fri 02-27 .............................................. 10 · 2 breaks, 44 min
             Sat 02-28  0
             Sun 03-01  0
             Mon 03-02 .................. 4 · 1 break, 23 min
                       +----------------------+---------------------+
                       0                      5                     10 %
             7 days together: 40 % of a full dose; 10 breaks, 3 h 35
             In the rolling 7 days: 40 % used
             Minutes uncovered: severe 17 min, moderate 46 min, mild 101 min



             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theMonth() throws {
        try expectPicture(
            month.picture("mm"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  w week  [month]  r results  l limits  a looks (2)  c check-ins
             Dose day by day, in % of a full dose
             15 ┤
                │                                     ⣀⣀⣀  ⢀⣀⣀
                │                                     ⡇  ⡇ ⢸  ⡇
             10 ┤        ⡤⠤⠤⡀    ⡤⠤⠜⠉⠉⠉⠉⠉⡆ ⢸⠉⠉⢱       ⡇  ⡇ ⢸  ⡇         ⢠⠤⠤⢄    ⢸⠉⠉⢱
                │   ⡖⠒⢢⣀⣀⠇  ⡇    ⡇       ⡇ ⢸  ⢸       ⡇  ⡇ ⢸  ⣇⣀⣀     ⡖⠒⠊  ⠘⠒⠒⠒⠒⠊  ⢸
                │⠒⠒⠒⠁       ⡇    ⡇       ⡇ ⢸  ⢸    ⢰⠒⠒⠁  ⠓⠒⠊     ⡇    ⡇            ⢸
              5 ┤           ⡇    ⡇       ⠧⠤⠜  ⢸    ⢸             ⡇    ⡇            ⢸    ⢠⠤⠤
                │           ⡇    ⡇            ⢸    ⢸             ⡇    ⡇            ⢸    ⢸
              0 ┤           ⣇⣀⣀⣀⣀⠇            ⢸⣀⣀⣀⣀⡸             ⣇⣀⣀⣀⣀⠇            ⢸⣀⣀⣀⣀⡸
                └┴─────────────────┴──────────────────┴─────────────────┴──────────────────
                 02-03             02-10              02-17             02-24       % a day
             28 days together: 173 % of a full dose; 39 breaks, 10 h 49
             Minutes uncovered: severe 89 min, moderate 202 min, mild 371 min


             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theMonthOnAWideScreen() throws {
        try expectPicture(
            month.picture("mm", size: Self.wide),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 8 by people, 0 by rules
             My record · Only you see this page.
             d day  w week  [month]  r results  l limits  a looks (2)  c check-ins
             Dose day by day, in % of a full dose
             12 ┤                                                         ⡏⠉⠉⠉⢱   ⢸⠉⠉⠉⢱
                │                                                         ⡇   ⢸   ⢸   ⢸
                │                                                         ⡇   ⢸   ⢸   ⢸
                │                            ⢠⠤⠤⠤⠤⠤⠤⠤⠤⡀   ⡤⠤⠤⠤⡀           ⡇   ⢸   ⢸   ⢸                            ⡤⠤⠤⠤⡀
             10 ┤                            ⢸        ⡇   ⡇   ⡇           ⡇   ⢸   ⢸   ⢸                            ⡇   ⡇
                │            ⢰⠒⠒⠒⢢       ⢰⠒⠒⠒⠊        ⡇   ⡇   ⡇           ⡇   ⢸   ⢸   ⢸               ⢰⠒⠒⠒⠒⡄       ⡇   ⡇
                │            ⢸   ⢸       ⢸            ⡇   ⡇   ⡇           ⡇   ⢸   ⢸   ⢸               ⢸    ⡇       ⡇   ⡇
              8 ┤    ⢸⠉⠉⠉⢱   ⢸   ⢸       ⢸            ⡇   ⡇   ⡇           ⡇   ⢸   ⢸   ⢸           ⢸⠉⠉⠉⠁    ⠉⠉⠉⠉⠉⠉⠉⠉    ⡇
                │    ⢸   ⢸⣀⣀⣀⡸   ⢸       ⢸            ⡇   ⡇   ⡇           ⡇   ⢸   ⢸   ⢸⣀⣀⣀⡀       ⢸                    ⡇
                │    ⢸           ⢸       ⢸            ⡇   ⡇   ⡇           ⡇   ⢸   ⢸       ⢸       ⢸                    ⡇
              6 ┤⠤⠤⠤⠤⠜           ⢸       ⢸            ⡇   ⡇   ⡇       ⡤⠤⠤⠤⠃   ⠸⠤⠤⠤⠜       ⢸       ⢸                    ⡇
                │                ⢸       ⢸            ⡇   ⡇   ⡇       ⡇                   ⢸       ⢸                    ⡇
                │                ⢸       ⢸            ⡇   ⡇   ⡇       ⡇                   ⢸       ⢸                    ⡇
                │                ⢸       ⢸            ⡇   ⡇   ⡇       ⡇                   ⢸       ⢸                    ⡇
              4 ┤                ⢸       ⢸            ⠉⠉⠉⠉    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡏⠉⠉⠉
                │                ⢸       ⢸                    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡇
                │                ⢸       ⢸                    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡇
              2 ┤                ⢸       ⢸                    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡇
                │                ⢸       ⢸                    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡇
                │                ⢸       ⢸                    ⡇       ⡇                   ⢸       ⢸                    ⡇       ⡇
              0 ┤                ⢸⣀⣀⣀⣀⣀⣀⣀⡸                    ⣇⣀⣀⣀⣀⣀⣀⣀⠇                   ⢸⣀⣀⣀⣀⣀⣀⣀⡸                    ⣇⣀⣀⣀⣀⣀⣀⣀⠇
                └┴───────────────────────────┴────────────────────────────┴───────────────────────────┴────────────────────────────
                 02-03                       02-10                        02-17                       02-24                 % a day
             28 days together: 173 % of a full dose; 39 breaks, 10 h 49
             Minutes uncovered, by hazard
             ◆ severe   ░░░░░░░░░░░░░░░░░░░░░░ 89
             ◐ moderate ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 202
             ○ mild     ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 371
                        └───────────┴────────────┴────────────┴────────────┴────────────┴────────────┴────────────┴───────────┴
                        0           50           100          150          200          250          300          350       400 min
             Precaution, not prediction: no dose is known to be safe.
             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theMonthInFrench() throws {
        try expectPicture(
            month.picture("mm", language: .french),
            #"""
            Relève · DÉMO · forum.example · modération · règles bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ░░░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 8 · auto 0
             Mon relevé · Vous seul voyez cette page.
             d jour  w semaine  [mois]  r résultats  l limites  a regards (2)  c états
             Dose jour par jour, en % d'une dose pleine
             15 ┤
                │                                     ⣀⣀⣀  ⢀⣀⣀
                │                                     ⡇  ⡇ ⢸  ⡇
             10 ┤        ⡤⠤⠤⡀    ⡤⠤⠜⠉⠉⠉⠉⠉⡆ ⢸⠉⠉⢱       ⡇  ⡇ ⢸  ⡇         ⢠⠤⠤⢄    ⢸⠉⠉⢱
                │   ⡖⠒⢢⣀⣀⠇  ⡇    ⡇       ⡇ ⢸  ⢸       ⡇  ⡇ ⢸  ⣇⣀⣀     ⡖⠒⠊  ⠘⠒⠒⠒⠒⠊  ⢸
                │⠒⠒⠒⠁       ⡇    ⡇       ⡇ ⢸  ⢸    ⢰⠒⠒⠁  ⠓⠒⠊     ⡇    ⡇            ⢸
              5 ┤           ⡇    ⡇       ⠧⠤⠜  ⢸    ⢸             ⡇    ⡇            ⢸    ⢠⠤⠤
                │           ⡇    ⡇            ⢸    ⢸             ⡇    ⡇            ⢸    ⢸
              0 ┤           ⣇⣀⣀⣀⣀⠇            ⢸⣀⣀⣀⣀⡸             ⣇⣀⣀⣀⣀⠇            ⢸⣀⣀⣀⣀⡸
                └┴─────────────────┴──────────────────┴─────────────────┴──────────────────
                 03/02             10/02              17/02             24/02    % par jour
             28 jours ensemble : 173 % d'une dose pleine ; 39 pauses, 10 h 49
             Minutes découvertes : grave 89 min, modéré 202 min, léger 371 min


             Occupational physician : +33 1 23 45 67 89 (H : tous)


            L ma limite  O refus  T emporter  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func whatDecisionsLedTo() throws {
        try expectPicture(
            month.picture("mr"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  w week  m month  [results]  l limits  a looks (2)  c check-ins
             What auditors held of your decisions
             2 upheld, 1 held to be wrong, 1 that can't be told
             2026-02-23 11:03 · can't be told · remove · Policy on gore · gfx8rz2zj3ssmfkb
               reason: the thread is gone
             2026-02-23 11:03 · upheld · remove · Policy on threats · 6aj8ak79ek54aaan
               reason: right on second thoughts
             2026-02-23 11:03 · held to be wrong · keep · 4zbt3s2njjynba1n
               reason: satire: the context says so
             2026-02-23 11:03 · upheld · remove · Policy on threats · rcvjwp4jb546d0ag

             Your decisions, newest first
             10:00 · keep · jk3ma2ren8854yn0
             09:54 · remove · Policy on spam · tk1wq1gbfvntx44g
             09:49 · remove · Policy on spam · 5cy2p8ckdjvjx329
             09:22 · remove · Policy on spam · 590k1sq8e3r046x9
             09:17 · keep · qtyn2my43stk2kff
             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func theLimitsAndWhoChangedThem() throws {
        try expectPicture(
            month.picture("ml"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  w week  m month  r results  [limits]  a looks (2)  c check-ins
             Limits in force
             90 % in 24 hours, 400 % in 7 days
             a break of 15 min after 50 min of exposure, shifts of 8 h
             rest of 11 h between shifts; a ceiling of 125 % that nothing passes

             Your own
             Own lower limit: none
             Never shown to you: nothing set

             Who changed the limits, newest first
             version 2, set by Lea, since 2026-02-23 11:04
               break: 10 min → 15 min (tightened)
               24 h: 100 % → 90 % (tightened)
             version 1, set by the site's defaults, since 2026-02-03 09:00

             Precaution, not prediction: no dose is known to be safe.
             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func whoLooked() throws {
        try expectPicture(
            month.picture("ma"),
            #"""
            Relève · DEMO · forum.example · moderator · policies bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % █░░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 8 · rules 0
             My record · Only you see this page.
             d day  w week  m month  r results  l limits  [looks (2)]  c check-ins
             Who looked, newest first
             2026-02-23 11:04 · d3r27cgc6ajg3j1f saw your name
             2026-02-23 11:03 · d3r27cgc6ajg3j1f watched your shift of 2026-02-23 09:00, by
             pseudonym

             Leads see only whether you are available. Auditors see pseudonyms; opening a
             name takes two people and a reason. This page only you see.









             Occupational physician: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }

    @Test func whoLookedInFrench() throws {
        try expectPicture(
            month.picture("ma", language: .french),
            #"""
            Relève · DÉMO · forum.example · modération · règles bc2ee3255057 · Ada
            Dose, 24 h 4 % / 90 % ░░░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 8 · auto 0
             Mon relevé · Vous seul voyez cette page.
             d jour  w semaine  m mois  r résultats  l limites  [regards (2)]  c états
             Qui a regardé, du plus récent
             2026-02-23 11:04 · d3r27cgc6ajg3j1f a vu votre nom
             2026-02-23 11:03 · d3r27cgc6ajg3j1f a suivi votre service du 2026-02-23 09:00,
             sous pseudonyme

             Les responsables voient seulement si vous êtes disponible. L'audit voit des
             pseudonymes ; ouvrir un nom demande deux personnes et un motif. Cette page,
             vous seul la voyez.








             Occupational physician : +33 1 23 45 67 89 (H : tous)


            L ma limite  O refus  T emporter  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func theFiguresAreThoseOfTheDesk() throws {
        let record = try month.desk.record(of: month.ada)
        let now = month.clock.now().wall
        var own = OwnRecord(record)
        own.reckon(at: now, offset: 0)
        let course = try #require(own.course)
        #expect(course.rolling.last == record.standing.dayDose)
        #expect(course.total(of: 28).dose == record.summary.dose && record.summary.dose > .zero)
        #expect(
            course.days.count == 28 && course.days.last?.start == Timestamp(milliseconds: 1_772_409_600_000))
        let breaks = record.shifts.flatMap(\.breaks)
        #expect(course.total(of: 28).breaks == breaks.count && breaks.count > 20)
        #expect(record.outcomes.map(\.mark.verdict) == [.unclear, .agree, .disagree, .agree])
        // Charts say what was used: no word of what is left to fill.
        for keys in ["m", "mw", "mm"] {
            let text = month.picture(keys).lowercased()
            for word in ["left", "remain", "speed", "per hour", "per post"] { #expect(!text.contains(word)) }
        }
    }
}
