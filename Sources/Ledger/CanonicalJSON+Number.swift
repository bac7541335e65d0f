public import Moderation

extension CanonicalJSON {
    /// Writes any JSON value that a platform sent.
    public mutating func write(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .integer(let number): write(number)
        case .number(let number): write(number)
        case .string(let text): write(text)
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
                write(members[name] ?? .null)
            }
            raw("}")
        }
    }

    /// Writes a double as ECMAScript does (RFC 8785, section 3.2.2.3); what is no number becomes `null`.
    public mutating func write(_ number: Double) {
        guard number.isFinite else { return raw("null") }
        appendText(Self.ecmaScript(number))
    }

    private mutating func appendText(_ text: String) {
        for scalar in text.unicodeScalars { rawByte(UInt8(truncatingIfNeeded: scalar.value)) }
    }

    private mutating func rawByte(_ byte: UInt8) {
        switch byte {
        case 0x2B: raw("+")
        case 0x2D: raw("-")
        case 0x2E: raw(".")
        case 0x65: raw("e")
        default: write(Int64(byte) - 0x30)
        }
    }

    /// Swift's shortest digits that round-trip, laid out as ECMAScript's Number::toString does.
    static func ecmaScript(_ number: Double) -> String {
        if number == 0 { return "0" }
        let sign = number < 0 ? "-" : ""
        let (digits, exponent) = decimal(number.magnitude)
        let count = digits.count
        let point = exponent
        if count <= point && point <= 21 {
            return sign + digits + String(repeating: "0", count: point - count)
        }
        if 0 < point && point <= 21 { return sign + digits.prefix(point) + "." + digits.dropFirst(point) }
        if -6 < point && point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        let power = point - 1
        let mantissa = count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst(1)
        return sign + mantissa + "e" + (power < 0 ? "-" : "+") + String(power.magnitude)
    }

    /// Significant digits, and where the decimal point stands counted from their left.
    private static func decimal(_ number: Double) -> (String, Int) {
        let parts = number.description.lowercased().split(separator: "e")
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = String(mantissa[0])
        exponent += digits.count
        if mantissa.count > 1 { digits += mantissa[1] }
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return (digits, exponent)
    }
}
