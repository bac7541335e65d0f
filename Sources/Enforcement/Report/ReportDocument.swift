/// A report as its parts, before it is HTML or Markdown.
struct ReportDocument {
    /// A part with a heading.
    struct Section {
        var title: String
        var paragraphs: [String] = []
        var blocks: [Block] = []
    }

    /// A chart with the table that says the same, or a table alone.
    struct Block {
        var chart: Chart?
        var table: Table
    }

    /// Rows of values; the first column names the row, the others are figures.
    struct Table {
        var caption: String
        var header: [String]
        var rows: [[String]]
        /// A last row of sums.
        var total: [String]?
    }

    /// Horizontal bars of one or two parts, all to the same scale.
    struct Chart {
        var title: String
        /// What a reader hears who sees no bars.
        var summary: String
        /// The names of the parts; one or two.
        var parts: [String]
        var bars: [Bar]
        /// What the longest bar could be; the largest sum unless given.
        var scale: Double?

        struct Bar {
            var label: String
            var values: [Double]
            /// What stands behind the bar.
            var text: String
        }
    }

    var language: String
    var title: String
    var subtitle: String
    /// Figures that stand first, with what they count.
    var highlights: [(figure: String, label: String)]
    var sections: [Section]
    var footer: [String]
    /// What a screen reader calls a chart.
    var chartWord: String
}
