import ArgumentParser
import PolicyEngine

extension PolicyCommand {
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check policies; exit 1 when anything is wrong, warnings included.")
        @Argument(help: ArgumentHelp("Folders or files (default: Policies).", valueName: "folder|file"))
        var paths: [String] = []
        @Flag(help: "A JSON list of what was found.") var json = false

        func run() throws {
            let all = try LoadedPolicies.all(paths)
            let progress = Progress(what: "rules")
            var findings: [Diagnostic] = []
            var count = 0
            for policies in all {
                findings += policies.load.diagnostics
                guard let bundle = policies.load.bundle else { continue }
                count += bundle.policies.count
                let warnings = PolicyLint.lint(bundle, unusedLists: policies.load.unusedLists) {
                    done, total in
                    progress.report(done: Int64(done), of: Int64(total), detail: policies.folder)
                }
                findings += warnings.map { $0.placed(in: policies.folder) }
            }
            progress.finish()
            if json {
                try Output.json(findings)
            } else {
                for finding in findings { Output.line(finding.description) }
                if findings.isEmpty { Output.line("\(count) policies, nothing to mend") }
            }
            if !findings.isEmpty { throw ExitCode(1) }
        }
    }
}
