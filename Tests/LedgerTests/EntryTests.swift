import Foundation
import Ledger
import Moderation
import Testing

@Suite("Entries have one form")
struct EntryTests {
    private let entry = LedgerEntry(
        kind: .decided, at: Timestamp(milliseconds: 1_772_357_400_000), person: PersonID("p1"),
        post: PostID("x9"),
        fields: [
            "note": .string("line\n\"quote\" \u{1B}[31m é €"), "b": .bool(true), "a": .array([.integer(-3)]),
            "object": .object(["\u{20AC}": .integer(1), "\r": .integer(2), "1": .integer(3)]),
        ])

    @Test func theCanonicalBytesAreThese() {
        #expect(
            String(decoding: entry.canonicalBytes(), as: UTF8.self)
                == #"{"at":"2026-03-01T09:30:00.000Z","data":{"a":[-3],"b":true,"#
                + #""note":"line\n\"quote\" \u001b[31m é €","object":{"\r":2,"1":3,"€":1}},"#
                + #""kind":"decided","person":"p1","post":"x9","v":1}"#)
    }

    @Test func anEntryIsReadBack() throws {
        #expect(try LedgerEntry(canonicalBytes: entry.canonicalBytes()) == entry)
    }

    @Test(arguments: [
        #"{"at":"2026-03-01T09:30:00.000Z","kind":"decided","v":2}"#,
        #"{"kind":"decided","at":"2026-03-01T09:30:00.000Z","v":1}"#,
        #"{"at":"2026-03-01T09:30:00.000Z","kind":"decided", "v":1}"#,
        #"{"at":"2026-03-01T09:30:00Z","kind":"decided","v":1}"#,
        #"{"at":"2026-03-01T09:30:00.000Z","kind":"guessed","v":1}"#,
        #"{"at":"2026-03-01T09:30:00.000Z","data":{"a":1.5},"kind":"decided","v":1}"#,
        "", "[]", "nonsense",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(throws: LedgerError.self) { try LedgerEntry(canonicalBytes: Array(text.utf8)) }
    }

    @Test func namesAreOrderedByUTF16CodeUnits() {
        // The example of RFC 8785, section 3.2.3.
        let names = ["\u{20AC}", "\r", "\u{FB33}", "1", "\u{1F600}", "\u{80}", "\u{F6}"]
        let value = LedgerValue.object(Dictionary(uniqueKeysWithValues: names.map { ($0, .bool(true)) }))
        let text = String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)
        let expected = ["\\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        #expect(text == "{" + expected.map { "\"\($0)\":true" }.joined(separator: ",") + "}")
    }

    @Test(arguments: [
        (0.0, "0"), (-0.0, "0"), (Double.leastNonzeroMagnitude, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9_007_199_254_740_992, "9007199254740992"), (0x1p68 as Double, "295147905179352830000"),
        (1e21, "1e+21"), (9.999999999999997e22, "9.999999999999997e+22"), (1e-6, "0.000001"), (1e-7, "1e-7"),
        (333_333_333.3333332, "333333333.3333332"), (-1.5, "-1.5"), (4.35, "4.35"),
    ])
    func numbersAreWrittenAsECMAScriptDoes(_ number: Double, _ text: String) {
        var writer = CanonicalJSON()
        writer.write(number)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }

    @Test func aPostIsReadBackFromItsCommitment() throws {
        let post = FlaggedPost(
            source: "forum.example", externalID: "1", title: "t", body: "b\u{0}\u{202E}é", language: "fr",
            community: "c", kind: "comment",
            author: Author(handle: "h", displayName: "d", accountCreatedAt: Timestamp(milliseconds: 5)),
            createdAt: Timestamp(milliseconds: -7), deadline: Timestamp(milliseconds: 9), url: "u",
            links: [Link(url: "https://a.example/")], media: [Media(kind: "image", hash: "x")],
            thread: [ThreadPost(author: "o", body: "above")],
            flags: [Flag(externalID: "f", reason: "r", reporter: "p", isTrusted: true)],
            scores: ["toxicity": 910], extra: ["n": .number(1.5), "l": .array([.null, .bool(false)])])
        let bytes = ContentCommitment.bytes(of: post)
        #expect(try ContentCommitment.post(from: bytes) == post)
        let keys = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(keys.count == 17)
        #expect(
            ContentCommitment.digest(salt: [1], bytes: bytes)
                != ContentCommitment.digest(salt: [2], bytes: bytes))
    }
}

@Suite("A changed ledger is found out")
struct VerifierTests {
    private let entries = (0..<20).map { index in
        LedgerEntry(
            kind: .takenIn, at: Timestamp(milliseconds: Int64(index)), person: nil, post: PostID("p\(index)")
        ).canonicalBytes()
    }

    private func verify(
        _ entries: [[UInt8]], hashes: [[UInt8]], stored: MerkleFrontier
    ) -> LedgerVerification {
        var verifier = LedgerVerifier()
        for (entry, hash) in zip(entries, hashes) { verifier.check(entry, storedLeafHash: hash) }
        return verifier.finish(stored: stored)
    }

    private func frontier(_ hashes: [[UInt8]]) -> MerkleFrontier {
        hashes.reduce(into: MerkleFrontier()) { $0.append(leaf: $1) }
    }

    @Test func anUntouchedLedgerIsIntact() {
        let hashes = entries.map { MerkleTree.leafHash($0) }
        let result = verify(entries, hashes: hashes, stored: frontier(hashes))
        #expect(result.isIntact && result.size == 20 && result.root == MerkleTree.root(hashes[...]))
    }

    @Test func aFlippedBitIsNamed() {
        let hashes = entries.map { MerkleTree.leafHash($0) }
        for index in entries.indices {
            var changed = entries
            changed[index][10] ^= 1
            #expect(
                verify(changed, hashes: hashes, stored: frontier(hashes)).firstDifference == Int64(index))
        }
    }

    @Test func anEntryChangedWithItsHashChangesTheRoot() {
        let hashes = entries.map { MerkleTree.leafHash($0) }
        var changed = entries
        changed[7] = entries[8]
        let result = verify(
            changed, hashes: changed.map { MerkleTree.leafHash($0) }, stored: frontier(hashes))
        #expect(!result.isIntact)
    }

    @Test func aCutTailIsFoundOut() {
        let hashes = entries.map { MerkleTree.leafHash($0) }
        let result = verify(Array(entries.prefix(12)), hashes: hashes, stored: frontier(hashes))
        #expect(result.firstDifference == 12)
    }
}
