/// Makes one short text that an expression of everyday make finds; whether it does is for others to check.
enum RegexSampler {
    static func sample(of expression: String) -> String? {
        var reader = Reader(expression)
        guard let text = reader.alternatives(depth: 0), reader.isAtEnd else { return nil }
        let trimmed = String(text[...].trimmingSpaces)
        return trimmed.isEmpty || trimmed.count > 200 ? nil : trimmed
    }

    private struct Reader {
        private let scalars: [Unicode.Scalar]
        private var index = 0

        init(_ text: String) { scalars = Array(text.unicodeScalars) }

        var isAtEnd: Bool { index >= scalars.count }
        private var peek: Unicode.Scalar? { isAtEnd ? nil : scalars[index] }

        /// The first of the alternatives; the others are passed over.
        mutating func alternatives(depth: Int) -> String? {
            guard depth < 20 else { return nil }
            var first: String?
            repeat {
                if peek == "|" { index += 1 }
                guard let text = sequence(depth: depth) else { return nil }
                if first == nil { first = text }
            } while peek == "|"
            return first
        }

        private mutating func sequence(depth: Int) -> String? {
            var result = ""
            while let next = peek, next != "|", next != ")" {
                guard let part = atom(depth: depth), let count = repeats(), result.count < 400 else {
                    return nil
                }
                for _ in 0..<count { result += part }
            }
            return result
        }

        private mutating func atom(depth: Int) -> String? {
            guard let next = peek else { return nil }
            index += 1
            switch next {
            case "(":
                if peek == "?" {
                    index += 1
                    guard peek == ":" else { return nil }
                    index += 1
                }
                guard let inner = alternatives(depth: depth + 1), peek == ")" else { return nil }
                index += 1
                return inner
            case "[": return member()
            case "\\": return escape()
            case ".": return "a"
            case "^", "$": return ""
            case "*", "+", "?", "{": return nil
            default: return String(next)
            }
        }

        private mutating func escape() -> String? {
            guard let next = peek else { return nil }
            index += 1
            switch next {
            case "d": return "5"
            case "w", "S", "D": return "a"
            case "s", "W": return " "
            case "b", "B": return ""
            case _ where next.properties.isAlphabetic || ("0"..."9").contains(next): return nil
            default: return String(next)
            }
        }

        /// One character of a class.
        private mutating func member() -> String? {
            let isNegated = peek == "^"
            if isNegated { index += 1 }
            let start = index
            var first: String?
            while let next = peek, next != "]" {
                index += 1
                let text = next == "\\" ? escape() : String(next)
                if first == nil { first = text }
            }
            guard peek == "]" else { return nil }
            let named = scalars[start..<index]
            index += 1
            guard isNegated else { return first }
            // Ranges and names may hold any of these; whether the text is found is for others to check.
            let others: [Unicode.Scalar] = ["a", "x", "5", " ", "-"]
            return others.first { !named.contains($0) }.map(String.init)
        }

        /// How often the part before must stand.
        private mutating func repeats() -> Int? {
            var count = 1
            switch peek {
            case "?", "*": count = 0
            case "+": break
            case "{":
                var digits = ""
                index += 1
                while let next = peek, ("0"..."9").contains(next) {
                    digits.unicodeScalars.append(next)
                    index += 1
                }
                while let next = peek, next != "}" {
                    guard next == "," || ("0"..."9").contains(next) else { return nil }
                    index += 1
                }
                guard peek == "}", let least = Int(digits), least <= 100 else { return nil }
                count = least
            default: return 1
            }
            index += 1
            if peek == "?" || peek == "+" { index += 1 }
            return count
        }
    }
}
