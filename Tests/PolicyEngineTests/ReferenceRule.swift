import Foundation
import Moderation

/// A rule as the generator makes it, before it is written as YAML.
struct ReferenceRule {
    struct Test {
        enum Kind {
            case words([String], Anchor, least: Int)
            case regex(ReferenceRegex)
            case near([[String]], within: Int)
            case values([String], Anchor)
            case domains([String])
            case exists(Bool)
            case trusted(Bool)
            case number(String, Int64, text: String, window: String?)
        }
        enum Anchor: String { case word, anywhere, start, end, whole }

        var field: String
        var kind: Kind
        /// The operator's name in YAML.
        var name: String
        var fold = "full"
    }

    indirect enum When {
        case selection(Int)
        case of(Int, [Int])
        case not(When)
        case and(When, When)
        case or(When, When)

        func holds(_ selection: (Int) -> Bool) -> Bool {
            switch self {
            case .selection(let index): selection(index)
            case .of(let count, let indices): indices.filter(selection).count >= count
            case .not(let inner): !inner.holds(selection)
            case .and(let left, let right): left.holds(selection) && right.holds(selection)
            case .or(let left, let right): left.holds(selection) || right.holds(selection)
            }
        }

        var text: String {
            switch self {
            case .selection(let index): "s\(index)"
            case .of(let count, let indices):
                indices.count == 1 ? "\(count) of s\(indices[0])" : "\(count) of them"
            case .not(let inner): "not (\(inner.text))"
            case .and(let left, let right): "(\(left.text) and \(right.text))"
            case .or(let left, let right): "(\(left.text) or \(right.text))"
            }
        }
    }

    var id: String
    /// Alternatives of tests, for each selection.
    var selections: [[[Test]]]
    var when: When
    var languages: [String] = []

    // MARK: YAML

    static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }

    static func list(_ texts: [String]) -> String { "[" + texts.map(quoted).joined(separator: ", ") + "]" }

    var yaml: String {
        var lines = "  - id: p/\(id)\n"
        if !languages.isEmpty { lines += "    languages: \(Self.list(languages))\n" }
        lines += "    selections:\n"
        for (index, alternatives) in selections.enumerated() {
            lines += "      s\(index):\n"
            for tests in alternatives {
                lines += "        - {" + tests.map(\.yaml).joined(separator: ", ") + "}\n"
            }
        }
        return lines + "    when: \(when.text)\n"
    }

    static func policy(_ rules: [ReferenceRule]) -> String {
        """
        id: p
        title: P
        guidance: G
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: mild
        actions: [keep]
        rules:

        """ + rules.map(\.yaml).joined()
    }
}

extension ReferenceRule.Test {
    var yaml: String {
        let fold = fold == "full" ? "" : ", fold: \(fold)"
        switch kind {
        case .words(let words, _, let least):
            let least = least > 1 ? ", at_least: \(least)" : ""
            return "\(field): {\(name): \(ReferenceRule.list(words))\(fold)\(least)}"
        case .regex(let regex): return "\(field): {regex: \(ReferenceRule.quoted(regex.text))\(fold)}"
        case .near(let groups, let within):
            let words = groups.map(ReferenceRule.list).joined(separator: ", ")
            return "\(field): {near: {words: [\(words)], within: \(within)}\(fold)}"
        case .values(let values, _), .domains(let values):
            return "\(field): {\(name): \(ReferenceRule.list(values))}"
        case .exists(let flag): return "\(field): {exists: \(flag)}"
        case .trusted(let flag): return "\(field): {equals: \(flag)}"
        case .number(_, _, let text, let window):
            return "\(field): {\(name): \(text)\(window.map { ", within: \($0)" } ?? "")}"
        }
    }
}

/// A regular expression, matched by trying everything, byte by byte as the scanner does.
indirect enum ReferenceRegex {
    case text(String)
    case set([String])
    case alternatives([ReferenceRegex])
    case sequence([ReferenceRegex])
    case repeated(ReferenceRegex, Int, Int)
    case boundary

    var text: String {
        switch self {
        case .text(let text): text
        case .set(let letters): "[\(letters.joined())]"
        case .alternatives(let parts): "(?:\(parts.map(\.text).joined(separator: "|")))"
        case .sequence(let parts): parts.map(\.text).joined()
        case .repeated(let part, let least, let most): "(?:\(part.text)){\(least),\(most)}"
        case .boundary: "\\b"
        }
    }

    /// Everywhere that a match can end that begins here.
    func ends(from start: Int, in bytes: [UInt8]) -> Set<Int> {
        switch self {
        case .text(let text):
            let wanted = Array(text.utf8)
            let end = start + wanted.count
            return end <= bytes.count && Array(bytes[start..<end]) == wanted ? [end] : []
        case .set(let letters):
            return letters.reduce(into: []) { $0.formUnion(Self.text($1).ends(from: start, in: bytes)) }
        case .alternatives(let parts):
            return parts.reduce(into: []) { $0.formUnion($1.ends(from: start, in: bytes)) }
        case .sequence(let parts):
            return parts.reduce([start]) { starts, part in
                starts.reduce(into: []) { $0.formUnion(part.ends(from: $1, in: bytes)) }
            }
        case .repeated(let part, let least, let most):
            var ends: Set<Int> = least == 0 ? [start] : []
            var current: Set<Int> = [start]
            for count in 1...most {
                current = current.reduce(into: []) { $0.formUnion(part.ends(from: $1, in: bytes)) }
                if count >= least { ends.formUnion(current) }
            }
            return ends
        case .boundary:
            func isWord(_ index: Int) -> Bool {
                guard bytes.indices.contains(index) else { return false }
                let scalar = Unicode.Scalar(bytes[index])
                return scalar.isASCII
                    && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar || scalar == "_")
            }
            return isWord(start - 1) != isWord(start) ? [start] : []
        }
    }
}
