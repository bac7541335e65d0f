import Moderation
import TerminalKit
import Testing

@testable import Console

/// A post in hand: keys in, picture out.
@Suite struct ReviewPictures {
    @Test func aPostComesCoveredUnderItsHazardAndOneNeutralLine() {
        let session = Session()
        session.keys("\n")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────


                  A post that people flagged; the rules find threats.

                  Space uncovers it; the clock runs from then on.
                  It can also be decided, skipped or returned covered.





                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding


                a keep  l label  t restrict  r remove  x suspend…
                Space uncover  p policy  e why  c cite  n note  S skip  R return  E escalate
                N never show  B break  X stop now  m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func spaceUncoversItAndTheClockRuns() {
        let session = Session()
        session.keys("\n ")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · uncovered, the clock runs · post-1 · yours since 09:00 ──────────
                ▸ About last night
                  I will find you and then we two will talk.
                  You know where.

                  Links (shown, never followed)
                  https://evil.example/⟨U+202E⟩gpj.exe

                  Media (descriptions only)
                  image
                  a hand holding a sign

                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding


                a keep  l label  t restrict  r remove  x suspend…
                Space cover  p policy  e why  c cite  n note  S skip  R return  E escalate
                N never show  B break  X stop now  m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func aSeverePostComesLineByLine() {
        let session = Session()
        session.keys("\nr .")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 12 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 45…
                ─ ◆ severe · uncovered 2 of 16 lines, the clock runs · post-2 ──────────────────
                  About last night
                ▸ First line









                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding
                Last: remove · u undoes it for 30 s

                a keep  l label  t restrict  r remove  x suspend…
                Space cover  . one line  u undo  p policy  e why  c cite  n note  S skip
                R return  E escalate  N never show  B break  X stop now  m my record  ? more
                """#)
    }

    @Test func onAWideScreenFindingsThreadAndGuidanceStandBeside() {
        let session = Session(size: Size(rows: 40, columns: 120))
        session.keys("\n ")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 11 by people, 0 by rules
                forum.example · gaming · comment · en · 2 h old · due in 3 h                   │ What the rules found
                by @mallory · account 3 d old · 2 removals before · 5 flags before             │ A direct threat · Threats of violence ·
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 5…│ moderate
                ─ ◐ moderate · uncovered, the clock runs · post-1 · yours since 09:00 ─────────│   Somebody says they will hurt a
                ▸ About last night                                                             │ person.
                  I will find you and then we two will talk.                                   │   recommends: remove (threats/direct)
                  You know where.                                                              │   in body, characters 1–15: regex in
                                                                                               │ threat
                  Links (shown, never followed)                                                │   known to be wrong on: games and songs
                  https://evil.example/⟨U+202E⟩gpj.exe                                         │
                                                                                               │ Thread, outermost first
                  Media (descriptions only)                                                    │ @bob
                  image                                                                        │ You lost, get over it.
                  a hand holding a sign                                                        │
                                                                                               │ Policy: Threats of violence
                                                                                               │ A threat names a victim and a harm.
                                                                                               │ Jokes among friends are none.
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                                                                                               │
                Recommended: remove · Threats of violence (because: A direct threat)           │
                Cites: Threats of violence · 1 finding                                         │
                                                                                               │

                a keep  l label  t restrict  r remove  x suspend…
                Space cover  p policy  e why  c cite  n note  S skip  R return  E escalate  N never show  B break  X stop now
                m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func afterADecisionTheNextPostIsThereAndUndoIsVisible() {
        let session = Session()
        session.keys("\nr")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 12 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 45…
                ─ ◆ severe · covered · post-2 · yours since 09:00 ──────────────────────────────


                  A post that people flagged; the rules find threats.

                  . or Space uncovers the first line only, . one more each time; Space covers
                  again.
                  It can also be decided, skipped or returned covered.




                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding
                Last: remove · u undoes it for 30 s
                Decided: remove.
                a keep  l label  t restrict  r remove  x suspend…
                Space uncover  . one line  u undo  p policy  e why  c cite  n note  S skip
                R return  E escalate  N never show  B break  X stop now  m my record  ? more
                """#)
    }

    @Test func suspendingAsksFirstAndCancelIsSelected() {
        let session = Session()
        session.keys("\nx")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────

                       ┌─ Hard to reverse ──────────────────────────────────────────────┐
                  A pos│ Remove 1 post and suspend 1 account, @mallory on               │
                       │ forum.example, under Threats of violence.                      │
                  Space│                                                                │
                  It ca│ ▸ cancel                                                       │
                       │   remove and suspend                                           │
                       │ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘


                Recommended: remove · Threats of violence (because: A direct threat)
                Begun: remove and suspend the account · Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func anActionThePolicyLacksAsksForAPolicyThatProvidesForIt() {
        let session = Session()
        session.keys("\nt")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────


                  A pos┌─ restrict: under which policy? ────────────────────────────────┐
                       │                                                                │
                  Space│ ▸ Fraud and spam                                               │
                  It ca│ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘




                Recommended: remove · Threats of violence (because: A direct threat)
                Begun: restrict · Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func whyShowsTheRulesAndNeverQuotes() {
        let session = Session()
        session.keys("\ne")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─┌─ Findings and why ─────────────────────────────────────────────────────────┐─
                 │ A direct threat · Threats of violence · moderate                           │
                 │   Somebody says they will hurt a person.                                   │
                 │   recommends: remove (threats/direct)                                      │
                 │   in body, characters 1–15: regex in threat                                │
                 │   known to be wrong on: games and songs                                    │
                 │                                                                            │
                 │ A recommendation never decides: a person does.                             │
                 │ W says that a rule is wrong here.                                          │
                 │ Esc closes, j k scroll                                                     │
                 └────────────────────────────────────────────────────────────────────────────┘

                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding




                ? help  : commands  Esc out
                """#)
    }

    @Test func thePolicysGuidanceIsOneKeyAway() {
        let session = Session()
        session.keys("\np")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────
                 ┌─ Policies in force ────────────────────────────────────────────────────────┐
                 │ Policy: Threats of violence                                                │
                 │                                                                            │
                 │ A threat names a victim and a harm. Jokes among friends are none.          │
                 │                                                                            │
                 │ Hazard of looking: moderate                                                │
                 │ Provides for: keep, label, remove, remove and suspend the account          │
                 │ Legal ground: terms                                                        │
                 │ Esc closes, j k scroll                                                     │
                 └────────────────────────────────────────────────────────────────────────────┘

                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding




                ? help  : commands  Esc out
                """#)
    }

    @Test func aNoteIsWrittenInALine() {
        let session = Session()
        session.keys("\nnAs agreed with Bo")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────


                  A ┌─ Note for the record ────────────────────────────────────────────────┐
                    │ Kept with the decision. Don't quote the post.                        │
                  Sp│ As agreed with Bo                                                    │
                  It│ Enter keeps, Esc cancels                                             │
                    └──────────────────────────────────────────────────────────────────────┘




                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding · Note: As agreed with Bo




                Enter choose  Esc cancel
                """#)
    }

    @Test func skippingAsksForAReason() {
        let session = Session()
        session.keys("\nS")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ mod┌─ Pass over this post ──────────────────────────────────────────┐───────
                       │ It goes back and is not offered to you again. Never held       │
                       │ against you.                                                   │
                  A pos│                                                                │
                       │ ▸ a language I don't read well enough                          │
                  Space│   too little context to tell                                   │
                  It ca│   not for me, not now                                          │
                       │   it can't be shown properly                                   │
                       │   something else                                               │
                       │ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘

                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func neverShowMeThisKindAsksForNoReason() {
        let session = Session()
        session.keys("\nN")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────

                       ┌─ Never show me this kind ──────────────────────────────────────┐
                  A pos│ No reason is asked. My record takes it back.                   │
                       │                                                                │
                  Space│ ▸ leave all as it is                                           │
                  It ca│   posts of hazard: moderate                                    │
                       │   posts under: Threats of violence                             │
                       │ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘


                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func ctrlCEndsNothing() {
        let session = Session()
        session.keys("\n ")
        session.send(.terminal(.interrupt, pending: false))
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                ─ ◐ moderate · covered · post-1 · yours since 09:00 ────────────────────────────

                       ┌─ Nothing was lost ─────────────────────────────────────────────┐
                  A pos│ Ctrl-C covers and keeps the draft; it ends nothing. To leave:  │
                       │ choose below, or q on the Start screen.                        │
                  Space│                                                                │
                  It ca│ ▸ stay                                                         │
                       │   leave the console                                            │
                       │ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘


                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }

    @Test func inFrench() {
        let session = Session(language: .french)
        session.keys("\nr")
        #expect(
            session.picture == #"""
                Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 12 · auto 0
                forum.example · gaming · comment · en · il y a 2 h · à rendre d'ici 3 h
                de @mallory · compte de 3 j · 2 retraits avant · 5 signalements avant
                3 signalements (1 de confiance) : harassment, insult · 1 message au-dessus · 1 …
                ─ ◆ grave · couvert · post-2 · à vous depuis 09:00 ─────────────────────────────


                  Un message signalé ; les règles y voient des menaces.

                  . ou Espace découvre la première ligne, . une de plus ; Espace recouvre.
                  On peut aussi décider, passer ou rendre sans découvrir.





                Avis : retirer · Menaces (motif : Une menace directe)
                Cite : Menaces · 1 constat
                Dernière : retirer · u l'annule encore 30 s
                Décidé : retirer.
                a garder  l signaler  t limiter  r retirer  x suspendre…
                Espace découvrir  . une ligne  u annuler  p règle  e pourquoi  c citer  n note
                S passer  R rendre  E transmettre  N ne plus montrer  B pause  X arrêter  ? plus
                """#)
    }

    @Test func onASmallScreenOnePaneIsLeft() {
        let session = Session(size: Size(rows: 12, columns: 50))
        session.keys("\n ")
        #expect(
            session.picture == #"""
                DEMO · forum.example · moderator · 1a2b3c4…
                Dose, 24 h 0 % / 100 % ○ wit…  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old ·…
                ─ ◐ moderate · uncovered, the clock runs · post-1─
                ▸ About last night
                  I will find you and then we two will talk.
                  You know where.

                Recommended: remove · Threats of violence (becaus…


                a keep  l label  t restrict  r remove  ? more
                """#)
    }

    @Test func withAsciiLines() {
        let session = Session(settings: ConsoleSettings(lines: .ascii))
        session.keys("\nx")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % .................... o within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58…
                - + moderate · covered · post-1 · yours since 09:00 ----------------------------

                       +- Hard to reverse ----------------------------------------------+
                  A pos| Remove 1 post and suspend 1 account, @mallory on               |
                       | forum.example, under Threats of violence.                      |
                  Space|                                                                |
                  It ca| > cancel                                                       |
                       |   remove and suspend                                           |
                       | Enter chooses, Esc leaves all as it is                         |
                       +----------------------------------------------------------------+


                Recommended: remove · Threats of violence (because: A direct threat)
                Begun: remove and suspend the account · Cites: Threats of violence · 1 finding




                Enter choose  ? help  : commands  Esc out
                """#)
    }
}
