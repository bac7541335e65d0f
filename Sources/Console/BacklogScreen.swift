import Desk
import Moderation
import Store
import TerminalKit

/// What waits by hazard, deadline, age and language, and what is foreseen of it.
struct BacklogScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        let inside = block.inset(columns: 1)
        frame.cursor = inside.origin
        guard let page = state.lead.backlog else {
            frame.draw([Line(words.loading, .muted)], in: inside, look: look)
            return
        }
        let lines = table(page) + [languages(page), .blank]
        let split = inside.splitTop(min(lines.count, inside.height))
        frame.draw(lines, in: split.top, look: look)
        drawAhead(page, on: &frame, in: split.rest)
    }

    private func drawAhead(_ page: BacklogPage, on frame: inout Frame, in block: Rect) {
        guard block.height > 5 else { return }
        let parts = block.splitTop(1)
        frame.draw(
            [Line(SafeText(words.aheadTitle(page.ahead)).truncated(to: block.width), .title)], in: parts.top,
            look: look)
        let lower = parts.rest.splitBottom(1)
        frame.draw(
            [Line(SafeText(words.aheadRule).truncated(to: block.width), .muted)], in: lower.bottom, look: look
        )
        chart(page).draw(
            on: &frame,
            in: Rect(
                row: lower.rest.row, column: lower.rest.column, height: min(18, lower.rest.height),
                width: lower.rest.width), theme: look.theme, lines: look.lines)
    }

    private func chart(_ page: BacklogPage) -> LineChart {
        let step = max(1, page.ahead.days / 7)
        return LineChart(
            values: page.ahead.waiting.map { Int64($0) }, unit: SafeText(words.postsUnit),
            ticks: stride(from: 0, to: page.ahead.days, by: step).map {
                LineChart.Tick(at: $0 * 24, SafeText(words.dayTick($0)))
            })
    }

    // MARK: The table

    private func row(_ first: SafeText, _ cells: [String]) -> SafeText {
        SafeText.joined(
            [first.fitted(to: 10)]
                + zip(cells, Self.widths).map { SafeText($0).padded(to: $1, align: .right) },
            separator: " ")
    }

    /// Posts; six times to a deadline; five ages: 78 columns with the hazard.
    private static let widths = [6, 5, 4, 4, 4, 5, 6, 5, 4, 4, 4, 5]

    private func table(_ page: BacklogPage) -> [Line] {
        let heads = words.backlogHeads
        let above = SafeText(heads.deadline).padded(to: 33)
        var lines = [
            Line(words.backlogTitle(page.counts.reduce(0) { $0 + $1.posts }), .title),
            Line("\(SafeText.empty.padded(to: 18))\(above) \(SafeText(heads.age))", .muted),
            Line(row(.empty, [words.postsHeading] + words.deadlineHeadings + words.ageHeadings), .muted),
        ]
        for hazard in Hazard.allCases {
            let counts = page.counts.filter { $0.hazard == hazard }
            guard !counts.isEmpty else { continue }
            lines.append(
                Line(row("\(look.glyph(hazard)) \(SafeText(words.hazard(hazard)))", figures(counts))))
        }
        if page.counts.isEmpty { lines.append(Line(words.queueEmpty, .muted)) }
        return lines
    }

    private func figures(_ counts: [BacklogCount]) -> [String] {
        func sum(_ isMeant: (BacklogCount) -> Bool) -> String {
            let posts = counts.lazy.filter(isMeant).reduce(0) { $0 + $1.posts }
            return posts == 0 ? "·" : posts < 10_000 ? "\(posts)" : "\(posts / 1000)k"
        }
        let deadlines: [Int?] = Array(0...BacklogCount.timesLeft.count) + [nil]
        return [sum { _ in true }] + deadlines.map { place in sum { $0.timeLeft == place } }
            + (0...BacklogCount.ages.count).map { place in sum { $0.age == place } }
    }

    private func languages(_ page: BacklogPage) -> Line {
        var posts: [String: Int] = [:]
        for count in page.counts { posts[count.language ?? words.noLanguage, default: 0] += count.posts }
        let list = posts.mostFirst.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return Line(SafeText(list.isEmpty ? "" : "\(words.languagesWord)\(words.colon) \(list)"), .muted)
    }

    func lines() -> [Line] {
        guard let page = state.lead.backlog else { return [Line(words.loading, .muted)] }
        return table(page) + [languages(page), Line(words.aheadTitle(page.ahead))]
            + stride(from: 0, to: page.ahead.waiting.count, by: 24).map { hour in
                Line("\(words.dayTick(hour / 24)): \(page.ahead.waiting[hour])")
            } + [Line(words.aheadRule)]
    }
}
