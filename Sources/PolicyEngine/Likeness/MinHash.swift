import Moderation

/// MinHash over sets of shingles, in bands for looking candidates up.
///
/// Broder (1997): of a random order of all shingles, two sets share the first with a probability that is their Jaccard
/// similarity. Sixteen orders make four bands of four; sets of similarity s share a band with probability
/// `1 − (1 − s⁴)⁴`, which is 0.99 at 0.9 and 0.23 at 0.5. What is found so is only a candidate.
struct MinHash {
    private static let rows = 4
    private let key: UInt64
    private let orders: [UInt64]

    init(secret: [UInt8]) {
        key = secret.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let start = key
        orders = (1...UInt64(LikenessKeys.bandCount * Self.rows)).map { Self.mixed(start ^ Self.mixed($0)) }
    }

    func bands(of shingles: Set<String>, around: String) -> [Int64] {
        var least = [UInt64](repeating: .max, count: orders.count)
        for shingle in shingles {
            let value = hash(shingle)
            for place in orders.indices {
                least[place] = min(least[place], Self.mixed(value ^ orders[place]))
            }
        }
        let start = hash(around)
        return (0..<LikenessKeys.bandCount).map { band in
            let rows = least[band * Self.rows..<(band + 1) * Self.rows]
            return Int64(bitPattern: rows.reduce(Self.mixed(start &+ UInt64(band))) { Self.mixed($0 ^ $1) })
        }
    }

    private func hash(_ text: String) -> UInt64 {
        Self.mixed(text.utf8.reduce(key) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    /// The finalizer of SplitMix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value &+ 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
