import Ledger
import Testing

@Suite("A log is shown to begin with an earlier one")
struct ConsistencyTests {
    private let leaves = (0..<40).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }

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
