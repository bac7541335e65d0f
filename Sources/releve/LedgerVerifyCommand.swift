import ArgumentParser
import Desk
import Foundation
import Ledger
import Moderation
import Store

extension LedgerCommand {
    /// `releve ledger verify`: the site's own ledger, or what somebody was handed of one.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Recompute the whole ledger and hold the tables against it; exit 1 names what differs first.",
            discussion: """
                Without a file, the ledger of the site is recomputed and compared with every checkpoint in the store \
                and with those given by --checkpoint, which should come from another place; then every table is held \
                against what the entries say it must hold. With files, what they hold is checked without a site: \
                receipts, proofs of consistency, indexes of several logs, and folders made by export.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "Receipts, proofs, indexes or exported folders, to be checked without the site.")
        var files: [String] = []
        @Option(name: .customLong("checkpoint"), help: "A checkpoint kept elsewhere; may be repeated.")
        var checkpoints: [String] = []
        @Option(name: .customLong("key"), help: "The site's public key, in hexadecimal; may be repeated.")
        var keys: [String] = []
        @Flag(help: "Leave out the tables; the entries alone are recomputed.") var ledgerOnly = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            guard files.isEmpty else { return try verifyFiles() }
            let notes = try checkpoints.map(Self.text)
            do {
                let desk = try site.desk()
                let progress = Progress(what: "entries")
                var result = try desk.verifyLedger(notes: notes) { progress.report(done: $0, of: $1) }
                progress.finish()
                if result.problem == nil, !keys.isEmpty, !keys.contains(result.keys.tenures.last?.key ?? "") {
                    result.problem =
                        "this log doesn't end with the key given: it is another one, or was cut short"
                }
                // What the tables should say is known only from a ledger that is as it was.
                let seesAll = try ledgerOnly || desk.caller()?.seesAllRows ?? true
                let tables = result.isIntact && !ledgerOnly && seesAll ? try verifyTables(desk) : nil
                if !seesAll { Output.note(Self.unseen) }
                try report(result, of: nil, tables: tables)
                if !result.isIntact || tables?.isIntact == false { throw ExitCode(1) }
            } catch let DeskError.damaged(what) {
                Output.complain(DeskError.damaged(what).message(in: Settings.language))
                throw ExitCode(1)
            }
        }

        private static let unseen =
            Settings.language == "fr"
            ? "les tables n'ont pas été comparées : le serveur ne les montre entières qu'à qui les possède"
            : "the tables were not held against it: the server shows whole ones only to who owns them"

        private func verifyTables(_ desk: Desk) throws -> TableVerification {
            let progress = Progress(
                what: Settings.language == "fr" ? "entrées et lignes" : "entries and rows")
            defer { progress.finish() }
            return try desk.verifyTables { progress.report(done: $0, of: $1) }
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
            if let index = try? LogIndex(json: bytes) {
                let (own, logs) = try index.check(publicKeys: keys)
                Output.line("\(file): the index \(own.origin) of \(own.size) logs is signed, and so are they")
                for log in logs {
                    Output.line("  \(log.origin): \(log.size) entries, root \(Hexadecimal.string(log.root))")
                }
                return
            }
            let receipt = try Receipt(json: bytes)
            let entry = try receipt.check(publicKeys: keys)
            let checkpoint = try Ledger.Checkpoint(note: receipt.checkpoint, signedByAnyOf: keys)
            Output.line(
                "\(file): entry \(receipt.index) is in the log \(checkpoint.origin) of \(checkpoint.size) entries: "
                    + "\(entry.kind.rawValue) at \(entry.at.rfc3339)")
        }

        private func report(
            _ result: LedgerVerification, of file: String?, tables: TableVerification? = nil
        ) throws {
            let root = Hexadecimal.string(result.root)
            if json { return try Output.json(Report(result, file: file, root: root, tables: tables)) }
            defer { if let tables { report(tables) } }
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
            if result.withheld > 0 {
                Output.line(
                    "\(result.withheld) entries tell of others' exposure or work: of these only the hashes were checked; auditors check all"
                )
            }
            Output.line(
                result.checkpoints == 0
                    ? "no checkpoint yet: sign one with releve ledger checkpoint, and keep it elsewhere"
                    : "\(result.checkpoints) checkpoints agree, the last of size \(result.provedTo)")
            if file != nil, let key = result.keys.tenures.last?.key {
                Output.line("signed by the key \(key): compare it with the one that the site makes known")
            }
        }

        private func report(_ tables: TableVerification) {
            let language = Settings.language
            for difference in tables.differences {
                Output.line(difference.message(in: language))
                let label = language == "fr" ? "en dépend" : "depends on it"
                Output.line("  \(label): \(difference.dependents(in: language))")
            }
            if tables.isIntact {
                Output.line(
                    language == "fr"
                        ? "les tables disent ce que dit le registre : \(tables.rows) lignes"
                        : "the tables say what the ledger says: \(tables.rows) rows")
            }
            guard tables.fullFrom ?? 0 > 0, let from = tables.fullFrom else { return }
            Output.line(
                language == "fr"
                    ? "les entrées d'avant \(from) en disent moins : ce qu'elles taisent n'a pu être comparé"
                    : "entries before \(from) tell less: what they leave out could not be compared")
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
            let size, withheld, provedTo: Int64
            let checkpoints: Int
            let root: String
            let keys: [String]
            let firstDifference: Int64?
            let problem: String?
            let tables: Tables?

            init(_ result: LedgerVerification, file: String?, root: String, tables: TableVerification?) {
                ok = result.isIntact && tables?.isIntact ?? true
                self.tables = tables.map { Tables($0) }
                self.file = file
                size = result.size
                withheld = result.withheld
                provedTo = result.provedTo
                checkpoints = result.checkpoints
                self.root = root
                keys = result.keys.tenures.map(\.key)
                firstDifference = result.firstDifference
                problem = result.problem
            }

            enum CodingKeys: String, CodingKey {
                case ok, file, size, withheld, checkpoints, root, keys, problem, tables
                case provedTo = "proved_to"
                case firstDifference = "first_difference"
            }
        }

        private struct Tables: Encodable {
            let ok: Bool
            let rows: Int64
            let fullFrom: Int64?
            let differences: [Difference]

            init(_ tables: TableVerification) {
                ok = tables.isIntact
                rows = tables.rows
                fullFrom = tables.fullFrom
                differences = tables.differences.map { Difference($0) }
            }

            enum CodingKeys: String, CodingKey {
                case ok, rows, differences
                case fullFrom = "full_from"
            }
        }

        private struct Difference: Encodable {
            let table, row, problem, depends: String
            let column: String?
            let entry: Int64?

            init(_ difference: TableDifference) {
                table = difference.table?.rawValue ?? "store"
                row = difference.row
                problem = difference.message(in: Settings.language)
                depends = difference.dependents(in: Settings.language)
                entry = difference.entry
                if case .differs(let name) = difference.way { column = name } else { column = nil }
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
        case .notAProof: "it is neither a receipt, nor a proof of consistency, nor an index of logs"
        case .notProved:
            "the proof does NOT lead to the signed root: this was never in that log, or was changed"
        case .notAnEntry, .notCanonical, .unknownVersion: "the entry in it is not one of a ledger"
        case .damagedTree, .notAnEvaluation: "it is damaged"
        }
    }
}
