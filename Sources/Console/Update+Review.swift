import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    mutating func performInReview(_ command: Command) -> [Effect] {
        if let action = command.action { return decide(action) }
        switch command {
        case .uncover, .uncoverLine: return toggleCover(command)
        case .cite: return openPolicies(then: nil)
        case .note:
            if let hand { overlay = .note(InputLine(hand.note)) }
        case .guidance where hand != nil: overlay = .guidance(first: 0)
        case .why where hand != nil: overlay = .why(first: 0)
        case .skip where hand != nil: overlay = .skip(selected: 0)
        case .neverShow where hand != nil: overlay = .never(selected: 0)
        case .notToday where hand != nil: overlay = .own(.notToday(selected: 0))
        case .ruleWrong: return disputeRule()
        case .escalate where hand != nil: overlay = .escalate(InputLine())
        case .release: return release()
        case .takeBreak: return letGoOfAll() + [.startBreak(required: false)]
        case .refresh, .startReview: return hand == nil ? takeNext() : []
        default: break
        }
        return []
    }

    private mutating func toggleCover(_ command: Command) -> [Effect] {
        guard let hand else { return [] }
        guard isUncovered else {
            guard !isTooSmall else { return [] }
            return [.uncover(hand.card.post)]
        }
        if command == .uncover { return cover(.covered, saying: nil) }
        if hand.card.isByLine {
            let count = contentLineCount
            self.hand?.revealed = min(hand.revealed + 1, count)
            let shown = shownLineCount
            self.hand?.line = max(0, shown - 1)
        } else {
            news = News(text: words.allShown, role: .muted)
        }
        return []
    }

    private mutating func release() -> [Effect] {
        guard let hand else { return [] }
        return cover(.released, saying: nil) + saveDraft() + [.release(hand.card.post)]
    }

    /// Forgets the words of a post whose span the desk closed with the act itself.
    mutating func dropWords() {
        hand?.words = nil
        hand?.revealed = 0
        hand?.line = 0
    }

    // MARK: Deciding

    /// Decides, or asks first for what is missing: a policy, or leave for what is hard to reverse.
    mutating func decide(_ action: Action) -> [Effect] {
        guard let hand else {
            news = News(text: words.nothingInHand, role: .muted)
            return []
        }
        self.hand?.action = action
        if action.isRestrictive, !allows(action, hand.policy) {
            if policies(for: action).isEmpty {
                news = News(text: words.noPolicyAllows(action), role: .warning)
                return []
            }
            noteChange()
            return openPolicies(then: action)
        }
        if action.isHardToReverse {
            noteChange()
            overlay = .confirmSuspend(selected: 0)
            return []
        }
        return askAlike(action) ?? record(action)
    }

    /// Hands the decision to the desk; the words are forgotten with it.
    mutating func record(_ action: Action, alike: [PostID] = []) -> [Effect] {
        guard let hand else { return [] }
        let policy = action == .keep && !hand.isPolicyChosen ? nil : hand.policy
        let suggested = hand.card.evaluation.recommendation
        let rule = suggested?.policy == policy ? suggested?.rule : nil
        overlay = nil
        return [
            .decide(
                hand.card.post,
                Verdict(action: action, policy: policy, rule: rule, note: hand.note, alike: alike),
                thenClaim: shelf.isEmpty)
        ]
    }

    /// The policies that provide for an action; all of them for none.
    func policies(for action: Action?) -> [PolicyCard] {
        let all = hand?.card.policies ?? []
        guard let action, action.isRestrictive else { return all }
        return all.filter { $0.actions.contains(action) }
    }

    private func allows(_ action: Action, _ policy: PolicyID?) -> Bool {
        policy.flatMap { hand?.card.policy($0) }?.actions.contains(action) ?? false
    }

    private mutating func openPolicies(then action: Action?) -> [Effect] {
        guard let hand else { return [] }
        let found = policies(for: action)
        let wanted = hand.policy ?? hand.card.evaluation.findings.first?.policy
        overlay = .policies(selected: found.firstIndex { $0.id == wanted } ?? 0, then: action)
        return []
    }

    /// The draft changed; it is kept after a pause in typing.
    mutating func noteChange() {
        guard hand?.isUnsaved == true else { return }
        hand?.changedAt = now.monotonic
    }

    /// Asks for the last decision back.
    mutating func takeBack() -> [Effect] {
        guard let undo else {
            news = News(text: words.nothingToUndo, role: .muted)
            return []
        }
        return cover(.covered, saying: nil) + saveDraft() + [.undo(undo.decision)]
    }
}

extension Hand {
    /// Whether the policy is the person's choice, not the recommendation standing by.
    var isPolicyChosen: Bool { policy != card.evaluation.recommendation?.policy }
}
