import Moderation
import Yams

extension PolicyReader {
    /// The tests of one field: its operators, read with the modifiers that stand beside them.
    mutating func tests(_ subject: FieldTest.Subject, name: String, operators node: Node) -> [FieldTest] {
        let sort = Self.sort(of: subject)
        if case .scalar(let scalar) = node, sort == .number || sort == .age {
            return shortComparison(subject, sort, name: name, scalar.string, at: node).map { [$0] } ?? []
        }
        guard case .mapping(let operators) = node, !operators.isEmpty else {
            let known = Operator.known(for: sort, subject.field).first?.rawValue ?? ""
            fail(node, .noOperator, "field \"\(name)\" needs an operator (such as {\(known): …})")
            return []
        }
        var modifiers = Modifiers()
        var rest: [(Node, Node)] = []
        for (key, value) in operators {
            guard case .scalar(let scalar) = key, let modifier = Modifier(rawValue: scalar.string) else {
                rest.append((key, value))
                continue
            }
            read(modifier, value, sort: sort, name: name, into: &modifiers)
        }
        if rest.isEmpty {
            let known = Operator.known(for: sort, subject.field).first?.rawValue ?? ""
            fail(
                node, .noOperator,
                "field \"\(name)\" needs an operator beside its modifiers (such as \(known): …)")
        }
        guard let subject = placed(subject, modifiers, name: name, at: node) else { return [] }
        return rest.compactMap { key, value in
            test(subject, name: name, operatorKey: key, value: value, modifiers)
        }
    }

    struct Modifiers {
        var least = 1
        var fold = FieldTest.Fold.full
        var window: (milliseconds: Int64, text: String)?
    }

    private static func sort(of subject: FieldTest.Subject) -> Field.Sort {
        switch subject {
        case .field(let field): field.sort
        case .score: .number
        case .history: .history
        }
    }

    private mutating func read(
        _ modifier: Modifier, _ value: Node, sort: Field.Sort, name: String, into modifiers: inout Modifiers
    ) {
        let isText = sort == .text || sort == .links
        switch modifier {
        case .atLeast:
            guard isText, let count = value.int, (1...1000).contains(count) else {
                return fail(
                    value, .badModifier,
                    isText
                        ? "at_least must be a whole number (from 1 to 1000)"
                        : "at_least can't be asked of \(name) (it counts words found in texts and links)")
            }
            modifiers.least = count
        case .fold:
            guard isText else {
                return fail(
                    value, .badModifier,
                    "fold can't be asked of \(name) (it is for texts and links; take it out)")
            }
            modifiers.fold = choice(value, "fold", FieldTest.Fold.self) ?? .full
        case .within:
            guard sort == .history else {
                return fail(
                    value, .badModifier,
                    "within can't be asked of \(name) (it is for history; near has its own, inside its braces)"
                )
            }
            guard let text = text(value, "within") else { return }
            guard let time = Self.age(text), time > 0 else {
                return fail(value, .badTime, "\"\(text)\" is no time (such as 7 days)")
            }
            modifiers.window = (time, text)
        }
    }

    /// History needs to know in how much time.
    private mutating func placed(
        _ subject: FieldTest.Subject, _ modifiers: Modifiers, name: String, at node: Node
    ) -> FieldTest.Subject? {
        guard let metric = subject.field?.metric else { return subject }
        guard let window = modifiers.window else {
            fail(node, .noWindow, "\(name) needs within (such as {ge: 3, within: 7 days})")
            return nil
        }
        return .history(HistoryQuery(metric, window: .milliseconds(window.milliseconds)))
    }

    /// `author.account_age: < 3 days`, `flags.count: ">= 3"`.
    private mutating func shortComparison(
        _ subject: FieldTest.Subject, _ sort: Field.Sort, name: String, _ text: String, at node: Node
    ) -> FieldTest? {
        let signs: [(String, FieldTest.Comparison)] = [
            (">=", .ge), ("≥", .ge), ("<=", .le), ("≤", .le), (">", .gt), ("<", .lt), ("=", .equals),
        ]
        let (sign, comparison) = signs.first { text.hasPrefix($0.0) } ?? ("", .equals)
        let figure = text.dropFirst(sign.count).trimmingSpaces
        guard let number = sort == .age ? Self.age(figure) : Self.thousandths(figure) else {
            fail(
                node, .badComparison,
                "\"\(text)\" is no comparison (such as \(sort == .age ? "> 3 days" : ">= 3"))")
            return nil
        }
        return FieldTest(
            subject: subject, test: .number(comparison, number),
            words: "\(name) \(comparison.rawValue) \(figure)", position: node.position)
    }

    private mutating func test(
        _ subject: FieldTest.Subject, name: String, operatorKey key: Node, value: Node, _ modifiers: Modifiers
    ) -> FieldTest? {
        let sort = Self.sort(of: subject)
        let known = Operator.known(for: sort, subject.field)
        guard let word = word(key, "an operator") else { return nil }
        guard let wanted = Operator(rawValue: word), known.contains(wanted) else {
            fail(
                key, .unknownOperator,
                "the field \"\(name)\" has no operator \"\(word)\""
                    + Suggestion.text(for: word, among: known.map(\.rawValue)))
            return nil
        }
        if wanted == .near { return near(subject, name: name, value, modifiers, position: key.position) }
        guard
            let (test, words, entries) = test(
                wanted, sort: sort, name: name, value: value, fold: modifiers.fold)
        else { return nil }
        var result = FieldTest(
            subject: subject, test: test, least: modifiers.least, fold: modifiers.fold, words: words,
            position: key.position, entries: entries)
        if let window = modifiers.window { result.words += " within \(window.text)" }
        if modifiers.least > 1 {
            result.words = "at least \(modifiers.least) of " + result.words
            guard !result.patterns.contains(where: \.isRegex) else {
                fail(value, .badModifier, "at_least can't count what a regex finds (list words instead)")
                return nil
            }
            guard result.patterns.count >= modifiers.least else {
                fail(
                    value, .tooFewWords,
                    "at_least \(modifiers.least) can't hold: \(result.patterns.count) listed (list more, or ask for less)"
                )
                return nil
            }
        }
        return result
    }

    /// `near: {words: [[kill, hurt], you], within: 5}`: a word of each group, so many words apart at most.
    private mutating func near(
        _ subject: FieldTest.Subject, name: String, _ value: Node, _ modifiers: Modifiers,
        position: FilePosition
    ) -> FieldTest? {
        guard let fields = object(value, "near", known: ["words", "within"]) else { return nil }
        guard modifiers.least == 1 else {
            fail(
                value, .badModifier,
                "at_least can't be asked of near, which wants a word of every group (take it out)")
            return nil
        }
        guard let within = fields["within"]?.int, (1...100).contains(within) else {
            fail(
                fields["within"] ?? value, .badNear,
                "near needs within (a number of words from 1 to 100, such as within: 5)")
            return nil
        }
        let before = diagnostics.count
        let entries = (fields["words"].map { list($0, "words") } ?? []).map { self.entries($0, "words") }
        let groups = entries.map { group in folded(group, isExact: modifiers.fold.isExact) }
        guard diagnostics.count == before else { return nil }
        guard groups.count >= 2 else {
            fail(
                fields["words"] ?? value, .badNear,
                "near needs two words or lists of words (such as words: [[kill, hurt], you])")
            return nil
        }
        let words = groups.map { $0.prefix(2).joined(separator: "/") }.joined(separator: " … ")
        return FieldTest(
            subject: subject, test: .near(groups, within: within), fold: modifiers.fold,
            words: "\(name) near: \(words) within \(within) words", position: position,
            entries: Array(entries.joined()))
    }

    /// The entries as posts are read; one of which nothing is left is reported.
    private mutating func folded(_ entries: [FieldTest.Entry], isExact: Bool) -> [String] {
        entries.map { entry in
            let folded = isExact ? entry.text : Folding.fold(literal: entry.text)
            if folded.allSatisfy({ $0 == " " }) {
                diagnostics.append(
                    Diagnostic(
                        .nothingLeft, file: entry.file ?? file, at: entry.position,
                        message: "\"\(entry.text)\" has nothing left to look for after folding (take it out)")
                )
            }
            return folded
        }
    }

    private mutating func test(
        _ wanted: Operator, sort: Field.Sort, name: String, value: Node, fold: FieldTest.Fold
    ) -> (FieldTest.Test, String, [FieldTest.Entry])? {
        if wanted == .exists || sort == .flag {
            guard let flag = flag(value, "\(name) \(wanted.rawValue)") else { return nil }
            return (
                wanted == .exists ? .exists(flag) : .flag(flag), "\(name) \(wanted.rawValue): \(flag)", []
            )
        }
        if sort == .number || sort == .age || sort == .history {
            return comparison(wanted, sort: sort, name: name, value: value)
        }
        let before = diagnostics.count
        let entries =
            wanted == .inList || isListFile(wanted, value)
            ? text(value, wanted.rawValue).flatMap { listFile($0, at: value) } ?? []
            : self.entries(value, wanted.rawValue)
        guard diagnostics.count == before else { return nil }
        let texts = entries.map(\.text)
        let words =
            "\(name) \(wanted.rawValue): \(texts.prefix(3).joined(separator: ", "))\(texts.count > 3 ? ", …" : "")"
        if wanted == .domainIn { return (.domains(Set(texts.map { $0.lowercased() })), words, entries) }
        if sort == .code {
            let values = Set(texts.map { $0.lowercased() })
            return (.values(values, anchor(of: wanted, isCode: true)), words, entries)
        }
        if wanted == .regex {
            let expressions = fold.isExact ? texts : texts.map { Folding.fold(regex: $0) }
            check(expressions, fold, at: value)
            return (.patterns(expressions, .anywhere, isRegex: true), words, entries)
        }
        let folded = folded(entries, isExact: fold.isExact)
        guard diagnostics.count == before else { return nil }
        return (.patterns(folded, anchor(of: wanted, isCode: false), isRegex: false), words, entries)
    }

    /// Reports the expressions that the scanner refuses, at the character it says.
    private mutating func check(_ expressions: [String], _ fold: FieldTest.Fold, at value: Node) {
        guard !areChecked else { return }
        let nodes: [Node] = if case .sequence(let items) = value { Array(items) } else { [value] }
        for (node, expression) in zip(nodes, expressions) {
            guard
                let refusal = PatternCheck.refusal(
                    of: Pattern(
                        text: expression, isRegex: true, isExact: fold.isExact,
                        ignoresCase: fold == .caseOnly))
            else { continue }
            // Folding moves characters only when there are some beyond ASCII.
            let offset = expression.utf8.allSatisfy { $0 < 0x80 } ? refusal.offset : nil
            let message = "the regex is refused: \(refusal.reason) (\(refusal.remedy))"
            if let offset {
                fail(node, at: offset, .badRegex, message)
            } else {
                fail(node, .badRegex, message)
            }
        }
    }

    /// Domains and hashes are given as a list, or as the name of one.
    private func isListFile(_ wanted: Operator, _ value: Node) -> Bool {
        guard wanted == .domainIn || wanted == .hashIn, case .scalar(let scalar) = value else { return false }
        return scalar.string.hasSuffix(".txt")
    }

    private func anchor(of wanted: Operator, isCode: Bool) -> FieldTest.Anchor {
        switch wanted {
        case .startsWith: .start
        case .endsWith: .end
        case .contains: .anywhere
        case .equals, .anyOf, .hashIn, .languageIn: .whole
        case .inList: isCode ? .whole : .word
        default: .word
        }
    }

    private mutating func comparison(_ wanted: Operator, sort: Field.Sort, name: String, value: Node)
        -> (FieldTest.Test, String, [FieldTest.Entry])?
    {
        guard let text = text(value, name) else { return nil }
        guard let number = sort == .age ? Self.age(text) : Self.thousandths(text) else {
            fail(
                value, sort == .age ? .badTime : .badNumber,
                "\"\(text)\" is no \(sort == .age ? "time (such as 3 days)" : "number (such as 3 or 0.85)")")
            return nil
        }
        let comparison: FieldTest.Comparison =
            switch wanted {
            case .gt: .gt
            case .ge: .ge
            case .lt: .lt
            case .le: .le
            default: .equals
            }
        return (.number(comparison, number), "\(name) \(comparison.rawValue) \(text)", [])
    }

}
