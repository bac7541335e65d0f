import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("Folding, in many scripts")
struct FoldingTests {
    /// Words by script, without marks that folding takes away.
    private static let words: [String: [String]] = [
        "Latin": ["kill", "straße", "façade", "ełk", "œuvre", "tuer"],
        "Cyrillic": ["убью", "смерть", "деньги", "їжак"],
        "Greek": ["θανατος", "σκοτωσω", "λεφτα"], "Arabic": ["قتل", "اقتلك", "مخدرات"],
        "Hebrew": ["להרוג", "כסף", "שלום"],
        "Devanagari": ["मारूंगा", "जान", "पैसा"], "Thai": ["ตาย", "เงิน", "ขาย"], "Han": ["死亡", "杀了你", "賭博"],
        "Kana": ["ころす", "がまん", "ガンダム", "ぱちんこ"], "Hangul": ["죽어", "돈벌이", "값싼"],
        "Armenian": ["սպանել", "փող"], "Georgian": ["მოკვლა", "ფული"], "Bengali": ["মারব", "টাকা"],
    ]
    private static let scripts = words.keys.sorted()
    private static let hidden = [
        "\u{200B}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{E0061}", "\u{AD}", "\u{202E}", "\u{FE0F}",
    ]

    private static func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    private static func random(_ seed: Int) -> SeededGenerator {
        SeededGenerator(seed: seed)
    }

    /// Texts of words of one script, separated in many ways.
    private func text(_ script: String, _ generator: inout SeededGenerator) -> String {
        let separators = [" ", "  ", "\n", ", ", " — ", "。", "\u{A0}", "! ", " 12 ", "😀", "\t", " \u{200B} "]
        return (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            (Self.words[script]?.randomElement(using: &generator) ?? "")
                + (separators.randomElement(using: &generator) ?? "")
        }.joined()
    }

    // MARK: What it is

    @Test(arguments: scripts, 0..<20)
    func foldingTwiceIsFoldingOnceWhateverTheFormAndCase(_ script: String, _ seed: Int) {
        var generator = Self.random(seed)
        let text = text(script, &generator)
        let folded = Folding.fold(literal: text)
        #expect(Folding.fold(literal: folded) == folded)
        #expect(
            Folding.fold(literal: text.uppercased().lowercased()) == Folding.fold(literal: text.lowercased()))
        for form in [
            text.precomposedStringWithCanonicalMapping, text.decomposedStringWithCanonicalMapping,
            text.precomposedStringWithCompatibilityMapping, text.decomposedStringWithCompatibilityMapping,
        ] {
            #expect(Self.scalars(Folding.fold(literal: form)) == Self.scalars(folded))
        }
        let crowded = text.unicodeScalars.map {
            String($0) + (Self.hidden.randomElement(using: &generator) ?? "")
        }
        #expect(Self.scalars(Folding.fold(literal: crowded.joined())) == Self.scalars(folded))
    }

    /// Every assigned character, alone and among letters.
    @Test func foldingAnyCharacterTwiceIsFoldingItOnce() {
        var wrong: [String] = []
        for value in UInt32(0)..<0x2_0100 {
            // Ideographs stand for themselves, one as the other.
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned,
                !(0x3500...0x9F00 ~= value), !(0xAD00...0xD700 ~= value), !(0x1_7000...0x1_AF00 ~= value)
            else { continue }
            let folded = Folding.fold(literal: String(scalar))
            if Folding.fold(literal: folded) != folded { wrong.append(String(value, radix: 16)) }
            if folded.unicodeScalars.contains(where: {
                $0.properties.isDefaultIgnorableCodePoint || $0 == "\n"
            }) {
                wrong.append(String(value, radix: 16))
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        ("ＫＩＬＬ", "kill"), ("ｶﾞ", "ガ"), ("ﷺ", "صلى الله عليه وسلم"), ("Σίσυφος", "σισυφοσ"), ("ǅ", "dz"),
        ("½", "1⁄2"),
        ("각", "각"), ("ㄱㅏ", "가"), ("か\u{3099}", "が"), ("قَتَلَ", "قتل"), ("قـتـل", "قتل"), ("שָׁלוֹם", "שלום"),
        ("STRASSE", "strasse"), ("Straße", "strasse"), ("İI", "ii"), ("①②", "12"), ("𝕜𝔦𝓁𝖑", "kill"),
        ("a \u{A8}b", "a b"),
        ("\u{85}\u{2028}", " "), ("ﬀ", "ff"),
    ])
    func charactersFoldAsSpecified(_ text: String, _ folded: String) {
        #expect(Self.scalars(Folding.fold(literal: text)) == Self.scalars(folded))
    }

    // MARK: The way back

    @Test(arguments: scripts, 0..<10)
    func originsNeverGoBackAndLieWithinTheText(_ script: String, _ seed: Int) {
        var generator = Self.random(seed &+ 1000)
        let text =
            text(script, &generator) + (Self.hidden.randomElement(using: &generator) ?? "")
            + text(Self.scripts.randomElement(using: &generator) ?? script, &generator)
        var view = FoldedView()
        view.append(text, .body, element: 0, table: FoldingTable())
        view.append(exactly: text, .title, element: 0)
        for segment in view.segments {
            var last = 0
            for place in segment.range {
                let range = view.original(place..<place + 1, in: segment)
                #expect(range.lowerBound >= last && range.count == 1)
                #expect(range.upperBound <= text.unicodeScalars.count)
                last = range.lowerBound
            }
        }
    }

    /// The word in some disguise that any script knows: hidden characters inside, width, case, other forms.
    private func disguised(_ word: String, _ generator: inout SeededGenerator) -> String {
        let form =
            [
                word, word.uppercased(), word.decomposedStringWithCanonicalMapping,
                word.decomposedStringWithCompatibilityMapping, word.precomposedStringWithCompatibilityMapping,
            ].randomElement(using: &generator) ?? word
        let scalars = Self.scalars(form)
        return scalars.enumerated().map { index, scalar in
            var piece = String(scalar)
            if 0x21...0x7E ~= scalar.value, Bool.random(using: &generator) {
                piece = Unicode.Scalar(scalar.value + 0xFEE0).map { String($0) } ?? piece
            }
            guard index < scalars.count - 1, Bool.random(using: &generator) else { return piece }
            return piece + (Self.hidden.randomElement(using: &generator) ?? "")
        }.joined()
    }

    private static let evaluators: [String: Evaluator] = words.mapValues { words in
        let rules = words.enumerated().map {
            "  - {id: p/w\($0), selections: {a: {body: {contains: [\"\($1)\"]}}}}\n"
        }
        let load = PolicyLoader.load(files: [
            (
                name: "p.yaml",
                text: """
                id: p
                title: P
                guidance: G
                neutral: N
                dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
                hazard: mild
                actions: [keep]
                rules:

                """ + rules.joined()
            )
        ])
        return load.bundle.flatMap { try? Evaluator(bundle: $0, cacheDirectory: nil) }
    }.compactMapValues(\.self)

    @Test(arguments: scripts, 0..<25)
    func aMatchUnderlinesExactlyTheDisguisedWord(_ script: String, _ seed: Int) throws {
        var generator = Self.random(seed &+ 2000)
        let evaluator = try #require(Self.evaluators[script])
        let words = try #require(Self.words[script])
        let index = Int.random(in: words.indices, using: &generator)
        // Among words of Latin letters one that looks as if it were made of these is read as Latin: see below.
        let others = Self.scripts.filter { $0 != script && $0 != "Latin" }
        let before = text(others.randomElement(using: &generator) ?? "", &generator) + ". "
        let word = disguised(words[index], &generator)
        let after = " ." + text(others.randomElement(using: &generator) ?? "", &generator)
        let post = FlaggedPost(source: "s", externalID: "1", body: before + word + after)
        let findings = evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).findings
        let finding = try #require(
            findings.first { $0.rule.rawValue == "p/w\(index)" },
            "seed \(seed) \(script): \(word.unicodeScalars.map { String($0.value, radix: 16) })")
        let first = before.unicodeScalars.count
        // A mark that folding drops at the very end belongs to no letter.
        let marks = Self.scalars(word).reversed().prefix { Folding.fold(literal: String($0)).isEmpty }.count
        let ranges = finding.evidence.compactMap(\.range)
        #expect(ranges.contains(first..<first + Self.scalars(word).count - marks), "\(ranges) \(word)")
    }

    // MARK: Look-alikes

    @Test func everyLookAlikeInsideALatinWordIsSeenThrough() {
        var missed: [String] = []
        let table = FoldingTable()
        for (scalar, letters) in LookAlikes.foreign {
            let text = "xa\(scalar)bx"
            let expected = "xa\(String(decoding: letters, as: UTF8.self))bx"
            // What folds to letters itself needs no table; what is no letter ends a word.
            guard table.entry(scalar.value).part == .lookAlike else { continue }
            if Folding.fold(literal: text) != expected { missed.append(String(scalar.value, radix: 16)) }
        }
        #expect(missed.isEmpty && LookAlikes.foreign.count > 1000)
    }

    @Test(arguments: [
        ("please log in to рауpal", "please log in to paypal"), ("this is а ѕсам now", "this is а scam now"),
        ("send the СОВА to me", "send the coba to me"), ("the и сова", "the и сова"),
    ])
    func aWordOfLookAlikesAloneIsReadAsLatinWhereMoreWordsAre(_ text: String, _ folded: String) {
        #expect(Folding.fold(literal: text) == folded)
    }

    @Test(arguments: [
        ("Я тебя убью, сука", "я тебя убью, сука"), ("Дать оценку коду", "дать оценку коду"),
        ("ΟΣΟ ΠΙΟ", "οσο πιο"),
        ("Το ποσο αυτο", "το ποσο αυτο"), ("сосать", "сосать"), ("հոսք", "հոսք"),
        ("РОССИЯ и США", "россия и сша"),
    ])
    func wordsOfOneScriptAreLeftAlone(_ text: String, _ folded: String) {
        // "й" and the like lose their marks, but stay Cyrillic.
        #expect(
            Folding.fold(literal: text)
                == folded.decomposedStringWithCanonicalMapping.unicodeScalars
                .filter { $0.properties.canonicalCombiningClass == .notReordered }.map { String($0) }.joined()
        )
    }
}
