/// Turns scalars into clusters.
///
/// Linear in the string's length, whatever is in it.
struct SafeTextScanner {
    /// As many combining marks as a cell of ncurses holds beside its base.
    static let mostCombining = 4

    let marks: SafeText.MarkStyle
    let splitsLines: Bool
    private var clusters: [SafeText.Cluster] = []
    private var offset = 0

    init(marks: SafeText.MarkStyle, splitsLines: Bool) {
        self.marks = marks
        self.splitsLines = splitsLines
    }

    /// All lines of the string; exactly one when lines are not split.
    mutating func lines(of untrusted: String) -> [SafeText] {
        var string = untrusted
        string.makeContiguousUTF8()
        var lines: [SafeText] = []
        clusters.reserveCapacity(min(string.utf8.count, 4096))
        let bytes = string.utf8
        var index = string.startIndex
        while index < string.endIndex {
            let byte = bytes[index]
            let after = bytes.index(after: index)
            if byte >= 0x20, byte < 0x7F, after == string.endIndex || bytes[after] < 0x80 {
                emit(Self.asciiGlyphs[Int(byte)], 1, length: 1, byte == 0x20 ? .space : [])
                index = after
                continue
            }
            let end = string.index(after: index)
            if splitsLines, byte == 0x0A || (byte == 0x0D && end != after) {
                lines.append(SafeText(clusters: clusters))
                clusters.removeAll(keepingCapacity: true)
                offset += end == after ? 1 : 2
            } else {
                let next = end == string.endIndex ? nil : string.unicodeScalars[end]
                scan(Array(string.unicodeScalars[index..<end]), next: next)
            }
            index = end
        }
        lines.append(SafeText(clusters: clusters))
        return lines
    }

    /// Takes one grapheme cluster in; `next` is the scalar after it.
    private mutating func scan(_ scalars: [Unicode.Scalar], next: Unicode.Scalar?) {
        var index = 0
        var previousIsEmoji = false
        while index < scalars.count {
            let scalar = scalars[index]
            let before = index
            switch ScalarWidth.of(scalar) {
            case _ where scalar.isRegionalIndicator:
                index += flag(scalars, at: index)
                previousIsEmoji = false
            case .narrow, .wide:
                if scalar.isSkinTone {
                    tone(scalar, joins: previousIsEmoji)
                    index += 1
                } else {
                    index += unit(scalars, at: index, next: next)
                }
                previousIsEmoji = scalars[before].isEmojiPart
            case .zero:
                index += orphans(scalars, at: index)
                previousIsEmoji = false
            case .mark:
                let following = index + 1 < scalars.count ? scalars[index + 1] : nil
                if scalar.value == 0x200D, previousIsEmoji, following?.isEmojiPart == true {
                    emit("+", 1, length: 1, [.mark, .continues])
                } else {
                    mark(scalar)
                    previousIsEmoji = false
                }
                index += 1
            }
        }
    }

    /// A base with what is painted on it.
    ///
    /// Returns how many scalars it took.
    private mutating func unit(_ scalars: [Unicode.Scalar], at start: Int, next: Unicode.Scalar?) -> Int {
        let base = scalars[start]
        var flags: SafeText.Cluster.Flags = start > 0 ? .continues : []
        if base.isRightToLeft { flags.insert(.rightToLeft) }
        var columns: UInt8 = ScalarWidth.of(base) == .wide ? 2 : 1
        if base.isBlank {
            flags.insert(.space)
            emit(columns == 2 ? "  " : " ", columns, length: 1, flags)
            return 1
        }
        var glyph = String(base)
        var end = start + 1
        if end < scalars.count, base.takesSelector(scalars[end], before: scalars.dropFirst(end + 1).first) {
            if scalars[end].value == 0xFE0F, columns == 1 { columns = 0 }
            end += 1
        }
        var painted = 0
        var firstHidden: Int?
        while end < scalars.count {
            let scalar = scalars[end]
            let following = end + 1 < scalars.count ? scalars[end + 1] : next
            let joins = scalar.isJoiner && scalars[end - 1].joins(following)
            guard joins || ScalarWidth.of(scalar) == .zero else { break }
            if painted < Self.mostCombining {
                glyph.unicodeScalars.append(scalar)
                painted += 1
                if scalar.value == 0x20E3, columns == 1, base.isKeycapBase { columns = 0 }
            } else if firstHidden == nil {
                firstHidden = end
            }
            end += 1
        }
        if columns == 0 {
            glyph += " "
            columns = 2
        }
        emit(glyph, columns, length: (firstHidden ?? end) - start, flags)
        if let firstHidden { tooMany(end - firstHidden) }
        return end - start
    }

    /// Combining marks with nothing to stand on: without a base they would change the cell of a neighbour.
    private mutating func orphans(_ scalars: [Unicode.Scalar], at start: Int) -> Int {
        var glyph = marks == .ascii ? "o" : "\u{25CC}"
        var end = start
        while end < scalars.count, ScalarWidth.of(scalars[end]) == .zero {
            if end - start < Self.mostCombining { glyph.unicodeScalars.append(scalars[end]) }
            end += 1
        }
        let painted = min(end - start, Self.mostCombining)
        emit(glyph, 1, length: painted, .mark)
        if end - start > painted { tooMany(end - start - painted) }
        return end - start
    }

    private mutating func flag(_ scalars: [Unicode.Scalar], at start: Int) -> Int {
        guard start + 1 < scalars.count, scalars[start + 1].isRegionalIndicator else {
            mark(scalars[start])
            return 1
        }
        let letters = scalars[start...start + 1].reduce(into: "") { letters, indicator in
            letters += Self.asciiGlyphs[Int(indicator.value - 0x1F1E6) + 0x41]
        }
        emit(letters, 2, length: 2, .mark)
        return 2
    }

    private mutating func tone(_ scalar: Unicode.Scalar, joins: Bool) {
        guard joins else { return mark(scalar) }
        let type = Int(scalar.value - 0x1F3FB)
        switch marks {
        case .unicode: emit(["²", "³", "⁴", "⁵", "⁶"][type], 1, length: 1, [.mark, .continues])
        case .ascii: emit("<t\(type + 2)>", 4, length: 1, [.mark, .continues])
        }
    }

    private mutating func mark(_ scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        bracket("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits, length: 1)
    }

    private mutating func tooMany(_ count: Int) {
        bracket("+\(count)", length: count)
    }

    private mutating func bracket(_ inner: String, length: Int) {
        let glyph = marks == .ascii ? "<\(inner)>" : "\u{27E8}\(inner)\u{27E9}"
        emit(glyph, UInt8(inner.utf8.count + 2), length: length, .mark)
    }

    private mutating func emit(
        _ glyph: String, _ columns: UInt8, length: Int, _ flags: SafeText.Cluster.Flags
    ) {
        clusters.append(
            SafeText.Cluster(
                glyph: glyph, start: UInt32(clamping: offset), length: UInt32(clamping: length),
                columns: columns, flags: flags))
        offset += length
    }

    private static let asciiGlyphs: [String] = (0..<UInt8(0x80)).map { String(Unicode.Scalar($0)) }
}

extension Unicode.Scalar {
    fileprivate var isRegionalIndicator: Bool { value >= 0x1F1E6 && value <= 0x1F1FF }
    fileprivate var isSkinTone: Bool { value >= 0x1F3FB && value <= 0x1F3FF }
    fileprivate var isJoiner: Bool { value == 0x200C || value == 0x200D }
    fileprivate var isKeycapBase: Bool { (value >= 0x30 && value <= 0x39) || value == 0x23 || value == 0x2A }

    /// Part of an emoji sequence; digits, `#`, `*`, © and ® only become emoji by a selector.
    fileprivate var isEmojiPart: Bool { value > 0xFF && properties.isEmoji && !isRegionalIndicator }

    /// A space of some width, painted as ordinary spaces.
    fileprivate var isBlank: Bool {
        switch value {
        case 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// Whether the selector chooses this emoji's presentation; all other selectors are evidence.
    fileprivate func takesSelector(_ selector: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        guard selector.value == 0xFE0E || selector.value == 0xFE0F else { return false }
        return isKeycapBase ? next?.value == 0x20E3 : properties.isEmoji
    }

    fileprivate var isRightToLeft: Bool {
        switch value {
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
        default: false
        }
    }

    /// Whether a joiner between the two is ordinary spelling (Persian, Indic …): both are letters or marks of
    /// a script that joins.
    fileprivate func joins(_ next: Unicode.Scalar?) -> Bool {
        guard let next, let script = joiningScript, script == next.joiningScript else { return false }
        return spells && next.spells
    }

    private var spells: Bool { properties.isAlphabetic || properties.canonicalCombiningClass == .virama }

    private var joiningScript: Int? {
        switch value {
        case 0x600...0x8FF: 1
        case 0x900...0xDFF: 2
        case 0x1000...0x109F: 3
        case 0x1780...0x17FF: 4
        case 0x1800...0x18AF: 5
        default: nil
        }
    }
}
