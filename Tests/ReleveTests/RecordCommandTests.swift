import Foundation
import Testing

@Suite("People take their records with them by command, and others check them")
struct RecordCommandTests {
    private func site(_ name: String) throws -> Program {
        let program = try Program()
        #expect(try program.releve("init", "--demo", "--name", name).code == 0)
        return program
    }

    private func looked(_ program: Program) throws {
        #expect(try program.releve("intake", "Queue/forum.jsonl").code == 0)
        #expect(try program.releve("shift", "start").code == 0)
        let listed = try program.releve("queue", "list", "--json", "--limit", "30")
        let posts = try JSONSerialization.jsonObject(with: Data(listed.out.utf8)) as? [String: Any]
        let rows = try #require(posts?["posts"] as? [[String: Any]])
        let mild = try #require(
            rows.first { ["mild", "moderate"].contains($0["hazard"] as? String) }?["id"] as? String)
        #expect(try program.releve("queue", "show", mild, "--uncover").code == 0)
        #expect(try program.releve("decide", mild, "--action", "keep").code == 0)
        #expect(try program.releve("shift", "end").code == 0)
    }

    @Test func aRecordIsExportedCheckedAndTakenAlong() throws {
        let old = try site("old.example/releve")
        try looked(old)
        let file = old.folder + "/record.json"
        #expect(try old.releve("exposure", "export", "--out", file).code == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        // Piped, it is the same file again but for its time and salt.
        #expect(try old.releve("exposure", "export").out.hasPrefix("{\"checkpoint\""))
        #expect(try old.releve("exposure", "export", "--text").out.contains("old.example/releve"))

        // Somewhere without any site.
        let nowhere = try Program()
        let key = try old.releve("ledger", "key").out.trimmingCharacters(in: .whitespacesAndNewlines)
        let checked = try nowhere.releve("exposure", "verify", file, "--key", key)
        #expect(checked.code == 0 && checked.out.contains("all of it holds"))
        #expect(
            try nowhere.releve("exposure", "verify", file, "--key", String(repeating: "0", count: 64)).code
                == 1)
        nowhere.language = "fr"
        #expect(try nowhere.releve("exposure", "verify", file).out.contains("tout est exact"))
        nowhere.language = "en"

        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let text = String(decoding: bytes, as: UTF8.self)
        let place = try #require(text.range(of: "\"visible_ms\":1"))
        bytes[text.utf8.distance(from: text.startIndex, to: place.upperBound) - 1] = UInt8(ascii: "2")
        let changed = old.folder + "/changed.json"
        try bytes.write(to: URL(fileURLWithPath: changed))
        let refused = try nowhere.releve("exposure", "verify", changed)
        #expect(refused.code == 1 && refused.error.contains("signature"))
        #expect(try nowhere.releve("exposure", "verify", old.folder + "/none.json").code == 2)

        let new = try site("new.example/releve")
        let taken = try new.releve("exposure", "take", file)
        #expect(taken.code == 0 && taken.out.contains("old.example/releve"))
        #expect(try new.releve("exposure", "take", changed).code != 0)
        #expect(try old.releve("exposure", "take", file).code == 2)
        #expect(try new.releve("ledger", "verify").code == 0)
        let shown = try new.releve("exposure", "show", "--json").out
        #expect(shown.contains("\"day_percent\"") || shown.contains("percent"))
    }

    @Test func conditionsAreSetAndShown() throws {
        let program = try site("pay.example/releve")
        #expect(try program.releve("conditions").out.contains("says nothing"))
        for wrong in [
            ["--per-item", "0.12"], ["--per-hour", "1", "--per-item", "1", "--currency", "EUR"],
            ["--per-hour", "12.345", "--currency", "EUR"], ["--per-hour", "12", "--currency", "euro"],
            ["--dispute-days", "3"], ["--floor-by", "law"],
        ] {
            #expect(try program.run("releve", ["conditions", "set"] + wrong).code == 2, "\(wrong)")
        }
        let set = try program.releve(
            "conditions", "set", "--per-item", "0.12", "--currency", "EUR", "--floor", "12.02")
        #expect(set.code == 0 && set.out.contains("0.12 EUR a decision") && set.out.contains("12.02 EUR"))
        try looked(program)
        let shown = try program.releve("conditions", "--json").out
        #expect(shown.contains("\"below_floor\"") && shown.contains("\"total\":12"))
        #expect(try program.releve("exposure", "settle").code == 0)
        #expect(try program.releve("conditions", "set", "--no-pay", "--dispute-days", "40").code == 0)
        #expect(try program.releve("ledger", "verify").code == 0)
    }

    @Test func aRecordIsHandedOver() throws {
        let program = try site("hand.example/releve")
        #expect(try program.releve("exposure", "team", "--month", "2020-01").code == 2)
        #expect(
            try program.releve("roster", "add", "--user", "gil", "--name", "Gil", "--roles", "physician").code
                == 0)
        #expect(try program.releve("exposure", "hand-over", "--to", "nobody").code == 2)
        let handed = try program.releve("exposure", "hand-over", "--to", "gil")
        #expect(handed.code == 0)
        let id = String(try #require(handed.out.split(separator: ":").first))
        #expect(try program.releve("exposure", "open", id).code == 2)
        #expect(try program.releve("exposure", "open", id, "--as", "gil").out.contains("hand.example/releve"))
        #expect(try program.releve("exposure", "handovers").out.contains("opened once"))
        #expect(try program.releve("exposure", "take-back", id).code == 0)
        #expect(try program.releve("exposure", "open", id, "--as", "gil").code == 2)
    }
}
