/// Turns bytes from a keyboard into events: keys, pastes, mouse and focus reports.
///
/// Knows no clock: whoever feeds it calls ``flush()`` when ``wait`` has passed without more bytes.
struct KeyParser {
    /// Most bytes of one paste that are kept.
    static let pasteLimit = 1 << 20

    /// Sequences of this terminal, from its description.
    let sequences: [[UInt8]: Key]
    private var pending: [UInt8] = []
    private var paste: [UInt8]?
    private var text = String.UnicodeScalarView()
    private var events: [Event] = []

    init(sequences: [[UInt8]: Key] = [:]) { self.sequences = sequences }

    /// How long to wait for the rest of what has begun; nil when nothing has.
    ///
    /// Escape alone is held 25 ms, the start of a longer sequence 100 ms, since it may be cut in two on its
    /// way.
    var wait: Duration? {
        guard paste == nil, !pending.isEmpty else { return nil }
        return .milliseconds(pending.count == 1 && pending[0] == 0x1B ? 25 : 100)
    }

    /// Takes bytes in and gives the events they complete.
    mutating func feed(_ bytes: [UInt8]) -> [Event] {
        for byte in bytes {
            if paste != nil {
                takePasted(byte)
            } else {
                pending.append(byte)
                while let used = step(isFinal: false) { pending.removeFirst(used) }
            }
        }
        return take()
    }

    /// Gives up waiting: what has begun is taken for what it is.
    mutating func flush() -> [Event] {
        while paste == nil, !pending.isEmpty { pending.removeFirst(step(isFinal: true) ?? pending.count) }
        return take()
    }

    private mutating func take() -> [Event] {
        endText()
        defer { events = [] }
        return events
    }

    private mutating func emit(_ event: Event) {
        endText()
        events.append(event)
    }

    /// Characters typed together may form one grapheme cluster.
    private mutating func endText() {
        guard !text.isEmpty else { return }
        events += String(text).map { .key(.character($0)) }
        text = String.UnicodeScalarView()
    }

    private mutating func takePasted(_ byte: UInt8) {
        paste?.append(byte)
        guard var bytes = paste else { return }
        let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
        if byte == 0x7E, bytes.suffix(6) == end[...] {
            bytes.removeLast(6)
            paste = nil
            let unified = String(decoding: bytes, as: UTF8.self).map {
                $0 == "\r\n" || $0 == "\r" ? "\n" : $0
            }
            emit(.paste(String(unified)))
        } else if bytes.count > Self.pasteLimit + 5 {
            paste?.remove(at: Self.pasteLimit)
        }
    }

    /// Takes one key from the start of what is pending.
    ///
    /// Returns how many bytes it took, nil when more are needed.
    private mutating func step(isFinal: Bool) -> Int? {
        guard let first = pending.first else { return nil }
        if first == 0x1B { return escape(isFinal: isFinal) }
        if first < 0x20 || first == 0x7F {
            emit(Self.control(first))
            return 1
        }
        guard let (scalar, count) = character(at: 0, isFinal: isFinal) else { return nil }
        // C1 controls are no keys.
        if !(0x80...0x9F).contains(scalar.value) { text.append(scalar) }
        return count
    }

    /// Decodes a scalar; invalid bytes become U+FFFD, one each.
    ///
    /// Nil when more bytes are needed.
    private func character(at start: Int, isFinal: Bool) -> (scalar: Unicode.Scalar, count: Int)? {
        let first = pending[start]
        let wanted = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
        let bytes = pending[start...].prefix(max(1, wanted))
        let tail = bytes.dropFirst()
        guard wanted > 0, first < 0xF5, tail.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return ("\u{FFFD}", 1) }
        guard bytes.count == wanted else { return isFinal ? ("\u{FFFD}", bytes.count) : nil }
        let decoded = String(decoding: bytes, as: UTF8.self).unicodeScalars
        guard decoded.count == 1, let scalar = decoded.first else { return ("\u{FFFD}", wanted) }
        return (scalar, wanted)
    }

    private mutating func escape(isFinal: Bool) -> Int? {
        guard pending.count > 1 else {
            guard isFinal else { return nil }
            emit(.key(.escape))
            return 1
        }
        if let key = sequences[pending] {
            emit(.key(key))
            return pending.count
        }
        switch pending[1] {
        case 0x5B: return controlSequence(isFinal: isFinal)
        case 0x4F: return singleShift(isFinal: isFinal)
        case 0x1B:
            emit(.key(.escape))
            return 1
        case 0x7F, 0x08:
            emit(.key(.modified(.alt, .backspace)))
            return 2
        case 0x0D:
            emit(.key(.modified(.alt, .enter)))
            return 2
        case ..<0x20:
            emit(.key(.escape))
            return 1
        default:
            guard let (scalar, count) = character(at: 1, isFinal: isFinal) else { return nil }
            emit(.key(.alt(Character(scalar))))
            return 1 + count
        }
    }

    private mutating func singleShift(isFinal: Bool) -> Int? {
        guard pending.count > 2 else {
            guard isFinal else { return nil }
            emit(.key(.alt("O")))
            return 2
        }
        let letter = pending[2]
        if let key = Self.lettered[letter] {
            emit(.key(key))
        } else if (0x70...0x79).contains(letter) {
            emit(.key(.character(Character(Unicode.Scalar(letter - 0x40)))))
        } else if letter == 0x4D {
            emit(.key(.enter))
        } else if (0x6A...0x6F).contains(letter) {
            emit(.key(.character(Character(Unicode.Scalar(letter - 0x40)))))
        }
        return 3
    }

    /// ESC `[`, parameters, a final letter.
    ///
    /// What isn't known is dropped whole.
    private mutating func controlSequence(isFinal: Bool) -> Int? {
        // The Linux console writes F1 to F5 as ESC [ [ A to E.
        if pending.count > 2, pending[2] == 0x5B {
            guard pending.count > 3 else { return isFinal ? 3 : nil }
            if (0x41...0x45).contains(pending[3]) { emit(.key(.function(Int(pending[3] - 0x40)))) }
            return 4
        }
        guard let end = pending.dropFirst(2).firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
            guard isFinal || pending.count > 64 else { return nil }
            if pending.count == 2 { emit(.key(.alt("["))) }
            return pending.count
        }
        // A control inside ends the sequence: it was broken off.
        guard pending[end] >= 0x40, pending[end] < 0x7F else { return end }
        interpret(parameters: pending[2..<end], final: pending[end])
        return end + 1
    }

    private mutating func interpret(parameters: ArraySlice<UInt8>, final: UInt8) {
        if parameters.first == 0x3C {
            return mouse(Self.numbers(parameters.dropFirst()), isPress: final == 0x4D)
        }
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return }
        let numbers = Self.numbers(parameters)
        let modifiers = Key.Modifiers(
            rawValue: UInt8(clamping: max(0, (numbers.dropFirst().first ?? 1) - 1)) & 7)
        func press(_ key: Key?) {
            guard let key else { return }
            emit(.key(modifiers.isEmpty ? key : .modified(modifiers, key)))
        }
        switch final {
        case 0x49 where numbers.isEmpty: emit(.focus(true))
        case 0x4F where numbers.isEmpty: emit(.focus(false))
        case 0x5A: emit(.key(.backtab))
        case 0x75: unicodeKey(numbers.first ?? 0, modifiers)
        case 0x7E:
            switch numbers.first {
            case 200: paste = []
            case .some(let number): press(Self.numbered[number])
            case nil: break
            }
        default: press(Self.lettered[final])
        }
    }

    private mutating func unicodeKey(_ number: Int, _ modifiers: Key.Modifiers) {
        guard let scalar = Unicode.Scalar(UInt32(clamping: number)) else { return }
        if scalar.isASCII, scalar.value < 0x20 || scalar.value == 0x7F {
            let event = Self.control(UInt8(scalar.value))
            guard case .key(let key) = event, !modifiers.isEmpty else { return emit(event) }
            return emit(.key(.modified(modifiers, key)))
        }
        guard !(0x80...0x9F).contains(scalar.value) else { return }
        if modifiers.contains(.ctrl), (0x40..<0x80).contains(scalar.value) {
            emit(Self.control(UInt8(scalar.value & 0x1F)))
        } else if modifiers.contains(.alt) {
            emit(.key(.alt(Character(scalar))))
        } else {
            emit(.key(.character(Character(scalar))))
        }
    }

    private mutating func mouse(_ numbers: [Int], isPress: Bool) {
        guard numbers.count == 3, numbers[0] & 32 == 0 else { return }
        let place = Position(row: numbers[2] - 1, column: numbers[1] - 1)
        if numbers[0] & 64 != 0 {
            guard numbers[0] & 3 < 2 else { return }
            emit(.mouse(MouseEvent(numbers[0] & 3 == 0 ? .wheelUp : .wheelDown, at: place)))
        } else {
            emit(.mouse(MouseEvent(isPress ? .press : .release, button: numbers[0] & 3, at: place)))
        }
    }

    private static func numbers(_ parameters: ArraySlice<UInt8>) -> [Int] {
        guard !parameters.isEmpty else { return [] }
        return parameters.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
            digits.reduce(0) { min(1_000_000, $0 * 10 + max(0, Int($1) - 0x30)) }
        }
    }

    private static func control(_ byte: UInt8) -> Event {
        switch byte {
        case 0x03: .interrupt
        case 0x1A: .suspend
        case 0x09: .key(.tab)
        case 0x0A, 0x0D: .key(.enter)
        case 0x1B: .key(.escape)
        case 0x08, 0x7F: .key(.backspace)
        case 0x00: .key(.ctrl(" "))
        default: .key(.ctrl(Character(Unicode.Scalar(byte < 0x1B ? byte + 0x60 : byte + 0x40))))
        }
    }

    private static let lettered: [UInt8: Key] = [
        0x41: .up, 0x42: .down, 0x43: .right, 0x44: .left, 0x46: .end, 0x48: .home,
        0x50: .function(1), 0x51: .function(2), 0x52: .function(3), 0x53: .function(4),
    ]

    private static let numbered: [Int: Key] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
        17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
        23: .function(11), 24: .function(12),
    ]
}
