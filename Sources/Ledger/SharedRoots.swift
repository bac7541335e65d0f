/// Computes the roots of many parts of a log, as inclusion proofs ask for them, while its leaf hashes pass by once.
///
/// Proofs share most of their parts, so that a thousand of them cost little more than one. Memory grows with the
/// number of parts alone.
public struct SharedRoots {
    private let wanted: Set<Range<Int64>>
    private var found: [Range<Int64>: [UInt8]] = [:]
    /// The perfect subtrees that are not yet part of a larger one, from left to right.
    private var peaks: [(range: Range<Int64>, hash: [UInt8])] = []
    private var next: Int64 = 0

    /// Starts before leaf 0.
    public init(_ ranges: some Sequence<Range<Int64>>) { wanted = Set(ranges) }

    /// Takes the next leaf's hash.
    public mutating func take(_ leaf: [UInt8]) {
        add(next..<next + 1, leaf)
        next += 1
        while peaks.count > 1, let right = peaks.last, right.range.count == peaks[peaks.count - 2].range.count
        {
            peaks.removeLast()
            let left = peaks.removeLast()
            add(
                left.range.lowerBound..<right.range.upperBound, MerkleTree.nodeHash(left.hash, right.hash))
        }
    }

    private mutating func add(_ range: Range<Int64>, _ hash: [UInt8]) {
        peaks.append((range, hash))
        if wanted.contains(range) { found[range] = hash }
    }

    /// The roots, once all leaves of the log have passed.
    public func finish() -> [Range<Int64>: [UInt8]] {
        var found = found
        guard var edge = peaks.last else { return found }
        for peak in peaks.dropLast().reversed() {
            edge = (
                peak.range.lowerBound..<edge.range.upperBound, MerkleTree.nodeHash(peak.hash, edge.hash)
            )
            if wanted.contains(edge.range) { found[edge.range] = edge.hash }
        }
        return found
    }
}
