import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// The auditor's desk: decisions, one decision, samples, figures and requests.
@Suite struct AuditPictures {
    private func session(_ language: Language = .english, size: Size = Size(rows: 24, columns: 80)) -> Session
    {
        Session(Samples.deskWithDecisions(), role: .auditor, language: language, size: size)
    }

    @Test func decisionsAreListedByPseudonym() {
        let session = session()
        session.keys("d")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                Decisions · read-only · 3 of 3 · your own left out
                  time             hazard     lng decision  policy         by               sig…
                ▸ 08:50            ◐ moderate en  remove    threats        k4w9z2m7q1x8c3vb
                  08:40            · none     en  keep                     rule             not…
                  08:30            ◆ severe   en  hidden                                    esc…













                d-1 · post-1


                Enter open  f agreement  m my record  \ filter  s samples  o pseudonyms  ? more
                """#)
        session.keys("j")
        #expect(session.picture.contains("d-2 · post-2 · not as advised · undone"))
    }

    @Test func aDecisionIsOpenedCovered() {
        let session = session()
        session.keys("d\n")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Decision d-1, 08:50
                 forum.example · gaming · comment · en
                 ◐ moderate
                 A post that people flagged; the rules find threats.
                 Recommended: remove · Threats of violence
                 Decided: remove · Threats of violence, by k4w9z2m7q1x8c3vb
                 Note: names a victim

                 covered
                 Space uncovers it, and counts as your exposure.











                Space uncover  a agree  d disagree…  u unclear…  n next  m my record  ? more
                """#)
    }

    @Test func aBlindDecisionIsHiddenAndJudgedFirst() {
        let session = session()
        session.keys("dG\nJ")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                 Decision d-3, 08:30
                 forum.example · gaming · comment · en
                 ◆ severe
                 A post that people flagged; the rules find threats.
                 Recomm┌─ What would you have decided? ─────────────────────────────────┐
                 The de│ It is said once; then the decision is shown.                   │
                       │                                                                │
                 covere│ ▸ keep                                                         │
                 Space │   label · Threats of violence                                  │
                       │   restrict · Fraud and spam                                    │
                       │   remove · Threats of violence                                 │
                       │   remove · Fraud and spam                                      │
                       │   remove and suspend the account · Threats of violence         │
                       │ Enter chooses, Esc leaves all as it is                         │
                       └────────────────────────────────────────────────────────────────┘






                Enter choose  ? help  : commands  Esc out
                """#)
        session.keys("jjj\n")
        #expect(session.desk.log.contains("judge d-3 remove threats"))
        #expect(session.picture.contains("You would have: remove · Threats of violence"))
        #expect(session.picture.contains("Decided: remove"))
    }

    @Test func samplesInFrench() {
        let session = session(.french)
        session.keys("s")
        #expect(
            session.picture == #"""
                Relève · DÉMO · forum.example · audit · règles 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░ ○ dans les limites  humains 11 · auto 0
                Échantillons
                  n°               annoncé          tirés                 par              stra…
                ▸ s1               09:00            3 sur 40     aveugle  p1               poli…















                policy,action standing


                Entrée ouvrir  D tirer…  f accord  m mon relevé  d décisions  ? plus
                """#)
    }

    @Test func requestsToOpenAPseudonym() {
        let session = session()
        session.keys("o")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                Requests to open a pseudonym
                Two people and a reason; the name is shown once, and its owner comes to know.
                  asked            state      whose            by               reason
                ▸ 09:00            asked      k4w9z2m7q1x8c3vb p2               a pattern of re…














                a pattern of removals


                y approve  n refuse  Enter see name  m my record  d decisions  s samples  ? more
                """#)
    }

    @Test func figuresThatAreUndefinedSayWhy() {
        let session = session()
        session.keys("sf")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░ ○ within limits  people 11 · rules 0
                Samples
                  no.              announced        drawn                 by               stra…
                ▸ s1               09:00            3 of 40      blind    p1               poli…

                 ┌─ Agreement ────────────────────────────────────────────────────────────────┐
                 │ 0 decisions marked, 0 raters                                               │
                 │ Upheld: undefined, nothing was rated                                       │
                 │ Verdicts, Krippendorff's α: undefined, nothing was rated                   │
                 │ Own judgements, Krippendorff's α: undefined, nothing was rated             │
                 │                                                                            │
                 │                                                                            │
                 │ 95 % intervals: Wilson's for shares, bootstrap (seed 1, 10 draws) for α    │
                 │ and κ.                                                                     │
                 │ Esc closes, j k scroll                                                     │
                 └────────────────────────────────────────────────────────────────────────────┘



                policy,action standing


                ? help  : commands  Esc out
                """#)
    }

    @Test func aLargeScreenShowsMoreOfTheSigns() {
        let session = session(size: Size(rows: 40, columns: 120))
        session.keys("d")
        #expect(
            session.picture == #"""
                Relève · DEMO · forum.example · auditor · policies 1a2b3c4d5e6f · Ada
                Dose, 24 h 0 % / 100 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ ○ within limits  decided: 11 by people, 0 by rules
                Decisions · read-only · 3 of 3 · your own left out
                  time             hazard     lng decision  policy         by               signs
                ▸ 08:50            ◐ moderate en  remove    threats        k4w9z2m7q1x8c3vb
                  08:40            · none     en  keep                     rule             not as advised, undone
                  08:30            ◆ severe   en  hidden                                    escalated





























                d-1 · post-1


                Enter open  f agreement  m my record  \ filter  s samples  o pseudonyms  ? help  : commands  Esc out
                """#)
        session.keys("\n ")
        #expect(session.picture.contains("Three lines"))
    }

    /// What is shown is told by words and signs: without colour the same is there.
    @Test func withoutColourNothingIsLost() {
        let plain = Session(
            Samples.deskWithDecisions(), role: .auditor,
            settings: ConsoleSettings(themeName: "monochrome", noColor: true))
        let coloured = session()
        for keys in ["d", "\n", " ", " n", "n"] {
            plain.keys(keys)
            coloured.keys(keys)
            #expect(plain.picture == coloured.picture)
        }
    }
}
