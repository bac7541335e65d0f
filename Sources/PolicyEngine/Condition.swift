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
    struct Problem: Error, Equatable {
        let message: String
        /// Which Unicode scalar of the text it is about.
        let offset: Int
    }

    /// More words than these are not read: conditions are evaluated by going down into them.
    static let mostWords = 400

    /// Whether a condition can speak of a selection of that name.
    static func isName(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
            && !["and", "or", "not", "of", "any", "all", "them"].contains(text) && Int(text) == nil
    }

    /// Reads `a and not (b or any of c*)`; `all of them`, `2 of them` and lists by prefix are known too.
    init(parsing text: String, selections: [String]) throws(Problem) {
        var parser = Parser(text, selections: selections)
        self = try parser.expression(depth: 0)
        if let word = parser.peek {
            throw parser.problem(
                "unexpected \"\(word)\" in when (put \"and\" or \"or\" before it, or take it out)")
        }
    }

    /// The same over numbers of selections.
    func indexed(_ index: (String) -> Int) -> IndexedCondition { IndexedCondition(self, index) }

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
        private var words: [(text: String, offset: Int)] = []
        private var index = 0
        private let selections: [String]

        init(_ text: String, selections: [String]) {
            self.selections = selections
            var word = ""
            var offset = 0
            func end() { if !word.isEmpty { words.append((word, offset - word.unicodeScalars.count)) } }
            for scalar in text.unicodeScalars {
                // What is too long is refused, and need not be read to its end.
                if words.count > Condition.mostWords { return }
                if scalar.properties.isWhitespace || scalar == "(" || scalar == ")" {
                    end()
                    word = ""
                    if !scalar.properties.isWhitespace { words.append((String(scalar), offset)) }
                } else {
                    word.unicodeScalars.append(scalar)
                }
                offset += 1
            }
            end()
        }

        var peek: String? { index < words.count ? words[index].text : nil }

        /// About the next word, or one before it.
        func problem(_ message: String, back: Int = 0) -> Problem {
            let place = max(0, min(index - back, words.count - 1))
            return Problem(message: message, offset: words.isEmpty ? 0 : words[place].offset)
        }

        private mutating func next() -> String? {
            defer { index += 1 }
            return peek
        }

        mutating func expression(depth: Int) throws(Problem) -> Condition {
            guard words.count <= Condition.mostWords else {
                index = Condition.mostWords
                throw problem("when has more than \(Condition.mostWords) words (make several rules of it)")
            }
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
            guard depth < 32 else { throw problem("when is nested too deeply (make several rules of it)") }
            guard let word = next() else {
                throw problem("when ends too early (a selection must follow)", back: 1)
            }
            switch word {
            case "not": return .not(try factor(depth: depth + 1))
            case "(":
                let inner = try expression(depth: depth + 1)
                guard next() == ")" else { throw problem("a \")\" is missing in when (add it)", back: 1) }
                return inner
            case ")", "and", "or", "of":
                throw problem("unexpected \"\(word)\" in when (a selection must stand here)", back: 1)
            default: break
            }
            if peek == "of", word == "any" || word == "all" || Int(word) != nil {
                index += 1
                let names = try group(next())
                let count = word == "any" ? 1 : word == "all" ? names.count : Int(word) ?? 0
                guard (1...names.count).contains(count) else {
                    throw problem(
                        "\"\(word) of\" can't hold: there are \(names.count) selections (ask for 1 to \(names.count))",
                        back: 3)
                }
                return .atLeast(count, names)
            }
            guard selections.contains(word) else {
                throw problem(
                    "unknown selection \"\(word)\" in when" + Suggestion.text(for: word, among: selections),
                    back: 1)
            }
            return .selection(word)
        }

        private func group(_ word: String?) throws(Problem) -> [String] {
            guard let word else {
                throw problem("when ends after \"of\" (\"them\" or a name must follow)", back: 1)
            }
            if word == "them" { return selections }
            let names =
                word.hasSuffix("*")
                ? selections.filter { $0.hasPrefix(word.dropLast()) } : selections.filter { $0 == word }
            guard !names.isEmpty else {
                throw problem(
                    "no selection fits \"\(word)\" in when" + Suggestion.text(for: word, among: selections),
                    back: 1)
            }
            return names
        }
    }
}

/// A condition over the selections of one rule by their numbers, in a row, so that evaluating it counts no references.
struct IndexedCondition: Sendable {
    private enum Node: Sendable {
        case selection(Int)
        /// At least so many of the selections that stand at these places of the list.
        case atLeast(Int, from: Int, to: Int)
        case not(Int)
        case and(Int, Int)
        case or(Int, Int)
    }

    /// Parts stand before what they are parts of, so that the last node is the whole.
    private var nodes: [Node] = []
    private var lists: [Int] = []

    fileprivate init(_ condition: Condition, _ index: (String) -> Int) { _ = add(condition, index) }

    private mutating func add(_ condition: Condition, _ index: (String) -> Int) -> Int {
        switch condition {
        case .selection(let name): nodes.append(.selection(index(name)))
        case .not(let inner): nodes.append(.not(add(inner, index)))
        case .and(let left, let right): nodes.append(.and(add(left, index), add(right, index)))
        case .or(let left, let right): nodes.append(.or(add(left, index), add(right, index)))
        case .atLeast(let count, let names):
            let start = lists.count
            lists += names.map(index)
            nodes.append(.atLeast(count, from: start, to: lists.count))
        }
        return nodes.count - 1
    }

    /// Whether it holds, given whether a selection does.
    func holds(_ selection: (Int) -> Bool) -> Bool { holds(nodes.count - 1, selection) }

    private func holds(_ node: Int, _ selection: (Int) -> Bool) -> Bool {
        switch nodes[node] {
        case .selection(let index): return selection(index)
        case .not(let inner): return !holds(inner, selection)
        case .and(let left, let right): return holds(left, selection) && holds(right, selection)
        case .or(let left, let right): return holds(left, selection) || holds(right, selection)
        case .atLeast(let count, let start, let end):
            var left = count
            for place in start..<end where left > 0 && selection(lists[place]) { left -= 1 }
            return left <= 0
        }
    }
}
