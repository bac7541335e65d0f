import Foundation
import Testing

@Suite("Policies are compared and measured from the command line", .serialized)
struct PolicyMeasureTests {
    private static let policy = """
        id: hate
        title: Hate
        guidance: Look twice.
        neutral: A post.
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: mild
        actions: [remove, label, keep]
        rules:
          - id: hate/word
            selections: {word: {body: {any_word: [alpha, beta]}}}
            recommend: remove
          - id: hate/trial
            status: shadow
            selections: {word: {body: {any_word: [gamma]}}}
            recommend: label

        """

    private func folder(_ name: String, in program: Program, _ text: String) throws -> String {
        let folder = program.folder + "/" + name
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/hate.yaml", atomically: true, encoding: .utf8)
        return folder
    }

    private func file(_ name: String, in program: Program, _ text: String) throws -> String {
        try text.write(toFile: program.folder + "/" + name, atomically: true, encoding: .utf8)
        return program.folder + "/" + name
    }

    @Test func labelledFilesAreMeasuredWithoutASite() throws {
        let program = try Program()
        let policies = try folder("policies", in: program, Self.policy)
        let csv = try file("a.csv", in: program, "tweet,gold\nalpha,bad\nbeta,good\ngamma,bad\nquiet,\n")
        let jsonl = try file("b.jsonl", in: program, "{\"tweet\":\"alpha\",\"gold\":\"bad\"}\n{\"tweet\n")
        let arguments = ["--map", "text=tweet", "--label", "hate=gold:bad"]
        func run(_ more: [String], _ files: [String]) throws -> Program.Output {
            try program.run(
                "releve", ["policy", "backtest", policies, "--labelled"] + files + arguments + more)
        }
        let whole = try run(["--csv"], [csv])
        #expect(whole.code == 0 && whole.error.contains("1 rows without a label for hate"))
        let lines = whole.out.split(separator: "\n").map(String.init)
        #expect(lines[1].hasPrefix("policy,hate,,,3,2,1,1,1,0,0.500000,0.094531,0.905469,"))
        #expect(lines.contains { $0.hasPrefix("policy_with_trials,hate+,,,3,2,2,1,0,0,") })
        #expect(lines.contains { $0.hasPrefix("rule,hate/trial,shadow,label,3,2,1,0,1,1,") })
        // A line that can't be read is named; the good ones count.
        let both = try run(["--json"], [csv, jsonl])
        #expect(both.code == 2 && both.error.contains("b.jsonl:2: "))
        #expect(both.out.contains("\"posts\":4"))
        let listed = try run(["--list", "hate:fp", "--list", "hate/trial:tp"], [csv])
        #expect(listed.out == "\(csv):3\n\(csv):4\n" && listed.error.contains("hate:fp: 1"))
        #expect(try run(["--min-f1", "hate=0.4"], [csv]).code == 0)
        let gate = try run(["--min-f1", "hate=0.6"], [csv])
        #expect(gate.code == 1 && gate.error.contains("F1 of hate is 0.50, below 0.6"))
        let unknown = try program.releve(
            "policy", "backtest", policies, "--labelled", csv, "--map", "text=tweet", "--label",
            "hat=gold:bad")
        #expect(unknown.code == 2 && unknown.error.contains("did you mean \"hate\"?"))
        let column = try program.releve(
            "policy", "backtest", policies, "--labelled", csv, "--map", "text=tweet", "--label",
            "hate=god:bad")
        #expect(
            column.code == 2
                && column.error.contains("a.csv:1: --label names columns that are not there: god"))
    }

    @Test func decisionsAreMeasuredAndPostsComparedOnASite() throws {
        let program = try Program()
        let old = try folder("old", in: program, Self.policy)
        let new = try folder(
            "new", in: program, Self.policy.replacingOccurrences(of: "[alpha, beta]", with: "[alpha, delta]"))
        #expect(try program.releve("init", "--demo", "--policies", old).code == 0)
        let posts = try file(
            "posts.jsonl", in: program,
            ["alpha", "beta", "delta", "quiet"].map {
                #"{"id":"\#($0)","source":"x","text":"\#($0) secret-word"}"#
            }
            .joined(separator: "\n"))
        #expect(try program.releve("intake", posts).code == 0)
        let ids = try (program.json("queue", "list")["posts"] as? [[String: Any]] ?? [])
            .compactMap { $0["id"] as? String }
        #expect(ids.count == 4)
        for id in ids { #expect(try program.releve("decide", id, "--action", "keep").code == 0) }
        let measured = try program.releve("policy", "backtest")
        #expect(measured.code == 0 && measured.out.contains("4 decisions"))
        #expect(measured.out.contains("hate: recommended ↓ decided →"))
        let wrong = try program.releve("policy", "backtest", new, "--list", "hate:remove:keep")
        #expect(Set(wrong.out.split(separator: "\n").map(String.init)).isSubset(of: ids))
        #expect(wrong.error.contains("hate:remove:keep: 2"))
        let diff = try program.releve("policy", "diff", "in-force", new, "--posts", "--list")
        #expect(diff.code == 0)
        for line in [
            "~ hate/word", "~ selection word words  + delta  - beta", "4 posts compared: 2 change",
            "nothing → remove: 1",
            "hate/word: +1 −1",
        ] { #expect(diff.out.contains(line), "\(line)") }
        #expect(!diff.out.contains("secret-word") && !measured.out.contains("secret-word"))
        #expect(try program.releve("policy", "adopt", new).code == 0)
        let digest = try program.json("policy", "diff", old, "in-force")["before"] as? String ?? ""
        let recorded = try program.releve("policy", "diff", String(digest.prefix(8)), new)
        #expect(recorded.code == 0 && recorded.out.contains("policies: 0 added, 0 removed, 1 changed"))
        #expect(try program.releve("policy", "diff", old, old).out.contains("the same bundle"))
        let none = try program.releve("policy", "diff", old, "nowhere")
        #expect(none.code == 2 && none.error.contains("is no policies"))
    }
}
