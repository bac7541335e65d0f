import Testing

@testable import TerminalKit

@Suite struct SafeTextLayoutTests {
    @Test func wrappingKeepsEveryClusterInOrderAndEveryLineInWidth() {
        var random = Seeded(11)
        for _ in 0..<300 {
            let text = SafeText(random.hostileString(Int.random(in: 0...80, using: &random)))
            let width = Int.random(in: 2...30, using: &random)
            let lines = text.wrapped(to: width)
            #expect(lines.allSatisfy { $0.width <= width })
            let kept = lines.map(\.plain).joined()
            // Only spaces at breaks are left out.
            #expect(kept.filter { $0 != " " } == text.plain.filter { $0 != " " })
            let starts = lines.flatMap(\.clusters).map(\.sourceRange.lowerBound)
            #expect(starts == starts.sorted())
        }
    }

    @Test func wrappingSurvivesAnyWidth() {
        let text = SafeText("日本 a\u{202E}b")
        #expect(text.wrapped(to: 0).isEmpty)
        #expect(text.wrapped(to: -1).isEmpty)
        #expect(text.wrapped(to: 1).allSatisfy { $0.width <= 1 })
        #expect(SafeText.empty.wrapped(to: 10) == [.empty])
    }

    @Test func linesBreakAtSpacesThenAnywhere() {
        #expect(SafeText("the quick brown fox").wrapped(to: 10).map(\.plain) == ["the quick ", "brown fox"])
        #expect(SafeText("abcdefghijkl mno").wrapped(to: 4).map(\.plain) == ["abcd", "efgh", "ijkl", "mno"])
        #expect(SafeText("日本語、日本語").wrapped(to: 6).map(\.plain) == ["日本", "語、日", "本語"])
        #expect(SafeText("ab 👨\u{200D}👩").wrapped(to: 6).map(\.plain) == ["ab ", "👨+👩"])
    }

    @Test func truncationIsNeverWiderThanAskedAndSaysSo() {
        var random = Seeded(13)
        for _ in 0..<300 {
            let text = SafeText(random.hostileString(Int.random(in: 0...40, using: &random)))
            for width in -1...20 {
                let cut = text.truncated(to: width)
                #expect(cut.width <= max(0, width))
                #expect(cut == text || width < 1 || cut.plain.hasSuffix("…"))
                #expect(text.fitted(to: width).width == max(0, width))
            }
        }
        #expect(SafeText("日本語").truncated(to: 4).plain == "日…")
    }

    @Test func paddingAligns() {
        #expect(SafeText("ab").padded(to: 5).plain == "ab   ")
        #expect(SafeText("ab").padded(to: 5, align: .right).plain == "   ab")
        #expect(SafeText("ab").padded(to: 5, align: .center).plain == " ab  ")
        #expect(SafeText("日本語").fitted(to: 3).plain == "日…")
        #expect(SafeText("日本語").fitted(to: 2).plain == "… ")
    }

    @Test func droppingColumnsKeepsTheRestInPlace() {
        #expect(SafeText("日本語").dropping(columns: 1).plain == " 本語")
        #expect(SafeText("日本語").dropping(columns: 2).plain == "本語")
        #expect(SafeText("abc").dropping(columns: 0).plain == "abc")
        #expect(SafeText("abc").dropping(columns: 9).plain == "")
    }

    @Test func rightToLeftRunsCanBeTurnedAndNothingElseMoves() {
        #expect(SafeText("id 5: אבג 12 דה ok").inVisualOrder().plain == "id 5: הד 12 גבא ok")
        #expect(SafeText("plain 1 2").inVisualOrder().plain == "plain 1 2")
        var random = Seeded(17)
        for _ in 0..<200 {
            let text = SafeText(random.hostileString(40))
            #expect(text.inVisualOrder().width == text.width)
            #expect(text.inVisualOrder().clusters.count == text.clusters.count)
        }
    }
}
