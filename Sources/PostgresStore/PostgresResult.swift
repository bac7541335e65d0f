#if Postgres
import CLibpq
import Store

/// The rows that a statement gave, in PostgreSQL's binary form.
final class PostgresResult {
    private let handle: OpaquePointer
    private let types: [Oid]
    let rows: Int32

    /// Takes over a result of libpq.
    init(_ handle: OpaquePointer) {
        self.handle = handle
        types = (0..<PQnfields(handle)).map { PQftype(handle, $0) }
        rows = PQntuples(handle)
    }

    deinit { PQclear(handle) }

    /// What the server says that it did.
    var command: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// How many rows were changed.
    var changed: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    func isNull(_ row: Int32, _ column: Int32) -> Bool { PQgetisnull(handle, row, column) != 0 }

    func size(_ row: Int32, _ column: Int32) -> Int { Int(PQgetlength(handle, row, column)) }

    private func bytes(_ row: Int32, _ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = UnsafeRawPointer(PQgetvalue(handle, row, column))
        return UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self), count: size(row, column))
    }

    func blob(_ row: Int32, _ column: Int32) -> [UInt8] { Array(bytes(row, column)) }

    func text(_ row: Int32, _ column: Int32) -> String { PostgresCharacters.told(bytes(row, column)) }

    func integer(_ row: Int32, _ column: Int32) -> Int64 {
        let bytes = bytes(row, column)
        switch types[Int(column)] {
        case PostgresType.numeric: return Self.numeric(bytes)
        case PostgresType.bool: return Int64(bytes.first ?? 0)
        default:
            guard let first = bytes.first else { return 0 }
            let sign: Int64 = first & 0x80 == 0 ? 0 : -1
            return bytes.reduce(sign) { $0 << 8 | Int64($1) }
        }
    }

    func value(_ row: Int32, _ column: Int32) -> KeptValue {
        guard !isNull(row, column) else { return .null }
        switch types[Int(column)] {
        case PostgresType.bytes: return .bytes(blob(row, column))
        case PostgresType.int8, PostgresType.int4, PostgresType.int2, PostgresType.bool, PostgresType.numeric:
            return .integer(integer(row, column))
        default: return .text(text(row, column))
        }
    }

    /// A whole number as sums are given: digits of base 10,000 after their count, the weight of the first, sign and scale.
    private static func numeric(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
        func word(_ index: Int) -> Int64 {
            guard 2 * index + 1 < bytes.count else { return 0 }
            return Int64(bytes[2 * index]) << 8 | Int64(bytes[2 * index + 1])
        }
        let weight = Int64(Int16(truncatingIfNeeded: word(1)))
        guard weight >= 0 else { return 0 }
        var result: Int64 = 0
        for place in 0...weight {
            let digit = place < word(0) ? word(4 + Int(place)) : 0
            let (shifted, isOver) = result.multipliedReportingOverflow(by: 10_000)
            let (sum, isBeyond) = shifted.addingReportingOverflow(digit)
            if isOver || isBeyond { return word(2) == 0x4000 ? .min : .max }
            result = sum
        }
        return word(2) == 0x4000 ? -result : result
    }
}

/// The types of PostgreSQL that are bound and read, by their fixed numbers.
enum PostgresType {
    static let bool: Oid = 16
    static let bytes: Oid = 17
    static let int8: Oid = 20
    static let int2: Oid = 21
    static let int4: Oid = 23
    static let text: Oid = 25
    static let numeric: Oid = 1700
    static let listOfBytes: Oid = 1001
}
#endif
