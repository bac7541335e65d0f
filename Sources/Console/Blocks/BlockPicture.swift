import TerminalKit

/// The well, drawn with two cells a square; shapes differ by their marks, so that no colour is needed.
struct BlockPicture {
    let game: BlockGame
    let look: Look

    /// What it takes: the well within its walls.
    static let size = Size(rows: BlockGame.rows + 1, columns: 2 * BlockGame.columns + 2)

    func draw(on frame: inout Frame, in block: Rect) {
        guard block.height >= Self.size.rows, block.width >= Self.size.columns else { return }
        let isAscii = look.lines == .ascii
        let wall: SafeText = isAscii ? "|" : "│"
        let falling = Set(game.block.squares)
        for row in 0..<BlockGame.rows {
            let squares = (0..<BlockGame.columns).map { column -> SafeText in
                if falling.contains(BlockSquare(row: row, column: column)) { return fallingMark }
                return game.well[row][column].map(mark) ?? (column % 2 == 0 ? empty : "  ")
            }
            let line = SafeText.joined([wall] + squares + [wall])
            frame.put(
                line, at: Position(row: block.row + row, column: block.column), role: .text,
                theme: look.theme, maxWidth: Self.size.columns)
        }
        let floor = String(repeating: isAscii ? "-" : "─", count: 2 * BlockGame.columns)
        frame.put(
            SafeText(isAscii ? "+\(floor)+" : "└\(floor)┘"),
            at: Position(row: block.row + BlockGame.rows, column: block.column), role: .border,
            theme: look.theme, maxWidth: Self.size.columns)
    }

    /// The next shape, in two lines.
    func nextLines() -> [SafeText] {
        let squares = game.next.squares(turned: 0)
        let top = squares.map(\.row).min() ?? 0
        return (top..<top + 2).map { row in
            SafeText.joined(
                (0..<4).map { column in
                    squares.contains(BlockSquare(row: row, column: column)) ? fallingMark : "  "
                })
        }
    }

    private var empty: SafeText { look.lines == .ascii ? " ." : " ·" }
    private var fallingMark: SafeText { look.lines == .ascii ? "##" : "██" }

    private func mark(_ shape: BlockShape) -> SafeText {
        guard look.lines == .unicode else { return "[]" }
        return switch shape {
        case .bar, .box: "▓▓"
        case .tee, .jay, .ell: "▒▒"
        case .ess, .zed: "░░"
        }
    }
}
