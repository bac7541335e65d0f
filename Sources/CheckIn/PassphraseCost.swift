import Crypto
import CryptoExtras
import Foundation

/// What it costs to try a passphrase: the parameters of scrypt (RFC 7914).
public struct PassphraseCost: Hashable, Sendable {
    /// The binary logarithm of N: memory and time double with each.
    public let logN: Int
    /// The block size r.
    public let blockSize: Int
    /// The parallelism p.
    public let parallelism: Int

    /// N = 2¹⁷, r = 8, p = 1: 128 MiB and some tenths of a second for each try.
    ///
    /// Source: OWASP, Password Storage Cheat Sheet, the first of its equal choices for scrypt.
    public static let standard = PassphraseCost(logN: 17, blockSize: 8, parallelism: 1)

    /// Makes parameters.
    public init(logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// Whether a file may ask for it: else a changed file could take all memory, or make tries cheap.
    var isBearable: Bool {
        (4...20).contains(logN) && (1...16).contains(blockSize) && (1...4).contains(parallelism)
    }

    func key(from passphrase: String, salt: [UInt8]) throws -> SymmetricKey {
        // The same letters must open it however a keyboard composed them.
        let composed = passphrase.precomposedStringWithCanonicalMapping
        return try KDF.Scrypt.deriveKey(
            from: Array(composed.utf8), salt: salt, outputByteCount: 32, rounds: 1 << logN,
            blockSize: blockSize, parallelism: parallelism)
    }
}
