import Testing

@testable import TerminalKit

@Suite struct WidgetTests {
    private func picture(_ rows: Int, _ columns: Int, _ draw: (inout Frame) -> Void) -> String {
        var frame = Frame(Size(rows: rows, columns: columns))
        draw(&frame)
        return frame.pictured
    }

    private let gauge = Gauge(label: "Dose", figure: "62 %", perMille: 620, level: .notice, word: "past half")

    @Test func aGaugeIsReadWithoutColour() {
        #expect(
            picture(1, 40) { gauge.draw(on: &$0, in: $0.bounds, theme: .dark) }
                == "Dose 62 % ███████████░░░░░░░ ◆ past half")
        #expect(
            picture(1, 40) { gauge.draw(on: &$0, in: $0.bounds, theme: .dark, lines: .ascii) }
                == "Dose 62 % ###########....... * past half")
        #expect(
            picture(1, 22) { gauge.draw(on: &$0, in: $0.bounds, theme: .dark) } == "Dose 62 % ◆ past half")
    }

    @Test func aTableAlignsByCellsAndRestsTheCursorOnTheSelectedRow() {
        let table = Table(
            columns: [.init("Who", width: 6), .init("What"), .init("Age", width: 4, align: .right)],
            rows: [
                .init(["日本語", "שלום", "3 h"]), .init(["Zoë👍🏿", "a\u{202E}b", "12 d"]),
                .init(["long name", "plain", "1 m"]),
            ], selected: 1)
        var frame = Frame(Size(rows: 4, columns: 30))
        table.draw(on: &frame, in: frame.bounds, theme: .monochrome)
        #expect(
            frame.pictured == """
                  Who    What              Age
                  日本語 שלום              3 h
                ▸ Zoë👍⁶ a⟨U+202E⟩b       12 d
                  long … plain             1 m
                """)
        #expect(frame.cursor == Position(row: 2, column: 0))
    }

    @Test func aListScrollsNoFurtherThanItMust() {
        #expect(Table.scroll(first: 0, selected: 3, count: 10, height: 4) == 0)
        #expect(Table.scroll(first: 0, selected: 4, count: 10, height: 4) == 1)
        #expect(Table.scroll(first: 5, selected: 2, count: 10, height: 4) == 2)
        #expect(Table.scroll(first: 9, selected: 9, count: 10, height: 4) == 6)
        #expect(Table.scroll(first: 3, selected: nil, count: 0, height: 4) == 0)
        #expect(
            picture(2, 8) {
                Table(list: ["one", "two", "three"], selected: 2).draw(on: &$0, in: $0.bounds, theme: .dark)
            } == "  two\n▸ three")
    }

    @Test func aFooterFoldsIntoMore() {
        let footer = Footer(
            [.init("Space", "uncover"), .init("d", "decide"), .init("s", "skip")], more: .init("?", "more"))
        #expect(
            picture(1, 40) { footer.draw(on: &$0, in: $0.bounds, theme: .dark) }
                == "Space uncover  d decide  s skip")
        #expect(
            picture(1, 24) { footer.draw(on: &$0, in: $0.bounds, theme: .dark) } == "Space uncover  ? more")
        #expect(picture(1, 4) { footer.draw(on: &$0, in: $0.bounds, theme: .dark) } == "? mo")
    }

    @Test func aDialogWrapsItsTextAndOffersItsAnswers() {
        let dialog = Dialog(
            title: "Release", body: ["Give this post back to the queue?"], choices: ["Cancel", "Release"],
            hint: "Enter choose")
        #expect(
            picture(10, 30) { dialog.draw(on: &$0, in: $0.bounds, width: 24, theme: .dark) }
                == """

                   ┌─ Release ────────────┐
                   │ Give this post back  │
                   │ to the queue?        │
                   │                      │
                   │ ▸ Cancel             │
                   │   Release            │
                   │ Enter choose         │
                   └──────────────────────┘

                """)
    }

    @Test func aParagraphScrollsWithinItsText() {
        var paragraph = Paragraph(["one two three four"], wrappedTo: 5)
        paragraph.first = 99
        var frame = Frame(Size(rows: 2, columns: 5))
        let hidden = paragraph.draw(on: &frame, in: frame.bounds, theme: .dark)
        #expect(frame.pictured == "three\nfour")
        #expect(hidden.above == 2 && hidden.below == 0)
    }

    @Test func anInputLineEditsByGrapheme() {
        var line = InputLine("añ👨\u{200D}👩\u{200D}👧")
        for key in [Key.backspace, .character("x"), .home, .delete, .end] {
            let isTaken = line.take(.key(key))
            #expect(isTaken)
        }
        #expect(line.text == "ñx")
        _ = line.take(.paste("a\nb\u{1B}"))
        #expect(line.text == "ñxa b\u{1B}")
        let isEnterTaken = line.take(.key(.enter))
        #expect(!isEnterTaken)
        line.insert("e")
        _ = line.take(.key(.character("\u{301}")))
        #expect(line.text.hasSuffix("é"))
        var frame = Frame(Size(rows: 1, columns: 8))
        line.draw(on: &frame, in: frame.bounds, theme: .dark)
        #expect(frame.cursor == Position(row: 0, column: 7))
        #expect(frame.showsCursor)
    }

    @Test func anInputLineKeepsItsLimitAndItsCursorInside() {
        var random = Seeded(23)
        var line = InputLine(limit: 20)
        let keys: [Key] = [
            .left, .right, .home, .end, .backspace, .delete, .ctrl("w"), .alt("b"), .alt("f"), .ctrl("k"),
        ]
        for _ in 0..<3_000 {
            if Bool.random(using: &random), let key = keys.randomElement(using: &random) {
                _ = line.take(.key(key))
            } else {
                line.insert(random.hostileString(3))
            }
            #expect(line.text.count <= 20)
            #expect((0...line.text.count + 1).contains(line.cursor))
        }
    }

    @Test func everythingDrawsAtEverySizeFromNothingUp() {
        for rows in 0...5 {
            for columns in 0...9 {
                _ = picture(rows, columns) { frame in
                    gauge.draw(on: &frame, in: frame.bounds, theme: .dark)
                    Table(
                        columns: [.init("A", width: 3), .init("B")], rows: [.init(["日本", "b"])], selected: 0
                    )
                    .draw(on: &frame, in: frame.bounds, theme: .dark)
                    Footer([.init("a", "b")], more: .init("?", "m")).draw(
                        on: &frame, in: frame.bounds, theme: .dark)
                    Dialog(title: "t", body: ["日本語"], choices: ["a", "b"], hint: "h")
                        .draw(on: &frame, in: frame.bounds, theme: .dark)
                    InputLine("日本語").draw(on: &frame, in: frame.bounds, theme: .dark)
                    Paragraph(["x y"], wrappedTo: columns).draw(on: &frame, in: frame.bounds, theme: .dark)
                    frame.rule(in: frame.bounds, row: 1)
                }
            }
        }
    }
}
