import Foundation
import Testing

@Suite("A lead's story in a real terminal", .serialized)
struct LeadStoryTests {
    private let program: Program
    private let lead: Screen
    private let second: Screen
    private let moderator: Screen

    /// The owner leads, lea leads too, ben moderates; each at a terminal of their own.
    init() throws {
        let program = try Program()
        _ = try program.makeSite()
        for (name, role) in [("ben", "moderator"), ("lea", "lead")] {
            _ = try program.releve("roster", "add", "--user", name, "--name", name, "--roles", role)
        }
        _ = try program.releve("intake", Program.root + "/Queue/forum.jsonl")
        self.program = program
        moderator = try Self.screen(program, "releve --as ben", shows: "Enter starts the shift")
        lead = try Self.screen(program, "releve --role lead", shows: "Limits in force")
        second = try Self.screen(program, "releve --role lead --as lea", shows: "Limits in force")
    }

    private static func screen(_ program: Program, _ command: String, shows text: String) throws -> Screen {
        let screen = try Screen(program, columns: 80, rows: 24, shell: true)
        try screen.wait(for: "shell>")
        try screen.press(command, "Enter")
        try screen.wait(for: text)
        return screen
    }

    private func kinds() throws -> String { try program.releve("ledger", "log", "--limit", "1000").out }

    /// Writes a line and sends it.
    private func write(_ text: String, on screen: Screen) throws { try screen.press(text, "Enter") }

    @Test(.enabled(if: Screen.isPossible))
    func raisedByTwoSeenByAllLoweredAtOnceAndWidenedWithConsent() throws {
        try uncover()
        try raise()
        try see()
        try lower()
        try widen()
        let verified = try program.json("ledger", "verify")
        #expect(verified["ok"] as? Bool == true)
    }

    /// The moderator works: a post is uncovered when the lead begins.
    private func uncover() throws {
        try moderator.press("Enter")
        try moderator.wait(for: "covered")
        try moderator.press("Space")
        try moderator.wait(for: ", the clock runs")
    }

    /// Refused alone, signed by a second lead.
    private func raise() throws {
        try lead.press("l")
        try lead.wait(for: "Proposals, overrides, history")
        try lead.press("c", "Enter")
        try write("110", on: lead)
        try lead.wait(for: "Why?")
        try write("two are ill", on: lead)
        try lead.wait(for: "Dry run")
        try write("propose", on: lead)
        try lead.wait(for: "Proposed: a second lead has to sign")
        try lead.press("y")
        try lead.wait(for: "is yours: a second lead has to answer")
        #expect(try !kinds().contains("limits_approved"))
        try second.press("l")
        try second.wait(for: "to sign")
        try second.press("y")
        try second.wait(for: "Your answer is kept.")
        #expect(try program.json("limits", "show")["daily_percent"] as? Int == 110)
    }

    /// The moderator sees it, and says so; the shift goes on as it began.
    private func see() throws {
        try moderator.press("Space", "q")
        try moderator.wait(for: "Limits were loosened: 24 h 100 % → 110 %")
        #expect(try moderator.picture.contains("/ 100 %"))
        try moderator.press("A")
        try moderator.wait(for: "from your next shift")
        try moderator.press("Enter")
        try moderator.wait(for: "Kept that you saw it")
        #expect(try kinds().contains("limits_acknowledged"))
    }

    /// The lead lowers the time without a key while a post is uncovered: within a beat it is covered.
    private func lower() throws {
        try moderator.press("Enter")
        try moderator.wait(for: "covered")
        try moderator.press("Space")
        try moderator.wait(for: ", the clock runs")
        try lead.press("L", "G", "Enter")
        try write("2", on: lead)
        try lead.wait(for: "It acts at once.")
        try write("lower", on: lead)
        try lead.wait(for: "version 3")
        try moderator.wait(for: "no key came for a while")
        try moderator.wait(for: "· covered ·")
        #expect(try !moderator.picture.contains(", the clock runs"))
    }

    /// One person, one shift: asked, signed, consented to.
    private func widen() throws {
        try lead.press("O", "Enter", "Enter")
        try write("115", on: lead)
        try write("a court waits", on: lead)
        try lead.wait(for: "Asked: a second lead has to sign.")
        try second.press("C-r")
        try second.wait(for: "override")
        try second.press("y")
        try second.wait(for: "to consent")
        try moderator.press("q")
        try moderator.wait(for: "You are asked to accept, for one shift, 24 h 100 % → 115 %")
        #expect(try !moderator.picture.contains("/ 115 %"))
        try moderator.press("A")
        try moderator.wait(for: "a court waits")
        try moderator.press("Enter")
        try moderator.wait(for: "/ 115 %")
        try moderator.wait(for: "with your consent")
        let log = try kinds()
        for kind in ["override_requested", "override_countersigned", " override "] {
            #expect(log.contains(kind), "\(kind)")
        }
    }
}
