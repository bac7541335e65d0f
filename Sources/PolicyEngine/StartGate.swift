/// Says of a text in one pass whether any of many beginnings stands where no word goes on.
///
/// Letters are compared without their case by one bit, which takes some signs for others: a text may be said to hold
/// what it does not, never the other way round.
struct StartGate: Sendable {
    /// Those of eight bytes or more, by their first eight.
    private let long: HashIndex
    /// Those of fewer, by their first four.
    private let short: HashIndex
    private let hasShort: Bool
    private let entries: [Entry]

    private struct Entry {
        /// Its bytes, the first of them lowest, and which of the sixteen it has.
        let text: UInt128
        let mask: UInt128
        /// The next one of the same hash; -1 for none.
        let next: Int32
    }

    /// - Parameter texts: of four to sixteen bytes.
    init(_ texts: Set<[UInt8]>) {
        var long = HashIndex(count: texts.count)
        var short = HashIndex(count: texts.count { $0.count < 8 })
        var entries: [Entry] = []
        for text in texts {
            var value: UInt128 = 0
            for byte in text.reversed() { value = value << 8 | UInt128(byte | 0x20) }
            let eight = UInt64(truncatingIfNeeded: value)
            let entry = Int32(entries.count)
            let next =
                text.count < 8 ? short.add(Self.shortHash(eight), entry) : long.add(Self.hash(eight), entry)
            let mask = UInt128.max >> UInt128(128 - 8 * text.count)
            entries.append(Entry(text: value, mask: mask, next: next))
        }
        self.long = long
        self.short = short
        hasShort = texts.contains { $0.count < 8 }
        self.entries = entries
    }

    @inline(__always)
    private static func hash(_ eight: UInt64) -> UInt64 { eight &* 0x9E37_79B9_7F4A_7C15 }

    /// Of the first four bytes alone.
    @inline(__always)
    private static func shortHash(_ eight: UInt64) -> UInt64 { hash(eight & 0xFFFF_FFFF) }

    /// Whether one of them stands in a text that ends with ``PatternDatabase/padding``.
    func isOpen(for text: UnsafeRawBufferPointer) -> Bool {
        let end = text.count - PatternDatabase.padding.count
        var found = false
        long.withFilter { isLong in
            short.withFilter { isShort in
                var reaching: UInt64 = 0
                var base = 0
                while base < end, !found {
                    var places = Self.places(in: text, at: base, &reaching)
                    while places != 0 {
                        let place = base &+ places.trailingZeroBitCount
                        places &= places &- 1
                        let eight = text.loadUnaligned(fromByteOffset: place, as: UInt64.self) | .eight(0x20)
                        let hash = Self.hash(eight)
                        if isLong.mayHold(hash), holds(text, place, long.first(hash)) { found = true }
                        guard hasShort else { continue }
                        let shortHash = Self.shortHash(eight)
                        if isShort.mayHold(shortHash), holds(text, place, short.first(shortHash)) {
                            found = true
                        }
                    }
                    base &+= 64
                }
            }
        }
        return found
    }

    private static let small: UInt128 = UInt128(UInt64.eight(0x20)) << 64 | UInt128(UInt64.eight(0x20))

    @inline(never)
    private func holds(_ text: UnsafeRawBufferPointer, _ place: Int, _ first: Int32) -> Bool {
        let found: UInt128 = text.loadUnaligned(fromByteOffset: place, as: UInt128.self) | Self.small
        var next = first
        while next >= 0 {
            let entry = entries[Int(next)]
            if (found ^ entry.text) & entry.mask == 0 { return true }
            next = entry.next
        }
        return false
    }

    /// Of sixty-four bytes, those that may be the first: of a character of which words are made, with none of ASCII's
    /// before it.
    ///
    /// - Parameter reaching: whether the byte before is one of ASCII's, and then whether the last of these is.
    @inline(__always)
    private static func places(in text: UnsafeRawBufferPointer, at base: Int, _ reaching: inout UInt64)
        -> UInt64
    {
        var words: UInt64 = 0
        var firsts: UInt64 = 0
        for part in 0..<8 {
            let eight = text.loadUnaligned(fromByteOffset: base &+ 8 &* part, as: UInt64.self)
            let lines: UInt64 = (eight & .eight(0x7F)).bytes(from: 0x5F, to: 0x5F) & ~eight
            words |= (eight.lettersAndDigits | lines).gathered &<< UInt64(8 &* part)
            firsts |= eight.firstsBeyondASCII.gathered &<< UInt64(8 &* part)
        }
        let before: UInt64 = words << 1 | reaching
        reaching = words >> 63
        return (words | firsts) & ~before
    }
}
