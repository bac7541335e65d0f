extension Folding {
    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x2E || byte == 0x2D || byte == 0x5F || byte == 0x2A
    }
}

extension FoldedView {
    /// Puts a second reading of a segment at the end, in which letters written as digits or signs (`k1ll`, `$cam`)
    /// and single letters set apart (`k i l l`, `k.i.l.l`) are read as a word.
    ///
    /// - Parameter margin: how far around such words the reading goes, in bytes; `nil` for all of the text.
    mutating func appendUndisguised(_ segment: Segment, of view: FoldedView, margin: Int?) {
        let start = bytes.count
        let firstOrigin = originCount
        let end = segment.range.upperBound
        var index = segment.range.lowerBound
        var copied = index
        var changed: [Range<Int>] = []
        func change(_ places: some Sequence<Int>, from start: Int, to end: Int) {
            append(copied..<start, of: segment, in: view)
            let first = bytes.count
            for place in places {
                append(
                    Folding.letter(for: view.bytes[place]) ?? view.bytes[place],
                    origin: view.origin(place, in: segment))
            }
            changed.append(first..<bytes.count)
            copied = end
        }
        while index < end {
            if index + 3 < end, Folding.isSeparator(view.bytes[index + 1]),
                let wordEnd = view.spacedWord(from: index, in: segment.range)
            {
                change(stride(from: index, to: wordEnd, by: 2), from: index, to: wordEnd)
                index = wordEnd
                continue
            }
            let (wordEnd, isDisguised) = view.word(from: index, in: segment.range)
            if isDisguised { change(index..<wordEnd, from: index, to: wordEnd) }
            index = max(wordEnd, index + 1)
        }
        append(copied..<end, of: segment, in: view)
        if let margin { keep(changed, margin: margin, start: start, firstOrigin: firstOrigin) }
        finish(segment.field, segment.element, start: start, origins: .listed(firstOrigin))
    }

    /// Puts a third reading at the end, in which letters written several times are written once; its origins are
    /// places in the view that it was read from.
    mutating func appendSqueezed(_ segment: Segment, of view: FoldedView, margin: Int) {
        let start = bytes.count
        let firstOrigin = originCount
        var copied = segment.range.lowerBound
        var changed: [Range<Int>] = []
        var isRun = false
        for place in segment.range.dropFirst() {
            guard view.bytes[place] == view.bytes[place - 1], Folding.isLatinLetter(view.bytes[place]) else {
                isRun = false
                continue
            }
            if copied < place { append(copied..<place, of: segment, in: view, asPlaces: true) }
            copied = place + 1
            // Written three times, or nobody held the key down.
            if isRun, changed.last?.upperBound != bytes.count {
                changed.append(bytes.count - 1..<bytes.count)
            }
            isRun = true
        }
        append(copied..<segment.range.upperBound, of: segment, in: view, asPlaces: true)
        keep(changed, margin: margin, start: start, firstOrigin: firstOrigin)
        finish(segment.field, segment.element, start: start, origins: .listed(firstOrigin))
    }

    /// A word of letters and the signs that stand for letters, and whether it has both.
    private func word(from start: Int, in range: Range<Int>) -> (end: Int, isDisguised: Bool) {
        bytes.withUnsafeBufferPointer { bytes in
            var end = start
            var letters = 0
            while end < range.upperBound {
                if Folding.isLetter(bytes[end]) {
                    letters += 1
                } else if Folding.letter(for: bytes[end]) == nil {
                    break
                }
                end += 1
            }
            // Punctuation after a word is no letter of it.
            while end > start, bytes[end - 1] == 0x21 || bytes[end - 1] == 0x7C { end -= 1 }
            return (end, letters > 0 && letters < end - start)
        }
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
