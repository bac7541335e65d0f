import Desk
import Moderation
import TerminalKit

/// Posts that say the same, and what a lead is told of giving posts out.
extension ConsoleState {
    /// How long no key is pressed before the desk's work beside is done.
    static let idling: Duration = .seconds(2)
    /// How often a lead's screen asks whether urgent posts wait for nobody.
    static let watching: Duration = .seconds(30)

    /// What is due: asking who else says the same, the desk's work beside, and the lead's news.
    mutating func tendDispatch() -> [Effect] {
        if let hand, !hand.isAlikeAsked, screen == .review, role == .moderator {
            self.hand?.isAlikeAsked = true
            lastTendAt = now.monotonic
            return [.tendDesk, .readAlike(hand.card.post)]
        }
        guard let time = timeToNextInDispatch, time <= .zero else { return [] }
        lastTendAt = now.monotonic
        return role == .lead ? [.readDispatch] : [.tendDesk]
    }

    /// How long until the desk's work beside, or the lead's news, is due; `nil` when nothing is.
    var timeToNextInDispatch: Duration? {
        if role == .lead, screen == .team { return lastTendAt + Self.watching - now.monotonic }
        guard role == .moderator, isMoreToTend, screen == .review || screen == .start else { return nil }
        return max(lastTendAt + .seconds(1), lastKeyAt + Self.idling) - now.monotonic
    }

    mutating func takeDispatch(_ answer: Answer) {
        switch answer {
        case .alike(let post, let group):
            if hand?.card.post == post { hand?.alike = group }
        case .tended(let isMore): isMoreToTend = isMore
        case .dispatch(let new):
            let isWorse = new.unserved.count > (dispatch?.unserved.count ?? 0)
            dispatch = new
            lastTendAt = now.monotonic
            if isWorse { news = News(text: words.unservedNow(new.unserved.count), role: .danger) }
        default: break
        }
    }

    // MARK: Deciding for a group

    /// Asks whether the decision goes for the others that say the same; `nil` when there is nothing to ask.
    mutating func askAlike(_ action: Action) -> [Effect]? {
        guard let group = hand?.alike, group.count > 0, !action.isHardToReverse else { return nil }
        noteChange()
        overlay = .alike(action, selected: 0)
        return []
    }

    /// What can be chosen: this post alone, those that are identical, all.
    var alikeChoices: [(text: String, posts: [PostID])] {
        guard let group = hand?.alike else { return [] }
        let identical = group.identical
        let both = !identical.isEmpty && identical.count < group.count
        let some = both ? [(words.alikeIdentical(identical.count), identical.map(\.post))] : []
        return [(words.alikeOnlyThis, [])] + some
            + [(words.alikeAll(group.count), group.posts.map(\.post))]
    }

    /// How many there are, and what differs among them.
    var alikeText: [String] {
        guard let group = hand?.alike else { return [] }
        let identical = group.identical.count
        var lines = [
            words.alikeCount(identical: identical, near: group.count - identical),
            words.alikeDiffers(
                languages: group.languages, communities: group.communities, authors: group.authors),
        ]
        if group.leftOut > 0 { lines.append(words.alikeLeftOut(group.leftOut)) }
        return lines + [words.alikeMeans]
    }

    mutating func acceptAlike(_ action: Action, _ selected: Int) -> [Effect] {
        let choices = alikeChoices
        overlay = nil
        guard choices.indices.contains(selected) else { return [] }
        return record(action, alike: choices[selected].posts)
    }
}
