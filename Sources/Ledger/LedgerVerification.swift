/// What recomputing a ledger found.
public struct LedgerVerification: Hashable, Sendable {
    /// How many entries there are.
    public var size: Int64
    /// The root that the entries give.
    public var root: [UInt8]
    /// The number of the first entry that differs; `nil` when none does or only the tree does.
    public var firstDifference: Int64?
    /// What is wrong, in a sentence; `nil` when nothing is.
    public var problem: String?

    /// Whether nothing is wrong.
    public var isIntact: Bool { problem == nil }
}

/// Recomputes a ledger entry by entry, in constant memory.
public struct LedgerVerifier {
    private var frontier = MerkleFrontier()
    private var firstDifference: Int64?
    private var problem: String?

    /// Starts before entry 0.
    public init() {}

    /// Takes the next entry's bytes, and the leaf hash that is stored beside it.
    public mutating func check(_ bytes: [UInt8], storedLeafHash: [UInt8]?) {
        let index = frontier.size
        let hash = MerkleTree.leafHash(bytes)
        if problem == nil {
            if storedLeafHash != hash {
                differ(index, "entry \(index) doesn't have the hash that was stored with it")
            } else {
                do {
                    _ = try LedgerEntry(canonicalBytes: bytes)
                } catch {
                    differ(index, "entry \(index) is not a canonical ledger entry")
                }
            }
        }
        frontier.append(leaf: hash)
    }

    /// Compares with the tree that is stored.
    public func finish(stored: MerkleFrontier) -> LedgerVerification {
        var result = LedgerVerification(
            size: frontier.size, root: frontier.root, firstDifference: firstDifference, problem: problem)
        guard problem == nil, frontier != stored else { return result }
        if frontier.size != stored.size {
            result.firstDifference = min(frontier.size, stored.size)
            result.problem = "the tree counts \(stored.size) entries, but \(frontier.size) are there"
        } else {
            result.problem =
                "the entries give another root than the tree that was stored: entries were changed together"
                + " with their hashes"
        }
        return result
    }

    private mutating func differ(_ index: Int64, _ what: String) {
        firstDifference = index
        problem = what
    }
}
