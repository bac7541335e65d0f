import ArgumentParser
import Desk
import Enforcement

extension ExportCommand {
    /// `releve export decisions`: all decisions, for analysis.
    struct Decisions: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decisions with where they come from, undone ones included; people by pseudonym.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var options: ExportOptions
        @Option(help: "jsonl, csv or json.") var format: ExportFormat = .jsonl

        func run() throws {
            try write(.decisions, .decision, site, options, format)
        }
    }

    /// `releve export labels`: what decisions say of posts.
    struct Labels: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What standing decisions say of posts, for analysis and training.",
            discussion: """
                A label is the policy under which a post was acted on, or none. Content goes out only with --with-text, \
                which is for leads; erased posts have no text and say so.
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var options: ExportOptions
        @Option(help: "jsonl, csv or json.") var format: ExportFormat = .jsonl
        @Flag(help: "Title and text too; for leads, and told in the ledger.") var withText = false
        @Flag(help: "Decisions that were taken back too, marked as undone.") var withUndone = false

        func run() throws {
            try write(
                .labels(withText: withText, withUndone: withUndone), .label(withText: withText), site,
                options, format)
        }
    }

    private static func write(
        _ content: ExportOrder.Content, _ template: ExportRow, _ site: SiteOptions, _ options: ExportOptions,
        _ format: ExportFormat
    ) throws {
        let span = try options.span()
        let (desk, person) = try site.signIn()
        let outlet = FileOutlet(
            rows: try RowFile(path: options.output, format: format, template: template, isSparse: false))
        let order = ExportOrder(content, format: format.rawValue, from: span.from, to: span.to)
        let summary = try desk.export(order, by: person, to: outlet)
        try outlet.publish()
        let erased = summary.erased > 0 ? ", \(summary.erased) of erased posts" : ""
        Output.note("\(summary.rows) rows\(erased)")
    }
}
