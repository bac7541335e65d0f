import Exposure
import Foundation
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

/// Stop, support, the break, the pacer and the blocks, at 80×24.
@Suite struct BreakPictures {
    private func session(
        _ language: Language = .english, lines: LineDrawing = .unicode,
        size: Size = Size(rows: 24, columns: 80)
    ) -> Session {
        let desk = Samples.desk()
        desk.contacts = [
            SupportContact(name: "Dr. Maude Roux", reach: "+33 1 23 45 67 89", hours: "9–17 h"),
            SupportContact(name: "Works council", reach: "room 2.14", languages: ["fr", "en"]),
        ]
        return Session(
            desk, language: language, size: size,
            settings: ConsoleSettings(language: language, noColor: true, lines: lines))
    }

    @Test func stopped() throws {
        let session = session()
        session.keys("\n X")
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0



                    Break
                   ┌─ Stopped: all is covered ──────────────────────────────────────┐
                   │ This is a break now. What was in hand went back with its       │
                   │ draft. Nobody is told why.                                     │
                   │                                                                │
                   │ ▸ stay here                                                    │
                   │   whom to talk to                                              │
                   │   go back to work                                              │
                   │   end the shift                                                │
                   │ Enter chooses, Esc leaves all as it is                         │
                   └────────────────────────────────────────────────────────────────┘
                    Dr. Maude Roux: +33 1 23 45 67 89 (H: all)






            Enter choose  ? help  : commands  Esc out
            """#)
    }

    @Test func stoppedInFrench() throws {
        let session = session(.french)
        session.keys("\n X")
        try expectPicture(
            session.picture,
            #"""
            Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0



                    Pause
                   ┌─ Arrêt : tout est recouvert ───────────────────────────────────┐
                   │ C'est une pause. Ce qui était en main est rendu avec son       │
                   │ brouillon. Personne ne sait pourquoi.                          │
                   │                                                                │
                   │ ▸ rester là                                                    │
                   │   à qui parler                                                 │
                   │   reprendre le travail                                         │
                   │   finir le service                                             │
                   │ Entrée choisit, Échap laisse tout tel quel                     │
                   └────────────────────────────────────────────────────────────────┘
                    rien. e dit pourquoi.
                    Dr. Maude Roux : +33 1 23 45 67 89 (H : tous)





            Entrée choisir  ? aide  : commandes  Échap sortir
            """#)
    }

    @Test func whomToTurnTo() throws {
        let session = session()
        session.keys("\nX\nH")
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0



                    Break

             ┌─ Whom you may turn to ─────────────────────────────────────────────────────┐
             │ Dr. Maude Roux                                                             │
             │   +33 1 23 45 67 89 · 9–17 h                                               │
             │ Works council                                                              │
             │   room 2.14 · fr, en                                                       │
             │                                                                            │
             │ Nothing records that you looked here. In danger: your emergency number.    │
             │ Esc closes, j k scroll                                                     │
             └────────────────────────────────────────────────────────────────────────────┘
                    Dr. Maude Roux: +33 1 23 45 67 89 (H: all)






            ? help  : commands  Esc out
            """#)
    }

    @Test func aBreakInFrench() throws {
        let session = session(.french)
        session.keys("\nB")
        try expectPicture(
            session.picture,
            #"""
            Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0



                    Pause

                    La pause peut finir quand vous voulez : Entrée.

                    Rien n'est découvert, aucune horloge ne tourne. Regardez au
                    loin, levez-vous, parlez à quelqu'un.
                    Ce qui était en main est rendu avec son brouillon, sans
                    pénalité.

                    Si vous voulez : p un souffle lent, b des blocs qui tombent, n
                    rien. e dit pourquoi.
                    Dr. Maude Roux : +33 1 23 45 67 89 (H : tous)






            Entrée reprendre  F finir  m mon relevé  n rien  p souffle  b blocs  ? plus
            """#)
    }

    @Test func breathing() throws {
        let session = session()
        session.keys("\nBp")
        session.live(for: .milliseconds(2500))
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0





                    Break

                    The break may end whenever you like: Enter.

                    breathe in

                    ░░░░░░░██████████████████████████░░░░░░░

                    Stop if it makes you dizzy.







            Enter back to work  F end shift  m my record  n nothing  p breathing  ? more
            """#)
    }

    @Test func blocksAfterAWhile() throws {
        let session = session()
        session.keys("\nBb")
        play(session)
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

                        │ ·   ·   ·   ·   ·  │   Break
                        │ ·   ·   ·   ·██ ·  │
                        │ ·   ·   ·██████ ·  │   The break may end whenever you
                        │ ·   ·   ·   ·   ·  │   like: Enter.
                        │ ·   ·   ·   ·   ·  │
                        │ ·   ·   ·   ·   ·  │   Next
                        │ ·   ·   ·   ·   ·  │     ████
                        │ ·   ·   ·   ·   ·  │   ████
                        │ ·   ·░░ ·   ·   ·  │
                        │ ·  ░░░░ ·   ·   ·  │   No score, no end but the
                        │ ·  ░░▒▒ ·  ▒▒   ·  │   break's.
                        │ ·   ·▒▒ ·  ▒▒▒▒▒▒  │
                        │ ·   ·▒▒▒▒   ·  ░░░░│
                        │ ·   ·▓▓▓▓  ░░░░░░  │
                        │ ·   ·▓▓▓▓░░░░  ▒▒  │
                        │▓▓▓▓▓▓▓▓ ·░░ ·▒▒▒▒▒▒│
                        └────────────────────┘



            Left left  Right right  Up turn  Space drop  p hold  Enter back to work  ? more
            """#)
    }

    @Test func blocksInPlainCharactersInFrench() throws {
        let session = session(.french, lines: .ascii)
        session.keys("\nBb")
        play(session)
        session.keys("p")
        try expectPicture(
            session.picture,
            #"""
            Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ................. o dans les limites  humains 11 · auto 0

                        | .   .   .   .   .  |   Pause
                        | .   .   .   .## .  |
                        | .   .   .###### .  |   La pause peut finir quand vous
                        | .   .   .   .   .  |   voulez : Entrée.
                        | .   .   .   .   .  |
                        | .   .   .   .   .  |   Ensuite
                        | .   .   .   .   .  |     ####
                        | .   .   .   .   .  |   ####
                        | .   .[] .   .   .  |
                        | .  [][] .   .   .  |   Ni points ni fin, sauf celle
                        | .  [][] .  []   .  |   de la pause.
                        | .   .[] .  [][][]  |
                        | .   .[][]   .  [][]|   Suspendu : « p » reprend.
                        | .   .[][]  [][][]  |
                        | .   .[][][][]  []  |
                        |[][][][] .[] .[][][]|
                        +--------------------+



            Gauche gauche  Droite droite  Haut tourner  Espace poser  p suspendre  ? plus
            """#)
    }

    private func play(_ session: Session) {
        for number in 0..<9 {
            for _ in 0..<5 { session.key(.left) }
            for _ in 0..<(number * 4 % 9) { session.key(.right) }
            if number % 2 == 1 { session.key(.up) }
            session.live(for: .milliseconds(900))
            if number < 8 { session.keys(" ") }
        }
    }

    @Test func onALowScreenTheBlocksAskForRoom() {
        let session = session(size: Size(rows: 18, columns: 60))
        session.keys("\nBb")
        #expect(session.picture.contains("The blocks need a window of"))
    }

    @Test func theScaleAndTheFirstTime() throws {
        let session = session()
        session.keys("i")
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

             Good day, Ada.
             Dose, 24 h: 0 % used, limit 100 % · within limits
             Enter ┌─ Check-ins, for you alone ─────────────────────────────────────┐
             Limits│ A level and a word, when you like. They stay in a file of      │
             100 % │ yours, not in the site's store; no entry tells of them, nobody │
             a brea│ else can read or export them, and nothing is concluded from    │
             versio│ them.                                                          │
             Precau│ If the passphrase is lost, they are gone: nobody can open them │
             Queue:│ again.                                                         │
             · no h│                                                                │
             ◐ mode│ ▸ not now                                                      │
             ◆ seve│   begin                                                        │
             Why th│ Enter chooses, Esc leaves all as it is                         │
             Asked └────────────────────────────────────────────────────────────────┘
             A decision can be undone for 30 s; then the platform is told, and the ledger
             keeps it.
             In 24 h: 11 decided by people, 0 of them by you; 0 by rules.



            Enter choose  ? help  : commands  Esc out
            """#)
    }

    @Test func checkInsOpened() throws {
        let session = session()
        session.desk.checkIns = (
            "six words of my own",
            [3, 2, 4, 5, 3, 1, 2, 4].enumerated().map { place, level in
                CheckInLine(
                    at: ScriptedDesk.monday - .seconds((8 - place) * 86_400), level: level,
                    note: place == 5 ? "could not sleep" : "")
            }
        )
        session.keys("mcsix words of my own\n")
        try expectPicture(
            session.picture,
            #"""
            Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
            Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
             My record · Only you see this page.
             d day  w week  m month  r results  l limits  a looks  [check-ins]
             The scale means what you mean by it; nothing is concluded from it.
             6 ┤
               │                            ⢸⠉⠉⠉⠉⠉⠉⠉⠉⢱
             4 ┤                   ⡏⠉⠉⠉⠉⠉⠉⠉⠉⠁        ⢸                            ⡏⠉⠉⠉⠉⠉⠉⠉⠉
               │⠉⠉⠉⠉⠉⠉⠉⠉⠉⢱         ⡇                 ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉⡆                  ⡇
             2 ┤         ⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉                            ⡇        ⢸⠉⠉⠉⠉⠉⠉⠉⠉⠉
             0 ┤                                               ⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁
               └┴──────────────────────────────────────────────────────────────────────────
                02-22                                                                   1–5
             2026-03-01 09:00 · 4 rather well
             2026-02-28 09:00 · 2 rather bad
             2026-02-27 09:00 · 1 bad · could not sleep
             2026-02-26 09:00 · 3 in between
             2026-02-25 09:00 · 5 well
             2026-02-24 09:00 · 4 rather well
             2026-02-23 09:00 · 2 rather bad
             Dr. Maude Roux: +33 1 23 45 67 89 (H: all)


            L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
            """#)
    }
}
