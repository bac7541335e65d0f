/// Blocks that fall into a well: something for the eye that sees shapes, in a break.
///
/// Nothing is counted, nothing gets faster, nobody loses: full rows go, and a well that is full to its top is simply
/// empty again. All of it follows from the seed and the moves.
struct BlockGame: Hashable, Sendable {
    static let rows = 16
    static let columns = 10
    /// How long a block rests on each row: the same from the first to the last.
    static let fall: Duration = .milliseconds(800)

    enum Move: Hashable, Sendable { case left, right, turn, down, drop }

    /// What has come to rest, row by row from the top.
    private(set) var well: [[BlockShape?]] = Self.emptyWell
    private(set) var block: FallingBlock
    /// What comes after it.
    private(set) var next: BlockShape
    var isPaused = false
    private var bag: [BlockShape] = []
    private var random: UInt64

    private static let emptyWell = Array(
        repeating: [BlockShape?](repeating: nil, count: columns), count: rows)

    init(seed: UInt64) {
        random = seed
        block = Self.entering(.box)
        next = .box
        next = draw()
        enter()
    }

    // MARK: Moving

    /// Does a move if there is room for it; nothing moves while the game pauses.
    mutating func make(_ move: Move) {
        guard !isPaused else { return }
        switch move {
        case .left: shift(by: -1)
        case .right: shift(by: 1)
        case .turn: turn()
        case .down: step()
        case .drop:
            while shift(down: 1) {}
            settle()
        }
    }

    /// One row down, as time does it; a block that can't fall stays where it is, and the next one enters.
    mutating func step() {
        guard !isPaused else { return }
        if !shift(down: 1) { settle() }
    }

    private mutating func shift(by columns: Int) {
        var moved = block
        moved.column += columns
        if fits(moved) { block = moved }
    }

    private mutating func shift(down rows: Int) -> Bool {
        var moved = block
        moved.row += rows
        guard fits(moved) else { return false }
        block = moved
        return true
    }

    /// A quarter clockwise; beside a wall or another block it may step aside, or up by one.
    private mutating func turn() {
        var turned = block
        turned.quarters = (turned.quarters + 1) & 3
        for (row, column) in [(0, 0), (0, -1), (0, 1), (0, -2), (0, 2), (-1, 0)] {
            var place = turned
            place.row += row
            place.column += column
            if fits(place) {
                block = place
                return
            }
        }
    }

    private func fits(_ block: FallingBlock) -> Bool {
        block.squares.allSatisfy { square in
            (0..<Self.columns).contains(square.column) && square.row < Self.rows
                && (square.row < 0 || well[square.row][square.column] == nil)
        }
    }

    // MARK: Coming to rest

    private mutating func settle() {
        for square in block.squares where square.row >= 0 {
            well[square.row][square.column] = block.shape
        }
        let left = well.filter { $0.contains(nil) }
        well = Self.emptyWell.prefix(Self.rows - left.count) + left
        enter()
    }

    private mutating func enter() {
        block = Self.entering(next)
        next = draw()
        if !fits(block) { well = Self.emptyWell }
    }

    private static func entering(_ shape: BlockShape) -> FallingBlock {
        FallingBlock(shape: shape, row: shape == .bar ? -1 : 0, column: columns / 2 - 2)
    }

    /// Every shape comes once before any comes again.
    private mutating func draw() -> BlockShape {
        if bag.isEmpty {
            bag = BlockShape.allCases
            for place in bag.indices.dropFirst().reversed() {
                bag.swapAt(place, Int(number() % UInt64(place + 1)))
            }
        }
        return bag.removeLast()
    }

    /// SplitMix64.
    private mutating func number() -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var mixed = random
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
