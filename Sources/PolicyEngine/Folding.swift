import Foundation

/// Folds texts and patterns alike: what a rule's author writes is read as a post is.
///
/// Folding takes NFKC, case, width, accents, zero-width and tag characters away, writes every run of white
/// space as one space, and reads letters that look like Latin ones as these: those of Latin script always, those of
/// others inside words that mix scripts and in single words among Latin ones.
enum Folding {
    /// A text folded, for patterns.
    static func fold(literal: String) -> String {
        var view = FoldedView()
        var table = FoldingTable()
        view.append(literal, .body, element: 0, table: &table)
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

/// What single characters beyond ASCII fold to, computed once for each that is met.
struct FoldingTable {
    private static let end: UInt32 = 0x3100
    /// Where in `blob` a scalar's bytes stand and, in the low eight bits, how many there are.
    private var places = [UInt32](repeating: .max, count: Int(end))
    private var blob: [UInt8] = []

    /// Calls the body with the scalar's bytes.
    mutating func withFolded(_ scalar: Unicode.Scalar, _ body: (UInt8) -> Void) {
        let value = scalar.value
        // Ideographs and Hangul syllables stand for themselves.
        if 0x3400...0x9FFF ~= value || 0xAC00...0xD7A3 ~= value {
            UTF8.encode(scalar)?.forEach(body)
            return
        }
        guard value < Self.end else {
            Self.compute(scalar).forEach(body)
            return
        }
        if places[Int(value)] == .max {
            let bytes = Self.compute(scalar)
            places[Int(value)] = UInt32(blob.count) << 8 | UInt32(bytes.count)
            blob += bytes
        }
        let start = Int(places[Int(value)] >> 8)
        for index in start..<start + Int(places[Int(value)] & 0xFF) { body(blob[index]) }
    }

    /// The first byte of the folded scalar; zero if it is dropped.
    mutating func first(_ scalar: Unicode.Scalar) -> UInt8 {
        var result: UInt8 = 0
        withFolded(scalar) { byte in if result == 0 { result = byte } }
        return result
    }

    private static func compute(_ scalar: Unicode.Scalar) -> [UInt8] {
        if isDropped(scalar) { return [] }
        var result: [UInt8] = []
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
            if isDropped(part) { continue }
            for lower in part.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
                if let letters = LookAlikes.latin[lower] {
                    result += letters
                } else {
                    result += (special[lower] ?? String(lower)).utf8
                }
            }
        }
        return result
    }

    /// Letters whose lower case is not what Unicode compares without case by.
    private static let special: [Unicode.Scalar: String] = ["\u{3C2}": "\u{3C3}", "ß": "ss"]

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint { return true }
        switch properties.generalCategory {
        case .control, .format, .enclosingMark, .surrogate: return true
        // Marks that carry vowels (Devanagari, Thai) are kept; accents are not.
        case .nonspacingMark: return !properties.isAlphabetic
        default: return false
        }
    }
}
