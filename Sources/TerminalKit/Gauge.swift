/// How much of something is used: figure, bar, sign and word, so that colour is never needed to read it.
///
///     Gauge(label: "Dose", figure: "62 %", perMille: 620, level: .notice, word: "past half")
///     // Dose 62 % ██████████░░░░░░ ◆ past half
public struct Gauge: Hashable, Sendable {
    /// How near the limit is.
    public enum Level: Hashable, Sendable, CaseIterable {
        case calm, notice, high, over
    }

    /// What is measured.
    public var label: SafeText
    /// The amount, written out.
    public var figure: SafeText
    /// The filled part in thousandths; anything over 1000 fills the bar.
    public var perMille: Int
    /// How near the limit is.
    public var level: Level
    /// The level in words.
    public var word: SafeText

    /// Makes a gauge.
    public init(label: SafeText, figure: SafeText, perMille: Int, level: Level, word: SafeText) {
        self.label = label
        self.figure = figure
        self.perMille = perMille
        self.level = level
        self.word = word
    }

    /// Draws it on the first row of the block; the bar takes what is left, and goes first when there is too
    /// little.
    public func draw(on frame: inout Frame, in block: Rect, theme: Theme, lines: LineDrawing = .unicode) {
        guard !block.isEmpty else { return }
        let words = [label, figure].filter { !$0.isEmpty }
        let head = SafeText.joined(words, separator: " ")
        let tail = SafeText.joined([sign(lines), word].filter { !$0.isEmpty }, separator: " ")
        let room = block.width - head.width - tail.width - 2
        var place = block.origin
        func put(_ text: SafeText, _ role: Role) {
            place.column = frame.put(
                text, at: place, role: role, theme: theme, maxWidth: block.endColumn - place.column)
        }
        put(head.truncated(to: block.width), .text)
        put(" ", .text)
        if room >= 4 {
            let full = min(room, max(0, perMille) * room / 1000)
            put(repeated(lines.bar.full, full), level == .calm || level == .notice ? .gauge : .gaugeHigh)
            put(repeated(lines.bar.empty, room - full), .gaugeRest)
            put(" ", .text)
        }
        put(tail.truncated(to: max(0, block.endColumn - place.column)), level == .over ? .warning : .text)
    }

    private func sign(_ lines: LineDrawing) -> SafeText {
        switch level {
        case .calm: lines == .unicode ? "○" : "o"
        case .notice: lines == .unicode ? "◆" : "*"
        case .high: lines == .unicode ? "▲" : "^"
        case .over: lines == .unicode ? "■" : "X"
        }
    }

    private func repeated(_ text: SafeText, _ count: Int) -> SafeText {
        SafeText.joined(Array(repeating: text, count: max(0, count)))
    }
}
