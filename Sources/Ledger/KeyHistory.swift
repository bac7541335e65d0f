import Crypto
import Foundation

/// Which key signs a log from which size on, read from the log itself.
///
/// The first key stands in the entry that made the site. A later one comes with an entry of its own, signed by the key
/// before it unless that was lost; from that entry on, what the old key signs counts for nothing, so that whoever
/// stole it can't speak for the log any more.
public struct KeyHistory: Hashable, Sendable {
    /// A key and the first size that it may sign.
    public struct Tenure: Hashable, Sendable {
        /// The Ed25519 public key, in hexadecimal.
        public let key: String
        /// The size from which on it signs.
        public let from: Int64
    }

    /// The keys, oldest first.
    public private(set) var tenures: [Tenure] = []
    /// What is wrong with a change of keys, in a sentence.
    public private(set) var problem: String?
    private var origin = ""

    /// Starts before entry 0.
    public init() {}

    /// Takes the entry of that number; entries that speak of no key change nothing.
    public mutating func take(_ entry: LedgerEntry, at index: Int64) {
        switch entry.kind {
        case .siteMade where index == 0:
            guard case .string(let key)? = entry.fields["public_key"],
                case .string(let name)? = entry.fields["name"]
            else { return }
            origin = name
            tenures = [Tenure(key: key, from: 1)]
        case .keyChanged:
            guard case .string(let key)? = entry.fields["key"] else { return }
            if case .string(let text)? = entry.fields["endorsement"] {
                let last = tenures.last?.key ?? ""
                if !Self.isEndorsed(key, by: last, origin: origin, signature: text) {
                    problem = problem ?? "entry \(index) brings a key that the key before it didn't sign"
                }
            } else if entry.fields["reason"] != .string("lost") {
                problem = problem ?? "entry \(index) brings a key without a signature by the key before it"
            }
            tenures.append(Tenure(key: key, from: index + 1))
        default: break
        }
    }

    /// The key that signs a log of that size.
    public func key(at size: Int64) -> String? { tenures.last { $0.from <= size }?.key }

    /// What the old key signs so that the new one takes over.
    static func endorsement(of key: String, origin: String) -> [UInt8] {
        Array("releve: key change\n\(origin)\n\(key)\n".utf8)
    }

    private static func isEndorsed(_ key: String, by old: String, origin: String, signature: String) -> Bool {
        guard let bytes = Hexadecimal.bytes(old), let signature = Data(base64Encoded: signature),
            let old = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(bytes))
        else { return false }
        return old.isValidSignature(signature, for: Data(endorsement(of: key, origin: origin)))
    }
}

extension SiteKey {
    /// Signs that another key takes over for the log of that origin; base64.
    public func endorsement(of publicKeyHex: String, origin: String) throws(LedgerError) -> String {
        let message = KeyHistory.endorsement(of: publicKeyHex, origin: origin)
        return Data(try signature(of: message)).base64EncodedString()
    }
}

extension Checkpoint {
    /// Reads a note that one of these keys must have signed.
    public init(note: String, signedByAnyOf publicKeys: [String]) throws(LedgerError) {
        var failure = LedgerError.badSignature
        for key in publicKeys {
            do throws(LedgerError) {
                self = try Checkpoint(note: note, publicKeyHex: key)
                return
            } catch { if error != .badSignature { failure = error } }
        }
        throw failure
    }
}
