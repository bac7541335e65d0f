extension Folding {
    static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x2E || byte == 0x2D || byte == 0x5F || byte == 0x2A
    }
}

extension FoldedView {
    /// A word that hides as something else.
    struct Disguise {
        let range: Range<Int>
        /// Two where a separator stands after each letter.
        let step: Int
    }

    /// Puts a second reading of a segment at the end, in which letters written as digits or signs (`k1ll`, `$cam`)
    /// and single letters set apart (`k i l l`, `k.i.l.l`) are read as a word; nothing when there are none.
    ///
    /// - Parameter margin: how far around such words the reading goes, in bytes; `nil` for all of the text.
    mutating func appendUndisguised(_ segment: Segment, of view: FoldedView, margin: Int?) {
        let disguises = view.disguises(in: segment.range)
        guard !disguises.isEmpty else { return }
        let start = bytes.count
        let firstOrigin = originCount
        let whole = segment.range
        var copied = whole.lowerBound
        for (index, disguise) in disguises.enumerated() {
            let low = margin.map { view.place(in: whole, $0, before: disguise.range.lowerBound) }
            leaveOut(from: copied, to: max(copied, low ?? copied), of: segment, in: view)
            append(max(copied, low ?? copied)..<disguise.range.lowerBound, of: segment, in: view)
            for place in stride(
                from: disguise.range.lowerBound, to: disguise.range.upperBound, by: disguise.step)
            {
                let byte = view.bytes[place]
                append(Folding.letter(for: byte) ?? byte, origin: view.origin(place, in: segment))
            }
            let next = index + 1 < disguises.count ? disguises[index + 1].range.lowerBound : whole.upperBound
            let high = margin.map { view.place(in: whole, $0, after: disguise.range.upperBound) } ?? next
            copied = min(high, next)
            append(disguise.range.upperBound..<copied, of: segment, in: view)
        }
        leaveOut(from: copied, to: whole.upperBound, of: segment, in: view)
        finish(segment.field, segment.element, start: start, origins: .listed(firstOrigin))
    }

    /// Puts a third reading at the end, in which letters written several times are written once.
    ///
    /// Its origins are places in the view that it was read from. Nothing when no letter is written three times.
    ///
    /// - Parameter margin: how far around such letters the reading goes, in its own bytes.
    mutating func appendSqueezed(_ segment: Segment, of view: FoldedView, margin: Int) {
        let runs = view.longRuns(in: segment.range)
        guard !runs.isEmpty else { return }
        let start = bytes.count
        let firstOrigin = originCount
        var copied = segment.range.lowerBound
        for run in runs {
            let low = max(copied, view.squeezedPlace(in: segment.range, margin, before: run.lowerBound))
            leaveOut(from: copied, to: low, of: segment, in: view, asPlaces: true)
            copied = max(copied, view.squeezedPlace(in: segment.range, margin, after: run.upperBound))
            appendOnce(low..<copied, of: segment, in: view)
        }
        leaveOut(from: copied, to: segment.range.upperBound, of: segment, in: view, asPlaces: true)
        finish(segment.field, segment.element, start: start, origins: .listed(firstOrigin))
    }

    /// Puts a line feed for what is left out, where anything is.
    private mutating func leaveOut(
        from start: Int, to end: Int, of segment: Segment, in view: FoldedView, asPlaces: Bool = false
    ) {
        guard start < end else { return }
        append(0x0A, origin: asPlaces ? start : view.origin(start, in: segment))
    }

    /// Puts letters that are written several times once.
    private mutating func appendOnce(_ range: Range<Int>, of segment: Segment, in view: FoldedView) {
        var copied = range.lowerBound
        for place in range where view.isRepeated(place, in: segment.range) {
            if copied < place { append(copied..<place, of: segment, in: view, asPlaces: true) }
            copied = place + 1
        }
        if copied < range.upperBound {
            append(copied..<range.upperBound, of: segment, in: view, asPlaces: true)
        }
    }

    // MARK: Places

    /// A letter that stands after the same one.
    private func isRepeated(_ place: Int, in whole: Range<Int>) -> Bool {
        place > whole.lowerBound && bytes[place] == bytes[place - 1] && Folding.isLatinLetter(bytes[place])
    }

    /// The first of a character, at least so many bytes before a place.
    private func place(in whole: Range<Int>, _ margin: Int, before place: Int) -> Int {
        var low = max(whole.lowerBound, place - margin)
        while low > whole.lowerBound, bytes[low] & 0xC0 == 0x80 { low -= 1 }
        return low
    }

    /// The first of a character, at least so many bytes after a place.
    private func place(in whole: Range<Int>, _ margin: Int, after place: Int) -> Int {
        var high = min(whole.upperBound, place + margin)
        while high < whole.upperBound, bytes[high] & 0xC0 == 0x80 { high += 1 }
        return high
    }

    /// The same where letters written several times count once.
    private func squeezedPlace(in whole: Range<Int>, _ margin: Int, before place: Int) -> Int {
        var low = place
        var left = margin
        while low > whole.lowerBound, left > 0 {
            low -= 1
            if !isRepeated(low, in: whole) { left -= 1 }
        }
        return self.place(in: whole, 0, before: low)
    }

    /// The same where letters written several times count once, with all of the last one.
    private func squeezedPlace(in whole: Range<Int>, _ margin: Int, after place: Int) -> Int {
        var high = place
        var left = margin
        while high < whole.upperBound, left > 0 || isRepeated(high, in: whole) {
            if !isRepeated(high, in: whole) { left -= 1 }
            high += 1
        }
        return self.place(in: whole, 0, after: high)
    }

    // MARK: Disguises

    /// Where a letter is written three times or more.
    private func longRuns(in range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        bytes.withUnsafeBufferPointer { bytes in
            var start = range.lowerBound
            for place in range.dropFirst() where bytes[place] != bytes[place - 1] {
                if place - start >= 3, Folding.isLatinLetter(bytes[start]) { result.append(start..<place) }
                start = place
            }
            if range.upperBound - start >= 3, Folding.isLatinLetter(bytes[start]) {
                result.append(start..<range.upperBound)
            }
        }
        return result
    }

    /// The words that hide as something else, in order.
    private func disguises(in range: Range<Int>) -> [Disguise] {
        var result: [Disguise] = []
        bytes.withUnsafeBufferPointer { bytes in
            // What was looked through and is no word is not looked through again from each of its places: for letters
            // set apart from every second place, up to these.
            var apart = (even: -1, odd: -1)
            var together = range.lowerBound
            var index = range.lowerBound
            while index < range.upperBound {
                if index + 3 < range.upperBound, Folding.isSeparator(bytes[index + 1]),
                    index > (index & 1 == 0 ? apart.even : apart.odd)
                {
                    let (last, isWord) = Self.spacedWord(in: bytes, from: index, in: range)
                    if isWord {
                        result.append(Disguise(range: index..<last + 1, step: 2))
                        index = last + 1
                        continue
                    }
                    if index & 1 == 0 { apart.even = last } else { apart.odd = last }
                }
                guard index >= together else {
                    index += 1
                    continue
                }
                let word = Self.word(in: bytes, from: index, in: range)
                if word.isDisguised { result.append(Disguise(range: index..<word.end, step: 1)) }
                if word.end == index { together = word.signsEnd }
                index = max(word.end, index + 1)
            }
        }
        return result
    }

    /// A word of letters and the signs that stand for letters, whether it has both, and where the punctuation after it
    /// ends that could stand for letters too.
    private static func word(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, in range: Range<Int>
    ) -> (end: Int, signsEnd: Int, isDisguised: Bool) {
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
        let signsEnd = end
        // Punctuation after a word is no letter of it.
        while end > start, bytes[end - 1] == 0x21 || bytes[end - 1] == 0x7C { end -= 1 }
        return (end, signsEnd, letters > 0 && letters < end - start)
    }

    /// The last of single letters with one separator between each two, and whether they are a word: at least three, and
    /// not of signs alone.
    private static func spacedWord(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, in range: Range<Int>
    ) -> (last: Int, isWord: Bool) {
        func isSingle(_ place: Int) -> Bool {
            bytes[place] &- 0x61 < 26 || Folding.letter(for: bytes[place]) != nil
        }
        func isLetter(_ place: Int) -> Bool { range.contains(place) && Folding.isLetter(bytes[place]) }
        guard isSingle(start), !isLetter(start - 1) else { return (start, false) }
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
        return (index, letters >= 3 && hasLetter)
    }
}
