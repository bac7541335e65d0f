import Testing

@testable import Ledger

/// What the reference implementation of RFC 6962 publishes to test others with.
///
/// Eight leaves, the roots of every beginning of them, and some proofs. Leaves are counted from 0 here.
enum Published {
    static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], Array(0x60...0x6F),
    ]

    /// The root of no leaves, of one, and so on.
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    static let inclusion: [(index: Int, size: Int, proof: [String])] = [
        (0, 1, []),
        (
            0, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            5, 8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (
            1, 5,
            [
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]

    static let consistency: [(old: Int, new: Int, proof: [String])] = [
        (1, 1, []),
        (
            1, 8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        ),
        (
            6, 8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        ),
        (
            2, 5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        ),
    ]
}

@Suite("Both verifiers find what the reference implementation of RFC 6962 publishes")
struct PublishedTests {
    private let log = RandomLog(leaves: Published.leaves)

    @Test func rootsAndProofsAreFoundHere() {
        var frontier = MerkleFrontier()
        #expect(Hexadecimal.string(frontier.root) == Published.roots[0])
        for (input, root) in zip(Published.leaves, Published.roots.dropFirst()) {
            frontier.append(leaf: MerkleTree.leafHash(input))
            #expect(Hexadecimal.string(frontier.root) == root)
        }
        for (index, size, proof) in Published.inclusion {
            let hashes = log.hashes[..<size]
            #expect(MerkleTree.inclusionProof(of: index, in: hashes).map { Hexadecimal.string($0) } == proof)
        }
        for (old, new, proof) in Published.consistency {
            let hashes = log.hashes[..<new]
            let found = MerkleTree.consistencyProof(from: old, in: hashes)
            #expect(found?.map { Hexadecimal.string($0) } == proof)
        }
    }

    @Test func rootsAndProofsAreFoundByTheSecondVerifier() throws {
        let python = try #require(
            Python.withCryptography(), "python3 with cryptography is needed (make tools)")
        let logs = (0...Published.leaves.count).map { count in
            var part = RandomLog(leaves: Array(Published.leaves.prefix(count)))
            part.inclusion = Published.inclusion.filter { $0.size <= count }.map {
                .init(leaf: $0.index, index: $0.index, size: $0.size, proof: $0.proof)
            }
            part.consistency = Published.consistency.filter { $0.new <= count }.map {
                .init(old: $0.old, new: $0.new, proof: $0.proof)
            }
            return part
        }
        let answers = try python.run(["logs"], input: logs.map { $0.line + "\n" }.joined())
        #expect(
            answers.split(separator: "\n").map(String.init)
                == zip(Published.roots, logs).map { root, log in
                    "\(root) \(log.inclusion.map { _ in "y" }.joined()),"
                        + log.consistency.map { _ in "y" }.joined()
                })
        #expect(logs.last?.inclusion.count == 5 && logs.last?.consistency.count == 4)
    }
}
