import Moderation

/// What the examples in policy files say.
public struct PolicyTestReport: Sendable {
    /// How many examples behave as they should.
    public var passed: Int
    /// Those that don't.
    public var failures: [Diagnostic]
}

/// Runs the examples in policy files.
public enum PolicyTester {
    /// Evaluates every example as a post with that text alone.
    public static func test(_ bundle: PolicyBundle, cacheDirectory: String? = nil) throws -> PolicyTestReport
    {
        let evaluator = try Evaluator(
            bundle: bundle, cacheDirectory: cacheDirectory, statuses: Set(Rule.Status.allCases))
        var report = PolicyTestReport(passed: 0, failures: [])
        for policy in bundle.policies {
            for rule in policy.rules {
                func check(_ examples: [Rule.Example], shouldMatch: Bool) {
                    for example in examples {
                        let post = FlaggedPost(source: "example", externalID: "1", body: example.text)
                        let evaluation = evaluator.evaluate(post, now: Timestamp(milliseconds: 0))
                        let findings = evaluation.findings + evaluation.shadow
                        guard findings.contains(where: { $0.rule == rule.id }) != shouldMatch else {
                            report.passed += 1
                            continue
                        }
                        report.failures.append(
                            Diagnostic(
                                file: policy.file, line: example.line,
                                message:
                                    "the rule \(rule.id) \(shouldMatch ? "misses" : "finds") an example it "
                                    + "should \(shouldMatch ? "match" : "pass") (mend the rule or move the example)"
                            ))
                    }
                }
                check(rule.matching, shouldMatch: true)
                check(rule.passing, shouldMatch: false)
            }
        }
        return report
    }
}

/// Finds what is allowed but probably not meant.
public enum PolicyLint {
    /// Warnings, in the order of files and lines.
    public static func lint(_ bundle: PolicyBundle) -> [Diagnostic] {
        var result: [Diagnostic] = []
        for policy in bundle.policies {
            for rule in policy.rules {
                func warn(_ message: String) {
                    result.append(Diagnostic(.warning, file: policy.file, line: rule.line, message: message))
                }
                if rule.matching.isEmpty { warn("\(rule.id) has no example that it must match (add one)") }
                if rule.passing.isEmpty { warn("\(rule.id) has no example that it must pass (add one)") }
                for name in Set(rule.selections.keys).subtracting(rule.when.mentioned).sorted() {
                    warn("the selection \"\(name)\" of \(rule.id) is never used in when")
                }
            }
            for language in ["en", "fr"] where policy.guidance.texts[language] == nil {
                result.append(
                    Diagnostic(
                        .warning, file: policy.file, line: 1,
                        message: "the guidance is missing in \"\(language)\" (add it)"))
            }
        }
        return result
    }
}
