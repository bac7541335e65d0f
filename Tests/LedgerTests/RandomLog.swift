@testable import Ledger

/// A log, with claims about it that two verifiers are to judge, true ones and false ones.
struct RandomLog {
    /// That a leaf stands at an index in the log as it was at a size.
    struct Inclusion {
        var leaf, index, size: Int
        /// The size of the beginning whose root is given.
        var root: Int
        var proof: [String]
        var truth = Truth.holds

        init(leaf: Int, index: Int, size: Int, proof: [String]) {
            (self.leaf, self.index, self.size, self.proof) = (leaf, index, size, proof)
            root = size
        }
    }

    /// That the log at one size begins with the log at another.
    struct Consistency {
        var old, new: Int
        var oldRoot, newRoot: Int
        var proof: [String]
        var truth = Truth.holds

        init(old: Int, new: Int, proof: [String]) {
            (self.old, self.new, self.proof) = (old, new, proof)
            (oldRoot, newRoot) = (old, new)
        }
    }

    /// What is known of a claim before anybody judges it.
    enum Truth {
        case holds
        /// The proof was changed: nobody may take it.
        case refused
        /// Other sizes or places with an untouched proof. Some of these hold, as a proof of inclusion doesn't bind the
        /// size; the verifiers have to agree.
        case open
    }

    let leaves: [[UInt8]]
    /// Roots of the perfect subtrees: those of single leaves first, then of two, and so on.
    private let levels: [[[UInt8]]]
    var inclusion: [Inclusion] = []
    var consistency: [Consistency] = []

    init(leaves: [[UInt8]]) {
        self.leaves = leaves
        var levels = [leaves.map { MerkleTree.leafHash($0) }]
        while let below = levels.last, below.count > 1 {
            levels.append(
                stride(from: 1, to: below.count, by: 2).map { MerkleTree.nodeHash(below[$0 - 1], below[$0]) })
        }
        self.levels = levels
    }

    var hashes: [[UInt8]] { levels[0] }

    /// The root of some leaves, by the definition, from subtrees that are known.
    func root(_ range: Range<Int>) -> [UInt8] {
        let count = range.count
        guard count > 0 else { return MerkleTree.emptyRoot }
        if count & (count - 1) == 0, range.lowerBound % count == 0 {
            return levels[count.trailingZeroBitCount][range.lowerBound / count]
        }
        let middle = range.lowerBound + MerkleTree.split(count)
        return MerkleTree.nodeHash(
            root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }

    /// The root of the log as it was at a size; of the empty one for sizes that it never had.
    func root(at size: Int) -> [UInt8] { root(0..<(0...leaves.count ~= size ? size : 0)) }

    func proof(_ ranges: [Range<Int64>]) -> [String] {
        ranges.map { Hexadecimal.string(root(Int($0.lowerBound)..<Int($0.upperBound))) }
    }

    // MARK: Judging

    /// What this project's verifier says of each claim.
    var verdict: String {
        let first = inclusion.map { claim in
            MerkleTree.isIncluded(
                leaf: hashes[claim.leaf], index: Int64(claim.index), size: Int64(claim.size),
                proof: claim.proof.compactMap { Hexadecimal.bytes($0) }, root: root(at: claim.root))
        }
        let second = consistency.map { claim in
            MerkleTree.isConsistent(
                oldSize: Int64(claim.old), oldRoot: root(at: claim.oldRoot), newSize: Int64(claim.new),
                newRoot: root(at: claim.newRoot), proof: claim.proof.compactMap { Hexadecimal.bytes($0) })
        }
        func letters(_ answers: [Bool]) -> String { String(answers.map { $0 ? "y" : "n" }) }
        return "\(letters(first)),\(letters(second))"
    }

    /// The log and the claims, as the second verifier reads them.
    var line: String {
        func list(_ items: some Sequence<String>) -> String { "[" + items.joined(separator: ",") + "]" }
        func words(_ items: [String]) -> String { list(items.map { "\"\($0)\"" }) }
        let first = inclusion.map { "[\($0.leaf),\($0.index),\($0.size),\($0.root),\(words($0.proof))]" }
        let second = consistency.map {
            "[\($0.old),\($0.oldRoot),\($0.new),\($0.newRoot),\(words($0.proof))]"
        }
        return "{\"leaves\":\(words(leaves.map { Hexadecimal.string($0) })),\"inclusion\":\(list(first)),"
            + "\"consistency\":\(list(second))}"
    }
}

// MARK: Drawing

extension RandomLog {
    /// A log of 0 to 5,000 leaves with claims.
    ///
    /// Small sizes and those beside powers of two come up often.
    static func drawn(by generator: inout Seeded) -> RandomLog {
        let size =
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5: Int.random(in: 0...64, using: &generator)
            case 5..<8:
                (1 << Int.random(in: 1...12, using: &generator)) + Int.random(in: -1...1, using: &generator)
            default: Int.random(in: 0...5000, using: &generator)
            }
        var log = RandomLog(
            leaves: (0..<size).map { _ in
                (0..<Int.random(in: 0..<9, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
            })
        log.claim(by: &generator)
        return log
    }

    private mutating func claim(by generator: inout Seeded) {
        let size = leaves.count
        // All pairs of a small log; all places and beginnings of a middling one; some of a large one.
        let ends = size <= 12 ? Array(0...size) : [size]
        for end in ends {
            let places = size <= 40 ? Array(0..<end) : sample(end, by: &generator)
            for index in places { inclusion.append(included(index, end)) }
            let beginnings = size <= 40 ? Array(0...end) : sample(end, by: &generator) + [end]
            for old in beginnings { consistency.append(begins(old, end)) }
        }
        if size > 12 {
            for _ in 0..<3 {
                let end = Int.random(in: 1...size, using: &generator)
                inclusion.append(included(Int.random(in: 0..<end, using: &generator), end))
                consistency.append(begins(Int.random(in: 0...end, using: &generator), end))
            }
        }
        for claim in inclusion where size > 40 || Int.random(in: 0..<3, using: &generator) == 0 {
            inclusion += spoilt(claim, by: &generator)
        }
        for claim in consistency where size > 40 || Int.random(in: 0..<3, using: &generator) == 0 {
            consistency += spoilt(claim, by: &generator)
        }
    }

    private func sample(_ end: Int, by generator: inout Seeded) -> [Int] {
        [0, end - 1] + (0..<4).map { _ in Int.random(in: 0..<end, using: &generator) }
    }

    private func included(_ index: Int, _ size: Int) -> Inclusion {
        let ranges = MerkleTree.inclusionRanges(of: Int64(index), size: Int64(size))
        return Inclusion(leaf: index, index: index, size: size, proof: proof(ranges))
    }

    private func begins(_ old: Int, _ new: Int) -> Consistency {
        Consistency(
            old: old, new: new,
            proof: proof(MerkleTree.consistencyRanges(from: Int64(old), to: Int64(new))))
    }

    // MARK: Spoiling

    private func spoilt(_ claim: Inclusion, by generator: inout Seeded) -> [Inclusion] {
        var changed = claim
        changed.proof = spoilt(claim.proof, by: &generator)
        changed.truth = .refused
        var moved = claim
        moved.truth = .open
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: moved.index = Int.random(in: -1...claim.size, using: &generator)
        case 1: moved.size = claim.size + [-1, 1].randomElement(using: &generator, or: 1)
        case 2: moved.root = Int.random(in: 0...leaves.count, using: &generator)
        default: moved.leaf = Int.random(in: leaves.indices, using: &generator)
        }
        return [changed, moved]
    }

    private func spoilt(_ claim: Consistency, by generator: inout Seeded) -> [Consistency] {
        var changed = claim
        changed.proof = spoilt(claim.proof, by: &generator)
        changed.truth = .refused
        var moved = claim
        moved.truth = .open
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: moved.old += [-1, 1].randomElement(using: &generator, or: 1)
        case 1: moved.new += [-1, 1].randomElement(using: &generator, or: 1)
        case 2: moved.oldRoot = Int.random(in: 0...leaves.count, using: &generator)
        case 3: moved.newRoot = Int.random(in: 0...leaves.count, using: &generator)
        default: (moved.old, moved.new) = (moved.new, moved.old)
        }
        return [changed, moved]
    }

    /// The same proof with a bit flipped, a hash lost, added, cut short or in another place.
    private func spoilt(_ proof: [String], by generator: inout Seeded) -> [String] {
        let extra = Hexadecimal.string(hashes.randomElement(using: &generator) ?? MerkleTree.emptyRoot)
        var result = proof
        guard let place = proof.indices.randomElement(using: &generator) else { return [extra] }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: result.remove(at: place)
        case 1: result.insert(extra, at: place)
        case 2: result.append(extra)
        case 3: result[place].removeLast(2)
        case 4 where proof[place] != proof[0]: result.swapAt(0, place)
        default:
            var bytes = Hexadecimal.bytes(proof[place]) ?? []
            bytes[Int.random(in: bytes.indices, using: &generator)] ^=
                1 << UInt8.random(in: 0..<8, using: &generator)
            result[place] = Hexadecimal.string(bytes)
        }
        return result
    }
}

extension Array {
    fileprivate func randomElement(using generator: inout Seeded, or other: Element) -> Element {
        randomElement(using: &generator) ?? other
    }
}
