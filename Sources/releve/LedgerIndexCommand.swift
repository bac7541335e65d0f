import ArgumentParser
import Foundation
import Ledger

extension LedgerCommand {
    /// `releve ledger index`: one signature over the logs of a site that is split.
    struct Index: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Sign what several logs have come to: for a site that is split, each part with a log of its own.",
            discussion: """
                Each part signs a checkpoint (releve ledger checkpoint --to FILE); here they are brought together: \
                releve ledger index forum.example/all --index-key all.key --log HEX=north.txt --log HEX=south.txt --to all.json. \
                HEX is the part's public key (releve ledger key). With --after, an index in which a log of the earlier one \
                is missing or has become shorter is not signed. Anybody checks it without a site: releve ledger verify \
                all.json --key HEX.
                """)
        @Argument(help: "What the index is called, as a site is.") var name: String
        @Option(
            name: .customLong("log"), help: "A part's public key, =, and the file of its note; repeat it.")
        var logs: [String] = []
        @Option(
            name: .customLong("index-key"),
            help: "The file of the index's own signing key; made when missing.")
        var key: String
        @Option(name: .customLong("after"), help: "The index before this one.") var before: String?
        @Option(name: .customLong("to"), help: "Where it is written; replaces it whole.") var file: String

        func validate() throws {
            guard !logs.isEmpty else { throw ValidationError("name at least one log: --log HEX=FILE") }
        }

        func run() throws {
            let named = try logs.map { text in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else {
                    throw Complaint("--log \(text): say HEX=FILE, the part's key and its note")
                }
                return (path: parts[1], log: LogIndex.Log(key: parts[0], note: try Verify.text(parts[1])))
            }
            for (path, log) in named {
                do { _ = try Ledger.Checkpoint(note: log.note, publicKeyHex: log.key) } catch {
                    throw Complaint("\(path): \(error.sentence)")
                }
            }
            let older = try before.map { path in
                do { return try LogIndex(json: Array(Verify.text(path).utf8)) } catch let error as LedgerError
                {
                    throw Complaint("\(path): \(error.sentence)")
                }
            }
            let signer = try KeyFile.make(at: key)
            let made: LogIndex
            do throws(LedgerError) {
                made = try LogIndex(origin: name, logs: named.map(\.log), signedBy: signer)
            } catch {
                throw Complaint(
                    error == .notAProof
                        ? "two of these notes are of one log (name each part's last note once)"
                        : "\(name): \(error.sentence)")
            }
            do throws(LedgerError) {
                _ = try made.check(publicKeys: [signer.publicKeyHex], after: older)
            } catch {
                throw Complaint(
                    "not signed: beside \(before ?? name) a log is missing or has become shorter, or that index is another's "
                        + "(give the latest note of every part)")
            }
            try ExportFile.write(String(decoding: made.json, as: UTF8.self), to: file)
            Output.line("\(name): \(named.count) logs in \(file), signed by \(signer.publicKeyHex)")
        }
    }
}
