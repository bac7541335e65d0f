import Exposure
import Moderation
import TerminalKit

/// A break: calm, with the time that it lasts at least, and something to do or nothing at all.
struct BreakScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        switch state.own.pastime {
        case .nothing: drawCentered(lines(), on: &frame, in: block)
        case .pacer(let pacer): drawPacer(pacer, on: &frame, in: block)
        case .blocks(let game, _): drawBlocks(game, on: &frame, in: block)
        }
    }

    private func drawCentered(_ all: [Line], on frame: inout Frame, in block: Rect) {
        let width = min(block.width - 4, 64)
        let lines = all.flatMap { $0.wrapped(to: width) }
        let place = block.centered(height: lines.count, width: width)
        frame.draw(lines, in: place, look: look)
        frame.cursor = place.origin
    }

    func lines() -> [Line] {
        var lines = [Line(words.breakTitle, .title), .blank] + countdown()
        if state.own.hasStopped { lines.append(Line(words.stoppedLine)) }
        lines += [.blank, Line(words.breakAdvice)]
        if state.standing?.shift?.openBreak?.isRequired == true {
            lines.append(Line(words.breakRequired, .muted))
        }
        lines.append(Line(words.postsReturned, .muted))
        return lines + [.blank, choices(), state.supportLine()]
    }

    /// What is chosen and whom to turn to, for the line mode.
    func linearLines() -> [Line] {
        let stopped = state.own.hasStopped ? [Line(words.stoppedLine)] : []
        let fixed = stopped + [choices(), state.supportLine()]
        guard case .pacer(let pacer) = state.own.pastime else { return fixed }
        return fixed + [Line(words.breatheFreely), Line(word(pacer.moment(at: state.now.monotonic)))]
    }

    private func choices() -> Line {
        func key(_ command: Command) -> String { state.keymap.label(command, state.language) }
        return Line(
            words.pastimes(
                key(.restNothing), key(.restPacer), key(.restBlocks), key(.restEvidence),
                isLinear: state.isLinear))
    }

    private func countdown() -> [Line] {
        let left = state.breakTimeLeft ?? .zero
        guard left > .zero else {
            return [Line(words.breakMayEnd(state.keymap.label(.endBreak, state.language)), .accent)]
        }
        let end = words.moment(state.now.wall + left, now: state.now.wall, offset: state.utcOffset)
        return [Line(words.breakLeft(words.calmCountdown(left)), .accent), Line(words.breakUntil(end))]
    }

    // MARK: A slow breath

    private func word(_ moment: Pacer.Moment) -> String { moment.isIn ? words.breatheIn : words.breatheOut }

    private func drawPacer(_ pacer: Pacer, on frame: inout Frame, in block: Rect) {
        let moment = pacer.moment(at: state.now.monotonic)
        let isAscii = look.lines == .ascii
        let full = String(repeating: isAscii ? "=" : "█", count: moment.fill)
        let rest = String(repeating: isAscii ? "." : "░", count: Pacer.steps - moment.fill)
        // Grows from the middle to both sides.
        let bar = String(rest.reversed()) + String(full.reversed()) + full + rest
        drawCentered(
            [Line(words.breakTitle, .title), .blank] + countdown() + [
                .blank, Line(word(moment), .accent), .blank, Line(bar), .blank,
                Line(words.breatheFreely, .muted),
            ], on: &frame, in: block)
    }

    // MARK: Blocks

    private func drawBlocks(_ game: BlockGame, on frame: inout Frame, in block: Rect) {
        let size = BlockPicture.size
        let beside = 30
        guard block.height >= size.rows, block.width >= size.columns + beside + 2 else {
            let needed = Size(
                rows: state.size.rows - block.height + size.rows,
                columns: state.size.columns - block.width + size.columns + beside + 2)
            return drawCentered(
                [Line(words.blocksTitle, .title), .blank] + countdown() + [
                    .blank, Line(words.blocksNeedRoom(needed.rows, needed.columns), .muted),
                ], on: &frame, in: block)
        }
        let place = block.centered(height: size.rows, width: size.columns + 3 + beside)
        let parts = place.splitLeft(size.columns, gap: 3)
        let picture = BlockPicture(game: game, look: look)
        picture.draw(on: &frame, in: parts.left)
        var lines = [Line(words.breakTitle, .title), .blank] + countdown().flatMap { $0.wrapped(to: beside) }
        lines += [.blank, Line(words.blocksNext, .muted)] + picture.nextLines().map { Line($0, .accent) }
        lines += [.blank] + Line(words.blocksQuiet, .muted).wrapped(to: beside)
        if game.isPaused { lines += [.blank] + Line(words.blocksHeld, .accent).wrapped(to: beside) }
        frame.draw(lines, in: parts.rest, look: look)
        frame.cursor = parts.rest.origin
    }
}
