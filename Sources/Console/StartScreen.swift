import Exposure
import Moderation
import TerminalKit

/// What a person sees before work begins: their dose, the limits, the queue, and why this work exists.
struct StartScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(rows: block.height > 16 ? 1 : 0, columns: 1)
        let width = inside.width >= 100 ? (inside.width - 4) / 2 : inside.width
        frame.cursor = inside.origin
        guard let briefing = state.briefing else {
            frame.draw([Line(words.loading, .muted)], in: inside, look: look)
            return
        }
        let left = head(briefing) + [.blank] + limits(briefing)
        let right = queue(briefing) + [.blank] + purpose(briefing)
        func wrapped(_ lines: [Line]) -> [Line] { lines.flatMap { $0.wrapped(to: width) } }
        if inside.width >= 100 {
            let sides = inside.columns([width, nil], gap: 4)
            frame.draw(wrapped(left), in: sides[0], look: look)
            frame.draw(wrapped(right), in: sides[1], look: look)
        } else {
            let lines = wrapped(left + [.blank] + right)
            let room =
                lines.filter { $0 != .blank }.count > inside.height ? lines.filter { $0 != .blank } : lines
            let fitting = room.count > inside.height ? dropBlanks(room, to: inside.height) : room
            frame.draw(fitting, from: state.selected, in: inside, look: look)
        }
    }

    /// Leaves out blank lines, the last first, until it fits.
    private func dropBlanks(_ lines: [Line], to height: Int) -> [Line] {
        var lines = lines
        while lines.count > height, let place = lines.lastIndex(of: .blank) { lines.remove(at: place) }
        return lines
    }

    func allLines() -> [Line] {
        guard let briefing = state.briefing else { return [Line(words.loading, .muted)] }
        return head(briefing) + limits(briefing) + queue(briefing) + purpose(briefing)
    }

    private func head(_ briefing: Briefing) -> [Line] {
        let enter = state.keymap.label(.startReview, state.language)
        let next = state.isShiftOpen ? words.enterGoesOn(enter) : words.enterStarts(enter)
        let standing = state.standing ?? briefing.standing
        let used = words.used(standing.dayPercent.value, of: standing.dayLimitPercent.value)
        return [
            Line(words.greeting(briefing.person.name), .title),
            Line("\(words.doseToday)\(words.colon) \(used) · \(words.level(standing.notice))"),
            Line(next, .accent),
        ] + state.askedLines + payLines(briefing)
    }

    private func limits(_ briefing: Briefing) -> [Line] {
        let limits = state.limits
        let by = words.limitsBy(
            briefing.limitsSetBy, version: limits.version,
            since: words.day(briefing.limitsSince, offset: state.utcOffset))
        return [
            Line(words.limitsTitle, .title),
            Line(words.limitsLine(limits)),
            Line(words.breaksLine(limits)),
            Line(by, .muted), Line(words.precaution, .muted),
        ]
    }

    func queue(_ briefing: Briefing) -> [Line] {
        var lines = [Line(words.queueTitle(briefing.waitingTotal), .title)]
        for hazard in Hazard.allCases {
            let counts = briefing.waiting.filter { $0.hazard == hazard }
            guard !counts.isEmpty else { continue }
            let total = counts.reduce(0) { $0 + $1.posts }
            let languages = counts.sorted { $0.posts > $1.posts }.map { count in
                SafeText("\(count.language ?? words.noLanguage) \(count.posts)")
            }
            let name = SafeText(words.hazard(hazard)).padded(to: 10)
            let figure = SafeText("\(total)").padded(to: 6, align: .right)
            lines.append(
                Line(
                    "\(look.glyph(hazard)) \(name)\(figure)   \(SafeText.joined(languages, separator: ", "))")
            )
        }
        if briefing.waiting.isEmpty { lines.append(Line(words.queueEmpty, .muted)) }
        if briefing.escalated > 0 { lines.append(Line(words.escalated(briefing.escalated), .muted)) }
        return lines
    }

    private func purpose(_ briefing: Briefing) -> [Line] {
        [
            Line(words.whyTitle, .title),
            Line(words.askedBy(briefing.sources.prefix(4).joined(separator: ", "))),
            Line(words.whatDecisionDoes),
            Line(
                words.decidedToday(
                    mine: briefing.decidedByMe, people: briefing.decidedByPeople,
                    rules: briefing.decidedByRules)),
        ]
    }
}
