import ArgumentParser
import Desk
import Foundation
import Ledger
import Moderation
import Store

extension LedgerCommand {
    /// `releve ledger checkpoint`: signs.
    struct Checkpoint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign the ledger's size and root, and print the note; keep one elsewhere.",
            discussion: """
                A note that is kept in a second place (a file on another machine, a mail, paper) proves later that \
                nothing before it was rewritten: releve ledger verify --checkpoint FILE. Notes are also signed by \
                themselves at the end of shifts and every thousand entries, where the key can be read.
                """)
        @OptionGroup var site: SiteOptions
        @Option(name: .customLong("to"), help: "Also write the note to this file; replaces it whole.")
        var file: String?
        @Flag(help: "List the notes that were signed so far.") var list = false
        @Flag(help: "JSON.") var json = false

        func run() throws {
            let desk = try site.desk()
            if list { return try printAll(desk) }
            let made = try desk.signLedger()
            if let file { try write(made, to: file) }
            if json { return try Output.json(Row(made)) }
            for line in made.note.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                Output.line(String(line))
            }
        }

        private func write(_ made: StoredCheckpoint, to path: String) throws {
            do {
                try ExportFile.write(made.note, to: path)
                CareNotes.keep(\.checkpoint, path, at: made.at, of: try site.place())
            } catch let error as Complaint {
                throw Complaint("\(error.message); the note of size \(made.size) is signed and in the store")
            }
        }

        private func printAll(_ desk: Desk) throws {
            var from: Int64 = 0
            var rows: [Row] = []
            while true {
                let page = try desk.checkpoints(from: from, limit: 500)
                guard let last = page.last else { break }
                for checkpoint in page {
                    if json {
                        rows.append(Row(checkpoint))
                    } else {
                        Output.line("\(String(checkpoint.size).padded(10)) \(checkpoint.at.rfc3339)")
                    }
                }
                from = last.size + 1
            }
            if json { try Output.json(rows) }
        }

        private struct Row: Encodable {
            let size: Int64
            let at, note: String

            init(_ checkpoint: StoredCheckpoint) {
                size = checkpoint.size
                at = checkpoint.at.rfc3339
                note = checkpoint.note
            }
        }
    }

    /// `releve ledger prove`: receipts and proofs of consistency.
    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prove that an entry or a decision is in the ledger, or that the ledger only grew.",
            discussion: """
                The receipt of a decision can be handed to its author, who checks it without the site: \
                releve ledger verify --key HEX FILE, or by the format page.
                """)
        @OptionGroup var site: SiteOptions
        @Option(help: "The number of an entry.") var entry: Int64?
        @Option(help: "A decision's id.") var decision: String?
        @Option(name: .customLong("from"), help: "The size of an earlier checkpoint.") var old: Int64?
        @Option(name: .customLong("to"), help: "The size of a later checkpoint (default: the last).")
        var new: Int64?

        func validate() throws {
            guard [entry != nil, decision != nil, old != nil].count(where: { $0 }) == 1 else {
                throw ValidationError("say what to prove: --entry N, --decision ID, or --from SIZE")
            }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            if let old {
                let last = try desk.lastCheckpoint()?.size ?? 0
                let proof = try desk.consistency(from: old, to: new ?? last)
                return Output.document(proof.json)
            }
            var index = entry
            if let decision {
                index = try desk.entryIndex(of: DecisionID(decision))
                if index == nil { throw Complaint("no decision \(decision) (see: releve queue show ID)") }
            }
            Output.document(try desk.receipt(for: index ?? 0, by: person).json)
        }
    }

    /// `releve ledger export`: the whole record, for another machine.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write entries, checkpoints and policies into a folder that verify takes anywhere.",
            discussion: "No words of posts and no names are in it: entries hold digests and pseudonyms only.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The folder; must not be there yet.") var folder: String

        func run() throws {
            let (desk, person) = try site.signIn()
            try desk.demandWholeLedger(for: person)
            if try desk.checkpoints(from: 0, limit: 1).isEmpty { _ = try desk.signLedger() }
            let progress = Progress(what: "entries")
            let size = try LedgerFolder.write(desk, to: folder, progress: progress)
            progress.finish()
            Output.line("\(size) entries in \(folder); check them with: releve ledger verify \(folder)")
        }
    }

    /// `releve ledger key`: which key signs, and another one in its place.
    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the key that signs the ledger, or let another take over.",
            discussion: """
                --change routine: a new key, which the old one vouches for. --change stolen: the same; what the old \
                key signs from then on counts for nothing. --change lost: nothing vouches for the new key but the \
                ledger itself, so compare the last checkpoint you kept elsewhere (verify --checkpoint) and make the \
                new key known by another way.
                """)
        @OptionGroup var site: SiteOptions
        @Option(help: "routine, lost or stolen.") var change: String?

        func run() throws {
            guard let change else {
                return Output.line(try site.desk().site().publicKey)
            }
            guard let reason = KeyChange(rawValue: change) else {
                throw Complaint("--change: unknown \(change.debugDescription) (one of routine, lost, stolen)")
            }
            let (desk, person) = try site.signIn()
            let path = try site.keyPath()
            let old = reason == .lost ? nil : try KeyFile.read(at: path)
            let former = try desk.site().publicKey
            let key = SiteKey()
            // The file first: a key that signs and is nowhere would be lost at once.
            try KeyFile.replace(at: path, with: key, keeping: String(former.prefix(8)))
            let made: StoredCheckpoint
            do { made = try desk.changeKey(to: key, from: old, reason: reason, by: person) } catch {
                try KeyFile.restore(at: path, from: String(former.prefix(8)))
                throw error
            }
            Output.line("the key \(key.publicKeyHex) signs from entry \(made.size) on; make it known")
            Output.line("the old key is kept in \(path).\(former.prefix(8))")
        }
    }
}
