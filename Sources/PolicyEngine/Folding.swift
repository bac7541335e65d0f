import Foundation

/// Text made comparable, with the way back to the original.
///
/// Folding takes NFKC, case, width, accents, zero-width and tag characters away, writes every run of white
/// space as one space, and reads Cyrillic and Greek look-alikes as Latin inside words that mix the scripts.
struct FoldedText {
    /// UTF-8.
    var bytes: [UInt8] = []
    /// For every byte the offset, in Unicode scalars, of the original it comes from.
    var origins: [Int32] = []

    /// The range of original scalars that these folded bytes come from.
    func original(_ range: Range<Int>) -> Range<Int> {
        guard !range.isEmpty, range.upperBound <= origins.count else { return 0..<0 }
        return Int(origins[range.lowerBound])..<Int(origins[range.upperBound - 1]) + 1
    }

    fileprivate mutating func append(_ byte: UInt8, _ origin: Int) {
        bytes.append(byte)
        origins.append(Int32(truncatingIfNeeded: origin))
    }
}

/// Folds texts and patterns alike.
enum Folding {
    /// A text folded.
    static func fold(_ text: String) -> FoldedText {
        var result = FoldedText()
        var text = text
        let isASCII = text.withUTF8 { buffer in
            guard buffer.allSatisfy({ $0 < 0x80 }) else { return false }
            result.bytes.reserveCapacity(buffer.count)
            result.origins.reserveCapacity(buffer.count)
            for index in buffer.indices { fold(ascii: buffer[index], at: index, into: &result) }
            return true
        }
        return isASCII ? result : foldUnicode(text)
    }

    /// A pattern's text folded: what a rule's author writes is read as a post is.
    static func fold(literal: String) -> String { String(decoding: fold(literal).bytes, as: UTF8.self) }

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

    private static func fold(ascii byte: UInt8, at index: Int, into result: inout FoldedText) {
        switch byte {
        case 0x41...0x5A: result.append(byte | 0x20, index)
        case 0x09...0x0D, 0x20:
            if result.bytes.last != 0x20 { result.append(0x20, index) }
        case 0x00...0x08, 0x0E...0x1F, 0x7F: break
        default: result.append(byte, index)
        }
    }

    private static func foldUnicode(_ text: String) -> FoldedText {
        var result = FoldedText()
        let scalars = Array(text.unicodeScalars)
        let lookAlikes = LookAlikes.inMixedWords(of: scalars)
        for (index, scalar) in scalars.enumerated() {
            if scalar.isASCII {
                fold(ascii: UInt8(scalar.value), at: index, into: &result)
            } else if let latin = lookAlikes[index] {
                result.append(latin, index)
            } else if scalar.properties.isWhitespace {
                if result.bytes.last != 0x20 { result.append(0x20, index) }
            } else {
                for byte in FoldingTable.folded(scalar) { result.append(byte, index) }
            }
        }
        return result
    }
}

/// What single characters beyond ASCII fold to.
enum FoldingTable {
    private static let low: [[UInt8]] = (0..<0x3100).map { value in
        Unicode.Scalar(UInt32(value)).map(compute) ?? []
    }

    static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
        let value = scalar.value
        if value < 0x3100 { return low[Int(value)] }
        // Ideographs and Hangul syllables stand for themselves.
        if (0x3400...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value) {
            return Array(String(scalar).utf8)
        }
        return compute(scalar)
    }

    private static func compute(_ scalar: Unicode.Scalar) -> [UInt8] {
        if isDropped(scalar) { return [] }
        var result: [UInt8] = []
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
            if isDropped(part) { continue }
            for lower in part.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
                result.append(contentsOf: String(lower == "\u{3C2}" ? "\u{3C3}" : lower).utf8)
            }
        }
        return result
    }

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

/// Cyrillic and Greek letters that look like Latin ones (the letter pairs of Unicode TS 39 that matter in
/// lower and upper case words; the whole table is a matter of its own).
enum LookAlikes {
    private static let latin: [Unicode.Scalar: Character] = {
        let pairs: [(String, String)] = [
            ("абеһіјкмопԛрсѕтухѵԝѡздгВЕКМНОРСТУХАІЈЅ", "a6ehijkmonqpcstyxvwwзdгbekmhopctyxaijs"),
            ("αβεικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abeikvoptuxwabezhikmnoptyx"),
        ]
        var result: [Unicode.Scalar: Character] = [:]
        for (from, to) in pairs {
            for (scalar, letter) in zip(from.unicodeScalars, to) where letter.isASCII && letter.isLetter {
                result[scalar] = letter
            }
        }
        return result
    }()

    /// The Latin bytes of look-alikes, by index, in words that hold Latin letters too.
    static func inMixedWords(of scalars: [Unicode.Scalar]) -> [Int: UInt8] {
        func isForeign(_ scalar: Unicode.Scalar) -> Bool { (0x370...0x52F).contains(scalar.value) }
        // Neither digits and signs that stand for letters nor what folding drops end a word, or it could hide in
        // two ways at once.
        func isPart(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII
                ? Folding.isWordByte(UInt8(scalar.value))
                : scalar.properties.isAlphabetic || FoldingTable.folded(scalar).isEmpty
        }
        func isLatin(_ scalar: Unicode.Scalar) -> Bool {
            FoldingTable.folded(scalar).first.map { (0x61...0x7A).contains($0) } ?? false
        }
        guard scalars.contains(where: isForeign) else { return [:] }
        var result: [Int: UInt8] = [:]
        var start = 0
        while start < scalars.count {
            guard isPart(scalars[start]) else {
                start += 1
                continue
            }
            var end = start
            var hasLatin = false
            while end < scalars.count, isPart(scalars[end]) {
                hasLatin = hasLatin || isLatin(scalars[end])
                end += 1
            }
            if hasLatin {
                for index in start..<end {
                    if let letter = latin[scalars[index]], let byte = letter.asciiValue {
                        result[index] = byte
                    }
                }
            }
            start = end
        }
        return result
    }
}
