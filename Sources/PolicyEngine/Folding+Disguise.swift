extension Folding {
    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x2E || byte == 0x2D || byte == 0x5F || byte == 0x2A
    }
}

extension FoldedView {
    /// Puts a second reading of a segment at the end, in which letters written as digits or signs (`k1ll`, `$cam`)
    /// and single letters set apart (`k i l l`, `k.i.l.l`) are read as a word.
    mutating func appendUndisguised(_ segment: Segment, of view: FoldedView) {
        let start = bytes.count
        let firstOrigin = originCount
        let end = segment.range.upperBound
        var index = segment.range.lowerBound
        func origin(_ place: Int) -> Int { view.original(place..<place + 1, in: segment).lowerBound }
        while index < end {
            if let wordEnd = view.spacedWord(from: index, in: segment.range) {
                for place in stride(from: index, to: wordEnd, by: 2) {
                    append(Folding.letter(for: view.bytes[place]) ?? view.bytes[place], origin: origin(place))
                }
                index = wordEnd
                continue
            }
            let wordEnd = view.wordEnd(from: index, in: segment.range)
            guard wordEnd > index else {
                append(view.bytes[index], origin: origin(index))
                index += 1
                continue
            }
            let isMixed = view.isDisguised(index..<wordEnd)
            for place in index..<wordEnd {
                let byte = view.bytes[place]
                append(isMixed ? Folding.letter(for: byte) ?? byte : byte, origin: origin(place))
            }
            index = wordEnd
        }
        finish(segment.field, segment.element, start: start, origins: firstOrigin)
    }

    /// Puts a third reading at the end, in which letters written several times are written once; its origins are
    /// places in the view that it was read from.
    mutating func appendSqueezed(_ segment: Segment, of view: FoldedView) {
        let start = bytes.count
        let firstOrigin = originCount
        var previous: UInt8 = 0
        for place in segment.range {
            let byte = view.bytes[place]
            if byte != previous || !Folding.isLetter(byte) { append(byte, origin: place) }
            previous = byte
        }
        finish(segment.field, segment.element, start: start, origins: firstOrigin)
    }

    /// The end of a run of letters and the signs that stand for letters.
    private func wordEnd(from start: Int, in range: Range<Int>) -> Int {
        var end = start
        while end < range.upperBound, Folding.isLetter(bytes[end]) || Folding.letter(for: bytes[end]) != nil {
            end += 1
        }
        // Punctuation after a word is no letter of it.
        while end > start, bytes[end - 1] == 0x21 || bytes[end - 1] == 0x7C { end -= 1 }
        return end
    }

    private func isDisguised(_ word: Range<Int>) -> Bool {
        word.contains { Folding.isLetter(bytes[$0]) }
            && word.contains { Folding.letter(for: bytes[$0]) != nil }
    }

    /// The end of at least three single letters with one separator between each two.
    private func spacedWord(from start: Int, in range: Range<Int>) -> Int? {
        func isSingle(_ place: Int) -> Bool {
            bytes[place] &- 0x61 < 26 || Folding.letter(for: bytes[place]) != nil
        }
        func isLetter(_ place: Int) -> Bool { range.contains(place) && Folding.isLetter(bytes[place]) }
        guard isSingle(start), !isLetter(start - 1) else { return nil }
        var index = start
        var letters = 1
        var hasLetter = isLetter(start)
        while index + 2 < range.upperBound, Folding.isSeparator(bytes[index + 1]), isSingle(index + 2),
            !isLetter(index + 3)
        {
            index += 2
            letters += 1
            hasLetter = hasLetter || isLetter(index)
        }
        return letters >= 3 && hasLetter ? index + 1 : nil
    }
}
