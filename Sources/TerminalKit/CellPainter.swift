internal import CNcurses

/// Writes cells to ncurses.
struct CellPainter {
    /// Colours of the palette; 0 without colour.
    let colors: Int
    private let isUnicode: Bool
    private let keepsDefaults: Bool
    private var pairs: [Style: Int32] = [:]

    /// Made after curses has begun.
    init(isUnicode: Bool) {
        self.isUnicode = isUnicode
        var defaults: Int32 = 0
        colors = Int(cn_begin_color(&defaults))
        keepsDefaults = defaults != 0
    }

    /// Writes some columns of a row, in runs of one style; clipped to the screen.
    mutating func paint(_ cells: ArraySlice<Cell>, row: Int, columns: Range<Int>, _ size: Size) {
        let shown = columns.clamped(to: 0..<size.columns)
        guard row < size.rows, !shown.isEmpty else { return }
        var run: [UInt32] = []
        var style = Style.plain
        var start = shown.lowerBound
        for column in shown {
            let cell = cells[cells.startIndex + column]
            guard cell.width > 0 else { continue }
            if cell.style != style {
                flush(&run, row, start, style)
                style = cell.style
                start = column
            }
            run += cell.width == 2 && column + 1 == size.columns ? [0x20] : codePoints(cell)
        }
        flush(&run, row, start, style)
    }

    private mutating func flush(_ run: inout [UInt32], _ row: Int, _ column: Int, _ style: Style) {
        guard !run.isEmpty else { return }
        var attributes = style.attributes
        if colors < 16, let hue = style.foreground, hue.rawValue >= 8 { attributes.insert(.bold) }
        let bits = cn_attribute(
            attributes.contains(.bold) ? 1 : 0, attributes.contains(.dim) ? 1 : 0,
            attributes.contains(.underline) ? 1 : 0, attributes.contains(.reverse) ? 1 : 0,
            attributes.contains(.italic) ? 1 : 0)
        cn_paint(Int32(row), Int32(column), run, Int32(run.count), bits, pair(style))
        run.removeAll(keepingCapacity: true)
    }

    /// The colour pair of a style; pair 0, the terminal's own colours, when there is no other left.
    private mutating func pair(_ style: Style) -> Int32 {
        guard colors >= 8, style.foreground != nil || style.background != nil else { return 0 }
        let key = Style(foreground: style.foreground, background: style.background)
        if let known = pairs[key] { return known }
        let number = Int32(pairs.count + 1)
        guard number < min(cn_pairs(), 32_767) else { return 0 }
        let front = style.foreground.map(index) ?? (keepsDefaults ? -1 : 7)
        let back = style.background.map(index) ?? (keepsDefaults ? -1 : 0)
        guard init_pair(Int16(number), front, back) == OK else { return 0 }
        pairs[key] = number
        return number
    }

    /// Cells that libc, and so ncurses, gives these code points; negative when it can't print them.
    static func libcWidth(_ points: [UInt32]) -> Int { Int(cn_width(points, points.count)) }

    private func index(_ color: Color) -> Int16 {
        Int16(colors >= 16 ? color.rawValue : color.rawValue & 7)
    }

    /// What is painted for a cell.
    ///
    /// Where libc measures it otherwise than we do, a stand-in keeps the columns in line.
    private func codePoints(_ cell: Cell) -> [UInt32] {
        let points = cell.glyph.unicodeScalars.map(\.value)
        if points.count == 1, points[0] < 0x7F { return points }
        if isUnicode, Self.libcWidth(points) == cell.width { return points }
        let standIn: UInt32 =
            switch cell.glyph {
            case "─": 0x2D
            case "│", "├", "┤": 0x7C
            case "┌", "┐", "└", "┘": 0x2B
            case "⟨": 0x3C
            case "⟩", "▸": 0x3E
            case "…": 0x7E
            case "█": 0x23
            case "░": 0x2E
            default: 0x3F
            }
        return [standIn] + Array(repeating: 0x20, count: cell.width - 1)
    }
}
