/// A value in a ledger entry: JSON without floating point and without null.
public indirect enum LedgerValue: Hashable, Sendable {
    /// Text.
    case string(String)
    /// A whole number of at most 2^53 − 1 in size, so that every JSON reader agrees on it.
    case integer(Int64)
    /// Yes or no.
    case bool(Bool)
    /// A list.
    case array([LedgerValue])
    /// Named values.
    case object([String: LedgerValue])
}

extension LedgerValue: Decodable {
    /// Decodes JSON of the allowed kinds; a fraction or a null is an error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([LedgerValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: LedgerValue].self))
        }
    }
}

extension LedgerValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension LedgerValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A list.
    public init(arrayLiteral elements: LedgerValue...) { self = .array(elements) }
    /// Named values; of those with the same name the last one counts.
    public init(dictionaryLiteral elements: (String, LedgerValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}
