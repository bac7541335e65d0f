extension FoldedView.Signs {
    /// As many places are looked at in one go.
    private static let block = 224

    /// What hides words in folded text.
    init(in text: UnsafeBufferPointer<UInt8>) {
        self = []
        guard let base = text.baseAddress else { return }
        // Both with room for the places beside a block.
        let size = Self.block + 16
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * size) { memory in
            guard let bytes = memory.baseAddress else { return }
            let sorts = bytes + size
            var start = 0
            while start < text.count {
                // The place before the block, the block, and the five after it; beyond the text there is nothing.
                let first = max(0, start - 1)
                let last = min(text.count, start + Self.block + 5)
                bytes.update(repeating: 0, count: 2 * size)
                let target = first - start + 1
                (bytes + target).update(from: base + first, count: last - first)
                Self.sort(bytes + target, into: sorts + target, count: last - first)
                look(at: bytes, sorts, count: min(Self.block, text.count - start))
                start += Self.block
            }
        }
    }

    /// Writes what each byte is.
    ///
    /// Letters 1, digits and signs within words 2, signs that also end sentences 4,
    /// separators 8. Without branches, so that the compiler looks at many at once.
    private static func sort(
        _ bytes: UnsafeMutablePointer<UInt8>, into sorts: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        for index in 0..<count {
            let byte = bytes[index]
            let letter: UInt8 = (byte &- 0x61 < 26 ? 1 : 0) | (byte >= 0x80 ? 1 : 0)
            let digit: UInt8 =
                (byte &- 0x30 < 2 ? 2 : 0) | (byte &- 0x33 < 3 ? 2 : 0) | (byte == 0x37 ? 2 : 0)
            let sign: UInt8 = (byte == 0x40 ? 2 : 0) | (byte == 0x24 ? 2 : 0)
            let end: UInt8 = (byte == 0x21 ? 4 : 0) | (byte == 0x7C ? 4 : 0)
            let separator: UInt8 =
                (byte &- 0x2D < 2 ? 8 : 0) | (byte == 0x20 ? 8 : 0) | (byte == 0x5F ? 8 : 0)
            sorts[index] = letter | digit | sign | end | separator | (byte == 0x2A ? 8 : 0)
        }
    }

    /// Looks at places and those beside them; a sort is one bit, so that they are compared bit by bit.
    private mutating func look(
        at bytes: UnsafeMutablePointer<UInt8>, _ sorts: UnsafeMutablePointer<UInt8>, count: Int
    ) {
        var disguised: UInt8 = 0
        var stretched: UInt8 = 0
        for index in 0..<count {
            let (a, b, c) = (sorts[index], sorts[index &+ 1], sorts[index &+ 2])
            let (d, e) = (sorts[index &+ 3], sorts[index &+ 4])
            let (f, g) = (sorts[index &+ 5], sorts[index &+ 6])
            let isBeside = (b & (a >> 1 | a >> 2)) | (b >> 1 & a)
            // Three set apart, of which none goes on as a word.
            let apart = ~a & c >> 3 & e >> 3 & ~g
            let areSingles = (b | b >> 1 | b >> 2) & (d | d >> 1 | d >> 2) & (f | f >> 1 | f >> 2)
            disguised |= isBeside | (apart & areSingles)
            let difference = (bytes[index &+ 1] ^ bytes[index &+ 2]) | (bytes[index &+ 1] ^ bytes[index &+ 3])
            stretched |= b & (difference == 0 ? 1 : 0)
        }
        if disguised & 1 != 0 { insert(.disguise) }
        if stretched != 0 { insert(.stretched) }
    }
}

/// Eight bytes as one number; additions must not carry from one into the next.
extension UInt64 {
    static func eight(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// The highest bit of every byte that is zero.
    var zeroBytes: UInt64 { ~(((self & .eight(0x7F)) &+ .eight(0x7F)) | self | .eight(0x7F)) }

    /// The highest bit of every byte from one to another, when all are ASCII.
    func bytes(from low: UInt8, to high: UInt8) -> UInt64 {
        (self &+ .eight(0x80 - low)) & ~(self &+ .eight(0x7F - high)) & .eight(0x80)
    }

    /// The highest bit of every byte that is an ASCII letter or digit.
    @inline(__always)
    var lettersAndDigits: UInt64 {
        let low: UInt64 = self & .eight(0x7F)
        let letters: UInt64 = (low | .eight(0x20)).bytes(from: 0x61, to: 0x7A)
        return (letters | low.bytes(from: 0x30, to: 0x39)) & ~self
    }

    /// The highest bit of every byte that is the first of a character beyond ASCII.
    @inline(__always)
    var firstsBeyondASCII: UInt64 { self & (self << 1) & .eight(0x80) }

    /// The highest bit of each byte, in one byte.
    @inline(__always)
    var gathered: UInt64 { ((self >> 7) &* 0x0102_0408_1020_4080) >> 56 }
}
