import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import Store
import TerminalKit
import Testing

@testable import Console

/// A recorded day is watched, recomputed, and put under stricter policies, through the console.
@Suite("A recorded day of 520 decisions", .serialized) struct RecordedDayTests {
    private let day: RecordedDay

    init() throws { day = try RecordedDay.shared.get() }

    private func keys(_ text: String) -> [TimedTerminal.Step] { TimedTerminal.keys(text) }

    @Test func theDayHoldsWhatADayHolds() throws {
        #expect(try day.desk.statistics().total(.decided) == 520)
        let shifts = try day.desk.recordedShifts(limit: 100, for: day.auditor)
        #expect(Set(shifts.map(\.person)) == Set(day.moderators.map(\.id)) && shifts.count >= 4)
        #expect(try day.desk.verifyLedger().isIntact)
    }

    @Test func everyEvaluationGivesTheSameAgain() throws {
        var seen: [Int64] = []
        let result = try day.desk.recompute(for: day.auditor) { seen += [$0, $1] }
        #expect(result.isSame && result.evaluations >= 560 && result.same == result.evaluations)
        #expect(result.decisions >= 524 && result.erased == 0)
        #expect(seen.last == result.ledgerSize && seen.dropLast().last == result.ledgerSize)
        let pictures = day.console(keys("wc"), as: day.auditor, role: .auditor)
        #expect(
            pictures.last == #"""
                Relève · DEMO · forum.example · auditor · policies 7ef0db5f9352 · Aud
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░ ○ within limits  people 520 · rules 0
                Replay · read-only · Recomputed: 560 evaluations, all the same byte for byte.

                  began             ended             who                      shift
                ▸ 10:01             10:22             cw0hh40pzb9n5543         7d46mrqxvrzzj1xz
                  09:41             10:01             tbmbgsc2m1k64249         h69m3v5907kq6fvv
                  09:20             09:41             ahnh7hhftrv2zxqd         ghv471dqkdt9gxck
                  09:00             09:20             abk2p4remyn45spt         xb108ag38y80rj6q












                Recomputed: 560 evaluations, all the same byte for byte.

                m my record  Enter watch  c recompute  i what if  ? help  : commands  Esc out
                """#)
    }

    @Test func aShiftIsWatchedOnALowScreen() throws {
        let pictures = day.console(
            keys("w") + keys("G\n") + keys("ddd"), as: day.auditor, role: .auditor)
        #expect(
            pictures.last == #"""
                Relève · DEMO · forum.example · auditor · policies 7ef0db5f9352 · Aud
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░ ○ within limits  people 520 · rules 0
                Replay · read-only · abk2p4remyn45spt · 09:00 – 09:20
                ‖ paused ×1  0:00:12 / 0:20:29 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ event 9 of 363
                ─ ◐ moderate · covered · dve2pwhbg… version 1, policies 7ef0db5f9352 ───────────
                forum.example · en · 1 flag
                A post that may threaten somebody.
                Recommended: remove · Threats of violence
                threats/direct · moderate · recommends: remove
                Covered for you too; o uncovers it, as your own exposure.


                  0:00:04  decided       nc1z85 keep · recommended: remove
                  0:00:04  taken         kwtvtc version 1, policies 7ef0db5f9352
                  0:00:10  decided       kwtvtc remove under threats · as recommended
                  0:00:10  taken         dve2pw version 1, policies 7ef0db5f9352
                ▸ 0:00:12  decided       dve2pw keep · recommended: remove
                  0:00:12  taken         13zwmm version 1, policies 7ef0db5f9352
                  0:00:14  uncovered     13zwmm moderate
                  0:00:19  covered       13zwmm moderate, 5 s, with the decision
                  0:00:19  decided       13zwmm keep · recommended: remove


                / search  Space play  Right step  + faster  - slower  d decision  o look  ? more
                """#)
    }

    @Test func aShiftIsWatchedOnAWideScreen() throws {
        let pictures = day.console(
            keys("wG\n/undone\n"), as: day.auditor, role: .auditor, size: Size(rows: 40, columns: 120))
        #expect(
            pictures.last == #"""
                Relève · DEMO · forum.example · auditor · policies 7ef0db5f9352 · Aud
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 520 by people, 0 by rules
                Replay · read-only · abk2p4remyn45spt · 09:00 – 09:20
                ‖ paused ×1  0:01:35 / 0:20:29 █████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ event 59 of 363
                ─ ◐ moderate · covered · 2k9aezhed… version 1, policies 7ef0db5f9352 ───────────────────────────────────────────────────
                  0:01:10  uncovered     bs7n5e moderate                            forum.example · en · 1 flag
                  0:01:13  covered       bs7n5e moderate, 3 s, with the decision    A post that may threaten somebody.
                  0:01:13  decided       bs7n5e keep · recommended: remove          Recommended: remove · Threats of violence
                  0:01:13  taken         17sjmt version 1, policies 7ef0db5f9352    threats/direct · moderate · recommends: remove
                  0:01:19  decided       17sjmt remove under threats · as recomme…  Covered for you too; o uncovers it, as your own
                  0:01:19  taken         aaxtax version 1, policies 7ef0db5f9352    exposure.
                  0:01:21  decided       aaxtax keep · recommended: remove
                  0:01:21  taken         egbkx9 version 1, policies 7ef0db5f9352
                  0:01:23  uncovered     egbkx9 moderate
                  0:01:29  covered       egbkx9 moderate, 6 s, with the decision
                  0:01:29  decided       egbkx9 keep · recommended: remove
                  0:01:29  taken         gnvdy7 version 1, policies 7ef0db5f9352
                  0:01:31  decided       gnvdy7 keep · recommended: remove
                  0:01:31  taken         2k9aez version 1, policies 7ef0db5f9352
                  0:01:33  decided       2k9aez keep · recommended: remove
                  0:01:33  taken         4q5607 version 1, policies 7ef0db5f9352
                ▸ 0:01:35  undone        2k9aez
                  0:01:35  taken         2k9aez version 1, policies 7ef0db5f9352
                  0:01:37  decided       2k9aez keep · recommended: remove
                  0:01:39  uncovered     4q5607 moderate
                  0:01:45  covered       4q5607 moderate, 6 s, with the decision
                  0:01:45  decided       4q5607 remove under threats · as recomme…
                  0:01:45  taken         xcywfr version 1, policies 7ef0db5f9352
                  0:01:47  decided       xcywfr keep · recommended: remove
                  0:01:47  taken         j8nnfe version 1, policies 7ef0db5f9352
                  0:01:49  decided       j8nnfe keep · recommended: remove
                  0:01:49  taken         4yvyzj version 1, policies 7ef0db5f9352
                  0:01:51  uncovered     4yvyzj moderate
                  0:01:56  covered       4yvyzj moderate, 5 s, with the decision
                  0:01:56  decided       4yvyzj keep · recommended: remove
                  0:01:56  taken         ehsk0r version 1, policies 7ef0db5f9352
                  0:01:58  decided       ehsk0r keep · recommended: remove


                / search  Space play  Right step  + faster  - slower  d decision  o look  ? help  : commands  Esc out
                """#)
    }

    @Test func aShiftIsWatchedInFrenchWithoutColourOrLineArt() throws {
        let settings = ConsoleSettings(language: .french, noColor: true, lines: .ascii)
        let pictures = day.console(
            keys("wG\nd"), as: day.auditor, role: .auditor, settings: settings)
        #expect(
            pictures.last == #"""
                Relève · DÉMO · forum.example · audit · règles 7ef0db5f9352 · Aud
                Dose, 24 h 0 % / 100 % ................ o dans les limites  humains 520 · auto 0
                Relecture · lecture seule · abk2p4remyn45spt · 09:00 – 09:20
                = arrêt ×1  0:00:04 / 0:20:29 ................................... fait 5 sur 363
                - + modéré · couvert · nc1z854t4… version 1, règles 7ef0db5f9352 ---------------
                forum.example · en · 1 signalement
                Un message qui menace peut-être quelqu'un.
                Avis : retirer · Menaces
                threats/direct · modéré · recommande : retirer
                Couvert pour vous aussi ; o le découvre, et c'est votre exposition.


                  0:00:00  début
                  0:00:00  pris          nc1z85 version 1, règles 7ef0db5f9352
                  0:00:02  découvert     nc1z85 modéré
                  0:00:04  couvert       nc1z85 modéré, 2 s, avec la décision
                > 0:00:04  décidé        nc1z85 garder · avis : retirer
                  0:00:04  pris          kwtvtc version 1, règles 7ef0db5f9352
                  0:00:10  décidé        kwtvtc retirer selon threats · suivant l'avis
                  0:00:10  pris          dve2pw version 1, règles 7ef0db5f9352
                  0:00:12  décidé        dve2pw garder · avis : retirer


                / chercher  Espace lire  Droite pas  + plus vite  - moins vite  ? plus
                """#)
    }

    @Test func anyLimitCanBeAskedAboutAndOneThatCannotBeIsRefused() throws {
        let tight = try #require(
            day.console(
                keys("wijjj\n\n1\n"), as: day.auditor, role: .auditor, size: Size(rows: 50, columns: 100)
            )
            .last)
        #expect(tight.contains("What if? dose in 24 hours, %: 1"))
        #expect(tight.contains("ended: daily"))
        let none = try #require(
            day.console(
                keys("wijjj\n\n0\n"), as: day.auditor, role: .auditor, size: Size(rows: 30, columns: 100)
            )
            .last)
        #expect(none.contains("daily_percent is 0; it must be between 1 and 125"))
        #expect(none.contains("What if which limit were another?"))
    }

    @Test func stricterPoliciesChangeWhatWasRecommended() throws {
        let evaluator = try Evaluator(bundle: day.stricter, cacheDirectory: nil)
        let answer = try day.desk.whatIf(WhatIfQuestion(evaluator: evaluator), for: day.auditor)
        #expect(answer.decisions.decisions == 520)
        #expect(answer.decisions.changed > 200)
        let digests = try day.desk.bundleNames(limit: 9)
        let place = try #require(digests.firstIndex(of: day.stricter.digest))
        let down = String(repeating: "j", count: 4 + place)
        let pictures = day.console(
            keys("wi" + down + "\n"), as: day.auditor, role: .auditor, size: Size(rows: 40, columns: 120))
        #expect(
            pictures.last == #"""
                Relève · DEMO · forum.example · auditor · policies 7ef0db5f9352 · Aud
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 520 by people, 0 by rules
                 What if? policies 5706bfde7a32 had been in force
                 520 decisions of people; on 254 the recommendation changes
                 People did what was recommended on 64.0 %, would have on 29.6 %.
                 Recommended
                          was ░   would be █
                 nothing  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 381
                          █████████████████████████████████▎ 127
                 keep      0
                           0
                 label     0
                           0
                 restrict  0
                          █████████████████████████████████▎ 127
                 remove   ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 139
                          █████████████████████████████████████████████████████████████████████▊ 266
                 suspend   0
                           0
                          └────────────┴────────────┴────────────┴────────────┴────────────┴────────────┴────────────┴────────────┴
                          0            50           100          150          200          250          300          350          400
                 Dose of shifts, %
                                was ░   would be █
                 09:00 abk2p4re ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 2
                                █████████████████████████████████████████████████████████████████████████████████████████████████████ 2
                 09:20 ahnh7hhf ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 1
                                ██████████████████████████████████████████████████▌ 1
                 09:41 tbmbgsc2 ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 1
                                █████████████████████████████████████████████████████████████████████████████████████████████████████ 2
                 10:01 cw0hh40p ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 1
                                █████████████████████████████████████████████████████████████████████████████████████████████████████ 2
                                └─────────────────────────────────────────────────┴─────────────────────────────────────────────────┴
                                0                                                 1                                                 2 %






                ? help  : commands  Esc out
                """#)
    }

    @Test func aShiftIsPlayedAtSixtyTimesItsSpeedToItsEnd() throws {
        let fast = keys("wG\n+++++ ")
        let playing = day.console(fast + [.rest(.seconds(10))], as: day.auditor, role: .auditor)
        let clock = try #require(playing.last?.split(separator: "\n").first { $0.hasPrefix("▶") })
        #expect(clock.hasPrefix("▶ playing ×60  0:10:00 / 0:20:29 "), "\(clock)")
        // Between two pictures at that speed lie some seconds of the shift, never minutes.
        #expect(playing.count > 60)
        let ended = day.console(fast + [.rest(.seconds(60))], as: day.auditor, role: .auditor)
        #expect(ended.last?.contains("‖ paused ×60  0:20:29 / 0:20:29") == true)
        #expect(ended.last?.contains("event 363 of 363") == true)
        let paused = day.console(
            fast + keys(" ") + [.rest(.seconds(100))], as: day.auditor, role: .auditor)
        #expect(paused.last?.contains("‖ paused ×60  0:02:00 / 0:20:29") == true)
    }

    @Test func nothingIsShownToWhoWatchesUnlessTheyLookAndThatIsTheirExposure() throws {
        let before = try day.desk.standing(of: day.auditor).dayDose
        let size = try day.desk.ledgerTree().size
        let pictures = day.console(
            keys("wG\n") + keys("dd") + keys("o") + [.rest(.seconds(18))] + keys("o") + keys("dD"),
            as: day.auditor, role: .auditor)
        let showing = pictures.indices.filter { pictures[$0].contains("I will find you, number") }
        let first = try #require(showing.first)
        let last = try #require(showing.last)
        #expect(showing == Array(first...last) && last < pictures.count - 1)
        #expect(pictures[first].contains("it counts as your own exposure"))
        #expect(try day.desk.standing(of: day.auditor).dayDose > before)
        let kinds = try day.desk.ledgerLog(from: size, limit: 9).map(\.entry)
            .filter { $0.person == day.auditor.id }.map(\.kind)
        #expect(kinds.first == .replayed && kinds.suffix(2) == [.uncovered, .covered])
    }

    @Test func playingOnCoversWhatWasUncovered() throws {
        let pictures = day.console(keys("wG\nddo "), as: day.auditor, role: .auditor)
        #expect(pictures.contains { $0.contains("I will find you, number") })
        #expect(pictures.last?.contains("I will find you, number") == false)
    }

    @Test func nobodysNameAndNoFigureOfSpeedIsOnTheScreens() throws {
        let pictures =
            day.console(keys("wcG\nddd/undone\n"), as: day.auditor, role: .auditor)
            + day.console(keys("wi\n"), as: day.auditor, role: .auditor)
        for picture in pictures {
            for name in ["Ada", "Bela", "Chen", "Dina", "/h", "per hour", "posts/"] {
                #expect(!picture.contains(name), "\(name) in\n\(picture)")
            }
        }
    }

    @Test func leadsRecomputeAndAskWhatIfButSeeNoShifts() throws {
        let pictures = day.console(keys("wc"), as: day.lead, role: .lead)
        #expect(pictures.last?.contains("all the same byte for byte") == true)
        #expect(pictures.last?.contains("a lead sees nobody's breaks, dose or history") == true)
        #expect(pictures.last?.contains(day.moderators[0].id.rawValue) == false)
        let asked = day.console(
            keys("wijjj\n\n50\n"), as: day.lead, role: .lead, size: Size(rows: 40, columns: 100))
        #expect(asked.last?.contains("you are no auditor") == true)
        #expect(asked.last?.contains("Dose of shifts") == false)
    }

    @Test func aShiftIsReadLineByLine() throws {
        var lines = ["w", "G", "watch", "d", "/", "undone", "step"].makeIterator()
        var said: [String] = []
        let console = LinearConsole(
            desk: day.desk, person: day.auditor, role: .auditor,
            input: { _ in lines.next().map { .line($0) } ?? .end }, output: { said.append($0.plain) })
        _ = console.run()
        let text = said.joined(separator: "\n")
        #expect(text.contains("0:00:04 · decided · nc1z85"))
        #expect(text.contains("0:01:35 · undone · 2k9aez"))
        #expect(text.contains("Recommended: remove · Threats of violence"))
        #expect(!text.contains("I will find you"))
    }
}
