/// Letters that look like Latin ones, by the data of Unicode TS 39.
enum LookAlikes {
    /// Letters of Latin script, by what they look like.
    static let latin = read(latinTable)
    /// Letters of other scripts and signs.
    static let foreign = read(foreignTable)

    private static func read(_ table: String) -> [Unicode.Scalar: [UInt8]] {
        var result: [Unicode.Scalar: [UInt8]] = [:]
        for line in table.utf8.split(separator: 0x0A) {
            let words = line.split(separator: 0x20)
            for word in words.dropFirst() {
                guard let value = UInt32(String(Substring(word)), radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { continue }
                result[scalar] = Array(words[0])
            }
        }
        return result
    }

    /// The indices of look-alikes from other scripts that are read as Latin in this text.
    ///
    /// They are those in words that hold Latin letters too, and those of words of three letters or more that hold
    /// nothing else, in texts in which words of Latin letters are more than others of that kind.
    static func readAsLatin(in scalars: [Unicode.Scalar], table: inout FoldingTable) -> [Int: [UInt8]] {
        guard scalars.contains(where: { !$0.isASCII && foreign[$0] != nil }) else { return [:] }
        var words: [(range: Range<Int>, sort: Sort)] = []
        var index = 0
        while index < scalars.count {
            let start = index
            var seen: [Part] = []
            while index < scalars.count, let part = part(scalars[index], table: &table) {
                seen.append(part)
                index += 1
            }
            if index == start {
                index += 1
            } else {
                words.append((start..<index, sort(seen)))
            }
        }
        let latinWords = words.count { $0.sort == .latin || $0.sort == .mixed }
        let otherWords = words.count { $0.sort == .foreign }
        var result: [Int: [UInt8]] = [:]
        for word in words
        where word.sort == .mixed || (word.sort == .disguised && latinWords > otherWords) {
            for index in word.range { result[index] = foreign[scalars[index]] }
        }
        return result
    }

    private enum Part { case latin, lookAlike, other, neutral }
    private enum Sort { case latin, mixed, disguised, foreign }

    /// What a scalar is within a word; `nil` between words.
    ///
    /// Neither digits and signs that stand for letters nor what folding drops end a word, or it could hide in two
    /// ways at once.
    private static func part(_ scalar: Unicode.Scalar, table: inout FoldingTable) -> Part? {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            guard Folding.isWordByte(byte) else { return nil }
            return Folding.isLetter(byte | 0x20) ? .latin : .neutral
        }
        let first = table.first(scalar)
        if first == 0 { return .neutral }
        if first &- 0x61 < 26 { return .latin }
        if foreign[scalar] != nil { return .lookAlike }
        return scalar.properties.isAlphabetic ? .other : nil
    }

    private static func sort(_ parts: [Part]) -> Sort {
        let lookAlikes = parts.count { $0 == .lookAlike }
        if parts.contains(.latin) { return lookAlikes > 0 ? .mixed : .latin }
        return lookAlikes >= 3 && !parts.contains(.other) ? .disguised : .foreign
    }
}
