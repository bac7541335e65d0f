/// Rows in columns that align by cell width.
///
/// With one column and no titles it is a list.
public struct Table: Hashable, Sendable {
    /// One column.
    public struct Column: Hashable, Sendable {
        /// Its heading; when all are empty there is no heading row.
        public let title: SafeText
        /// Cells it takes; nil shares what the others leave.
        public let width: Int?
        /// Where its text stands.
        public let align: SafeText.Alignment

        /// Makes a column.
        public init(_ title: SafeText = .empty, width: Int? = nil, align: SafeText.Alignment = .left) {
            self.title = title
            self.width = width
            self.align = align
        }
    }

    /// One row.
    public struct Row: Hashable, Sendable {
        /// What stands in each column; missing ones are empty.
        public let cells: [SafeText]
        /// How unselected rows look.
        public let role: Role

        /// Makes a row.
        public init(_ cells: [SafeText], role: Role = .text) {
            self.cells = cells
            self.role = role
        }
    }

    /// The columns, left to right.
    public var columns: [Column]
    /// The rows, top to bottom.
    public var rows: [Row]
    /// Which row is selected.
    public var selected: Int?

    /// Makes a table.
    public init(columns: [Column], rows: [Row], selected: Int? = nil) {
        self.columns = columns
        self.rows = rows
        self.selected = selected
    }

    /// Makes a list.
    public init(list: [SafeText], selected: Int? = nil) {
        self.init(columns: [Column()], rows: list.map { Row([$0]) }, selected: selected)
    }

    /// The first row to show, so that the selected one is visible and the view moves as little as possible.
    ///
    /// - Parameter first: the first row shown before.
    public static func scroll(first: Int, selected: Int?, count: Int, height: Int) -> Int {
        var top = max(0, min(first, count - height))
        if let selected, height > 0 {
            if selected < top { top = max(0, selected) }
            if selected >= top + height { top = min(selected, count - 1) - height + 1 }
        }
        return max(0, top)
    }

    /// The first row to show, so that the selected one stands in the middle where the list is long enough.
    public static func scroll(around selected: Int, count: Int, height: Int) -> Int {
        scroll(first: selected - height / 2, selected: selected, count: count, height: height)
    }

    /// Draws headings and rows; the selected row has a pointer, and the hardware cursor rests on it.
    ///
    /// - Returns: the first row shown, to be given as `first` next time.
    @discardableResult
    public func draw(
        on frame: inout Frame, in block: Rect, first: Int = 0, theme: Theme, lines: LineDrawing = .unicode
    ) -> Int {
        guard !block.isEmpty else { return first }
        let gutter = selected == nil ? 0 : 2
        let body = block.splitLeft(gutter).rest
        var list = block
        if columns.contains(where: { !$0.title.isEmpty }) {
            draw(columns.map(\.title), on: &frame, in: body.line(0), role: .muted, theme: theme)
            list = block.splitTop(1).rest
        }
        let top = Self.scroll(first: first, selected: selected, count: rows.count, height: list.height)
        for (index, row) in rows.enumerated().dropFirst(top).prefix(list.height) {
            let line = list.line(index - top)
            let isSelected = index == selected
            let role = isSelected ? .selection : row.role
            if isSelected {
                frame.fill(line, style: theme[.selection])
                frame.put(
                    lines.pointer, at: line.origin, role: .selection, theme: theme, maxWidth: line.width)
                frame.cursor = line.origin
            }
            draw(row.cells, on: &frame, in: line.splitLeft(gutter).rest, role: role, theme: theme)
        }
        return top
    }

    private func draw(_ cells: [SafeText], on frame: inout Frame, in line: Rect, role: Role, theme: Theme) {
        for (index, place) in line.columns(columns.map(\.width), gap: 1).enumerated()
        where index < cells.count {
            let text = cells[index].fitted(to: place.width, align: columns[index].align)
            frame.put(text, at: place.origin, role: role, theme: theme, maxWidth: place.width)
        }
    }
}
