import Glibc

/// Words and phrases that are looked for whole, found by their hashes in one pass over a text.
///
/// Most policies are lists of words. To look each word of a post up costs the same however many they list, which no
/// scanner for patterns offers: Vectorscan finds them within other words too, and each must then be refused.
struct WordTable: Sendable {
    private let words: HashIndex
    private let pairs: HashIndex
    /// Phrases of three words or more, by their first three: pairs of common words are everywhere.
    private let phrases: HashIndex
    /// All of them one behind the other, with a line feed after each.
    private let texts: [UInt8]
    private let entries: [Entry]

    /// One word or phrase.
    private struct Entry {
        let pattern: Int32
        /// Where it stands in the texts.
        let start: UInt32
        let length: UInt32
        /// The next one of the same hash; -1 for none.
        var next: Int32 = -1
    }

    /// - Parameter patterns: by number, those of which ``Pattern/isWhole`` says that they are looked for here.
    init(_ patterns: [(number: Int, pattern: Pattern)]) {
        var texts: [UInt8] = []
        var entries: [Entry] = []
        entries.reserveCapacity(patterns.count)
        for (number, pattern) in patterns {
            let start = texts.count
            texts.append(contentsOf: pattern.text.utf8)
            entries.append(
                Entry(pattern: Int32(number), start: UInt32(start), length: UInt32(texts.count - start)))
            texts.append(0x0A)
        }
        texts += PatternDatabase.padding
        let keys = Self.keys(of: entries, in: texts)
        func index(_ isWanted: (Int) -> Bool) -> HashIndex {
            let wanted = keys.indices.filter { isWanted(keys[$0].count) }
            var index = HashIndex(count: wanted.count)
            for entry in wanted { entries[entry].next = index.add(keys[entry].hash, Int32(entry)) }
            return index
        }
        words = index { $0 == 1 }
        pairs = index { $0 == 2 }
        phrases = index { $0 > 2 }
        self.texts = texts
        self.entries = entries
    }

    private struct Key {
        /// Of its first words, three at most.
        var hash: UInt64 = 0
        /// How many words it has.
        var count = 0
    }

    /// What each entry is found by.
    private static func keys(of entries: [Entry], in texts: [UInt8]) -> [Key] {
        var keys = Array(repeating: Key(), count: entries.count)
        var index = 0
        texts.withUnsafeBytes { texts in
            WordWalk(text: texts, scalars: WordScalars()).forEach { start, end in
                while start >= Int(entries[index].start + entries[index].length) { index += 1 }
                let hash = Self.hash(texts, start, end)
                let known = keys[index]
                if known.count < 3 {
                    keys[index].hash = known.count == 0 ? hash : Self.hash(known.hash, hash)
                }
                keys[index].count += 1
            }
        }
        return keys
    }

    /// Finds all in a text that ends with ``PatternDatabase/padding``.
    func find(in text: UnsafeRawBufferPointer, scalars: WordScalars, into matches: inout ScanMatches) {
        let walk = WordWalk(text: text, scalars: scalars)
        // The word before, the one before that, and the hashes of the one and of both.
        var (last, first) = (0, 0)
        var (lastHash, bothHash) = (UInt64(0), UInt64(0))
        words.withFilter { isWord in
            pairs.withFilter { isPair in
                phrases.withFilter { isPhrase in
                    walk.forEach { start, end in
                        let hash = Self.hash(text, start, end)
                        let two = Self.hash(lastHash, hash)
                        let three = Self.hash(bothHash, hash)
                        if isWord.mayHold(hash) { take(words.first(hash), from: start, walk, &matches) }
                        if isPair.mayHold(two) { take(pairs.first(two), from: last, walk, &matches) }
                        if isPhrase.mayHold(three) { take(phrases.first(three), from: first, walk, &matches) }
                        (first, last) = (last, start)
                        (lastHash, bothHash) = (hash, two)
                    }
                }
            }
        }
    }

    /// Takes those of a chain of entries that do stand there.
    @inline(never)
    private func take(_ first: Int32, from start: Int, _ walk: WordWalk, _ matches: inout ScanMatches) {
        var index = first
        while index >= 0 {
            let entry = entries[Int(index)]
            index = entry.next
            let end = start + Int(entry.length)
            guard end <= walk.end, isEqual(entry, walk.text, start), !walk.isWord(at: end) else { continue }
            matches.take(Int(entry.pattern), start..<end)
        }
    }

    private func isEqual(_ entry: Entry, _ text: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        texts.withUnsafeBytes { texts in
            guard let left = texts.baseAddress, let right = text.baseAddress else { return false }
            return memcmp(left + Int(entry.start), right + start, Int(entry.length)) == 0
        }
    }

    // MARK: Hashes

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Of one word; eight bytes at a time, so that most words need one multiplication.
    @inline(__always)
    private static func hash(_ text: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
        var hash: UInt64 = 0
        var place = start
        while place &+ 8 < end {
            hash = (hash ^ text.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* factor
            hash ^= hash >> 32
            place &+= 8
        }
        let rest = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        let unused = UInt64(64 &- 8 &* (end &- place))
        hash = (hash ^ (rest &<< unused)) &* factor
        return hash ^ (hash >> 32)
    }

    /// Of two words in a row.
    @inline(__always)
    private static func hash(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let both: UInt64 = (first << 23 | first >> 41) ^ second
        return both &* factor
    }
}

/// The entries that have a hash: first a bit that is mostly clear for what is not there, then the place.
///
/// Everything is flat and small: the bits stay in the processor's nearest cache, and texts without a word of the
/// lists look at nothing else.
struct HashIndex: Sendable {
    private var bits: [UInt64]
    private var slots: [Slot]
    private let bitShift: UInt64
    private let slotShift: UInt64

    private struct Slot {
        /// The lower half: the upper half says where it stands.
        var hash: UInt32 = 0
        /// -1 where nothing stands.
        var first: Int32 = -1
    }

    /// Sixteen bits for each entry, and two places.
    init(count: Int) {
        let places = UInt64(max(count, 32)).nextPowerOf2 * 2
        slots = Array(repeating: Slot(), count: Int(places))
        bits = Array(repeating: 0, count: Int(places / 8))
        slotShift = UInt64(64 - places.trailingZeroBitCount)
        bitShift = slotShift - 3
    }

    /// The bits alone, to ask for many hashes.
    struct Filter {
        fileprivate let bits: UnsafePointer<UInt64>
        fileprivate let shift: UInt64

        /// Whether anything may have that hash.
        @inline(__always)
        func mayHold(_ hash: UInt64) -> Bool {
            let bit = hash &>> shift
            return bits[Int(truncatingIfNeeded: bit >> 6)] &>> (bit & 63) & 1 != 0
        }
    }

    @inline(__always)
    func withFilter(_ body: (Filter) -> Void) {
        bits.withUnsafeBufferPointer { bits in
            if let base = bits.baseAddress { body(Filter(bits: base, shift: bitShift)) }
        }
    }

    /// The first entry with that hash; -1 when there is none.
    func first(_ hash: UInt64) -> Int32 { slots[place(of: hash)].first }

    private func place(of hash: UInt64) -> Int {
        var place = Int(hash &>> slotShift)
        let low = UInt32(truncatingIfNeeded: hash)
        while slots[place].first >= 0, slots[place].hash != low { place = (place + 1) & (slots.count - 1) }
        return place
    }

    /// Adds an entry; the one that was first with its hash.
    mutating func add(_ hash: UInt64, _ entry: Int32) -> Int32 {
        let place = place(of: hash)
        let next = slots[place].first
        slots[place] = Slot(hash: UInt32(truncatingIfNeeded: hash), first: entry)
        let bit = hash &>> bitShift
        bits[Int(bit >> 6)] |= 1 &<< (bit & 63)
        return next
    }
}

extension UInt64 {
    fileprivate var nextPowerOf2: UInt64 { self <= 1 ? 1 : 1 << UInt64(64 - (self - 1).leadingZeroBitCount) }
}
