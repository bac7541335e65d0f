import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    /// Covers the post at once and stops the clock; without a post uncovered nothing happens.
    mutating func cover(_ end: SpanEnd, saying text: String?) -> [Effect] {
        guard isUncovered else { return [] }
        audit.words = nil
        audit.revealed = 0
        hand?.words = nil
        hand?.revealed = 0
        hand?.line = 0
        watch?.coverWords()
        switch overlay {
        case .why, .guidance: overlay = nil
        default: break
        }
        if let text { news = News(text: text, role: .muted) }
        return [.cover(end)]
    }

    /// Keeps the draft if the desk doesn't have it yet.
    mutating func saveDraft() -> [Effect] {
        takeUnfinishedNote()
        guard let hand, hand.isUnsaved else { return [] }
        self.hand?.changedAt = nil
        return [.save(hand.draft, hand.card.post)]
    }

    /// What is being typed belongs to the draft already.
    private mutating func takeUnfinishedNote() {
        if case .note(let line) = overlay { hand?.note = line.text }
    }

    /// Covers and gives every post in hand back, with its draft.
    mutating func letGoOfAll(because end: SpanEnd = .broke) -> [Effect] {
        var effects = cover(end, saying: nil) + saveDraft()
        if let hand { effects.append(.release(hand.card.post)) }
        effects += shelf.map { .release($0.post) }
        hand = nil
        shelf = []
        overlay = nil
        return effects
    }

    /// What is due now, whatever the event was: beats, covering, drafts, the end of finishing.
    mutating func tend() -> [Effect] {
        var effects = tendContent()
        if let changed = hand?.changedAt, now.monotonic - changed >= Self.draftPause {
            effects += saveDraft()
        }
        if let until = undo?.until, now.wall > until {
            undo = nil
            effects.append(.readUndoable)
        }
        if finishingTime == .zero { effects += giveUpFinishing() }
        effects += tendLease() + tendDispatch()
        tendWatch()
        tendPastime()
        return effects
    }

    private mutating func tendContent() -> [Effect] {
        guard isUncovered else { return [] }
        if now.monotonic - lastKeyAt >= limits.autoCover {
            return cover(.idle, saying: words.coveredByIdling) + saveDraft()
        }
        guard now.monotonic - lastBeatAt >= limits.beat else { return [] }
        lastBeatAt = now.monotonic
        return [.beat, .readWaiting, .lead(.readAsked)]
    }

    /// Holds what is in hand while somebody works on it; an abandoned post lapses.
    private mutating func tendLease() -> [Effect] {
        let isAtWork = isUncovered || now.monotonic - lastKeyAt < Self.renewal
        guard hand != nil, isAtWork, now.monotonic - lastRenewAt >= Self.renewal else { return [] }
        lastRenewAt = now.monotonic
        return [.renew]
    }

    /// The time to finish after a limit is over: the post goes back with its draft.
    private mutating func giveUpFinishing() -> [Effect] {
        let effects = letGoOfAll(because: .limit)
        news = News(text: words.returnedAtLimit, role: .warning)
        return effects + show(.ended) + [.readStanding]
    }

    static let draftPause: Duration = .seconds(1)
    static let renewal: Duration = .seconds(60)

    /// How long nothing needs doing unless something happens; `nil` for ever.
    var timeToNextTask: Duration? {
        var times: [Duration] = []
        if isUncovered {
            times.append(lastBeatAt + limits.beat - now.monotonic)
            times.append(lastKeyAt + limits.autoCover - now.monotonic)
        }
        if let changed = hand?.changedAt { times.append(changed + Self.draftPause - now.monotonic) }
        if screen == .review, let until = undo?.until { times.append(toNextSecond(of: until)) }
        if screen != .review, let until = undo?.until { times.append(until - now.wall + .milliseconds(1)) }
        if let finishingTime { times.append(finishingTime < .seconds(1) ? finishingTime : .seconds(1)) }
        if screen == .pause, let left = breakTimeLeft, left > .zero {
            times.append(left > .seconds(60) ? toNextMinute(left) : toNextSecond(of: now.wall + left))
        }
        if let time = timeToNextInWatch { times.append(time) }
        if let time = timeToNextInDispatch { times.append(time) }
        if let time = timeToNextInPastime { times.append(time) }
        return times.min().map { max(.milliseconds(5), $0) }
    }

    /// Until the seconds that are left change; a moment more, so that they have.
    private func toNextSecond(of end: Timestamp) -> Duration {
        let left = (end - now.wall).wholeMilliseconds
        return .milliseconds(left <= 0 ? 1 : left % 1000 + 1)
    }

    private func toNextMinute(_ left: Duration) -> Duration {
        .milliseconds(left.wholeMilliseconds % 60_000 + 1)
    }

    /// How long the break must still last; zero when work may go on, `nil` outside a break.
    var breakTimeLeft: Duration? {
        guard case .onBreak(let until) = standing?.availability else { return nil }
        return max(.zero, until - now.wall)
    }
}
