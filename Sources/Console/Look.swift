import Moderation
import TerminalKit

/// How frames are painted.
struct Look: Hashable, Sendable {
    var theme: Theme
    var lines: LineDrawing

    init(_ settings: ConsoleSettings) {
        let theme = Theme.named(settings.themeName, noColor: settings.noColor)
        self.theme = theme ?? (settings.noColor ? Theme.dark.withoutColor : .dark)
        lines = settings.lines
    }

    /// A sign for a hazard, so that colour is never needed to tell it.
    func glyph(_ hazard: Hazard) -> SafeText {
        let isAscii = lines == .ascii
        return switch hazard {
        case .none: isAscii ? "." : "·"
        case .mild: isAscii ? "o" : "○"
        case .moderate: isAscii ? "+" : "◐"
        case .severe: isAscii ? "#" : "◆"
        case .extreme: isAscii ? "!" : "■"
        }
    }

    func role(_ hazard: Hazard) -> TerminalKit.Role {
        switch hazard {
        case .none: .muted
        case .mild: .text
        case .moderate: .warning
        case .severe, .extreme: .danger
        }
    }
}

/// A line of a screen and what it means.
struct Line: Hashable, Sendable {
    var text: SafeText
    var role: TerminalKit.Role

    init(_ text: SafeText, _ role: TerminalKit.Role = .text) {
        self.text = text
        self.role = role
    }

    init(_ text: String, _ role: TerminalKit.Role = .text) { self.init(SafeText(text), role) }

    static let blank = Line(SafeText.empty)

    /// The line broken to a width, each part with the same meaning.
    func wrapped(to width: Int) -> [Line] {
        text.isEmpty ? [self] : text.wrapped(to: max(1, width)).map { Line($0, role) }
    }
}

extension Frame {
    /// Draws lines from the first on; those beyond the block are left out.
    mutating func draw(_ lines: some Sequence<Line>, in block: Rect, look: Look) {
        for (row, line) in lines.prefix(block.height).enumerated() {
            put(
                line.text, at: block.line(row).origin, role: line.role, theme: look.theme,
                maxWidth: block.width)
        }
    }

    /// Draws lines from one on, or from the last page of them.
    mutating func draw(_ lines: [Line], from first: Int, in block: Rect, look: Look) {
        draw(lines.dropFirst(min(first, max(0, lines.count - block.height))), in: block, look: look)
    }

    /// Draws a chart without the line of its legend, which would name one series only: a title is put over it.
    mutating func drawUntitled(_ chart: BarChart, in block: Rect, look: Look) {
        let taller = Rect(
            row: block.row - 1, column: block.column, height: block.height + 1, width: block.width)
        var bare = chart
        bare.series = [.empty]
        bare.draw(on: &self, in: taller, theme: look.theme, lines: look.lines)
    }

    /// Draws pieces of one line after each other.
    mutating func draw(_ pieces: [Line], on line: Rect, look: Look) {
        guard !line.isEmpty else { return }
        var place = line.origin
        for piece in pieces {
            let room = line.endColumn - place.column
            guard room > 0 else { return }
            place.column = put(piece.text, at: place, role: piece.role, theme: look.theme, maxWidth: room)
        }
    }
}
