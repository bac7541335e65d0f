import Crypto
import Ledger
import Moderation

/// How a stratified sample is drawn: pure, and written down in Documentation/audit.md so that anybody can do it again.
struct SampleDraw {
    /// How many of each stratum are drawn.
    private let wanted: [[String]: Int]
    private let seed: [UInt8]
    private var chosen: [[String]: Chosen] = [:]

    /// Prepares for strata of these sizes.
    ///
    /// - Returns: `nil` when the sample is smaller than what the minimum asks of all strata together.
    init?(seed: String, size: Int, minimum: Int, populations: [[String]: Int]) {
        let keys = populations.keys.sorted { $0.lexicographicallyPrecedes($1, by: Self.precedes) }
        guard
            let counts = Self.allocate(
                size: size, minimum: minimum, among: keys.map { populations[$0, default: 0] })
        else { return nil }
        wanted = Dictionary(uniqueKeysWithValues: zip(keys, counts))
        self.seed = Array(seed.utf8) + [0x0A]
    }

    /// Takes a decision into account.
    mutating func offer(_ id: DecisionID, in stratum: [String]) {
        guard let limit = wanted[stratum], limit > 0 else { return }
        chosen[stratum, default: Chosen(limit: limit)].offer(Ticket(seed: seed, id: id))
    }

    /// What is drawn, in the order of the tickets over all strata.
    var drawn: [DecisionID] { chosen.values.flatMap(\.best).sorted().map(\.id) }

    /// How many are drawn of a stratum.
    func drawn(of stratum: [String]) -> Int { chosen[stratum]?.best.count ?? 0 }

    /// What tells which decisions were drawn, in which order.
    static func digest(of ids: [DecisionID]) -> String {
        var digest = DrawnDigest()
        for id in ids { digest.take(id.rawValue) }
        return digest.hex
    }

    /// Orders text by its bytes.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    // MARK: Allocation

    /// Shares a size out in proportion, largest remainders first, and sees that nobody gets less than the minimum.
    ///
    /// A share below the minimum is raised to it, or to the whole stratum where that is smaller; what is left is
    /// shared anew among the others, until none is below. Equal remainders go to the earlier stratum.
    ///
    /// - Returns: `nil` when the minima alone are more than the size.
    static func allocate(size: Int, minimum: Int, among populations: [Int]) -> [Int]? {
        let total = populations.reduce(0, +)
        var left = min(size, total)
        let minima = populations.map { min(minimum, $0) }
        guard minima.reduce(0, +) <= left else { return nil }
        var result = minima
        var open = Array(populations.indices)
        while true {
            let shares = share(left, among: open.map { populations[$0] })
            let raised = zip(open, shares).filter { $1 < minima[$0] }.map(\.0)
            guard !raised.isEmpty else {
                for (index, share) in zip(open, shares) { result[index] = share }
                return result
            }
            left -= raised.reduce(0) { $0 + minima[$1] }
            let gone = Set(raised)
            open.removeAll(where: gone.contains)
        }
    }

    /// Largest remainders, in whole numbers.
    private static func share(_ size: Int, among populations: [Int]) -> [Int] {
        let total = populations.reduce(0, +)
        guard total > 0 else { return populations }
        var shares: [Int] = []
        var remainders: [Int] = []
        for population in populations {
            let (quotient, remainder) = (size * population).quotientAndRemainder(dividingBy: total)
            shares.append(quotient)
            remainders.append(remainder)
        }
        let order = populations.indices.sorted { left, right in
            (remainders[right], left) < (remainders[left], right)
        }
        for index in order.prefix(size - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }
}

/// SHA-256 over ids in their order, each with a line feed.
struct DrawnDigest {
    private var hash = SHA256()
    /// How many ids it has taken.
    private(set) var count: Int64 = 0

    /// Takes the next id.
    mutating func take(_ id: String) {
        hash.update(data: Array(id.utf8) + [0x0A])
        count += 1
    }

    /// In hexadecimal.
    var hex: String { Hexadecimal.string(Array(hash.finalize())) }
}

/// What orders decisions: SHA-256 over seed, line feed and id; then the id.
struct Ticket: Comparable {
    private let hash: (UInt64, UInt64, UInt64, UInt64)
    let id: DecisionID

    init(seed: [UInt8], id: DecisionID) {
        var digest = SHA256()
        digest.update(data: seed)
        digest.update(data: Array(id.rawValue.utf8))
        hash = digest.finalize().withUnsafeBytes { bytes in
            func word(_ index: Int) -> UInt64 {
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
            }
            return (word(0), word(1), word(2), word(3))
        }
        self.id = id
    }

    static func == (left: Ticket, right: Ticket) -> Bool { left.id == right.id && left.hash == right.hash }

    static func < (left: Ticket, right: Ticket) -> Bool {
        left.hash == right.hash ? left.id < right.id : left.hash < right.hash
    }
}

/// The first so many tickets of all that are offered, in memory for twice as many.
private struct Chosen {
    private let limit: Int
    private var kept: [Ticket] = []
    private var last: Ticket?

    init(limit: Int) { self.limit = limit }

    mutating func offer(_ ticket: Ticket) {
        if let last, ticket > last { return }
        kept.append(ticket)
        guard kept.count >= 2 * limit else { return }
        kept = best
        last = kept.last
    }

    var best: [Ticket] { Array(kept.sorted().prefix(limit)) }
}
