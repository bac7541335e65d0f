import Foundation
import Testing

@Suite("Limits by commands", .serialized)
struct LimitsCommandTests {
    /// A demo site where the owner and lea lead, and ben moderates.
    private func site() throws -> Program {
        let program = try Program()
        _ = try program.makeSite()
        for (name, role) in [("lea", "lead"), ("ben", "moderator")] {
            _ = try program.releve(
                "roster", "add", "--user", name, "--name", "Name-of-\(name)", "--roles", role)
        }
        return program
    }

    private func entries(_ program: Program) throws -> String {
        try program.releve("ledger", "log", "--limit", "1000").out
    }

    @Test func aRaiseIsProposedTriedSignedSeenAndTold() throws {
        let program = try site()
        let dry = try program.json("limits", "propose", "daily=110", "--dry-run")
        #expect(dry["people"] as? Int == 3 && dry["at_cap"] == nil)
        #expect((dry["changes"] as? [[String: Any]])?.first?["loosens"] as? Bool == true)
        #expect((dry["after"] as? [String: Any])?["waiting"] is [Int])
        #expect(try !entries(program).contains("limits_proposed"), "a dry run proposes nothing")
        let bare = try program.releve("limits", "propose", "daily=110")
        #expect(bare.code == 64 || bare.code == 2, "\(bare.code)")
        #expect(bare.error.contains("--reason"))
        let said = try program.json("limits", "propose", "daily=110", "--reason", "late \u{1B}[31mposts")
        let id = try #require(said["proposal"] as? String)
        let own = try program.releve("limits", "approve", id)
        #expect(own.code == 2 && own.error.contains("a second lead has to answer"), "\(own.error)")
        let no = try program.releve("limits", "approve", id, "--as", "ben")
        #expect(no.code == 2 && no.error.contains("needs the role lead"), "\(no.error)")
        let listed = try program.json("limits", "proposals", "--as", "lea")
        let first = try #require((listed["proposals"] as? [[String: Any]])?.first)
        #expect(first["state"] as? String == "open" && first["needs_owner"] as? Bool == false)
        #expect(
            try program.json("limits", "approve", String(id.prefix(6)), "--as", "lea")["version"] as? Int == 2
        )
        let shown = try program.releve("limits", "show", "--as", "ben").out
        #expect(shown.contains("version 2 loosens daily 100 → 110") && !shown.contains("\u{1B}"))
        #expect(try program.releve("limits", "acknowledge", "--as", "ben").out == "seen: version 2\n")
        #expect(try !program.releve("limits", "show", "--as", "ben").out.contains("loosens"))
        let pending = try program.json("limits", "proposals")["pending"] as? [String: Any]
        #expect(pending?["pending"] as? Int == 2 && pending?["people"] as? Int == 3)
        let history = try program.json("limits", "history", "--as", "ben")["versions"] as? [[String: Any]]
        #expect(history?.count == 2 && history?[1]["signed_by"] as? String == "Name-of-lea")
        let log = try entries(program)
        for kind in ["limits_proposed", "limits_approved", "limits_in_force", "limits_acknowledged"] {
            #expect(log.contains(kind), "\(kind)")
        }
        #expect(!log.contains("late"), "a reason stands in the ledger as a digest")
        #expect(try program.releve("ledger", "verify").code == 0)
    }

    /// Whether this machine lets the tests run a program as somebody else.
    private static let canBeAnother =
        geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

    @Test(.enabled(if: canBeAnother)) func theCeilingIsRaisedByTheStoresOwnerAlone() throws {
        let program = try site()
        _ = try program.releve("limits", "lower", "ceiling=110", "daily=100")
        // The account that the other program runs as leads here too.
        _ = try program.releve(
            "roster", "add", "--user", "nobody", "--name", "Nobody", "--roles", "lead")
        let said = try program.json("limits", "propose", "ceiling=120", "--reason", "r")
        let id = try #require(said["proposal"] as? String)
        let lea = ["limits", "approve", id, "--as", "lea"]
        // Somebody else of this machine, who may write the file but doesn't own it.
        for path in [program.folder]
            + (try FileManager.default.contentsOfDirectory(atPath: program.folder))
            .map({ program.folder + "/" + $0 })
        { _ = chmod(path, 0o777) }
        let other = program.process("releve", lea)
        let releve = try #require(other.executableURL?.path)
        other.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        other.arguments = ["--reuid", "65534", "--clear-groups", releve] + lea
        let errors = Pipe()
        other.standardError = errors
        try other.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        other.waitUntilExit()
        #expect(other.terminationStatus == 2 && text.contains("owner of the store"), "\(text)")
        #expect(try program.json("limits", "show")["ceiling_percent"] as? Int == 110)
        #expect(try program.run("releve", lea).code == 0)
        #expect(try program.json("limits", "show")["ceiling_percent"] as? Int == 120)
    }

    @Test func whatOnlyLowersIsSentToTheRightCommandAndBadFiguresAreNamed() throws {
        let program = try site()
        let lower = try program.releve("limits", "propose", "daily=90", "--reason", "r")
        #expect(lower.code == 2 && lower.error.contains("releve limits lower"))
        let beyond = try program.releve("limits", "propose", "daily=130", "--reason", "r")
        #expect(beyond.code == 2 && beyond.error.contains("between 1 and 125"), "\(beyond.error)")
        let floor = try program.releve("limits", "lower", "floor=5s")
        #expect(floor.code == 2 && floor.error.contains("releve limits propose"), "\(floor.error)")
        let dry = try program.releve("limits", "lower", "daily=50", "--dry-run")
        #expect(
            dry.out.contains("would change: daily 100 → 50") && dry.out.contains("not told, too few people"))
        #expect(try program.json("limits", "show")["daily_percent"] as? Int == 100)
        _ = try program.releve("limits", "lower", "daily=50")
        #expect(try program.json("limits", "show")["daily_percent"] as? Int == 50)
    }

    @Test func anOverrideTakesTwoLeadsAndThePersonsConsent() throws {
        let program = try site()
        let asked = try program.json(
            "limits", "override", "ask", "ben", "daily=115", "--reason", "a court waits")
        let id = try #require(asked["override"] as? String)
        #expect(try program.releve("limits", "override", "sign", id).code == 2)
        #expect(try program.releve("limits", "override", "consent", id, "--as", "ben").code == 2)
        #expect(try program.releve("limits", "override", "sign", id, "--as", "lea").code == 0)
        let early = try program.releve("limits", "override", "consent", id, "--as", "ben")
        #expect(early.code == 2 && early.error.contains("releve shift start"), "\(early.error)")
        _ = try program.releve("shift", "start", "--as", "ben")
        #expect(try program.releve("limits", "override", "consent", id, "--as", "ben").code == 0)
        #expect(try program.releve("limits", "show", "--as", "ben").out.contains("for you daily is 115"))
        let own = try program.json("limits", "override", "list", "--as", "ben")["overrides"]
        #expect((own as? [[String: Any]])?.first?["state"] as? String == "in_force")
        _ = try program.releve("shift", "end", "--as", "ben")
        #expect(try !program.releve("limits", "show", "--as", "ben").out.contains("for you"))
        let log = try entries(program)
        for kind in ["override_requested", "override_countersigned", " override "] {
            #expect(log.contains(kind), "\(kind): \(log)")
        }
        let verified = try program.releve("ledger", "verify")
        #expect(verified.code == 0, "\(verified.out)\(verified.error)")
    }
}
