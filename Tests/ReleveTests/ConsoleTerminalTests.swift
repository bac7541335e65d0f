import Foundation
import Testing

@Suite("The console leaves every terminal as it found it", .serialized, .enabled(if: Screen.isPossible))
struct ConsoleTerminalTests {
    private func openPost(_ screen: Screen) throws {
        try screen.wait(for: "Enter starts the shift")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        try screen.press("Space")
        try screen.wait(for: ", the clock runs")
    }

    /// How many spans of exposure the ledger says were opened and not covered again.
    private func openSpans(_ program: Program) throws -> Int {
        let log = try program.run("releve", ["ledger", "log", "--json", "--from", "0", "--limit", "100000"])
            .out
        return log.components(separatedBy: #""kind":"uncovered""#).count
            - log.components(separatedBy: #""kind":"covered""#).count
    }

    @Test func aLostTerminalCoversAndKeepsThePostInHand() throws {
        let screen = try Screen(columns: 80, rows: 24)
        try openPost(screen)
        kill(try screen.child, SIGHUP)
        try screen.wait(for: "left with 129")
        #expect(try openSpans(screen.program) == 0)
        #expect(try screen.program.json("queue", "stats")["claimed"] as? Int == 1)
    }

    @Test func suspendingCoversGivesTheTerminalBackAndReturns() throws {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.releve("intake", Program.root + "/Queue/forum.jsonl")
        let screen = try Screen(program, columns: 80, rows: 24, shell: true)
        try screen.wait(for: "shell>")
        try screen.tmux("send-keys", "releve", "Enter")
        try openPost(screen)
        try screen.press("C-z")
        try screen.wait(for: "Stopped")
        #expect(try !screen.picture.contains(", the clock runs"))
        #expect(try openSpans(program) == 0)
        // The shell's own line editing works again: what is typed is seen.
        try screen.tmux("send-keys", "echo wo\"\"rks", "Enter")
        try screen.wait(for: "works")
        try screen.tmux("send-keys", "fg", "Enter")
        try screen.wait(for: "covered")
        #expect(try !screen.picture.contains(", the clock runs"))
        try screen.press("Space")
        try screen.wait(for: ", the clock runs")
    }

    @Test func everySizeIsDrawnAndTooSmallAWindowCovers() throws {
        let screen = try Screen(columns: 120, rows: 40)
        try openPost(screen)
        for (columns, rows) in [(80, 24), (40, 10), (120, 40), (200, 60)] {
            try screen.tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
            try screen.wait(for: "Dose")
            let lines = try screen.picture.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { $0.count <= columns })
        }
        try screen.tmux("resize-window", "-x", "30", "-y", "8")
        try screen.wait(for: "40")
        #expect(try openSpans(screen.program) == 0)
        try screen.tmux("resize-window", "-x", "80", "-y", "24")
        try screen.wait(for: "covered")
    }

    @Test(arguments: [true, false])
    func withoutColourNoHueIsWritten(_ isWithout: Bool) throws {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.releve("intake", Program.root + "/Queue/forum.jsonl")
        let screen = try Screen(
            program, columns: 80, rows: 24,
            environment: isWithout ? "TERM=screen-256color NO_COLOR=1" : "TERM=screen-256color")
        try screen.wait(for: "Enter starts the shift")
        let picture = try screen.tmux("capture-pane", "-p", "-e")
        let hues = picture.unicodeScalars.split(separator: "\u{1B}").compactMap { part in
            String(part).prefixMatch(of: /\[[0-9;]*?(?:3|4|9)[0-7]m/)
        }
        #expect(hues.isEmpty == isWithout)
    }

    @Test func aTerminalThatCannotDrawIsRefusedInOneLine() throws {
        let program = try Program()
        _ = try program.makeSite()
        let screen = try Screen(program, columns: 80, rows: 24, environment: "TERM=dumb")
        try screen.wait(for: "left with 2")
        #expect(try screen.picture.contains("releve: "))
        #expect(try screen.picture.contains("TERM"))
        let piped = try program.releve()
        #expect(
            piped.code == 2 && piped.error.hasPrefix("releve: ")
                && piped.error.split(separator: "\n").count == 1)
    }
}
