import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    /// One calm line with what to do; nothing is lost, and asking again is one key.
    mutating func take(_ fault: Fault, of effect: Effect) -> [Effect] {
        ledger.checked = nil
        replay.done = nil
        if effect.isBeside, fault.lost == nil {
            // What nobody asked for disturbs nobody; it is tried again with the next post.
            isMoreToTend = false
            return []
        }
        if case .save(let draft, let post) = effect, fault.lost == nil {
            return keepUnsaved(draft, post, fault)
        }
        news = News(text: words.fault(fault, of: effect), role: .warning)
        if effect == .own(.stop) { return stoppedWithoutBreak() }
        if let lost = fault.lost {
            owedDrafts[lost] = nil
            shelf.removeAll { $0.post == lost }
            guard hand?.card.post == lost else { return [] }
            let covering = cover(.released, saying: nil)
            hand = nil
            overlay = nil
            waitingElsewhere = nil
            return covering + [.readWaiting]
        }
        // Nothing is looked at that can't be paid for.
        if effect == .beat { return cover(.covered, saying: nil) }
        guard let refusal = fault.refusal else { return [] }
        news = News(text: words.refusal(refusal, offset: utcOffset), role: .warning)
        switch effect {
        case .decide: return cover(.limit, saying: nil) + refusedDecision(refusal)
        case .startShift: return show(.ended) + [.readStanding]
        case .endBreak: return [.readStanding]
        default: return []
        }
    }

    private mutating func refusedDecision(_ refusal: Refusal) -> [Effect] {
        guard case .capped = refusal else { return [] }
        return letGoOfAll(because: .limit) + show(.ended) + [.readStanding]
    }

    /// A draft that the desk couldn't keep stays here, and is offered to it again.
    private mutating func keepUnsaved(_ draft: Draft, _ post: PostID, _ fault: Fault) -> [Effect] {
        // What is said already matters more, such as that a decision was not kept.
        if news?.role != .warning {
            news = News(text: words.fault(fault, of: .save(draft, post)), role: .warning)
        }
        if hand?.card.post == post {
            hand?.changedAt = now.monotonic + Self.draftPatience
        } else {
            owedDrafts[post] = draft
        }
        return []
    }

    /// How much longer than usual a draft waits after the desk couldn't keep it.
    static let draftPatience: Duration = .seconds(4)
}
