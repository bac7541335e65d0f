#if Postgres
import Testing

@testable import PostgresStore

@Suite("SQL and text are told to PostgreSQL as it reads them")
struct PostgresTextTests {
    @Test(arguments: [
        ("SELECT a FROM t WHERE b = ? AND c = ?", "SELECT a FROM t WHERE b = $1 AND c = $2", 2),
        ("SELECT ?2, ?1 WHERE ?2 > ?1", "SELECT $2, $1 WHERE $2 > $1", 2),
        ("SELECT '?' || ? || 'it''s ?'", "SELECT '?' || $1 || 'it''s ?'", 1),
        ("SELECT a FROM t INDEXED BY t_a WHERE a = ?", "SELECT a FROM t  WHERE a = $1", 1),
        ("SELECT a FROM t NOT INDEXED WHERE TRUE", "SELECT a FROM t  WHERE TRUE", 0),
        ("SELECT a FROM t CROSS JOIN u ON t.a = u.a", "SELECT a FROM t JOIN u ON t.a = u.a", 0),
        ("SELECT 'CROSS JOIN ' || a FROM t", "SELECT 'CROSS JOIN ' || a FROM t", 0),
    ])
    func valuesGetNumbersAndHintsAreLeftOut(_ sql: String, _ told: String, _ places: Int) {
        let text = PostgresText(sql)
        #expect(text.sql == told && text.places == places)
    }

    private func kept(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { utf8 in PostgresCharacters.kept(utf8) ?? Array(utf8) }
    }

    @Test func everyTextComesBackAndNoneHoldsAZero() {
        var random = SystemRandomNumberGenerator()
        let scalars: [Unicode.Scalar] = ["\0", "\u{FFFE}", "0", "a", "\u{FFFD}", "é", "\u{10FFFF}"]
        var seen: [[UInt8]: String] = [:]
        for _ in 0..<5_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<8, using: &random) {
                text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
            }
            let bytes = kept(text)
            #expect(!bytes.contains(0))
            #expect(
                bytes.withUnsafeBufferPointer { PostgresCharacters.told($0) }.unicodeScalars.elementsEqual(
                    text.unicodeScalars))
            // Different texts stay different, so that they are found by their own name only.
            if let other = seen[bytes] { #expect(other.unicodeScalars.elementsEqual(text.unicodeScalars)) }
            seen[bytes] = text
            let beginning = String(String.UnicodeScalarView(text.unicodeScalars.prefix(2)))
            #expect(bytes.starts(with: kept(beginning)))
        }
    }
}
#endif
