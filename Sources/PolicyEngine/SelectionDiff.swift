/// What is different in a selection: the words it lists, and how it asks for them.
enum SelectionDiff {
    typealias Change = BundleDiff.Change

    static func changes(of name: String, from old: Selection?, to new: Selection?) -> [Change?] {
        let what = "selection \(name)"
        guard let old, let new else {
            let (before, after) = (old.map(shape), new.map(shape))
            return [Change(what, old == nil ? .added : .removed, before: before, after: after)]
        }
        guard meaning(of: old) != meaning(of: new) else { return [] }
        let (before, after) = (shape(old), shape(new))
        let words = Change.entries("\(what) words", before: entries(of: old), after: entries(of: new))
        if before != after { return [Change(what, before: before, after: after), words] }
        // The same words, sorted into other groups or alternatives.
        return [words ?? Change(what, before: nil, after: nil)]
    }

    /// A test without the places at which it was read.
    private struct Meaning: Hashable {
        let subject: FieldTest.Subject
        let test: FieldTest.Test
        let least: Int
        let fold: FieldTest.Fold
        let words: Set<String>
    }

    /// In no order: any alternative will do, and in one all tests must hold.
    private static func meaning(of selection: Selection) -> Set<Set<Meaning>> {
        Set(
            selection.alternatives.map { tests in
                Set(
                    tests.map { test in
                        Meaning(
                            subject: test.subject, test: unordered(test.test), least: test.least,
                            fold: test.fold,
                            words: Set(test.entries.map(\.text)))
                    })
            })
    }

    private static func unordered(_ test: FieldTest.Test) -> FieldTest.Test {
        switch test {
        case .patterns(let patterns, let anchor, let isRegex):
            .patterns(patterns.sorted(), anchor, isRegex: isRegex)
        case .near(let groups, let within): .near(groups.map { $0.sorted() }, within: within)
        default: test
        }
    }

    private static func entries(of selection: Selection) -> Set<String> {
        Set(selection.alternatives.joined().flatMap { $0.entries.map(\.text) })
    }

    /// Fields and operators without the words, such as `body any_word, fold plain`.
    private static func shape(_ selection: Selection) -> String {
        selection.alternatives.map { tests in tests.map(shape).joined(separator: " and ") }
            .joined(separator: " or ")
    }

    private static func shape(_ test: FieldTest) -> String {
        var text = test.words
        // What follows the colon are the first words of the list.
        if !test.entries.isEmpty, let colon = text.firstIndex(of: ":") { text = String(text[..<colon]) }
        if case .near(let groups, let within) = test.test {
            text += " of \(groups.count) groups within \(within) words"
        }
        let lists = Set(test.entries.compactMap(\.file)).sorted()
        if !lists.isEmpty { text += " " + lists.joined(separator: ", ") }
        return test.fold == .full ? text : "\(text), fold \(test.fold.rawValue)"
    }
}
