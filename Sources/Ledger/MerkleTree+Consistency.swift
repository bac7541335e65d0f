extension MerkleTree {
    /// The hashes that show that the first `size` leaves are still the beginning of the log.
    ///
    /// As in RFC 9162, section 2.1.4.1; `nil` unless `size` is from 1 to the number of leaves.
    public static func consistencyProof(from size: Int, in leaves: ArraySlice<[UInt8]>) -> [[UInt8]]? {
        guard size >= 1, size <= leaves.count else { return nil }
        return subproof(size, leaves, isWhole: true)
    }

    private static func subproof(_ size: Int, _ leaves: ArraySlice<[UInt8]>, isWhole: Bool) -> [[UInt8]] {
        if size == leaves.count { return isWhole ? [] : [root(leaves)] }
        let half = split(leaves.count)
        let middle = leaves.startIndex + half
        if size <= half {
            return subproof(size, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
        }
        return subproof(size - half, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    /// Whether the proof shows that the new log begins with the old one (RFC 9162, section 2.1.4.2).
    ///
    /// Every log begins with the empty one, which needs no proof.
    public static func isConsistent(
        oldSize: Int64, oldRoot: [UInt8], newSize: Int64, newRoot: [UInt8], proof: [[UInt8]]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
        if oldSize == 0 { return proof.isEmpty && oldRoot == emptyRoot }
        var path = proof[...]
        // A perfect tree is itself the first node on the way.
        if oldSize & (oldSize - 1) == 0 { path = [oldRoot] + path }
        guard let first = path.popFirst() else { return false }
        var node = oldSize - 1
        var last = newSize - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var old = first
        var new = first
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                old = nodeHash(sibling, old)
                new = nodeHash(sibling, new)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = nodeHash(new, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
