extension PolicyLint.Findings {
    /// A compiled expression larger than this is said to be costly: usual ones take 4 to 20 kB.
    static let largestExpression = 128 << 10

    /// Expressions that cost much more than they need to.
    mutating func checkExpressions(of rule: Rule, in policy: Policy) {
        for test in rule.selections.values.flatMap(\.alternatives).joined() {
            guard case .patterns(_, _, isRegex: true) = test.test else { continue }
            for (entry, pattern) in zip(test.entries, test.patterns) {
                let shape = ExpressionShape(pattern.text)
                if shape.beginsOpen {
                    warn(
                        .openEnd, policy.file, entry.position,
                        "the regex begins with what takes any text: it finds the same posts without, and underlines"
                            + " less (take it off)")
                }
                if shape.endsOpen {
                    warn(
                        .openEnd, policy.file, entry.position,
                        "the regex ends with what takes any text: every character that follows is another match"
                            + " (end it with what must be there)")
                }
                if let inner = shape.nestedRepeat {
                    warn(
                        .nestedRepeat, policy.file, entry.position,
                        "\"\(inner)\" repeats a repeat, which finds nothing more than one (write it once)")
                }
                if let size = PatternCheck.size(of: pattern), size > Self.largestExpression {
                    warn(
                        .costlyRegex, policy.file, entry.position,
                        "the regex takes more than \(Self.largestExpression >> 10) kB compiled, where usual ones take 4 to 20 (make its repeats"
                            + " smaller, or use near)")
                }
            }
        }
    }
}

/// What the text of a regular expression shows without being compiled.
struct ExpressionShape {
    /// Whether a branch begins with `.*` or `.{0,}`.
    private(set) var beginsOpen = false
    /// Whether a branch ends with `.*`, `.+` or `.{3,}`.
    private(set) var endsOpen = false
    /// A group that repeats without end a single part that does so itself, such as `(?:a+)+`.
    private(set) var nestedRepeat: String?

    init(_ text: String) {
        let items = Self.items(of: Array(text.unicodeScalars))
        for branch in items.split(whereSeparator: { $0.text == "|" && $0.depth == 0 }) {
            let top = Array(branch.drop { $0.text.hasPrefix("(?") && $0.text.hasSuffix(")") })
            if let first = top.first, first.depth == 0, first.text == ".", first.repeats == .fromNone {
                beginsOpen = true
            }
            if let last = top.last, last.depth == 0, last.text == ".", last.repeats != .bounded {
                endsOpen = true
            }
        }
        findNested(items)
    }

    private mutating func findNested(_ items: [Item]) {
        for (index, item) in items.enumerated() where item.text == "(" {
            guard index + 2 < items.count, items[index + 2].text == ")", items[index + 1].text != "(" else {
                continue
            }
            let inner = items[index + 1]
            let outer = items[index + 2]
            if inner.repeats != .bounded, outer.repeats != .bounded {
                nestedRepeat = "(\(inner.text)\(inner.sign))\(outer.sign)"
            }
        }
    }

    private enum Repeats { case bounded, fromNone, fromSome }

    /// One part: a character, an escape, a class, a bracket or a bar, and how often it may stand there.
    private struct Item {
        var text: String
        var depth: Int
        var sign = ""
        var repeats: Repeats {
            guard let first = sign.first else { return .bounded }
            if first == "*" || sign == "{0,}" { return .fromNone }
            return first == "+" || sign.hasSuffix(",}") ? .fromSome : .bounded
        }
    }

    private static func items(of scalars: [Unicode.Scalar]) -> [Item] {
        var result: [Item] = []
        var depth = 0
        var index = 0
        func text(_ range: Range<Int>) -> String {
            String(String.UnicodeScalarView(scalars[range]))
        }
        while index < scalars.count {
            let start = index
            var isClosing = false
            switch scalars[index] {
            case "\\": index += 2
            case "[": index = classEnd(scalars, from: index)
            case "(":
                index = groupStart(scalars, from: index)
                if scalars[index - 1] == ")" { break }
                result.append(Item(text: "(", depth: depth))
                depth += 1
                continue
            case ")":
                index += 1
                depth = max(0, depth - 1)
                isClosing = true
            default: index += 1
            }
            index = min(index, scalars.count)
            var item = Item(text: isClosing ? ")" : text(start..<index), depth: depth)
            let end = repeatEnd(scalars, from: index)
            item.sign = text(index..<end)
            index = end
            // Lazy and possessive repeats take as much.
            if !item.sign.isEmpty, index < scalars.count, scalars[index] == "?" || scalars[index] == "+" {
                index += 1
            }
            result.append(item)
        }
        return result
    }

    private static func classEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var index = start + 1
        if index < scalars.count, scalars[index] == "^" { index += 1 }
        if index < scalars.count, scalars[index] == "]" { index += 1 }
        while index < scalars.count, scalars[index] != "]" { index += scalars[index] == "\\" ? 2 : 1 }
        return min(index + 1, scalars.count)
    }

    /// Behind `(`, `(?:`, `(?<name>`; or behind the whole of `(?i)`.
    private static func groupStart(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        var index = start + 1
        guard index < scalars.count, scalars[index] == "?" else { return index }
        while index < scalars.count, ![":", ">", ")"].contains(scalars[index]) { index += 1 }
        return min(index + 1, scalars.count)
    }

    private static func repeatEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
        guard start < scalars.count else { return start }
        if ["*", "+", "?"].contains(scalars[start]) { return start + 1 }
        guard scalars[start] == "{", let end = scalars[start...].firstIndex(of: "}"), end > start + 1,
            scalars[start + 1..<end].allSatisfy({ ("0"..."9").contains($0) || $0 == "," })
        else { return start }
        return end + 1
    }
}
