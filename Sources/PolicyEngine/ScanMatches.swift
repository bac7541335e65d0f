/// Where a pattern matched, in bytes of the folded text.
struct ScanMatch {
    let pattern: Int
    let range: Range<Int>
}

/// What one scan found.
struct ScanMatches {
    private(set) var all: [ScanMatch] = []
    /// Whether the scanner came to the end of the text.
    var isWhole = true
    /// The patterns of which some were left out.
    private(set) var cutShort: Set<Int> = []
    private var counts: [Int: Int] = [:]
    /// How long each pattern's matches are, 0 for expressions; there during a scan only.
    var lengths = UnsafeBufferPointer<Int>(start: nil, count: 0)

    mutating func removeAll() {
        all.removeAll(keepingCapacity: all.capacity <= PatternDatabase.mostMatches)
        if !counts.isEmpty { counts = [:] }
        if !cutShort.isEmpty { cutShort = [] }
        isWhole = true
    }

    /// Literals have one length, so that the scanner need not say where they start.
    mutating func take(_ id: Int, _ from: Int, _ to: Int) {
        let length = lengths[id]
        let start = length > 0 ? max(0, to - length) : min(from, to)
        take(id, start..<to)
    }

    mutating func take(_ id: Int, _ range: Range<Int>) {
        if all.count >= PatternDatabase.mostMatches {
            if counts.isEmpty { for match in all { counts[match.pattern, default: 0] += 1 } }
            let most = all.count < PatternDatabase.mostByFar ? PatternDatabase.mostOfOne : 1
            guard counts[id, default: 0] < most else {
                cutShort.insert(id)
                return
            }
            counts[id, default: 0] += 1
        }
        all.append(ScanMatch(pattern: id, range: range))
    }

    /// Puts them in the order in which they end, whichever way they were found.
    mutating func sort() {
        func precedes(_ left: ScanMatch, _ right: ScanMatch) -> Bool {
            left.range.upperBound < right.range.upperBound
        }
        let isSorted = !zip(all, all.dropFirst()).contains { precedes($1, $0) }
        if !isSorted { all.sort(by: precedes) }
    }
}
