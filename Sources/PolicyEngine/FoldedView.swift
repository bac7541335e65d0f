/// The texts of a post in one reading, one behind the other with a line feed after each, and the way back.
///
/// Folded text holds no line feed of its own, so that no pattern's `^`, `$` or `.` reaches from one text into another.
struct FoldedView {
    /// One text of the post.
    struct Segment {
        let field: Field
        let element: Int
        /// Its bytes, without the line feed.
        let range: Range<Int>
        let origins: Origins
        /// Whether some reading other than this one may find more in it.
        let signs: Signs
    }

    /// How a byte finds the scalar that it comes from.
    enum Origins {
        /// It is the one of the same place.
        case same
        /// The list of origins says it, from this place on.
        case listed(Int)
        /// The text is as it was written: scalars are counted.
        case counted
    }

    /// What in a text may hide a word.
    struct Signs: OptionSet {
        let rawValue: UInt8
        /// Digits or signs within a word, or single letters set apart.
        static let disguise = Signs(rawValue: 1)
        /// A letter three times or more.
        static let stretched = Signs(rawValue: 2)
    }

    private(set) var bytes: [UInt8] = []
    private(set) var segments: [Segment] = []
    /// For bytes of texts that changed their length, the scalar that each comes from.
    private var origins: [Int32] = []
    /// For texts as written, how many scalars begin before every 256th byte, counted when a match asks.
    private var marks: [Int: [Int]] = [:]

    var isEmpty: Bool { segments.isEmpty }

    mutating func removeAll() {
        // What one large post needed is not kept for all the small ones.
        let isSmall = bytes.capacity <= 1 << 20
        bytes.removeAll(keepingCapacity: isSmall)
        segments.removeAll(keepingCapacity: isSmall)
        origins.removeAll(keepingCapacity: isSmall)
        if !marks.isEmpty { marks = [:] }
    }

    /// The scalars of the text that these bytes of a segment come from.
    mutating func original(_ range: Range<Int>, in segment: Segment) -> Range<Int> {
        guard !range.isEmpty else { return 0..<0 }
        let first = range.lowerBound - segment.range.lowerBound
        let last = range.upperBound - 1 - segment.range.lowerBound
        switch segment.origins {
        case .same: return first..<last + 1
        case .listed(let start): return Int(origins[start + first])..<Int(origins[start + last]) + 1
        case .counted: return count(before: first + 1, in: segment) - 1..<count(before: last + 1, in: segment)
        }
    }

    /// How many scalars begin in the first bytes of a segment.
    private mutating func count(before place: Int, in segment: Segment) -> Int {
        let start = segment.range.lowerBound
        func count(_ range: Range<Int>) -> Int { bytes[range].count { $0 & 0xC0 != 0x80 } }
        if marks[start] == nil {
            var sums = [0]
            for block in stride(from: start, to: segment.range.upperBound, by: 256) {
                sums.append(sums[sums.count - 1] + count(block..<min(block + 256, segment.range.upperBound)))
            }
            marks[start] = sums
        }
        let block = place >> 8
        return (marks[start]?[block] ?? 0) + count(start + (block << 8)..<start + place)
    }

    /// The segment that holds a whole range, by its place; `nil` when none does.
    func indexOfSegment(holding range: Range<Int>) -> Int? {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            if segments[middle].range.upperBound < range.upperBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < segments.count, segments[low].range.lowerBound <= range.lowerBound else { return nil }
        return low
    }

    // MARK: Making

    /// Folds a text and puts it at the end.
    mutating func append(_ text: String, _ field: Field, element: Int, table: FoldingTable) {
        let start = bytes.count
        let firstOrigin = origins.count
        var text = text
        let isSame = text.withUTF8 { source in
            if appendASCII(source) { return true }
            guard fold(source, latin: [], table: table), hasLatinLetters(from: start) else { return false }
            let words = LookAlikes.wordsReadAsLatin(in: source, table: table)
            guard !words.isEmpty else { return false }
            bytes.removeLast(bytes.count - start)
            origins.removeLast(origins.count - firstOrigin)
            _ = fold(source, latin: words, table: table)
            return false
        }
        finish(field, element, start: start, origins: isSame ? .same : .listed(firstOrigin))
    }

    /// Puts a text at the end letter by letter as it was written, on one line.
    mutating func append(exactly text: String, _ field: Field, element: Int) {
        let start = bytes.count
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
        bytes.withUnsafeMutableBufferPointer { bytes in
            for index in start..<bytes.count where bytes[index] == 0x0A || bytes[index] == 0x0D {
                bytes[index] = 0x20
            }
        }
        segments.append(
            Segment(field: field, element: element, range: start..<bytes.count, origins: .counted, signs: []))
        bytes.append(0x0A)
    }

    /// Puts bytes of another view at the end, with their origins, or their places there as origins.
    mutating func append(
        _ range: Range<Int>, of segment: Segment, in view: FoldedView, asPlaces: Bool = false
    ) {
        bytes.append(contentsOf: view.bytes[range])
        let first = range.lowerBound - segment.range.lowerBound
        let origins = asPlaces ? range : first..<first + range.count
        if !asPlaces, case .listed(let start) = segment.origins {
            self.origins.append(contentsOf: view.origins[start + first..<start + first + range.count])
        } else {
            self.origins.append(contentsOf: origins.lazy.map { Int32(truncatingIfNeeded: $0) })
        }
    }

    /// The scalar that a byte of a folded segment comes from.
    func origin(_ place: Int, in segment: Segment) -> Int {
        let index = place - segment.range.lowerBound
        if case .listed(let start) = segment.origins { return Int(origins[start + index]) }
        return index
    }

    /// Puts a byte at the end of the text that is being made.
    mutating func append(_ byte: UInt8, origin: Int) {
        bytes.append(byte)
        origins.append(Int32(truncatingIfNeeded: origin))
    }

    /// Puts behind all texts what the scanner needs there.
    mutating func pad() {
        if !isEmpty { bytes += PatternDatabase.padding }
    }

    /// Whether something was left out beside a match: what stands there can't be told.
    func isCut(beside range: Range<Int>, in segment: Segment) -> Bool {
        (range.lowerBound > segment.range.lowerBound && bytes[range.lowerBound - 1] == 0x0A)
            || (range.upperBound < segment.range.upperBound && bytes[range.upperBound] == 0x0A)
    }

    /// How many origins there are.
    var originCount: Int { origins.count }

    /// Ends the text that is being made.
    mutating func finish(_ field: Field, _ element: Int, start: Int, origins: Origins) {
        let range = start..<bytes.count
        let signs = bytes.withUnsafeBufferPointer { Signs(in: UnsafeBufferPointer(rebasing: $0[range])) }
        segments.append(
            Segment(field: field, element: element, range: range, origins: origins, signs: signs))
        bytes.append(0x0A)
    }

    // MARK: Folding

    /// Puts a text at the end and folds it where it stands; whether it could, since every byte stays in its place.
    private mutating func appendASCII(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
        // Without branches, so that the compiler looks at many bytes at once.
        guard source.reduce(0, |) < 0x80 else { return false }
        let start = bytes.count
        bytes.append(contentsOf: source)
        let isDone = bytes.withUnsafeMutableBufferPointer { bytes in
            var (wrong, before) = (UInt8(0), UInt8(0))
            for index in 0..<source.count {
                let byte = source[index]
                let isBreak: UInt8 = byte &- 0x09 < 5 ? 1 : 0
                let isControl: UInt8 = (byte < 0x20 ? 1 : 0) | (byte == 0x7F ? 1 : 0)
                wrong |= isControl & ~isBreak
                bytes[start &+ index] = isBreak == 1 ? 0x20 : byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
            for index in start..<bytes.count {
                wrong |= before & (bytes[index] == 0x20 ? 1 : 0)
                before = bytes[index] == 0x20 ? 1 : 0
            }
            return wrong == 0
        }
        if !isDone { bytes.removeLast(bytes.count - start) }
        return isDone
    }

    /// Whether any letter from a place on is Latin: else no word mixes scripts.
    private func hasLatinLetters(from start: Int) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var any: UInt8 = 0
            for index in start..<bytes.count { any |= bytes[index] &- 0x61 < 26 ? 1 : 0 }
            return any != 0
        }
    }

    /// Folds a text and puts it at the end; whether letters in it look like Latin ones.
    private mutating func fold(
        _ source: UnsafeBufferPointer<UInt8>, latin: [Range<Int>], table: FoldingTable
    ) -> Bool {
        var work = FoldingWork(source: source, latin: latin, start: bytes.count, origins: origins.count)
        while !work.isDone {
            let room = source.count - work.read + 2 * FoldingWork.room
            bytes.append(contentsOf: repeatElement(0, count: room))
            origins.append(contentsOf: repeatElement(0, count: room))
            bytes.withUnsafeMutableBufferPointer { bytes in
                origins.withUnsafeMutableBufferPointer { origins in
                    work.run(into: bytes, origins: origins, table: table)
                }
            }
            let unused = bytes.count - work.write
            bytes.removeLast(unused)
            origins.removeLast(unused)
        }
        return work.hasLookAlikes
    }
}
