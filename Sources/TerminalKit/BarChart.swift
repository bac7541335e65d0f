/// Horizontal bars beside each other, with an axis, for figures that are to be compared.
///
///     BarChart(series: ["recorded", "then"], unit: "%", rows: [.init("p7w2", [40, 55])])
///     //       recorded ░   then █
///     // p7w2 ░░░░░░░░░░░░░░░░ 40
///     //      ██████████████████████ 55
///     //      └────────┴────────┴────
///     //      0        20       40  %
///
/// Series differ by their glyphs, so that no colour is needed; every bar has its figure written out.
public struct BarChart: Hashable, Sendable {
    /// One subject, with a figure for each series.
    public struct Row: Hashable, Sendable {
        /// What the bars are about.
        public let label: SafeText
        /// A figure for each series, in their order; below zero counts as zero.
        public let values: [Int64]
        /// What stands behind each figure, such as `ended by the limit`; missing ones are empty.
        public let notes: [SafeText]

        /// Makes a row.
        public init(_ label: SafeText, _ values: [Int64], notes: [SafeText] = []) {
            self.label = label
            self.values = values
            self.notes = notes
        }
    }

    /// What the bars of each row are, at most three.
    public var series: [SafeText]
    /// What the figures count, such as `%`; may be empty.
    public var unit: SafeText
    /// The rows, top to bottom.
    public var rows: [Row]
    /// A figure that is marked through all rows, such as a limit.
    public var mark: Int64?

    /// Makes a chart.
    public init(series: [SafeText], unit: SafeText = .empty, rows: [Row], mark: Int64? = nil) {
        self.series = series
        self.unit = unit
        self.rows = rows
        self.mark = mark
    }

    /// The lines it takes: the legend, a line for each bar, the axis and its figures.
    public var height: Int { 1 + rows.count * max(1, series.count) + 2 }

    /// Draws it; what doesn't fit below is left out, and the axis stays.
    public func draw(on frame: inout Frame, in block: Rect, theme: Theme, lines: LineDrawing = .unicode) {
        guard block.height >= 4, block.width >= 12 else { return }
        let scale = Scale(self, block: block)
        drawLegend(on: &frame, in: block.line(0), scale, theme, lines)
        let bars = block.splitTop(1).rest.splitBottom(2)
        var line = 0
        for row in rows {
            for place in series.indices where line < bars.rest.height {
                draw(row, place, on: &frame, in: bars.rest.line(line), scale, theme, lines)
                line += 1
            }
        }
        let used = min(line, bars.rest.height)
        drawAxis(on: &frame, at: block.row + 1 + used, in: block, scale, theme, lines)
    }

    /// From figures to columns.
    private struct Scale {
        let labelWidth: Int
        let barColumn: Int
        let barWidth: Int
        let step: Int64
        let top: Int64

        init(_ chart: BarChart, block: Rect) {
            let longest = chart.rows.map(\.label.width).max() ?? 0
            labelWidth = min(longest, block.width / 3)
            barColumn = block.column + labelWidth + 1
            let figures = chart.rows.flatMap { row in
                row.values.indices.map { BarChart.tail(row, $0).width }
            }
            let tail = min((figures.max() ?? 1) + 1, block.width / 3)
            barWidth = max(4, block.width - labelWidth - 1 - tail)
            let largest = max(chart.rows.flatMap(\.values).max() ?? 0, chart.mark ?? 0, 1)
            step = BarChart.step(for: largest, ticks: max(1, barWidth / 10))
            top = max(1, (largest + step - 1) / step * step)
        }

        /// Eighths of a cell.
        func eighths(_ value: Int64) -> Int {
            let share = max(0, min(value, top)).multipliedFullWidth(by: Int64(barWidth * 8))
            return Int(top.dividingFullWidth(share).quotient)
        }

        func column(_ value: Int64) -> Int { barColumn + min(barWidth - 1, eighths(value) / 8) }
    }

    /// 1, 2 or 5 times a power of ten, so that there are about so many ticks.
    static func step(for largest: Int64, ticks: Int) -> Int64 {
        let wanted = max(1, (largest + Int64(ticks) - 1) / Int64(ticks))
        var power: Int64 = 1
        while power <= wanted / 10 { power *= 10 }
        for factor: Int64 in [1, 2, 5] where power * factor >= wanted { return power * factor }
        return power * 10
    }

    private static func tail(_ row: Row, _ place: Int) -> SafeText {
        let figure = SafeText("\(max(0, row.values[place]))")
        guard row.notes.indices.contains(place), !row.notes[place].isEmpty else { return figure }
        return SafeText.joined([figure, row.notes[place]], separator: " ")
    }

    private func glyph(_ place: Int, _ lines: LineDrawing) -> SafeText {
        let glyphs: [SafeText] = lines == .unicode ? ["░", "█", "▒"] : [".", "#", "="]
        return glyphs[place % glyphs.count]
    }

    private func role(_ place: Int) -> Role { place == 0 ? .muted : place == 1 ? .accent : .text }

    private func drawLegend(
        on frame: inout Frame, in line: Rect, _ scale: Scale, _ theme: Theme, _ lines: LineDrawing
    ) {
        var place = Position(row: line.row, column: scale.barColumn)
        for (index, name) in series.enumerated() {
            let text = SafeText.joined([name, glyph(index, lines)], separator: " ")
            let room = line.endColumn - place.column
            guard room > 0 else { return }
            place.column = frame.put(text, at: place, role: role(index), theme: theme, maxWidth: room) + 3
        }
    }

    private func draw(
        _ row: Row, _ place: Int, on frame: inout Frame, in line: Rect, _ scale: Scale, _ theme: Theme,
        _ lines: LineDrawing
    ) {
        if place == 0 {
            frame.put(
                row.label.truncated(to: scale.labelWidth), at: line.origin, role: .text, theme: theme,
                maxWidth: scale.labelWidth)
        }
        guard row.values.indices.contains(place) else { return }
        let eighths = scale.eighths(row.values[place])
        let full = eighths / 8
        var pieces = Array(repeating: glyph(place, lines), count: full)
        // Only solid bars can end within a cell; what is not nothing shows.
        let parts: [SafeText] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        if lines == .unicode, place == 1 {
            pieces.append(parts[eighths % 8])
        } else if full == 0, row.values[place] > 0 {
            pieces.append(glyph(place, lines))
        }
        let bar = SafeText.joined(pieces)
        let start = Position(row: line.row, column: scale.barColumn)
        frame.put(bar, at: start, role: role(place), theme: theme, maxWidth: scale.barWidth)
        if let mark, mark > 0, bar.width <= scale.column(mark) - scale.barColumn {
            let glyph: SafeText = lines == .unicode ? "┊" : ":"
            frame.put(
                glyph, at: Position(row: line.row, column: scale.column(mark)), role: .warning, theme: theme)
        }
        var behind = scale.barColumn + bar.width + 1
        if let mark, mark > 0 {
            // The mark would stand in the figure.
            let column = scale.column(mark)
            let isDrawn = bar.width <= column - scale.barColumn
            if isDrawn, column <= behind + Self.tail(row, place).width { behind = max(behind, column + 2) }
        }
        frame.put(
            Self.tail(row, place), at: Position(row: line.row, column: behind), role: role(place),
            theme: theme, maxWidth: line.endColumn - behind)
    }

    private func drawAxis(
        on frame: inout Frame, at row: Int, in block: Rect, _ scale: Scale, _ theme: Theme,
        _ lines: LineDrawing
    ) {
        let style = theme[.border]
        frame.hline(
            at: Position(row: row, column: scale.barColumn), length: scale.barWidth, style: style,
            lines: lines)
        var value: Int64 = 0
        var free = block.column
        while value <= scale.top {
            let column = scale.column(value)
            let tick: SafeText = lines == .ascii ? "+" : value == 0 ? "└" : "┴"
            frame.put(tick, at: Position(row: row, column: column), style: style)
            var label = SafeText("\(value)")
            if value + scale.step > scale.top, !unit.isEmpty {
                label = SafeText.joined([label, unit], separator: " ")
            }
            let first = min(column, block.endColumn - label.width)
            if first >= free {
                frame.put(
                    label, at: Position(row: row + 1, column: first), role: .muted, theme: theme,
                    maxWidth: block.endColumn - first)
                free = first + label.width + 1
            }
            value += scale.step
        }
    }
}
