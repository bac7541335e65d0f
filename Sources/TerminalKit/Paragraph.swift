/// Lines of text that scroll; wrap them first with ``SafeText/wrapped(to:)`` to the width of the block.
public struct Paragraph: Hashable, Sendable {
    /// The lines, none wider than the block they will be drawn in (else they are cut).
    public var lines: [SafeText]
    /// The first line shown.
    public var first: Int

    /// Makes a paragraph of finished lines.
    public init(lines: [SafeText], first: Int = 0) {
        self.lines = lines
        self.first = first
    }

    /// Makes a paragraph of lines wrapped to a width.
    public init(_ text: [SafeText], wrappedTo width: Int, first: Int = 0) {
        self.init(lines: text.flatMap { $0.wrapped(to: width) }, first: first)
    }

    /// The first line that shows the end of the text.
    public func lastFirst(height: Int) -> Int { max(0, lines.count - max(0, height)) }

    /// The range of lines seen in so many rows, with the first line held within the text.
    public func visible(height: Int) -> Range<Int> {
        let top = min(max(0, first), lastFirst(height: height))
        return top..<min(lines.count, top + max(0, height))
    }

    /// Draws the visible lines; returns how many lines are above and below them.
    @discardableResult
    public func draw(
        on frame: inout Frame, in block: Rect, theme: Theme, role: Role = .text
    ) -> (above: Int, below: Int) {
        let range = visible(height: block.height)
        for (row, index) in range.enumerated() {
            frame.put(
                lines[index], at: block.line(row).origin, role: role, theme: theme, maxWidth: block.width)
        }
        return (range.lowerBound, lines.count - range.upperBound)
    }
}
