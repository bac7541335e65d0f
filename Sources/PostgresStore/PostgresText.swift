#if Postgres
import Glibc

/// SQL as the transactions say it, in the words of PostgreSQL.
///
/// Values are `$1` there, and what only speaks to SQLite's planner is left out. Nothing from outside is ever part of the
/// text, so a question mark outside of quotes is always the place of a value.
struct PostgresText: Hashable {
    /// What the server is told.
    let sql: String
    /// How many values it takes.
    let places: Int
    /// The table that it changes; `nil` where that can't be told, or it only asks.
    let changes: String?
    /// The tables that it reads, and perhaps names that only stand where one could.
    let tables: Set<Substring>

    /// Translates.
    init(_ sql: String) {
        var result = ""
        var places = 0
        result.reserveCapacity(sql.utf8.count + 32)
        var rest = sql[...]
        var place = 0
        var isQuoted = false
        while let character = rest.first {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted, let hint = Self.hint(at: rest, after: result.last) {
                rest = rest.dropFirst(hint)
                continue
            }
            rest.removeFirst()
            guard character == "?", !isQuoted else {
                result.append(character)
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let number = Int(digits) ?? place + 1
            place = number
            places = max(places, number)
            result += "$\(number)"
        }
        self.sql = result
        self.places = places
        changes = Self.table(changedBy: result)
        tables = Self.tables(in: result)
    }

    static func == (left: Self, right: Self) -> Bool { left.sql == right.sql }

    func hash(into hasher: inout Hasher) { hasher.combine(sql) }

    /// The words behind `FROM`, `JOIN` and commas.
    private static func tables(in sql: String) -> Set<Substring> {
        var result: Set<Substring> = []
        var before: Substring = ""
        for piece in sql.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == ")" }) {
            for (index, word) in piece.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
                if index > 0 || before == "FROM" || before == "JOIN" || before.hasSuffix(",") {
                    result.insert(word)
                }
            }
            before = piece
        }
        return result
    }

    private static func table(changedBy sql: String) -> String? {
        let words = sql.split(maxSplits: 3, whereSeparator: \.isWhitespace)
        let place = ["UPDATE": 1, "INSERT": 2, "DELETE": 2][words.first ?? ""]
        return place.flatMap { $0 < words.count ? String(words[$0]) : nil }
    }

    /// How many characters a hint takes that begins here.
    private static func hint(at rest: Substring, after last: Character?) -> Int? {
        guard last.map({ $0.isWhitespace }) ?? true else { return nil }
        if rest.hasPrefix("CROSS JOIN ") { return "CROSS ".count }
        if rest.hasPrefix("NOT INDEXED") { return "NOT INDEXED".count }
        guard rest.hasPrefix("INDEXED BY ") else { return nil }
        let name = rest.dropFirst("INDEXED BY ".count).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return "INDEXED BY ".count + name.count
    }
}

/// Text as PostgreSQL can keep it, which knows no U+0000.
///
/// That is kept as U+FFFE with a 0, and U+FFFE, which no text should have, as two of itself. Beginnings stay beginnings, and different texts stay different.
enum PostgresCharacters {
    private static let mark: [UInt8] = [0xEF, 0xBF, 0xBE]

    static func kept(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.contains(0) || holdsMark(bytes) else { return nil }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0 {
                result += mark + [0x30]
            } else if isMark(bytes, at: index) {
                result += mark + mark
                index += 2
            } else {
                result.append(bytes[index])
            }
            index += 1
        }
        return result
    }

    static func told(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard holdsMark(bytes) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard isMark(bytes, at: index) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            index += 3
            if index < bytes.count, bytes[index] == 0x30 {
                result.append(0)
                index += 1
            } else {
                result += mark
                index += 3
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func holdsMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: 0xEF) {
            if isMark(bytes, at: found) { return true }
            start = found + 1
        }
        return false
    }

    private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        index + 2 < bytes.count && bytes[index] == 0xEF && bytes[index + 1] == 0xBF
            && bytes[index + 2] == 0xBE
    }
}
#endif
