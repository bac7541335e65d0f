import Moderation
import TerminalKit
import Testing

@testable import Console

/// Help, commands, break, end, record, team and ledger.
@Suite struct OtherPictures {
    @Test func helpIsMadeForTheScreen() {
        let session = Session()
        session.keys("?")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 ┌─ Help ─────────────────────────────────────────────────────────────────────┐
                 │ Start                                                                      │
                 │ u              Takes your last decision back while that is possible.       │
                 │ B              Covers and begins a break, at any time.                     │
                 │ Enter          Starts the shift, or goes on with it, and takes the next    │
                 │                post.                                                       │
                 │ F              Ends the shift; posts in hand go back with their drafts.    │
                 │ m              Shows your own exposure and decisions; nobody else sees it. │
                 │ Ctrl-R F5      Reads the figures on the screen again.                      │
                 │ A              Answers what you are asked about limits: seen, no, yes.     │
                 │ j Down         One line down.                                              │
                 │ k Up           One line up.                                                │
                 │ i              Notes how you are, for you alone, under your own            │
                 │                passphrase.                                                 │
                 │                                                                            │
                 │ Everywhere                                                                 │
                 │ H              Shows whom you may turn to.                                 │
                 │ Esc closes, j k scroll 1/23                                                │
                 └────────────────────────────────────────────────────────────────────────────┘


                ? help  : commands  Esc out
                """#)
    }

    @Test func thePaletteFindsByDescription() {
        let session = Session()
        session.keys("\n:lead")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 ┌─ Commands ───────────────────────────────────────────────────────────────┐8…
                ─ │ lead                                                                     │──
                  │ ▸ rule is wrong  W        Says that a rule is wrong on this post; leads… │
                  │   escalate       E        Hands the post to a lead with a word on why.   │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                Re└──────────────────────────────────────────────────────────────────────────┘
                Cites: Threats of violence · 1 finding




                Enter choose  Esc cancel
                """#)
    }

    @Test func whatTheRoleMayNotDoIsDimmedWithTheReason() {
        let session = Session(role: .auditor)
        session.keys(":review")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                Ledger · read-only · 0 shown of 0 entries · not verified in this session
                no.     time             fact                 who          post
                  ┌─ Commands ───────────────────────────────────────────────────────────────┐
                  │ review                                                                   │
                  │ ▸ review         Enter    Not here: that needs the role moderator, and … │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  │                                                                          │
                  └──────────────────────────────────────────────────────────────────────────┘





                Enter choose  Esc cancel
                """#)
    }

    @Test func aBreakIsCalm() {
        let session = Session()
        session.keys("\nB")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0




                        Break

                        The break may end whenever you like: Enter.

                        Nothing is uncovered and no clock runs. Look far away, stand up,
                        talk to somebody.
                        What was in hand went back with its draft, without penalty.

                        If you like: p a slow breath, b falling blocks, n nothing. e
                        says why.
                        H shows whom you may turn to.






                Enter back to work  F end shift  m my record  n nothing  p breathing  ? more
                """#)
    }

    @Test func theEndOfAShiftSaysWhatHappenedWhatIsLeftAndWhenAgain() {
        let session = Session()
        session.keys("\nrXjjj\n")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 12 · rules 0


                      Shift ended

                      What happened
                      The shift is ended. Thank you.
                      1 decision was recorded in this session.
                      Nothing was lost: drafts are kept, posts went back without penalty.

                      What is left to do
                      Nothing: you may go.

                      When work may resume
                      The next shift may begin at 20:00.

                      H shows whom you may turn to.





                u undo  Enter start screen  m my record  ? help  : commands  Esc out
                """#)
    }

    @Test func theEndInFrench() {
        let session = Session(language: .french)
        session.keys("\nrXjjj\n")
        #expect(
            session.picture == #"""
                Relève · DÉMO · forum.example · modération · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 12 · auto 0


                      Service fini

                      Ce qui s'est passé
                      Le service est fini. Merci.
                      1 décision enregistrée dans cette séance.
                      Rien n'est perdu : brouillons gardés, messages rendus sans pénalité.

                      Ce qui reste à faire
                      Rien : vous pouvez partir.

                      Quand le travail peut reprendre
                      Le prochain service peut commencer à 20:00.

                      H montre à qui vous pouvez parler.





                u annuler  Entrée accueil  m mon relevé  ? aide  : commandes  Échap sortir
                """#)
    }

    @Test func myRecordIsMine() {
        let session = Session()
        session.keys("\nam")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · moderator · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 12 · rules 0
                 My record · Only you see this page.
                 [day]  w week  m month  r results  l limits  a looks  c check-ins
                 Dose of 24 hours as it stood, quarter of an hour by quarter of an hour
                 1 ┤
                   │
                   │
                   │
                   │
                   │
                   │
                   │
                   │
                   │
                 0 ┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
                   └────────┴──────────────────┴──────────────────┴─────────────────┴──────────
                            12:00              18:00              0:00              6:00
                 Minutes uncovered today, by hazard
                 No exposure on record.
                 No break in the last 24 hours.


                L own limit  O opt-outs  T take with me  ? help  : commands  Esc out
                """#)
    }

    @Test func aLeadSeesAvailabilityOnly() {
        let session = Session(role: .lead)
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

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





                L lower limits  m my record  l limits  b backlog  p roster  w replay  ? more
                """#)
    }

    @Test func loweringALimitShowsADryRunAndAsksForAWord() {
        let session = Session(role: .lead)
        session.keys("L\n50\n")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · lead · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0

                 Queue: 3 posts wait
                 · no hazard      1   en 1
                 ◐ m┌─ Lower which limit? ─────────────────────────────────────────────────┐
                 ◆ s│ dose in 24 hours, %: 100 → 50                                        │
                    │ Dry run: touches 14 people, 5 of them in a shift.                    │
                 Lim│ At a cap at midnight (UTC): fewer than 10, under these 10 or more.   │
                 100│ Waiting in 14 days: 120 → 180 posts, with 12 people.                 │
                 a b│ 95 of 100 wait: severe 2 h → 3 h                                     │
                 ver│ Deadlines kept: 98 % → 90 %                                          │
                    │ It acts at once. Raising it again needs a countersigner.             │
                 Peo│ Type "lower" to do it.                                               │
                 Onl│                                                                      │
                 ○ A│ Enter keeps, Esc cancels                                             │
                 ◆ B└──────────────────────────────────────────────────────────────────────┘
                 – Chioma                   unavailable    en





                Enter choose  Esc cancel
                """#)
    }

    @Test func anAuditorReadsAndVerifies() {
        let session = Session(Samples.deskWithLedger(), role: .auditor)
        session.keys("V")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                Ledger · read-only · 6 shown of 6 entries · The ledger is sound: 6 entries, root
                  no.     time             fact                 who          post
                  0       09:00            site_made            p7w2k9
                  1       09:01            taken_in             p7w2k9
                  2       09:02            claimed              p7w2k9       post-1
                  3       09:03            uncovered            p7w2k9       post-1
                  4       09:04            covered              p7w2k9       post-1
                ▸ 5       09:05            decided              p7w2k9       post-1









                fence=5  version=1

                The ledger is sound: 6 entries, root 00ff00ff00ff.

                m my record  V verify  \ filter  / search  w replay  d decisions  ? more
                """#)
    }
}

/// Rules called wrong: one key, and leads see it.
@Suite struct DisputeTests {
    @Test func oneKeySaysThatTheRuleIsWrong() {
        let session = Session()
        session.keys("\nW")
        #expect(session.desk.log.contains("dispute threats/direct post-1"))
        #expect(session.picture.contains("Noted that this rule is wrong here: A direct threat"))
        session.keys("eW")
        #expect(session.picture.contains("You noted that before: A direct threat"))
        #expect(session.desk.decisions.isEmpty)
    }

    @Test func whereSeveralFoundSomethingItAsksWhichWithTheRecommendingOneChosen() {
        let desk = Samples.desk()
        var evaluation = Samples.evaluation(.moderate)
        var second = evaluation.findings[0]
        second.rule = RuleID("spam/links")
        second.policy = PolicyID("spam")
        evaluation.findings.insert(second, at: 0)
        for id in desk.evaluations.keys { desk.evaluations[id] = evaluation }
        let session = Session(desk)
        session.keys("\nW")
        #expect(session.picture.contains("Which rule is wrong here?"))
        #expect(session.picture.contains("▸ A direct threat *"))
        session.keys("\n")
        #expect(session.desk.log.contains("dispute threats/direct post-1"))
    }

    @Test func leadsSeeThemByRule() {
        let desk = Samples.desk()
        desk.disputed = [RuleID("threats/direct")]
        let session = Session(desk, role: .lead, size: Size(rows: 40, columns: 120))
        #expect(session.picture.contains("Rules that moderators called wrong, 30 days"))
        #expect(session.picture.contains("1 × threats/direct · A direct threat"))
    }
}
