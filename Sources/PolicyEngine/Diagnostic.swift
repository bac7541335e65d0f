/// Something wrong in a policy file, where, and what to do about it.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Hashable, Sendable {
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
    /// The column, from 1.
    public var column: Int?
    /// What is wrong, and the remedy.
    public var message: String

    /// Makes a diagnostic.
    public init(
        _ severity: Severity = .error, file: String, line: Int, column: Int? = nil, message: String
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// Such as `Policies/spam.yaml:12: unknown field "bodi" in selection "links" (did you mean "body"?)`.
    public var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
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
        return " (one of \(known.joined(separator: ", ")))"
    }

    /// Levenshtein's distance; long words are not compared.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
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
