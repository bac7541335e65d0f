extension ReportDocument {
    /// The report as one HTML file that loads nothing and runs nothing.
    var html: String {
        var out = """
            <!DOCTYPE html>
            <html lang="\(Self.text(language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>\(Self.text(title))</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <svg class="defs" aria-hidden="true" focusable="false" width="0" height="0"><defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" class="second"/><rect width="2" height="6" class="stripe"/></pattern>
            </defs></svg>
            <main>
            <header>
            <h1>\(Self.text(title))</h1>
            <p class="subtitle">\(Self.text(subtitle))</p>

            """
        out += "<dl class=\"highlights\">\n"
        for (figure, label) in highlights {
            out += "<div><dt>\(Self.text(label))</dt><dd>\(Self.text(figure))</dd></div>\n"
        }
        out += "</dl>\n</header>\n"
        for (number, section) in sections.enumerated() { out += html(section, number: number + 1) }
        out += "<footer>\n" + footer.map { "<p>\(Self.text($0))</p>\n" }.joined()
        return out + "</footer>\n</main>\n</body>\n</html>\n"
    }

    private func html(_ section: Section, number: Int) -> String {
        var out =
            "<section aria-labelledby=\"s\(number)\">\n<h2 id=\"s\(number)\">\(Self.text(section.title))</h2>\n"
        for paragraph in section.paragraphs { out += "<p>\(Self.text(paragraph))</p>\n" }
        for (index, block) in section.blocks.enumerated() {
            out += "<div class=\"\(block.chart == nil ? "block alone" : "block")\">\n"
            if let chart = block.chart { out += html(chart, id: "c\(number)-\(index + 1)") }
            out += html(block.table) + "</div>\n"
        }
        return out + "</section>\n"
    }

    private func html(_ table: Table) -> String {
        func cells(_ texts: [String], head: String) -> String {
            texts.enumerated().map { index, text in
                index == 0 ? "<th scope=\"\(head)\">\(Self.text(text))</th>" : "<td>\(Self.text(text))</td>"
            }.joined()
        }
        var out =
            "<div class=\"scroll\" role=\"region\" aria-label=\"\(Self.text(table.caption))\" tabindex=\"0\">\n<table>\n"
        out += "<caption>\(Self.text(table.caption))</caption>\n<thead><tr>"
        out +=
            table.header.map { "<th scope=\"col\">\(Self.text($0))</th>" }.joined()
            + "</tr></thead>\n<tbody>\n"
        for row in table.rows { out += "<tr>\(cells(row, head: "row"))</tr>\n" }
        out += "</tbody>\n"
        if let total = table.total { out += "<tfoot><tr>\(cells(total, head: "row"))</tr></tfoot>\n" }
        return out + "</table>\n</div>\n"
    }

    // MARK: Charts

    /// A chart whose labels are text of the page.
    ///
    /// Text wraps and grows with the reader's type; each bar is a picture of
    /// its own as wide as there is room. The table beside says the same, so to those who hear the page the chart is one
    /// picture with a summary.
    private func html(_ chart: Chart, id: String) -> String {
        let largest = chart.bars.map { $0.values.reduce(0, +) }.max() ?? 0
        let scale = max(chart.scale ?? largest, 1e-9)
        var out =
            "<figure role=\"img\" aria-label=\"\(Self.text("\(chartWord): \(chart.title). \(chart.summary)"))\">\n"
        out += "<figcaption id=\"\(id)\">\(Self.text(chart.title))</figcaption>\n"
        if chart.parts.count > 1 {
            out += "<p class=\"legend\">"
            for (index, part) in chart.parts.enumerated() {
                out += "<span><svg width=\"14\" height=\"14\" viewBox=\"0 0 14 14\">"
                out += Self.rect(from: 0, to: 14, height: 14, part: index)
                out += "</svg>\(Self.text(part))</span>"
            }
            out += "</p>\n"
        }
        out += "<div class=\"bars\">\n"
        for bar in chart.bars {
            out += "<span class=\"label\">\(Self.text(bar.label))</span><span class=\"bar\">"
            out += "<svg viewBox=\"0 0 400 14\" preserveAspectRatio=\"none\">"
            out += "<title>\(Self.text("\(bar.label): \(bar.text)"))</title>"
            out += "<rect width=\"400\" height=\"14\" class=\"track\"/>"
            var start = 0.0
            for (part, value) in bar.values.enumerated() where value > 0 {
                let end = start + value / scale * 400
                out += Self.rect(from: start, to: min(end, 400), height: 14, part: part)
                start = end
            }
            out += "</svg></span><span class=\"value\">\(Self.text(bar.text))</span>\n"
        }
        return out + "</div>\n</figure>\n"
    }

    /// The second part is hatched: colour is never the only sign.
    private static func rect(from start: Double, to end: Double, height: Int, part: Int) -> String {
        let look = part == 0 ? "class=\"first\"" : "fill=\"url(#hatch)\""
        return
            "<rect x=\"\(tenths(start))\" width=\"\(tenths(max(end - start, 1)))\" height=\"\(height)\" \(look)/>"
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }

    /// A text in which nothing is markup, in content and in quoted attributes.
    static func text(_ text: String) -> String {
        var result = ""
        for scalar in text.visible.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
