/// A line of text being written.
///
/// It edits whole grapheme clusters.
public struct InputLine: Hashable, Sendable {
    private var characters: [Character]
    /// How many characters stand before the cursor.
    public private(set) var cursor: Int
    /// Most characters it takes.
    public let limit: Int

    /// Makes a line with the cursor at its end.
    public init(_ text: String = "", limit: Int = 4_000) {
        characters = Array(Self.oneLine(text).prefix(limit))
        cursor = characters.count
        self.limit = limit
    }

    /// What was written, raw: make it ``SafeText`` before it is shown elsewhere.
    public var text: String { String(characters) }
    /// Whether nothing was written.
    public var isEmpty: Bool { characters.isEmpty }

    /// Takes an event in.
    ///
    /// Returns whether it was one for this line; Enter, Escape and Tab are not.
    public mutating func take(_ event: Event) -> Bool {
        switch event {
        case .paste(let text): insert(text)
        case .key(let key): return take(key)
        default: return false
        }
        return true
    }

    /// Inserts text at the cursor; line breaks become spaces, and what exceeds the limit is left out.
    public mutating func insert(_ text: String) {
        let before = String(characters[..<cursor]) + Self.oneLine(text)
        // Joined as a string, since what is inserted may combine with the character before it.
        let head = Array(Array(before).prefix(max(0, limit - (characters.count - cursor))))
        characters = head + characters[cursor...]
        cursor = head.count
    }

    /// Draws it, scrolled sideways so that the cursor is visible, and puts the hardware cursor there, shown.
    public func draw(
        on frame: inout Frame, in block: Rect, theme: Theme, marks: SafeText.MarkStyle = .unicode
    ) {
        guard !block.isEmpty else { return }
        let line = block.line(0)
        let before = SafeText(String(characters[..<cursor]), marks: marks)
        let after = SafeText(String(characters[cursor...]), marks: marks)
        let scroll = max(0, before.width - (line.width - 1))
        frame.fill(line, style: theme[.text])
        frame.put(
            (before + after).dropping(columns: scroll), at: line.origin, role: .text, theme: theme,
            maxWidth: line.width)
        frame.cursor = Position(row: line.row, column: line.column + before.width - scroll)
        frame.showsCursor = true
    }

    private mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .left, .ctrl("b"): cursor = max(0, cursor - 1)
        case .right, .ctrl("f"): cursor = min(characters.count, cursor + 1)
        case .home, .ctrl("a"): cursor = 0
        case .end, .ctrl("e"): cursor = characters.count
        case .alt("b"), .modified(.ctrl, .left): cursor = wordStart
        case .alt("f"), .modified(.ctrl, .right): cursor = wordEnd
        case .backspace, .ctrl("h"): remove(max(0, cursor - 1)..<cursor)
        case .delete, .ctrl("d"): remove(cursor..<min(characters.count, cursor + 1))
        case .ctrl("w"): remove(wordStart..<cursor)
        case .ctrl("u"): remove(0..<cursor)
        case .ctrl("k"): remove(cursor..<characters.count)
        default: return false
        }
        return true
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, characters[place - 1].isWhitespace { place -= 1 }
        while place > 0, !characters[place - 1].isWhitespace { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < characters.count, characters[place].isWhitespace { place += 1 }
        while place < characters.count, !characters[place].isWhitespace { place += 1 }
        return place
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }
}
