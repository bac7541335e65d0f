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
    /// Of how many entries only the hash was there to check.
    public var withheld: Int64 = 0
    /// How many checkpoints were compared and agree.
    public var checkpoints = 0
    /// The size of the largest checkpoint that agrees: all before it is as it was when it was signed.
    public var provedTo: Int64 = 0
    /// The keys of the log.
    public var keys = KeyHistory()

    /// Whether nothing is wrong.
    public var isIntact: Bool { problem == nil }
}

/// Recomputes a ledger entry by entry, in constant memory, and compares it with signed checkpoints on the way.
public struct LedgerVerifier {
    private var frontier = MerkleFrontier()
    private var keys = KeyHistory()
    private var result = LedgerVerification(size: 0, root: MerkleTree.emptyRoot)

    /// Starts before entry 0.
    public init() {}

    /// Takes the next entry's bytes, and the leaf hash that is stored beside it.
    public mutating func check(_ bytes: [UInt8], storedLeafHash: [UInt8]?) {
        check(ExaminedEntry(bytes), storedLeafHash: storedLeafHash)
    }

    /// Takes the next entry, which was examined before, and the leaf hash that is stored beside it.
    public mutating func check(_ examined: ExaminedEntry, storedLeafHash: [UInt8]?) {
        let index = frontier.size
        if let storedLeafHash, storedLeafHash != examined.leaf {
            differ(index, "entry \(index) doesn't have the hash that was stored with it")
        } else if let kind = examined.kind {
            if kind == .siteMade || kind == .keyChanged,
                let entry = try? LedgerEntry(canonicalBytes: examined.bytes)
            {
                keys.take(entry, at: index)
                if let problem = keys.problem { differ(index, problem) }
            }
        } else {
            differ(index, "entry \(index) is not a canonical ledger entry")
        }
        frontier.append(leaf: examined.leaf)
    }

    /// Takes the hash of an entry that whoever verifies may not read: the tree is recomputed over it as it stands.
    public mutating func pass(_ leaf: [UInt8]) {
        result.withheld += 1
        frontier.append(leaf: leaf)
    }

    /// How many entries have passed.
    public var size: Int64 { frontier.size }

    /// Compares a note with the log as it was at its size, which must have just been reached.
    public mutating func compare(_ note: String) {
        let size = frontier.size
        guard let key = keys.key(at: size) else {
            return differ(nil, "the log names no key before size \(size)")
        }
        do throws(LedgerError) {
            let checkpoint = try Checkpoint(note: note, publicKeyHex: key)
            guard checkpoint.root == frontier.root else {
                let range = result.provedTo == 0 ? "before entry \(size)" : "in \(result.provedTo)..<\(size)"
                return differ(
                    result.provedTo,
                    "the checkpoint of size \(size) was signed over other entries: the first that was changed is "
                        + range)
            }
            result.checkpoints += 1
            result.provedTo = size
        } catch {
            differ(nil, "the checkpoint of size \(size) is not signed by the key that was in force then")
        }
    }

    /// Says that a checkpoint speaks of more entries than there are.
    public mutating func miss(_ size: Int64) {
        differ(frontier.size, "a checkpoint speaks of \(size) entries, but only \(frontier.size) are there")
    }

    /// Compares with the tree that is stored; `nil` where there is none, as in an export.
    public func finish(stored: MerkleFrontier?) -> LedgerVerification {
        var result = result
        result.size = frontier.size
        result.root = frontier.root
        result.keys = keys
        guard result.problem == nil, let stored, frontier != stored else { return result }
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

    private mutating func differ(_ index: Int64?, _ what: String) {
        guard result.problem == nil else { return }
        result.firstDifference = index
        result.problem = what
    }
}
