/// One cell of a screen.
///
/// Made only by drawing ``SafeText`` or line art into a ``Frame``.
public struct Cell: Hashable, Sendable {
    /// What is painted; empty for the second half of a wide character.
    public let glyph: String
    /// 1, or 2 for the first half of a wide character and 0 for its second.
    public let width: Int
    /// How it is painted.
    public internal(set) var style: Style

    static let blank = Cell(glyph: " ", width: 1, style: .plain)
    static func blank(_ style: Style) -> Cell { Cell(glyph: " ", width: 1, style: style) }
    static func half(_ style: Style) -> Cell { Cell(glyph: "", width: 0, style: style) }
}

/// A screenful of cells.
///
/// Drawing is clipped: nothing drawn outside has any effect, at any size down to no cells.
public struct Frame: Hashable, Sendable {
    /// Rows and columns.
    public let size: Size
    private var cells: [Cell]
    /// Where the hardware cursor rests (screen readers and braille follow it), even when it is not shown.
    public var cursor: Position?
    /// Whether the cursor is shown, as in an input line.
    public var showsCursor = false

    /// Makes an empty screen.
    public init(_ size: Size) {
        self.size = size
        cells = Array(repeating: .blank, count: size.rows * size.columns)
    }

    /// The whole screen as a block.
    public var bounds: Rect { Rect(size) }

    /// The cell there, or nil outside.
    public subscript(position: Position) -> Cell? {
        bounds.contains(position) ? cells[position.row * size.columns + position.column] : nil
    }

    /// The cells of a row; none when there is no such row.
    public func row(_ row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Draws text on one row.
    ///
    /// - Parameters:
    ///   - at: the first cell; what would fall outside is left out.
    ///   - style: how ordinary clusters are painted.
    ///   - marks: how marks are painted; the style reversed when not given.
    ///   - evidence: how highlighted clusters are painted; the style underlined and bold when not given.
    ///   - maxWidth: cells that may be used; what doesn't fit is cut (see ``SafeText/truncated(to:)`` for a
    ///     `…`).
    /// - Returns: the column after the last cell drawn.
    @discardableResult
    public mutating func put(
        _ text: SafeText, at position: Position, style: Style = .plain, marks: Style? = nil,
        evidence: Style? = nil, maxWidth: Int = .max
    ) -> Int {
        let end = position.column.addingReportingOverflow(max(0, maxWidth))
        let limit = end.overflow ? size.columns : min(size.columns, end.partialValue)
        guard position.row >= 0, position.row < size.rows else { return position.column }
        var column = position.column
        for cluster in text.clusters {
            guard column < limit else { break }
            var look = cluster.isMark ? marks ?? style.with(.reverse) : style
            if cluster.isEvidence { look = evidence ?? look.with([.underline, .bold]) }
            put(cluster, at: Position(row: position.row, column: column), style: look, limit: limit)
            column += cluster.width
        }
        return min(column, limit)
    }

    /// Draws text in the styles of a theme: `role` for the text, and the theme's mark and evidence.
    @discardableResult
    public mutating func put(
        _ text: SafeText, at position: Position, role: Role, theme: Theme, maxWidth: Int = .max
    ) -> Int {
        let selected = role == .selection
        return put(
            text, at: position, style: theme[role],
            marks: selected ? theme[role].with([.bold, .underline]) : theme[.mark],
            evidence: selected ? theme[role].with([.underline, .bold]) : theme[.evidence], maxWidth: maxWidth)
    }

    /// Empties a block, in this style.
    public mutating func fill(_ block: Rect, style: Style = .plain) {
        let visible = block.intersection(bounds)
        for row in visible.row..<visible.endRow {
            for column in visible.column..<visible.endColumn {
                set(.blank(style), row, column)
            }
        }
    }

    /// Changes how a block is painted and leaves its text.
    public mutating func restyle(_ block: Rect, _ change: (Style) -> Style) {
        let visible = block.intersection(bounds)
        for row in visible.row..<visible.endRow {
            for column in visible.column..<visible.endColumn {
                let index = row * size.columns + column
                cells[index].style = change(cells[index].style)
            }
        }
    }

    /// The screen as text: a line for each row, spaces at their ends left out.
    public var pictured: String {
        (0..<size.rows).map { number in
            var line = row(number).reduce(into: "") { $0 += $1.glyph }
            while line.last == " " { line.removeLast() }
            return line
        }
        .joined(separator: "\n")
    }

    /// What differs from an older screen: for each changed row the columns from the first to the last
    /// difference, widened so that no wide character is cut.
    ///
    /// All rows when the sizes differ.
    public func changes(from older: Frame?) -> [Rect] {
        guard let older, older.size == size else {
            return (0..<size.rows).map { Rect(row: $0, column: 0, height: 1, width: size.columns) }
        }
        return (0..<size.rows).compactMap { number in
            let new = Array(row(number))
            let old = Array(older.row(number))
            guard var first = new.indices.first(where: { new[$0] != old[$0] }),
                var last = new.indices.last(where: { new[$0] != old[$0] })
            else { return nil }
            while first > 0, new[first].width == 0 || old[first].width == 0 { first -= 1 }
            while last + 1 < new.count, new[last + 1].width == 0 || old[last + 1].width == 0 { last += 1 }
            return Rect(row: number, column: first, height: 1, width: last - first + 1)
        }
    }

    /// Line art is our own and of one cell each.
    mutating func put(line glyph: String, _ row: Int, _ column: Int, style: Style) {
        guard bounds.contains(Position(row: row, column: column)) else { return }
        set(Cell(glyph: glyph, width: 1, style: style), row, column)
    }

    private mutating func put(_ cluster: SafeText.Cluster, at position: Position, style: Style, limit: Int) {
        let column = position.column
        if cluster.isMark, cluster.width > 1 {
            for (index, character) in cluster.glyph.enumerated()
            where column + index >= 0 && column + index < limit {
                set(Cell(glyph: String(character), width: 1, style: style), position.row, column + index)
            }
        } else if cluster.width == 1, column >= 0 {
            set(Cell(glyph: cluster.glyph, width: 1, style: style), position.row, column)
        } else if cluster.width == 2 {
            if column >= 0, column + 1 < limit {
                set(Cell(glyph: cluster.glyph, width: 2, style: style), position.row, column)
            } else {
                // Half of it is outside: a space stands for the half that is inside.
                for half in [column, column + 1] where half >= 0 && half < limit {
                    set(.blank(style), position.row, half)
                }
            }
        }
    }

    /// Writes a cell and keeps wide characters whole: the other half of one written over becomes a space.
    private mutating func set(_ cell: Cell, _ row: Int, _ column: Int) {
        let index = row * size.columns + column
        if cells[index].width == 0, column > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
        let last = index + max(0, cell.width - 1)
        if cells[last].width == 2 { cells[last + 1] = .blank(cells[last + 1].style) }
        if last != index, cells[index].width == 2 { cells[last] = .blank(cells[last].style) }
        cells[index] = cell
        if last != index { cells[last] = .half(cell.style) }
    }
}
