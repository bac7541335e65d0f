import Glibc
import Testing

@testable import TerminalKit

@Suite struct SafeTextTests {
    private func check(_ string: String) throws {
        for marks in [SafeText.MarkStyle.unicode, .ascii] {
            let text = SafeText(string, marks: marks)
            var place = 0
            for cluster in text.clusters {
                #expect(cluster.sourceRange.lowerBound == place)
                place = cluster.sourceRange.upperBound
                #expect(!cluster.glyph.isEmpty)
                #expect(cluster.isMark ? cluster.width >= 1 : cluster.width == 1 || cluster.width == 2)
                #expect(!cluster.glyph.unicodeScalars.contains(where: isForbidden), "\(cluster)")
            }
            #expect(place == string.unicodeScalars.count)
            #expect(text.width == text.clusters.reduce(0) { $0 + $1.width })
        }
    }

    @Test func anyStringBecomesPaintableAndEveryScalarIsAccountedForInOrder() throws {
        var random = Seeded(7)
        for _ in 0..<400 { try check(random.hostileString(Int.random(in: 0...60, using: &random))) }
    }

    @Test(.enabled(if: hasNonsenseList, "shared/data/blns.json is not there"))
    func naughtyStringsBecomePaintable() throws {
        for string in try nonsenseList() { try check(string) }
    }

    @Test func everyScalarAloneIsSafeAndHasAWidth() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value),
                value < 0x30000 || value % 17 == 0 || value > 0xE0000 - 100
            else { continue }
            let text = SafeText(String(scalar))
            if text.width < 1 || text.plain.unicodeScalars.contains(where: isForbidden) {
                Issue.record("U+\(String(value, radix: 16)) became \(text)")
            }
        }
    }

    @Test func paintedScalarsHaveTheWidthThatLibcGives() {
        _ = setlocale(LC_CTYPE, "C.UTF-8")
        var differing: [String] = []
        for value in UInt32(0x20)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let known =
                switch ScalarWidth.of(scalar) {
                case .mark: -2
                case .zero: 0
                case .narrow: 1
                case .wide: 2
                }
            // Everything that libc of glibc 2.36 or newer measures otherwise must be a mark.
            if known != -2, CellPainter.libcWidth([value]) != known {
                differing.append(String(value, radix: 16))
            }
        }
        #expect(differing == [])
    }

    @Test(arguments: [
        ("a\u{202E}b", "a⟨U+202E⟩b"), ("\u{1B}[31m", "⟨U+001B⟩[31m"), ("a\tb", "a⟨U+0009⟩b"),
        ("x\u{7F}\u{9B}y", "x⟨U+007F⟩⟨U+009B⟩y"), ("in\u{200B}vis", "in⟨U+200B⟩vis"),
        ("\u{E0041}", "⟨U+E0041⟩"), ("\u{FEFF}a\u{AD}b", "⟨U+FEFF⟩a⟨U+00AD⟩b"), ("\u{E000}", "⟨U+E000⟩"),
        ("a\u{FE01}", "a⟨U+FE01⟩"), ("\u{3164}", "⟨U+3164⟩"), ("a\r\nb", "a⟨U+000D⟩⟨U+000A⟩b"),
        ("\u{FFFF}", "⟨U+FFFF⟩"), ("\u{200D}", "⟨U+200D⟩"), ("a\u{200C}b", "a⟨U+200C⟩b"),
    ])
    func whatATerminalWouldObeyOrHideIsShownAsAMark(_ raw: String, _ shown: String) {
        #expect(SafeText(raw).plain == shown)
        #expect(SafeText(raw).hasMarks)
    }

    @Test func marksHaveAnAsciiForm() {
        #expect(SafeText("a\u{202E}👍🏿", marks: .ascii).plain == "a<U+202E>👍<t6>")
    }

    @Test(arguments: [
        ("é", 1), ("e\u{301}", 1), ("日本", 4), ("ｱ", 1), ("Ａ", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
        ("👍", 2), ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("🇫🇷", 2), ("क्षि", 3), ("ไทย", 3), ("“", 1),
        ("\u{3000}", 2), ("\u{A0}", 1),
    ])
    func widthIsMeasuredByCluster(_ raw: String, _ width: Int) {
        #expect(SafeText(raw).width == width)
    }

    @Test func emojiSequencesArePaintedAsTheirPartsWithNothingHidden() {
        #expect(SafeText("👨\u{200D}👩\u{200D}👧").plain == "👨+👩+👧")
        #expect(SafeText("🏳\u{FE0F}\u{200D}🌈").plain == "🏳 +🌈")
        #expect(SafeText("👍🏿!").plain == "👍⁶!")
        #expect(SafeText("🇫🇷").plain == "FR")
        #expect(SafeText("🇫🇷").hasMarks)
        #expect(SafeText("🏴\u{E0067}").plain == "🏴⟨U+E0067⟩")
    }

    @Test func joinersOfOrdinarySpellingStay() {
        let persian = "می\u{200C}خواهم"
        #expect(SafeText(persian).plain == persian)
        #expect(!SafeText(persian).hasMarks)
        #expect(SafeText("می\u{200C}\u{200C}خ").hasMarks)
    }

    @Test func excessCombiningMarksAreCounted() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 41) + "b"
        let text = SafeText(zalgo)
        #expect(text.plain == "a" + String(repeating: "\u{301}", count: 4) + "⟨+37⟩b")
        #expect(text.clusters.map(\.sourceRange) == [0..<5, 5..<42, 42..<43])
    }

    @Test func combiningMarksWithoutABaseGetOne() {
        #expect(SafeText("\u{301}a").plain == "◌\u{301}a")
        #expect(SafeText("\u{301}").width == 1)
    }

    @Test func linesSplitAtLineFeedsAndKeepOffsetsOfTheWhole() {
        let lines = SafeText.lines(of: "ab\ncd\r\n\ne\rf")
        #expect(lines.map(\.plain) == ["ab", "cd", "", "e⟨U+000D⟩f"])
        #expect(lines[1].clusters.first?.sourceRange == 3..<4)
        #expect(lines[3].clusters.first?.sourceRange == 8..<9)
        #expect(SafeText.lines(of: "") == [.empty])
    }

    @Test func highlightingMarksTheClustersThatOverlapARange() {
        let text = SafeText("a e\u{301} b\u{202E}c").highlighted(ranges: [6..<7, 3..<4, 3..<3])
        #expect(text.clusters.filter(\.isEvidence).map(\.glyph) == ["e\u{301}", "⟨U+202E⟩"])
        let wrapped = text.wrapped(to: 8)
        #expect(wrapped.flatMap(\.clusters).filter(\.isEvidence).count == 2)
    }

    @Test func literalsAndInterpolationsAreMadeSafeToo() {
        let name = "x\u{202E}"
        let text: SafeText = "by \(name)"
        #expect(text.plain == "by x⟨U+202E⟩")
    }

    @Test func aLongLineCostsLinearTime() {
        func time(_ string: String) -> Duration {
            ContinuousClock().measure { _ = SafeText.wrapped(string, to: 80) }
        }
        let hostile = "aé日\u{202E}👨\u{200D}👩 e\u{301}"
        for piece in [
            "word ", "a", "e" + String(repeating: "\u{301}", count: 50), hostile, "\u{301}", "\u{E0041}",
        ] {
            let unit = String(repeating: piece, count: 200_000 / piece.utf8.count)
            _ = time(unit)
            let small = time(unit)
            let large = time(String(repeating: unit, count: 5))
            #expect(large < small * 12 + .milliseconds(200), "\(piece.debugDescription) \(small) \(large)")
        }
    }
}
