import Desk
import Exposure
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

/// The lead's screens, and what anybody is asked about limits.
@Suite struct LeadPictures {
    /// A moderator's desk when something is asked of them.
    private func asking() -> ScriptedDesk {
        let desk = Samples.desk()
        desk.askedOfMe = [
            .seen(Samples.loosened), .override(Samples.override(.signed, isForYou: true)),
        ]
        return desk
    }

    private func picture(
        _ keys: String, of desk: ScriptedDesk? = nil, _ language: Language = .english, rows: Int = 24,
        columns: Int = 80
    ) -> String {
        let session = Session(
            desk ?? Samples.deskWithLead(), role: desk == nil ? .lead : .moderator, language: language,
            size: Size(rows: rows, columns: columns))
        session.keys(keys)
        return session.picture
    }

    @Test func limitsInForceWhatWaitsAndHowItCame() {
        #expect(
            picture("l") == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Limits in force
                 100 % in 24 hours, 350 % in 7 days; the ceiling is 125 %, passed by nothing
                 a break of 10 min after 50 min of exposure, shifts of 8 h
                 version 2, set by Lea, since 2026-03-01
                 Version 2: 3 of 14 people have not said yet that they saw it.

                 Proposals, overrides, history
                   when             what       state       change
                 ▸ 08:00            proposal   to sign     24 h 100 % → 110 %
                   08:30            override   to consent  Björn: before a break 50 min → 1 h
                   2026-03-01 09:00 version 2              7 days 400 % → 350 %
                   2026-02-21 09:00 version 1              the first limits




                 proposed by Lea
                 two are ill⟨U+001B⟩[2J and deadlines pass



                y approve  n refuse  L lower limits  c change…  O override…  m my record  ? more
                """#)
    }

    @Test func limitsInFrenchOnALargeScreen() {
        #expect(
            picture("l", .french, rows: 40, columns: 120) == #"""
                Relève · DÉMO · forum.example · responsable · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 11 humaines, 0 auto
                 Limites en vigueur
                 100 % en 24 heures, 350 % en 7 jours ; plafond 125 %, sans dérogation possible
                 une pause de 10 min après 50 min d'exposition, services de 8 h
                 version 2, par Lea, depuis 2026-03-01
                 Version 2 : 3 personnes sur 14 n'ont pas encore dit l'avoir vue.

                 Propositions, dérogations, histoire
                   quand            quoi         état        changement
                 ▸ 08:00            proposition  à signer    24 h 100 % → 110 %
                   08:30            dérogation   à accepter  Björn : avant la pause 50 min → 1 h
                   2026-03-01 09:00 version 2                7 jours 400 % → 350 %
                   2026-02-21 09:00 version 1                les premières limites




















                 proposée par Lea
                 two are ill⟨U+001B⟩[2J and deadlines pass



                y approuver  n refuser  L abaisser  c changer…  O dérogation…  m mon relevé  b attente  p effectif  ? aide  ? plus
                """#)
    }

    @Test func theBacklogAndItsForecast() {
        #expect(
            picture("b") == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Waiting: 1288 posts
                                   deadline within                   taken in within
                             posts  past  1 h  4 h  1 d later   none   1 h  4 h  1 d  3 d older
                 ○ mild         52     ·    ·    ·   12     ·     40    40    ·   12    ·     ·
                 ◆ severe     1236     2    ·    ·    ·  1234      ·     ·    ·    ·    2  1234
                 languages: no language 1234, en 42, fr 12

                 Forecast: waiting over 14 days with 12 people, learned from 28 days
                 1500 ┤
                      │
                      │                                                            ⢀⣀   ⣀⠤⡀ ⣀⡠⠒
                 1000 ┤                                        ⣀⡀  ⢀⡠⢄ ⢀⡠⠔⢢ ⣀⠔⠊⢱⣀⠤⠒⠁ ⡧⠒⠉  ⠗⠊
                      │                   ⢀⣀   ⡠⠤⡀ ⣀⠤⠒⡄⢀⡠⠒⠉⣆⡠⠔⠊ ⢸⠔⠊⠁ ⠸⠒⠁  ⠘⠉   ⠈
                  500 ┤   ⢀⠤⢄ ⢀⡠⠔⢢ ⣀⠔⠊⢱⣀⠤⠒⠁ ⡧⠒⠉  ⠗⠊   ⠋⠁   ⠁
                      │⣀⠔⠊⠁ ⠸⠒⠁  ⠘⠉   ⠈
                    0 ┤
                      └┴─────────┴─────────┴─────────┴──────────┴─────────┴─────────┴──────────
                       now       day 2     day 4     day 6      day 8     day 10    day 12
                 A forecast, not a promise. A queue that grows wants people, not higher limits.


                m my record  l limits  p roster  ? help  : commands  Esc out
                """#)
    }

    @Test func theBacklogInFrenchOnALargeScreen() {
        #expect(
            picture("b", .french, rows: 40, columns: 120) == #"""
                Relève · DÉMO · forum.example · responsable · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ dans les limites  décisions : 11 humaines, 0 auto
                 En attente : 1288 messages
                                   échéance dans                     reçus depuis
                             total passé  1 h  4 h  1 j  plus   sans   1 h  4 h  1 j  3 j  plus
                 ○ léger        52     ·    ·    ·   12     ·     40    40    ·   12    ·     ·
                 ◆ grave      1236     2    ·    ·    ·  1234      ·     ·    ·    ·    2  1234
                 langues : sans langue 1234, en 42, fr 12

                 Prévision : en attente sur 14 jours à 12, d'après 28 jours
                 1200 ┤
                      │                                                                                                               ⡤
                      │                                                                                               ⣀      ⡠⠊⡆   ⢀⠤⠋
                 1000 ┤                                                                                      ⢀⠔⡄    ⣀⠖⠁⡇   ⡠⠊  ⡇ ⢀⠔⠁
                      │                                                                       ⡠⡀     ⡤⠋⡆   ⢀⠔⠁ ⡇  ⡠⠊   ⡇ ⡤⠋    ⣇⠔⠁
                  800 ┤                                                       ⢀      ⣀⠖⡄    ⡠⠊ ⡇  ⢀⠔⠉  ⡇ ⣀⠖⠁   ⡇⡠⠊     ⠗⠉      ⠁
                      │                                               ⡠⡀    ⢀⡰⠊⡇   ⣀⠖⠁ ⡇  ⡠⠊   ⡇⢀⠔⠁    ⣇⠖⠁     ⠋
                      │                               ⢀      ⢠⠜⡆    ⡠⠊ ⡇  ⢀⠔⠁  ⡇ ⡠⠊    ⡇⡤⠋     ⠗⠁
                  600 ┤                      ⢀⡰⡄    ⢀⠔⠁⡇   ⡠⠊⠁ ⡇ ⢀⡰⠊   ⡇⢀⠔⠁    ⡧⠊      ⠉
                      │       ⢀      ⡠⠊⡆   ⢀⡰⠊ ⡇  ⢀⠔⠁  ⡇ ⡠⠊    ⣇⡰⠊     ⠗⠁
                  400 ┤     ⢠⠜⠁⡇   ⡠⠊  ⡇ ⢀⠔⠁   ⡇⢠⠜⠁    ⡧⠊      ⠁
                      │   ⡠⠊⠁  ⡇⢀⡰⠊    ⣇⠔⠁     ⠋⠁
                      │ ⡠⠊     ⠗⠊      ⠁
                  200 ┤⠊
                      │
                    0 ┤
                      └┴──────────────┴───────────────┴───────────────┴───────────────┴───────────────┴───────────────┴────────────────
                       ici            jour 2          jour 4          jour 6          jour 8          jour 10         jour 12  messages








                 Prévision, sans promesse. Si la file croît : du monde, pas d'autres limites.


                m mon relevé  l limites  p effectif  ? aide  : commandes  Échap sortir
                """#)
    }

    @Test func theRosterSaysNothingOfAnybodysWork() {
        #expect(
            picture("p") == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Roster
                 Who works here; nothing of anybody's work. Every change is in the ledger.

                   name                 user         roles                    languages    here
                 ▸ Ada                  ada          moderator, lead          en fr        yes
                   Björn 世界           bjorn        moderator                any          yes
                   Chioma⟨U+202E⟩x      chi          auditor                  en           no














                a add…  r roles…  e languages…  d works here…  m my record  l limits  ? more
                """#)
    }

    @Test func aProposalIsTriedBeforeItIsMade() {
        #expect(
            picture("lc\n110\nwhy not\n") == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Limits in force
                 100 % in 24 hours, 350 % in 7 days; the ceiling is 125 %, passed by nothing
                 a break of 10 min after 50 min of exposure, shifts of 8 h
                 ver┌─ Change which limit? ────────────────────────────────────────────────┐
                 Ver│ dose in 24 hours, %: 100 → 110                                       │
                    │ Dry run: touches 14 people, 5 of them in a shift.                    │
                 Pro│ At a cap at midnight (UTC): fewer than 10, under these 10 or more.   │
                   w│ Waiting in 14 days: 120 → 180 posts, with 12 people.                 │
                 ▸ 0│ 95 of 100 wait: severe 2 h → 3 h                                     │
                   0│ Deadlines kept: 98 % → 90 %                                          │h
                   2│ A second lead has to sign. It holds for each person from their next  │
                   2│ shift.                                                               │
                    │ Type "propose" to do it.                                             │
                    │                                                                      │
                    │ Enter keeps, Esc cancels                                             │
                    └──────────────────────────────────────────────────────────────────────┘
                 proposed by Lea
                 two are ill⟨U+001B⟩[2J and deadlines pass



                Enter choose  Esc cancel
                """#)
    }

    @Test func aProposalInFrench() {
        #expect(
            picture("lc\n110\nwhy not\n", .french) == #"""
                Relève · DÉMO · forum.example · responsable · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0
                 Limites en vigueur
                 100 % en 24 heures, 350 % en 7 jours ; plafond 125 %, sans dérogation possible
                 une┌─ Changer quelle limite ? ────────────────────────────────────────────┐
                 ver│ dose en 24 heures, %: 100 → 110                                      │
                 Ver│ Essai à blanc : 14 personnes touchées, dont 5 en service.            │
                    │ À une limite à minuit (UTC) : moins de 10, avec celles-ci 10 ou      │
                 Pro│ plus.                                                                │
                   q│ En attente dans 14 jours : 120 → 180 messages, à 12.                 │
                 ▸ 0│ 95 sur 100 attendent : grave 2 h → 3 h                               │
                   0│ Échéances tenues : 98 % → 90 %                                       │ 1…
                   2│ Une seconde signature est nécessaire. Effet dès le prochain service  │
                   2│ de chaque personne.                                                  │
                    │ Tapez « proposer » pour le faire.                                    │
                    │                                                                      │
                    │ Entrée garde, Échap abandonne                                        │
                    └──────────────────────────────────────────────────────────────────────┘
                 proposée par Lea
                 two are ill⟨U+001B⟩[2J and deadlines pass



                Entrée choisir  Échap abandonner
                """#)
    }

    @Test func whatSomebodyIsAsked() {
        #expect(
            picture("A", of: asking()) == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

                 Good day, Ada.
                 Dose, 24 h: 0 % used, limit 100 % · within limits
                 Enter ┌─ Limits were loosened ─────────────────────────────────────────┐
                 Limits│ 24 h 100 % → 110 %.                                            │
                 You ar│ Lea, signed by Noor: two are ill and deadlines pass            │
                 answer│ It holds for you from your next shift.                         │
                 Limits│ To have seen it is no consent. To refuse needs no reason, and  │
                 100 % │ nobody is told.                                                │
                 a brea│                                                                │
                 versio│ ▸ seen (that is no consent)                                    │
                 Precau│   seen, and I refuse: nothing changes for me                   │
                 Queue:│   later                                                        │
                 · no h│ Enter chooses, Esc leaves all as it is                         │
                 ◐ mode└────────────────────────────────────────────────────────────────┘
                 ◆ severe         1   en 1
                 Why this work
                 Asked for by forum.example, chat.example.



                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func whatSomebodyIsAskedInFrench() {
        #expect(
            picture("A", of: asking(), .french) == #"""
                Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0

                 Bonjour, Ada.
                 Dose, 24 h : 0 % reçus, limite 100 % · dans les limites
                 Entrée┌─ Des limites ont été relâchées ────────────────────────────────┐
                 Limite│ 24 h 100 % → 110 %.                                            │
                 On vou│ Lea, signé par Noor : two are ill and deadlines pass           │. A
                 répond│ Effet pour vous dès le prochain service.                       │
                 Limite│ L'avoir vu n'est pas y consentir. Refuser n'appelle aucun      │
                 100 % │ motif ; personne ne le saura.                                  │
                 une pa│                                                                │
                 versio│ ▸ vu (ce n'est pas consentir)                                  │
                 Précau│   vu, et je refuse : rien ne change pour moi                   │
                 File :│   plus tard                                                    │
                 · sans│ Entrée choisit, Échap laisse tout tel quel                     │
                 ◐ modé└────────────────────────────────────────────────────────────────┘
                 ◆ grave          1   en 1
                 Pourquoi ce travail
                 Demandé par forum.example, chat.example.



                Entrée choisir  ? aide  : commandes  Échap sortir
                """#)
    }
}
