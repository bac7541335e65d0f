import Foundation

/// What single characters fold to, computed once for each that is met.
///
/// Only one thread holds a table at a time.
final class FoldingTable {
    /// What one character folds to, in 32 bits: its part in a word, what is peculiar about it, how many bytes, and
    /// up to three of these or the place of more.
    struct Entry {
        fileprivate(set) var bits: UInt32

        /// What it is within a word.
        var part: LookAlikes.Part { LookAlikes.Part(rawValue: UInt8(bits & 7)) ?? .none }
        /// Whether its bytes go where it stands without a look at what stands before.
        var isPlain: Bool { bits & 0x80 == 0 }
        var isLookAlike: Bool { bits & 7 == UInt32(LookAlikes.Part.lookAlike.rawValue) }
        /// How many bytes it has, when it is plain.
        var count: Int { Int(bits >> 4 & 7) }
        func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bits >> (8 + 8 * UInt32(index))) }
        fileprivate var isLong: Bool { count == 7 }
        fileprivate static let known: UInt32 = 8
    }

    /// Entries by pages of 256 characters; pages of which none was met are one and stay empty.
    private let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt32>>
    private let empty: UnsafeMutablePointer<UInt32>
    private var long: [[UInt8]] = []
    private static let pageCount = 0x1100

    init() {
        empty = Self.makePage()
        pages = .allocate(capacity: Self.pageCount)
        pages.initialize(repeating: empty, count: Self.pageCount)
    }

    deinit {
        for page in 0..<Self.pageCount where pages[page] != empty { pages[page].deallocate() }
        pages.deallocate()
        empty.deallocate()
    }

    private static func makePage() -> UnsafeMutablePointer<UInt32> {
        let page = UnsafeMutablePointer<UInt32>.allocate(capacity: 256)
        page.initialize(repeating: 0, count: 256)
        return page
    }

    /// What a character folds to.
    @inline(__always)
    func entry(_ value: UInt32) -> Entry {
        let bits = pages[Int(value >> 8)][Int(value & 0xFF)]
        return bits != 0 ? Entry(bits: bits) : make(value)
    }

    /// The bytes that a character folds to.
    func bytes(_ entry: Entry) -> [UInt8] {
        entry.isLong ? long[Int(entry.bits >> 8)] : (0..<entry.count).map(entry.byte)
    }

    private func make(_ value: UInt32) -> Entry {
        guard let scalar = Unicode.Scalar(value) else { return Entry(bits: Entry.known) }
        let bytes = Self.compute(scalar)
        var bits = Entry.known | UInt32(Self.part(scalar, first: bytes.first).rawValue)
        if bytes.count > 3 {
            bits |= 0xF0 | UInt32(long.count) << 8
            long.append(bytes)
        } else {
            bits |= UInt32(bytes.count) << 4
            for (index, byte) in bytes.enumerated() { bits |= UInt32(byte) << (8 + 8 * UInt32(index)) }
            if bytes.contains(0x20) { bits |= 0x80 }
            if Joining.joins(scalar) { bits |= 0x80 }
        }
        let page = Int(value >> 8)
        if pages[page] == empty { pages[page] = Self.makePage() }
        pages[page][Int(value & 0xFF)] = bits
        return Entry(bits: bits)
    }

    private static func compute(_ scalar: Unicode.Scalar) -> [UInt8] {
        if scalar.isASCII {
            let folded = Folding.folded(ascii: UInt8(scalar.value))
            return folded == 0 ? [] : [folded]
        }
        if scalar.properties.isWhitespace { return [0x20] }
        if isDropped(scalar) { return [] }
        // Ideographs and Hangul syllables stand for themselves.
        if 0x3400...0x9FFF ~= scalar.value || 0xAC00...0xD7A3 ~= scalar.value {
            return Array(String(scalar).utf8)
        }
        var result = String.UnicodeScalarView()
        for part in String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars {
            if let last = result.last, let joined = Joining.joined(last, part) {
                result.removeLast()
                result.append(joined)
                continue
            }
            if isDropped(part) { continue }
            for lower in part.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
                let folded = LookAlikes.latin[lower].map { String(decoding: $0, as: UTF8.self) }
                result.append(contentsOf: (folded ?? special[lower] ?? String(lower)).unicodeScalars)
            }
        }
        guard result.contains(where: { "a"..."z" ~= $0 }) else { return Array(String(result).utf8) }
        // A character that stands for letters of two scripts is a word that mixes them.
        return result.flatMap { LookAlikes.foreign[$0] ?? Array(String($0).utf8) }
    }

    /// What a character is within a word.
    private static func part(_ scalar: Unicode.Scalar, first: UInt8?) -> LookAlikes.Part {
        if scalar.isASCII {
            let byte = UInt8(scalar.value)
            guard Folding.isWordByte(byte) else { return .none }
            return Folding.isLetter(byte | 0x20) ? .latin : .neutral
        }
        guard let first else { return .neutral }
        if first &- 0x61 < 26 { return .latin }
        if LookAlikes.foreign[scalar] != nil { return .lookAlike }
        return scalar.properties.isAlphabetic ? .other : .none
    }

    /// Letters whose lower case is not what Unicode compares without case by.
    ///
    /// And the apostrophes that keyboards put in place of the plain one, in whatever language.
    private static let special: [Unicode.Scalar: String] = [
        "\u{3C2}": "\u{3C3}", "ß": "ss", "\u{2018}": "'", "\u{2019}": "'", "\u{2BC}": "'",
    ]

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        // The voicing of kana is kept until it is known whether it joins.
        if Joining.isVoicing(scalar.value) { return false }
        if properties.isDefaultIgnorableCodePoint || scalar == "\u{640}" { return true }
        switch properties.generalCategory {
        case .control, .format, .enclosingMark, .surrogate: return true
        case .nonspacingMark:
            // Marks that carry vowels in the scripts of India and their kin are kept; accents, and the points that
            // Arabic and Hebrew are mostly written without, are not.
            let order = properties.canonicalCombiningClass.rawValue
            return !properties.isAlphabetic || !(order == 0 || 84...132 ~= order)
        default: return false
        }
    }
}

/// Parts of letters that Unicode composes: Hangul syllables from their parts, and kana from kana and voicing.
enum Joining {
    static func joins(_ scalar: Unicode.Scalar) -> Bool {
        isSecond(scalar.value)
            || String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars.first.map {
                isSecond($0.value)
            }
                ?? false
    }

    private static func isSecond(_ value: UInt32) -> Bool {
        0x1161...0x1175 ~= value || 0x11A8...0x11C2 ~= value || isVoicing(value)
    }

    /// The marks that make other kana of kana; behind anything else they are accents.
    static func isVoicing(_ value: UInt32) -> Bool { value == 0x3099 || value == 0x309A }

    /// The one character that two are; `nil` when they are two.
    static func joined(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        switch second.value {
        case 0x1161...0x1175 where 0x1100...0x1112 ~= first.value:
            return Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
        case 0x11A8...0x11C2 where 0xAC00...0xD7A3 ~= first.value && (first.value - 0xAC00) % 28 == 0:
            return Unicode.Scalar(first.value + second.value - 0x11A7)
        case 0x3099, 0x309A:
            guard 0x3040...0x30FF ~= first.value else { return nil }
            let composed = (String(first) + String(second)).precomposedStringWithCanonicalMapping
                .unicodeScalars
            return composed.count == 1 ? composed.first : nil
        default: return nil
        }
    }
}
