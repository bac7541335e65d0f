/// The right edge of a Merkle tree: all that appending and the root need.
public struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var size: Int64
    /// Roots of the perfect subtrees, largest first; as many as `size` has bits set.
    private var subtrees: [[UInt8]]

    /// An empty tree.
    public init() {
        size = 0
        subtrees = []
    }

    /// Adds a leaf at the cost of the carries in a binary counter.
    public mutating func append(leaf: [UInt8]) {
        var hash = leaf
        var carry = size
        while carry & 1 == 1, let left = subtrees.popLast() {
            hash = MerkleTree.nodeHash(left, hash)
            carry >>= 1
        }
        subtrees.append(hash)
        size += 1
    }

    /// The root of RFC 9162.
    public var root: [UInt8] {
        guard var hash = subtrees.last else { return MerkleTree.emptyRoot }
        for left in subtrees.dropLast().reversed() { hash = MerkleTree.nodeHash(left, hash) }
        return hash
    }

    /// The size as eight bytes, most significant first, and the subtrees' roots, 32 bytes each.
    public var encoded: [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * Int64($0))) } + subtrees.flatMap(\.self)
    }

    /// Reads what `encoded` wrote.
    public init(encoded bytes: [UInt8]) throws(LedgerError) {
        guard bytes.count >= 8, (bytes.count - 8).isMultiple(of: 32) else { throw .damagedTree }
        let size = bytes[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        let count = (bytes.count - 8) / 32
        guard size >= 0, size.nonzeroBitCount == count else { throw .damagedTree }
        self.size = size
        subtrees = (0..<count).map { Array(bytes[8 + $0 * 32..<40 + $0 * 32]) }
    }
}
