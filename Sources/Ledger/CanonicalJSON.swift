import Moderation

/// Writes JSON in the one form of RFC 8785 (JCS), byte by byte.
public struct CanonicalJSON {
    /// What has been written.
    public private(set) var bytes: [UInt8] = []

    /// Starts with nothing written.
    public init(reserving capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// The canonical bytes of a value.
    public static func bytes(of value: LedgerValue) -> [UInt8] {
        var writer = CanonicalJSON()
        writer.write(value)
        return writer.bytes
    }

    /// Writes a value; members of objects are ordered by the UTF-16 code units of their names.
    ///
    /// Whole numbers beyond ±(2^53 − 1) are written as strings: a reader of doubles would round them.
    public mutating func write(_ value: LedgerValue) {
        switch value {
        case .string(let text): write(text)
        case .integer(let number): write(number)
        case .bool(let flag): raw(flag ? "true" : "false")
        case .array(let values):
            raw("[")
            for (index, value) in values.enumerated() {
                if index > 0 { raw(",") }
                write(value)
            }
            raw("]")
        case .object(let members):
            raw("{")
            for (index, name) in Self.ordered(members.keys).enumerated() {
                if index > 0 { raw(",") }
                write(name)
                raw(":")
                if let value = members[name] { write(value) }
            }
            raw("}")
        }
    }

    /// Writes punctuation of JSON itself.
    public mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Writes a whole number.
    public mutating func write(_ number: Int64) {
        if number.magnitude < 1 << 53 {
            bytes.append(contentsOf: String(number).utf8)
        } else {
            write(String(number))
        }
    }

    /// Writes a string with the escapes of RFC 8785.
    public mutating func write(_ text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { buffer in
            var start = 0
            while true {
                let end = PlainText.end(in: buffer, from: start)
                bytes.append(contentsOf: buffer[start..<end])
                guard end < buffer.count else { break }
                escape(buffer[end])
                start = end + 1
            }
        }
        bytes.append(0x22)
    }

    /// Names in the order of their UTF-16 code units.
    static func ordered(_ names: some Sequence<String>) -> [String] {
        // Of ASCII names the standard order is that of their bytes, and much faster.
        if names.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) { return names.sorted() }
        return names.sorted { left, right in
            // UTF-8 order differs from UTF-16 order only above the basic plane.
            if left.utf8.allSatisfy({ $0 < 0xEE }) && right.utf8.allSatisfy({ $0 < 0xEE }) {
                return left.utf8.lexicographicallyPrecedes(right.utf8)
            }
            return left.utf16.lexicographicallyPrecedes(right.utf16)
        }
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(0x5C)
        switch byte {
        case 0x08: bytes.append(0x62)
        case 0x09: bytes.append(0x74)
        case 0x0A: bytes.append(0x6E)
        case 0x0C: bytes.append(0x66)
        case 0x0D: bytes.append(0x72)
        case 0x22, 0x5C: bytes.append(byte)
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(contentsOf: Hexadecimal.string([byte]).utf8)
        }
    }
}
