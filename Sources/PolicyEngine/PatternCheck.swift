import CVectorscan
import Foundation

/// Finds the patterns that the scanner refuses.
enum PatternCheck {
    /// Why a pattern is refused.
    struct Refusal {
        let reason: String
        let remedy: String
        /// The byte of the expression that it is about, if the scanner says.
        var offset: Int?
    }

    /// `nil` when the scanner takes the pattern.
    static func refusal(of pattern: Pattern) -> Refusal? {
        var info: UnsafeMutablePointer<hs_expr_info_t>?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        let code = hs_expression_info(pattern.expression, pattern.flags, &info, &problem)
        defer {
            free(info)
            hs_free_compile_error(problem)
        }
        if code != HS_SUCCESS {
            let reason =
                problem.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "it can't be compiled"
            return refusal(saying: reason, of: pattern)
        }
        if info?.pointee.min_width == 0 {
            return Refusal(
                reason: "it also matches nothing at all", remedy: "ask for at least one character")
        }
        do { _ = try PatternDatabase.compile([pattern]) } catch let refusal as PatternDatabase.Refusal {
            return self.refusal(saying: refusal.reason, of: pattern)
        } catch { return Refusal(reason: "it can't be compiled", remedy: "write it more simply") }
        return nil
    }

    /// How many bytes a pattern takes when it is compiled alone.
    static func size(of pattern: Pattern) -> Int? {
        var database: OpaquePointer?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        defer {
            hs_free_compile_error(problem)
            hs_free_database(database)
        }
        var size = 0
        guard
            hs_compile(
                pattern.expression, pattern.flags, UInt32(HS_MODE_VECTORED), nil, &database, &problem)
                == HS_SUCCESS, hs_database_size(database, &size) == HS_SUCCESS
        else { return nil }
        return size
    }

    /// The scanner names the place at the end of what it says, such as "at index 3".
    private static func refusal(saying message: String, of pattern: Pattern) -> Refusal {
        var words = message.split(separator: " ")
        var offset: Int?
        if words.count > 3, words[words.count - 2] == "index", words[words.count - 3] == "at",
            let last = words.last
        {
            offset = Int(last.filter(\.isNumber))
            words.removeLast(3)
            words.append("here")
        }
        var reason = words.joined(separator: " ")
        while reason.last == "." { reason.removeLast() }
        let lower = reason.lowercased()
        var signs: [String] = []
        let remedy: String
        if lower.contains("assertion") {
            signs = ["(?=", "(?!", "(?<=", "(?<!"]
            remedy = "give what must not stand there a selection of its own"
        } else if lower.contains("reference") {
            signs = (1...9).map { "\\\($0)" } + ["\\g", "\\k"]
            remedy = "write the alternatives out"
        } else if ["too large", "bounded", "resource"].contains(where: lower.contains) {
            remedy = "make its repeats smaller, split it, or use near"
        } else {
            remedy = "mend it"
        }
        return Refusal(reason: reason, remedy: remedy, offset: offset ?? place(of: signs, in: pattern.text))
    }

    /// The first of these signs that no backslash stands before.
    private static func place(of signs: [String], in text: String) -> Int? {
        signs.compactMap { sign -> Int? in
            var rest = text[...]
            while let found = rest.firstRange(of: sign) {
                let before = text[..<found.lowerBound].reversed().prefix { $0 == "\\" }.count
                if before.isMultiple(of: 2) { return text[..<found.lowerBound].unicodeScalars.count }
                rest = rest[found.upperBound...]
            }
            return nil
        }.min()
    }
}
