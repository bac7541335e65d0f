import Foundation
import Testing

@Suite("The second verifier, written apart, takes what the program hands out", .serialized)
struct StrangerTests {
    /// Runs the verifier in Python; its answer, and whether it found all well.
    private func python(_ program: Program, _ words: String...) throws -> (isGood: Bool, said: String) {
        let candidates =
            ["/usr/bin/python3"]
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
                "\($0)/python3"
            }
        for candidate in candidates where FileManager.default.isExecutableFile(atPath: candidate) {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: candidate)
            process.arguments = [Program.root + "/Tests/LedgerTests/verify_ledger.py"] + words
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            // Without `cryptography` it says nothing.
            if !said.isEmpty { return (process.terminationStatus == 0, said) }
        }
        throw Missing.python
    }

    private enum Missing: Error { case python }

    private func write(_ text: String, _ name: String, in program: Program) throws -> String {
        try text.write(toFile: program.folder + "/" + name, atomically: true, encoding: .utf8)
        return program.folder + "/" + name
    }

    @Test func exportsReceiptsAndProofsOfConsistencyAreTakenAndChangedOnesAreNot() throws {
        let program = try Program()
        #expect(try program.makeSite().code == 0)
        #expect(try program.fill(40).code == 0)
        let key = try program.releve("ledger", "key").out.trimmingCharacters(in: .whitespacesAndNewlines)
        let old = try #require(try program.json("ledger", "checkpoint")["size"] as? Int)
        #expect(try program.run("releve-bench", ["decide", program.store, "--count", "20"]).code == 0)
        // Another key takes over halfway.
        #expect(try program.releve("ledger", "key", "--change", "routine").code == 0)
        let later = try program.releve("ledger", "key").out.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try program.releve("shift", "end").code == 0)
        let new = try #require(try program.json("ledger", "checkpoint")["size"] as? Int)

        let folder = program.folder + "/export"
        #expect(try program.releve("ledger", "export", folder).code == 0)
        let whole = try python(program, "export", folder, "--key", key)
        #expect(whole.isGood && whole.said.hasPrefix("intact: \(new) entries, root "), "\(whole.said)")
        let ours = try program.json("ledger", "verify", folder)
        #expect(whole.said.contains(try #require(ours["root"] as? String)))

        let receipt = try write(
            program.releve("ledger", "prove", "--entry", "17").out, "receipt.json", in: program)
        let taken = try python(program, "receipt", receipt, "--key", later)
        #expect(taken.isGood && taken.said.hasPrefix("included: 17 of \(new): "), "\(taken.said)")
        #expect(try !python(program, "receipt", receipt, "--key", key).isGood)
        let proof = try write(
            program.releve("ledger", "prove", "--from", "\(old)", "--to", "\(new)").out, "proof.json",
            in: program)
        let grown = try python(program, "consistency", proof, "--key", key, "--key", later)
        #expect(grown.isGood && grown.said.hasPrefix("consistent: \(old) to \(new)"), "\(grown.said)")

        // One letter of an entry, in both verifiers.
        let entries = folder + "/entries.jsonl"
        let text = try String(contentsOfFile: entries, encoding: .utf8)
        let place = try #require(text.range(of: "\"kind\":\"claimed\""))
        try text.replacingCharacters(in: place, with: "\"kind\":\"skipped\"").write(
            toFile: entries, atomically: true, encoding: .utf8)
        #expect(try !python(program, "export", folder, "--key", key).isGood)
        #expect(try program.releve("ledger", "verify", folder).code == 1)
    }
}
