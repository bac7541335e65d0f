import CVectorscan

/// A pattern for the scanner.
struct Pattern: Hashable {
    let text: String
    let isRegex: Bool
    /// Whether it is looked for in the text as written, not in a folded reading.
    var isExact = false
    /// Whether, looked for as written, capital and small letters are the same.
    var ignoresCase = false
    /// Whether it is found as whole words only, so that these can be looked up in a table: a folded literal that
    /// begins and ends with a word, for which nobody looks anywhere else.
    var isWhole = false

    /// Whether a table of words can find it: it begins and ends with a character of a script that writes spaces.
    var canBeWhole: Bool {
        guard !isRegex, !isExact, let first = text.unicodeScalars.first, let last = text.unicodeScalars.last
        else { return false }
        return WordBoundary.isWord(first) && WordBoundary.isWord(last)
    }

    /// The literal's UTF-8.
    var bytes: [UInt8] { Array(text.utf8) }

    /// The regular expression: literals with their signs escaped.
    var expression: String {
        // The scanner takes expressions up to their first zero.
        guard !isRegex else { return text.replacing("\0", with: "\\x00") }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\0" {
                result += "\\x00"
                continue
            }
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar), scalar != " " {
                result += "\\"
            }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Whether every match of it is as long: not when a capital letter may take more bytes than the small one.
    var hasOneLength: Bool { !isRegex && (!ignoresCase || isASCII) }

    private var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// Literals have one length, so where they start is known; only expressions need the costly search for it.
    ///
    /// An expression is read as bytes unless a character class of it holds characters beyond ASCII: bounded
    /// repeats of whole characters soon grow too large for the scanner. `\b` and `\w` know ASCII only.
    var flags: UInt32 {
        let ignored = isExact && !ignoresCase ? 0 : UInt32(HS_FLAG_CASELESS)
        guard !hasOneLength else { return ignoresCase ? ignored : 0 }
        // Texts stand one behind the other, a line each.
        return (isWide ? UInt32(HS_FLAG_UTF8) : 0) | UInt32(HS_FLAG_SOM_LEFTMOST | HS_FLAG_MULTILINE)
            | ignored
    }

    /// The same without where matches begin.
    var flagsWithoutStart: UInt32 { flags & ~UInt32(HS_FLAG_SOM_LEFTMOST) }

    /// Whether whole characters are matched, not bytes.
    var isWide: Bool { hasWideClass || (ignoresCase && !isASCII) }

    private var hasWideClass: Bool {
        guard isRegex else { return false }
        var isInside = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isInside, !scalar.isASCII { return true }
            if !isEscaped, scalar == "[" { isInside = true }
            if !isEscaped, scalar == "]" { isInside = false }
            isEscaped = !isEscaped && scalar == "\\"
        }
        return false
    }
}
