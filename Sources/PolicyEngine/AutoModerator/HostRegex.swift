/// Expressions for the host of an address, which is searched as a whole.
enum HostRegex {
    private static let before = "^(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/?#@]*@)?"
    private static let character = "[^/?#:@]"
    private static let after = "(?:[/?#:]|$)"

    static func expression(_ value: String, _ method: AutoModeratorKey.Method, isRegex: Bool)
        throws(PythonRegex.Refusal)
        -> String
    {
        var part = isRegex ? try within(PythonRegex.translated(value)) : PythonRegex.escaped(value)
        guard isRegex || !value.contains(where: { "/?#:@ \n".contains($0) }) else {
            throw PythonRegex.Refusal(reason: "no domain holds such signs")
        }
        var isStart = method == .startsWith || method == .fullExact || method == .fullText
        var isEnd = method == .endsWith || method == .fullExact || method == .fullText
        if isRegex, part.hasPrefix("^") {
            part.removeFirst()
            isStart = true
        }
        if isRegex, part.hasSuffix("$"), !part.hasSuffix("\\$") {
            part.removeLast()
            isEnd = true
        }
        guard !part.isEmpty else { throw PythonRegex.Refusal(reason: "it also matches nothing at all") }
        let isWord = method == .includesWord || method == .domain
        let lead = isStart ? "" : isWord ? "(?:\(character)*[^/?#:@\\w])?" : "\(character)*"
        let trail = isEnd ? after : isWord ? "(?:\\W|$)" : ""
        return before + lead + "(?:\(part))" + trail
    }

    /// An expression that can't reach beyond the host.
    private static func within(_ text: String) throws(PythonRegex.Refusal) -> String {
        let beyond = PythonRegex.Refusal(reason: "its expression may reach beyond the domain of an address")
        var result = ""
        let scalars = Array(text.unicodeScalars)
        var isInside = false
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            switch scalar {
            case "\\":
                guard index + 1 < scalars.count, !"WDSsB/".unicodeScalars.contains(scalars[index + 1]) else {
                    throw beyond
                }
                result.unicodeScalars += [scalar, scalars[index + 1]]
                index += 1
            case "[":
                if index + 1 < scalars.count, scalars[index + 1] == "^" { throw beyond }
                isInside = true
                result.unicodeScalars.append(scalar)
            case "]":
                isInside = false
                result.unicodeScalars.append(scalar)
            case "." where !isInside: result += character
            case "^" where index > 0, "$" where index < scalars.count - 1, "/", "#", "@": throw beyond
            default: result.unicodeScalars.append(scalar)
            }
            index += 1
        }
        return result
    }
}
