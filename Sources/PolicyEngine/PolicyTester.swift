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
    /// Evaluates every example; rules that are drafts are tested too.
    public static func test(_ bundle: PolicyBundle, cacheDirectory: String? = nil) throws -> PolicyTestReport
    {
        let evaluator = try Evaluator(
            bundle: bundle, cacheDirectory: cacheDirectory, statuses: [.draft, .shadow, .live])
        var report = PolicyTestReport(passed: 0, failures: [])
        for policy in bundle.policies {
            for rule in policy.rules where rule.status != .retired {
                func check(_ examples: [Rule.Example], shouldMatch: Bool) {
                    for example in examples {
                        let result = evaluator.evaluate(example.post, now: example.now, state: example.state)
                        let isFound = (result.findings + result.shadow).contains { $0.rule == rule.id }
                        guard isFound != shouldMatch else {
                            report.passed += 1
                            continue
                        }
                        report.failures.append(
                            Diagnostic(
                                file: policy.file, line: example.position.line,
                                column: example.position.column,
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
