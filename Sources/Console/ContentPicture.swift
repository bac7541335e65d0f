import Moderation
import TerminalKit

/// The words of a post as lines: title, text, links, media and thread, with evidence underlined.
struct ContentPicture {
    let content: FlaggedPost
    let findings: [Finding]
    let words: Messages
    let width: Int

    /// All of it, the thread too unless that stands elsewhere.
    func lines(withThread: Bool) -> [Line] {
        var lines: [Line] = []
        if let title = content.title, !title.isEmpty {
            lines += text(title, field: "title", role: .title)
        }
        lines += content.body.isEmpty ? [Line(words.emptyPost, .muted)] : text(content.body, field: "body")
        if !content.links.isEmpty {
            lines += [.blank, Line(words.linksTitle, .muted)]
            for (index, link) in content.links.enumerated() {
                lines += text(link.url, field: "link", element: index)
            }
        }
        if !content.media.isEmpty {
            lines += [.blank, Line(words.mediaTitle, .muted)]
            for (index, media) in content.media.enumerated() { lines += picture(of: media, index) }
        }
        if withThread, !content.thread.isEmpty {
            lines += [.blank, Line(words.threadTitle, .muted)] + thread()
        }
        return lines
    }

    /// The posts above, outermost first.
    func thread() -> [Line] {
        content.thread.enumerated().flatMap { index, post in
            let author = Line(SafeText(post.author ?? words.unknownAuthor), .accent).wrapped(to: width)
            return author + text(post.body, field: "thread", element: index)
        }
    }

    private func picture(of media: Media, _ index: Int) -> [Line] {
        let kind = SafeText(media.kind)
        guard let alt = media.altText, !alt.isEmpty else {
            return Line("\(kind)\(words.colon) \(words.noDescription)", .muted).wrapped(to: width)
        }
        return Line(kind, .muted).wrapped(to: width) + text(alt, field: "media", element: index)
    }

    private func text(
        _ original: String, field: String, element: Int = 0, role: TerminalKit.Role = .text
    ) -> [Line] {
        let ranges = evidence(in: field, element: element)
        return SafeText.lines(of: original).flatMap { line in
            line.highlighted(ranges: ranges).wrapped(to: max(1, width)).map { Line($0, role) }
        }
    }

    private func evidence(in field: String, element: Int) -> [Range<Int>] {
        findings.flatMap(\.evidence).compactMap { evidence in
            evidence.field.hasPrefix(field) && evidence.element == element ? evidence.range : nil
        }
    }
}

extension ConsoleState {
    /// Lays the uncovered words out for the size of the screen.
    mutating func layOutWords() {
        layOutWatchedWords()
        guard let hand, let shown = hand.words else { return }
        let layout = ReviewLayout(self, body: ScreenParts(self).body)
        let hasSide = layout.side != nil && !hand.card.isByLine
        func picture(_ width: Int) -> ContentPicture {
            ContentPicture(
                content: shown.content, findings: hand.card.evaluation.findings, words: words, width: width)
        }
        let lines = picture(layout.text.width - 2).lines(withThread: !hasSide)
        let thread = hasSide ? picture((layout.side?.width ?? 2) - 1).thread() : []
        self.hand?.words?.lines = lines
        self.hand?.words?.threadLines = thread
        let count = shownLineCount
        self.hand?.line = min(hand.line, max(0, count - 1))
    }

    /// How many lines there are to uncover.
    var contentLineCount: Int { hand?.words?.lines.count ?? 0 }

    /// How many of them can be seen.
    var shownLineCount: Int {
        guard let hand, isUncovered else { return 0 }
        return hand.card.isByLine ? min(hand.revealed, contentLineCount) : contentLineCount
    }
}
