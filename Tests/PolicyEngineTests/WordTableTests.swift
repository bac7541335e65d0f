import Moderation
import Testing

@testable import PolicyEngine

@Suite("Whole words and phrases are looked up just as the scanner would find them")
struct WordTableTests {
    /// Few and short, so that they meet often; some are as long as what is hashed in one go, or a byte longer.
    private static let pieces = [
        "a", "b", "ab", "aa", "a1", "7", "abcdefgh", "abcdefghi", "жа", "ж", "ёлка", "θ", "قتل", "ال", "कि",
        "मारूंगा",
        "가", "값싼", "漢", "がまん", "ガ", "ตาย", "ລາ", "٣", "²", "ⅷ", "😀", "𐐨", "𠮷", "_", "é", "ß", "\u{A69F}",
    ]
    private static let separators = [" ", " ", " ", " ", "", "", "'", "-", ", ", "_", ".", "…", "😀", "か"]

    private static func text(_ count: Int, _ generator: inout SeededGenerator) -> String {
        (0..<count).map { index in
            (index == 0 ? "" : separators.randomElement(using: &generator) ?? "")
                + (pieces.randomElement(using: &generator) ?? "")
        }.joined()
    }

    private static func found(_ database: PatternDatabase, in view: FoldedView) throws -> [ScanMatch] {
        var matches = ScanMatches()
        try database.scan(view.bytes, with: #require(database.makeScratch()), into: &matches)
        #expect(matches.isWhole && matches.cutShort.isEmpty)
        let ends = matches.all.map(\.range.upperBound)
        #expect(ends == ends.sorted())
        return matches.all
    }

    private static func names(_ matches: [ScanMatch]) -> [String] {
        matches.map { "\($0.pattern) at \($0.range)" }.sorted()
    }

    @Test(arguments: 0..<200)
    func theTableFindsWhatTheScannerFindsBetweenBoundaries(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let literals = Set(
            (0..<60).map { _ in
                Folding.fold(literal: Self.text(Int.random(in: 1...4, using: &generator), &generator))
            }
        ).subtracting([""])
        let scanned = literals.sorted().map { Pattern(text: $0, isRegex: false) }
        let looked = scanned.map { pattern in
            var pattern = pattern
            pattern.isWhole = pattern.canBeWhole
            return pattern
        }
        #expect(looked.contains { $0.isWhole })
        let (scanner, both) = try (PatternDatabase.compile(scanned), PatternDatabase.compile(looked))
        let table = FoldingTable()
        for _ in 0..<20 {
            var view = FoldedView()
            for element in 0..<Int.random(in: 1...4, using: &generator) {
                let count = Int.random(in: 1...40, using: &generator)
                view.append(Self.text(count, &generator), .body, element: element, table: table)
            }
            view.pad()
            let wanted = try Self.found(scanner, in: view).filter { match in
                !looked[match.pattern].isWhole
                    || (WordBoundary.isBoundary(match.range.lowerBound, in: view.bytes)
                        && WordBoundary.isBoundary(match.range.upperBound, in: view.bytes))
            }
            try #require(
                Self.names(Self.found(both, in: view)) == Self.names(wanted),
                "seed \(seed), \(literals.sorted())")
        }
    }

    /// What the walk calls a word is what stands between two boundaries, for any character.
    @Test func wordsBeginAndEndWhereBoundariesAre() {
        let scalars = WordScalars()
        var wrong: [String] = []
        for value in UInt32(0x20)..<0x2_0100 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bytes = Array("a\(Character(scalar)) \(Character(scalar))b".utf8) + PatternDatabase.padding
            var edges: [Int] = []
            bytes.withUnsafeBytes { text in
                WordWalk(text: text, scalars: scalars).forEach { start, end in edges += [start, end] }
            }
            let isWord = WordBoundary.isWord(scalar)
            let length = String(scalar).utf8.count
            let wanted =
                isWord
                ? [0, 1 + length, 2 + length, 3 + 2 * length] : [0, 1, 2 + 2 * length, 3 + 2 * length]
            if edges != wanted { wrong.append(String(value, radix: 16)) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func textsOfEveryLengthAroundABlockEndWithTheirLastWord() throws {
        for length in 1...200 {
            for word in ["kill", "убью", "가나", "abcdefgh ijklmnop"] where word.utf8.count <= length {
                let text = String(repeating: ".", count: length - word.utf8.count) + word
                var view = FoldedView()
                view.append(text, .body, element: 0, table: FoldingTable())
                view.pad()
                let database = try PatternDatabase.compile([
                    Pattern(text: word, isRegex: false, isWhole: true)
                ])
                let found = try Self.found(database, in: view)
                #expect(found.map(\.range) == [length - word.utf8.count..<length])
            }
        }
    }

    // MARK: Which patterns

    private func whole(_ selections: String) throws -> Set<String> {
        let load = PolicyLoader.load(files: [
            (
                name: "p.yaml",
                text: """
                id: p
                title: P
                guidance: G
                neutral: N
                dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
                hazard: moderate
                actions: [remove]
                rules:
                  - {id: p/r, selections: {\(selections)}, when: any of them}
                """
            )
        ])
        #expect(load.diagnostics.map(\.description) == [])
        return try Set(RuleTable(#require(load.bundle)).patterns.filter(\.isWhole).map(\.text))
    }

    @Test(arguments: [
        (
            "a: {body: {any_word: [Tod, 'tot sein', \"don't\", 'c++', 死亡, ตาย, 가]}}",
            ["don't", "tod", "tot sein", "가"]
        ),
        ("a: {body: {near: {words: [kind, wort], within: 3}}}", ["kind", "wort"]),
        ("a: {body: {any_word: [tod], fold: none}}, b: {body: {phrase: ort, fold: case}}", []),
        ("a: {body: {any_word: [tod, ort]}}, b: {title: {contains: [tod]}}", ["ort"]),
        ("a: {body: {starts_with: tod}}, b: {body: {ends_with: ort}}", []),
        // `kil` is found in stretched texts for `kill` too, which may stand within other words.
        ("a: {body: {any_word: [kil]}}, b: {body: {contains: [kill]}}", []),
        ("a: {body: {any_word: [kil]}}, b: {body: {any_word: [kill]}}", ["kil", "kill"]),
    ])
    func onlyWordsThatNobodyLooksForWithinOthersAreInTheTable(_ selections: String, _ wanted: [String]) throws
    {
        let found = try whole(selections)
        #expect(found.sorted() == wanted)
    }
}
