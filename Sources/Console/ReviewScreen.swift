import Desk
import Moderation
import TerminalKit

/// Where the parts of the Review screen stand.
struct ReviewLayout {
    let facts: Rect
    let rule: Rect
    let text: Rect
    let advice: Rect
    let status: Rect
    /// Beside the post, on wide screens: findings, guidance and thread.
    let side: Rect?

    init(_ state: ConsoleState, body: Rect) {
        let isLow = state.size.rows < 20
        var main = body
        if body.width >= 110 {
            let sides = body.splitRight(max(38, body.width / 3))
            main = sides.rest
            side = sides.right
        } else {
            side = nil
        }
        let top = main.splitTop(isLow ? 1 : 3)
        facts = top.top
        let ruled = top.rest.splitTop(1)
        rule = ruled.top
        let below = ruled.rest.splitBottom(1)
        status = below.bottom
        let advised = below.rest.splitBottom(isLow ? 1 : 2)
        advice = advised.bottom
        text = advised.rest
    }
}

extension Rect {
    /// What is left of the last columns and a gap, and these.
    fileprivate func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
        let (left, right) = splitLeft(max(0, width - columns - 1), gap: 1)
        return (left, right)
    }
}

/// A post in hand: covered at first, with its facts, what the rules say, and the keys to decide.
struct ReviewScreen {
    let state: ConsoleState
    let look: Look
    var words: Messages { state.words }

    func draw(on frame: inout Frame, in block: Rect) {
        guard let hand = state.hand else {
            drawEmpty(on: &frame, in: block)
            return
        }
        let layout = ReviewLayout(state, body: block)
        frame.draw(facts(hand.card, width: layout.facts.width), in: layout.facts, look: look)
        drawRule(hand, on: &frame, in: layout.rule)
        if hand.words == nil {
            drawCovered(hand.card, on: &frame, in: layout.text)
        } else {
            drawUncovered(hand, on: &frame, in: layout.text)
        }
        frame.draw(
            advice(hand).map { Line($0.text.truncated(to: layout.advice.width), $0.role) },
            in: layout.advice, look: look)
        drawStatus(on: &frame, in: layout.status)
        if let side = layout.side { drawSide(hand, on: &frame, in: side) }
    }

    private func drawEmpty(on frame: inout Frame, in block: Rect) {
        let inside = block.centered(height: 4, width: min(block.width - 4, 64))
        let key = state.keymap.label(.startReview, state.language)
        var lines: [Line] = []
        if let elsewhere = state.waitingElsewhere { lines.append(Line(words.nothingFits(elsewhere))) }
        lines.append(Line(state.waitingElsewhere == nil ? words.nothingInHand : words.lookAgain(key), .muted))
        frame.draw(lines.flatMap { $0.wrapped(to: inside.width) }, in: inside, look: look)
        drawStatus(on: &frame, in: block.line(block.height - 1))
        frame.cursor = inside.origin
    }

    // MARK: Facts

    /// Source, author, flags; one line when there is little room.
    func facts(_ card: CaseCard, width: Int) -> [Line] {
        [place(card), author(card), flags(card)].map { pieces in
            let text = SafeText.joined(pieces, separator: " · ")
            return Line(text.truncated(to: width))
        }
    }

    private func place(_ card: CaseCard) -> [SafeText] {
        let now = state.now.wall
        var pieces = [SafeText(card.source).truncated(to: 30)]
        if let community = card.community { pieces.append(SafeText(community).truncated(to: 24)) }
        pieces.append(SafeText(card.kind).truncated(to: 12))
        pieces.append(SafeText(card.language ?? words.noLanguage).truncated(to: 12))
        pieces.append(SafeText(words.age(words.span(now - (card.createdAt ?? card.takenInAt)))))
        if let deadline = card.deadline {
            pieces.append(SafeText(deadline < now ? words.overdue : words.due(words.span(deadline - now))))
        }
        return pieces
    }

    private func author(_ card: CaseCard) -> [SafeText] {
        let author = card.author
        let name = author.handle ?? author.displayName ?? words.unknownAuthor
        var pieces = [SafeText(words.by(name)).truncated(to: 32)]
        if let made = author.accountCreatedAt {
            pieces.append(SafeText(words.account(words.span(state.now.wall - made))))
        }
        if let removals = author.earlierRemovals { pieces.append(SafeText(words.removals(removals))) }
        if let flags = author.earlierFlags { pieces.append(SafeText(words.flagsBefore(flags))) }
        return pieces
    }

    private func flags(_ card: CaseCard) -> [SafeText] {
        let trusted = card.flags.count { $0.isTrusted }
        var reasons: [String] = []
        for flag in card.flags where !reasons.contains(flag.reason) && reasons.count < 3 {
            reasons.append(flag.reason)
        }
        let list = SafeText.joined(reasons.map { SafeText($0).truncated(to: 24) }, separator: ", ")
        let head = SafeText(words.flags(card.flags.count, trusted: trusted))
        var pieces = [list.isEmpty ? head : "\(head)\(SafeText(words.colon)) \(list)"]
        if card.threadCount > 0 { pieces.append(SafeText(words.thread(card.threadCount))) }
        if card.linkCount > 0 { pieces.append(SafeText(words.links(card.linkCount))) }
        if card.mediaCount > 0 { pieces.append(SafeText(words.media(card.mediaCount))) }
        pieces.append(SafeText(words.size(card.textLength)))
        if let group = state.hand?.alike, state.hand?.card.post == card.post, group.count > 0 {
            pieces.insert(SafeText(words.alikeLine(group.count, identical: group.identical.count)), at: 0)
        }
        return pieces
    }

    // MARK: The post

    private func drawRule(_ hand: Hand, on frame: inout Frame, in line: Rect) {
        frame.hline(at: line.origin, length: line.width, style: look.theme[.border], lines: look.lines)
        let card = hand.card
        let since = words.inHand(
            since: words.moment(card.claimedAt, now: state.now.wall, offset: state.utcOffset))
        let hazard = "\(look.glyph(card.hazard)) \(words.hazard(card.hazard))"
        var pieces = [
            Line(" ", .border), Line(SafeText(hazard), look.role(card.hazard)),
            Line(" · \(coverWord(hand)) · "),
            Line(SafeText(card.post.rawValue).truncated(to: 10), .muted),
        ]
        let used = pieces.reduce(0) { $0 + $1.text.width }
        let tail = Line(" · \(since) ", .muted)
        pieces.append(used + tail.text.width < line.width - 1 ? tail : Line(" "))
        frame.draw(pieces, on: line.inset(columns: 1), look: look)
    }

    func coverWord(_ hand: Hand) -> String {
        guard hand.words != nil else { return words.covered }
        guard hand.card.isByLine else { return words.uncoveredWord }
        return words.lineByLine(state.shownLineCount, state.contentLineCount)
    }

    func coveredLines(_ card: CaseCard) -> [Line] {
        let neutral = card.neutralLines[state.language.rawValue] ?? card.neutralLines["en"] ?? ""
        let key = state.keymap.label(.uncover, state.language)
        let line = state.keymap.label(.uncoverLine, state.language)
        if card.isErased { return [Line(neutral), .blank, Line(words.erased, .muted)] }
        return [
            Line(neutral), .blank,
            Line(card.isByLine ? words.howToUncoverByLine(key, line) : words.howToUncover(key), .muted),
            Line(words.decideCovered, .muted),
        ]
    }

    private func drawCovered(_ card: CaseCard, on frame: inout Frame, in block: Rect) {
        let inside = block.inset(rows: block.height > 6 ? 2 : 0, columns: 2)
        frame.draw(coveredLines(card).flatMap { $0.wrapped(to: inside.width) }, in: inside, look: look)
        frame.cursor = inside.origin
    }

    private func drawUncovered(_ hand: Hand, on frame: inout Frame, in block: Rect) {
        let lines = Array((hand.words?.lines ?? []).prefix(state.shownLineCount))
        let first = min(max(0, hand.line - block.height / 2), max(0, lines.count - block.height))
        let inside = block.splitLeft(2).rest
        frame.draw(lines.dropFirst(first), in: inside, look: look)
        let row = block.line(hand.line - first)
        guard !row.isEmpty else { return }
        frame.put(look.lines.pointer, at: row.origin, role: .accent, theme: look.theme, maxWidth: 1)
        frame.cursor = row.origin
    }

    // MARK: Advice and status

    /// The recommendation and why; what the decision will cite; the note.
    func advice(_ hand: Hand) -> [Line] {
        var lines: [Line] = []
        let card = hand.card
        if let advice = card.evaluation.recommendation {
            let title = card.policy(advice.policy)?.title(state.language) ?? advice.policy.rawValue
            let name = card.rule(advice.rule)?.title(state.language) ?? advice.rule.rawValue
            let rule = SafeText(words.because(name))
            lines.append(Line("\(words.recommended(words.action(advice.action), title)) (\(rule))", .accent))
        } else {
            lines.append(Line(words.noRecommendation, .muted))
        }
        let title = hand.policy.map { card.policy($0)?.title(state.language) ?? $0.rawValue }
        let found = words.findings(card.evaluation.findings.count)
        let draft = hand.action.map { SafeText(words.draftIs(words.action($0))) + " · " } ?? .empty
        let note = hand.note.isEmpty ? SafeText.empty : " · \(SafeText(words.noteIs(hand.note)))"
        lines.append(
            Line(
                draft + "\(SafeText(title.map(words.cites) ?? words.citesNothing)) · \(SafeText(found))"
                    + note))
        return lines
    }

    private func drawStatus(on frame: inout Frame, in line: Rect) {
        frame.draw(joined(status()), on: line, look: look)
    }

    /// Time to finish after a limit, the decision that can be undone, and posts that came meanwhile.
    func status() -> [Line] {
        var pieces: [Line] = []
        if let left = state.finishingTime {
            let release = state.keymap.label(.release, state.language)
            pieces.append(Line(words.finishing(words.clock(left), release: release), .warning))
        }
        if let undo = state.undo {
            let left = undo.until.map { max(0, ($0 - state.now.wall).wholeMilliseconds + 999) / 1000 }
            let key = state.keymap.label(.undo, state.language)
            pieces.append(Line(words.undoLine(undo.action, key: key, seconds: left), .accent))
        }
        if state.newPosts > 0 { pieces.append(Line(words.newPosts(state.newPosts), .muted)) }
        return pieces
    }

    // MARK: Beside the post

    private func drawSide(_ hand: Hand, on frame: inout Frame, in block: Rect) {
        frame.vline(
            at: Position(row: block.row, column: block.column - 1), length: block.height,
            style: look.theme[.border], lines: look.lines)
        let inside = block.splitLeft(1).rest
        var lines = [Line(words.findingsTitle, .title)] + findingLines(hand.card, words, state.language)
        if let thread = hand.words?.threadLines, !thread.isEmpty {
            lines += [.blank, Line(words.threadTitle, .title)] + thread
        }
        if let policy = hand.policy.flatMap(hand.card.policy) {
            lines += [.blank, Line(words.guidanceTitle(policy.title(state.language)), .title)]
            lines += SafeText.lines(of: policy.guidance(state.language)).map { Line($0) }
        }
        frame.draw(lines.flatMap { $0.wrapped(to: inside.width) }, in: inside, look: look)
    }
}

/// What the rules found, in lines: rule, policy, hazard, and each piece of evidence without quoting it.
func findingLines(_ card: CaseCard, _ words: Messages, _ language: Language) -> [Line] {
    let findings = card.evaluation.findings
    guard !findings.isEmpty else { return [Line(words.nothingFound, .muted)] }
    return findings.flatMap { finding -> [Line] in
        let title = card.policy(finding.policy)?.title(language) ?? finding.policy.rawValue
        let rule = card.rule(finding.rule)
        let name = rule?.title(language) ?? finding.rule.rawValue
        let head = words.finding(name, title, words.hazard(finding.hazard))
        let why = rule?.why(language).map { [Line(SafeText("  " + $0))] } ?? []
        let mistakes =
            rule?.mistakes(language).map { [Line(SafeText("  " + words.mistakes($0)), .muted)] } ?? []
        let advice = finding.recommends.map { words.recommends(words.action($0)) } ?? words.informs
        let evidence = finding.evidence.prefix(8).map { piece in
            let range = piece.range.map { words.characters($0.lowerBound + 1, $0.upperBound) } ?? ""
            return Line(SafeText("  " + words.evidence(piece.field, piece.test, range)), .muted)
        }
        return [Line(SafeText(head), .accent)] + why + [Line(SafeText("  \(advice) (\(finding.rule))"))]
            + evidence + mistakes
    }
}
