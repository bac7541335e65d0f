import Desk
import Exposure
import Moderation
import PolicyEngine
import TerminalKit

/// Where the parts of the Watch screen stand.
struct WatchLayout {
    let head: Rect
    let clock: Rect
    let rule: Rect
    /// The post of the moment.
    let post: Rect
    /// What happened, event by event.
    let events: Rect

    init(body: Rect, isLooking: Bool) {
        let top = body.splitTop(2)
        head = top.top.line(0)
        clock = top.top.line(1)
        let ruled = top.rest.splitTop(1)
        rule = ruled.top
        if body.width >= 110 {
            let (left, right) = ruled.rest.splitLeft(body.width * 11 / 20, gap: 2)
            events = left
            post = right
        } else {
            let height = ruled.rest.height
            // What is looked at needs the room.
            let parts = ruled.rest.splitTop(isLooking ? max(3, height - 4) : min(7, height / 2))
            post = parts.top
            events = parts.rest
        }
    }
}

/// An auditor's screen: a shift as it happened, played, stepped through or searched; all of it covered.
struct WatchScreen {
    let state: ConsoleState
    let look: Look
    private var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        guard let watch = state.watch else { return }
        let layout = WatchLayout(body: block, isLooking: watch.words != nil)
        frame.draw(joined(head(watch)), on: layout.head, look: look)
        drawClock(watch, on: &frame, in: layout.clock)
        drawRule(watch, on: &frame, in: layout.rule)
        let lines = watch.words == nil ? postLines(watch, width: layout.post.width) : lookedLines(watch)
        frame.draw(lines.flatMap { $0.wrapped(to: layout.post.width) }, in: layout.post, look: look)
        drawEvents(watch, on: &frame, in: layout.events)
    }

    // MARK: Head

    private func head(_ watch: WatchView) -> [Line] {
        let timeline = watch.timeline
        func moment(_ moment: Timestamp) -> String {
            words.moment(moment, now: state.now.wall, offset: state.utcOffset)
        }
        let ended = timeline.endedAt.map(moment) ?? words.stillOpen
        return [
            Line(words.replayTitle, .title), Line(words.readOnly, .accent),
            Line(SafeText(timeline.person.rawValue).truncated(to: 20)),
            Line(SafeText("\(moment(timeline.startedAt)) – \(ended)")),
        ]
    }

    private func drawClock(_ watch: WatchView, on frame: inout Frame, in line: Rect) {
        let player = watch.player
        let sign: SafeText =
            player.isPlaying
            ? look.lines == .ascii ? ">" : "▶" : look.lines == .ascii ? "=" : "‖"
        let word = player.isPlaying ? words.playingWord : words.pausedWord
        let here = words.position(words.offset(player.position), words.offset(player.length))
        let head = SafeText("\(word) ×\(player.speed)  \(here) ")
        let tail = SafeText(words.eventOf(player.index + 1, player.offsets.count))
        var place = line.origin
        let role: TerminalKit.Role = player.isPlaying ? .accent : .text
        place.column = frame.put(
            SafeText.joined([sign, head], separator: " "), at: place, role: role, theme: look.theme,
            maxWidth: line.width)
        let room = line.endColumn - place.column - tail.width - 1
        if room >= 6 {
            let length = max(1, player.length.wholeMilliseconds)
            let full = Int(player.position.wholeMilliseconds * Int64(room) / length)
            let (done, rest): (SafeText, SafeText) = look.lines == .ascii ? ("#", ".") : ("█", "░")
            let pieces = [
                Line(SafeText.joined(Array(repeating: done, count: min(room, full))), .gauge),
                Line(SafeText.joined(Array(repeating: rest, count: max(0, room - full))), .gaugeRest),
            ]
            frame.draw(
                pieces, on: Rect(row: line.row, column: place.column, height: 1, width: room), look: look)
            place.column += room + 1
        }
        frame.put(
            tail, at: place, role: .muted, theme: look.theme, maxWidth: max(0, line.endColumn - place.column))
    }

    private func drawRule(_ watch: WatchView, on frame: inout Frame, in line: Rect) {
        frame.hline(at: line.origin, length: line.width, style: look.theme[.border], lines: look.lines)
        let pieces = [Line(" ", .border)] + status(watch) + [Line(" ")]
        frame.draw(pieces, on: line.inset(columns: 1), look: look)
    }

    /// Whether the person had anything uncovered at this moment, and for how long.
    private func status(_ watch: WatchView) -> [Line] {
        var pieces: [Line] = []
        if let post = watch.post {
            let hazard = post.evaluation?.hazard ?? .none
            pieces.append(Line("\(look.glyph(hazard)) \(SafeText(words.hazard(hazard)))", look.role(hazard)))
            pieces.append(Line(" · "))
        }
        if let open = watch.timeline.openLook(at: watch.player.index) {
            let time = words.seconds(watch.player.position - open.since)
            pieces.append(Line(SafeText(words.shownFor(time)), .warning))
        } else {
            pieces.append(Line(words.coveredThen))
        }
        if let name = watch.post?.name {
            pieces.append(Line(" · "))
            pieces.append(Line(SafeText(name.post.rawValue).truncated(to: 10), .muted))
            pieces.append(Line(SafeText(" " + words.stoodThere(name.version, name.bundle.short)), .muted))
        }
        return pieces
    }

    // MARK: The post

    /// What stood there: the calm line, the recommendation, the findings; never a word of the post.
    private func postLines(_ watch: WatchView, width: Int) -> [Line] {
        guard let post = watch.post else { return [Line(words.noPostNow, .muted)] }
        let neutral = post.neutralLines[state.language.rawValue] ?? post.neutralLines["en"] ?? ""
        var lines: [Line] = []
        if post.isErased {
            lines.append(Line(words.erased, .muted))
        } else {
            let facts = [
                post.source, post.language ?? words.noLanguage, words.flags(post.flagCount, trusted: 0),
            ]
            lines.append(Line(SafeText(facts.joined(separator: " · ")).truncated(to: width), .muted))
            if !neutral.isEmpty { lines.append(Line(SafeText(neutral))) }
        }
        guard let evaluation = post.evaluation else { return lines + [Line(words.notKept, .muted)] }
        lines.append(advice(evaluation, watch.timeline.bundles[post.name.bundle]))
        lines += evaluation.findings.map { finding in
            let action = finding.recommends.map { words.recommends(words.action($0)) } ?? words.informs
            return Line(SafeText("\(finding.rule) · \(words.hazard(finding.hazard)) · \(action)"))
        }
        if evaluation.findings.isEmpty { lines.append(Line(words.nothingFound, .muted)) }
        if !post.isErased { lines.append(Line(words.coveredForYou, .muted)) }
        return lines
    }

    private func advice(_ evaluation: Evaluation, _ bundle: CaseBundle?) -> Line {
        guard let advice = evaluation.recommendation else { return Line(words.noRecommendation) }
        let policy = bundle?.bundle.policy(advice.policy)?.title.text(in: state.language.rawValue)
        return Line(
            SafeText(words.recommended(words.action(advice.action), policy ?? advice.policy.rawValue)),
            .accent)
    }

    private func lookedLines(_ watch: WatchView) -> [Line] {
        guard let shown = watch.words else { return [] }
        return Array(shown.lines.prefix(watch.shownLineCount).dropFirst(watch.line))
    }

    // MARK: Events

    private func drawEvents(_ watch: WatchView, on frame: inout Frame, in block: Rect) {
        guard block.height > 0 else { return }
        let events = watch.timeline.events
        let here = watch.player.index
        // The moment stands in the middle, what is still to come below it.
        let top = Table.scroll(around: here, count: events.count, height: block.height)
        let rows = events.dropFirst(top).prefix(block.height).enumerated().map { place, event in
            let cells = [
                words.offset(event.offset), words.fact(event),
                event.post.map { String($0.rawValue.prefix(6)) } ?? "",
                words.detail(event),
            ]
            return Table.Row(
                cells.map { SafeText($0) },
                role: top + place > here ? .muted : event.isDecision ? .accent : .text)
        }
        Table(
            columns: [
                Table.Column(width: 8), Table.Column(width: 13), Table.Column(width: 6), Table.Column(),
            ],
            rows: Array(rows), selected: events.isEmpty ? nil : here - top
        ).draw(on: &frame, in: block, first: 0, theme: look.theme, lines: look.lines)
    }

    // MARK: Line by line

    func linearLines() -> [Line] {
        guard let watch = state.watch else { return [] }
        var lines = [Line(SafeText.joined(head(watch).map(\.text), separator: " · "))]
        lines.append(Line(words.eventOf(watch.player.index + 1, watch.player.offsets.count)))
        if let event = watch.event {
            let post = event.post?.rawValue ?? ""
            let pieces = [words.offset(event.offset), words.fact(event), post, words.detail(event)]
            lines.append(Line(SafeText(pieces.filter { !$0.isEmpty }.joined(separator: " · "))))
        }
        guard watch.post != nil else { return lines }
        return lines + (watch.words == nil ? postLines(watch, width: 400) : lookedLines(watch))
    }
}

extension ConsoleState {
    /// Lays out what the watcher has uncovered for the size of the screen.
    mutating func layOutWatchedWords() {
        guard let watch, let shown = watch.words else { return }
        let layout = WatchLayout(body: ScreenParts(self).body, isLooking: true)
        let picture = ContentPicture(
            content: shown.content, findings: watch.post?.evaluation?.findings ?? [], words: words,
            width: layout.post.width - 1)
        self.watch?.words?.lines = picture.lines(withThread: true)
        self.watch?.line = min(watch.line, max(0, watch.shownLineCount - 1))
    }
}
