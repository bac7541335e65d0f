import Ledger
import Testing

@Suite("The Merkle tree is the one of RFC 9162")
struct MerkleTreeTests {
    /// The inputs and roots of the reference implementation of RFC 6962 (certificate-transparency).
    private static let inputs: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
    ]
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func publishedRootsAreFound() {
        var frontier = MerkleFrontier()
        #expect(
            Hexadecimal.string(frontier.root)
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (input, root) in zip(Self.inputs, Self.roots) {
            frontier.append(leaf: MerkleTree.leafHash(input))
            #expect(Hexadecimal.string(frontier.root) == root)
        }
    }

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
