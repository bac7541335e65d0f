import Exposure
import Moderation

extension Standing {
    /// Why the post in hand may not be decided any more: a limit was reached longer ago than finishing takes.
    var refusalToFinish: Refusal? {
        guard let cap, latest >= cap.reachedAt + limits.finishInHand else { return nil }
        return .capped(cap.reason, resumeAt: cap.resumeAt)
    }

    /// The refusal that tells of a limit which asks to cover.
    func refusal(because reason: LimitReason) -> Refusal {
        let resumeAt = cap?.resumeAt ?? now
        switch reason {
        case .daily, .personal, .weekly, .ceiling: return .capped(reason, resumeAt: resumeAt)
        case .continuous, .longBreak:
            return .breakDue(reason, until: now + (breakDue?.length ?? limits.breakLength))
        case .lastHour: return .lastHour(resumeAt: now + limits.rest)
        case .runOfSevere: return .runOfSevere(lighterOwed: lighterOwed)
        case .shiftLength, .shiftHard: return .shiftOver(reason, resumeAt: now + limits.rest)
        case .idle: return .onBreak(until: now)
        }
    }
}
