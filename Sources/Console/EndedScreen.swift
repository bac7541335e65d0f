import Exposure
import Moderation
import TerminalKit

/// The end of a shift, or of exposure: what happened, what is left to do, when work may resume.
struct EndedScreen {
    let state: ConsoleState
    let look: Look

    func draw(on frame: inout Frame, in block: Rect) {
        let width = min(block.width - 4, 68)
        let lines = lines().flatMap { $0.wrapped(to: width) }
        let place = block.centered(height: lines.count, width: width)
        frame.draw(lines, in: place, look: look)
        frame.cursor = place.origin
    }

    func lines() -> [Line] {
        let words = state.words
        let cap = state.isShiftOpen ? state.standing?.cap : nil
        var lines = [Line(cap == nil ? words.endedTitle : words.restTitle, .title), .blank]
        lines += [Line(words.whatHappened, .accent)] + happened(cap).map { Line($0) }
        lines += [
            .blank, Line(words.whatIsLeft, .accent),
            Line(cap == nil ? words.leftNothing : words.leftHarmless),
        ]
        if cap != nil { lines.append(Line(words.timeCounts, .muted)) }
        lines += [.blank, Line(words.whenAgain, .accent), Line(resume(cap))]
        lines += [.blank, state.supportLine()]
        return lines
    }

    private func happened(_ cap: Standing.Cap?) -> [String] {
        let words = state.words
        var texts: [String] = []
        if let cap {
            texts.append(words.limit(cap.reason) + ".")
        } else if case .shiftOver(let reason, _) = state.standing?.availability {
            texts.append(words.shiftReached(reason))
        } else {
            texts.append(words.endedByYou)
        }
        if state.decidedHere > 0 { texts.append(words.decidedHere(state.decidedHere)) }
        texts.append(words.nothingLost)
        return texts
    }

    private func resume(_ cap: Standing.Cap?) -> String {
        let words = state.words
        func time(_ moment: Timestamp) -> String {
            words.moment(moment, now: state.now.wall, offset: state.utcOffset)
        }
        if let cap { return words.resumeAt(time(cap.resumeAt)) }
        switch state.standing?.availability {
        case .resting(let until), .notOnShift(let until), .shiftOver(_, let until):
            return until > state.now.wall ? words.shiftMayStart(time(until)) : words.mayStartNow
        case .capped(_, let moment): return words.resumeAt(time(moment))
        default: return words.mayStartNow
        }
    }
}
