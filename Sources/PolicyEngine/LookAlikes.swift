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

    /// What a character is within a word.
    ///
    /// Neither digits and signs that stand for letters nor what folding drops end a word, or it could hide in two
    /// ways at once.
    enum Part: UInt8 { case none, latin, lookAlike, other, neutral }

    /// The words of a text, in bytes, whose look-alikes from other scripts are read as Latin.
    ///
    /// They are those that hold Latin letters too, and those with three look-alikes or more that hold no other
    /// letters, in texts in which words of Latin letters are more than others of that kind.
    static func wordsReadAsLatin(
        in text: UnsafeBufferPointer<UInt8>, table: FoldingTable
    ) -> [Range<Int>] {
        var mixed: [Range<Int>] = []
        var disguised: [Range<Int>] = []
        var latinWords = 0
        var otherWords = 0
        var start = 0
        var word = Word()
        func end(_ place: Int) {
            if word.latin > 0 {
                latinWords += 1
                if word.lookAlikes > 0 { mixed.append(start..<place) }
            } else if word.lookAlikes >= 3, word.others == 0 {
                disguised.append(start..<place)
            } else if word.lookAlikes + word.others > 0 {
                otherWords += 1
            }
            word = Word()
        }
        var index = 0
        while index < text.count {
            let (value, next) = Folding.scalar(at: index, in: text)
            let part = table.entry(value).part
            if part == .none {
                end(index)
                start = next
            }
            word.add(part)
            index = next
        }
        end(index)
        guard latinWords > otherWords, !disguised.isEmpty else { return mixed }
        return (mixed + disguised).sorted { $0.lowerBound < $1.lowerBound }
    }

    private struct Word {
        var latin = 0
        var lookAlikes = 0
        var others = 0

        mutating func add(_ part: Part) {
            switch part {
            case .latin: latin += 1
            case .lookAlike: lookAlikes += 1
            case .other: others += 1
            case .none, .neutral: break
            }
        }
    }
}
