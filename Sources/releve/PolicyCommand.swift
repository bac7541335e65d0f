import ArgumentParser
import Desk
import Foundation
import Moderation
import PolicyEngine
import Store

/// `releve policy`: check and try policies.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check policies, run their examples, try a text, put them in force.",
        subcommands: [
            Lint.self,
            Test.self,
            List.self,
            Check.self,
            Adopt.self,
            Automatic.self,
            Disputes.self,
            Import.self,
            Diff.self,
            Backtesting.self,
        ], defaultSubcommand: List.self)

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a folder of policies; exit 1 when anything is wrong, warnings included.")
        @Argument(help: "The folder (default: Policies).") var folder: String?

        func run() throws {
            let load = try PolicyFolder.read(folder)
            let findings = load.diagnostics + (load.bundle.map { PolicyLint.lint($0) } ?? [])
            for finding in findings { Output.line(finding.description) }
            if !findings.isEmpty { throw ExitCode(1) }
            Output.line("\(load.bundle?.policies.count ?? 0) policies, nothing to mend")
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the examples in policy files; exit 1 when one fails.")
        @Argument(help: "The folder (default: Policies).") var folder: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let load = try PolicyFolder.read(folder)
            for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
            guard let bundle = load.bundle else { throw Complaint("no usable policy to test") }
            let report = try PolicyTester.test(bundle, cacheDirectory: Settings.cacheFolder)
            if json {
                try Output.json(Report(passed: report.passed, failed: report.failures.map(\.description)))
            } else {
                for failure in report.failures { Output.line(failure.description) }
                Output.line("\(report.passed) examples pass, \(report.failures.count) fail")
            }
            if !report.failures.isEmpty || !load.diagnostics.isEmpty { throw ExitCode(1) }
        }

        private struct Report: Encodable {
            let passed: Int
            let failed: [String]
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the policies in force.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, _) = try site.signIn()
            let bundle = try desk.bundleInForce()
            Output.line("bundle \(bundle.digest)")
            for policy in bundle.policies {
                let actions = policy.actions.map(\.rawValue).joined(separator: ", ")
                Output.line(
                    "\(policy.id.rawValue.padded(18)) \(policy.hazard.rawValue.padded(9)) "
                        + "\(policy.rules.count) rules  \(actions)  \(policy.title.text(in: Settings.language))"
                )
            }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what the policies in force find in a text.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The text; - reads standard input.") var text: String
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, _) = try site.signIn()
            let text =
                text == "-"
                ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : text
            let evaluator = try Evaluator(bundle: desk.bundleInForce(), cacheDirectory: Settings.cacheFolder)
            let post = FlaggedPost(source: "check", externalID: "1", body: text)
            let evaluation = evaluator.evaluate(post, now: desk.clock.now().wall)
            if json { return try Output.json(evaluation) }
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

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a folder of policies in force; for leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The folder (default: Policies).") var folder: String?

        func run() throws {
            let load = try PolicyFolder.read(folder)
            for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
            guard load.diagnostics.isEmpty, let bundle = load.bundle else {
                throw Complaint("nothing was put in force; mend the lines above first")
            }
            let (desk, person) = try site.signIn()
            let isNew = try desk.adopt(bundle, by: person)
            Output.line("bundle \(bundle.digest.short) \(isNew ? "is" : "was already") in force")
            let count = try reevaluate(desk)
            if count > 0 { Output.line("\(count) waiting posts evaluated again") }
        }
    }
}

extension PolicyCommand.Adopt {
    /// Puts waiting posts where the policies now in force see them; claims would do the same one by one.
    private func reevaluate(_ desk: Desk) throws -> Int {
        let progress = Progress(what: "posts")
        let total = try desk.statistics().total(.waiting)
        var count = 0
        var place: Int64? = 0
        while let from = place {
            let step = try desk.reevaluate(after: from)
            count += step.evaluated
            place = step.place
            progress.report(done: Int64(count), of: Int64(total), detail: "\(count) posts")
        }
        progress.finish()
        return count
    }
}

extension PolicyFolder {
    static func read(_ folder: String?) throws -> PolicyLoad {
        do { return try PolicyLoader.load(directory: try folder ?? find()) } catch let error as Diagnostic {
            throw Complaint(error.description)
        }
    }
}
