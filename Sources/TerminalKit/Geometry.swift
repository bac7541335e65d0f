/// How many rows and columns of cells something has.
public struct Size: Hashable, Sendable {
    /// Rows, never negative.
    public let rows: Int
    /// Columns of cells, never negative.
    public let columns: Int

    /// Makes a size; negative figures count as zero.
    public init(rows: Int, columns: Int) {
        self.rows = max(0, rows)
        self.columns = max(0, columns)
    }
}

/// A cell of the screen, counted from the top left corner, which is (0, 0).
public struct Position: Hashable, Sendable {
    /// Row from the top.
    public var row: Int
    /// Column from the left.
    public var column: Int

    /// Makes a position; it may lie outside any frame, where nothing is drawn.
    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }
}

/// A block of cells.
///
/// All its operations accept blocks of no cells.
public struct Rect: Hashable, Sendable {
    /// First row.
    public let row: Int
    /// First column.
    public let column: Int
    /// Rows, never negative.
    public let height: Int
    /// Columns, never negative.
    public let width: Int

    /// Makes a block; negative height or width count as zero.
    public init(row: Int, column: Int, height: Int, width: Int) {
        self.row = row
        self.column = column
        self.height = max(0, height)
        self.width = max(0, width)
    }

    /// The whole of a screen.
    public init(_ size: Size) {
        self.init(row: 0, column: 0, height: size.rows, width: size.columns)
    }

    /// The row after the last.
    public var endRow: Int { row + height }
    /// The column after the last.
    public var endColumn: Int { column + width }
    /// Whether there is no cell in it.
    public var isEmpty: Bool { height == 0 || width == 0 }
    /// Its top left cell.
    public var origin: Position { Position(row: row, column: column) }

    /// Whether the cell lies in the block.
    public func contains(_ position: Position) -> Bool {
        position.row >= row && position.row < endRow && position.column >= column
            && position.column < endColumn
    }

    /// The cells that both blocks share.
    public func intersection(_ other: Rect) -> Rect {
        let top = max(row, other.row)
        let left = max(column, other.column)
        return Rect(
            row: top, column: left,
            height: min(endRow, other.endRow) - top, width: min(endColumn, other.endColumn) - left)
    }

    /// The block without a margin of so many rows above and below and columns left and right.
    public func inset(rows: Int = 0, columns: Int = 0) -> Rect {
        let down = min(rows, height)
        let right = min(columns, width)
        return Rect(
            row: row + down, column: column + right, height: height - 2 * rows, width: width - 2 * columns)
    }

    /// The first rows, and what is left below them.
    public func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(0, rows), height)
        return (
            Rect(row: row, column: column, height: taken, width: width),
            Rect(row: row + taken, column: column, height: height - taken, width: width)
        )
    }

    /// What is above the last rows, and these.
    public func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
        let taken = min(max(0, rows), height)
        let parts = splitTop(height - taken)
        return (parts.top, parts.rest)
    }

    /// The first columns, and what is left to the right of them and of a gap.
    public func splitLeft(_ columns: Int, gap: Int = 0) -> (left: Rect, rest: Rect) {
        let taken = min(max(0, columns), width)
        let start = min(taken + max(0, gap), width)
        return (
            Rect(row: row, column: column, height: height, width: taken),
            Rect(row: row, column: column + start, height: height, width: width - start)
        )
    }

    /// One row of the block, counted from its top; empty when there is no such row.
    public func line(_ index: Int) -> Rect {
        guard index >= 0, index < height else {
            return Rect(row: row, column: column, height: 0, width: width)
        }
        return Rect(row: row + index, column: column, height: 1, width: width)
    }

    /// Blocks one under the other: `nil` lengths share what the given ones leave, and the last gets the
    /// remainder.
    public func rows(_ lengths: [Int?], gap: Int = 0) -> [Rect] {
        Self.share(height, among: lengths, gap: gap).map {
            Rect(row: row + $0.lowerBound, column: column, height: $0.count, width: width)
        }
    }

    /// Blocks side by side: `nil` lengths share what the given ones leave, and the last gets the remainder.
    public func columns(_ lengths: [Int?], gap: Int = 0) -> [Rect] {
        Self.share(width, among: lengths, gap: gap).map {
            Rect(row: row, column: column + $0.lowerBound, height: height, width: $0.count)
        }
    }

    /// A block of at most this size in the middle.
    public func centered(height wanted: Int, width wide: Int) -> Rect {
        let rows = min(max(0, wanted), height)
        let columns = min(max(0, wide), width)
        return Rect(
            row: row + (height - rows) / 2, column: column + (width - columns) / 2, height: rows,
            width: columns)
    }

    private static func share(_ total: Int, among lengths: [Int?], gap: Int) -> [Range<Int>] {
        let gaps = max(0, gap) * max(0, lengths.count - 1)
        var free = max(0, total - gaps - lengths.reduce(0) { $0 + max(0, $1 ?? 0) })
        var takers = lengths.count { $0 == nil }
        var start = 0
        return lengths.map { length in
            var size = max(0, length ?? 0)
            if length == nil {
                size = free / takers
                free -= size
                takers -= 1
            }
            let lower = min(start, total)
            let upper = min(lower + size, total)
            start = upper + max(0, gap)
            return lower..<upper
        }
    }
}
