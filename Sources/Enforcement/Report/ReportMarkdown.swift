extension ReportDocument {
    /// The report as Markdown; its charts are the tables beside them.
    var markdown: String {
        var lines = ["# " + Self.escaped(title), "", Self.escaped(subtitle), ""]
        lines += highlights.map { "- **\(Self.escaped($0.figure))** \(Self.escaped($0.label))" }
        for section in sections {
            lines += ["", "## " + Self.escaped(section.title)]
            for paragraph in section.paragraphs { lines += ["", Self.escaped(paragraph)] }
            for block in section.blocks {
                lines += ["", "**\(Self.escaped(block.table.caption))**", ""] + Self.lines(block.table)
            }
        }
        lines += ["", "---"]
        for line in footer { lines += ["", Self.escaped(line)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ table: Table) -> [String] {
        func row(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |" }
        var lines = [row(table.header)]
        lines.append("|" + table.header.indices.map { $0 == 0 ? "---|" : "---:|" }.joined())
        lines += table.rows.map(row)
        if let total = table.total {
            lines.append("| " + total.map { "**\(escaped($0))**" }.joined(separator: " | ") + " |")
        }
        return lines
    }

    /// A text in which nothing is taken for a mark, a link or HTML, and that stays on its line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.visible.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "#", "&", "!", ":", "@":
                result += "\\"
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension String {
    /// The text on one line, with what is not seen but obeyed (controls, direction marks) as U+FFFD.
    var visible: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                result += scalar == "\n" || scalar == "\t" ? " " : "\u{FFFD}"
            case .format where scalar != "\u{200C}" && scalar != "\u{200D}": result += "\u{FFFD}"
            case .privateUse, .surrogate, .unassigned: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
