import Crypto
import Foundation

/// A portable record with the receipts of the ledger's entries that it rests on, signed with the site's key.
///
///     let file = try RecordFile(bytes: bytes)
///     let problems = file.check(publicKey: nil)
///
/// In canonical JSON with a line feed: `{"checkpoint":…,"format":"releve-record/1","receipts":[…],"record":{…},
/// "signature":…}`.
public struct RecordFile: Hashable, Sendable {
    /// The format's name.
    public static let format = "releve-record/1"
    /// Larger files are not read: a life's work takes some megabytes.
    public static let largest = 64 << 20

    /// An entry and the proof that it is in the ledger.
    public struct Proved: Hashable, Sendable {
        /// The entry's canonical text.
        public var entry: String
        /// Its number.
        public var index: Int64
        /// The hashes beside the way from its leaf to the root.
        public var proof: [[UInt8]]

        /// Makes a proof.
        public init(entry: String, index: Int64, proof: [[UInt8]]) {
            self.entry = entry
            self.index = index
            self.proof = proof
        }
    }

    /// The record.
    public let record: PortableRecord
    /// What it rests on, in the order of the ledger.
    public let receipts: [Proved]
    /// The signed note of the ledger's size and root.
    public let checkpoint: String
    /// The site's signature.
    public let signature: [UInt8]
    /// What was found wrong with sums when it was read.
    let sumProblems: [RecordProblem]

    /// Signs a record.
    public init(
        record: PortableRecord, receipts: [Proved], checkpoint: String, signedBy key: SiteKey
    ) throws(LedgerError) {
        self.record = record
        self.receipts = receipts
        self.checkpoint = checkpoint
        sumProblems = []
        let members = Self.members(record.value, receipts: receipts, checkpoint: checkpoint)
        signature = try key.signature(of: Self.signed(members))
    }

    /// Reads a file; what is not of the format is an error that says where.
    public init(bytes: [UInt8]) throws(RecordProblem) {
        guard bytes.last == 0x0A, bytes.count <= Self.largest else {
            throw RecordProblem("byte \(bytes.count)", .notCanonical)
        }
        let value: LedgerValue
        do throws(StrictJSON.Unreadable) { value = try StrictJSON.value(of: bytes.dropLast()) } catch {
            throw RecordProblem("byte \(error.place)", .notCanonical)
        }
        let whole = RecordShape(value: value, path: "")
        if let format = value.members?["format"]?.text, format != Self.format {
            throw RecordProblem("format", .unknownFormat(SafeName.of(format)))
        }
        let members = try whole.object(["checkpoint", "format", "receipts", "record", "signature"])
        checkpoint = try members.text("checkpoint")
        signature = try Self.base64(members, "signature", count: 64)
        var problems: [RecordProblem] = []
        record = try PortableRecord(members.shape("record"), problems: &problems)
        sumProblems = problems
        var receipts: [Proved] = []
        for shape in try members.list("receipts") {
            let parts = try shape.object(["entry", "index", "proof"])
            var proof: [[UInt8]] = []
            for hash in try parts.list("proof") {
                guard let text = hash.value.text, let bytes = Self.bytes(text, count: 32) else {
                    throw RecordProblem(hash.path, .wrongKind("32 bytes in base64"))
                }
                proof.append(bytes)
            }
            receipts.append(
                Proved(entry: try parts.text("entry"), index: try parts.amount("index"), proof: proof))
        }
        self.receipts = receipts
    }

    /// The file's bytes.
    public var bytes: [UInt8] {
        var members = Self.members(record.value, receipts: receipts, checkpoint: checkpoint)
        members["signature"] = .string(Data(signature).base64EncodedString())
        return CanonicalJSON.bytes(of: .object(members)) + [0x0A]
    }

    /// SHA-256 of the file, in hexadecimal.
    public var digest: String { ContentCommitment.sha256(bytes) }

    private static func members(_ record: LedgerValue, receipts: [Proved], checkpoint: String)
        -> [String: LedgerValue]
    {
        [
            "checkpoint": .string(checkpoint), "format": .string(format), "record": record,
            "receipts": .array(
                receipts.map { receipt in
                    [
                        "entry": .string(receipt.entry), "index": .integer(receipt.index),
                        "proof": .array(receipt.proof.map { .string(Data($0).base64EncodedString()) }),
                    ]
                }),
        ]
    }

    /// The bytes that are signed: a line that nothing else signed begins with, and all but the signature.
    private static func signed(_ members: [String: LedgerValue]) -> [UInt8] {
        Array("releve: portable record\n".utf8) + CanonicalJSON.bytes(of: .object(members))
    }

    /// Whether the key in the record signed all of it.
    var isSigned: Bool {
        guard let bytes = Hexadecimal.bytes(record.key),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes))
        else { return false }
        let message = Self.signed(Self.members(record.value, receipts: receipts, checkpoint: checkpoint))
        return key.isValidSignature(Data(signature), for: Data(message))
    }

    private static func base64(_ members: RecordShape.Members, _ name: String, count: Int)
        throws(RecordProblem) -> [UInt8]
    {
        guard let bytes = bytes(try members.text(name), count: count) else {
            throw RecordProblem(members.path(name), .wrongKind("\(count) bytes in base64"))
        }
        return bytes
    }

    private static func bytes(_ text: String, count: Int) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.count == count, data.base64EncodedString() == text
        else { return nil }
        return Array(data)
    }
}
