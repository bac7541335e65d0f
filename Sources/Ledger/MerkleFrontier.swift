/// The right edge of a Merkle tree: all that appending and the root need.
public struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var size: Int64
    /// Roots of the perfect subtrees, largest first, 32 bytes each; as many as `size` has bits set.
    private var subtrees: [UInt8]

    /// An empty tree.
    public init() {
        size = 0
        subtrees = []
    }

    /// Adds a leaf at the cost of the carries in a binary counter.
    public mutating func append(leaf: [UInt8]) {
        var hash = leaf
        var carry = size
        while carry & 1 == 1, subtrees.count >= 32 {
            hash = MerkleTree.nodeHash(subtrees.suffix(32), hash)
            subtrees.removeLast(32)
            carry >>= 1
        }
        subtrees += hash
        size += 1
    }

    /// The root of RFC 9162.
    public var root: [UInt8] {
        guard !subtrees.isEmpty else { return MerkleTree.emptyRoot }
        var left = subtrees[...]
        var hash = Array(left.suffix(32))
        left.removeLast(32)
        while !left.isEmpty {
            hash = MerkleTree.nodeHash(left.suffix(32), hash)
            left.removeLast(32)
        }
        return hash
    }

    /// The size as eight bytes, most significant first, and the subtrees' roots, 32 bytes each.
    public var encoded: [UInt8] {
        withUnsafeBytes(of: size.bigEndian) { Array($0) } + subtrees
    }

    /// Reads what `encoded` wrote.
    public init(encoded bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count >= 8, (bytes.count - 8).isMultiple(of: 32) else { throw .damagedTree }
        let size = bytes[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard size >= 0, size.nonzeroBitCount == (bytes.count - 8) / 32 else { throw .damagedTree }
        self.size = size
        subtrees = Array(bytes[8...])
    }
}
