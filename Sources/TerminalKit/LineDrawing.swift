/// The characters of boxes and rules.
public enum LineDrawing: Hashable, Sendable, CaseIterable {
    /// `┌─┐│└┘├┤`
    case unicode
    /// `+-+|`, for terminals and fonts without line art.
    case ascii

    var horizontal: String { self == .unicode ? "─" : "-" }
    var vertical: String { self == .unicode ? "│" : "|" }
    var corners: (topLeft: String, topRight: String, bottomLeft: String, bottomRight: String) {
        self == .unicode ? ("┌", "┐", "└", "┘") : ("+", "+", "+", "+")
    }
    var tees: (left: String, right: String) { self == .unicode ? ("├", "┤") : ("+", "+") }
    /// Full and empty cell of a bar.
    var bar: (full: SafeText, empty: SafeText) { self == .unicode ? ("█", "░") : ("#", ".") }
    /// What stands before the selected line, so that it shows without colour.
    public var pointer: SafeText { self == .unicode ? "▸" : ">" }
}

extension Frame {
    /// A horizontal rule of that many cells.
    public mutating func hline(
        at position: Position, length: Int, style: Style = .plain, lines: LineDrawing = .unicode
    ) {
        let first = max(0, position.column)
        let last = min(size.columns, position.column + max(0, min(length, size.columns + size.columns)))
        for column in first..<max(first, last) {
            put(line: lines.horizontal, position.row, column, style: style)
        }
    }

    /// A vertical rule of that many cells.
    public mutating func vline(
        at position: Position, length: Int, style: Style = .plain, lines: LineDrawing = .unicode
    ) {
        let first = max(0, position.row)
        let last = min(size.rows, position.row + max(0, min(length, size.rows + size.rows)))
        for row in first..<max(first, last) {
            put(line: lines.vertical, row, position.column, style: style)
        }
    }

    /// A box around a block's edge, with a title in its top line; returns the block inside it.
    @discardableResult
    public mutating func box(
        _ block: Rect, title: SafeText = .empty, style: Style = .plain, titleStyle: Style? = nil,
        lines: LineDrawing = .unicode
    ) -> Rect {
        guard block.height >= 2, block.width >= 2 else { return block }
        let right = block.endColumn - 1
        let bottom = block.endRow - 1
        hline(at: block.origin, length: block.width, style: style, lines: lines)
        hline(
            at: Position(row: bottom, column: block.column), length: block.width, style: style, lines: lines)
        vline(at: block.origin, length: block.height, style: style, lines: lines)
        vline(at: Position(row: block.row, column: right), length: block.height, style: style, lines: lines)
        let corners = lines.corners
        put(line: corners.topLeft, block.row, block.column, style: style)
        put(line: corners.topRight, block.row, right, style: style)
        put(line: corners.bottomLeft, bottom, block.column, style: style)
        put(line: corners.bottomRight, bottom, right, style: style)
        if !title.isEmpty, block.width > 6 {
            let shown = " " + title.truncated(to: block.width - 6) + " "
            put(shown, at: Position(row: block.row, column: block.column + 2), style: titleStyle ?? style)
        }
        return block.inset(rows: 1, columns: 1)
    }

    /// A rule across a box that joins both of its sides.
    public mutating func rule(
        in block: Rect, row: Int, style: Style = .plain, lines: LineDrawing = .unicode
    ) {
        guard block.width >= 2 else { return }
        hline(at: Position(row: row, column: block.column), length: block.width, style: style, lines: lines)
        put(line: lines.tees.left, row, block.column, style: style)
        put(line: lines.tees.right, row, block.endColumn - 1, style: style)
    }
}
