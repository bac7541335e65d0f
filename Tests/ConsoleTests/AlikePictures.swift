import Desk
import Exposure
import Moderation
import PolicyEngine
import TerminalKit
import Testing

@testable import Console

/// Deciding once for posts that say the same, and what leads see of giving posts out.
@Suite struct AlikePictures {
    private func group(identical: Int, near: Int, leftOut: Int = 0) -> AlikeGroup {
        AlikeGroup(
            posts: (0..<identical + near).map { number in
                AlikePost(
                    post: PostID("g\(number)"), likeness: number < identical ? .identical : .near,
                    language: number == 0 ? "fr" : "en", community: "c\(number % 2)",
                    author: Int64(number % 9))
            }, leftOut: leftOut)
    }

    private func session(_ group: AlikeGroup, language: Language = .english) -> Session {
        let desk = Samples.desk()
        for post in desk.queue { desk.groups[PostID(post.externalID)] = group }
        let session = Session(desk, language: language)
        session.keys("\n")
        return session
    }

    @Test func theGroupIsToldBeforeItIsDecided() {
        let session = session(group(identical: 11, near: 3, leftOut: 2))
        #expect(session.picture.contains("14 others say the same, 11 to the letter · 3 flags"))
        session.keys("r")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                14 othe┌─ remove: others say the same ──────────────────────────────────┐t, ins…
                ─ ◐ mod│ 14 waiting posts say the same: 11 to the letter, 3 but for     │───────
                       │ numbers, names addressed or links.                             │
                       │ What differs: languages en, fr; 2 communities; 9 authors.      │
                  A pos│ 2 more can't be included: other languages, or seen otherwise   │
                       │ by the rules.                                                  │
                  Space│ They are decided without being shown, each with an entry of    │
                  It ca│ its own; undo takes all back.                                  │
                       │                                                                │
                       │ ▸ only this post                                               │
                       │   this one and the 11 identical                                │
                       │   this one and all 14                                          │
                       │ Enter chooses, Esc leaves all as it is                         │
                Recomme└────────────────────────────────────────────────────────────────┘
                Begun: remove · Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
        // Enter without moving decides for this post alone.
        session.keys("\n")
        #expect(session.desk.log.last { $0.hasPrefix("decide") }?.contains("alike") == false)
    }

    @Test func oneConfirmationDecidesForAllAndUndoCountsThemBack() {
        let session = session(group(identical: 11, near: 3))
        let before = session.state.briefing?.decidedByMe ?? 0
        session.keys("rj\n")
        #expect(session.desk.log.last { $0.hasPrefix("decide") }?.hasSuffix("with 11 alike") == true)
        #expect(session.state.briefing?.decidedByMe == before + 12)
        #expect(session.state.news?.text.contains("11 more without showing them") == true)
        session.keys("u")
        #expect(session.state.briefing?.decidedByMe == before)
        #expect(session.state.news?.text.contains("11 more wait again") == true)
        session.keys("rjj\n")
        #expect(session.desk.log.last { $0.hasPrefix("decide") }?.hasSuffix("with 14 alike") == true)
    }

    @Test func escapeDecidesNothingAndSuspendingAsksForNobodyElse() {
        let session = session(group(identical: 2, near: 0))
        session.keys("r")
        session.key(.escape)
        #expect(!session.desk.log.contains { $0.hasPrefix("decide") })
        session.keys("xj\n")
        #expect(session.desk.log.last { $0.hasPrefix("decide") }?.contains("alike") == false)
    }

    @Test func inFrench() {
        let session = session(group(identical: 0, near: 3), language: .french)
        session.keys("r")
        #expect(
            session.picture == #"""
                Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0
                forum.example · gaming · comment · en · il y a 2 h · à rendre d'ici 3 h
                de @mallory · compte de 3 j · 2 retraits avant · 5 signalements avant
                3 autres disent la même chose, 0 mot pour mot · 3 signalements (1 de confiance)…
                ─ ◐ mod┌─ retirer : d'autres disent la même chose ──────────────────────┐───────
                       │ 3 messages en attente disent la même chose, aux nombres, noms  │
                       │ ou liens près.                                                 │
                  Un me│ Ce qui diffère : langues en, fr ; 2 communautés ; 3 auteurs.   │
                       │ Ils sont décidés sans être montrés, chacun avec son entrée ;   │
                  Espac│ annuler revient sur tous.                                      │
                  On pe│                                                                │
                       │ ▸ ce message seulement                                         │
                       │   celui-ci et tous les 3                                       │
                       │ Entrée choisit, Échap laisse tout tel quel                     │
                       └────────────────────────────────────────────────────────────────┘

                Avis : retirer · Menaces (motif : Une menace directe)
                Commencé : retirer · Cite : Menaces · 1 constat




                Entrée choisir  ? aide  : commandes  Échap sortir
                """#)
    }

    private func lead(_ language: Language, _ size: Size) -> Session {
        let desk = Samples.desk()
        desk.dispatch = DispatchNews(
            unserved: [
                UnservedUrgent(
                    post: PostID("k3x9q2m1w8"), hazard: .extreme, language: "de",
                    deadline: ScriptedDesk.monday + .seconds(5400), since: ScriptedDesk.monday - .seconds(240)
                )
            ],
            saved: ExposureSaved(
                days: 28, posts: 1240, dose: Dose(310),
                parts: [
                    .init(hazard: .mild, posts: 900, median: .seconds(7), isLearned: true, dose: Dose(21)),
                    .init(
                        hazard: .severe, posts: 340, median: .seconds(20), isLearned: false, dose: Dose(289)),
                ]))
        return Session(desk, role: .lead, language: language, size: size)
    }

    @Test func aLeadIsToldOfUrgentPostsForNobodyAndOfWhatWasNeverShown() {
        #expect(
            lead(.english, Size(rows: 40, columns: 80)).picture == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

                 1 kind of urgent post waits that nobody present can take.
                   ■ extreme · de · due in 1 h · for 4 min · k3x9q2m1
                 Nobody's limit gives way: somebody who can take them is needed.

                 Queue: 3 posts wait
                 · no hazard      1   en 1
                 ◐ moderate       1   en 1
                 ◆ severe         1   en 1

                 Limits in force
                 100 % in 24 hours, 400 % in 7 days
                 a break of 10 min after 50 min of exposure, shifts of 8 h
                 version 1, set by the site's defaults, since 2026-03-01

                 People
                 Only availability is shown: nobody's dose, breaks or history.
                 ○ Ada                      available      en fr
                 ◆ Björn                    break due      de
                 – Chioma                   unavailable    en

                 Never shown
                 In 28 days 1240 posts were decided with others; showing them would have
                 charged 310 % of a full dose.
                   mild: 900 × 7 s (learned) = 21 %
                   severe: 340 × 20 s (assumed) = 289 %









                1 kind of urgent post waits that nobody present can take.

                L lower limits  m my record  l limits  b backlog  p roster  w replay  ? more
                """#)
        #expect(
            lead(.french, Size(rows: 24, columns: 80)).picture == #"""
                Relève · DÉMO · forum.example · responsable · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0

                 1 sorte de message urgent attend sans que personne de présent puisse le
                 prendre.
                   ■ extrême · de · à rendre d'ici 1 h · depuis 4 min · k3x9q2m1
                 Aucune limite ne cède : il faut quelqu'un qui puisse les prendre.

                 File : 3 messages attendent
                 · sans risque     1   en 1
                 ◐ modéré         1   en 1
                 ◆ grave          1   en 1

                 Limites en vigueur
                 100 % en 24 heures, 400 % en 7 jours
                 une pause de 10 min après 50 min d'exposition, services de 8 h
                 version 1, par les valeurs du site, depuis 2026-03-01

                 Personnes
                 Seule la disponibilité est montrée : ni dose, ni pauses, ni historique.

                1 sorte de message urgent attend sans que personne de présent puisse le prendre.

                L abaisser  m mon relevé  l limites  b attente  p effectif  w relecture  ? plus
                """#)
    }

    @Test func aLeadsScreenAsksAgainByItself() {
        let session = lead(.english, Size(rows: 40, columns: 80))
        #expect(session.state.timeToNextTask.map { $0 <= .seconds(30) } == true)
        session.desk.dispatch.unserved = []
        session.live(for: .seconds(31))
        #expect(session.state.dispatch?.unserved.isEmpty == true)
    }
}
