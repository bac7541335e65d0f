import ArgumentParser
import Desk
import Foundation
import Ledger
import Moderation

/// `releve ledger`: the record, and the proof of it.
struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Read the ledger and check it.",
        subcommands: [
            Log.self,
            Verify.self,
            Checkpoint.self,
            Prove.self,
            Export.self,
            Key.self,
            Index.self,
        ], defaultSubcommand: Log.self)

    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print entries; --json gives their canonical bytes, one a line.",
            discussion:
                "Of somebody else's exposure, breaks or record only auditors are told more than the kind.")
        @OptionGroup var site: SiteOptions
        @Option(help: "From this number on; negative counts from the end.") var from: Int64 = -50
        @Option(help: "At most so many.") var limit = 50
        @Flag(help: "Canonical JSON, one entry a line.") var json = false

        func validate() throws {
            guard limit >= 0 else { throw ValidationError("--limit can't be negative") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let size = try desk.ledgerTree().size
            var index = from < 0 ? max(0, size + from) : from
            var left = Int64(limit)
            while left > 0 {
                let page = try desk.ledgerLog(from: index, limit: Int(min(left, 1000)), for: person)
                guard !page.isEmpty else { return }
                for numbered in page { print(numbered) }
                index += Int64(page.count)
                left -= Int64(page.count)
            }
        }

        private func print(_ numbered: NumberedEntry) {
            let entry = numbered.entry
            if json { return Output.line(String(decoding: entry.canonicalBytes(), as: UTF8.self)) }
            let facts = entry.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.brief)" }
            Output.line(
                [
                    String(numbered.index).padded(7), entry.at.rfc3339, entry.kind.rawValue.padded(16),
                    (entry.person?.rawValue ?? "-").padded(16), (entry.post?.rawValue ?? "-").padded(16),
                    facts.joined(separator: " "),
                ].joined(separator: "  "))
        }
    }
}

extension LedgerValue {
    /// A short form for people.
    fileprivate var brief: String {
        switch self {
        case .string(let text): text.count > 20 ? String(text.prefix(12)) + "…" : text
        case .integer(let number): String(number)
        case .bool(let flag): String(flag)
        case .array(let values): "[" + values.map(\.brief).joined(separator: ",") + "]"
        case .object(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.brief)" }.joined(
                    separator: ",")
                + "}"
        }
    }
}
