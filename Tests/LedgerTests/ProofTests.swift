import Moderation
import Testing

@testable import Ledger

@Suite("Proofs are made in one pass and checked by strangers")
struct ProofTests {
    private let leaves = (0..<70).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }

    private func roots(_ ranges: [Range<Int64>], of leaves: ArraySlice<[UInt8]>) throws -> [[UInt8]] {
        var roots = RangeRoots(ranges)
        for leaf in leaves { roots.take(leaf) }
        return try #require(roots.roots)
    }

    @Test func rangesGiveTheProofsOfTheDefinition() throws {
        for size in 1...leaves.count {
            let log = leaves[..<size]
            for index in [0, size / 3, size / 2, size - 1] {
                let ranges = MerkleTree.inclusionRanges(of: Int64(index), size: Int64(size))
                #expect(try roots(ranges, of: log) == MerkleTree.inclusionProof(of: index, in: log))
            }
            for old in 1...size {
                let ranges = MerkleTree.consistencyRanges(from: Int64(old), to: Int64(size))
                #expect(try roots(ranges, of: log) == MerkleTree.consistencyProof(from: old, in: log))
            }
        }
        #expect(MerkleTree.inclusionRanges(of: 3, size: 3).isEmpty)
        #expect(MerkleTree.consistencyRanges(from: 0, to: 3).isEmpty)
    }

    // MARK: Receipts

    private func log(_ count: Int) throws -> (entries: [[UInt8]], key: SiteKey) {
        let key = try SiteKey(seed: [UInt8](repeating: 9, count: 32))
        let at = Timestamp(milliseconds: 1_795_485_659_439)
        let first = LedgerEntry(
            kind: .siteMade, at: at, person: nil, post: nil,
            fields: ["name": "a.example/log", "demo": true, "public_key": .string(key.publicKeyHex)])
        let rest = (1..<count).map {
            LedgerEntry(
                kind: .claimed, at: at, person: PersonID("p"), post: PostID("q\($0)"), fields: ["fence": 1])
        }
        return (([first] + rest).map { $0.canonicalBytes() }, key)
    }

    private func note(_ entries: [[UInt8]], size: Int, by key: SiteKey) throws -> String {
        var tree = MerkleFrontier()
        for entry in entries.prefix(size) { tree.append(leaf: MerkleTree.leafHash(entry)) }
        return try Checkpoint(origin: "a.example/log", size: tree.size, root: tree.root).note(signedBy: key)
    }

    @Test func aReceiptProvesItsEntryAndNothingElse() throws {
        let (entries, key) = try log(21)
        let hashes = entries.map { MerkleTree.leafHash($0) }
        let receipt = Receipt(
            entry: entries[13], index: 13, proof: MerkleTree.inclusionProof(of: 13, in: hashes[...]),
            checkpoint: try note(entries, size: 21, by: key))
        let read = try Receipt(json: receipt.json)
        #expect(read == receipt)
        #expect(try read.check(publicKeys: [key.publicKeyHex]).post == PostID("q13"))
        #expect(receipt.json.count <= 2048)
        var other = receipt
        other.entry = entries[12]
        #expect(throws: LedgerError.notProved) { try other.check(publicKeys: [key.publicKeyHex]) }
        other = receipt
        other.index = 12
        #expect(throws: LedgerError.notProved) { try other.check(publicKeys: [key.publicKeyHex]) }
        #expect(throws: LedgerError.badSignature) { try receipt.check(publicKeys: [SiteKey().publicKeyHex]) }
        for text in [
            "", "{}", "[1]", String(decoding: receipt.json, as: UTF8.self).replacing("/1", with: "/2"),
        ] {
            #expect(throws: LedgerError.notAProof) { try Receipt(json: Array(text.utf8)) }
        }
    }

    @Test func aConsistencyProofTiesTwoCheckpoints() throws {
        let (entries, key) = try log(21)
        let hashes = entries.map { MerkleTree.leafHash($0) }
        let proof = ConsistencyProof(
            old: try note(entries, size: 6, by: key), new: try note(entries, size: 21, by: key),
            proof: try #require(MerkleTree.consistencyProof(from: 6, in: hashes[...])))
        let read = try ConsistencyProof(json: proof.json)
        let (old, new) = try read.check(publicKeys: [key.publicKeyHex])
        #expect(old.size == 6 && new.size == 21)
        var rewritten = entries
        rewritten[2][20] ^= 1
        var forged = proof
        forged.old = try note(rewritten, size: 6, by: key)
        #expect(throws: LedgerError.notProved) { try forged.check(publicKeys: [key.publicKeyHex]) }
    }

    // MARK: Verifying against checkpoints

    private func verify(_ entries: [[UInt8]], _ notes: [(Int, String)]) -> LedgerVerification {
        var verifier = LedgerVerifier()
        for entry in entries {
            verifier.check(entry, storedLeafHash: nil)
            for note in notes where Int64(note.0) == verifier.size { verifier.compare(note.1) }
        }
        if let beyond = notes.map(\.0).max(), beyond > entries.count { verifier.miss(Int64(beyond)) }
        return verifier.finish(stored: nil)
    }

    @Test func aRewrittenLogIsCaughtByTheCheckpointAfterTheChange() throws {
        let (entries, key) = try log(20)
        let notes = try [5, 10, 20].map { ($0, try note(entries, size: $0, by: key)) }
        let good = verify(entries, notes)
        #expect(good.isIntact && good.checkpoints == 3 && good.provedTo == 20)
        var rewritten = entries
        rewritten[7] = try LedgerEntry(canonicalBytes: entries[8]).canonicalBytes()
        let caught = verify(rewritten, notes)
        #expect(caught.firstDifference == 5)
        #expect(caught.problem?.contains("in 5..<10") == true)
        #expect(!verify(Array(entries.dropLast()), notes).isIntact)
        #expect(!verify(entries + [Array("{}".utf8)], notes).isIntact)
        #expect(!verify(entries, [(5, try note(entries, size: 5, by: SiteKey()))]).isIntact)
    }

    @Test func aStolenOldKeyCantSpeakForTheLogAfterTheChange() throws {
        let (entries, old) = try log(10)
        let new = try SiteKey(seed: [UInt8](repeating: 3, count: 32))
        func change(_ fields: [String: LedgerValue]) -> [UInt8] {
            LedgerEntry(
                kind: .keyChanged, at: Timestamp(milliseconds: 0), person: nil, post: nil, fields: fields
            ).canonicalBytes()
        }
        let endorsement = try old.endorsement(of: new.publicKeyHex, origin: "a.example/log")
        let changed =
            entries + [
                change([
                    "key": .string(new.publicKeyHex), "reason": "stolen", "endorsement": .string(endorsement),
                ])
            ]
        let sound = try [(10, note(changed, size: 10, by: old)), (11, note(changed, size: 11, by: new))]
        #expect(verify(changed, sound).isIntact)
        #expect(verify(changed, sound).keys.tenures.map(\.from) == [1, 11])
        // The old key signs nothing that holds the change, and the new one nothing before it.
        #expect(!verify(changed, [(11, try note(changed, size: 11, by: old))]).isIntact)
        #expect(!verify(changed, [(10, try note(changed, size: 10, by: new))]).isIntact)
        // Whoever rewrites the beginning and signs it with the old key is caught by the new key's note.
        var rewritten = changed
        rewritten[4] = rewritten[5]
        let forged = try [(10, note(rewritten, size: 10, by: old)), sound[1]]
        #expect(verify(rewritten, forged).problem?.contains("size 11") == true)
        // A key nobody vouches for is refused, unless the old one was lost.
        let unasked = entries + [change(["key": .string(new.publicKeyHex), "reason": "stolen"])]
        #expect(verify(unasked, []).problem?.contains("without a signature") == true)
        let wrong =
            entries + [
                change([
                    "key": .string(SiteKey().publicKeyHex), "reason": "routine",
                    "endorsement": .string(endorsement),
                ])
            ]
        #expect(verify(wrong, []).problem?.contains("didn't sign") == true)
        let lost = entries + [change(["key": .string(new.publicKeyHex), "reason": "lost"])]
        #expect(verify(lost, [(11, try note(lost, size: 11, by: new))]).isIntact)
    }

    // MARK: The scanner of entries

    @Test func theScannerTakesJustWhatReadingAndWritingAgainLeavesAlone() {
        var generator = Seeded(seed: 41)
        let names = ["a", "b", "ä", "\u{FFFF}", "\u{10000}", "a\"b", "a\u{1}b", "\u{7F}", "", "z\\"]
        func value(_ depth: Int) -> LedgerValue {
            switch Int.random(in: 0..<(depth > 3 ? 3 : 5), using: &generator) {
            case 0: .string(names.randomElement(using: &generator) ?? "")
            case 1: .integer(Int64.random(in: -(1 << 54)...(1 << 54), using: &generator))
            case 2: .bool(Bool.random(using: &generator))
            case 3: .array((0..<Int.random(in: 0..<3, using: &generator)).map { _ in value(depth + 1) })
            default: .object(members(depth))
            }
        }
        func members(_ depth: Int) -> [String: LedgerValue] {
            Dictionary(
                (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
                    (names.randomElement(using: &generator) ?? "", value(depth + 1))
                }, uniquingKeysWith: { $1 })
        }
        var refused = 0
        for _ in 0..<3000 {
            let entry = LedgerEntry(
                kind: EntryKind.allCases.randomElement(using: &generator) ?? .decided,
                at: Timestamp(milliseconds: Int64.random(in: 0..<4_000_000_000_000, using: &generator)),
                person: Bool.random(using: &generator) ? PersonID("p") : nil,
                post: Bool.random(using: &generator) ? PostID("é") : nil, fields: members(0))
            var bytes = entry.canonicalBytes()
            #expect(CanonicalScanner.kind(ofEntry: bytes) == entry.kind)
            for _ in 0..<Int.random(in: 1...2, using: &generator) {
                let place = bytes.indices.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
                }
            }
            let slow = try? LedgerEntry(canonicalBytes: bytes)
            #expect(
                CanonicalScanner.kind(ofEntry: bytes) == slow?.kind,
                "\(String(decoding: bytes, as: UTF8.self))")
            if slow == nil { refused += 1 }
        }
        #expect(refused > 1000)
    }
}
