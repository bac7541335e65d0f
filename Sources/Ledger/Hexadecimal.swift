/// Bytes as hexadecimal digits and back.
public enum Hexadecimal {
    /// Two lower-case digits a byte.
    public static func string(_ bytes: some Collection<UInt8>) -> String {
        let count = bytes.count
        return String(unsafeUninitializedCapacity: count * 2) { buffer in
            let isDone: Void? = bytes.withContiguousStorageIfAvailable { bytes in
                for index in 0..<bytes.count {
                    buffer[2 * index] = digit(bytes[index] >> 4)
                    buffer[2 * index + 1] = digit(bytes[index] & 15)
                }
            }
            guard isDone == nil else { return count * 2 }
            for (index, byte) in bytes.enumerated() {
                buffer[2 * index] = digit(byte >> 4)
                buffer[2 * index + 1] = digit(byte & 15)
            }
            return count * 2
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 &+ value : 0x57 &+ value }

    /// The bytes that an even number of digits spells, in either case; `nil` for anything else.
    public static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var text = String(text)
        return text.withUTF8 { digits in
            guard digits.count.isMultiple(of: 2) else { return nil }
            var result: [UInt8] = []
            result.reserveCapacity(digits.count / 2)
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
                result.append(high << 4 | low)
            }
            return result
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
