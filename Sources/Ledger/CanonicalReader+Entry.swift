import Moderation

/// Entries and other values of the ledger, read much faster than JSON in general: a million entries and posts are read
/// when tables are held against the ledger.
///
/// For bytes that are known to be canonical; other bytes give `nil` or some other value. Their digest, or
/// ``CanonicalScanner``, tells first.
extension CanonicalReader {
    /// The members of an object; `nil` for anything else, and for one that holds a fraction or a null.
    public static func members(of bytes: [UInt8]) -> [String: LedgerValue]? {
        try? read(bytes) { try $0.members() }
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

    private mutating func members() throws -> [String: LedgerValue] {
        var members: [String: LedgerValue] = [:]
        try object { reader, name in members[name] = try reader.ledgerValue() }
        return members
    }

    private mutating func ledgerValue() throws -> LedgerValue {
        switch next {
        case UInt8(ascii: "\""): .string(try string())
        case UInt8(ascii: "{"): .object(try members())
        case UInt8(ascii: "["): .array(try list { try $0.ledgerValue() })
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool(try bool())
        default: .integer(try integer())
        }
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
