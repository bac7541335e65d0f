import Moderation

/// Reads one JSON document from bytes.
///
/// Our own, because a line of a report must give an error that names what is wrong, refuse depth and repeated
/// names, and be read by the hundred thousand a second; it is tested against Foundation's.
struct JSONReader {
    /// What is wrong with a document.
    struct Problem: Error, Equatable { let message: String }

    /// The members of an object, each name once.
    typealias Members = [(name: String, value: JSONValue)]

    private static let few = 16
    private let bytes: UnsafeBufferPointer<UInt8>
    private let deepest: Int
    private var index = 0

    /// The value of a document that holds nothing else.
    static func value(of bytes: UnsafeBufferPointer<UInt8>, deepest: Int) throws(Problem) -> JSONValue {
        var reader = JSONReader(bytes: bytes, deepest: deepest)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else {
            throw Problem(message: "there is more after the end of the record")
        }
        return value
    }

    /// The members of a document that is one object, in their order.
    static func members(of bytes: UnsafeBufferPointer<UInt8>, deepest: Int) throws(Problem) -> Members {
        var reader = JSONReader(bytes: bytes, deepest: deepest)
        reader.skipSpace()
        guard reader.byte == 0x7B else {
            _ = try value(of: bytes, deepest: deepest)
            throw Problem(message: "one object a line")
        }
        let members = try reader.members(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else {
            throw Problem(message: "there is more after the end of the record")
        }
        return members
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D: index += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(Problem) -> JSONValue {
        guard depth <= deepest else { throw Problem(message: "it is nested deeper than \(deepest) levels") }
        skipSpace()
        switch byte {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case 0x2D, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39: return try number()
        case nil: throw Problem(message: "it ends too early")
        default: throw Problem(message: "it is not JSON at column \(index + 1)")
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Problem) -> JSONValue {
        let count = word.utf8CodeUnitCount
        let isThere =
            index + count <= bytes.count && (0..<count).allSatisfy { bytes[index + $0] == word.utf8Start[$0] }
        guard isThere else { throw Problem(message: "it is not JSON at column \(index + 1)") }
        index += count
        return value
    }

    private mutating func object(depth: Int) throws(Problem) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for (name, value) in try self.members(depth: depth) { members[name] = value }
        return .object(members)
    }

    private mutating func members(depth: Int) throws(Problem) -> Members {
        index += 1
        var members: Members = []
        // Few names are compared one by one, sooner than they could be hashed.
        var many: Set<String> = []
        skipSpace()
        if byte == 0x7D {
            index += 1
            return members
        }
        while true {
            skipSpace()
            guard byte == 0x22 else { throw Problem(message: "a name is missing at column \(index + 1)") }
            let name = try string()
            skipSpace()
            guard byte == 0x3A else { throw Problem(message: "a \":\" is missing at column \(index + 1)") }
            index += 1
            let value = try value(depth: depth + 1)
            if members.count == Self.few { many = Set(members.map(\.name)) }
            let isNew =
                members.count < Self.few
                ? !members.contains { $0.name == name } : many.insert(name).inserted
            guard isNew else { throw Problem(message: "the name \(name.debugDescription) is there twice") }
            members.append((name, value))
            skipSpace()
            defer { index += 1 }
            if byte == 0x7D { return members }
            guard byte == 0x2C else {
                throw Problem(message: "a \",\" or \"}\" is missing at column \(index + 1)")
            }
        }
    }

    private mutating func array(depth: Int) throws(Problem) -> JSONValue {
        index += 1
        var values: [JSONValue] = []
        skipSpace()
        if byte == 0x5D {
            index += 1
            return .array(values)
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            defer { index += 1 }
            if byte == 0x5D { return .array(values) }
            guard byte == 0x2C else {
                throw Problem(message: "a \",\" or \"]\" is missing at column \(index + 1)")
            }
        }
    }

    // MARK: Strings

    private mutating func string() throws(Problem) -> String {
        index += 1
        let start = index
        index = PlainText.end(in: bytes, from: index)
        guard index < bytes.count else { throw Problem(message: "a string has no end") }
        switch bytes[index] {
        case 0x22:
            defer { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        case 0x5C: return try escapedString(from: start)
        default: throw Problem(message: "a control character stands unescaped in a string")
        }
    }

    private mutating func escapedString(from start: Int) throws(Problem) -> String {
        var text = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case 0x22: return String(decoding: text, as: UTF8.self)
            case 0x5C: try escape(into: &text)
            case 0x00..<0x20: throw Problem(message: "a control character stands unescaped in a string")
            default: text.append(byte)
            }
        }
        throw Problem(message: "a string has no end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Problem) {
        guard let byte else { throw Problem(message: "a string has no end") }
        index += 1
        switch byte {
        case 0x22, 0x5C, 0x2F: text.append(byte)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0C)
        case 0x6E: text.append(0x0A)
        case 0x72: text.append(0x0D)
        case 0x74: text.append(0x09)
        case 0x75:
            var value = try unit()
            if (0xD800..<0xDC00).contains(value), index + 1 < bytes.count, bytes[index] == 0x5C,
                bytes[index + 1] == 0x75
            {
                let before = index
                index += 2
                let low = try unit()
                if (0xDC00..<0xE000).contains(low) {
                    value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    index = before
                }
            }
            // Half a pair is shown as the replacement character, as bad UTF-8 is; and so is U+0000, behind which
            // a store that takes it for the end of the text would lose the rest.
            let scalar = value == 0 ? nil : Unicode.Scalar(value)
            text.append(contentsOf: String(scalar ?? "\u{FFFD}").utf8)
        default: throw Problem(message: "an unknown escape stands at column \(index)")
        }
    }

    private mutating func unit() throws(Problem) -> UInt32 {
        guard index + 4 <= bytes.count else { throw Problem(message: "a string has no end") }
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
            default: throw Problem(message: "an escape \\u needs four hexadecimal digits")
            }
        }
        index += 4
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(Problem) -> JSONValue {
        let start = index
        var isWhole = true
        if byte == 0x2D { index += 1 }
        let first = index
        skipDigits()
        let count = index - first
        guard count > 0, count == 1 || bytes[first] != 0x30 else {
            throw Problem(message: "a number is malformed at column \(start + 1)")
        }
        if byte == 0x2E {
            isWhole = false
            index += 1
            let fraction = index
            skipDigits()
            guard index > fraction else {
                throw Problem(message: "a number is malformed at column \(start + 1)")
            }
        }
        if byte == 0x65 || byte == 0x45 {
            isWhole = false
            index += 1
            if byte == 0x2B || byte == 0x2D { index += 1 }
            let power = index
            skipDigits()
            guard index > power else {
                throw Problem(message: "a number is malformed at column \(start + 1)")
            }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let whole = Int64(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else {
            throw Problem(message: "a number is too large at column \(start + 1)")
        }
        return .number(number)
    }

    private mutating func skipDigits() {
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
    }
}
