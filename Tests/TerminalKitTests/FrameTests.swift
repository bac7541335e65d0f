import Testing

@testable import TerminalKit

@Suite struct FrameTests {
    private func expectWhole(_ frame: Frame) {
        for number in 0..<frame.size.rows {
            let row = Array(frame.row(number))
            #expect(row.count == frame.size.columns)
            for (column, cell) in row.enumerated() {
                switch cell.width {
                case 2: #expect(column + 1 < row.count && row[column + 1].width == 0)
                case 0: #expect(column > 0 && row[column - 1].width == 2)
                default: #expect(cell.width == 1)
                }
                #expect(!cell.glyph.unicodeScalars.contains(where: isForbidden))
            }
        }
    }

    @Test func wideCharactersAreNeverCutWhateverIsDrawnWhere() {
        var random = Seeded(3)
        for _ in 0..<200 {
            var frame = Frame(
                Size(rows: .random(in: 0...6, using: &random), columns: .random(in: 0...12, using: &random)))
            for _ in 0..<12 {
                let place = Position(
                    row: .random(in: -2...7, using: &random), column: .random(in: -6...14, using: &random))
                let text = SafeText(random.hostileString(Int.random(in: 0...10, using: &random)))
                frame.put(text, at: place, maxWidth: .random(in: -1...14, using: &random))
                let block = Rect(row: place.row, column: place.column, height: 2, width: 5)
                if Bool.random(using: &random) { frame.fill(block) }
                if Bool.random(using: &random) { frame.box(block, title: text) }
                if Bool.random(using: &random) { frame.restyle(block) { $0.with(.dim) } }
            }
            expectWhole(frame)
        }
    }

    @Test func differencesTurnTheOldFrameIntoTheNew() {
        var random = Seeded(5)
        for _ in 0..<200 {
            let size = Size(rows: 3, columns: 14)
            var old = Frame(size)
            old.put(SafeText(random.hostileString(12)), at: Position(row: 1, column: 0))
            var new = old
            new.put(
                SafeText(random.hostileString(2)),
                at: Position(
                    row: .random(in: 0...2, using: &random), column: .random(in: 0...13, using: &random)))
            let changes = new.changes(from: old)
            for row in 0..<size.rows {
                for column in 0..<size.columns {
                    let place = Position(row: row, column: column)
                    if !changes.contains(where: { $0.contains(place) }) { #expect(old[place] == new[place]) }
                }
            }
            for change in changes {
                #expect(new[change.origin]?.width != 0)
                #expect(old[change.origin]?.width != 0)
            }
            #expect(new.changes(from: new).isEmpty)
        }
        #expect(Frame(Size(rows: 2, columns: 3)).changes(from: nil).count == 2)
    }

    @Test func drawingIsClippedAndPictured() {
        var frame = Frame(Size(rows: 3, columns: 12))
        let inside = frame.box(frame.bounds, title: "日本語 title")
        #expect(frame.put("ab\u{202E}cd", at: inside.origin, maxWidth: inside.width) == 11)
        #expect(
            frame.pictured == """
                ┌─ 日本… ──┐
                │ab⟨U+202E⟩│
                └──────────┘
                """)
        frame = Frame(Size(rows: 2, columns: 5))
        frame.put("日本語", at: Position(row: 0, column: 0))
        frame.put("日本語", at: Position(row: 1, column: -1))
        #expect(frame.pictured == "日本\n 本語")
        frame.put("x", at: Position(row: 0, column: 1))
        #expect(frame.pictured == " x本\n 本語")
    }

    @Test func marksAndEvidenceAreToldApartWithoutColour() {
        var frame = Frame(Size(rows: 1, columns: 20))
        frame.put(SafeText("ab\u{202E}").highlighted(ranges: [1..<2]), at: Position(row: 0, column: 0))
        #expect(frame[Position(row: 0, column: 0)]?.style == .plain)
        #expect(frame[Position(row: 0, column: 1)]?.style.attributes == [.underline, .bold])
        #expect(frame[Position(row: 0, column: 2)]?.style.attributes == .reverse)
        for theme in Theme.all {
            let bare = theme.withoutColor
            for role in Role.allCases {
                #expect(bare[role].foreground == nil && bare[role].background == nil)
            }
            for role in [Role.selection, .mark, .evidence, .danger] { #expect(bare[role] != bare[.text]) }
        }
    }

    @Test func layoutNeverLeavesItsBlock() {
        let block = Rect(row: 1, column: 2, height: 5, width: 10)
        #expect(block.columns([3, nil, 2], gap: 1).map(\.width) == [3, 3, 2])
        #expect(block.rows([nil, nil]).map(\.height) == [2, 3])
        #expect(block.columns([8, 8]).map(\.width) == [8, 2])
        #expect(block.inset(rows: 9, columns: 9).isEmpty)
        #expect(block.splitBottom(2).bottom == Rect(row: 4, column: 2, height: 2, width: 10))
        #expect(block.centered(height: 99, width: 4) == Rect(row: 1, column: 5, height: 5, width: 4))
    }
}
