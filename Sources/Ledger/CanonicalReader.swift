import Moderation

/// Reads canonical JSON straight from its bytes, where a general decoder would take most of the time.
///
/// It understands what ``CanonicalJSON`` writes; whoever meets ``Unreadable`` asks a general decoder, which says what
/// is wrong.
public struct CanonicalReader {
    /// The bytes are not what was expected.
    struct Unreadable: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var depth = 0
    private static let deepest = 64

    /// Reads all of the bytes by a body; anything left over is an error.
    static func read<Result>(
        _ bytes: [UInt8], _ body: (inout CanonicalReader) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBufferPointer { buffer in
            var reader = CanonicalReader(bytes: buffer)
            let result = try body(&reader)
            guard reader.index == buffer.count else { throw Unreadable() }
            return result
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws { guard skip(byte) else { throw Unreadable() } }

    private mutating func skip(word: StaticString) throws {
        let count = word.utf8CodeUnitCount
        guard index + count <= bytes.count else { throw Unreadable() }
        for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { throw Unreadable() }
        index += count
    }

    private mutating func goDown() throws {
        depth += 1
        guard depth < Self.deepest else { throw Unreadable() }
    }

    // MARK: Values

    /// Calls a body with the name of each member; the body must read the member's value.
    mutating func object(_ member: (inout CanonicalReader, String) throws -> Void) throws {
        try goDown()
        defer { depth -= 1 }
        try expect(UInt8(ascii: "{"))
        if skip(UInt8(ascii: "}")) { return }
        repeat {
            let name = try string()
            try expect(UInt8(ascii: ":"))
            try member(&self, name)
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    /// Reads each element of a list by a body.
    mutating func list<Element>(_ element: (inout CanonicalReader) throws -> Element) throws -> [Element] {
        try goDown()
        defer { depth -= 1 }
        try expect(UInt8(ascii: "["))
        if skip(UInt8(ascii: "]")) { return [] }
        var result: [Element] = []
        repeat { result.append(try element(&self)) } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return result
    }

    mutating func string() throws -> String {
        let range = try quoted()
        let slice = UnsafeBufferPointer(rebasing: bytes[range.places])
        guard range.hasEscapes else { return String(decoding: slice, as: UTF8.self) }
        return CanonicalString.text(of: Array(slice))
    }

    private mutating func quoted() throws -> (places: Range<Int>, hasEscapes: Bool) {
        try expect(UInt8(ascii: "\""))
        let start = index
        var hasEscapes = false
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                index += 1
                return (start..<index - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                index += 2
            default: index += 1
            }
        }
        throw Unreadable()
    }

    mutating func integer() throws -> Int64 {
        let isNegative = skip(UInt8(ascii: "-"))
        let start = index
        var value: Int64 = 0
        while index < bytes.count, bytes[index] &- 0x30 < 10 {
            guard index - start < 17 else { throw Unreadable() }
            value = value * 10 + Int64(bytes[index] - 0x30)
            index += 1
        }
        // A fraction or an exponent is left to others.
        guard index > start, ![UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(next) else {
            throw Unreadable()
        }
        return isNegative ? -value : value
    }

    mutating func bool() throws -> Bool {
        if next == UInt8(ascii: "t") {
            try skip(word: "true")
            return true
        }
        try skip(word: "false")
        return false
    }

    /// Passes over a value of any kind.
    mutating func skipValue() throws {
        switch next {
        case UInt8(ascii: "\""): _ = try quoted()
        case UInt8(ascii: "{"): try object { reader, _ in try reader.skipValue() }
        case UInt8(ascii: "["): _ = try list { try $0.skipValue() }
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
        case UInt8(ascii: "n"): try skip(word: "null")
        default: _ = try integer()
        }
    }

    /// A value as a platform sent it.
    mutating func jsonValue() throws -> JSONValue {
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try object { reader, name in members[name] = try reader.jsonValue() }
            return .object(members)
        case UInt8(ascii: "["): return .array(try list { try $0.jsonValue() })
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try bool())
        case UInt8(ascii: "n"):
            try skip(word: "null")
            return .null
        default: return .integer(try integer())
        }
    }
}
