/// Something wrong in a policy file, where, and what to do about it.
public struct Diagnostic: Error, Hashable, Sendable, Encodable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable, Encodable {
        /// The file can't be used.
        case error
        /// The file is used, but somebody should look.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// The file, as it was named.
    public var file: String
    /// The line, from 1; 0 when it is about the file as a whole.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int?
    /// What sort of thing is wrong; a name that stays when the words change.
    public var kind: Kind?
    /// What is wrong, and the remedy.
    public var message: String

    /// Makes a diagnostic.
    public init(
        _ severity: Severity = .error, file: String, line: Int, column: Int? = nil, kind: Kind? = nil,
        message: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.kind = kind
        self.message = message
    }

    /// Makes a diagnostic about a place in a file.
    public init(
        _ kind: Kind, _ severity: Severity = .error, file: String, at position: FilePosition, message: String
    ) {
        self.init(
            severity, file: file, line: position.line, column: position.column, kind: kind, message: message)
    }

    /// The same with its file named from outside the folder it stands in.
    public func placed(in folder: String) -> Diagnostic {
        var placed = self
        placed.file = folder + "/" + file
        return placed
    }

    /// Such as `Policies/spam.yaml:12:14: unknown field "bodi" in selection "links" (did you mean "body"?)`.
    public var description: String {
        var place = line > 0 ? "\(file):\(line)" : file
        if line > 0, let column { place += ":\(column)" }
        return "\(place): \(severity == .warning ? "warning: " : "")\(message)"
    }
}

/// Finds the word that was probably meant.
enum Suggestion {
    /// ` (did you mean "body"?)`, or the known words when none is near.
    static func text(for word: String, among known: [String]) -> String {
        let limit = max(1, word.count / 3)
        let near = known.map { ($0, distance(word, $0)) }.filter { $0.1 <= limit }.min { $0.1 < $1.1 }
        if let near { return " (did you mean \"\(near.0)\"?)" }
        if known.isEmpty { return "" }
        let more = known.count > 60 ? ", …" : ""
        return " (one of \(known.prefix(60).joined(separator: ", "))\(more))"
    }

    /// Levenshtein's distance; long words are not compared.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars.prefix(64))
        let right = Array(right.unicodeScalars.prefix(64))
        guard left.count < 64, right.count < 64 else { return .max }
        var row = Array(0...right.count)
        for (i, first) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, second) in right.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (first == second ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
