import ArgumentParser
import Desk
import Enforcement
import Moderation

/// `releve export`: records leave the site, each time told in the ledger.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write statements of reasons, decisions, labels or a report to files.",
        discussion: """
            For leads and auditors. Every export is an entry of the ledger: what, of which time, how many rows, and \
            the SHA-256 of the files. Files appear whole or not at all. The fields are described in \
            Documentation/exports.md.
            """,
        subcommands: [Statements.self, Decisions.self, Labels.self, Report.self])
}

/// From when to when, and where to.
struct ExportOptions: ParsableArguments {
    @Option(help: "From this day or moment on, such as 2026-03-01 or 2026-03-01T12:00:00Z (UTC).")
    var from: String?
    @Option(help: "To the end of this day, or before this moment.") var to: String?
    @Option(name: .shortAndLong, help: "The file to write (default: standard output).") var output: String?

    /// The span of time: days count whole.
    func span() throws -> (from: Timestamp?, to: Timestamp?) {
        let start = try from.map { try Self.moment($0, "--from") }
        let end = try to.map { text in
            let moment = try Self.moment(text, "--to")
            return text.utf8.count == 10 ? moment + .seconds(86_400) : moment
        }
        if let start, let end, start >= end { throw Complaint("--to is not after --from") }
        return (start, end)
    }

    static func moment(_ text: String, _ name: String) throws -> Timestamp {
        guard let moment = Timestamp(rfc3339: text) else {
            throw Complaint(
                "\(name): \(text.debugDescription) is no day or moment (write 2026-03-01 or 2026-03-01T12:00:00Z)"
            )
        }
        return moment
    }
}

/// The form of an export.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case json, jsonl, csv
}

/// Rows in a file: a JSON list, JSON Lines, CSV, or bodies for submission of up to 100 rows each.
final class RowFile {
    private let file: ExportFile
    private let format: ExportFormat
    private let isSparse: Bool
    private let batch: Int?
    private var count = 0
    static let batchSize = 100

    /// - Parameters:
    ///   - template: a row with all columns, for the header of a table without rows.
    ///   - isSparse: whether JSON leaves out what is not known.
    ///   - isOnce: whether no later export holds the same rows again.
    init(
        path: String?, format: ExportFormat, template: ExportRow, isSparse: Bool, isBatched: Bool = false,
        isOnce: Bool = false
    ) throws {
        file = try ExportFile(path: path, isOnce: isOnce)
        self.format = format
        self.isSparse = isSparse
        batch = isBatched ? Self.batchSize : nil
        if format == .csv { try file.write(template.csvHeader + "\r\n") }
    }

    var path: String? { file.path }

    func write(_ row: ExportRow) throws {
        defer { count += 1 }
        if let batch {
            let isFirst = count.isMultiple(of: batch)
            if isFirst, count > 0 { try file.write("]}\n") }
            return try file.write((isFirst ? "{\"statements\":[" : ",") + row.json(isSparse: true))
        }
        switch format {
        case .json: try file.write((count == 0 ? "[\n" : ",\n") + row.json(isSparse: isSparse))
        case .jsonl: try file.write(row.json(isSparse: isSparse) + "\n")
        case .csv: try file.write(row.csv + "\r\n")
        }
    }

    func seal() throws -> String {
        if batch != nil {
            if count > 0 { try file.write("]}\n") }
        } else if format == .json {
            try file.write(count == 0 ? "[]\n" : "\n]\n")
        }
        return try file.seal()
    }

    func publish() throws { try file.publish() }
}

/// Writes what a desk exports.
final class FileOutlet: ExportOutlet {
    private let rows: RowFile
    private let overturned: RowFile?
    private let progress = Progress(what: "decisions")

    init(rows: RowFile, overturned: RowFile? = nil) {
        self.rows = rows
        self.overturned = overturned
    }

    func write(_ row: ExportRow) throws { try rows.write(row) }
    func writeOverturned(_ row: ExportRow) throws { try overturned?.write(row) }

    func refuse(_ decision: DecisionID, _ reason: String) {
        progress.finish()
        Output.complain("decision \(decision) can't be stated: \(reason)")
    }

    func report(done: Int, of total: Int) { progress.report(done: Int64(done), of: Int64(total)) }

    func seal() throws -> [String] {
        progress.finish()
        return try [rows.seal()] + (overturned.map { [try $0.seal()] } ?? [])
    }

    func publish() throws {
        try overturned?.publish()
        try rows.publish()
    }
}
