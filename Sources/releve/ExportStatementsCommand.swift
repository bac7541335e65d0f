import ArgumentParser
import Desk
import Enforcement
import Foundation
import Moderation

extension ExportCommand {
    /// `releve export statements`: what the EU's DSA Transparency Database takes.
    struct Statements: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Statements of reasons for the EU's DSA Transparency Database.",
            discussion: """
                One object for each decision that restricted somebody and took effect. With --batch each line is a body \
                for the database's /statements, of up to 100. Decisions that were taken back later are listed in a \
                file of their own, under the same puid. Those that can't be stated are named with the reason, and the \
                others go through (exit 2).
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var options: ExportOptions
        @Option(help: "json, jsonl or csv.") var format: ExportFormat = .json
        @Flag(help: "Bodies of up to 100 statements, one a line.") var batch = false
        @Flag(name: .customLong("new"), help: "Only those that no earlier export held.") var onlyNew = false
        @Option(help: "Where the list of overturned ones goes (default: beside the output).") var overturned:
            String?
        @Option(
            help: ArgumentHelp(
                "What the site says of itself (default: statements.yaml in your configuration folder, if there).",
                valueName: "file"))
        var settings: String?
        @Option(name: .customLong("language"), help: "en or fr, for facts and grounds.") var language: String?

        func validate() throws {
            guard !batch || format != .csv else {
                throw ValidationError("--batch is for JSON, not for --format csv")
            }
            guard language.map({ ["en", "fr"].contains($0) }) ?? true else {
                throw ValidationError("--language is en or fr")
            }
        }

        func run() throws {
            let settings = try readSettings()
            let span = try options.span()
            let (desk, person) = try site.signIn()
            if onlyNew, try hasRecovered(desk) { return }
            let order = ExportOrder(
                .statements(settings, onlyNew: onlyNew), format: batch ? "batch" : format.rawValue,
                from: span.from,
                to: span.to)
            let outlet = FileOutlet(
                rows: try RowFile(
                    path: options.output, format: format, template: .statement, isSparse: true,
                    isBatched: batch, isOnce: onlyNew),
                overturned: try overturnedPath.map {
                    try RowFile(
                        path: $0, format: format, template: .overturned, isSparse: false,
                        isOnce: onlyNew)
                })
            let summary = try desk.export(order, by: person, to: outlet)
            try outlet.publish()
            tell(summary)
            if summary.refused > 0 {
                throw Complaint(
                    "\(summary.refused) decisions can't be stated; the reasons stand above, the others are exported"
                )
            }
        }

        /// An export that was killed after its statements counted as exported, and before they could be seen.
        private func hasRecovered(_ desk: Desk) throws -> Bool {
            let recovered = try [overturnedPath, options.output].compactMap(\.self).filter { path in
                try ExportFile.recover(path) { try desk.hasExported(digest: $0) }
            }
            guard !recovered.isEmpty else { return false }
            Output.note(
                "an earlier export was broken off at its last step: what it held is in "
                    + "\(recovered.joined(separator: " and ")) now (run this again for what came since)")
            return true
        }

        /// Beside the output, with `.overturned` before its last extension.
        private var overturnedPath: String? {
            if let overturned { return overturned }
            guard let output = options.output else { return nil }
            let name = output as NSString
            let base = name.deletingPathExtension + ".overturned"
            return name.pathExtension.isEmpty ? base : base + "." + name.pathExtension
        }

        private func readSettings() throws -> StatementSettings {
            let usual = Settings.configFolder + "/statements.yaml"
            var result = StatementSettings()
            if let path = settings ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil) {
                guard let data = FileManager.default.contents(atPath: path) else {
                    throw Complaint("can't read \(path) (check its path and permissions)")
                }
                guard data.count <= 1 << 20, let text = String(validating: data, as: UTF8.self) else {
                    throw Complaint("\(path) is not a text of up to 1 MiB in UTF-8")
                }
                do throws(StatementSettings.Problem) {
                    result = try StatementSettings(yaml: text, file: path)
                } catch {
                    throw Complaint(error.description)
                }
            }
            if let language { result.language = language }
            return result
        }

        private func tell(_ summary: ExportSummary) {
            var parts = ["\(summary.rows) statements"]
            if summary.statedBefore > 0 {
                parts.append("\(summary.statedBefore) exported before and left out")
            }
            if summary.tooRecent > 0 { parts.append("\(summary.tooRecent) too recent, for next time") }
            if summary.overturned > 0 {
                let place =
                    overturnedPath.map { "listed in \($0)" } ?? "name a file for them with --overturned"
                parts.append("\(summary.overturned) overturned (\(place))")
            }
            if summary.erased > 0 { parts.append("\(summary.erased) of erased posts") }
            Output.note(parts.joined(separator: ", "))
        }
    }
}
