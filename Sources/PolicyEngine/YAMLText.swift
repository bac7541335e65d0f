/// A value to be written as YAML, whatever its texts hold.
indirect enum YAMLText: Hashable {
    /// A text: hostile, always quoted unless it is a plain word.
    case text(String)
    /// A number or a truth value of ours.
    case bare(String)
    case list([YAMLText])
    case map([Entry])

    /// A name and its value.
    struct Entry: Hashable {
        var name: String
        var value: YAMLText
        /// Lines of comment before it.
        var comments: [String] = []

        init(_ name: String, _ value: YAMLText, comments: [String] = []) {
            self.name = name
            self.value = value
            self.comments = comments
        }
    }

    static func texts(_ texts: [String]) -> YAMLText { .list(texts.map { .text($0) }) }

    /// The document, with a line feed at its end.
    var document: String {
        var lines: [String] = []
        write(into: &lines, indent: 0, prefix: "")
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Layout

    /// Longer values are written on several lines.
    private static let width = 100

    private func write(into lines: inout [String], indent: Int, prefix: String) {
        let room = Self.width - indent - prefix.utf8.count
        if !hasComments, !isBlock(behind: prefix), let flow = flow(room: room), isFlowFit(indent: indent) {
            lines.append(Self.spaces(indent) + prefix + flow)
            return
        }
        switch self {
        case .text(let text) where !prefix.isEmpty && Self.isBlock(text):
            lines.append(Self.spaces(indent) + prefix + "|")
            for line in text.dropLast().split(separator: "\n") {
                lines.append(Self.spaces(indent + 2) + line)
            }
        case .text, .bare: lines.append(Self.spaces(indent) + prefix + scalar)
        case .list(let items):
            if !prefix.isEmpty { lines.append(Self.spaces(indent) + prefix.trimmingLast) }
            let indent = prefix.isEmpty ? indent : indent + 2
            for item in items { item.writeItem(into: &lines, indent: indent) }
        case .map(let entries):
            if !prefix.isEmpty { lines.append(Self.spaces(indent) + prefix.trimmingLast) }
            let indent = prefix.isEmpty ? indent : indent + 2
            for entry in entries {
                for comment in entry.comments {
                    lines.append(Self.spaces(indent) + "# " + Self.comment(comment))
                }
                entry.value.write(into: &lines, indent: indent, prefix: Self.quoted(entry.name) + ": ")
            }
        }
    }

    private func isBlock(behind prefix: String) -> Bool {
        if case .text(let text) = self { !prefix.isEmpty && Self.isBlock(text) } else { false }
    }

    /// An item of a list: `- ` and the first line of what follows, at the same depth.
    private func writeItem(into lines: inout [String], indent: Int) {
        let first = lines.count
        write(into: &lines, indent: indent + 2, prefix: "")
        // Comments stay before the item that they are about.
        guard let line = lines[first...].firstIndex(where: { !$0.trimmingStart.hasPrefix("#") }) else {
            return
        }
        for index in first..<line { lines[index] = Self.spaces(indent) + lines[index].trimmingStart }
        let text = lines[line].trimmingStart
        lines[line] = Self.spaces(indent) + "- " + text
    }

    /// The document and rules are read from top to bottom; what is in them, across.
    private func isFlowFit(indent: Int) -> Bool {
        guard case .map(let entries) = self else { return true }
        return indent > 4 && entries.count <= 4
    }

    private var hasComments: Bool {
        switch self {
        case .text, .bare: false
        case .list(let items): items.contains(where: \.hasComments)
        case .map(let entries): entries.contains { !$0.comments.isEmpty || $0.value.hasComments }
        }
    }

    /// On one line; `nil` when it is too long for that.
    private func flow(room: Int) -> String? {
        guard room > 0 else { return nil }
        var result: String
        switch self {
        case .text, .bare: return scalar
        case .list(let items):
            result = "["
            for (index, item) in items.enumerated() {
                guard let part = item.flow(room: room - result.utf8.count), result.utf8.count < room else {
                    return nil
                }
                result += (index > 0 ? ", " : "") + part
            }
            result += "]"
        case .map(let entries):
            result = "{"
            for (index, entry) in entries.enumerated() {
                guard let part = entry.value.flow(room: room - result.utf8.count), result.utf8.count < room
                else { return nil }
                result += (index > 0 ? ", " : "") + Self.quoted(entry.name) + ": " + part
            }
            result += "}"
        }
        return result.utf8.count <= room ? result : nil
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    // MARK: Texts

    private var scalar: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .bare(let word): word
        default: ""
        }
    }

    /// A text as a reader gets it back character by character: bare when nobody can take it for anything else, in
    /// single quotes when it can be seen whole, else in double quotes with escapes.
    static func quoted(_ text: String) -> String {
        if isPlainWord(text) { return text }
        let isAnchor = AliasCheck.hasAnchor(text)
        if !isAnchor, text.unicodeScalars.allSatisfy(isVisible) {
            return "'" + text.replacing("'", with: "''") + "'"
        }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            // What looks like an anchor is refused by the reader if the same alias stands elsewhere.
            case "&" where isAnchor: result += "\\x26"
            case _ where isVisible(scalar): result.unicodeScalars.append(scalar)
            default:
                let hex = String(scalar.value, radix: 16)
                let (letter, digits) =
                    scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
                result += "\\" + letter + String(repeating: "0", count: digits - hex.count) + hex
            }
        }
        return result + "\""
    }

    /// Whether a text is lines that can be written one under the other.
    private static func isBlock(_ text: String) -> Bool {
        guard text.hasSuffix("\n"), text.utf8.count > 1 else { return false }
        let lines = text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        return lines.allSatisfy { line in
            !line.isEmpty && !line.hasPrefix(" ") && !AliasCheck.hasAnchor(String(line))
                && line.unicodeScalars.allSatisfy(isVisible)
        }
    }

    /// A text as one line of comment.
    static func comment(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result.unicodeScalars.append(isVisible(scalar) ? scalar : " ") }
        return result
    }

    private static let reserved: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf",
    ]

    private static func isPlainWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, (first | 0x20) &- 0x61 < 26, text.utf8.count <= 200 else {
            return false
        }
        return !reserved.contains(text.lowercased())
            && text.utf8.allSatisfy {
                ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2D || $0 == 0x2F
                    || $0 == 0x2E
            }
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }
}

extension String {
    fileprivate var trimmingLast: String { hasSuffix(" ") ? String(dropLast()) : self }
    fileprivate var trimmingStart: String { String(drop { $0 == " " }) }
}
