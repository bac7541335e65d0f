/// The parts of a regular expression that is matched against bytes, as far as telling what its matches must hold asks
/// for it.
///
/// Whatever else an expression may hold is not read: then nothing is known of its matches.
indirect enum ByteExpression {
    case byte(UInt8)
    /// Bytes that are not told apart, one or more, or a group that may be anything.
    ///
    /// - isOutside: whether the last of them is certainly no ASCII letter, digit or `_`.
    case some(isOutside: Bool)
    /// `\b`.
    case edge
    /// `^`: a line begins here.
    case lineStart
    /// What takes no bytes and says nothing here.
    case nothing
    case either([[ByteExpression]])
    /// None or one.
    case optional([ByteExpression])
    /// None or more.
    case repeated([ByteExpression])

    /// The parts of an expression one after another; `nil` when something stands there that is not read.
    static func parts(of text: String) -> [ByteExpression]? {
        var reader = Reader(bytes: Array(text.utf8))
        guard let parts = reader.choice(), reader.isAtEnd else { return nil }
        return parts
    }

    /// Letters, digits and `_`, as `\b` sees them.
    static func isWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F
    }
}

private struct Reader {
    let bytes: [UInt8]
    var index = 0
    /// Brackets in brackets that are read.
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }
    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func takes(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    /// Branches up to a closing bracket or the end.
    mutating func choice() -> [ByteExpression]? {
        guard depth < 50 else { return nil }
        depth += 1
        defer { depth -= 1 }
        var branches: [[ByteExpression]] = []
        repeat {
            guard let branch = branch() else { return nil }
            branches.append(branch)
        } while takes("|")
        return branches.count == 1 ? branches[0] : [.either(branches)]
    }

    private mutating func branch() -> [ByteExpression]? {
        var parts: [ByteExpression] = []
        while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            guard let part = part(), let repeated = repeated(part) else { return nil }
            parts += repeated
        }
        return parts
    }

    private mutating func part() -> [ByteExpression]? {
        if takes("(?:") { return group() }
        if takes("(") { return next == UInt8(ascii: "?") || next == UInt8(ascii: "*") ? nil : group() }
        if takes("[") { return characterClass() }
        if takes("\\") { return escape() }
        if takes(".") { return [.some(isOutside: false)] }
        if takes("^") { return [.lineStart] }
        if takes("$") { return [.nothing] }
        guard let byte = next, !"*+?{}]".utf8.contains(byte) else { return nil }
        index += 1
        return [.byte(byte)]
    }

    private mutating func group() -> [ByteExpression]? {
        guard let parts = choice(), takes(")") else { return nil }
        return parts
    }

    private mutating func escape() -> [ByteExpression]? {
        guard let byte = next else { return nil }
        index += 1
        switch byte {
        case UInt8(ascii: "b"): return [.edge]
        case UInt8(ascii: "A"): return [.lineStart]
        case UInt8(ascii: "B"), UInt8(ascii: "z"), UInt8(ascii: "Z"): return [.nothing]
        case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "w"), UInt8(ascii: "S"):
            return [.some(isOutside: false)]
        case UInt8(ascii: "W"), UInt8(ascii: "s"): return [.some(isOutside: true)]
        case UInt8(ascii: "n"): return [.byte(0x0A)]
        case UInt8(ascii: "t"): return [.byte(0x09)]
        case UInt8(ascii: "r"): return [.byte(0x0D)]
        default: return byte < 0x80 && !ByteExpression.isWord(byte) ? [.byte(byte)] : nil
        }
    }

    /// A class of a few plain characters is as good as the choice between them.
    private mutating func characterClass() -> [ByteExpression]? {
        var members: [UInt8] = []
        var isPlain = !takes("^")
        while let byte = next {
            index += 1
            switch byte {
            case UInt8(ascii: "]") where !members.isEmpty || !isPlain:
                guard isPlain, members.count <= 8 else { return [.some(isOutside: false)] }
                return [.either(members.map { [.byte($0)] })]
            case UInt8(ascii: "["), UInt8(ascii: "]"): return nil
            case UInt8(ascii: "\\"):
                guard let escaped = next else { return nil }
                index += 1
                isPlain = isPlain && !ByteExpression.isWord(escaped)
                members.append(escaped)
            default:
                isPlain = isPlain && byte != UInt8(ascii: "-") && byte < 0x80
                members.append(byte)
            }
        }
        return nil
    }

    private mutating func repeated(_ part: [ByteExpression]) -> [ByteExpression]? {
        var result = part
        if takes("?") {
            result = [.optional(part)]
        } else if takes("*") {
            result = [.repeated(part)]
        } else if takes("+") {
            result = part + [.repeated(part)]
        } else if takes("{") {
            guard let least = number(),
                takes("}") || (takes(",") && (takes("}") || (number() != nil && takes("}"))))
            else { return nil }
            // What may follow the least is as good as any number more.
            result = Array(repeatElement(part, count: min(least, 8)).joined()) + [.repeated(part)]
        } else {
            return part
        }
        // Lazy repeats take as much; possessive ones are not read.
        _ = takes("?")
        return next.map { "*+?{".utf8.contains($0) } ?? false ? nil : result
    }

    private mutating func number() -> Int? {
        let digits = bytes[index...].prefix { $0 &- 0x30 < 10 }
        index += digits.count
        return digits.count > 4 ? nil : Int(String(decoding: digits, as: UTF8.self))
    }
}
