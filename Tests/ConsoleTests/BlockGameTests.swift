import Moderation
import TerminalKit
import Testing

@testable import Console

@Suite("Falling blocks: the same seed and moves, the same well; nothing to lose")
struct BlockGameTests {
    private static func squares(_ game: BlockGame) -> Int { game.well.joined().count { $0 != nil } }

    @Test func sevenShapesOfFourSquaresInFourTurns() {
        #expect(BlockShape.allCases.count == 7)
        var forms: Set<Set<BlockSquare>> = []
        for shape in BlockShape.allCases {
            for quarters in 0..<4 {
                let squares = shape.squares(turned: quarters)
                #expect(Set(squares).count == 4)
                // Each touches the others: one piece.
                var reached: Set = [squares[0]]
                for _ in 0..<4 {
                    for square in squares
                    where reached.contains(where: {
                        abs($0.row - square.row) + abs($0.column - square.column) == 1
                    }) { reached.insert(square) }
                }
                #expect(reached.count == 4, "\(shape) \(quarters)")
            }
            let flat = shape.squares(turned: 0)
            let top = flat.map(\.row).min() ?? 0
            let left = flat.map(\.column).min() ?? 0
            forms.insert(Set(flat.map { BlockSquare(row: $0.row - top, column: $0.column - left) }))
            // Four quarters are a whole turn.
            #expect(shape.squares(turned: 4) == flat)
        }
        #expect(forms.count == 7)
    }

    @Test func everyShapeComesOnceBeforeAnyComesAgain() {
        var game = BlockGame(seed: 4)
        var shapes = [game.block.shape]
        for _ in 0..<20 {
            game.make(.drop)
            shapes.append(game.block.shape)
        }
        for start in stride(from: 0, to: 21, by: 7) { #expect(Set(shapes[start..<start + 7]).count == 7) }
    }

    @Test func randomMovesNeverBreakTheWellAndAreTheSameAgain() {
        var random = Seeded(3)
        for seed: UInt64 in 0..<30 {
            var first = BlockGame(seed: seed)
            var second = BlockGame(seed: seed)
            for _ in 0..<400 {
                let move =
                    [BlockGame.Move.left, .right, .turn, .down, .drop].randomElement(using: &random) ?? .down
                first.make(move)
                second.make(move)
                #expect(
                    first.block.squares.allSatisfy { square in
                        (0..<10).contains(square.column) && (-1..<16).contains(square.row)
                            && (square.row < 0 || first.well[square.row][square.column] == nil)
                    })
                #expect(
                    first.well.count == 16 && first.well.allSatisfy { $0.count == 10 && $0.contains(nil) })
                #expect(Self.squares(first) % 2 == 0)
            }
            #expect(first == second)
        }
    }

    @Test func fullRowsGoAndAFullWellIsEmptyAgain() {
        // Two boxes side by side can't be ordered; whatever comes, dropped in the middle it fills the well to the top.
        var game = BlockGame(seed: 1)
        var emptied = 0
        var most = 0
        for _ in 0..<200 {
            let before = Self.squares(game)
            game.make(.drop)
            most = max(most, before)
            if Self.squares(game) == 0, before > 8 { emptied += 1 }
        }
        #expect(emptied > 1 && most > 20)
    }

    /// Puts the block where it leaves the fewest holes and the lowest heap, as somebody would who has time.
    private static func put(_ game: inout BlockGame) {
        var best: (cost: Int, game: BlockGame)?
        for turns in 0..<4 {
            for column in -6...6 {
                var tried = game
                for _ in 0..<turns { tried.make(.turn) }
                for _ in 0..<abs(column) { tried.make(column < 0 ? .left : .right) }
                tried.make(.drop)
                let cost = cost(tried)
                if best.map({ cost < $0.cost }) ?? true { best = (cost, tried) }
            }
        }
        if let best { game = best.game }
    }

    private static func cost(_ game: BlockGame) -> Int {
        (0..<BlockGame.columns).reduce(0) { sum, column in
            let top = (0..<BlockGame.rows).first { game.well[$0][column] != nil } ?? BlockGame.rows
            let holes = (top..<BlockGame.rows).count { game.well[$0][column] == nil }
            let height = BlockGame.rows - top
            return sum + 40 * holes + height * height
        }
    }

    @Test func withTimeRowsFillAndGoAndTheWellStaysLow() {
        var game = BlockGame(seed: 2)
        var cleared = 0
        var highest = 0
        for _ in 0..<120 {
            let before = Self.squares(game)
            Self.put(&game)
            let gone = before + 4 - Self.squares(game)
            if [10, 20, 30, 40].contains(gone) { cleared += gone / 10 }
            highest = max(highest, Self.squares(game))
        }
        // 120 blocks make 48 rows.
        #expect(cleared > 20, "\(cleared) rows, \(highest) squares")
    }

    @Test func whileItPausesNothingMoves() {
        var game = BlockGame(seed: 9)
        game.isPaused = true
        let still = game
        for move in [BlockGame.Move.left, .right, .turn, .down, .drop] { game.make(move) }
        game.step()
        #expect(game == still)
    }

    @Test func aBreathTakesTenSecondsAndTheBarFollowsIt() {
        let pacer = Pacer(start: .seconds(5))
        #expect(pacer.moment(at: .seconds(5)) == .init(isIn: true, fill: 1))
        #expect(pacer.moment(at: .milliseconds(8_999)) == .init(isIn: true, fill: 20))
        #expect(pacer.moment(at: .seconds(9)) == .init(isIn: false, fill: 20))
        #expect(pacer.moment(at: .milliseconds(14_999)) == .init(isIn: false, fill: 1))
        #expect(pacer.moment(at: .seconds(15)) == pacer.moment(at: .seconds(5)))
        // It asks to be woken when the picture changes, never twice for one picture.
        for wordsOnly in [false, true] {
            var now: Duration = .seconds(5)
            var moments: [Pacer.Moment] = [pacer.moment(at: now)]
            while now < .seconds(25) {
                now += pacer.timeToNext(at: now, wordsOnly: wordsOnly)
                moments.append(pacer.moment(at: now))
            }
            let words = moments.map(\.isIn)
            #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 != $1 })
            if wordsOnly { #expect(words == [true, false, true, false, true]) }
        }
    }
}
