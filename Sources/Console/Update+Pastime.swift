import Exposure
import Moderation

/// What a person does in a break, if anything.
extension ConsoleState {
    mutating func performPastime(_ command: Command) -> [Effect] {
        switch command {
        case .restNothing: own.pastime = .nothing
        case .restPacer: own.pastime = .pacer(Pacer(start: now.monotonic))
        case .restBlocks:
            let seed = UInt64(bitPattern: now.wall.milliseconds)
            own.pastime = .blocks(BlockGame(seed: seed), nextFall: now.monotonic + BlockGame.fall)
        case .restEvidence: overlay = .own(.evidence(first: 0))
        case .blockPause: holdBlocks { $0.isPaused.toggle() }
        case .blockLeft: move(.left)
        case .blockRight: move(.right)
        case .blockTurn: move(.turn)
        case .blockDown: move(.down)
        case .blockDrop: move(.drop)
        default: break
        }
        return []
    }

    private mutating func move(_ move: BlockGame.Move) {
        guard case .blocks(var game, var fall) = own.pastime else { return }
        game.make(move)
        // A block that was just put down leaves the next one its whole time.
        if move == .down || move == .drop { fall = now.monotonic + BlockGame.fall }
        own.pastime = .blocks(game, nextFall: fall)
    }

    private mutating func holdBlocks(_ change: (inout BlockGame) -> Void) {
        guard case .blocks(var game, _) = own.pastime else { return }
        change(&game)
        own.pastime = .blocks(game, nextFall: now.monotonic + BlockGame.fall)
    }

    /// Holds the blocks when nobody looks at them.
    mutating func pauseBlocks() { holdBlocks { $0.isPaused = true } }

    /// With the break.
    mutating func endPastime() {
        own.pastime = .nothing
        own.hasStopped = false
    }

    private var isPlaying: Bool {
        guard case .blocks(let game, _) = own.pastime else { return false }
        return screen == .pause && overlay == nil && !game.isPaused
    }

    /// One row down when it is time; time in which nothing was shown is not caught up with.
    mutating func tendPastime() {
        guard isPlaying, case .blocks(var game, let fall) = own.pastime, now.monotonic >= fall else { return }
        game.step()
        own.pastime = .blocks(game, nextFall: now.monotonic + BlockGame.fall)
    }

    var timeToNextInPastime: Duration? {
        guard screen == .pause, overlay == nil else { return nil }
        switch own.pastime {
        case .nothing: return nil
        case .pacer(let pacer): return pacer.timeToNext(at: now.monotonic, wordsOnly: isLinear)
        case .blocks(_, let fall): return isPlaying ? max(.zero, fall - now.monotonic) : nil
        }
    }
}
