import Foundation
public import Ledger
public import Moderation
public import Store

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

    /// Entries' canonical bytes from a number on, at most `limit`.
    public func ledgerBytes(from index: Int64, limit: Int) throws(DeskError) -> [[UInt8]] {
        try read { try $0.ledgerEntries(from: index, limit: limit) }
    }

    /// A bundle that is or was in force, as it is kept.
    public func storedBundle(_ digest: BundleDigest) throws(DeskError) -> StoredBundle? {
        try read { try $0.bundle(digest) }
    }

    /// The ledger's size and root.
    public func ledgerTree() throws(DeskError) -> MerkleFrontier { try read { try $0.ledgerTree() } }

    /// How many entries are looked at together.
    private static let verifiedAtOnce = 2000

    /// Recomputes every hash of the ledger and compares with what is stored and with every checkpoint.
    ///
    /// - Parameters:
    ///   - notes: checkpoints kept elsewhere, to be compared beside those of the store.
    ///   - progress: called now and then with how many entries of how many are done.
    public func verifyLedger(notes: [String] = [], progress: (Int64, Int64) -> Void = { _, _ in })
        throws(DeskError) -> LedgerVerification
    {
        let given = try notes.map { note throws(DeskError) in (try size(of: note), note) }
        return try read { tx in
            let tree = try tx.ledgerTree()
            var verifier = LedgerVerifier()
            var waiting = given.sorted { $0.0 < $1.0 }[...]
            var rows = try tx.ledgerRows(from: 0, limit: Self.verifiedAtOnce)
            while !rows.isEmpty {
                let index = verifier.size
                // Hashed on other cores while the next ones are read here.
                let examination = Examination(rows.map(\.bytes))
                let next = try tx.ledgerRows(from: index + Int64(rows.count), limit: Self.verifiedAtOnce)
                var stored = try tx.checkpoints(from: index + 1, limit: rows.count)[...]
                for (examined, row) in zip(examination.result(), rows) {
                    if row.isWithheld {
                        verifier.pass(row.leaf)
                    } else {
                        verifier.check(examined, storedLeafHash: row.leaf)
                    }
                    while let first = stored.first, first.size == verifier.size {
                        verifier.compare(first.note)
                        stored = stored.dropFirst()
                    }
                    while let first = waiting.first, first.0 == verifier.size {
                        verifier.compare(first.1)
                        waiting = waiting.dropFirst()
                    }
                }
                progress(verifier.size, tree.size)
                rows = next
            }
            if let beyond = waiting.last?.0 { verifier.miss(beyond) }
            if let last = try tx.lastCheckpoint(), last.size > verifier.size { verifier.miss(last.size) }
            return verifier.finish(stored: tree)
        }
    }

    private func size(of note: String) throws(DeskError) -> Int64 {
        guard let size = Checkpoint.size(ofNote: note) else {
            throw .invalid(.other("this is no checkpoint: origin, size and root on a line each"))
        }
        return size
    }

    // MARK: Checkpoints and proofs

    /// Signs the ledger as it is now.
    public func signLedger() throws(DeskError) -> StoredCheckpoint {
        guard let clerk else { throw .invalid(.noKey) }
        let now = clock.now().wall
        guard let made = try write({ try clerk.sign(at: now, in: $0) }) else { throw .invalid(.noKey) }
        return made
    }

    /// The signed notes, smallest size first, at most `limit`.
    public func checkpoints(from size: Int64 = 0, limit: Int) throws(DeskError) -> [StoredCheckpoint] {
        try read { try $0.checkpoints(from: size, limit: limit) }
    }

    /// The signed note of the largest size; `nil` before the first.
    public func lastCheckpoint() throws(DeskError) -> StoredCheckpoint? {
        try read { try $0.lastCheckpoint() }
    }

    /// A proof that an entry is in the ledger, under a checkpoint that covers it; one is signed if none does yet.
    public func receipt(for index: Int64) throws(DeskError) -> Receipt {
        let size = try ledgerTree().size
        guard index >= 0, index < size else { throw .invalid(.noEntry(index, size: size)) }
        if try (lastCheckpoint()?.size ?? 0) <= index { _ = try signLedger() }
        return try read { tx in
            guard let checkpoint = try tx.lastCheckpoint(),
                let entry = try tx.ledgerEntries(from: index, limit: 1).first
            else { throw DeskError.invalid(.noKey) }
            let ranges = MerkleTree.inclusionRanges(of: index, size: checkpoint.size)
            let proof = try roots(ranges, in: tx)
            return Receipt(entry: entry, index: index, proof: proof, checkpoint: checkpoint.note)
        }
    }

    /// The number of the entry that tells of a decision.
    public func entryIndex(of decision: DecisionID) throws(DeskError) -> Int64? {
        try read { try newest(.decided, holding: "\"decision\":\"\(decision.rawValue)\"", in: $0) }
    }

    /// Whether the ledger tells of a whole export with a file of that SHA-256, in hexadecimal.
    public func hasExported(digest: String) throws(DeskError) -> Bool {
        try read { tx in
            guard let index = try newest(.exported, holding: "\"\(digest)\"", in: tx),
                let bytes = try tx.ledgerEntries(from: index, limit: 1).first
            else { return false }
            return try LedgerEntry(canonicalBytes: bytes).fields["complete"] == .bool(true)
        }
    }

    /// The number of the newest entry of a kind that holds some bytes; what is asked for is mostly new.
    private func newest(_ kind: EntryKind, holding text: String, in tx: any StoreReading) throws -> Int64? {
        let text = Data(text.utf8)
        var index = try tx.ledgerTree().size
        while index > 0 {
            let start = max(0, index - 1000)
            let entries = try tx.ledgerEntries(from: start, limit: Int(index - start))
            for (offset, bytes) in entries.enumerated().reversed() where Data(bytes).range(of: text) != nil {
                if try LedgerEntry(canonicalBytes: bytes).kind == kind { return start + Int64(offset) }
            }
            index = start
        }
        return nil
    }

    /// A proof that the ledger only grew between two checkpoints of these sizes.
    public func consistency(from old: Int64, to new: Int64) throws(DeskError) -> ConsistencyProof {
        try read { tx in
            func note(_ size: Int64) throws -> String {
                guard let found = try tx.checkpoints(from: size, limit: 1).first, found.size == size else {
                    throw DeskError.invalid(.noCheckpoint(size))
                }
                return found.note
            }
            guard old <= new else { throw DeskError.invalid(.other("the first size is the larger one")) }
            let proof = try roots(MerkleTree.consistencyRanges(from: old, to: new), in: tx)
            return ConsistencyProof(old: try note(old), new: try note(new), proof: proof)
        }
    }

    private func roots(_ ranges: [Range<Int64>], in tx: any StoreReading) throws -> [[UInt8]] {
        var roots = RangeRoots(ranges)
        let end = ranges.map(\.upperBound).max() ?? 0
        var index: Int64 = 0
        while index < end {
            let hashes = try tx.ledgerLeafHashes(from: index, limit: Int(min(5000, end - index)))
            guard !hashes.isEmpty else { throw StoreError.damaged("entry \(index) of the ledger") }
            for hash in hashes { roots.take(hash) }
            index += Int64(hashes.count)
        }
        return roots.roots ?? []
    }

    // MARK: Keys

    /// Lets another key sign the ledger from now on, and signs with it at once.
    ///
    /// - Parameters:
    ///   - old: the key before, which signs that the new one takes over; `nil` when it was lost.
    ///   - reason: `routine`, `lost` or `stolen`.
    public func changeKey(to new: SiteKey, from old: SiteKey?, reason: KeyChange, by lead: Person)
        throws(DeskError)
        -> StoredCheckpoint
    {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        let made = try write { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            var fields: [String: LedgerValue] = [
                "key": .string(new.publicKeyHex), "reason": .string(reason.rawValue),
            ]
            if let old {
                guard old.publicKeyHex == site.publicKey else { throw DeskError.invalid(.noKey) }
                fields["endorsement"] = .string(try old.endorsement(of: new.publicKeyHex, origin: site.name))
            } else if reason != .lost {
                throw DeskError.invalid(.noKey)
            }
            try tx.append(LedgerEntry(kind: .keyChanged, at: now, person: lead.id, post: nil, fields: fields))
            try tx.setPublicKey(new.publicKeyHex)
            return try CheckpointClerk(key: new).sign(at: now, in: tx)
        }
        guard let made else { throw .invalid(.noKey) }
        return made
    }
}

/// Why another key takes over.
public enum KeyChange: String, CaseIterable, Hashable, Sendable {
    /// As planned.
    case routine
    /// Nobody has the old key any more.
    case lost
    /// Somebody else may have the old key.
    case stolen
}
