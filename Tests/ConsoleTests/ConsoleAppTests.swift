import Moderation
import TerminalKit
import Testing

@testable import Console

/// The shell around the core, on a terminal in memory.
@Suite struct ConsoleAppTests {
    private func app(_ terminal: MemoryTerminal, _ desk: ScriptedDesk = Samples.desk()) -> ConsoleApp {
        ConsoleApp(
            desk: desk, person: desk.person, role: .moderator, terminal: terminal,
            settings: ConsoleSettings(repeatGuard: .zero))
    }

    @Test func theFirstFrameComesBeforeAnyData() {
        let terminal = MemoryTerminal()
        let desk = Samples.desk()
        _ = app(terminal, desk).run()
        #expect(terminal.frames.first?.pictured.hasPrefix("Relève · moderator · reading …") == true)
        #expect(terminal.frames.dropFirst().first?.pictured.contains("Queue: 3 posts wait") == true)
    }

    @Test func aWholeShiftEndsInOrderAndTheTerminalIsRestored() {
        let terminal = MemoryTerminal()
        let desk = Samples.desk()
        terminal.type("\n r")
        terminal.type(" uS\n")
        terminal.type("E")
        terminal.type("please look\n")
        terminal.type("B\nX")
        terminal.type("jjj\nqq")
        let reason = app(terminal, desk).run()
        #expect(reason == .left)
        #expect(terminal.isClosed)
        let acts = desk.log.filter { !["brief", "held", "claim"].contains($0) }
        #expect(
            acts == [
                "startShift", "uncover post-1", "decide post-1 remove under threats", "uncover post-2",
                "cover covered", "undo d2", "skip post-1 language", "escalate post-2 please look",
                "release post-3", "startBreak free", "endBreak", "stop", "release post-3", "endShift ended",
            ], "\(acts)")
    }

    @Test func atRestTheTerminalIsNotWokenByAClock() {
        let terminal = MemoryTerminal()
        terminal.type("\n")
        _ = app(terminal).run()
        #expect(terminal.timeouts == [nil, nil])
    }

    @Test func suspendingCoversBeforeTheTerminalIsGivenBack() {
        let terminal = MemoryTerminal()
        let desk = Samples.desk()
        terminal.type("\n ")
        terminal.feed([.suspend])
        _ = app(terminal, desk).run()
        #expect(terminal.suspensions == 1)
        #expect(desk.log.contains("cover paused"))
    }

    @Test func theMouseIsTakenOnlyWhenAsked() {
        let quiet = MemoryTerminal()
        _ = app(quiet).run()
        #expect(!quiet.isMouseOn)
        let loud = MemoryTerminal()
        let desk = Samples.desk()
        let app = ConsoleApp(
            desk: desk, person: desk.person, role: .moderator, terminal: loud,
            settings: ConsoleSettings(mouse: true))
        _ = app.run()
        #expect(loud.isMouseOn)
    }

    @Test func withoutColourNoCellHasAHue() {
        let terminal = MemoryTerminal()
        let desk = Samples.desk()
        terminal.type("\n ?")
        let app = ConsoleApp(
            desk: desk, person: desk.person, role: .moderator, terminal: terminal,
            settings: ConsoleSettings(noColor: true))
        _ = app.run()
        for frame in terminal.frames {
            for row in 0..<frame.size.rows {
                #expect(
                    frame.row(row).allSatisfy { $0.style.foreground == nil && $0.style.background == nil })
            }
        }
    }
}
