/// A table as it is copied: its name, its columns and those of them that tell its rows apart.
public struct TableForm: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// All of its columns.
    public var columns: [String]
    /// Its primary key, in order.
    public var key: [String]

    /// Makes a form.
    public init(name: String, columns: [String], key: [String]) {
        self.name = name
        self.columns = columns
        self.key = key
    }

    /// The values of the key in a row.
    public func key(of row: KeptRow) -> [KeptValue] {
        key.compactMap { name in columns.firstIndex(of: name).map { row.values[$0] } }
    }
}

/// What a store that is part of a copy says of itself: nobody works in it until it is open again.
///
/// It stands where the number of the schema does, and is larger than any: older programs take such a store for one of a
/// newer program and leave it alone.
public struct CopyMark: Hashable, Sendable {
    /// What the store is in the copy.
    public enum Part: Int, Hashable, Sendable {
        /// The site was copied out of it, or is being copied.
        case source = 1_000_000_000
        /// The site is being copied into it.
        case target = 1_500_000_000
    }

    /// What this store is.
    public var part: Part
    /// The number of the copy, the same on both sides.
    public var copy: Int
    /// The number of the schema that it has.
    public var schema: Int

    private static let copies = 1_000_000
    private static let schemas = 400

    /// Makes a mark.
    public init(_ part: Part, copy: Int, schema: Int) {
        self.part = part
        self.copy = copy
        self.schema = schema
    }

    /// Reads a mark from a schema's number; `nil` for a mere number.
    public init?(number: Int) {
        guard
            let part = [Part.target, .source].first(where: { number >= $0.rawValue }),
            number < part.rawValue + Self.copies * Self.schemas
        else { return nil }
        let rest = number - part.rawValue
        self.init(part, copy: rest % Self.copies, schema: rest / Self.copies)
    }

    /// The number that stands for it.
    public var number: Int { part.rawValue + schema * Self.copies + copy }

    /// The number of a new copy.
    public static func newCopy() -> Int { Int.random(in: 0..<copies) }
}

/// What can be asked of a store to copy it, row by row as they are kept.
public protocol CopyReading {
    /// All tables but those that the engine makes for itself.
    func tableForms() throws -> [TableForm]
    /// How many rows a table has.
    func rowCount(of table: TableForm) throws -> Int64
    /// The rows after a key, in the order of keys: as many as take some megabytes, at most `limit`; none at the end.
    func rows(of table: TableForm, after key: [KeptValue]?, limit: Int) throws -> [KeptRow]
    /// The key of the last row; `nil` in an empty table.
    func lastKey(of table: TableForm) throws -> [KeptValue]?
}

/// What copying changes in the store that is copied into.
public protocol CopyWriting: CopyReading {
    /// Says that a copy is made here; fails when there is anything in it.
    func beginCopy(_ copy: Int) throws
    /// Adds rows as they are.
    func insert(_ rows: [KeptRow], into table: TableForm) throws
    /// Makes what the engine keeps for itself from the rows that were copied. May be done again.
    ///
    /// - Parameter fence: the last one that the site gave.
    func settleCopy(fence: Int64) throws
    /// Opens the copy for work.
    func endCopy() throws
}

/// An engine that can close its stores to everybody but a copy, and open them again.
public protocol CopyableStore: Store {
    /// The mark of a store; `nil` where there is none, or no store.
    static func mark(of place: String) throws(StoreError) -> CopyMark?
    /// Closes a store; fails with ``StoreError/inUse(_:reason:)`` while anybody works in it.
    static func closeSite(_ place: String, for copy: Int) throws(StoreError) -> CopyMark
    /// Opens a store that was closed.
    static func reopenSite(_ place: String) throws(StoreError)
    /// Opens a store to copy from it or into it.
    ///
    /// - Parameter mark: the one that it has.
    init(copying place: String, creating: Bool, marked mark: CopyMark?) throws(StoreError)
}
