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
        var best: (texts: Set<[UInt8]>, chance: Double)?
        var isOutside = false
        var follows = false
        for index in parts.indices {
            if isOutside || follows,
                let texts = Self.starts(of: Array(parts[index...])), let chance = Self.chance(of: texts),
                isOutside || texts.allSatisfy({ ByteExpression.isWord($0[0]) }),
                chance < best?.chance ?? .infinity
            {
                best = (texts, chance)
            }
            isOutside = Self.endsOutside(parts[index], isOutside)
            if case .edge = parts[index] { follows = true } else { follows = false }
        }
        guard let best else { return nil }
        texts = best.texts
    }

    /// How often a text is met by their first bytes, roughly: letters are about as rare as one in ten.
    ///
    /// What comes later does not count, or the common words before a rare one would be as good as the rare one.
    /// `nil` when one of them begins with what no word begins with.
    private static func chance(of texts: Set<[UInt8]>) -> Double? {
        guard texts.allSatisfy({ ByteExpression.isWord($0[0]) || $0[0] >= 0xC0 }) else { return nil }
        return Set(texts.map { $0.prefix(8) }).reduce(0) { sum, text in
            sum + text.reduce(1) { chance, _ in chance / 10 }
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
    private static func starts(of parts: [ByteExpression]) -> Set<[UInt8]>? {
        for length in [longest, 12, 8, 6, shortest] {
            var collected = Collector(length: length)
            if collected.extend([], by: Rest(parts)) { return collected.texts }
        }
        return nil
    }

    /// What is still to follow.
    private final class Rest {
        let part: ByteExpression
        let next: Rest?

        init(_ part: ByteExpression, _ next: Rest?) {
            self.part = part
            self.next = next
        }

        convenience init?(_ parts: [ByteExpression], before next: Rest? = nil) {
            guard let first = parts.first else { return nil }
            self.init(first, Rest.chain(parts.dropFirst(), before: next))
        }

        static func chain(_ parts: some BidirectionalCollection<ByteExpression>, before next: Rest?) -> Rest?
        {
            parts.reversed().reduce(next) { Rest($1, $0) }
        }
    }

    private struct Collector {
        let length: Int
        var texts: Set<[UInt8]> = []
        /// Steps that may still be taken, for expressions that are large without end.
        private var steps = 2000

        init(length: Int) { self.length = length }

        /// Collects what begins so; `false` when there is too much, or when something is too short.
        mutating func extend(_ text: [UInt8], by rest: Rest?) -> Bool {
            steps -= 1
            guard steps > 0, texts.count <= RequiredStarts.most else { return false }
            guard text.count < length, let rest else { return take(text) }
            switch rest.part {
            case .byte(let byte): return extend(text + [byte], by: rest.next)
            case .some: return take(text)
            case .edge, .lineStart, .nothing: return extend(text, by: rest.next)
            case .either(let branches):
                return branches.allSatisfy { extend(text, by: Rest.chain($0, before: rest.next)) }
            case .optional(let parts):
                return extend(text, by: rest.next) && extend(text, by: Rest.chain(parts, before: rest.next))
            case .repeated(let parts):
                return extend(text, by: rest.next) && extend(text, by: Rest.chain(parts, before: rest))
            }
        }

        private mutating func take(_ text: [UInt8]) -> Bool {
            guard text.count >= RequiredStarts.shortest else { return false }
            texts.insert(text)
            return texts.count <= RequiredStarts.most
        }
    }
}
