import Foundation
import Testing

@Suite("What a person decides for themselves, by commands", .serialized)
struct OwnCommandTests {
    private func site() throws -> Program {
        let program = try Program()
        _ = try program.makeSite()
        for (name, role) in [("ben", "moderator"), ("lea", "lead")] {
            _ = try program.releve("roster", "add", "--user", name, "--roles", role)
        }
        return program
    }

    @Test func anOwnLimitAndNotTodayAndStopping() throws {
        let program = try site()
        let before = try program.json("ledger", "verify")["entries"] as? Int
        #expect(
            try program.releve("own", "limit", "60", "--as", "ben").out
                == "your own limit: 60 % in 24 hours\n")
        #expect(
            try program.json("exposure", "show", "--as", "ben")["standing"].map { "\($0)" }?.contains("60")
                == true)
        for wrong in ["0", "101", "much"] {
            let refused = try program.releve("own", "limit", wrong, "--as", "ben")
            #expect(refused.code == 2 && refused.error.contains("1 to 100, or none"))
        }
        #expect(try program.releve("own", "limit", "none", "--as", "ben").out == "no limit of your own\n")
        let today = try program.releve("own", "not-today", "--hazards", "severe,extreme", "--as", "ben")
        #expect(today.out.hasPrefix("not shown to you until ") && today.out.hasSuffix(": extreme, severe\n"))
        let unknown = try program.releve("own", "not-today", "--policies", "nope", "--as", "ben")
        #expect(unknown.code == 2 && unknown.error.contains("nope"))
        #expect(try program.releve("own", "not-today", "--as", "ben").code == 2)
        #expect(
            try program.releve("own", "not-today", "--undo", "--as", "ben").out
                == "nothing is left out today\n")
        // None of that is in the ledger.
        #expect(try program.json("ledger", "verify")["entries"] as? Int == before)
        #expect(try program.releve("own", "stop", "--as", "ben").out.contains("no shift is open"))
        _ = try program.releve("shift", "start", "--as", "ben")
        #expect(
            try program.releve("own", "stop", "--as", "ben").out.contains("a break lasts until you end it"))
        #expect(try program.json("shift", "status", "--as", "ben")["availability"] as? String == "on_break")
    }

    @Test func leadsNameContactsAndEverybodySeesThem() throws {
        let program = try site()
        #expect(try program.releve("support", "--as", "ben").out.contains("nobody is named yet"))
        let refused = try program.releve("support", "add", "--name", "x", "--reach", "y", "--as", "ben")
        #expect(refused.code == 2 && refused.error.contains("lead"))
        let physician = ["--name", "Dr. Roux\u{1B}[2J", "--reach", "+33 1 23", "--hours", "9–17 h"]
        #expect(try program.run("releve", ["support", "add", "--as", "lea"] + physician).code == 0)
        let first = ["--name", "Council", "--reach", "room 2", "--languages", "fr,en", "--at", "1"]
        #expect(try program.run("releve", ["support", "add", "--as", "lea"] + first).code == 0)
        let shown = try program.releve("support", "--as", "ben").out
        #expect(shown.hasPrefix(" 1  Council  room 2  fr,en\n 2  Dr. Roux") && !shown.contains("\u{1B}"))
        let contacts = try program.json("support", "show", "--as", "ben")["contacts"] as? [[String: Any]]
        #expect(contacts?.map { $0["reach"] as? String } == ["room 2", "+33 1 23"])
        #expect(try program.releve("support", "remove", "3", "--as", "lea").code == 2)
        #expect(try program.releve("support", "remove", "2", "--as", "lea").out.contains("1 left"))
        #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
    }

    @Test func checkInsAreOpenedByTheirPassphraseAlone() throws {
        let program = try site()
        func checkIn(_ arguments: String..., input: String? = nil) throws -> Program.Output {
            try program.run("releve", ["check-in"] + arguments + ["--as", "ben"], input: input)
        }
        #expect(try checkIn("add", "3").error.contains("releve check-in begin"))
        let short = try checkIn("begin", input: "short\n")
        #expect(short.code == 2 && short.error.contains("12 characters"))
        let begun = try checkIn("begin", input: "six words of my own\n")
        #expect(begun.code == 0 && begun.error.contains("nobody can open them again"))
        #expect(try checkIn("add", "2", "--note", "tired quokka \u{1B}[31m").code == 0)
        #expect(try checkIn("add", "7").code == 2)
        let wrong = try checkIn("show", input: "six words of my foe\n")
        #expect(wrong.code == 1 && wrong.out.isEmpty && wrong.error.contains("no other way in"))
        let shown = try checkIn("show", input: "six words of my own\n")
        #expect(shown.out.contains("  2  tired quokka ") && !shown.out.contains("\u{1B}"))
        // The site has nothing of it: no row, no entry, no word, sealed or not.
        let store = try Data(contentsOf: URL(fileURLWithPath: program.store))
        for word in ["check-in", "check_in", "quokka"] { #expect(store.range(of: Data(word.utf8)) == nil) }
        let log = try program.releve("ledger", "log", "--json").out
        #expect(!log.contains("check-in") && !log.contains("check_in"))
        // Another person's are others.
        #expect(try program.releve("check-in", "show", "--as", "lea").error.contains("begin"))
        #expect(try checkIn("delete", input: "no\n").code == 1)
        #expect(try checkIn("delete", "--yes").code == 0)
        #expect(try checkIn("show", input: "six words of my own\n").code == 2)
    }
}

@Suite("Stopping and the break in a real terminal", .serialized)
struct OwnTerminalTests {
    @Test(.enabled(if: Screen.isPossible))
    func stopNowCoversAtOnceAndTheBlocksRunInTheBreak() throws {
        let screen = try Screen(columns: 80, rows: 24)
        _ = try screen.program.releve("support", "add", "--name", "Dr. Roux", "--reach", "+33 1 23")
        try screen.wait(for: "Enter starts the shift")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        try screen.press("Space")
        try screen.wait(for: "the clock runs")
        try screen.press("n")
        try screen.wait(for: "Note for the record")
        try screen.press("unfinished", "C-x")
        try screen.wait(for: "Stopped: all is covered")
        #expect(try screen.program.json("queue", "stats")["claimed"] as? Int == 0)
        #expect(try screen.program.json("shift", "status")["availability"] as? String == "on_break")
        try screen.press("j", "Enter")
        try screen.wait(for: "+33 1 23")
        try screen.press("Escape", "b")
        try screen.wait(for: "No score")
        let first = try screen.picture
        // It falls by itself, and obeys.
        try screen.press("Left", "Up", "Space")
        var moved = first
        for _ in 0..<40 where moved == first {
            usleep(100_000)
            moved = try screen.picture
        }
        #expect(moved != first)
        try screen.press("p")
        try screen.wait(for: "Held")
        try screen.press("n")
        try screen.wait(for: "You stopped.")
        try screen.press("p")
        try screen.wait(for: "breathe out")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        let log = try screen.program.releve("ledger", "log", "--json").out
        #expect(!log.contains("stop") && log.contains("break_started") && !log.contains("unfinished"))
        #expect(try screen.program.json("ledger", "verify")["ok"] as? Bool == true)
    }
}
