public import Ledger
import Moderation
import Store

/// An entry and its number.
public struct NumberedEntry: Hashable, Sendable {
    /// The number, from 0.
    public var index: Int64
    /// The entry.
    public var entry: LedgerEntry
}

extension Desk {
    /// Entries from a number on, at most `limit`.
    public func ledgerLog(from index: Int64, limit: Int) throws(DeskError) -> [NumberedEntry] {
        try read { tx in
            try tx.ledgerEntries(from: index, limit: limit).enumerated().map { offset, bytes in
                NumberedEntry(index: index + Int64(offset), entry: try LedgerEntry(canonicalBytes: bytes))
            }
        }
    }

    /// The ledger's size and root.
    public func ledgerTree() throws(DeskError) -> MerkleFrontier { try read { try $0.ledgerTree() } }

    /// Recomputes every hash of the ledger and compares with what is stored.
    ///
    /// - Parameter progress: called now and then with how many entries of how many are done.
    public func verifyLedger(progress: (Int64, Int64) -> Void = { _, _ in }) throws(DeskError)
        -> LedgerVerification
    {
        try read { tx in
            let tree = try tx.ledgerTree()
            var verifier = LedgerVerifier()
            let page = 2000
            var index: Int64 = 0
            while true {
                let entries = try tx.ledgerEntries(from: index, limit: page)
                guard !entries.isEmpty else { break }
                let hashes = try tx.ledgerLeafHashes(from: index, limit: page)
                for (offset, entry) in entries.enumerated() {
                    let stored = hashes.indices.contains(offset) ? hashes[offset] : nil
                    verifier.check(entry, storedLeafHash: stored)
                }
                index += Int64(entries.count)
                progress(index, tree.size)
            }
            return verifier.finish(stored: tree)
        }
    }
}
