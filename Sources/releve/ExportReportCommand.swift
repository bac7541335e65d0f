import ArgumentParser
import Desk
import Enforcement
import Moderation

extension ExportCommand {
    /// `releve export report`: a transparency report.
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A transparency report: one HTML file and one Markdown file, for the public.",
            discussion: """
                Tables and charts of decisions by category and measure, people and rules, time to decision, overturned \
                decisions, exposure and languages. Nothing in it is about fewer than ten people. Exposure is told of one whole calendar \
                month, from the 10th of the next month on. The HTML loads nothing \
                and runs nothing.
                """)
        @OptionGroup var site: SiteOptions
        @Option(help: "The first day, such as 2026-01-01 (UTC).") var from: String
        @Option(help: "The last day, or the moment before which it ends.") var to: String
        @Option(
            name: .shortAndLong, help: "The files' name without extension (default: transparency-FROM-TO).")
        var output: String?
        @Option(name: .customLong("language"), help: "en or fr (default: yours).") var language: String?
        @Flag(help: "One JSON object about what was written.") var json = false

        func validate() throws {
            guard language.map({ ["en", "fr"].contains($0) }) ?? true else {
                throw ValidationError("--language is en or fr")
            }
        }

        private struct Written: Encodable {
            let files: [String]
            let digests: [String]
            let decisions: Int
        }

        func run() throws {
            var options = ExportOptions()
            options.from = from
            options.to = to
            guard case (let start?, let end?) = try options.span() else { return }
            let (desk, person) = try site.signIn()
            let progress = Progress(what: "decisions")
            let figures = try desk.reportFigures(from: start, to: end, for: person) { done, total in
                progress.report(done: Int64(done), of: Int64(total))
            }
            progress.finish()
            if figures.team.cells == nil {
                Output.note(
                    "without exposure, which is told of one whole calendar month at a time, from the 10th of the next month on"
                )
            }
            let report = TransparencyReport(figures, language: language ?? Settings.language)
            let base = output ?? "transparency-\(from.prefix(10))-\(to.prefix(10))"
            let html = try ExportFile(path: base + ".html")
            let markdown = try ExportFile(path: base + ".md")
            try html.write(report.html)
            try markdown.write(report.markdown)
            let digests = [try html.seal(), try markdown.seal()]
            try desk.tellReport(figures, digests: digests, by: person)
            try html.publish()
            try markdown.publish()
            let files = [base + ".html", base + ".md"]
            if json {
                return try Output.json(Written(files: files, digests: digests, decisions: figures.total.all))
            }
            Output.note("\(figures.total.all) decisions in \(files.joined(separator: " and "))")
        }
    }
}
