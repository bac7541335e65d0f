import Ledger
import Moderation
import Testing

@Suite("Entries written straight away are the same bytes")
struct EncodedEntryTests {
    @Test(arguments: [[], ["a/b"], ["a/b", "c/\"d\u{1}"]] as [[String]], [nil, Action.remove])
    func ofAPostTakenIn(_ findings: [String], _ recommended: Action?) {
        let at = Timestamp(milliseconds: 1_795_485_659_439)
        var fields: [String: LedgerValue] = [
            "bundle": .string("00ff"), "content": .string("abcd"), "hazard": .string("severe"),
            "version": .integer(1),
        ]
        if !findings.isEmpty { fields["findings"] = .array(findings.map { .string($0) }) }
        if let recommended { fields["recommended"] = .string(recommended.rawValue) }
        let slow = LedgerEntry(kind: .takenIn, at: at, person: nil, post: PostID("p1"), fields: fields)
        let fast = EncodedEntry.takenIn(
            at: at.rfc3339, post: PostID("p1"), bundle: BundleDigest(hex: "00ff"), content: "abcd",
            hazard: .severe, findings: findings.map { RuleID($0) }, recommended: recommended)
        #expect(fast == slow.encoded)
    }
}
