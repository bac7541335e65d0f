import Moderation
import TerminalKit
import Testing

@testable import Console

/// The console line by line: what is typed, and what is read aloud.
@Suite struct LinearTests {
    private final class Talk {
        var lines: [String] = []
        var inputs: [LinearInput]
        let desk: ScriptedDesk

        init(_ typed: [LinearInput], _ desk: ScriptedDesk = Samples.desk()) {
            inputs = typed
            self.desk = desk
        }

        func run(_ role: Moderation.Role = .moderator, _ language: Language = .english) -> ExitReason {
            LinearConsole(
                desk: desk, person: desk.person, role: role, settings: ConsoleSettings(language: language),
                input: { time in
                    guard !self.inputs.isEmpty else { return .end }
                    let next = self.inputs.removeFirst()
                    if next == .timedOut { self.desk.advance(time ?? .zero) }
                    return next
                },
                output: { self.lines.append($0.plain) }
            ).run()
        }
    }

    @Test func aPostIsReadDecidedAndUndone() {
        let talk = Talk([.line("1"), .line("space"), .line("remove"), .line("u"), .line("a"), .end])
        #expect(talk.run() == .hungUp)
        let text = talk.lines.joined(separator: "\n")
        #expect(
            text.contains(
                """
                ◐ moderate
                forum.example · gaming · comment · en · 2 h old · due in 3 h
                by @mallory · account 3 d old · 2 removals before · 5 flags before
                3 flags (1 trusted): harassment, insult · 1 post above · 1 link · 1 medium · 58 characters
                Recommended: remove · Threats of violence (because: A direct threat)
                Cites: Threats of violence · 1 finding
                covered
                A post that people flagged; the rules find threats.
                Space uncovers it; the clock runs from then on.
                It can also be decided, skipped or returned covered.
                Choices: 1 keep, 2 label, 3 restrict, 4 remove, 5 suspend…, 6 uncover, 7 policy, 8 why, \
                9 cite, 10 note, 11 skip, 12 return, 13 escalate, 14 never show, 15 break, 16 stop now, \
                17 my record, 18 help, 19 out. ? explains all.
                uncovered, the clock runs
                About last night
                I will find you and then we two will talk.
                You know where.
                """), "\(text)")
        #expect(text.contains("I will find you and then we two will talk."))
        #expect(text.contains("Decided: remove."))
        #expect(text.contains("Taken back, as a new entry."))
        #expect(talk.desk.decisions.map(\.action) == [.keep, .remove])
    }

    @Test(arguments: ["ctrl-x", "Ctrl-X", "\u{18}"]) func theStopKeyStopsInTheMiddleOfANoteToo(
        _ typed: String
    ) {
        let talk = Talk([.line("1"), .line("space"), .line("n"), .line(typed), .end])
        _ = talk.run()
        #expect(talk.desk.log.contains("stop"), "\(talk.desk.log)")
        #expect(!talk.desk.log.contains { $0.hasPrefix("save post-1 - ctrl") })
        #expect(talk.lines.contains { $0.contains("Ctrl-X alone stops now") })
    }

    @Test func listsAndNotesAreAnsweredInPlainLines() {
        let talk = Talk([
            .line("1"), .line("n"), .line("a note"), .line("S"), .line("2"), .line("E"), .line("."), .end,
        ])
        _ = talk.run()
        #expect(talk.desk.log.contains("save post-1 - a note"))
        #expect(talk.desk.log.contains("skip post-1 context"))
        #expect(!talk.desk.log.contains { $0.hasPrefix("escalate") })
    }

    @Test func withoutAnAnswerForTwoMinutesTheClockStops() {
        let talk = Talk([.line("1"), .line("space")] + Array(repeating: .timedOut, count: 30) + [.end])
        _ = talk.run()
        #expect(talk.desk.log.contains("cover idle"))
        #expect(talk.desk.log.count { $0 == "beat" } >= 20)
        #expect(talk.lines.contains { $0.hasPrefix("Covered, because no key came for a while.") })
    }

    @Test func nothingButTextIsWritten() {
        var random = Seeded(7)
        let talk = Talk(
            [.line("1"), .line("space"), .line("."), .line("."), .line("e"), .line("?"), .end],
            SafetyTests.hostileDesk(&random))
        _ = talk.run()
        for line in talk.lines { #expect(!line.unicodeScalars.contains(where: SafetyTests.isForbidden)) }
    }

    @Test func whatIsForbiddenSaysWhy() {
        let talk = Talk([.line("start-review"), .end])
        _ = talk.run(.auditor, .french)
        #expect(talk.lines.contains { $0.hasPrefix("Pas ici : il faut le rôle modération") })
    }
}
