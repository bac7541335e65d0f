import ArgumentParser
import Desk
import Foundation
import Moderation
import PolicyEngine

extension PolicyCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what the policies in force, or those of a folder, find in texts.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Texts; - reads standard input.") var texts: [String] = []
        @Option(help: "A file to read a text from; may be given several times.") var file: [String] = []
        @Option(help: "Use the policies of this folder, not those of the site.") var folder: String?
        @Option(help: "The language of the texts, such as fr.") var language: String?
        @Flag(help: "One JSON object; a list of them for several texts.") var json = false

        func validate() throws {
            if texts.isEmpty, file.isEmpty {
                throw ValidationError("nothing to check; give a text, or --file FILE")
            }
        }

        func run() throws {
            let evaluator = try PolicyTexts.evaluator(folder: folder, site: site)
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            let named =
                try texts.map { ("", try PolicyTexts.text($0)) } + file.map { ($0, try PolicyTexts.file($0)) }
            let evaluations = named.map { name, text in
                (name, evaluator.evaluate(PolicyTexts.post(text, language: language), now: now))
            }
            if json {
                if evaluations.count == 1 { return try Output.json(evaluations[0].1) }
                return try Output.json(evaluations.map(\.1))
            }
            for (name, evaluation) in evaluations {
                if evaluations.count > 1 { Output.line(name.isEmpty ? "---" : "--- \(name)") }
                print(evaluation)
            }
        }

        private func print(_ evaluation: Evaluation) {
            Output.line("hazard \(evaluation.hazard.rawValue)")
            for finding in evaluation.findings {
                Output.line("\(finding.rule): recommends \(finding.recommends?.rawValue ?? "nothing")")
                for evidence in finding.evidence.prefix(10) {
                    let range = evidence.range.map { " at \($0.lowerBound)–\($0.upperBound)" } ?? ""
                    Output.line("  \(evidence.selection): \(evidence.test)\(range)")
                }
            }
            if evaluation.findings.isEmpty { Output.line("no rule matches") }
        }
    }
}

/// Texts that somebody gives on the command line, and the policies to try them with.
enum PolicyTexts {
    /// More than a post ever has.
    private static let largest = 16 << 20

    static func evaluator(folder: String?, site: SiteOptions) throws -> Evaluator {
        guard let folder else {
            let (desk, _) = try site.signIn()
            return try Evaluator(bundle: desk.bundleInForce(), cacheDirectory: Settings.cacheFolder)
        }
        return try Evaluator(withDrafts: bundle(in: folder), cacheDirectory: Settings.cacheFolder)
    }

    static func bundle(in folder: String) throws -> PolicyBundle {
        let load = try LoadedPolicies(folder).load
        for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
        guard let bundle = load.bundle else { throw Complaint("\(folder): no usable policy in it") }
        return bundle
    }

    static func text(_ argument: String) throws -> String {
        guard argument == "-" else { return argument }
        return String(
            decoding: try FileHandle.standardInput.read(upToCount: largest) ?? Data(), as: UTF8.self)
    }

    static func file(_ path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint("\(path) can't be read (check its name and permissions)")
        }
        defer { try? handle.close() }
        return String(decoding: try handle.read(upToCount: largest) ?? Data(), as: UTF8.self)
    }

    static func post(_ text: String, language: String?) -> FlaggedPost {
        FlaggedPost(source: "check", externalID: "1", body: text, language: language)
    }
}
