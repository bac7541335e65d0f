import Foundation
import Testing

@Suite("The console works in a real terminal", .serialized)
struct TmuxTests {
    @Test(.enabled(if: Screen.isPossible), arguments: [(80, 24), (120, 40)])
    func aShiftInShort(_ columns: Int, _ rows: Int) throws {
        let screen = try Screen(columns: columns, rows: rows)
        try screen.wait(for: "Enter starts the shift")
        #expect(try screen.picture.contains("DEMO"))
        try screen.press("Enter")
        try screen.wait(for: "covered")
        let covered = try screen.picture
        #expect(covered.contains("extreme") && !covered.contains("▸"))
        try screen.press("Space")
        try screen.wait(for: "the clock runs")
        try screen.press("Space")
        try screen.wait(for: "covered")
        try screen.press("a")
        try screen.wait(for: "u undo")
        #expect(try screen.program.json("queue", "stats")["decided"] as? Int == 1)
        try screen.press("u")
        try screen.wait(for: "covered")
        #expect(try screen.program.json("queue", "stats")["decided"] as? Int == 0)
        try screen.press("?")
        try screen.wait(for: "Esc closes")
        try screen.press("Escape", "B")
        try screen.wait(for: "reak")
        #expect(try screen.program.json("ledger", "verify")["ok"] as? Bool == true)
    }

    @Test(.enabled(if: Screen.isPossible))
    func leavingRestoresTheTerminalAndAPostInHandWaits() throws {
        let screen = try Screen(columns: 80, rows: 24)
        try screen.wait(for: "Enter starts the shift")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        kill(try screen.child, SIGTERM)
        try screen.wait(for: "left with 143")
        #expect(try screen.program.json("queue", "stats")["claimed"] as? Int == 1)
        #expect(try !screen.picture.contains("Dose"))
    }
}
