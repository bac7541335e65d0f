/// The parts of a log whose roots make a proof, so that proofs are made in one pass and constant memory.
extension MerkleTree {
    /// The ranges of leaves whose roots are the inclusion proof of a leaf, in the proof's order.
    ///
    /// As in RFC 9162, section 2.1.3.1; empty when the leaf is not in a log of that size.
    public static func inclusionRanges(of index: Int64, size: Int64) -> [Range<Int64>] {
        guard index >= 0, index < size else { return [] }
        var result: [Range<Int64>] = []
        var range: Range<Int64> = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Int64(split(range.count))
            if index < middle {
                result.append(middle..<range.upperBound)
                range = range.lowerBound..<middle
            } else {
                result.append(range.lowerBound..<middle)
                range = middle..<range.upperBound
            }
        }
        return result.reversed()
    }

    /// The ranges of leaves whose roots prove that a log begins with the log that it was at an earlier size.
    ///
    /// As in RFC 9162, section 2.1.4.1; empty for equal sizes and for those that prove nothing.
    public static func consistencyRanges(from old: Int64, to new: Int64) -> [Range<Int64>] {
        guard old >= 1, old < new else { return [] }
        var result: [Range<Int64>] = []
        var range: Range<Int64> = 0..<new
        var isWhole = true
        while old < range.upperBound {
            let middle = range.lowerBound + Int64(split(range.count))
            if old <= middle {
                result.append(middle..<range.upperBound)
                range = range.lowerBound..<middle
            } else {
                result.append(range.lowerBound..<middle)
                range = middle..<range.upperBound
                isWhole = false
            }
        }
        if !isWhole { result.append(range) }
        return result.reversed()
    }
}

/// Computes the roots of several ranges of a log while its leaf hashes pass by once, in order.
public struct RangeRoots {
    private let ranges: [Range<Int64>]
    private var frontiers: [MerkleFrontier]
    private var next: Int64 = 0

    /// Starts before leaf 0.
    public init(_ ranges: [Range<Int64>]) {
        self.ranges = ranges
        frontiers = ranges.map { _ in MerkleFrontier() }
    }

    /// Takes the next leaf's hash.
    public mutating func take(_ leaf: [UInt8]) {
        for (index, range) in ranges.enumerated() where range.contains(next) {
            frontiers[index].append(leaf: leaf)
        }
        next += 1
    }

    /// The roots, once all leaves of the ranges have passed; `nil` before.
    public var roots: [[UInt8]]? {
        guard zip(ranges, frontiers).allSatisfy({ Int64($0.count) == $1.size }) else { return nil }
        return frontiers.map(\.root)
    }
}
