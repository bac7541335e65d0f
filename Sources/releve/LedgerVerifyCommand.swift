import ArgumentParser
import Desk
import Foundation
import Ledger
import Moderation

extension LedgerCommand {
    /// `releve ledger verify`: the site's own ledger, or what somebody was handed of one.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Recompute the whole ledger; exit 1 names the first entry that differs.",
            discussion: """
                Without a file, the ledger of the site is recomputed and compared with every checkpoint in the store \
                and with those given by --checkpoint, which should come from another place. With files, what they \
                hold is checked without a site: receipts, proofs of consistency, and folders made by export.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "Receipts, proofs or exported folders, to be checked without the site.")
        var files: [String] = []
        @Option(name: .customLong("checkpoint"), help: "A checkpoint kept elsewhere; may be repeated.")
        var checkpoints: [String] = []
        @Option(name: .customLong("key"), help: "The site's public key, in hexadecimal; may be repeated.")
        var keys: [String] = []
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            guard files.isEmpty else { return try verifyFiles() }
            let notes = try checkpoints.map(Self.text)
            let desk = try site.desk()
            let progress = Progress(what: "entries")
            let result = try desk.verifyLedger(notes: notes) { progress.report(done: $0, of: $1) }
            progress.finish()
            try report(result, of: nil)
            if !result.isIntact { throw ExitCode(1) }
        }

        private func verifyFiles() throws {
            var isGood = true
            for file in files {
                do {
                    if let folder = try LedgerFolder(path: file) {
                        let result = try folder.verify(keys: keys, notes: try checkpoints.map(Self.text))
                        try report(result, of: file)
                        isGood = isGood && result.isIntact
                    } else {
                        try check(Array(Self.text(file).utf8), file: file)
                    }
                } catch let error as LedgerError {
                    isGood = false
                    Output.line("\(file): \(error.sentence)")
                }
            }
            if !isGood { throw ExitCode(1) }
        }

        private func check(_ bytes: [UInt8], file: String) throws {
            guard !keys.isEmpty else {
                throw Complaint("\(file) says nothing without the site's public key (give it with --key HEX)")
            }
            if let proof = try? ConsistencyProof(json: bytes) {
                let (old, new) = try proof.check(publicKeys: keys)
                return Output.line(
                    "\(file): the log \(new.origin) of \(new.size) entries begins with that of \(old.size)")
            }
            let receipt = try Receipt(json: bytes)
            let entry = try receipt.check(publicKeys: keys)
            let checkpoint = try Ledger.Checkpoint(note: receipt.checkpoint, signedByAnyOf: keys)
            Output.line(
                "\(file): entry \(receipt.index) is in the log \(checkpoint.origin) of \(checkpoint.size) entries: "
                    + "\(entry.kind.rawValue) at \(entry.at.rfc3339)")
        }

        private func report(_ result: LedgerVerification, of file: String?) throws {
            let root = Hexadecimal.string(result.root)
            if json { return try Output.json(Report(result, file: file, root: root)) }
            let name = file.map { "\($0): " } ?? ""
            guard result.isIntact else {
                Output.line("\(name)the ledger does NOT verify: \(result.problem ?? "it differs")")
                if let first = result.firstDifference {
                    Output.line(
                        "  everything from entry \(first) on depends on it: "
                            + "\(max(0, result.size - first)) entries; before it all is as it was")
                }
                return
            }
            Output.line("\(name)the ledger is intact: \(result.size) entries, root \(root)")
            Output.line(
                result.checkpoints == 0
                    ? "no checkpoint yet: sign one with releve ledger checkpoint, and keep it elsewhere"
                    : "\(result.checkpoints) checkpoints agree, the last of size \(result.provedTo)")
            if file != nil, let key = result.keys.tenures.last?.key {
                Output.line("signed by the key \(key): compare it with the one that the site makes known")
            }
        }

        static func text(_ file: String) throws -> String {
            do {
                return file == "-"
                    ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
                    : try String(contentsOfFile: file, encoding: .utf8)
            } catch { throw Complaint("can't read \(file) (check its path and permissions)") }
        }

        private struct Report: Encodable {
            let ok: Bool
            let file: String?
            let size, provedTo: Int64
            let checkpoints: Int
            let root: String
            let keys: [String]
            let firstDifference: Int64?
            let problem: String?

            init(_ result: LedgerVerification, file: String?, root: String) {
                ok = result.isIntact
                self.file = file
                size = result.size
                provedTo = result.provedTo
                checkpoints = result.checkpoints
                self.root = root
                keys = result.keys.tenures.map(\.key)
                firstDifference = result.firstDifference
                problem = result.problem
            }

            enum CodingKeys: String, CodingKey {
                case ok, file, size, checkpoints, root, keys, problem
                case provedTo = "proved_to"
                case firstDifference = "first_difference"
            }
        }
    }
}

extension LedgerError {
    /// What is wrong, for people.
    var sentence: String {
        switch self {
        case .badSignature: "the signature is not by the site's key (give the key that signed with --key)"
        case .notAKey: "the key is not 64 hexadecimal digits of an Ed25519 public key"
        case .notACheckpoint:
            "it holds no checkpoint: origin, size and root on a line each, then the signature"
        case .notAProof: "it is neither a receipt nor a proof of consistency"
        case .notProved:
            "the proof does NOT lead to the signed root: this was never in that log, or was changed"
        case .notAnEntry, .notCanonical, .unknownVersion: "the entry in it is not one of a ledger"
        case .damagedTree, .notAnEvaluation: "it is damaged"
        }
    }
}
