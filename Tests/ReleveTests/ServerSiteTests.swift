#if Postgres
import Foundation
import StoreTesting
import Testing

@Suite("A site on a server knows people by their logins", .serialized)
struct ServerSiteTests {
    /// The program as somebody who logs in runs it.
    private struct Site {
        let program: Program
        let server: PostgresServer
        let database: String

        init() throws {
            program = try Program()
            // Of its own: groups are a server's.
            server = try PostgresServer()
            database = try server.makeDatabase()
        }

        func releve(_ user: String, _ arguments: String...) throws -> Program.Output {
            let place = ["--store", "postgres://\(user)@/\(database)?host=\(server.folder)"]
            return try program.run("releve", arguments + place + ["--key-file", program.folder + "/key"])
        }
    }

    @Test func fromAnEmptyDatabaseToADecisionEachAsThemselves() throws {
        let site = try Site()
        try site.server.run("CREATE ROLE plain LOGIN", in: site.database)
        try site.server.run("GRANT CREATE ON DATABASE \(site.database) TO plain", in: site.database)
        // Who may not make groups is told what somebody else must run, and nothing is half made.
        let refused = try site.releve("plain", "init", "--name", "server.example/releve")
        #expect(refused.code == 2 && refused.error.contains("CREATE ROLE releve_moderator NOLOGIN;"))
        try site.server.run("ALTER ROLE plain CREATEROLE", in: site.database)
        try site.server.run("ALTER DATABASE \(site.database) OWNER TO plain", in: site.database)
        let made = try site.releve("plain", "init", "--name", "server.example/releve")
        #expect(made.code == 0 && made.out.contains("you are plain"), "\(made.error)")
        #expect(made.out.contains("groups made on the server: releve_moderator"))
        #expect(made.out.contains("plain: releve_moderator, releve_lead, releve_auditor"))

        #expect(try site.releve("plain", "roster", "add", "--user", "mo").code == 0)
        let missing = try site.releve("plain", "roster", "logins")
        #expect(missing.out.contains("mo: no such login") && missing.out.contains("CREATE ROLE mo LOGIN;"))
        let logins = try site.releve("plain", "roster", "logins", "--create", "--gateway", "gw")
        #expect(logins.out.contains("mo: releve_moderator\n") && logins.out.contains("gw: releve_gateway\n"))

        let kept = try site.releve("mo", "intake", "Queue/forum.jsonl")
        #expect(kept.code == 2 && kept.error.contains("takes no posts in"))
        #expect(try site.releve("gw", "intake", "Queue/forum.jsonl").code == 0)
        let stranger = try site.releve("gw", "queue", "list")
        #expect(stranger.code == 2 && stranger.error.contains("gw"), "\(stranger.error)")
        let claimed = try site.releve("mo", "queue", "list", "--as", "plain")
        #expect(claimed.code == 2 && claimed.error.contains("you are who you logged in as, which is mo"))

        let listed = try site.releve("mo", "queue", "list", "--json", "--limit", "30")
        let posts = try JSONSerialization.jsonObject(with: Data(listed.out.utf8)) as? [String: Any]
        let rows = try #require(posts?["posts"] as? [[String: Any]])
        let mild = try #require(
            rows.first { ["mild", "moderate"].contains($0["hazard"] as? String) }?["id"] as? String)
        #expect(try site.releve("mo", "shift", "start").code == 0)
        #expect(try site.releve("mo", "queue", "show", mild, "--uncover").code == 0)
        let decided = try site.releve("mo", "decide", mild, "--action", "keep")
        #expect(decided.code == 0, "\(decided.error)")
        #expect(try site.releve("mo", "exposure", "show").code == 0)
        let raised = try site.releve("mo", "limits", "propose", "daily=110", "--reason", "more")
        #expect(raised.code == 2, "a moderator proposes no limits")
        #expect(try site.releve("mo", "shift", "end").code == 0)
        let partly = try site.releve("mo", "ledger", "verify")
        #expect(
            partly.code == 0 && partly.error.contains("the tables were not held against it"), "\(partly.out)")
        let wholly = try site.releve("plain", "ledger", "verify")
        #expect(
            wholly.code == 0 && wholly.out.contains("the tables say what the ledger says"), "\(wholly.out)")
    }
}
#endif
