import Moderation

/// Tells whether bytes are the canonical form of an entry without building anything of it: a million of them are
/// looked at when a ledger is verified.
///
/// It says yes to just those bytes that reading and writing them again would leave as they are; a test compares both.
struct CanonicalScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private static let deepest = 64

    /// The kind of a canonical entry; `nil` for any other bytes.
    static func kind(ofEntry bytes: [UInt8]) -> EntryKind? {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = CanonicalScanner(bytes: buffer)
            return scanner.entry()
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func entry() -> EntryKind? {
        guard skip("{\"at\":\""), isTime() else { return nil }
        guard skip("\"") else { return nil }
        if skip(",\"data\":") {
            guard index < bytes.count, bytes[index] == 0x7B, !(peek("{}")), value(depth: 1) else {
                return nil
            }
        }
        guard skip(",\"kind\":"), let name = string(), let kind = kind(name) else { return nil }
        if skip(",\"person\":") { guard string() != nil else { return nil } }
        if skip(",\"post\":") { guard string() != nil else { return nil } }
        guard skip(",\"v\":1}"), index == bytes.count else { return nil }
        return kind
    }

    private func peek(_ expected: StaticString) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[index + offset] != expected.utf8Start[offset] { return false }
        return true
    }

    private mutating func skip(_ expected: StaticString) -> Bool {
        guard peek(expected) else { return false }
        index += expected.utf8CodeUnitCount
        return true
    }

    /// `2026-03-01T09:30:00.000Z` and nothing else.
    private mutating func isTime() -> Bool {
        guard let year = digits(4), year >= 1, skip("-"), let month = digits(2), 1...12 ~= month, skip("-"),
            let day = digits(2), day >= 1, day <= Self.days(inMonth: month, year: year), skip("T"),
            let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60, skip(":"),
            let second = digits(2), second < 60, skip("."), digits(3) != nil
        else { return false }
        return skip("Z")
    }

    private mutating func digits(_ count: Int) -> Int? {
        guard index + count <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[index..<index + count] {
            guard byte &- 0x30 < 10 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        index += count
        return value
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// The kinds by the length of their names, of which few are equally long.
    private static let kinds: [[(name: [UInt8], kind: EntryKind)]] = {
        let names = EntryKind.allCases.map { (name: Array($0.rawValue.utf8), kind: $0) }
        let longest = names.map(\.name.count).max() ?? 0
        return (0...longest).map { count in names.filter { $0.name.count == count } }
    }()

    private func kind(_ range: Range<Int>) -> EntryKind? {
        guard Self.kinds.indices.contains(range.count) else { return nil }
        let name = bytes[range]
        return Self.kinds[range.count].first { $0.name.elementsEqual(name) }?.kind
    }

    // MARK: JSON

    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.deepest, index < bytes.count else { return false }
        switch bytes[index] {
        case 0x22: return string() != nil
        case 0x7B: return object(depth: depth)
        case 0x5B: return array(depth: depth)
        case 0x74: return skip("true")
        case 0x66: return skip("false")
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> Bool {
        index += 1
        if skip("}") { return true }
        var previous: Range<Int>?
        while true {
            guard let name = string(), skip(":") else { return false }
            if let previous, !precedes(previous, name) { return false }
            previous = name
            guard value(depth: depth + 1) else { return false }
            if skip("}") { return true }
            guard skip(",") else { return false }
        }
    }

    private mutating func array(depth: Int) -> Bool {
        index += 1
        if skip("]") { return true }
        while true {
            guard value(depth: depth + 1) else { return false }
            if skip("]") { return true }
            guard skip(",") else { return false }
        }
    }

    /// A whole number of at most 2^53 − 1 in size, without needless zeros or a minus before zero.
    private mutating func number() -> Bool {
        let isNegative = skip("-")
        let start = index
        var value: Int64 = 0
        while index < bytes.count, bytes[index] &- 0x30 < 10, index - start < 17 {
            value = value * 10 + Int64(bytes[index] - 0x30)
            index += 1
        }
        let count = index - start
        guard count > 0, bytes[start] != 0x30 || (count == 1 && !isNegative) else { return false }
        return value < 1 << 53
    }

    /// The bytes between the quotes, with escapes only where they must be, and in the form they must have.
    private mutating func string() -> Range<Int>? {
        guard skip("\"") else { return nil }
        let start = index
        var isASCII = true
        while true {
            index = PlainText.end(in: bytes, from: index, isASCIIOnly: true)
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            switch byte {
            case 0x22:
                let range = start..<index
                index += 1
                return isASCII || isUTF8(range) ? range : nil
            case 0x5C: guard escape() else { return nil }
            case 0..<0x20: return nil
            default:
                if byte >= 0x80 { isASCII = false }
                index += 1
            }
        }
    }

    private mutating func escape() -> Bool {
        index += 1
        guard index < bytes.count else { return false }
        switch bytes[index] {
        case 0x22, 0x5C, 0x62, 0x66, 0x6E, 0x72, 0x74: index += 1
        case 0x75:
            guard index + 4 < bytes.count, bytes[index + 1] == 0x30, bytes[index + 2] == 0x30,
                bytes[index + 3] &- 0x30 < 2, let low = digit(bytes[index + 4])
            else { return false }
            let code = (bytes[index + 3] - 0x30) << 4 | low
            // Those with an escape of one letter must use it.
            guard ![8, 9, 10, 12, 13].contains(code) else { return false }
            index += 5
        default: return false
        }
        return true
    }

    private func digit(_ byte: UInt8) -> UInt8? {
        if byte &- 0x30 < 10 { return byte - 0x30 }
        return byte &- 0x61 < 6 ? byte - 0x61 + 10 : nil
    }

    private func isUTF8(_ range: Range<Int>) -> Bool {
        String(validating: bytes[range], as: UTF8.self) != nil
    }

    /// Whether a name comes before another; both may hold escapes, which are read then.
    private func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        let (left, right) = (bytes[left], bytes[right])
        if left.allSatisfy({ $0 < 0x80 && $0 != 0x5C }), right.allSatisfy({ $0 < 0x80 && $0 != 0x5C }) {
            return left.lexicographicallyPrecedes(right)
        }
        let names = [left, right].map { CanonicalString.text(of: Array($0)) }
        return names[0] != names[1] && CanonicalJSON.ordered(names) == names
    }
}

/// Reads the escapes of a canonical string.
enum CanonicalString {
    static func text(of bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x5C, index + 1 < bytes.count else {
                result.append(bytes[index])
                index += 1
                continue
            }
            switch bytes[index + 1] {
            case 0x62: result.append(0x08)
            case 0x66: result.append(0x0C)
            case 0x6E: result.append(0x0A)
            case 0x72: result.append(0x0D)
            case 0x74: result.append(0x09)
            case 0x75:
                let digits = String(decoding: bytes[(index + 2)..<min(index + 6, bytes.count)], as: UTF8.self)
                result.append(UInt8(digits, radix: 16) ?? 0x3F)
                index += 4
            default: result.append(bytes[index + 1])
            }
            index += 2
        }
        return String(decoding: result, as: UTF8.self)
    }
}
