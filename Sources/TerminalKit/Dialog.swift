/// A box in the middle of the screen with a question and its answers, one of them selected.
public struct Dialog: Hashable, Sendable {
    /// What stands in its top line.
    public var title: SafeText
    /// What it says; wrapped to its width.
    public var body: [SafeText]
    /// The answers, top to bottom; none makes it a message.
    public var choices: [SafeText]
    /// Which answer is selected; let it be the harmless one at first.
    public var selected: Int
    /// Keys that work in it, in its last line.
    public var hint: SafeText

    /// Makes a dialog.
    public init(
        title: SafeText, body: [SafeText], choices: [SafeText] = [], selected: Int = 0,
        hint: SafeText = .empty
    ) {
        self.title = title
        self.body = body
        self.choices = choices
        self.selected = selected
        self.hint = hint
    }

    /// Draws it over what is there, at most so wide; answers and hint go before the body when rows are few.
    ///
    /// - Returns: the block inside its box.
    @discardableResult
    public func draw(
        on frame: inout Frame, in block: Rect, width: Int = 60, theme: Theme, lines: LineDrawing = .unicode
    ) -> Rect {
        let inner = max(0, min(width, block.width) - 4)
        let text = body.flatMap { $0.wrapped(to: inner) }
        let extra = (choices.isEmpty ? 0 : choices.count + 1) + (hint.isEmpty ? 0 : 1)
        let place = block.centered(height: text.count + extra + 2, width: min(width, block.width))
        frame.fill(place, style: theme[.text])
        let inside = frame.box(
            place, title: title, style: theme[.border], titleStyle: theme[.title], lines: lines
        ).inset(columns: 1)
        let (upper, hintLine) = inside.splitBottom(hint.isEmpty ? 0 : 1)
        let (words, answers) = upper.splitBottom(choices.isEmpty ? 0 : choices.count)
        Paragraph(lines: text).draw(on: &frame, in: words, theme: theme)
        if !choices.isEmpty {
            Table(list: choices, selected: selected).draw(on: &frame, in: answers, theme: theme, lines: lines)
        }
        frame.put(
            hint.truncated(to: hintLine.width), at: hintLine.origin, role: .muted, theme: theme,
            maxWidth: hintLine.isEmpty ? 0 : hintLine.width)
        return inside
    }
}
