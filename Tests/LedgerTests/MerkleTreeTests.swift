import Ledger
import Testing

@Suite("The Merkle tree is the one of RFC 9162")
struct MerkleTreeTests {
    @Test func frontierAgreesWithTheDefinitionAtEverySize() throws {
        var frontier = MerkleFrontier()
        var leaves: [[UInt8]] = []
        for size in 0...130 {
            #expect(frontier.root == MerkleTree.root(leaves[...]))
            #expect(try MerkleFrontier(encoded: frontier.encoded) == frontier)
            let leaf = MerkleTree.leafHash(Array("entry \(size)".utf8))
            leaves.append(leaf)
            frontier.append(leaf: leaf)
        }
    }

    @Test func everyLeafIsProvedAndNothingElse() {
        let leaves = (0..<37).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }
        for size in [1, 2, 3, 8, 21, 37] {
            let part = leaves[..<size]
            let root = MerkleTree.root(part)
            for index in 0..<size {
                let proof = MerkleTree.inclusionProof(of: index, in: part)
                #expect(
                    MerkleTree.isIncluded(
                        leaf: leaves[index], index: Int64(index), size: Int64(size), proof: proof, root: root)
                )
                let other = (index + 1) % size
                #expect(
                    size == 1
                        || !MerkleTree.isIncluded(
                            leaf: leaves[other], index: Int64(index), size: Int64(size), proof: proof,
                            root: root)
                )
            }
        }
    }

    @Test func aCutFrontierIsRefused() {
        var frontier = MerkleFrontier()
        for index in 0..<7 { frontier.append(leaf: MerkleTree.leafHash([UInt8(index)])) }
        let bytes = frontier.encoded
        for count in 0..<bytes.count {
            #expect(throws: LedgerError.self) { try MerkleFrontier(encoded: Array(bytes.prefix(count))) }
        }
    }
}
