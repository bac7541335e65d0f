import Desk
import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// What an auditor sees of limits: overrides, proposals, versions, and what grouping saved; read-only, by pseudonym.
@Suite struct OversightPictures {
    private func session(
        _ language: Language = .english, size: Size = Size(rows: 24, columns: 80), saved posts: Int = 12
    ) -> Session {
        let desk = Samples.deskWithLead()
        desk.dispatch.saved = ExposureSaved(
            days: 28, posts: posts, dose: Dose(9),
            parts: [
                ExposureSaved.Part(
                    hazard: .severe, posts: posts, median: .seconds(20), isLearned: false, dose: Dose(9))
            ])
        return Session(desk, role: .auditor, language: language, size: size)
    }

    @Test func overridesAndWhatGroupingSaved() throws {
        let session = session()
        session.keys("l")
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
             Never shown
             In 28 days 12 posts were decided with others; showing them would have charged
             9 % of a full dose.
               severe: 12 × 20 s (assumed) = 9 %

             Proposals, overrides, history
               when             what       state       change
             ▸ 08:00            proposal   to sign     24 h 100 % → 110 %
               08:30            override   to consent  Björn: before a break 50 min → 1 h
               2026-03-01 09:00 version 2              7 days 400 % → 350 %
               2026-02-21 09:00 version 1              the first limits





             proposed by Lea
             two are ill⟨U+001B⟩[2J and deadlines pass



            m my record  d decisions  s samples  o pseudonyms  c checks  ? help  ? more
            """#)
        // It only shows: nothing there can be signed, refused or taken back.
        let before = session.state.overlay
        session.keys("ynOw\n")
        #expect(session.state.overlay == before && session.state.screen == .oversight)
    }

    @Test func overridesInFrenchOnALargeScreen() throws {
        let session = session(.french, size: Size(rows: 40, columns: 120), saved: 1)
        session.keys("lj")
        try expectPicture(
            session.picture,
            #"""
            Relève · DÉMO · forum.example · audit · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 11 humaines, 0 auto
             Jamais montrés
             En 28 jours 1 message décidé avec un autre ; les montrer aurait compté 9 % d'une dose pleine.
               grave : 1 × 20 s (supposé) = 9 %

             Propositions, dérogations, histoire
               quand            quoi         état        changement
               08:00            proposition  à signer    24 h 100 % → 110 %
             ▸ 08:30            dérogation   à accepter  Björn : avant la pause 50 min → 1 h
               2026-03-01 09:00 version 2                7 jours 400 % → 350 %
               2026-02-21 09:00 version 1                les premières limites






















             demandée par Lea, pour un service, seconde réponse Noor
             a court waits for it tonight



            m mon relevé  d décisions  s échantillons  o pseudonymes  c contrôles  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func whereNothingWasSavedItSaysSo() {
        let session = session(saved: 0)
        session.keys("l")
        #expect(session.picture.contains("In 28 days no post was decided with another without being shown."))
    }
}
