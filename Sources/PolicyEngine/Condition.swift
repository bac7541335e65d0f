/// A boolean expression over the selections of a rule.
public indirect enum Condition: Hashable, Sendable {
    /// A selection.
    case selection(String)
    /// At least so many of these selections.
    case atLeast(Int, [String])
    /// Not.
    case not(Condition)
    /// Both.
    case and(Condition, Condition)
    /// Either.
    case or(Condition, Condition)

    /// What is wrong with an expression.
    struct Problem: Error, Equatable { let message: String }

    /// Reads `a and not (b or any of c*)`; `all of them`, `2 of them` and lists by prefix are known too.
    init(parsing text: String, selections: [String]) throws(Problem) {
        var parser = Parser(text, selections: selections)
        // Each "and" and "or" is one level deeper.
        guard parser.count <= 1000 else {
            throw Problem(message: "when has more than 1000 words (make more rules)")
        }
        self = try parser.expression(depth: 0)
        if let word = parser.peek { throw Problem(message: "unexpected \"\(word)\" in when") }
    }

    /// The same over numbers of selections.
    func indexed(_ index: (String) -> Int) -> IndexedCondition {
        switch self {
        case .selection(let name): .selection(index(name))
        case .not(let inner): .not(inner.indexed(index))
        case .and(let left, let right): .and(left.indexed(index), right.indexed(index))
        case .or(let left, let right): .or(left.indexed(index), right.indexed(index))
        case .atLeast(let count, let names): .atLeast(count, names.map(index))
        }
    }

    /// Whether it can hold and whether it can fail, given as much of the selections.
    func possible(_ selection: (String) -> Possibility) -> Possibility {
        switch self {
        case .selection(let name): return selection(name)
        case .not(let inner):
            let inner = inner.possible(selection)
            return Possibility(canHold: inner.canFail, canFail: inner.canHold)
        case .and(let left, let right):
            let (left, right) = (left.possible(selection), right.possible(selection))
            return Possibility(canHold: left.canHold && right.canHold, canFail: left.canFail || right.canFail)
        case .or(let left, let right):
            let (left, right) = (left.possible(selection), right.possible(selection))
            return Possibility(canHold: left.canHold || right.canHold, canFail: left.canFail && right.canFail)
        case .atLeast(let count, let names):
            let parts = names.map(selection)
            return Possibility(
                canHold: parts.count(where: \.canHold) >= count, canFail: parts.count { !$0.canFail } < count)
        }
    }

    /// What is known of a part before all is known.
    struct Possibility {
        var canHold: Bool
        var canFail: Bool
    }

    /// The selections it mentions.
    var mentioned: Set<String> {
        switch self {
        case .selection(let name): [name]
        case .atLeast(_, let names): Set(names)
        case .not(let inner): inner.mentioned
        case .and(let left, let right), .or(let left, let right): left.mentioned.union(right.mentioned)
        }
    }

    private struct Parser {
        private var words: [String]
        private var index = 0
        private let selections: [String]

        init(_ text: String, selections: [String]) {
            words = text.replacing("(", with: " ( ").replacing(")", with: " ) ").split(separator: " ")
                .map(String.init)
            self.selections = selections
        }

        var count: Int { words.count }

        var peek: String? { index < words.count ? words[index] : nil }

        private mutating func next() -> String? {
            defer { index += 1 }
            return peek
        }

        mutating func expression(depth: Int) throws(Problem) -> Condition {
            var left = try conjunction(depth: depth)
            while peek == "or" {
                index += 1
                left = .or(left, try conjunction(depth: depth))
            }
            return left
        }

        private mutating func conjunction(depth: Int) throws(Problem) -> Condition {
            var left = try factor(depth: depth)
            while peek == "and" {
                index += 1
                left = .and(left, try factor(depth: depth))
            }
            return left
        }

        private mutating func factor(depth: Int) throws(Problem) -> Condition {
            guard depth < 32 else { throw Problem(message: "when is nested too deeply") }
            guard let word = next() else { throw Problem(message: "when ends too early") }
            switch word {
            case "not": return .not(try factor(depth: depth + 1))
            case "(":
                let inner = try expression(depth: depth + 1)
                guard next() == ")" else { throw Problem(message: "a ) is missing in when") }
                return inner
            case ")", "and", "or", "of": throw Problem(message: "unexpected \"\(word)\" in when")
            default: break
            }
            if peek == "of", word == "any" || word == "all" || Int(word) != nil {
                index += 1
                let names = try group(next())
                let count = word == "any" ? 1 : word == "all" ? names.count : Int(word) ?? 0
                guard (1...names.count).contains(count) else {
                    throw Problem(message: "\"\(word) of\" can't hold: there are \(names.count) selections")
                }
                return .atLeast(count, names)
            }
            guard selections.contains(word) else {
                throw Problem(
                    message: "unknown selection \"\(word)\" in when"
                        + Suggestion.text(for: word, among: selections))
            }
            return .selection(word)
        }

        private func group(_ word: String?) throws(Problem) -> [String] {
            guard let word else { throw Problem(message: "when ends after \"of\"") }
            if word == "them" { return selections }
            let names =
                word.hasSuffix("*")
                ? selections.filter { $0.hasPrefix(word.dropLast()) } : selections.filter { $0 == word }
            guard !names.isEmpty else {
                throw Problem(
                    message: "no selection fits \"\(word)\" in when"
                        + Suggestion.text(for: word, among: selections))
            }
            return names
        }
    }
}

/// A condition over the selections of one rule by their numbers.
indirect enum IndexedCondition: Sendable {
    case selection(Int)
    case atLeast(Int, [Int])
    case not(IndexedCondition)
    case and(IndexedCondition, IndexedCondition)
    case or(IndexedCondition, IndexedCondition)

    /// Whether it holds, given whether a selection does.
    func holds(_ selection: (Int) -> Bool) -> Bool {
        switch self {
        case .selection(let index): return selection(index)
        case .not(let inner): return !inner.holds(selection)
        case .and(let left, let right): return left.holds(selection) && right.holds(selection)
        case .or(let left, let right): return left.holds(selection) || right.holds(selection)
        case .atLeast(let count, let indices):
            var left = count
            for index in indices where left > 0 && selection(index) { left -= 1 }
            return left <= 0
        }
    }
}
