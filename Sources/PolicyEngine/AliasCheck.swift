/// Finds aliases before the parser runs: it puts values in their place and compares what stands as a name, so a
/// few lines of aliases to aliases keep it busy for days.
enum AliasCheck {
    /// The line of the first alias whose anchor is in the text too; without both there is nothing to put in.
    static func line(in text: String) -> Int? {
        var anchors: Set<[UInt8]> = []
        var aliases: [(name: [UInt8], line: Int)] = []
        var line = 1
        var before: UInt8 = 0x20
        var index = text.utf8.startIndex
        while index < text.utf8.endIndex {
            let byte = text.utf8[index]
            index = text.utf8.index(after: index)
            if byte == 0x0A { line += 1 }
            if byte == 0x26 || byte == 0x2A, canPrecede(before) {
                let name = Array(text.utf8[index...].prefix(while: isNamePart))
                if !name.isEmpty {
                    if byte == 0x26 { anchors.insert(name) } else { aliases.append((name, line)) }
                }
            }
            before = byte
        }
        return aliases.first { anchors.contains($0.name) }?.line
    }

    /// Whether a text holds what would be an anchor if it stood there without quotes.
    static func hasAnchor(_ text: String) -> Bool {
        var before: UInt8 = 0x20
        var isOpen = false
        for byte in text.utf8 {
            if isOpen, isNamePart(byte) { return true }
            isOpen = byte == 0x26 && canPrecede(before)
            before = byte
        }
        return false
    }

    /// Whether a value can begin after this byte: not within a word, where `R&D` and `x*y` are text.
    private static func canPrecede(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte >= 0x80
            || [0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0x3A, 0x3F, 0x2D, 0x22, 0x27].contains(byte)
    }

    /// What the parser takes as a part of an anchor's name.
    private static func isNamePart(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || byte == 0x5F || byte == 0x2D
    }
}
