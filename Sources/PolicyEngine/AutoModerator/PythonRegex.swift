/// Regular expressions as AutoModerator has them, for a scanner that reads them a little differently.
enum PythonRegex {
    /// Why an expression has no counterpart.
    struct Refusal: Error { let reason: String }

    /// What is neither letter nor digit in any script, as Python's `\W` is: the scanner's own takes letters beyond
    /// ASCII for signs.
    static let sign =
        #"[^\w\x{C0}-\x{1FFF}\x{2C00}-\x{2FFF}\x{3040}-\x{FDFF}\x{FE70}-\x{FEFF}\x{FF10}-\x{1EFFF}"#
        + #"\x{20000}-\x{10FFFF}ªº]"#

    /// The same expression for a text in which line breaks are spaces and texts are lines.
    static func translated(_ text: String) throws(Refusal) -> String {
        var reader = Reader(text)
        return try reader.translate()
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0
        var result = ""
        var hasAnchor = false
        var isMultiline = false

        init(_ text: String) { scalars = Array(text.unicodeScalars) }

        mutating func translate() throws(Refusal) -> String {
            while index < scalars.count {
                let scalar = scalars[index]
                switch scalar {
                case "\\": try escape(inClass: nil)
                case "[": try characterClass()
                case "(": try group()
                case "{" where isOpenRepeat: copy("{0")
                case "\n", "\r": throw lineBreaks
                case "^", "$":
                    hasAnchor = true
                    copy(scalar)
                default: copy(scalar)
                }
            }
            if isMultiline, hasAnchor {
                throw Refusal(reason: "lines within a text are not told apart, as (?m) wants")
            }
            return result
        }

        private mutating func copy(_ scalar: Unicode.Scalar) {
            result.unicodeScalars.append(scalar)
            index += 1
        }

        private mutating func copy(_ text: String) {
            result += text
            index += 1
        }

        private var lineBreaks: Refusal { Refusal(reason: "line breaks in a text are read as spaces") }

        /// `{,3}` is a repeat for Python alone.
        private var isOpenRepeat: Bool {
            guard index + 2 < scalars.count, scalars[index + 1] == "," else { return false }
            var place = index + 2
            while place < scalars.count, ("0"..."9").contains(scalars[place]) { place += 1 }
            return place > index + 2 && place < scalars.count && scalars[place] == "}"
        }

        /// An escape; in a class that is negated or not, or outside of one.
        private mutating func escape(inClass isNegated: Bool?) throws(Refusal) {
            guard index + 1 < scalars.count else { throw Refusal(reason: "it ends in a backslash") }
            let next = scalars[index + 1]
            switch next {
            case "A" where isNegated == nil: anchor("^")
            case "Z" where isNegated == nil: anchor("$")
            case "n", "r":
                guard isNegated == true else { throw lineBreaks }
                result.unicodeScalars += [scalars[index], next]
                index += 2
            case "u", "U":
                let digits = next == "u" ? 4 : 8
                let hex = String(String.UnicodeScalarView(scalars[(index + 2)...].prefix(digits)))
                guard let value = UInt32(hex, radix: 16), let scalar = Unicode.Scalar(value),
                    hex.count == digits
                else { throw Refusal(reason: "\\\(next) needs \(digits) digits") }
                if !scalar.properties.isAlphabetic { result += "\\" }
                result.unicodeScalars.append(scalar)
                index += 2 + digits
            default:
                result.unicodeScalars += [scalars[index], next]
                index += 2
            }
        }

        private mutating func anchor(_ sign: String) {
            hasAnchor = true
            result += sign
            index += 2
        }

        private mutating func characterClass() throws(Refusal) {
            copy("[")
            var isNegated = false
            if index < scalars.count, scalars[index] == "^" {
                isNegated = true
                copy("^")
            }
            if index < scalars.count, scalars[index] == "]" { copy("\\]") }
            while index < scalars.count, scalars[index] != "]" {
                switch scalars[index] {
                case "\\": try escape(inClass: isNegated)
                // A bracket in a class is one; to the scanner it may begin a name such as [:alpha:].
                case "[": copy("\\[")
                case "\n", "\r":
                    guard isNegated else { throw lineBreaks }
                    copy(scalars[index])
                default: copy(scalars[index])
                }
            }
            guard index < scalars.count else { throw Refusal(reason: "a [ has no ]") }
            copy("]")
        }

        /// Flags hold for the whole expression; what they say is either so already or can't be.
        private mutating func group() throws(Refusal) {
            let flags = scalars[index...].dropFirst(2).prefix { "aiLmsux".unicodeScalars.contains($0) }
            guard index + 2 < scalars.count, scalars[index + 1] == "?", !flags.isEmpty,
                flags.endIndex < scalars.count,
                scalars[flags.endIndex] == ")"
            else { return copy("(") }
            if flags.contains("x") { throw Refusal(reason: "(?x) is not read") }
            if flags.contains("m") { isMultiline = true }
            if flags.contains("i"), !result.hasPrefix("(?i)") { result = "(?i)" + result }
            index = flags.endIndex + 1
        }
    }

    // MARK: Literals

    /// The words that an expression of nothing but words and bars stands for.
    static func literals(in text: String) -> [String]? {
        var words: [String] = [""]
        var isEscaped = false
        for scalar in text.unicodeScalars {
            let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            if isEscaped {
                guard scalar.isASCII, !isWord, scalar != "\n", scalar != "\r" else { return nil }
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
                continue
            } else if scalar == "|" {
                words.append("")
                continue
            } else if !isWord, !" '-,!@#&/_:;%=~\"".unicodeScalars.contains(scalar) {
                return nil
            }
            words[words.count - 1].unicodeScalars.append(scalar)
        }
        return isEscaped || words.contains(where: \.isEmpty) ? nil : words
    }

    /// An expression without what takes any text at its ends, which changes nothing about whether it is found.
    static func withoutOpenEnds(_ text: String) -> String {
        guard !text.contains("|") else { return text }
        var rest = text[...]
        for start in [".*?", ".*"] where rest.hasPrefix(start) { rest = rest.dropFirst(start.count) }
        func isOpen(_ end: String) -> Bool { rest.hasSuffix(end) && !rest.hasSuffix("\\" + end) }
        for end in [".*?", ".*"] where isOpen(end) { rest = rest.dropLast(end.count) }
        for end in [".+?", ".+"] where isOpen(end) { rest = rest.dropLast(end.count - 1) }
        let isWhole = rest.isEmpty || rest.hasPrefix("?") || rest.hasPrefix("+") || rest.hasPrefix("{")
        return isWhole ? text : String(rest)
    }

    /// A literal as an expression.
    static func escaped(_ text: String) -> String { Pattern(text: text, isRegex: false).expression }

    /// An expression that must stand as a word: `\b` where it begins or ends with a letter for certain, else
    /// AutoModerator's own way of saying it.
    static func asWord(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        func isLetter(_ place: Int) -> Bool {
            guard scalars.indices.contains(place), scalars[place].isASCII else { return false }
            return scalars[place].properties.isAlphabetic || ("0"..."9").contains(scalars[place])
        }
        let hasBar = scalars.contains("|")
        let mayRepeat = scalars.count > 1 && "?*{".unicodeScalars.contains(scalars[1])
        let beginsWithLetter = !hasBar && isLetter(0) && !mayRepeat
        let last = scalars.count - 1
        let endsWithLetter =
            !hasBar && isLetter(last) && (last == 0 || isLetter(last - 1) || scalars[last - 1] == " ")
            && !(last > 1 && scalars[last - 2] == "\\")
        return (beginsWithLetter ? "\\b" : "(?:^|\\W|\\b)")
            + (hasBar || !beginsWithLetter || !endsWithLetter ? "(?:\(text))" : text)
            + (endsWithLetter ? "\\b" : "(?:$|\\W|\\b)")
    }
}
