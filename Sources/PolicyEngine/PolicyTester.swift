import Moderation

/// What the examples in policy files say.
public struct PolicyTestReport: Sendable {
    /// How many examples behave as they should.
    public var passed: Int
    /// Those that don't.
    public var failures: [Diagnostic]
    /// The rules, selections and alternatives that no example exercises.
    public var uncovered: [Diagnostic]
}

/// Runs the examples in policy files.
public enum PolicyTester {
    /// Evaluates every example; rules that are drafts are tested too.
    ///
    /// - Parameter progress: called with how many rules are done, and of how many.
    public static func test(
        _ bundle: PolicyBundle, cacheDirectory: String? = nil, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> PolicyTestReport {
        let evaluator = try Evaluator(withDrafts: bundle, cacheDirectory: cacheDirectory)
        var report = PolicyTestReport(passed: 0, failures: [], uncovered: [])
        let rules = bundle.policies.flatMap { policy in
            policy.rules.filter { $0.status != .retired }.map { (policy.file, $0) }
        }
        for (number, (file, rule)) in rules.enumerated() {
            progress(number, rules.count)
            var coverage = PolicyCoverage(of: rule, in: file)
            let examples = rule.matching.map { ($0, true) } + rule.passing.map { ($0, false) }
            for (example, shouldMatch) in examples {
                let (post, now, state) = (example.post, example.now, example.state)
                let result = evaluator.evaluate(post, now: now, state: state)
                if (result.findings + result.shadow).contains(where: { $0.rule == rule.id }) == shouldMatch {
                    report.passed += 1
                    coverage.note(
                        evaluator.explain(rule: number, in: post, now: now, state: state),
                        shouldMatch: shouldMatch)
                } else {
                    report.failures.append(failure(of: rule, in: file, at: example.position, shouldMatch))
                }
            }
            report.uncovered += coverage.gaps
        }
        report.failures.sort { Diagnostic.stands($0, before: $1) }
        report.uncovered.sort { Diagnostic.stands($0, before: $1) }
        return report
    }

    private static func failure(
        of rule: Rule, in file: String, at position: FilePosition, _ shouldMatch: Bool
    ) -> Diagnostic {
        let words = shouldMatch ? ("misses", "match") : ("finds", "pass")
        return Diagnostic(
            .failedExample, file: file, at: position,
            message: "the rule \(rule.id) \(words.0) an example it should \(words.1) "
                + "(mend the rule or move the example)")
    }
}

extension Diagnostic {
    /// Whether one stands before the other.
    static func stands(_ left: Diagnostic, before right: Diagnostic) -> Bool {
        (left.file, left.line, left.column ?? 0, left.message)
            < (right.file, right.line, right.column ?? 0, right.message)
    }
}
