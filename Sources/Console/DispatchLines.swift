import Desk
import Exposure
import Moderation
import TerminalKit

/// What a lead's screen says of giving posts out.
struct DispatchLines {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    /// Urgent posts that nobody present can take: first of all, and in words as well as in colour.
    func unserved() -> [Line] {
        guard let posts = state.dispatch?.unserved, !posts.isEmpty else { return [] }
        let rows = posts.prefix(5).map { post in
            let due = post.deadline.map { deadline in
                deadline < state.now.wall ? words.overdue : words.due(words.span(deadline - state.now.wall))
            }
            let since = words.unservedSince(words.span(state.now.wall - post.since))
            let parts = [
                words.hazard(post.hazard), post.language ?? words.noLanguage, due, since,
                String(post.post.rawValue.prefix(8)),
            ]
            return Line(
                SafeText("  \(look.glyph(post.hazard)) ")
                    + SafeText(parts.compactMap(\.self).joined(separator: " · ")))
        }
        return [Line(words.unservedNow(posts.count), .danger)] + rows
            + [Line(words.unservedAdvice, .muted), .blank]
    }

    /// What was never shown, since its like was decided.
    func saved() -> [Line] {
        let lines = state.dispatch.map { saved($0.saved) } ?? []
        return lines.isEmpty ? [] : [.blank] + lines
    }

    /// The same of any figures; nothing where nothing was.
    func saved(_ saved: ExposureSaved) -> [Line] {
        guard saved.posts > 0 else { return [] }
        var lines = [
            Line(words.savedTitle, .title),
            Line(
                words.saved(
                    saved.posts, percent: saved.dose.percent.value, isLeast: saved.parts == nil,
                    days: saved.days)),
        ]
        for part in saved.parts ?? [] {
            lines.append(
                Line(
                    SafeText(
                        words.savedPart(
                            words.hazard(part.hazard), part.posts, percent: part.dose.percent.value,
                            seconds: part.median.wholeMilliseconds / 1000, isLearned: part.isLearned)),
                    .muted))
        }
        return lines
    }
}
