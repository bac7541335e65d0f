import Foundation
import Moderation
import Testing

@testable import Ledger

@Suite("A checkpoint is believed only as it was signed")
struct CheckpointTests {
    private let root = MerkleTree.leafHash([1])

    private func key(_ byte: UInt8) throws -> SiteKey {
        try SiteKey(seed: [UInt8](repeating: byte, count: 32))
    }

    @Test func keysAreNamedAsSignedNotesNameThem() throws {
        // The verifier key of the examples of Go's package note: PeterNeumann+c74f20a3+ARpc2Qc….
        let coded = try #require(Data(base64Encoded: "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"))
        let id = Checkpoint.keyID(name: "PeterNeumann", publicKey: Array(coded.dropFirst()))
        #expect(Hexadecimal.string(id) == "c74f20a3")
    }

    @Test func aNoteIsReadBackByItsKey() throws {
        let checkpoint = try Checkpoint(origin: "forum.example/releve", size: 4, root: root)
        let note = try checkpoint.note(signedBy: key(1))
        #expect(note.hasPrefix("forum.example/releve\n4\n\(Data(root).base64EncodedString())\n\n\u{2014} "))
        #expect(try Checkpoint(note: note, publicKeyHex: key(1).publicKeyHex) == checkpoint)
        let countersigned = note + "\u{2014} witness.example AAAAAA==\n"
        #expect(try Checkpoint(note: countersigned, publicKeyHex: key(1).publicKeyHex) == checkpoint)
        #expect(throws: LedgerError.badSignature) {
            try Checkpoint(note: note, publicKeyHex: key(2).publicKeyHex)
        }
    }

    @Test func noChangedByteIsBelieved() throws {
        let note = try Checkpoint(origin: "o", size: 12, root: root).note(signedBy: key(1))
        let hex = try key(1).publicKeyHex
        for index in note.utf8.indices {
            var bytes = Array(note.utf8)
            bytes[note.utf8.distance(from: note.utf8.startIndex, to: index)] ^= 1
            let changed = String(decoding: bytes, as: UTF8.self)
            #expect(throws: LedgerError.self, "\(changed)") {
                try Checkpoint(note: changed, publicKeyHex: hex)
            }
        }
        for count in 0..<note.utf8.count {
            let cut = String(decoding: note.utf8.prefix(count), as: UTF8.self)
            #expect(throws: LedgerError.self) { try Checkpoint(note: cut, publicKeyHex: hex) }
        }
    }

    @Test(arguments: ["", "a b", "a+b", "a\nb", "a\u{202E}b", "\u{1B}[31m"])
    func aNameThatCouldForgeALineIsRefused(_ origin: String) {
        #expect(throws: LedgerError.notACheckpoint) { try Checkpoint(origin: origin, size: 0, root: root) }
    }

    @Test func literalsMakeValues() {
        let value: LedgerValue = ["a": [1, true, "x"]]
        #expect(value == .object(["a": .array([.integer(1), .bool(true), .string("x")])]))
    }

    @Test func everyKindOfEntryIsReadBack() throws {
        for kind in EntryKind.allCases {
            let entry = LedgerEntry(kind: kind, at: Timestamp(milliseconds: 0), person: nil, post: nil)
            #expect(try LedgerEntry(canonicalBytes: entry.canonicalBytes()) == entry)
        }
    }
}
