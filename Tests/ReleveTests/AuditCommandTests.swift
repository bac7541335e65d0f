import Foundation
import Testing

@Suite("The audit desk by commands", .serialized)
struct AuditCommandTests {
    /// A demo site where ada leads, ben and cleo moderate, eve and fay audit; six posts are decided.
    private func decided() throws -> (Program, [String: String]) {
        let program = try Program()
        _ = try program.makeSite()
        var pseudonyms: [String: String] = [:]
        for (name, role) in [
            ("ben", "moderator"), ("cleo", "moderator"), ("eve", "auditor"), ("fay", "auditor"),
        ] {
            let added = try program.releve(
                "roster", "add", "--user", name, "--name", "Name-of-\(name)", "--roles", role)
            pseudonyms[name] = added.out.split(separator: " ").last.map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }
        }
        _ = try program.fill(6)
        let posts = try program.json("queue", "list")["posts"] as? [[String: Any]] ?? []
        for (index, post) in posts.enumerated() {
            let id = try #require(post["id"] as? String)
            let decided = try program.releve(
                "decide", id, "--action", "keep", "--as", index % 2 == 0 ? "ben" : "cleo")
            #expect(decided.code == 0, "\(decided.error)")
        }
        return (program, pseudonyms)
    }

    @Test func anAuditorListsShowsSamplesMarksAndCountsAgreement() throws {
        let (program, pseudonyms) = try decided()
        let ben = try #require(pseudonyms["ben"])
        let list = try program.json("audit", "list", "--as", "eve")
        #expect(list["total"] as? Int == 6)
        #expect(try program.json("audit", "list", "--who", ben, "--as", "eve")["total"] as? Int == 3)
        #expect(try program.json("audit", "list", "--query", "differs", "--as", "eve")["total"] as? Int == 0)
        let wrong = try program.releve("audit", "list", "--query", "action:kep", "--as", "eve")
        #expect(wrong.code == 2 && wrong.error.contains("filter:1") && wrong.error.contains("keep, label"))
        #expect(try program.releve("audit", "list", "--as", "ben").error.contains("needs the role auditor"))
        let drawn = try program.json(
            "audit", "sample", "draw", "--size", "4", "--strata", "moderator", "--as", "eve")
        let sample = try #require(drawn["id"] as? String)
        let again = try program.json("audit", "sample", "redraw", sample, "--as", "fay")
        #expect(again["same"] as? Bool == true)
        let served = try program.json("audit", "sample", "show", sample, "--as", "eve")
        let items = served["items"] as? [[String: Any]] ?? []
        #expect(items.count == 4)
        for item in items {
            let line = item["line"] as? [String: Any] ?? [:]
            let id = try #require(line["id"] as? String)
            #expect(line["hidden"] as? Bool == true && line["decision"] == nil)
            let early = try program.releve("audit", "mark", id, "agree", "--as", "eve")
            #expect(early.code == 2 && early.error.contains("audit judge"))
            #expect(try program.releve("audit", "judge", id, "--action", "keep", "--as", "eve").code == 0)
            let mark = try program.releve("audit", "mark", id, "agree", "--sample", sample, "--as", "eve")
            #expect(mark.code == 0, "\(mark.error)")
        }
        let figures = try program.json("audit", "figures", "--sample", sample, "--as", "eve")
        #expect(figures["decisions"] as? Int == 4 && figures["agree"] as? Int == 4)
        let alpha = figures["verdicts"] as? [String: Any]
        #expect(alpha?["undefined"] as? String == "no_pairs")
        #expect(
            try program.releve("audit", "figures", "--as", "eve").out.contains(
                "upheld of the clear ones: 100.0 %"))
        // The post is covered until asked for, and then it counts.
        let id = try #require((items[0]["line"] as? [String: Any])?["id"] as? String)
        #expect(try !program.releve("audit", "show", id, "--as", "eve").out.contains("hello"))
        #expect(try program.releve("audit", "show", id, "--uncover", "--as", "eve").out.contains("hello"))
        let ledger = try program.releve("ledger", "log", "--limit", "1000", "--as", "eve").out
        #expect(
            ledger.contains("audit_looked") && ledger.contains("sample_announced")
                && ledger.contains("audit_marked"))
        #expect(try program.releve("ledger", "verify").code == 0)
    }

    @Test func aNameIsSeenByTwoPeopleOnceAndNowhereElse() throws {
        let (program, pseudonyms) = try decided()
        let ben = try #require(pseudonyms["ben"])
        let asked = try program.releve("audit", "open", ben, "--reason", "grave", "--as", "eve")
        let request = try #require(
            asked.out.split(separator: " ").dropFirst().first.map { String($0.dropLast()) })
        #expect(try program.releve("audit", "approve", request, "--as", "eve").code == 2)
        #expect(try program.releve("audit", "name", request, "--as", "eve").code == 2)
        #expect(try program.releve("audit", "approve", request, "--as", "fay").code == 0)
        #expect(try program.releve("audit", "name", request, "--as", "eve").out == "Name-of-ben\n")
        #expect(try program.releve("audit", "name", request, "--as", "eve").error.contains("shown once"))
        let own = try program.json("exposure", "show", "--as", "ben")["name_opened"] as? [[String: Any]] ?? []
        #expect(own.count == 1 && own[0]["by"] as? String == pseudonyms["eve"])
        #expect(try program.releve("exposure", "show", "--as", "ben").out.contains("saw your name"))
        // What an auditor can print names nobody but themselves.
        for command in [
            ["audit", "list"], ["audit", "openings"], ["audit", "sample", "list"], ["audit", "figures"],
            ["ledger", "log"],
            ["roster", "list"], ["limits", "show"], ["limits", "history"], ["policy", "list"],
            ["queue", "list"],
        ] {
            let out = try program.run("releve", command + ["--as", "eve"]).out
            for name in ["ben", "cleo", "fay"] { #expect(!out.contains("Name-of-\(name)"), "\(command)") }
        }
    }
}
