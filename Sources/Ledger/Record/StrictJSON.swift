/// Reads canonical JSON of the ledger's kinds from bytes that anybody may have made, and says at which byte they stop
/// being that.
struct StrictJSON {
    /// The place of the first byte that can't stand there.
    struct Unreadable: Error, Hashable {
        var place: Int
    }

    private let bytes: [UInt8]
    private var index = 0
    private static let deepest = 24

    /// The value that the bytes spell, in the one form that ``CanonicalJSON`` writes.
    static func value(of bytes: [UInt8]) throws(Unreadable) -> LedgerValue {
        var reader = StrictJSON(bytes: bytes)
        let value = try reader.value(depth: 0)
        guard reader.index == bytes.count else { throw Unreadable(place: reader.index) }
        let again = CanonicalJSON.bytes(of: value)
        guard again == bytes else {
            throw Unreadable(place: zip(again, bytes).prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 })
        }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Unreadable) {
        guard skip(byte) else { throw Unreadable(place: index) }
    }

    private mutating func expect(_ word: StaticString) throws(Unreadable) {
        for offset in 0..<word.utf8CodeUnitCount { try expect(word.utf8Start[offset]) }
    }

    private mutating func value(depth: Int) throws(Unreadable) -> LedgerValue {
        guard depth < Self.deepest else { throw Unreadable(place: index) }
        switch next {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try list(depth: depth))
        case UInt8(ascii: "t"):
            try expect("true")
            return true
        case UInt8(ascii: "f"):
            try expect("false")
            return false
        default: return .integer(try integer())
        }
    }

    private mutating func members(depth: Int) throws(Unreadable) -> [String: LedgerValue] {
        var members: [String: LedgerValue] = [:]
        try expect(UInt8(ascii: "{"))
        if skip(UInt8(ascii: "}")) { return members }
        repeat {
            let start = index
            let name = try string()
            guard members[name] == nil else { throw Unreadable(place: start) }
            try expect(UInt8(ascii: ":"))
            members[name] = try value(depth: depth + 1)
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        return members
    }

    private mutating func list(depth: Int) throws(Unreadable) -> [LedgerValue] {
        var values: [LedgerValue] = []
        try expect(UInt8(ascii: "["))
        if skip(UInt8(ascii: "]")) { return values }
        repeat { values.append(try value(depth: depth + 1)) } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        return values
    }

    private mutating func integer() throws(Unreadable) -> Int64 {
        let start = index
        _ = skip(UInt8(ascii: "-"))
        while index - start < 18, bytes.indices.contains(index), (0x30...0x39).contains(bytes[index]) {
            index += 1
        }
        guard let value = Int64(String(decoding: bytes[start..<index], as: UTF8.self)),
            value.magnitude < 1 << 53
        else { throw Unreadable(place: start == index ? index : start) }
        return value
    }

    private mutating func string() throws(Unreadable) -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            guard bytes[index] >= 0x20 else { throw Unreadable(place: index) }
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard index < bytes.count else { throw Unreadable(place: bytes.count) }
        let slice = bytes[start..<index]
        index += 1
        // What is not UTF-8 would be replaced, and what is escaped in another way written again otherwise: both are found
        // when the whole is compared.
        guard slice.contains(UInt8(ascii: "\\")) else { return String(decoding: slice, as: UTF8.self) }
        return CanonicalString.text(of: Array(slice))
    }
}
