import Exposure
import Moderation
import TerminalKit

/// A break: calm, with the time that it lasts at least.
struct BreakScreen {
    let state: ConsoleState
    let look: Look

    func draw(on frame: inout Frame, in block: Rect) {
        let width = min(block.width - 4, 64)
        let lines = lines().flatMap { $0.wrapped(to: width) }
        let place = block.centered(height: lines.count, width: width)
        frame.draw(lines, in: place, look: look)
        frame.cursor = place.origin
    }

    func lines() -> [Line] {
        let words = state.words
        var lines = [Line(words.breakTitle, .title), .blank]
        let left = state.breakTimeLeft ?? .zero
        if left > .zero {
            lines.append(Line(words.breakLeft(words.calmCountdown(left)), .accent))
            lines.append(
                Line(
                    words.breakUntil(
                        words.moment(state.now.wall + left, now: state.now.wall, offset: state.utcOffset))))
        } else {
            lines.append(Line(words.breakMayEnd(state.keymap.label(.endBreak, state.language)), .accent))
        }
        lines += [.blank, Line(words.breakAdvice)]
        if state.standing?.shift?.openBreak?.isRequired == true {
            lines.append(Line(words.breakRequired, .muted))
        }
        lines.append(Line(words.postsReturned, .muted))
        return lines
    }
}
