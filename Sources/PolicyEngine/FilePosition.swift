import Yams

/// Where in a file something stands.
public struct FilePosition: Hashable, Comparable, Sendable, Codable {
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int

    /// Makes a position; by default the beginning.
    public init(line: Int = 1, column: Int = 1) {
        self.line = line
        self.column = column
    }

    /// What stands before.
    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

extension Node {
    /// Where it begins; quotes belong to it, and so does the sign of a block.
    var position: FilePosition {
        mark.map { FilePosition(line: $0.line, column: $0.column) } ?? FilePosition()
    }
}

/// Finds the place in a YAML file that a character of a value was read from.
struct SourceText {
    private let lines: [[Unicode.Scalar]]

    init(_ text: String) {
        lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { Array($0.unicodeScalars) }
    }

    /// The place of the scalar at `offset` of a value, or where the value begins when it can't be told.
    func position(of value: Node.Scalar, offset: Int) -> FilePosition {
        let start = FilePosition(line: value.mark?.line ?? 1, column: value.mark?.column ?? 1)
        guard offset > 0 || value.style != .plain, start.line >= 1, start.line <= lines.count else {
            return start
        }
        let wanted = Array(value.string.unicodeScalars)
        switch value.style {
        case .literal, .folded: return position(in: wanted, offset, block: start.line) ?? start
        case .singleQuoted, .doubleQuoted:
            var place = start
            place.column += 1
            return walk(wanted, offset, from: place, value.style) ?? start
        default: return walk(wanted, offset, from: start, value.style) ?? start
        }
    }

    /// A block's text begins on the line after its sign, at the indent of its first line with text.
    private func position(in wanted: [Unicode.Scalar], _ offset: Int, block line: Int) -> FilePosition? {
        guard let first = lines[line...].firstIndex(where: { line in line.contains { $0 != " " } }) else {
            return nil
        }
        let indent = lines[first].prefix { $0 == " " }.count
        return walk(wanted, offset, from: FilePosition(line: line + 1, column: indent + 1), .literal)
    }

    /// Goes through value and file side by side; `nil` when they part, so that no wrong place is named.
    private func walk(
        _ wanted: [Unicode.Scalar], _ offset: Int, from start: FilePosition, _ style: Node.Scalar.Style
    ) -> FilePosition? {
        var place = start
        var index = 0
        while index < min(offset, wanted.count) {
            if wanted[index].properties.isWhitespace, style != .doubleQuoted || scalar(at: place) != "\\" {
                while index < offset, index < wanted.count, wanted[index].properties.isWhitespace {
                    if index + 1 == offset, scalar(at: place) == " " { return next(place) }
                    index += 1
                }
                skipSpaces(&place)
                continue
            }
            guard let seen = scalar(at: place) else { return nil }
            if style == .doubleQuoted, seen == "\\" {
                place.column += escapeLength(at: next(place))
            } else if seen != wanted[index] {
                return nil
            } else if style == .singleQuoted, seen == "'" {
                place.column += 1
            }
            place.column += 1
            index += 1
        }
        if style == .singleQuoted || style == .doubleQuoted || index == wanted.count { return place }
        skipSpaces(&place)
        return place
    }

    private func scalar(at place: FilePosition) -> Unicode.Scalar? {
        guard place.line <= lines.count, place.column <= lines[place.line - 1].count else { return nil }
        return lines[place.line - 1][place.column - 1]
    }

    private func next(_ place: FilePosition) -> FilePosition {
        FilePosition(line: place.line, column: place.column + 1)
    }

    private func skipSpaces(_ place: inout FilePosition) {
        while place.line <= lines.count {
            guard let seen = scalar(at: place) else {
                guard place.line < lines.count else { return }
                place = FilePosition(line: place.line + 1, column: 1)
                continue
            }
            guard seen.properties.isWhitespace else { return }
            place.column += 1
        }
    }

    /// How many characters stand for one after a backslash.
    private func escapeLength(at place: FilePosition) -> Int {
        switch scalar(at: place) {
        case "x": 3
        case "u": 5
        case "U": 9
        default: 1
        }
    }
}
