import TerminalKit

/// One row of the keymap: what can be done, where, by which keys, and what it is called.
struct Binding: Hashable, Sendable {
    let command: Command
    var keys: [Key]
    let contexts: [Context]
    /// Whether the footer names it, in the order of the table.
    let isInFooter: Bool
    let english: Naming
    let french: Naming

    /// A title of a word or two, and a sentence.
    struct Naming: Hashable, Sendable {
        let title: String
        let text: String
    }

    init(
        _ command: Command, _ keys: [Key], _ contexts: [Context], footer: Bool = false,
        en: (String, String), fr: (String, String)
    ) {
        self.command = command
        self.keys = keys
        self.contexts = contexts
        isInFooter = footer
        english = Naming(title: en.0, text: en.1)
        french = Naming(title: fr.0, text: fr.1)
    }

    func naming(_ language: Language) -> Naming { language == .french ? french : english }

    /// Its keys as written, such as `k Up`.
    func keyLabels(_ language: Language) -> String {
        keys.map { KeyName.label($0, language) }.joined(separator: " ")
    }
}

/// The one table of keys: handling, footer, help, palette and the manual are made from it.
struct KeyMap: Hashable, Sendable {
    private(set) var bindings: [Binding]

    /// The keys as delivered.
    static let standard = KeyMap(bindings: standardBindings)

    /// The keymap with some actions' keys replaced, and what was wrong with the wishes.
    ///
    /// A key that another action of the same place has is taken from it.
    static func overridden(by wishes: [String: [String]]) -> (keymap: KeyMap, problems: [String]) {
        var map = standard
        var problems: [String] = []
        for (name, keyNames) in wishes.sorted(by: { $0.key < $1.key }) {
            guard let command = Command(rawValue: name) else {
                let near = Command.allCases.first { $0.rawValue.hasPrefix(name.prefix(3)) }
                problems.append(
                    "unknown action \"\(name)\"" + (near.map { " (did you mean \"\($0.rawValue)\"?)" } ?? ""))
                continue
            }
            let keys = keyNames.compactMap { keyName -> Key? in
                if let key = KeyName.key(keyName) { return key }
                problems.append("unknown key \"\(keyName)\" for \(name) (such as u, space, ctrl-l, f1)")
                return nil
            }
            guard !keys.isEmpty else { continue }
            map.bind(command, to: keys)
        }
        return (map, problems)
    }

    private mutating func bind(_ command: Command, to keys: [Key]) {
        let places = Set(bindings.filter { $0.command == command }.flatMap(\.contexts))
        for index in bindings.indices {
            if bindings[index].command == command {
                // Letters are for writing there.
                let isWriting = bindings[index].contexts == [.writing]
                let fitting = isWriting ? keys.filter { !$0.isLetter } : keys
                if !fitting.isEmpty { bindings[index].keys = fitting }
            } else if !places.isDisjoint(with: bindings[index].contexts) {
                bindings[index].keys.removeAll(where: keys.contains)
            }
        }
    }

    /// What a key does in a place: the place's own meaning first.
    func command(for key: Key, in context: Context) -> Command? {
        let places: [Context] = context == .writing ? [.writing] : [context, .anywhere]
        for place in places {
            if let found = bindings.first(where: { $0.contexts.contains(place) && $0.keys.contains(key) }) {
                return found.command
            }
        }
        return nil
    }

    /// The row of a command.
    func binding(_ command: Command) -> Binding? { bindings.first { $0.command == command } }

    /// The first key of a command as written; empty when it has none.
    func label(_ command: Command, _ language: Language) -> String {
        binding(command)?.keys.first.map { KeyName.label($0, language) } ?? ""
    }

    /// What can be done in a place, in the order of the table.
    func bindings(in context: Context) -> [Binding] {
        bindings.filter { $0.contexts.contains(context) }
    }

    /// The keys section of the manual, as Markdown.
    func manual(_ language: Language = .english) -> String {
        let words = Messages(language)
        var lines: [String] = []
        for context in Context.allCases {
            let rows = bindings(in: context)
            guard !rows.isEmpty else { continue }
            lines += ["### \(words.contextTitle(context))", "", words.manualHeading, "|---|---|---|"]
            for row in rows {
                let keys = row.keys.map { "`\(KeyName.label($0, language))`" }.joined(separator: " ")
                let safe = keys.replacingPipe
                lines.append("| \(safe) | `\(row.command.rawValue)` | \(row.naming(language).text) |")
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }
}

extension Key {
    fileprivate var isLetter: Bool { if case .character = self { true } else { false } }
}

extension String {
    fileprivate var replacingPipe: String { reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) } }
}
