import Foundation
import Testing

@Suite("A whole shift in a real terminal", .serialized, .enabled(if: Screen.isPossible))
struct ConsoleShiftTests {
    /// The id that the title line of the post in hand shows.
    private func post(_ picture: String) -> Substring? {
        picture.split(separator: "\n").first { $0.hasPrefix("─ ") }?.split(separator: " ").first {
            $0.hasSuffix("…")
        }
    }

    private func next(_ screen: Screen, after old: Substring?, _ keys: String...) throws -> Substring? {
        for key in keys { try screen.press(key) }
        let deadline = Date().addingTimeInterval(10)
        while Date() < deadline {
            let picture = try screen.picture
            if let new = post(picture), new != old, picture.contains("covered") { return new }
            usleep(30_000)
        }
        Issue.record("no other post came after \(keys):\n\(try screen.picture)")
        return nil
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func twentyPostsWithABreakAndAnEndAtTheLimit(_ columns: Int, _ rows: Int) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Program.root + "/Queue")
        let screen = try Screen(
            columns: columns, rows: rows,
            queue: files.filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".csv") }.sorted())
        let program = screen.program
        try screen.wait(for: "Enter starts the shift")
        var hand = try next(screen, after: nil, "Enter")
        var decided = 0
        for number in 1...20 {
            if number.isMultiple(of: 4) {
                try screen.press("Space")
                try screen.wait(for: "the clock runs")
                try screen.press("Space")
                try screen.wait(for: "covered")
            }
            switch number {
            case 3: hand = try next(screen, after: hand, "S", "Enter")
            case 6:
                try screen.press("E")
                try screen.wait(for: "Hand to a lead")
                try screen.tmux("send-keys", "-l", "not sure")
                hand = try next(screen, after: hand, "Enter")
            case 9:
                let taken = hand
                hand = try next(screen, after: hand, "a")
                #expect(try next(screen, after: hand, "u") == taken)
                hand = try next(screen, after: taken, "l")
                decided += 1
            case 12:
                try screen.press("B")
                try screen.wait(for: "talk to somebody")
                #expect(try program.json("queue", "stats")["claimed"] as? Int == 0)
                try screen.press("Enter")
                try screen.wait(for: "covered")
                hand = try next(screen, after: nil, "a")
                decided += 1
            default:
                hand = try next(screen, after: hand, "a")
                decided += 1
            }
        }
        // A picture may be taken while the screen is being painted.
        var shown = try Screen.decisions(on: screen.picture)
        let deadline = Date().addingTimeInterval(10)
        while shown != decided, Date() < deadline {
            usleep(30_000)
            shown = try Screen.decisions(on: screen.picture)
        }
        #expect(shown == decided)
        let stats = try program.json("queue", "stats")
        #expect(stats["decided"] as? Int == decided && stats["escalated"] as? Int == 1)
        // From here on one look is more than a day may hold.
        #expect(
            try program.releve("limits", "lower", "floor=10m", "daily=1", "first_notice=1", "second_notice=1")
                .code == 0)
        try lookAtTheNextHarmfulPost(screen, &hand)
        try screen.press("a")
        try screen.wait(for: "resume")
        let ended = try screen.picture
        #expect(!ended.contains("the clock runs") && !ended.contains("▸"))
        #expect(try program.json("queue", "stats")["claimed"] as? Int == 0)
        let ledger = try program.json("ledger", "verify")
        #expect(ledger["ok"] as? Bool == true)
        #expect(ended.contains("limit") && ended.contains("Posts without hazard remain"))
    }

    private func lookAtTheNextHarmfulPost(_ screen: Screen, _ hand: inout Substring?) throws {
        for _ in 0..<30 {
            if try !screen.picture.contains("no hazard") { break }
            hand = try next(screen, after: hand, "a")
        }
        try screen.press("Space")
        try screen.wait(for: "the clock runs")
    }
}
