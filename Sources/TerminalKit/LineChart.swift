/// A figure over time, with axes.
///
///     LineChart(values: backlog, unit: "posts", ticks: [.init(at: 0, "today"), .init(at: 24, "1 d")])
///     //  200 ┤      ⢀⡠⠤⠒⠊⠉
///     //  100 ┤ ⢀⠤⠒⠉⠁
///     //    0 ┼────┴───────┴──── posts
///     //      today        1 d
///
/// Drawn in braille, four dots high and two wide in each cell, or with stars in plain characters. Where several
/// values fall on one dot the largest is drawn, so that no peak is hidden.
public struct LineChart: Hashable, Sendable {
    /// A name on the axis of time.
    public struct Tick: Hashable, Sendable {
        /// The place of its value.
        public let place: Int
        /// What stands below it.
        public let label: SafeText

        /// Makes a tick.
        public init(at place: Int, _ label: SafeText) {
            self.place = place
            self.label = label
        }
    }

    /// The values, one after another in equal steps; below zero counts as zero.
    public var values: [Int64]
    /// What the values count.
    public var unit: SafeText
    /// Names on the axis of time.
    public var ticks: [Tick]

    /// Makes a chart.
    public init(values: [Int64], unit: SafeText, ticks: [Tick] = []) {
        self.values = values
        self.unit = unit
        self.ticks = ticks
    }

    /// Makes a chart in which each value fills so many steps, so that its tick, at its place among the values, stands where it
    /// begins.
    public init(values: [Int64], width: Int, unit: SafeText, ticks: [Tick]) {
        self.init(
            values: values.flatMap { Array(repeating: $0, count: width) }, unit: unit,
            ticks: ticks.map { Tick(at: $0.place * width, $0.label) })
    }

    /// Draws it over the whole block; in less than four lines or twenty columns nothing is drawn.
    public func draw(on frame: inout Frame, in block: Rect, theme: Theme, lines: LineDrawing = .unicode) {
        guard block.height >= 4, block.width >= 20, !values.isEmpty else { return }
        let rows = block.height - 2
        let largest = min(max(1, values.max() ?? 1), Self.largest)
        let step = BarChart.step(for: largest, ticks: max(1, rows / 2))
        let top = max(step, (largest + step - 1) / step * step)
        let labelWidth = min(block.width / 3, "\(top)".count)
        let plot = Rect(
            row: block.row, column: block.column + labelWidth + 2, height: rows,
            width: block.width - labelWidth - 2)
        drawScale(on: &frame, plot, labelWidth, step, top, theme, lines)
        if lines == .unicode {
            drawDots(on: &frame, plot, top, theme)
        } else {
            drawStars(on: &frame, plot, top, theme)
        }
        drawTime(on: &frame, plot, block, theme, lines)
    }

    /// What is above is drawn as this.
    private static let largest: Int64 = 1_000_000_000_000_000

    /// The largest value of each of so many columns.
    private func columns(_ count: Int) -> [Int64] {
        (0..<count).map { column in
            let first = column * values.count / count
            let last = max(first + 1, (column + 1) * values.count / count)
            return max(0, values[first..<min(last, values.count)].max() ?? 0)
        }
    }

    /// How many of so many steps up a value is.
    private static func height(_ value: Int64, of steps: Int, top: Int64) -> Int {
        let share = min(max(0, value), top).multipliedFullWidth(by: Int64(steps - 1))
        return Int(top.dividingFullWidth(share).quotient)
    }

    private func drawDots(on frame: inout Frame, _ plot: Rect, _ top: Int64, _ theme: Theme) {
        let steps = plot.height * 4
        let heights = columns(plot.width * 2).map { Self.height($0, of: steps, top: top) }
        // The dots of a cell: the left column from the top is 1, 2, 3, 7, the right one 4, 5, 6, 8.
        let bits: [[UInt32]] = [[0x40, 0x04, 0x02, 0x01], [0x80, 0x20, 0x10, 0x08]]
        var cells = [UInt32](repeating: 0, count: plot.width * plot.height)
        for (column, height) in heights.enumerated() {
            let before = column > 0 ? heights[column - 1] : height
            let (from, to) = before < height ? (before + 1, height) : (height, max(height, before - 1))
            for dot in from...max(from, to) {
                let row = plot.height - 1 - dot / 4
                cells[row * plot.width + column / 2] |= bits[column % 2][dot % 4]
            }
        }
        for (place, dots) in cells.enumerated() where dots != 0 {
            guard let scalar = Unicode.Scalar(0x2800 + dots) else { continue }
            frame.put(
                SafeText(String(Character(scalar))),
                at: Position(row: plot.row + place / plot.width, column: plot.column + place % plot.width),
                role: .accent, theme: theme)
        }
    }

    private func drawStars(on frame: inout Frame, _ plot: Rect, _ top: Int64, _ theme: Theme) {
        for (column, value) in columns(plot.width).enumerated() {
            let row = plot.row + plot.height - 1 - Self.height(value, of: plot.height, top: top)
            frame.put("*", at: Position(row: row, column: plot.column + column), role: .accent, theme: theme)
        }
    }

    private func drawScale(
        on frame: inout Frame, _ plot: Rect, _ labelWidth: Int, _ step: Int64, _ top: Int64, _ theme: Theme,
        _ lines: LineDrawing
    ) {
        let style = theme[.border]
        frame.vline(
            at: Position(row: plot.row, column: plot.column - 1), length: plot.height, style: style,
            lines: lines)
        var value: Int64 = 0
        while value <= top {
            let row = plot.row + plot.height - 1 - Self.height(value, of: plot.height, top: top)
            let label = SafeText("\(value)")
            let start = plot.column - 2 - label.width
            frame.put(
                label, at: Position(row: row, column: max(plot.column - 2 - labelWidth, start)), role: .muted,
                theme: theme, maxWidth: labelWidth)
            frame.put(
                lines == .unicode ? "┤" : "+", at: Position(row: row, column: plot.column - 1), style: style)
            value += step
        }
    }

    private func drawTime(
        on frame: inout Frame, _ plot: Rect, _ block: Rect, _ theme: Theme, _ lines: LineDrawing
    ) {
        let row = plot.endRow
        let style = theme[.border]
        frame.hline(
            at: Position(row: row, column: plot.column), length: plot.width, style: style, lines: lines)
        frame.put(
            lines == .unicode ? "└" : "+", at: Position(row: row, column: plot.column - 1), style: style)
        var free = block.column
        for tick in ticks where values.indices.contains(tick.place) || tick.place == values.count {
            let column = plot.column + min(plot.width - 1, tick.place * plot.width / values.count)
            frame.put(lines == .unicode ? "┴" : "+", at: Position(row: row, column: column), style: style)
            let start = min(column, block.endColumn - tick.label.width)
            guard start >= free else { continue }
            frame.put(
                tick.label, at: Position(row: row + 1, column: start), role: .muted, theme: theme,
                maxWidth: block.endColumn - start)
            free = start + tick.label.width + 1
        }
        let last = block.endColumn - unit.width
        guard last >= free else { return }
        frame.put(unit, at: Position(row: row + 1, column: last), role: .muted, theme: theme)
    }
}
