import Glibc
import Synchronization

/// Where a desk takes randomness for pseudonyms, ids and salts.
public protocol Entropy: Sendable {
    /// So many bytes that nobody can guess.
    func bytes(_ count: Int) -> [UInt8]
}

/// The operating system's randomness.
public struct SystemEntropy: Entropy {
    /// Makes a source.
    public init() {}

    /// Bytes from the operating system.
    public func bytes(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        result.withUnsafeMutableBytes { buffer in
            // The system gives at most 256 at once; nothing can fail on memory of ours.
            for start in stride(from: 0, to: count, by: 256) {
                precondition(
                    getentropy(buffer.baseAddress?.advanced(by: start), min(256, count - start)) == 0)
            }
        }
        return result
    }
}

/// Repeatable bytes from a seed (SplitMix64), for tests only: anybody can guess them.
public final class SeededEntropy: Entropy {
    private let state: Mutex<UInt64>

    /// Makes a source.
    public init(seed: UInt64) { state = Mutex(seed) }

    /// The next bytes of the sequence.
    public func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in
            (0..<count).map { _ in
                state &+= 0x9E37_79B9_7F4A_7C15
                var mixed = state
                mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
                mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
                return UInt8(truncatingIfNeeded: mixed ^ (mixed >> 31))
            }
        }
    }
}

/// Names made of bytes.
enum Naming {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// Crockford's base 32 in lower case, the last digit padded with zero bits.
    static func base32(_ bytes: some Sequence<UInt8>) -> String {
        var digits: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                digits.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { digits.append(alphabet[buffer << (5 - bits) & 31]) }
        return String(decoding: digits, as: UTF8.self)
    }
}
