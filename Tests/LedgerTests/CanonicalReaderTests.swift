import Foundation
import Moderation
import Testing

@testable import Ledger

@Suite("The quick reader reads what a general decoder reads")
struct CanonicalReaderTests {
    private func word(_ generator: inout Seeded) -> String {
        let pieces = [
            "a", "Zoë", "\"", "\\", "\n", "\u{1}", "日本", "🧑🏿‍🚒", "\u{202E}", "e\u{301}", " ", "{}", "[1]",
        ]
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }

    private func post(_ generator: inout Seeded) -> FlaggedPost {
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
        func some<Value>(_ make: (inout Seeded) -> Value) -> [Value] {
            (0..<Int.random(in: 0...2, using: &generator)).map { _ in make(&generator) }
        }
        let time = Timestamp(
            milliseconds: Int64.random(in: -9_000_000_000...9_000_000_000_000, using: &generator))
        return FlaggedPost(
            source: word(&generator), externalID: word(&generator), title: maybe(word(&generator)),
            body: word(&generator), language: maybe("en"), community: maybe(word(&generator)),
            kind: word(&generator),
            author: Author(
                handle: maybe(word(&generator)), displayName: maybe(word(&generator)),
                accountCreatedAt: maybe(time), earlierRemovals: maybe(3), earlierFlags: maybe(0)),
            createdAt: maybe(time), deadline: maybe(time), url: maybe(word(&generator)),
            links: some { Link(url: word(&$0)) },
            media: some { Media(kind: word(&$0), hash: "h", altText: word(&$0), url: word(&$0)) },
            thread: some { ThreadPost(author: word(&$0), body: word(&$0), createdAt: time) },
            flags: some {
                Flag(
                    externalID: word(&$0), reason: word(&$0), reporter: word(&$0),
                    isTrusted: Bool.random(using: &$0), createdAt: time)
            }, scores: maybe(["toxicity": 7, "": -1]) ?? [:],
            extra: maybe([
                word(&generator): .array([.null, .bool(true), .integer(-5), .object(["x": .string("y\n")])])
            ]) ?? [:])
    }

    @Test func postsOfAnyFormComeBack() throws {
        var generator = Seeded(seed: 3)
        for _ in 0..<500 {
            let post = post(&generator)
            let bytes = ContentCommitment.bytes(of: post)
            #expect(try ContentReader.post(from: bytes) == post)
            #expect(try JSONDecoder().decode(ContentForm.self, from: Data(bytes)).post == post)
        }
    }

    @Test func aFractionIsLeftToTheGeneralDecoder() throws {
        let post = FlaggedPost(source: "s", externalID: "1", body: "b", extra: ["x": .number(0.5)])
        let bytes = ContentCommitment.bytes(of: post)
        #expect(throws: CanonicalReader.Unreadable.self) { try ContentReader.post(from: bytes) }
        #expect(try ContentCommitment.post(from: bytes) == post)
    }

    @Test func anyBytesAreReadOrRefused() {
        var generator = Seeded(seed: 4)
        for _ in 0..<300 {
            var bytes = ContentCommitment.bytes(of: post(&generator))
            for _ in 0..<3 {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.removeSubrange(place...)
                default: bytes.insert(UInt8(ascii: "["), at: place)
                }
                if bytes.isEmpty { break }
            }
            _ = try? ContentReader.post(from: bytes)
            _ = EvaluationEntry.read(bytes)
        }
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: CanonicalReader.Unreadable.self) { try ContentReader.post(from: deep) }
        #expect(EvaluationEntry.read(deep) == .unreadable)
    }

    @Test func anEvaluationIsToldFromOtherEntries() throws {
        let evaluation = Evaluation(
            findings: [], recommendation: nil, hazard: .mild, bundle: BundleDigest(hex: "ab"))
        let at = Timestamp(milliseconds: 1_772_357_400_000)
        let entry = EncodedEntry.takenIn(
            at: at.rfc3339, post: PostID("p"), content: "cd", salt: [], evaluation: evaluation)
        #expect(
            EvaluationEntry.read(entry.bytes)
                == .evaluation(
                    EvaluationEntry(
                        kind: .takenIn, at: at, post: PostID("p"), version: 1,
                        bundle: BundleDigest(hex: "ab"), content: "cd", commitment: nil, hazard: .mild,
                        recommended: nil)))
        let decided = LedgerEntry(
            kind: .decided, at: at, person: nil, post: nil,
            fields: ["recommended": ["action": "keep"], "version": 1])
        #expect(EvaluationEntry.read(decided.canonicalBytes()) == .decision)
        let released = LedgerEntry(kind: .released, at: at, person: nil, post: nil)
        #expect(EvaluationEntry.read(released.canonicalBytes()) == .other)
        let incomplete = LedgerEntry(kind: .takenIn, at: at, person: nil, post: PostID("p"))
        #expect(EvaluationEntry.read(incomplete.canonicalBytes()) == .unreadable)
    }
}
