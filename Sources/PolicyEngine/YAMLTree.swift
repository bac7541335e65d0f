import Yams

/// Reads YAML from files that nobody vouches for: bounded in size, depth and values, without aliases.
enum YAMLTree {
    static let largestFile = 4 << 20
    static let deepest = 16
    static let mostNodes = 2_000_000

    /// The tree of a file, or of one document in it, that is not too large, deep or clever; `nil` when it is empty.
    ///
    /// - Parameter lines: how many lines of the file stand before the text. Nodes count from the text's first line.
    static func root(of text: String, file: String, after lines: Int = 0) throws(Diagnostic) -> Node? {
        do throws(Diagnostic) { return try guarded(text, file: file) } catch {
            var placed = error
            if placed.line > 0 { placed.line += lines }
            throw placed
        }
    }

    private static func guarded(_ text: String, file: String) throws(Diagnostic) -> Node? {
        guard text.utf8.count <= largestFile else {
            throw Diagnostic(
                file: file, line: 0, kind: .tooLarge,
                message: "it is larger than 4 MiB (put words into a list beside it)")
        }
        try checkDepth(text, file: file)
        if let line = AliasCheck.line(in: text) {
            throw Diagnostic(
                file: file, line: line, kind: .alias, message: "aliases are not read (write the value out)")
        }
        // Nodes know their anchors only as long as the parser lives.
        let parser: Yams.Parser
        let node: Node?
        do {
            parser = try Yams.Parser(yaml: text)
            node = try parser.singleRoot()
        } catch let error as YamlError {
            throw diagnostic(error, file: file)
        } catch {
            throw Diagnostic(
                file: file, line: 0, kind: .notYAML, message: "it is not YAML (see Policies/README.md)")
        }
        guard let node else { return nil }
        var left = mostNodes
        defer { withExtendedLifetime(parser) {} }
        try checkSize(node, depth: 0, left: &left, file: file)
        return node
    }

    /// The parser recurses over lists in lists, so their depth is bounded before it runs; that of brackets it
    /// bounds itself, and knows which stand in quotes.
    private static func checkDepth(_ text: String, file: String) throws(Diagnostic) {
        var line = 1
        var indent = 0
        var isIndent = true
        for byte in text.utf8 {
            switch byte {
            case 0x0A:
                line += 1
                indent = 0
                isIndent = true
            case 0x20 where isIndent, 0x2D where isIndent, 0x3F where isIndent: indent += 1
            default: isIndent = false
            }
            if isIndent, indent > 400 {
                throw Diagnostic(
                    file: file, line: line, kind: .tooDeep,
                    message: "it is nested too deeply (take some levels out)")
            }
        }
    }

    private static func checkSize(_ node: Node, depth: Int, left: inout Int, file: String) throws(Diagnostic)
    {
        left -= 1
        guard left > 0 else {
            throw Diagnostic(
                .tooMany, file: file, at: node.position,
                message: "it holds too many values (put words into a list beside it)")
        }
        // The parser puts the value in an alias's place, so what an alias needs is refused: its anchor.
        guard node.anchor == nil else {
            throw Diagnostic(
                .alias, file: file, at: node.position,
                message: "anchors and aliases are not read (write the value out)")
        }
        guard depth <= deepest else {
            throw Diagnostic(
                .tooDeep, file: file, at: node.position,
                message: "it is nested too deeply (take some levels out)")
        }
        switch node {
        case .mapping(let mapping):
            for (key, value) in mapping {
                try checkSize(key, depth: depth + 1, left: &left, file: file)
                try checkSize(value, depth: depth + 1, left: &left, file: file)
            }
        case .sequence(let items):
            for item in items { try checkSize(item, depth: depth + 1, left: &left, file: file) }
        case .alias:
            throw Diagnostic(
                .alias, file: file, at: node.position, message: "aliases are not read (write the value out)")
        case .scalar: break
        }
    }

    private static func diagnostic(_ error: YamlError, file: String) -> Diagnostic {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Diagnostic(
                file: file, line: mark.line, column: mark.column, kind: .notYAML,
                message: "not YAML: \(problem)")
        case .reader(let problem, let offset, let value, let text):
            Diagnostic(
                file: file, line: line(at: offset, in: text), kind: .notYAML,
                message: "not YAML: \(problem)\(value > 0 ? " (U+\(hex(value)))" : "")")
        case .duplicatedKeysInMapping(let names, let context):
            Diagnostic(
                file: file, line: context.mark.line, column: context.mark.column, kind: .twiceInMapping,
                message: "\(names.joined(separator: ", ")) is there twice (take one out)")
        default:
            Diagnostic(
                file: file, line: 0, kind: .notYAML, message: "it is not YAML (see Policies/README.md)")
        }
    }

    private static func line(at offset: Int?, in text: String) -> Int {
        offset.map { offset in 1 + text.prefix(offset).utf8.count { $0 == 0x0A } } ?? 0
    }

    private static func hex(_ value: Int32) -> String {
        let hex = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    }
}
