import Crypto
import Foundation

/// A statement of a ledger's size and root, signed: a C2SP signed note (c2sp.org/tlog-checkpoint).
///
/// The text has three lines, origin, size and root in base64, then an empty line and the signature:
/// ```
/// forum.example/releve
/// 4
/// 03fuGB2XXXU8cfhrnDiY+iotnO9Lb/D9/osweLlSCRQ=
///
/// — forum.example/releve c2lnbmF0dXJl…
/// ```
public struct Checkpoint: Hashable, Sendable {
    /// Which ledger: the site's name, also the name of its key.
    public let origin: String
    /// How many entries it has.
    public let size: Int64
    /// The root over them, 32 bytes.
    public let root: [UInt8]

    /// Makes a checkpoint; an origin that is empty or has a space, a plus sign or a control character is an
    /// error, because a note can't name it.
    public init(origin: String, size: Int64, root: [UInt8]) throws(LedgerError) {
        let isName =
            !origin.isEmpty
            && origin.unicodeScalars.allSatisfy { scalar in
                !scalar.properties.isWhitespace && scalar != "+"
                    && ![.control, .format, .surrogate].contains(scalar.properties.generalCategory)
            }
        guard isName, size >= 0, root.count == 32 else { throw .notACheckpoint }
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// The size that a note speaks of, before anything of it is checked; `nil` for what is no note of entries.
    public static func size(ofNote note: String) -> Int64? {
        let lines = note.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: false)
        guard lines.count > 2, let size = Int64(lines[1]), size > 0 else { return nil }
        return size
    }

    /// The signed part: three lines, each with its line feed.
    public var body: String { "\(origin)\n\(size)\n\(Data(root).base64EncodedString())\n" }

    /// The whole note, signed.
    public func note(signedBy key: SiteKey) throws(LedgerError) -> String {
        let signature = try key.signature(of: Array(body.utf8))
        let id = Self.keyID(name: origin, publicKey: key.publicKey)
        return body + "\n\u{2014} \(origin) \(Data(id + signature).base64EncodedString())\n"
    }

    /// Reads a note and checks its signature by this key; signatures by others are passed over.
    ///
    /// - Throws: `LedgerError.notACheckpoint` for another form, `.badSignature` when the key's signature is
    ///   missing or wrong.
    public init(note: String, publicKeyHex: String) throws(LedgerError) {
        let lines = note.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        guard lines.count >= 6, lines.last == "", lines[3].isEmpty, let size = Int64(lines[1]),
            String(size) == lines[1], let root = Data(base64Encoded: lines[2]),
            root.base64EncodedString() == lines[2]
        else { throw .notACheckpoint }
        try self.init(origin: lines[0], size: size, root: Array(root))
        guard let bytes = Hexadecimal.bytes(publicKeyHex),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes))
        else { throw .notAKey }
        let id = Self.keyID(name: origin, publicKey: bytes)
        let prefix = "\u{2014} \(origin) "
        let signatures = lines[4...].filter { $0.utf8.starts(with: prefix.utf8) }.compactMap { line in
            Data(base64Encoded: Data(line.utf8.dropFirst(prefix.utf8.count))).map { Array($0) }
        }
        let isSigned = signatures.contains { signature in
            signature.count == 68 && signature[..<4].elementsEqual(id)
                && key.isValidSignature(Data(signature[4...]), for: Data(body.utf8))
        }
        guard isSigned else { throw .badSignature }
    }

    /// The first four bytes of SHA-256 over name, line feed, the algorithm's number (1 is Ed25519) and key.
    static func keyID(name: String, publicKey: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: Array(name.utf8) + [0x0A, 0x01] + publicKey).prefix(4))
    }
}
