/// Which characters words are made of, asked once for each that is met.
///
/// Only one thread holds such a list at a time.
final class WordScalars {
    /// Beyond these stand ideographs and nothing that is written often.
    private static let count: UInt32 = 0x2_0000
    private static let word: UInt8 = 2
    private static let other: UInt8 = 1
    /// By character; zero for those that were not met yet.
    private let known: UnsafeMutablePointer<UInt8>

    init() {
        known = .allocate(capacity: Int(Self.count))
        known.initialize(repeating: 0, count: Int(Self.count))
    }

    deinit { known.deallocate() }

    /// Whether words are made of it.
    @inline(__always)
    func contains(_ value: UInt32) -> Bool {
        guard value < Self.count else { return Self.isWord(value) }
        let sort = known[Int(value)]
        return sort != 0 ? sort == Self.word : ask(value)
    }

    private func ask(_ value: UInt32) -> Bool {
        let isWord = Self.isWord(value)
        known[Int(value)] = isWord ? Self.word : Self.other
        return isWord
    }

    private static func isWord(_ value: UInt32) -> Bool {
        Unicode.Scalar(value).map(WordBoundary.isWord) ?? false
    }
}

/// The words of folded text one after another: what stands from one boundary to the next.
///
/// Sixty-four bytes are looked at in one go, of which each gives one bit; where the bits change, a word begins or ends.
struct WordWalk {
    /// Folded text with ``PatternDatabase/padding`` behind it.
    let text: UnsafeRawBufferPointer
    let scalars: WordScalars

    /// Where the padding begins.
    var end: Int { text.count - PatternDatabase.padding.count }

    /// Calls with the range of every word.
    @inline(__always)
    func forEach(_ body: (_ start: Int, _ end: Int) -> Void) {
        var start = -1
        var last: UInt64 = 0
        var reaching: UInt64 = 0
        var base = 0
        while base <= end {
            let bits = wordBits(at: base, &reaching)
            var edges: UInt64 = bits ^ (bits << 1 | last)
            last = bits >> 63
            while edges != 0 {
                let place = base &+ edges.trailingZeroBitCount
                edges &= edges &- 1
                if start < 0 {
                    start = place
                } else {
                    body(start, place)
                    start = -1
                }
            }
            base &+= 64
        }
    }

    /// Whether a word goes on at a place that is the first of a character.
    func isWord(at place: Int) -> Bool {
        let byte = text[place]
        return byte < 0x80
            ? (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
            : scalars.contains(Folding.scalar(at: place, in: text.assumingMemoryBound(to: UInt8.self)).value)
    }

    /// Of sixty-four bytes, which are of words.
    ///
    /// - Parameter reaching: those that a character reaching in from before has here, and then those of the next.
    @inline(__always)
    private func wordBits(at base: Int, _ reaching: inout UInt64) -> UInt64 {
        var bits = reaching
        reaching = 0
        for part in 0..<8 {
            let eight = text.loadUnaligned(fromByteOffset: base &+ 8 &* part, as: UInt64.self)
            bits |= eight.lettersAndDigits.gathered &<< UInt64(8 &* part)
            var firsts: UInt64 = eight.firstsBeyondASCII
            while firsts != 0 {
                let place: Int = 8 &* part &+ (firsts.trailingZeroBitCount >> 3)
                firsts &= firsts &- 1
                let (value, next) = Folding.scalar(
                    at: base &+ place, in: text.assumingMemoryBound(to: UInt8.self))
                guard scalars.contains(value) else { continue }
                let length = next &- base &- place
                let own: UInt64 = (1 &<< UInt64(length)) &- 1
                bits |= own &<< UInt64(place)
                if place &+ length > 64 { reaching = own &>> UInt64(64 &- place) }
            }
        }
        return bits
    }
}
