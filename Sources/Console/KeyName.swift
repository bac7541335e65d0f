import TerminalKit

/// Keys by the names that settings and help use.
enum KeyName {
    private static let named: [(String, Key)] = [
        ("space", .character(" ")), ("enter", .enter), ("escape", .escape), ("tab", .tab),
        ("backtab", .backtab), ("backspace", .backspace), ("delete", .delete), ("insert", .insert),
        ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home), ("end", .end),
        ("page-up", .pageUp), ("page-down", .pageDown),
    ]

    /// The key of a name such as `u`, `space`, `ctrl-l`, `alt-x` or `f1`; `nil` for anything else.
    static func key(_ name: String) -> Key? {
        if name.count == 1, let character = name.first, !character.isWhitespace {
            return .character(character)
        }
        let lower = name.lowercased()
        if let found = named.first(where: { $0.0 == lower }) { return found.1 }
        if lower.hasPrefix("ctrl-"), lower.count == 6, let letter = lower.last { return .ctrl(letter) }
        if name.lowercased().hasPrefix("alt-"), name.count == 5, let letter = name.last {
            return .alt(letter)
        }
        if lower.first == "f", let number = Int(lower.dropFirst()), (1...24).contains(number) {
            return .function(number)
        }
        return nil
    }

    /// How a key is written in footers, help and the manual.
    static func label(_ key: Key, _ language: Language) -> String {
        let french = language == .french
        switch key {
        case .character(" "): return french ? "Espace" : "Space"
        case .character(let character): return String(character)
        case .enter: return french ? "Entrée" : "Enter"
        case .escape: return french ? "Échap" : "Esc"
        case .tab: return "Tab"
        case .backtab: return french ? "Maj-Tab" : "Shift-Tab"
        case .backspace: return french ? "Retour" : "Backspace"
        case .delete: return french ? "Suppr" : "Del"
        case .insert: return "Ins"
        case .up: return french ? "Haut" : "Up"
        case .down: return french ? "Bas" : "Down"
        case .left: return french ? "Gauche" : "Left"
        case .right: return french ? "Droite" : "Right"
        case .home: return french ? "Début" : "Home"
        case .end: return french ? "Fin" : "End"
        case .pageUp: return french ? "Page haut" : "PgUp"
        case .pageDown: return french ? "Page bas" : "PgDn"
        case .function(let number): return "F\(number)"
        case .ctrl(let letter): return "Ctrl-\(letter.uppercased())"
        case .alt(let letter): return "Alt-\(letter)"
        case .modified(_, let base): return label(base, language)
        }
    }
}
