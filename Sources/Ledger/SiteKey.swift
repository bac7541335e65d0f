import Crypto
import Foundation

/// The Ed25519 key that signs a site's ledger.
public struct SiteKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new key.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// The key of a seed of 32 bytes.
    public init(seed: [UInt8]) throws(LedgerError) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(seed))
        else { throw .notAKey }
        self.key = key
    }

    /// The 32 bytes to keep secret.
    public var seed: [UInt8] { Array(key.rawRepresentation) }

    /// The public key, in hexadecimal.
    public var publicKeyHex: String { Hexadecimal.string(publicKey) }

    var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

    /// Signs a message; 64 bytes.
    func signature(of message: [UInt8]) throws(LedgerError) -> [UInt8] {
        guard let signature = try? key.signature(for: Data(message)) else { throw .notAKey }
        return Array(signature)
    }
}
