import Ledger
import Moderation
import Store
import Synchronization

/// Signs the ledger with the site's key, in the transaction that made a signature due.
final class CheckpointClerk: Sendable {
    /// After so many entries a signature is due.
    static let interval: Int64 = 1000

    let key: SiteKey
    /// The size that this process last knew to be signed.
    private let lastSigned = Mutex<Int64>(0)

    init(key: SiteKey) { self.key = key }

    /// Transactions since it was last asked whether a signature is due; each appends some entries.
    private let unasked = Mutex(0)
    private static let seldom = 100

    /// Whether it is time to ask, after a transaction that didn't.
    func mayBeDue(after work: StoreWork) -> Bool {
        switch work {
        // Which appends as many as it takes in.
        case .intake: true
        // Which is signed when it is durable.
        case .bulk: false
        case .own:
            unasked.withLock { count in
                count += 1
                guard count >= Self.seldom else { return false }
                count = 0
                return true
            }
        }
    }

    func signIfDue(at now: Timestamp, in tx: any StoreTransaction) throws {
        let size = try tx.ledgerTree().size
        guard size - lastSigned.withLock(\.self) >= Self.interval else { return }
        let last = try tx.lastCheckpoint()?.size ?? 0
        if size - last >= Self.interval {
            try sign(at: now, in: tx)
        } else {
            lastSigned.withLock { $0 = last }
        }
    }

    /// Signs the ledger as it is in this transaction; does nothing when it is empty or the key is not its own.
    @discardableResult
    func sign(at now: Timestamp, in tx: any StoreTransaction) throws -> StoredCheckpoint? {
        guard let site = try tx.site() else { return nil }
        let tree = try tx.ledgerTree()
        guard tree.size > 0, site.publicKey == key.publicKeyHex else { return nil }
        let checkpoint = try Checkpoint(origin: site.name, size: tree.size, root: tree.root)
        let stored = StoredCheckpoint(size: tree.size, note: try checkpoint.note(signedBy: key), at: now)
        try tx.save(stored)
        lastSigned.withLock { $0 = tree.size }
        return stored
    }
}
