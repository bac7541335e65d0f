import Ledger
import Moderation
import Store

/// One row, held against what the ledger says of it; remembers the first column that differs.
struct RowCheck {
    let table: KeptTable
    let row: KeptRow
    private(set) var wrong: String?
    private let places: [String: Int]

    private static let places = Dictionary(
        uniqueKeysWithValues: KeptTable.allCases.map { table in
            (table, Dictionary(uniqueKeysWithValues: table.columns.enumerated().map { ($1, $0) }))
        })

    init(_ table: KeptTable, _ row: KeptRow) {
        self.table = table
        self.row = row
        places = Self.places[table] ?? [:]
    }

    subscript(_ column: String) -> KeptValue { places[column].map { row.values[$0] } ?? .null }

    func text(_ column: String) -> String? { if case .text(let text) = self[column] { text } else { nil } }

    func integer(_ column: String) -> Int64? {
        if case .integer(let number) = self[column] { number } else { nil }
    }

    func bytes(_ column: String) -> [UInt8]? {
        if case .bytes(let bytes) = self[column] { bytes } else { nil }
    }

    mutating func expect(_ column: String, _ value: KeptValue) {
        if wrong == nil, self[column] != value { wrong = column }
    }

    mutating func expect(_ column: String, _ text: String?) {
        expect(column, text.map { .text($0) } ?? .null)
    }

    mutating func expect(_ column: String, _ number: Int64?) {
        expect(column, number.map { .integer($0) } ?? .null)
    }

    mutating func expect(_ column: String, that isRight: Bool) {
        if wrong == nil, !isRight { wrong = column }
    }

    /// Words that an entry commits to by a digest of that name, with a salt kept beside them.
    mutating func expect(_ column: String, salt: String, committedAs digest: String?) {
        guard let words = text(column) else {
            return expect(column, that: self[column] == .null && digest == nil)
        }
        expect(column, that: digest != nil && Self.digest(of: words, salt: bytes(salt)) == digest)
    }

    /// What commits to words; a salt of any other length would let some of them pass for salt.
    static func digest(of words: String, salt: [UInt8]?) -> String? {
        guard let salt, salt.count == 16 else { return nil }
        return Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: Array(words.utf8)))
    }
}
