import Foundation

@testable import PolicyEngine

/// One character of a reading, and the scalars of the original that it comes from.
struct ReferenceScalar {
    var scalar: Unicode.Scalar
    var origins: Range<Int>
}

/// The readings of a text, made one scalar after another with no thought of speed.
///
/// It shares with the engine what a single character folds to and the table of look-alikes; all else is written
/// again from what the documentation says.
struct ReferenceText {
    let exact: [ReferenceScalar]
    let folded: [ReferenceScalar]
    let undisguised: [ReferenceScalar]

    init(_ text: String, table: FoldingTable) {
        let scalars = Array(text.unicodeScalars)
        exact = scalars.enumerated().map {
            ReferenceScalar(scalar: $1 == "\n" || $1 == "\r" ? " " : $1, origins: $0..<$0 + 1)
        }
        folded = Self.fold(scalars, table: table)
        undisguised = Self.undisguise(folded)
    }

    // MARK: Folding

    private static func fold(_ scalars: [Unicode.Scalar], table: FoldingTable) -> [ReferenceScalar] {
        let latin = readAsLatin(scalars, table: table)
        var result: [ReferenceScalar] = []
        for (index, scalar) in scalars.enumerated() {
            let letters = latin.contains(index) ? LookAlikes.foreign[scalar] : nil
            let bytes = letters ?? table.bytes(table.entry(scalar.value))
            for part in String(decoding: bytes, as: UTF8.self).unicodeScalars {
                if part == " ", result.last?.scalar == " " { continue }
                if letters == nil, let last = result.last, let joined = composed(last.scalar, part) {
                    result[result.count - 1] = ReferenceScalar(
                        scalar: joined, origins: last.origins.lowerBound..<index + 1)
                    continue
                }
                // The voicing of kana, behind anything else, is an accent.
                if part == "\u{3099}" || part == "\u{309A}" { continue }
                result.append(ReferenceScalar(scalar: part, origins: index..<index + 1))
            }
        }
        return result
    }

    /// Parts of Hangul syllables and the voicing of kana, as Unicode composes them.
    private static func composed(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        guard
            0x1161...0x1175 ~= second.value || 0x11A8...0x11C2 ~= second.value
                || second.value == 0x3099 || second.value == 0x309A
        else { return nil }
        // From the parts of both, for a syllable and a part are not always joined.
        let parts = String(first).decomposedStringWithCanonicalMapping + String(second)
        let both = parts.precomposedStringWithCanonicalMapping.unicodeScalars
        return both.count == 1 ? both.first : nil
    }

    private static func readAsLatin(_ scalars: [Unicode.Scalar], table: FoldingTable) -> Set<Int> {
        enum Part { case latin, lookAlike, other, neutral }
        func part(_ scalar: Unicode.Scalar) -> Part? {
            if scalar.isASCII {
                if scalar.properties.isAlphabetic { return .latin }
                return "0134579@$".unicodeScalars.contains(scalar) && scalar != "9" ? .neutral : nil
            }
            let folded = String(decoding: table.bytes(table.entry(scalar.value)), as: UTF8.self)
                .unicodeScalars
            guard let first = folded.first else { return .neutral }
            if first.isASCII, first.properties.isAlphabetic { return .latin }
            if LookAlikes.foreign[scalar] != nil { return .lookAlike }
            return scalar.properties.isAlphabetic ? .other : nil
        }
        let parts = scalars.map(part)
        var words: [Range<Int>] = []
        var start: Int?
        for index in 0...parts.count {
            let isInside = index < parts.count && parts[index] != nil
            if isInside, start == nil { start = index }
            if !isInside, let first = start {
                words.append(first..<index)
                start = nil
            }
        }
        func has(_ wanted: Part, _ word: Range<Int>) -> Int { word.count { parts[$0] == wanted } }
        let latin = words.filter { has(.latin, $0) > 0 }
        let mixed = latin.filter { has(.lookAlike, $0) > 0 }
        let disguised = words.filter {
            has(.latin, $0) == 0 && has(.other, $0) == 0 && has(.lookAlike, $0) >= 3
        }
        let others = words.filter { word in
            has(.latin, word) == 0 && !disguised.contains(word)
                && has(.lookAlike, word) + has(.other, word) > 0
        }
        return Set((mixed + (latin.count > others.count ? disguised : [])).joined())
    }

    // MARK: Disguises

    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "i", "!": "i", "|": "i", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "7": "t",
    ]

    static func isLatin(_ scalar: Unicode.Scalar) -> Bool { "a"..."z" ~= scalar }
    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool { isLatin(scalar) || !scalar.isASCII }

    private static func undisguise(_ text: [ReferenceScalar]) -> [ReferenceScalar] {
        var result: [ReferenceScalar] = []
        func plain(_ index: Int) -> ReferenceScalar {
            ReferenceScalar(
                scalar: signs[text[index].scalar] ?? text[index].scalar, origins: text[index].origins)
        }
        var index = 0
        while index < text.count {
            let singles = spaced(from: index, text)
            if singles.count >= 3, singles.contains(where: { isLatin(text[$0].scalar) }) {
                result += singles.map(plain)
                index = singles[singles.count - 1] + 1
                continue
            }
            var end = index
            while end < text.count, isLetter(text[end].scalar) || signs[text[end].scalar] != nil { end += 1 }
            while end > index, text[end - 1].scalar == "!" || text[end - 1].scalar == "|" { end -= 1 }
            let word = index..<max(end, index + 1)
            let isMixed =
                end > index && word.contains { isLetter(text[$0].scalar) }
                && word.contains { signs[text[$0].scalar] != nil }
            result += word.map { isMixed ? plain($0) : text[$0] }
            index = word.upperBound
        }
        return result
    }

    /// The places of single letters with one separator between each two, from here on.
    private static func spaced(from start: Int, _ text: [ReferenceScalar]) -> [Int] {
        func isSingle(_ index: Int) -> Bool {
            isLatin(text[index].scalar) || signs[text[index].scalar] != nil
        }
        func isLetterAt(_ index: Int) -> Bool { text.indices.contains(index) && isLetter(text[index].scalar) }
        guard isSingle(start), !isLetterAt(start - 1) else { return [] }
        var places = [start]
        while let last = places.last, last + 2 < text.count,
            " .-_*".unicodeScalars.contains(text[last + 1].scalar), isSingle(last + 2), !isLetterAt(last + 3)
        {
            places.append(last + 2)
        }
        return places
    }

    // MARK: Words

    static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        0x3040...0x30FF ~= scalar.value || 0x3400...0x9FFF ~= scalar.value || 0x0E00...0x0EFF ~= scalar.value
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || "0"..."9" ~= scalar }
        return !isUnspaced(scalar) && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }

    /// Which word a place is in: how many begin up to it.
    static func word(at place: Int, in text: [ReferenceScalar]) -> Int {
        (0...place).count { index in
            let scalar = text[index].scalar
            if isUnspaced(scalar), !scalar.isASCII { return true }
            return isWord(scalar) && (index == 0 || !isWord(text[index - 1].scalar))
        }
    }
}
