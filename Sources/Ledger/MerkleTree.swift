import Crypto

/// The hashes of RFC 9162 (RFC 6962): SHA-256 with one leading byte to tell leaves from nodes.
public enum MerkleTree {
    /// The root of no entries.
    public static let emptyRoot = Array(SHA256.hash(data: [UInt8]()))

    /// The hash of an entry.
    public static func leafHash(_ entry: [UInt8]) -> [UInt8] { hash(0x00, entry[...], []) }

    /// The hash of two subtrees.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        hash(0x01, left[...], right)
    }

    static func nodeHash(_ left: ArraySlice<UInt8>, _ right: [UInt8]) -> [UInt8] { hash(0x01, left, right) }

    private static func hash(_ mark: UInt8, _ first: ArraySlice<UInt8>, _ second: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        withUnsafeBytes(of: mark) { hash.update(bufferPointer: $0) }
        first.withUnsafeBytes { hash.update(bufferPointer: $0) }
        if !second.isEmpty { second.withUnsafeBytes { hash.update(bufferPointer: $0) } }
        return hash.finalize().withUnsafeBytes { Array($0) }
    }

    /// The root over leaf hashes, from the definition; for proofs over a log held in memory.
    public static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        switch leaves.count {
        case 0: return emptyRoot
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return nodeHash(root(leaves[..<middle]), root(leaves[middle...]))
        }
    }

    /// The hashes beside the way from a leaf to the root.
    public static func inclusionProof(of index: Int, in leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        if index < half {
            return inclusionProof(of: index, in: leaves[..<middle]) + [root(leaves[middle...])]
        }
        return inclusionProof(of: index - half, in: leaves[middle...]) + [root(leaves[..<middle])]
    }

    /// Whether the proof leads from that leaf, at that place in a log of that size, to the root.
    public static func isIncluded(
        leaf: [UInt8], index: Int64, size: Int64, proof: [[UInt8]], root: [UInt8]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var node = index
        var last = size - 1
        var hash = leaf
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = nodeHash(sibling, hash)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// The largest power of two below a count of at least two.
    static func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
