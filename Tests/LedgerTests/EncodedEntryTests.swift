import Ledger
import Moderation
import Testing

@Suite("Entries written straight away are the same bytes")
struct EncodedEntryTests {
    @Test(arguments: [[], ["a/b"], ["a/b", "c/\"d\u{1}"]] as [[String]], [nil, Action.remove])
    func ofAPostTakenIn(_ findings: [String], _ recommended: Action?) {
        let at = Timestamp(milliseconds: 1_795_485_659_439)
        let rules = findings.map { RuleID($0) }
        func finding(_ rule: RuleID) -> Finding {
            Finding(rule: rule, policy: PolicyID("a"), recommends: recommended, hazard: .severe, evidence: [])
        }
        let evaluation = Evaluation(
            findings: rules.map(finding),
            recommendation: recommended.map {
                Recommendation(action: $0, policy: PolicyID("a"), rule: RuleID("a/b"))
            }, hazard: .severe, bundle: BundleDigest(hex: "00ff"), shadow: rules.prefix(1).map(finding),
            overBudget: rules)
        var fields: [String: LedgerValue] = [
            "bundle": .string("00ff"), "content": .string("abcd"), "hazard": .string("severe"),
            "version": .integer(1),
        ]
        if !findings.isEmpty {
            fields["findings"] = .array(findings.map { .string($0) })
            fields["over_budget"] = fields["findings"]
            fields["shadow"] = .array(findings.prefix(1).map { .string($0) })
        }
        fields["evaluation"] = EvaluationCommitment.digest(of: evaluation, salt: [1, 2]).map { .string($0) }
        #expect((fields["evaluation"] == nil) == findings.isEmpty)
        if let recommended {
            fields["recommended"] = .string(recommended.rawValue)
            fields["recommended_rule"] = "a/b"
        }
        let slow = LedgerEntry(kind: .takenIn, at: at, person: nil, post: PostID("p1"), fields: fields)
        let fast = EncodedEntry.takenIn(
            at: at.rfc3339, post: PostID("p1"), content: "abcd", salt: [1, 2], evaluation: evaluation)
        #expect(fast == slow.encoded)
    }
}
