import Synchronization

/// Folds texts and patterns alike: what a rule's author writes is read as a post is.
///
/// Folding takes NFKC, case, width, accents, zero-width and tag characters away, writes every run of white
/// space as one space, and reads letters that look like Latin ones as these: those of Latin script always, those of
/// others inside words that mix scripts and in single words among Latin ones.
enum Folding {
    static let table = Mutex(FoldingTable())

    /// A text folded, for patterns.
    static func fold(literal: String) -> String {
        var view = FoldedView()
        table.withLock { view.append(literal, .body, element: 0, table: $0) }
        return String(decoding: view.bytes.dropLast(), as: UTF8.self)
    }

    /// A regular expression with only its characters beyond ASCII folded, so that `\S` stays `\S`.
    static func fold(regex: String) -> String {
        var result = ""
        for scalar in regex.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
            } else {
                result += fold(literal: String(scalar))
            }
        }
        return result
    }

    /// The byte that an ASCII byte folds to; zero for none.
    static func folded(ascii byte: UInt8) -> UInt8 {
        if byte > 0x20, byte < 0x7F { return byte &- 0x41 < 26 ? byte | 0x20 : byte }
        return byte == 0x20 || byte &- 0x09 < 5 ? 0x20 : 0
    }

    /// The character at a place of valid UTF-8, and the place of the next.
    @inline(__always)
    static func scalar(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> (value: UInt32, next: Int) {
        let first = UInt32(text[index])
        if first < 0x80 { return (first, index + 1) }
        let second = UInt32(text[index + 1]) & 0x3F
        if first < 0xE0 { return ((first & 0x1F) << 6 | second, index + 2) }
        let third = UInt32(text[index + 2]) & 0x3F
        if first < 0xF0 { return ((first & 0xF) << 12 | second << 6 | third, index + 3) }
        return ((first & 7) << 18 | second << 12 | third << 6 | UInt32(text[index + 3]) & 0x3F, index + 4)
    }

    static func isLatinLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    static func isLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 || byte >= 0x80 }

    /// The letter that a digit or sign stands for within a word.
    static func letter(for byte: UInt8) -> UInt8? {
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

    /// Whether an ASCII byte is a letter, or a digit or sign that stands for one wherever it is in a word.
    static func isWordByte(_ byte: UInt8) -> Bool {
        isLetter(byte | 0x20) || (letter(for: byte) != nil && byte != 0x21 && byte != 0x7C)
    }
}
