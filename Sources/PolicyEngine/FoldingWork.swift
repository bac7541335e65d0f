/// The folding of one text, which stops when there is no room left and goes on when there is.
struct FoldingWork {
    /// More than any character folds to, and what joining looks back at.
    static let room = 64

    private let source: UnsafeBufferPointer<UInt8>
    /// The words, in bytes of the source, whose look-alikes are read as Latin.
    private let latin: [Range<Int>]
    /// Where the folded text begins.
    private let start: Int
    /// From a folded byte's place to that of its origin.
    private let originShift: Int
    private var nextLatin = 0
    private var scalar: Int32 = 0
    /// How many bytes of the source are done.
    private(set) var read = 0
    /// Where the next byte goes.
    private(set) var write: Int
    /// Whether letters of other scripts that look like Latin ones were met.
    private(set) var hasLookAlikes = false

    init(source: UnsafeBufferPointer<UInt8>, latin: [Range<Int>], start: Int, origins: Int) {
        self.source = source
        self.latin = latin
        self.start = start
        originShift = origins - start
        write = start
    }

    var isDone: Bool { read == source.count }

    mutating func run(
        into bytes: UnsafeMutableBufferPointer<UInt8>, origins: UnsafeMutableBufferPointer<Int32>,
        table: FoldingTable
    ) {
        var (read, write, scalar) = (self.read, self.write, self.scalar)
        defer { (self.read, self.write, self.scalar) = (read, write, scalar) }
        let end = bytes.count - Self.room
        let isPlainText = latin.isEmpty
        var hasLookAlikes = false
        defer { self.hasLookAlikes = self.hasLookAlikes || hasLookAlikes }
        while read < source.count, write < end {
            if read &+ 8 <= source.count {
                let count = copy(from: read, to: write, into: bytes, origins, scalar)
                read &+= count
                write &+= count
                scalar &+= Int32(truncatingIfNeeded: count)
                // Of eight bytes that are all copied, the next ones begin where everybody knows.
                if count == 8 { continue }
            }
            guard read < source.count else { break }
            let byte = source[read]
            if byte < 0x80 {
                let folded = Folding.folded(ascii: byte)
                if folded > 0x20 || (folded == 0x20 && (write == start || bytes[write &- 1] != 0x20)) {
                    bytes[write] = folded
                    origins[write &+ originShift] = scalar
                    write &+= 1
                }
                read &+= 1
                scalar &+= 1
                continue
            }
            repeat {
                let (value, next) = Folding.scalar(at: read, in: source)
                let entry = table.entry(value)
                hasLookAlikes = hasLookAlikes || entry.isLookAlike
                if entry.isPlain, isPlainText {
                    // All three are written, and as many count as it has.
                    for index in 0..<3 {
                        bytes[write &+ index] = entry.byte(index)
                        origins[write &+ index &+ originShift] = scalar
                    }
                    write &+= entry.count
                } else {
                    for byte in letters(value, at: read) ?? table.bytes(entry)
                    where byte != 0x20 || write == start || bytes[write &- 1] != 0x20 {
                        bytes[write] = byte
                        origins[write &+ originShift] = scalar
                        write &+= 1
                    }
                    if !entry.isPlain { join(bytes, origins, end: &write) }
                }
                read = next
                scalar &+= 1
            } while read < source.count && write < end && source[read] >= 0x80
        }
    }

    /// Folds of eight bytes those before the first that needs a closer look; how many.
    @inline(__always)
    private func copy(
        from read: Int, to write: Int, into bytes: UnsafeMutableBufferPointer<UInt8>,
        _ origins: UnsafeMutableBufferPointer<Int32>, _ scalar: Int32
    ) -> Int {
        let eight = UnsafeRawBufferPointer(source).loadUnaligned(fromByteOffset: read, as: UInt64.self)
        let isSpace = (eight ^ .eight(0x20)).zeroBytes
        let isAfter: UInt64 = isSpace << 8 | (write > start && bytes[write &- 1] == 0x20 ? 0x80 : 0)
        let isControl: UInt64 = ~(eight &+ .eight(0x60)) & .eight(0x80)
        let stop: UInt64 =
            eight & .eight(0x80) | isControl | isSpace & isAfter | (eight ^ .eight(0x7F)).zeroBytes
        if stop & 0x80 != 0 { return 0 }
        let upper: UInt64 = (eight &+ .eight(0x3F)) & ~(eight &+ .eight(0x25)) & .eight(0x80)
        UnsafeMutableRawBufferPointer(bytes).storeBytes(
            of: eight | upper >> 2, toByteOffset: write, as: UInt64.self)
        UnsafeMutableRawBufferPointer(origins).storeBytes(
            of: SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7) &+ scalar, toByteOffset: 4 &* (write &+ originShift),
            as: SIMD8<Int32>.self)
        return stop == 0 ? 8 : stop.trailingZeroBitCount >> 3
    }

    /// The letters that a look-alike is read as, in a word where it is.
    private mutating func letters(_ value: UInt32, at place: Int) -> [UInt8]? {
        while nextLatin < latin.count, latin[nextLatin].upperBound <= place { nextLatin += 1 }
        guard nextLatin < latin.count, latin[nextLatin].contains(place) else { return nil }
        return Unicode.Scalar(value).flatMap { LookAlikes.foreign[$0] }
    }

    /// Joins the last two characters if they are parts of one: such parts and what they make have three bytes each.
    private func join(
        _ bytes: UnsafeMutableBufferPointer<UInt8>, _ origins: UnsafeMutableBufferPointer<Int32>,
        end: inout Int
    ) {
        guard end - start >= 3, bytes[end - 3] & 0xF0 == 0xE0 else { return }
        let text = UnsafeBufferPointer(bytes)
        guard let second = Unicode.Scalar(Folding.scalar(at: end - 3, in: text).value) else { return }
        guard end - start >= 6, bytes[end - 6] & 0xF0 == 0xE0,
            let first = Unicode.Scalar(Folding.scalar(at: end - 6, in: text).value),
            let joined = Joining.joined(first, second)
        else {
            if Joining.isVoicing(second.value) { end -= 3 }
            return
        }
        for (index, byte) in String(joined).utf8.enumerated() { bytes[end - 6 + index] = byte }
        // Its last byte comes from the second part, so that a match that ends here covers both.
        origins[end - 4 + originShift] = origins[end - 1 + originShift]
        end -= 3
    }
}
