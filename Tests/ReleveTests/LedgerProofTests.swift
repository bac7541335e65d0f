import Foundation
import Testing

@Suite("The ledger can be proved on another machine")
struct LedgerProofTests {
    private func site() throws -> Program {
        let program = try Program()
        #expect(try program.releve("init", "--demo").code == 0)
        #expect(try program.releve("intake", "Queue/forum.jsonl").code == 0)
        return program
    }

    private func json(_ output: Program.Output) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any])
    }

    @Test func aDecisionsReceiptAnExportAndACheckpointSpeakForThemselves() throws {
        let program = try site()
        let folder = program.folder
        #expect(try program.releve("ledger", "checkpoint", "--to", folder + "/note.txt").code == 0)
        let post = try #require(
            (try json(program.releve("queue", "list", "--json", "--limit", "1"))["posts"] as? [[String: Any]])?
                .first?["id"] as? String)
        #expect(try program.releve("shift", "start").code == 0)
        #expect(try program.releve("decide", post, "--action", "keep").code == 0)
        let shown = try json(program.releve("queue", "show", post, "--json"))
        let decision = try #require((shown["decisions"] as? [[String: Any]])?.first?["id"] as? String)
        let receipt = try program.releve("ledger", "prove", "--decision", decision)
        #expect(receipt.code == 0 && receipt.out.utf8.count <= 2048)
        try receipt.out.write(toFile: folder + "/receipt.json", atomically: true, encoding: .utf8)
        let key = try program.releve("ledger", "key").out.trimmingCharacters(in: .whitespacesAndNewlines)
        let checked = try program.releve("ledger", "verify", "--key", key, folder + "/receipt.json")
        #expect(checked.code == 0 && checked.out.contains("decided at"))
        let other = String(repeating: "0", count: 64)
        #expect(try program.releve("ledger", "verify", "--key", other, folder + "/receipt.json").code == 1)
        #expect(try program.releve("shift", "end").code == 0)
        let whole = try program.releve("ledger", "verify", "--checkpoint", folder + "/note.txt", "--json")
        #expect(whole.code == 0)
        // The note given, its twin in the store, that of the receipt and that of the shift's end.
        #expect(try json(whole)["checkpoints"] as? Int == 4)
        #expect(try program.releve("ledger", "export", folder + "/ex").code == 0)
        #expect(try program.releve("ledger", "export", folder + "/ex").code == 2)
        #expect(try program.releve("ledger", "verify", "--key", key, folder + "/ex").code == 0)
        // One letter changed in a place that stays canonical.
        let entries = folder + "/ex/entries.jsonl"
        var text = try String(contentsOfFile: entries, encoding: .utf8)
        let place = try #require(text.range(of: "\"content\":\""))
        let letter = text[place.upperBound]
        text.replaceSubrange(place.upperBound...place.upperBound, with: letter == "a" ? "b" : "a")
        try text.write(toFile: entries, atomically: true, encoding: .utf8)
        let caught = try program.releve("ledger", "verify", folder + "/ex")
        #expect(caught.code == 1 && caught.out.contains("does NOT verify"))
        #expect(caught.out.contains("depends on it"))
        try indexIsSignedOnceAndHandedOn(program, key)
    }

    /// An index over the site's log: taken as it is, and refused with another key or an older note behind a newer.
    private func indexIsSignedOnceAndHandedOn(_ program: Program, _ key: String) throws {
        let folder = program.folder
        #expect(try program.releve("ledger", "checkpoint", "--to", folder + "/later.txt").code == 0)
        let made = try program.releve(
            "ledger", "index", "example/all", "--index-key", folder + "/all.key", "--log",
            "\(key)=\(folder)/later.txt", "--to", folder + "/all.json")
        #expect(made.code == 0, "\(made)")
        let own = String(made.out.trimmingCharacters(in: .whitespacesAndNewlines).suffix(64))
        let checked = try program.releve("ledger", "verify", "--key", own, folder + "/all.json")
        #expect(checked.code == 0 && checked.out.contains("index example/all of 1 logs"), "\(checked)")
        #expect(try program.releve("ledger", "verify", "--key", key, folder + "/all.json").code == 1)
        let shorter = try program.releve(
            "ledger", "index", "example/all", "--index-key", folder + "/all.key", "--log",
            "\(key)=\(folder)/note.txt", "--to", folder + "/old.json", "--after", folder + "/all.json")
        #expect(shorter.code == 2 && shorter.error.contains("has become shorter"), "\(shorter)")
        #expect(!FileManager.default.fileExists(atPath: folder + "/old.json"))
    }

    @Test func aKeyThatWasStolenOrLostGivesWayToAnother() throws {
        let program = try site()
        let old = try program.releve("ledger", "key").out
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        #expect(try program.releve("ledger", "key", "--change", "stolen").code == 0)
        let new = try program.releve("ledger", "key").out
        #expect(old != new)
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        #expect(try program.releve("ledger", "verify").code == 0)
        // The thief puts the old key file in place: it signs nothing any more.
        let file = program.store + ".key"
        let aside = file + "." + old.prefix(8)
        try FileManager.default.removeItem(atPath: file)
        try FileManager.default.copyItem(atPath: aside, toPath: file)
        let refused = try program.releve("ledger", "checkpoint")
        #expect(refused.code != 0 && refused.error.contains("the key that signs this ledger can't be read"))
        // The new key is gone with that: a lost key is replaced without it.
        #expect(try program.releve("ledger", "key", "--change", "lost").code == 0)
        #expect(try program.releve("ledger", "checkpoint").code == 0)
        #expect(try program.releve("ledger", "verify").code == 0)
        #expect(try program.releve("ledger", "key", "--change", "mislaid").code == 2)
    }
}
