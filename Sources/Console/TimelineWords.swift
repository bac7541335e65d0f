public import Desk
import Moderation
import TerminalKit

/// A timeline in the words of the screens, for commands that print it.
public struct TimelineWords: Sendable {
    private let words: Messages

    /// Words in a language.
    public init(language: Language) { words = Messages(language) }

    /// An event in a word or two, such as `decided`.
    public func fact(_ event: TimelineEvent) -> String { words.fact(event) }

    /// What else there is to say of it, such as `keep · as recommended`.
    public func detail(_ event: TimelineEvent) -> String { words.detail(event) }

    /// A line for each event, and what stood there when a post was taken; no word of any post.
    public func lines(of timeline: Timeline) -> [String] {
        var lines = [
            "\(timeline.shift)  \(timeline.person)  \(timeline.startedAt)  "
                + (timeline.endedAt?.rfc3339 ?? words.stillOpen)
        ]
        for event in timeline.events {
            let post = event.post.map { SafeText($0.rawValue).padded(to: 17).plain } ?? ""
            let head = SafeText(words.offset(event.offset)).padded(to: 8, align: .right)
            let fact = SafeText(words.fact(event)).padded(to: 14)
            lines.append("\(head.plain)  \(fact.plain) \(post) \(words.detail(event))")
            if case .claimed = event.fact, let stood = timeline.post(of: event) {
                lines.append("          " + said(stood))
            }
        }
        return lines
    }

    private func said(_ post: TimelinePost) -> String {
        guard let evaluation = post.evaluation else { return words.notKept }
        let found =
            evaluation.findings.isEmpty
            ? words.nothingFound : evaluation.findings.map(\.rule.rawValue).joined(separator: ", ")
        let advice =
            evaluation.recommendation.map { words.recommended(words.action($0.action), $0.policy.rawValue) }
            ?? words.noRecommendation
        let erased = post.isErased ? " · \(words.erased)" : ""
        return "\(words.hazard(evaluation.hazard)) · \(advice) · \(found)\(erased)"
    }
}
