/// The beginnings of which every match of an expression holds at least one, where no word goes on.
///
/// Of `\b(the|an) (quick|lazy) fox\b` these are "quick fox" and "lazy fox": a text in which no word begins so needs no
/// scan for the expression. Most expressions of policies are phrases with choices in them, and most posts hold none
/// of their rarer words.
struct RequiredStarts {
    /// More are not kept: they would be everywhere.
    private static let most = 96
    /// Shorter ones would be, too.
    static let shortest = 4
    static let longest = 16

    /// From four to sixteen bytes each.
    let texts: Set<[UInt8]>

    /// `nil` when nothing can be told.
    init?(of pattern: Pattern) {
        // Characters beyond ASCII have other ways to be written large where whole characters are matched.
        guard pattern.isRegex, !pattern.isWide, let parts = ByteExpression.parts(of: pattern.text) else {
            return nil
        }
        // Of choices between whole expressions each has its own.
        let choices = if parts.count == 1, case .either(let branches) = parts[0] { branches } else { [parts] }
        var all: Set<[UInt8]> = []
        for choice in choices {
            guard let some = Self.rarest(in: choice) else { return nil }
            all.formUnion(some)
        }
        texts = all
    }

    /// Of all places in an expression where a word begins, what can stand at the one where that is met least often.
    private static func rarest(in parts: [ByteExpression]) -> Set<[UInt8]>? {
        var best: (texts: Set<[UInt8]>, chance: Double)?
        var isOutside = false
        var follows = false
        for index in parts.indices {
            if isOutside || follows,
                let texts = starts(of: parts[index...]), let chance = chance(of: texts),
                isOutside || texts.allSatisfy({ ByteExpression.isWord($0[0]) }),
                chance < best?.chance ?? .infinity
            {
                best = (texts, chance)
            }
            isOutside = endsOutside(parts[index], isOutside)
            if case .edge = parts[index] { follows = true } else { follows = false }
        }
        return best?.texts
    }

    /// How often a text is met by their first bytes, roughly: letters are about as rare as one in ten, and common words
    /// as one in fifty.
    ///
    /// What comes later does not count, or the common words before a rare one would be as good as the rare one.
    /// `nil` when one of them begins with what no word begins with.
    private static func chance(of texts: Set<[UInt8]>) -> Double? {
        guard texts.allSatisfy({ ByteExpression.isWord($0[0]) || $0[0] >= 0xC0 }) else { return nil }
        return Set(texts.map { $0.prefix(8) }).reduce(0) { sum, text in sum + chance(of: text) }
    }

    private static func chance(of text: ArraySlice<UInt8>) -> Double {
        text.split(separator: 0x20).reduce(1) { chance, word in
            chance * (CommonWords.contains(word) ? 0.02 : word.reduce(1) { chance, _ in chance / 10 })
        }
    }

    /// Whether what ends with a part certainly ends with no ASCII letter, digit or `_`.
    ///
    /// - Parameter before: the same of what stands before it.
    private static func endsOutside(_ part: ByteExpression, _ before: Bool) -> Bool {
        func end(_ parts: [ByteExpression]) -> Bool { parts.reduce(before) { endsOutside($1, $0) } }
        return switch part {
        case .byte(let byte): !ByteExpression.isWord(byte)
        case .some(let isOutside): isOutside
        case .edge, .nothing: before
        case .lineStart: true
        case .either(let branches): branches.allSatisfy { end($0) }
        case .optional(let parts), .repeated(let parts): before && end(parts)
        }
    }

    /// What every match of these parts begins with one of: as long as can be told without too many.
    private static func starts(of parts: ArraySlice<ByteExpression>) -> Set<[UInt8]>? {
        for length in [longest, 12, 8, 6, shortest] {
            var collected = Collector(length: length)
            if collected.extend([], by: parts, then: nil) { return collected.texts }
            if collected.isTooShort { return nil }
        }
        return nil
    }

    /// What follows a group.
    private final class Following {
        let parts: ArraySlice<ByteExpression>
        let next: Following?

        init(_ parts: ArraySlice<ByteExpression>, _ next: Following?) {
            self.parts = parts
            self.next = next
        }
    }

    private struct Collector {
        let length: Int
        var texts: Set<[UInt8]> = []
        /// Whether a match may begin with too little to look for, however long the others are.
        var isTooShort = false
        /// Groups that may still be gone into, for expressions that are large without end.
        private var left = 1000

        init(length: Int) { self.length = length }

        /// Collects what begins so; `false` when there is too much, or when something is too short.
        mutating func extend(
            _ start: [UInt8], by first: ArraySlice<ByteExpression>, then following: Following?
        ) -> Bool {
            left -= 1
            guard left > 0, texts.count <= RequiredStarts.most else { return false }
            var text = start
            var rest = first
            var next = following
            while text.count < length {
                let here = rest
                guard let part = rest.popFirst() else {
                    guard let after = next else { break }
                    (rest, next) = (after.parts, after.next)
                    continue
                }
                switch part {
                case .byte(let byte): text.append(byte)
                case .edge, .lineStart, .nothing: break
                case .some: return take(text)
                case .either(let branches):
                    let after = Following(rest, next)
                    return branches.allSatisfy { extend(text, by: $0[...], then: after) }
                case .optional(let parts):
                    return extend(text, by: rest, then: next)
                        && extend(text, by: parts[...], then: Following(rest, next))
                case .repeated(let parts):
                    let again = Following(here, next)
                    return extend(text, by: rest, then: next) && extend(text, by: parts[...], then: again)
                }
            }
            return take(text)
        }

        private mutating func take(_ text: [UInt8]) -> Bool {
            guard text.count >= RequiredStarts.shortest else {
                isTooShort = true
                return false
            }
            texts.insert(text)
            return texts.count <= RequiredStarts.most
        }
    }
}
