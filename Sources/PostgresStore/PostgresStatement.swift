#if Postgres
import CLibpq
import Store
import StoreSQL

/// Values for a statement, each with its type, in PostgreSQL's binary form.
struct PostgresValues: Hashable {
    /// The types of the places, 0 for what was never bound.
    private(set) var types: [Oid] = []
    private var lengths: [Int32] = []
    private var starts: [Int?] = []
    private var bytes: [UInt8] = []

    mutating func removeAll() {
        types.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Makes sure of so many places.
    mutating func extend(to count: Int) {
        while types.count < count {
            types.append(0)
            lengths.append(0)
            starts.append(nil)
        }
    }

    mutating func set(_ index: Int32, _ type: Oid, _ value: UnsafeRawBufferPointer?) {
        extend(to: Int(index))
        let place = Int(index) - 1
        types[place] = type
        starts[place] = value.map { _ in bytes.count }
        lengths[place] = Int32(value?.count ?? 0)
        if let value { bytes.append(contentsOf: value) }
    }

    /// Gives the values as libpq takes them.
    func withPointers<Result>(
        _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) throws -> Result
    ) rethrows -> Result {
        // One more, so that there is an address even when all values are empty.
        try (bytes + [0]).withUnsafeBytes { buffer in
            let values = starts.map { start in
                start.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return try body(values, lengths, [Int32](repeating: 1, count: values.count))
        }
    }
}

/// A statement prepared on the server, run as a whole when its first row is asked for.
///
/// One apart reads through a cursor of its own, some hundred rows at a time.
final class PostgresStatement: SQLStatement {
    private let connection: PostgresConnection
    private let text: PostgresText
    private let isApart: Bool
    private var cursor: String?
    private var values = PostgresValues()
    private var result: PostgresResult?
    private var row: Int32 = -1
    private static let rowsAtOnce: Int32 = 200

    init(_ connection: PostgresConnection, _ text: PostgresText, apart: Bool = false) {
        self.connection = connection
        self.text = text
        isApart = apart
    }

    func clear() {
        reset()
        values.removeAll()
    }

    // MARK: Binding

    func bind(_ index: Int32, _ value: Int64?) {
        guard let value else { return values.set(index, PostgresType.int8, nil) }
        withUnsafeBytes(of: value.bigEndian) { values.set(index, PostgresType.int8, $0) }
    }

    func bind(_ index: Int32, _ value: Int) { bind(index, Int64(value) as Int64?) }

    func bind(_ index: Int32, _ value: String?) {
        guard var value else { return values.set(index, PostgresType.text, nil) }
        value.withUTF8 { utf8 in
            if let kept = PostgresCharacters.kept(utf8) {
                kept.withUnsafeBytes { values.set(index, PostgresType.text, $0) }
            } else {
                values.set(index, PostgresType.text, UnsafeRawBufferPointer(utf8))
            }
        }
    }

    func bind(_ index: Int32, _ value: [UInt8]?) {
        guard let value else { return values.set(index, PostgresType.bytes, nil) }
        value.withUnsafeBytes { values.set(index, PostgresType.bytes, $0) }
    }

    /// Binds a list, in the form in which PostgreSQL takes arrays: dimensions, whether there are nulls, the type, how many
    /// there are and from which place they count, and each behind its length.
    func bind(_ index: Int32, list: [[UInt8]]) {
        var bytes: [UInt8] = []
        func add(_ number: Int) {
            withUnsafeBytes(of: Int32(clamping: number).bigEndian) { bytes.append(contentsOf: $0) }
        }
        for number in [1, 0, Int(PostgresType.bytes), list.count, 1] { add(number) }
        for one in list {
            add(one.count)
            bytes += one
        }
        bytes.withUnsafeBytes { values.set(index, PostgresType.listOfBytes, $0) }
    }

    // MARK: Running

    func step() throws -> Bool {
        if result == nil {
            result = try isApart ? firstPiece() : answer()
            row = -1
            if result == nil { return false }
        }
        row += 1
        if let result, row < result.rows { return true }
        if let cursor, result?.rows == Self.rowsAtOnce {
            result = try piece(of: cursor)
            row = 0
            if let result, result.rows > 0 { return true }
        }
        reset()
        return false
    }

    /// The answer that was asked for beforehand, or is now; `nil` while questions are only put down.
    private func answer() throws -> PostgresResult? {
        let foresight = connection.foresight
        if let known = try foresight.answer(to: text, &values, on: connection) { return known }
        return foresight.isAsking ? nil : try connection.run(text, &values)
    }

    private func firstPiece() throws -> PostgresResult {
        let cursor = try connection.openCursor(text, &values)
        self.cursor = cursor
        return try piece(of: cursor)
    }

    private func piece(of cursor: String) throws -> PostgresResult {
        var none = PostgresValues()
        return try connection.runOnce("FETCH FORWARD \(Self.rowsAtOnce) FROM \(cursor)", &none)
    }

    func run(_ index: Int32, _ value: [UInt8]) throws {
        bind(index, value)
        try send(demandingOneRow: nil)
    }

    func send(demandingOneRow damage: StoreError?) throws {
        defer { reset() }
        connection.foresight.drop(changedBy: text)
        guard let damage else { return try connection.queue(text, &values) }
        try connection.queue(text, &values) { answer throws(StoreError) in
            guard answer.changed == 1 else { throw damage }
        }
    }

    @discardableResult
    func run() throws -> Int {
        defer { reset() }
        connection.foresight.drop(changedBy: text)
        return try connection.run(text, &values).changed
    }

    func reset() {
        result = nil
        row = -1
        guard let cursor else { return }
        self.cursor = nil
        connection.closeCursor(cursor)
    }

    // MARK: Reading

    func isNull(_ column: Int32) -> Bool { result?.isNull(row, column) ?? true }

    func integer(_ column: Int32) -> Int64 { result?.integer(row, column) ?? 0 }

    func optionalText(_ column: Int32) -> String? {
        guard let result, !result.isNull(row, column) else { return nil }
        return result.text(row, column)
    }

    func blob(_ column: Int32) -> [UInt8] { result?.blob(row, column) ?? [] }

    func value(_ column: Int32) -> KeptValue { result?.value(row, column) ?? .null }

    func size(_ column: Int32) -> Int { result?.size(row, column) ?? 0 }
}
#endif
