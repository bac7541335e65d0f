/// The keys that work here, in one line.
///
/// What doesn't fit is folded into the last hint, which must say how to see all.
public struct Footer: Hashable, Sendable {
    /// A key and what it does.
    public struct Hint: Hashable, Sendable {
        /// The key as written on it.
        public let key: SafeText
        /// What it does, in a word or two.
        public let label: SafeText

        /// Makes a hint.
        public init(_ key: SafeText, _ label: SafeText) {
            self.key = key
            self.label = label
        }

        var width: Int { key.width + 1 + label.width }
    }

    /// The hints, the most needed first.
    public var hints: [Hint]
    /// Shown at the end when hints had to be left out, as in `? more`.
    public var more: Hint

    /// Makes a footer.
    public init(_ hints: [Hint], more: Hint) {
        self.hints = hints
        self.more = more
    }

    /// The hints that fit into a width, with `more` last when some don't.
    public func fitting(_ width: Int) -> [Hint] {
        func total(_ hints: [Hint]) -> Int { hints.reduce(-2) { $0 + $1.width + 2 } }
        if total(hints) <= width { return hints }
        var shown = hints
        while !shown.isEmpty, total(shown + [more]) > width { shown.removeLast() }
        return shown + [more]
    }

    /// Draws it on the first row of the block.
    public func draw(on frame: inout Frame, in block: Rect, theme: Theme) {
        var place = block.origin
        guard !block.isEmpty else { return }
        for hint in fitting(block.width) {
            for (text, role) in [(hint.key, Role.accent), (" ", .text), (hint.label, .muted), ("  ", .text)] {
                place.column = frame.put(
                    text, at: place, role: role, theme: theme,
                    maxWidth: max(0, block.endColumn - place.column))
            }
        }
    }
}
