import ArgumentParser
import PolicyEngine

extension PolicyCommand {
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the examples in policy files; exit 1 when one fails.")
        @Argument(help: ArgumentHelp("Folders or files (default: Policies).", valueName: "folder|file"))
        var paths: [String] = []
        @Flag(help: "List the rules, selections and alternatives that no example exercises.") var coverage =
            false
        @Flag(help: "One JSON object, with what no example exercises.") var json = false

        func run() throws {
            var report = Report()
            for policies in try LoadedPolicies.all(paths) { try test(policies, into: &report) }
            if json {
                try Output.json(report)
            } else {
                for failure in report.failures { Output.line(failure.description) }
                if coverage { for gap in report.uncovered { Output.line(gap.description) } }
                let gaps = coverage ? ", \(report.uncovered.count) parts without one" : ""
                Output.line("\(report.passed) examples pass, \(report.failures.count) fail\(gaps)")
            }
            if !report.isWell { throw ExitCode(1) }
        }

        private func test(_ policies: LoadedPolicies, into report: inout Report) throws {
            for diagnostic in policies.load.diagnostics { Output.complain(diagnostic.description) }
            report.errors += policies.load.diagnostics
            guard let bundle = policies.load.bundle else {
                throw Complaint("\(policies.folder): no usable policy to test")
            }
            let progress = Progress(what: "rules")
            let result = try PolicyTester.test(bundle, cacheDirectory: Settings.cacheFolder) { done, total in
                progress.report(done: Int64(done), of: Int64(total), detail: policies.folder)
            }
            progress.finish()
            report.passed += result.passed
            report.failures += result.failures.map { $0.placed(in: policies.folder) }
            report.uncovered += result.uncovered.map { $0.placed(in: policies.folder) }
        }

        private struct Report: Encodable {
            var passed = 0
            var failures: [Diagnostic] = []
            var errors: [Diagnostic] = []
            var uncovered: [Diagnostic] = []
            var isWell: Bool { failures.isEmpty && errors.isEmpty }

            private enum CodingKeys: String, CodingKey { case passed, failed, failures, errors, uncovered }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(passed, forKey: .passed)
                try container.encode(failures.map(\.description), forKey: .failed)
                try container.encode(failures, forKey: .failures)
                try container.encode(errors, forKey: .errors)
                try container.encode(uncovered, forKey: .uncovered)
            }
        }
    }
}
