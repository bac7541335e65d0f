import Foundation
import Testing

/// A day's work with the real program in a real terminal, gone through again with the real program.
///
/// `RELEVE_DAY=500` decides so many posts, in some minutes; a dozen without it.
@Suite("A day recorded in a real terminal is replayed", .serialized, .enabled(if: Screen.isPossible))
struct ReplayTests {
    private let people = ["bela", "chen", "dina"]
    private let decisions =
        ProcessInfo.processInfo.environment["RELEVE_DAY"].flatMap { Int($0) } ?? 12

    private func json(_ output: Program.Output) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any], "\(output)")
    }

    /// Waits until the status line counts so many decisions.
    private func wait(for count: Int, on screen: Screen) throws {
        let deadline = Date().addingTimeInterval(20)
        while Date() < deadline {
            if try Screen.decisions(on: screen.picture) == count { return }
            usleep(20_000)
        }
        Issue.record("\(count) decisions never came:\n\(try screen.picture)")
    }

    /// One person's part of the day in the console.
    private func work(_ person: String, _ program: Program, from first: Int, to last: Int) throws {
        let screen = try Screen(program, columns: 80, rows: 24, shell: true)
        try screen.wait(for: "shell>")
        try screen.tmux("send-keys", "-l", "releve --as \(person)")
        try screen.press("Enter")
        try screen.wait(for: "Enter starts the shift")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        for number in first..<last {
            if number % 4 == 0 {
                try screen.press("Space")
                try screen.wait(for: "the clock runs")
            }
            try screen.press("a")
            try wait(for: number + 1, on: screen)
            if number == first + 1 {
                try screen.press("u")
                try wait(for: number, on: screen)
                try screen.press("a")
                try wait(for: number + 1, on: screen)
            }
        }
        try screen.press("q")
        try screen.wait(for: "The shift is open")
        try screen.press("F")
        try screen.wait(for: "Shift ended")
        try screen.press("q", "q")
        try screen.wait(for: "shell>")
    }

    @Test func itIsRecomputedAskedWhatIfAndWatched() throws {
        let program = try Program()
        _ = try program.makeSite()
        for person in people {
            let added = try program.releve("roster", "add", "--user", person, "--roles", "moderator")
            #expect(added.code == 0, "\(added)")
        }
        #expect(try program.fill(decisions + 20).code == 0)
        _ = try program.releve("intake", Program.root + "/Queue/forum.jsonl")
        for (place, person) in people.enumerated() {
            try work(
                person, program, from: decisions * place / people.count,
                to: decisions * (place + 1) / people.count)
        }

        let again = try json(program.releve("replay", "recompute", "--json"))
        #expect(again["ok"] as? Bool == true && again["different"] as? Int == 0)
        #expect(again["decisions"] as? Int == decisions + people.count)
        #expect(try program.releve("replay", "recompute", "--as", "bela").code == 2)

        let folder = program.folder + "/stricter"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try """
        id: greetings
        title: Greetings
        guidance: Nobody greets here.
        neutral: A post that may greet.
        dsa: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}
        hazard: mild
        actions: [remove, keep]
        rules:
          - id: greetings/hello
            selections: {hello: {body: {any_word: [hello]}}}
            recommend: remove
        """.write(toFile: folder + "/greetings.yaml", atomically: true, encoding: .utf8)
        let whatIf = try json(
            program.releve("replay", "what-if", "--policies", folder, "--set", "floor=10m", "--json"))
        let changes = try #require(whatIf["decisions"] as? [String: Any])
        #expect(changes["decisions"] as? Int == decisions)
        #expect((changes["changed"] as? Int ?? 0) > decisions / 2)
        #expect((whatIf["shifts"] as? [Any])?.count == people.count)
        let table = try program.releve("replay", "what-if", "--policies", folder, "--list")
        #expect(table.code == 0 && table.out.contains(" → ") && table.out.contains("█"))

        let shifts = try #require(
            try json(program.releve("replay", "watch", "--json"))["shifts"] as? [[String: Any]])
        #expect(shifts.count == people.count)
        let shift = try #require(shifts.last?["shift"] as? String)
        let lines = try program.releve("replay", "watch", shift).out
        #expect(lines.contains("undone") && lines.contains("shift ended"))
        for person in people { #expect(!lines.contains(person)) }
        try watch(shift, program)
    }

    private func watch(_ shift: String, _ program: Program) throws {
        let screen = try Screen(program, columns: 120, rows: 40, shell: true)
        try screen.wait(for: "shell>")
        try screen.tmux("send-keys", "-l", "releve replay watch \(shift.prefix(10)) --speed 60")
        try screen.press("Enter")
        try screen.wait(for: "paused ×60  0:00:00")
        try screen.press("d")
        try screen.wait(for: "event ")
        try screen.press("Space")
        try screen.wait(for: "shift ended")
        try screen.press("End")
        try screen.wait(for: "paused ×60")
        #expect(try screen.picture.contains("hello") == false)
        try screen.press("q")
        try screen.wait(for: "not recomputed in this session")
        try screen.press("c")
        try screen.wait(for: "all the same byte for byte")
        try screen.press("q", "q")
        try screen.wait(for: "shell>")
    }
}
