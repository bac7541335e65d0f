/// The seven shapes of four squares.
enum BlockShape: Int, CaseIterable, Hashable, Sendable {
    case bar, box, tee, ess, zed, jay, ell

    /// The squares of each turn, a quarter clockwise from the one before, in a frame whose corner is at the top left.
    ///
    /// A square is row × 4 + column.
    private static let turns: [[[Int]]] = [
        [[4, 5, 6, 7], [2, 6, 10, 14], [8, 9, 10, 11], [1, 5, 9, 13]],
        [[1, 2, 5, 6], [1, 2, 5, 6], [1, 2, 5, 6], [1, 2, 5, 6]],
        [[1, 4, 5, 6], [1, 5, 6, 9], [4, 5, 6, 9], [1, 4, 5, 9]],
        [[1, 2, 4, 5], [1, 5, 6, 10], [5, 6, 8, 9], [0, 4, 5, 9]],
        [[0, 1, 5, 6], [2, 5, 6, 9], [4, 5, 9, 10], [1, 4, 5, 8]],
        [[0, 4, 5, 6], [1, 2, 5, 9], [4, 5, 6, 10], [1, 5, 8, 9]],
        [[2, 4, 5, 6], [1, 5, 9, 10], [4, 5, 6, 8], [0, 1, 5, 9]],
    ]

    /// Its four squares after so many quarter turns, as rows and columns from the corner of its frame.
    func squares(turned quarters: Int) -> [BlockSquare] {
        Self.turns[rawValue][quarters & 3].map { BlockSquare(row: $0 / 4, column: $0 % 4) }
    }
}

/// A place in the well, or in a shape's frame.
struct BlockSquare: Hashable, Sendable {
    var row: Int
    var column: Int
}

/// A shape on its way down.
struct FallingBlock: Hashable, Sendable {
    var shape: BlockShape
    var quarters = 0
    /// Where the corner of its frame stands.
    var row: Int
    var column: Int

    var squares: [BlockSquare] {
        shape.squares(turned: quarters).map {
            BlockSquare(row: $0.row + row, column: $0.column + column)
        }
    }
}
