extension Folding {
    /// A second reading in which letters written as digits or signs (`k1ll`, `$cam`) and single letters set
    /// apart (`k i l l`, `k.i.l.l`) are read as a word; `nil` when there is nothing of the kind.
    static func undisguised(_ folded: FoldedText) -> FoldedText? {
        var result = FoldedText()
        var isChanged = false
        var index = 0
        let bytes = folded.bytes
        while index < bytes.count {
            if let end = spacedWord(in: bytes, from: index) {
                for letter in stride(from: index, to: end, by: 2) {
                    result.append(from: folded, letter, letterFor(bytes[letter]) ?? bytes[letter])
                }
                isChanged = true
                index = end
                continue
            }
            let end = wordEnd(in: bytes, from: index)
            if end > index {
                let isMixed = isDisguised(bytes[index..<end])
                for position in index..<end {
                    let plain = isMixed ? letterFor(bytes[position]) : nil
                    isChanged = isChanged || plain != nil
                    result.append(from: folded, position, plain ?? bytes[position])
                }
                index = end
            } else {
                result.append(from: folded, index, bytes[index])
                index += 1
            }
        }
        return isChanged ? result : nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }

    /// Whether an ASCII byte is a letter, or a digit or sign that stands for one within a word.
    static func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte | 0x20) || (letterFor(byte) != nil && byte != 0x21 && byte != 0x7C)
    }

    private static func letterFor(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30: 0x6F  // 0 o
        case 0x31, 0x21, 0x7C: 0x69  // 1 ! | i
        case 0x33: 0x65  // 3 e
        case 0x34, 0x40: 0x61  // 4 @ a
        case 0x35, 0x24: 0x73  // 5 $ s
        case 0x37: 0x74  // 7 t
        default: nil
        }
    }

    /// The end of a run of letters and the signs that stand for letters.
    private static func wordEnd(in bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, isLetter(bytes[end]) || letterFor(bytes[end]) != nil { end += 1 }
        // Punctuation after a word is no letter of it.
        while end > start, bytes[end - 1] == 0x21 || bytes[end - 1] == 0x7C { end -= 1 }
        return end
    }

    private static func isDisguised(_ word: ArraySlice<UInt8>) -> Bool {
        word.contains(where: isLetter) && word.contains { letterFor($0) != nil }
    }

    /// The end of at least three single letters with one separator between each two.
    private static func spacedWord(in bytes: [UInt8], from start: Int) -> Int? {
        func isSeparator(_ byte: UInt8) -> Bool { [0x20, 0x2E, 0x2D, 0x5F, 0x2A].contains(byte) }
        func isSingle(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || letterFor(byte) != nil }
        guard isSingle(bytes[start]), start == 0 || !isLetter(bytes[start - 1]) else { return nil }
        var index = start
        var letters = 1
        while index + 2 < bytes.count, isSeparator(bytes[index + 1]), isSingle(bytes[index + 2]),
            index + 3 >= bytes.count || !isLetter(bytes[index + 3])
        {
            index += 2
            letters += 1
        }
        let word = stride(from: start, through: index, by: 2).map { bytes[$0] }
        return letters >= 3 && word.contains(where: isLetter) ? index + 1 : nil
    }
}

extension FoldedText {
    fileprivate mutating func append(from other: FoldedText, _ index: Int, _ byte: UInt8) {
        bytes.append(byte)
        origins.append(other.origins[index])
    }
}
