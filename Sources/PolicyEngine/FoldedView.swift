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
        /// Where its origins begin; `nil` when every byte comes from the scalar of the same place.
        let origins: Int?
        /// Whether some reading other than this one may find more in it.
        let signs: Signs
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

    var isEmpty: Bool { segments.isEmpty }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        segments.removeAll(keepingCapacity: true)
        origins.removeAll(keepingCapacity: true)
    }

    /// The scalars of the text that these bytes of a segment come from.
    func original(_ range: Range<Int>, in segment: Segment) -> Range<Int> {
        guard !range.isEmpty else { return 0..<0 }
        let first = range.lowerBound - segment.range.lowerBound
        let last = range.upperBound - 1 - segment.range.lowerBound
        guard let start = segment.origins else { return first..<last + 1 }
        return Int(origins[start + first])..<Int(origins[start + last]) + 1
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
    mutating func append(_ text: String, _ field: Field, element: Int, table: inout FoldingTable) {
        let start = bytes.count
        let firstOrigin = origins.count
        var text = text
        let isASCII = text.withUTF8 { buffer in
            var all: UInt8 = 0
            for byte in buffer { all |= byte }
            guard all < 0x80 else { return false }
            bytes.append(contentsOf: buffer)
            return true
        }
        let isSame = isASCII ? foldASCII(from: start) : false
        if !isASCII { foldUnicode(text, table: &table) }
        finish(field, element, start: start, origins: isSame ? nil : firstOrigin)
    }

    /// Puts a text at the end letter by letter as it was written, on one line.
    mutating func append(exactly text: String, _ field: Field, element: Int) {
        let start = bytes.count
        let firstOrigin = origins.count
        var isSame = true
        for (index, scalar) in text.unicodeScalars.enumerated() {
            let isBreak = scalar == "\n" || scalar == "\r"
            for byte in UTF8.encode(isBreak ? " " : scalar) ?? UTF8.encodedReplacementCharacter {
                append(byte, origin: index)
            }
            isSame = isSame && scalar.isASCII
        }
        if isSame { origins.removeLast(origins.count - firstOrigin) }
        segments.append(
            Segment(
                field: field, element: element, range: start..<bytes.count,
                origins: isSame ? nil : firstOrigin,
                signs: []))
        bytes.append(0x0A)
    }

    /// Puts a byte at the end of the text that is being made.
    mutating func append(_ byte: UInt8, origin: Int) {
        bytes.append(byte)
        origins.append(Int32(truncatingIfNeeded: origin))
    }

    /// How many origins there are.
    var originCount: Int { origins.count }

    /// Ends the text that is being made.
    mutating func finish(_ field: Field, _ element: Int, start: Int, origins: Int?) {
        let range = start..<bytes.count
        let signs = bytes.withUnsafeBufferPointer { Self.signs(in: $0[range]) }
        segments.append(
            Segment(field: field, element: element, range: range, origins: origins, signs: signs))
        bytes.append(0x0A)
    }

    /// Folds the bytes from `start` on where they stand; whether each stayed in its place.
    private mutating func foldASCII(from start: Int) -> Bool {
        var write = start
        let count = bytes.count
        var previous: UInt8 = 0
        let kept = bytes.withUnsafeMutableBufferPointer { bytes in
            while write < count {
                let folded = Folding.folded(ascii: bytes[write])
                guard folded != 0, folded != 0x20 || previous != 0x20 else { break }
                bytes[write] = folded
                previous = folded
                write += 1
            }
            return write
        }
        if kept == count { return true }
        for place in 0..<kept - start { origins.append(Int32(truncatingIfNeeded: place)) }
        for read in kept..<count {
            let folded = Folding.folded(ascii: bytes[read])
            guard folded != 0, folded != 0x20 || previous != 0x20 else { continue }
            bytes[write] = folded
            previous = folded
            write += 1
            origins.append(Int32(truncatingIfNeeded: read - start))
        }
        bytes.removeLast(count - write)
        return false
    }

    private mutating func foldUnicode(_ text: String, table: inout FoldingTable) {
        let scalars = Array(text.unicodeScalars)
        let lookAlikes = LookAlikes.readAsLatin(in: scalars, table: &table)
        let start = bytes.count
        func isAfterSpace() -> Bool { bytes.count > start && bytes[bytes.count - 1] == 0x20 }
        for (index, scalar) in scalars.enumerated() {
            if scalar.isASCII {
                let folded = Folding.folded(ascii: UInt8(scalar.value))
                if folded != 0, folded != 0x20 || !isAfterSpace() { append(folded, origin: index) }
            } else if let latin = lookAlikes[index] {
                for byte in latin { append(byte, origin: index) }
            } else if scalar.properties.isWhitespace {
                if !isAfterSpace() { append(0x20, origin: index) }
            } else {
                table.withFolded(scalar) { append($0, origin: index) }
            }
        }
    }

    // MARK: Signs

    /// Letters 1, digits and signs within words 2, signs that also end sentences 4, separators 8.
    private static let classes: [UInt8] = (0..<256).map { value in
        let byte = UInt8(value)
        if Folding.isLetter(byte) { return 1 }
        if byte == 0x21 || byte == 0x7C { return 4 }
        if Folding.letter(for: byte) != nil { return 2 }
        return Folding.isSeparator(byte) ? 8 : 0
    }

    private static func signs(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Signs {
        var result: Signs = []
        var history: UInt32 = 0
        var runLength = 0
        var previous: UInt8 = 0
        let bytes = UnsafeBufferPointer(rebasing: bytes)
        classes.withUnsafeBufferPointer { classes in
            for byte in bytes {
                let sort = UInt32(classes[Int(byte)])
                let before = history & 0xF
                if (sort == 1 && before & 6 != 0) || (sort == 2 && before == 1) { result.insert(.disguise) }
                history = history << 4 | sort
                if sort & 3 == 0, isTwoSingles(history) { result.insert(.disguise) }
                runLength = byte == previous && sort == 1 ? runLength + 1 : 1
                if runLength == 3 { result.insert(.stretched) }
                previous = byte
            }
        }
        if isTwoSingles(history << 4) { result.insert(.disguise) }
        return result
    }

    /// Whether the classes before the last are a single letter, a separator and a single letter.
    private static func isTwoSingles(_ history: UInt32) -> Bool {
        history >> 4 & 3 != 0 && history >> 8 & 8 != 0 && history >> 12 & 3 != 0 && history >> 16 & 3 == 0
    }
}
