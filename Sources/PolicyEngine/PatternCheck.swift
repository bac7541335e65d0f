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
            return refusal(saying: reason)
        }
        if info?.pointee.min_width == 0 {
            return Refusal(
                reason: "it also matches nothing at all", remedy: "ask for at least one character")
        }
        do { _ = try PatternDatabase.compile([pattern]) } catch let refusal as PatternDatabase.Refusal {
            return self.refusal(saying: refusal.reason)
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
    private static func refusal(saying message: String) -> Refusal {
        var words = message.split(separator: " ")
        var offset: Int?
        if words.count > 3, words[words.count - 2] == "index", words[words.count - 3] == "at",
            let last = words.last
        {
            offset = Int(last.filter(\.isNumber))
            words.removeLast(3)
        }
        var reason = words.joined(separator: " ")
        while reason.last == "." { reason.removeLast() }
        let lower = reason.lowercased()
        let remedy =
            if ["look", "assert", "zero-width"].contains(where: lower.contains) {
                "look-around is not supported; give what must not stand there a selection of its own"
            } else if ["back", "reference"].contains(where: lower.contains) {
                "back-references are not supported; write the alternatives out"
            } else if ["large", "long", "repeat", "resource"].contains(where: lower.contains) {
                "make its repeats smaller, or split it"
            } else {
                "mend it; look-around and back-references are not supported"
            }
        return Refusal(reason: reason, remedy: remedy, offset: offset)
    }
}
