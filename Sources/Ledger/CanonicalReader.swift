import Moderation

/// Reads bytes that are known to be canonical JSON, much faster than JSON in general: a million entries and posts are
/// read when tables are held against the ledger.
///
/// Other bytes give `nil` or some other value; their digest, or ``CanonicalScanner``, tells first.
public struct CanonicalReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private static let deepest = 64

    /// The members of an object; `nil` for anything else, and for one that holds a fraction or a null.
    public static func members(of bytes: [UInt8]) -> [String: LedgerValue]? {
        bytes.withUnsafeBufferPointer { buffer in
            var reader = CanonicalReader(bytes: buffer)
            guard case .object(let members)? = reader.value(depth: 0), reader.index == buffer.count else {
                return nil
            }
            return members
        }
    }

    /// The entry in canonical bytes.
    static func entry(_ bytes: [UInt8]) -> LedgerEntry? {
        guard let members = members(of: bytes),
            let moment = members["at"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let kind = members["kind"]?.text.flatMap({ EntryKind(rawValue: $0) })
        else { return nil }
        var entry = LedgerEntry(
            kind: kind, at: moment, person: members["person"]?.text.map { PersonID($0) },
            post: members["post"]?.text.map { PostID($0) })
        if case .object(let fields)? = members["data"] { entry.fields = fields }
        return entry
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte, index < bytes.count else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) -> LedgerValue? {
        guard depth < Self.deepest else { return nil }
        switch next {
        case 0x22: return string().map { .string($0) }
        case 0x7B: return object(depth: depth)
        case 0x5B: return array(depth: depth)
        case 0x74:
            index += 4
            return index <= bytes.count ? .bool(true) : nil
        case 0x66:
            index += 5
            return index <= bytes.count ? .bool(false) : nil
        default: return number().map { .integer($0) }
        }
    }

    private mutating func object(depth: Int) -> LedgerValue? {
        index += 1
        var members: [String: LedgerValue] = [:]
        if skip(0x7D) { return .object(members) }
        repeat {
            guard let name = string(), skip(0x3A), let value = value(depth: depth + 1) else { return nil }
            members[name] = value
        } while skip(0x2C)
        return skip(0x7D) ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> LedgerValue? {
        index += 1
        var values: [LedgerValue] = []
        if skip(0x5D) { return .array(values) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        } while skip(0x2C)
        return skip(0x5D) ? .array(values) : nil
    }

    private mutating func number() -> Int64? {
        let isNegative = skip(0x2D)
        var value: Int64 = 0
        let start = index
        while next &- 0x30 < 10, index < bytes.count, index - start < 17 {
            value = value * 10 + Int64(next - 0x30)
            index += 1
        }
        return index > start ? (isNegative ? -value : value) : nil
    }

    private mutating func string() -> String? {
        guard skip(0x22) else { return nil }
        let start = index
        var hasEscapes = false
        while index < bytes.count, bytes[index] != 0x22 {
            if bytes[index] == 0x5C {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        let text = UnsafeBufferPointer(rebasing: bytes[start..<index])
        return hasEscapes ? CanonicalString.text(of: Array(text)) : String(decoding: text, as: UTF8.self)
    }
}

extension LedgerEntry {
    /// Reads an entry whose bytes were found canonical before, fast; `nil` for what is no entry.
    public init?(verifiedBytes bytes: [UInt8]) {
        guard let entry = CanonicalReader.entry(bytes) else { return nil }
        self = entry
    }

    /// The text of a field; `nil` when it has none of that name.
    public func text(_ name: String) -> String? { fields[name]?.text }

    /// The whole number in a field; `nil` when it has none of that name.
    public func number(_ name: String) -> Int64? { fields[name]?.number }
}

extension LedgerValue {
    /// The text that it is.
    public var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The whole number that it is; the largest stand as text.
    public var number: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let text): Int64(text)
        default: nil
        }
    }

    /// The values of the list that it is.
    public var list: [LedgerValue]? { if case .array(let values) = self { values } else { nil } }

    /// The members of the object that it is.
    public var members: [String: LedgerValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
