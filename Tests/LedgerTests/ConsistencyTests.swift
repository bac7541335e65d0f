import Ledger
import Testing

@Suite("A log is shown to begin with an earlier one")
struct ConsistencyTests {
    private let leaves = (0..<40).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }

    @Test func publishedProofsAreFound() {
        // The reference implementation's inputs and proofs (certificate-transparency).
        let inputs: [[UInt8]] = [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
            [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
        ]
        let leaves = inputs.map { MerkleTree.leafHash($0) }
        let proof = { (size: Int) in
            MerkleTree.consistencyProof(from: size, in: leaves[...])?.map { Hexadecimal.string($0) }
        }
        #expect(
            proof(1) == [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])
        #expect(
            proof(6) == [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])
    }

    @Test func everyBeginningIsProvedAndNothingElse() throws {
        for new in 1...leaves.count {
            let newRoot = MerkleTree.root(leaves[..<new])
            for old in 1...new {
                let oldRoot = MerkleTree.root(leaves[..<old])
                let proof = try #require(MerkleTree.consistencyProof(from: old, in: leaves[..<new]))
                func holds(_ proof: [[UInt8]], old: Int = old, oldRoot: [UInt8] = oldRoot) -> Bool {
                    MerkleTree.isConsistent(
                        oldSize: Int64(old), oldRoot: oldRoot, newSize: Int64(new), newRoot: newRoot,
                        proof: proof)
                }
                #expect(holds(proof))
                #expect(!holds(proof + [oldRoot]))
                #expect(!holds(proof, oldRoot: MerkleTree.leafHash([9])))
                if !proof.isEmpty { #expect(!holds(proof.dropLast())) }
                for index in proof.indices {
                    var changed = proof
                    changed[index][0] ^= 1
                    #expect(!holds(changed))
                }
            }
        }
    }

    @Test func sizesThatMakeNoSenseHaveNoProof() {
        #expect(MerkleTree.consistencyProof(from: 0, in: leaves[...]) == nil)
        #expect(MerkleTree.consistencyProof(from: 41, in: leaves[...]) == nil)
        let root = MerkleTree.root(leaves[...])
        let check = { (old: Int64, new: Int64) in
            MerkleTree.isConsistent(oldSize: old, oldRoot: root, newSize: new, newRoot: root, proof: [])
        }
        #expect(!check(-1, 40) && !check(41, 40) && check(40, 40) && !check(0, 40))
        #expect(
            MerkleTree.isConsistent(
                oldSize: 0, oldRoot: MerkleTree.emptyRoot, newSize: 40, newRoot: root, proof: []))
    }
}
