/// Where words end in folded text.
enum WordBoundary {
    /// Whether no word goes on across this place; scripts that write no spaces have one everywhere.
    ///
    /// - Parameter sign: a sign that counts as a letter.
    static func isBoundary(_ index: Int, in bytes: [UInt8], joinedBy sign: UInt8? = nil) -> Bool {
        guard index > 0, index < bytes.count else { return true }
        return
            !((bytes[index - 1] == sign || isWordScalar(endingAt: index, in: bytes))
            && (bytes[index] == sign || isWordScalar(at: index, in: bytes)))
    }

    /// A text without what is neither letter, digit nor `_` at either end.
    static func trimmed(_ text: String) -> Substring.UnicodeScalarView {
        var rest = Substring(text).unicodeScalars
        func isWord(_ scalar: Unicode.Scalar?) -> Bool {
            guard let scalar else { return true }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .decimalNumber, .letterNumber, .otherNumber:
                return true
            default: return scalar == "_"
            }
        }
        while !isWord(rest.first) { rest.removeFirst() }
        while !isWord(rest.last) { rest.removeLast() }
        return rest
    }

    /// Where words begin; each character of scripts that write no spaces is one.
    static func starts(in range: Range<Int>, of bytes: [UInt8]) -> [Int] {
        var result: [Int] = []
        var isInside = false
        var index = range.lowerBound
        while index < range.upperBound {
            let isWord = isWordScalar(at: index, in: bytes)
            let isOwn = !isWord && isUnspaced(at: index, in: bytes)
            if isOwn || (isWord && !isInside) { result.append(index) }
            isInside = isWord
            index += 1
            while index < range.upperBound, bytes[index] & 0xC0 == 0x80 { index += 1 }
        }
        return result
    }

    private static func isWordScalar(endingAt end: Int, in bytes: [UInt8]) -> Bool {
        var start = end - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return isWordScalar(at: start, in: bytes)
    }

    private static func isWordScalar(at start: Int, in bytes: [UInt8]) -> Bool {
        let byte = bytes[start]
        if byte < 0x80 { return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
        return scalar(at: start, in: bytes).map(isWord) ?? false
    }

    /// Whether words are made of a character.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || "0"..."9" ~= scalar }
        return !isUnspaced(scalar)
            && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }

    private static func isUnspaced(at start: Int, in bytes: [UInt8]) -> Bool {
        bytes[start] >= 0x80 && scalar(at: start, in: bytes).map(isUnspaced) ?? false
    }

    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        0x3040...0x30FF ~= scalar.value || 0x3400...0x9FFF ~= scalar.value
            || 0x0E00...0x0EFF ~= scalar.value
    }

    private static func scalar(at start: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
        // A match of bytes may begin inside a character.
        guard bytes[start] & 0xC0 != 0x80 else { return nil }
        return bytes.withUnsafeBufferPointer { Unicode.Scalar(Folding.scalar(at: start, in: $0).value) }
    }
}
