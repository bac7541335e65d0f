import Foundation

/// A proof that one entry is in the log that a checkpoint speaks of: to be kept by whom it concerns, and checked
/// without the site.
///
/// In JSON: `{"checkpoint":…,"entry":…,"index":…,"proof":[…],"type":"releve-receipt/1"}`, hashes in base64, the entry
/// as its canonical text.
public struct Receipt: Hashable, Sendable {
    static let type = "releve-receipt/1"

    /// The entry's canonical bytes.
    public var entry: [UInt8]
    /// Its number.
    public var index: Int64
    /// The hashes beside the way from its leaf to the root.
    public var proof: [[UInt8]]
    /// The signed note of size and root.
    public var checkpoint: String

    /// Makes a receipt.
    public init(entry: [UInt8], index: Int64, proof: [[UInt8]], checkpoint: String) {
        self.entry = entry
        self.index = index
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// What the receipt proves, or why it proves nothing.
    ///
    /// - Parameter publicKeys: the site's keys in hexadecimal; one of them must have signed.
    public func check(publicKeys: [String]) throws(LedgerError) -> LedgerEntry {
        let checkpoint = try Checkpoint(note: checkpoint, signedByAnyOf: publicKeys)
        let isIn = MerkleTree.isIncluded(
            leaf: MerkleTree.leafHash(entry), index: index, size: checkpoint.size, proof: proof,
            root: checkpoint.root)
        guard isIn else { throw .notProved }
        return try LedgerEntry(canonicalBytes: entry)
    }

    /// Its JSON, canonical and with a line feed.
    public var json: [UInt8] {
        CanonicalJSON.bytes(
            of: [
                "checkpoint": .string(checkpoint), "entry": .string(String(decoding: entry, as: UTF8.self)),
                "index": .integer(index), "proof": ProofForm.value(proof), "type": .string(Self.type),
            ]) + [0x0A]
    }

    /// Reads its JSON.
    public init(json: [UInt8]) throws(LedgerError) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(json)), form.type == Self.type,
            let proof = ProofForm.hashes(form.proof)
        else { throw .notAProof }
        self.init(entry: Array(form.entry.utf8), index: form.index, proof: proof, checkpoint: form.checkpoint)
    }

    private struct Form: Decodable {
        let checkpoint, entry, type: String
        let index: Int64
        let proof: [String]
    }
}

/// A proof that a log only grew between two checkpoints.
///
/// In JSON: `{"new":…,"old":…,"proof":[…],"type":"releve-consistency/1"}`, where `old` and `new` are signed notes.
public struct ConsistencyProof: Hashable, Sendable {
    static let type = "releve-consistency/1"

    /// The note of the smaller log.
    public var old: String
    /// The note of the larger one.
    public var new: String
    /// The hashes.
    public var proof: [[UInt8]]

    /// Makes a proof.
    public init(old: String, new: String, proof: [[UInt8]]) {
        self.old = old
        self.new = new
        self.proof = proof
    }

    /// The two checkpoints, if the proof holds.
    public func check(publicKeys: [String]) throws(LedgerError) -> (old: Checkpoint, new: Checkpoint) {
        let old = try Checkpoint(note: old, signedByAnyOf: publicKeys)
        let new = try Checkpoint(note: new, signedByAnyOf: publicKeys)
        let holds = MerkleTree.isConsistent(
            oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, proof: proof)
        guard old.origin == new.origin, holds else { throw .notProved }
        return (old, new)
    }

    /// Its JSON, canonical and with a line feed.
    public var json: [UInt8] {
        CanonicalJSON.bytes(
            of: [
                "new": .string(new), "old": .string(old), "proof": ProofForm.value(proof),
                "type": .string(Self.type),
            ]) + [0x0A]
    }

    /// Reads its JSON.
    public init(json: [UInt8]) throws(LedgerError) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(json)), form.type == Self.type,
            let proof = ProofForm.hashes(form.proof)
        else { throw .notAProof }
        self.init(old: form.old, new: form.new, proof: proof)
    }

    private struct Form: Decodable {
        let new, old, type: String
        let proof: [String]
    }
}

/// Hashes in base64.
private enum ProofForm {
    static func value(_ hashes: [[UInt8]]) -> LedgerValue {
        .array(hashes.map { .string(Data($0).base64EncodedString()) })
    }

    static func hashes(_ texts: [String]) -> [[UInt8]]? {
        let hashes = texts.compactMap { text in Data(base64Encoded: text).map { Array($0) } }
        return hashes.count == texts.count && hashes.allSatisfy { $0.count == 32 } ? hashes : nil
    }
}
