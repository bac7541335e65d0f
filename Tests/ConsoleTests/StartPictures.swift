import Moderation
import TerminalKit
import Testing

@testable import Console

/// What a person sees before work begins.
@Suite struct StartPictures {
    @Test func beforeTheShiftItSaysWhatIsUsedWhoAsksAndWhatADecisionDoes() {
        let session = Session()
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

                 Good day, Ada.
                 Dose, 24 h: 0 % used, limit 100 % · within limits
                 Enter starts the shift and takes the first post, covered.
                 Limits in force
                 100 % in 24 hours, 400 % in 7 days
                 a break of 10 min after 50 min of exposure, shifts of 8 h
                 version 1, set by the site's defaults, since 2026-03-01
                 Precaution, not prediction: no dose is known to be safe.
                 Queue: 3 posts wait
                 · no hazard      1   en 1
                 ◐ moderate       1   en 1
                 ◆ severe         1   en 1
                 Why this work
                 Asked for by forum.example, chat.example.
                 A decision can be undone for 30 s; then the platform is told, and the ledger
                 keeps it.
                 In 24 h: 11 decided by people, 0 of them by you; 0 by rules.



                Enter review  m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func onAWideScreenQueueAndPurposeStandBeside() {
        let session = Session(size: Size(rows: 40, columns: 120))
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 11 by people, 0 by rules

                 Good day, Ada.                                               Queue: 3 posts wait
                 Dose, 24 h: 0 % used, limit 100 % · within limits            · no hazard      1   en 1
                 Enter starts the shift and takes the first post, covered.    ◐ moderate       1   en 1
                                                                              ◆ severe         1   en 1
                 Limits in force
                 100 % in 24 hours, 400 % in 7 days                           Why this work
                 a break of 10 min after 50 min of exposure, shifts of 8 h    Asked for by forum.example, chat.example.
                 version 1, set by the site's defaults, since 2026-03-01      A decision can be undone for 30 s; then the platform is
                 Precaution, not prediction: no dose is known to be safe.     told, and the ledger keeps it.
                                                                              In 24 h: 11 decided by people, 0 of them by you; 0 by
                                                                              rules.

























                Enter review  m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func inFrench() {
        let session = Session(language: .french)
        #expect(
            session.picture == #"""
                Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0

                 Bonjour, Ada.
                 Dose, 24 h : 0 % reçus, limite 100 % · dans les limites
                 Entrée commence le service et prend un premier message, couvert.
                 Limites en vigueur
                 100 % en 24 heures, 400 % en 7 jours
                 une pause de 10 min après 50 min d'exposition, services de 8 h
                 version 1, par les valeurs du site, depuis 2026-03-01
                 Précaution, pas prédiction : aucune dose n'est réputée sûre.
                 File : 3 messages attendent
                 · sans risque     1   en 1
                 ◐ modéré         1   en 1
                 ◆ grave          1   en 1
                 Pourquoi ce travail
                 Demandé par forum.example, chat.example.
                 Une décision s'annule pendant 30 s ; puis la plateforme est prévenue, et le
                 registre la garde.
                 En 24 h : 11 décisions humaines, dont 0 de vous ; 0 par des règles.



                Entrée examiner  m mon relevé  ? aide  : commandes  Échap sortir
                """#)
    }
}
