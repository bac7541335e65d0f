import Testing

@testable import TerminalKit

@Suite struct KeyParserTests {
    private func events(_ text: String) -> [Event] {
        var parser = KeyParser()
        return parser.feed(Array(text.utf8)) + parser.flush()
    }

    @Test(arguments: [
        ("a", [Event.key(.character("a"))]), ("\r", [.key(.enter)]), ("\u{7F}", [.key(.backspace)]),
        ("\u{1B}", [.key(.escape)]), ("\u{1B}[A", [.key(.up)]), ("\u{1B}OB", [.key(.down)]),
        ("\u{1B}[5~", [.key(.pageUp)]), ("\u{1B}[Z", [.key(.backtab)]), ("\u{1B}OP", [.key(.function(1))]),
        ("\u{1B}[24~", [.key(.function(12))]), ("\u{1B}[[A", [.key(.function(1))]),
        ("\u{1B}[1;5C", [.key(.modified(.ctrl, .right))]), ("\u{1B}x", [.key(.alt("x"))]),
        ("\u{1B}é", [.key(.alt("é"))]), ("\u{03}", [.interrupt]), ("\u{1A}", [.suspend]),
        ("\u{01}", [.key(.ctrl("a"))]), ("\u{1B}[I", [.focus(true)]), ("\u{1B}[O", [.focus(false)]),
        ("\u{1B}[<0;3;2M", [.mouse(MouseEvent(.press, at: Position(row: 1, column: 2)))]),
        ("\u{1B}[<65;1;1M", [.mouse(MouseEvent(.wheelDown, at: Position(row: 0, column: 0)))]),
        ("日", [.key(.character("日"))]), ("e\u{301}", [.key(.character("e\u{301}"))]),
        ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]), ("\u{1B}[97;5u", [.key(.ctrl("a"))]),
        ("\u{1B}[999;999;999~", []), ("\u{1B}[?1;2c", []), ("\u{85}", []),
    ])
    func bytesBecomeEvents(_ bytes: String, _ expected: [Event]) {
        #expect(events(bytes) == expected)
    }

    @Test func aPasteIsDataWhateverItHolds() {
        let pasted = "dd\u{03}q\u{1B}[A\n\u{1B}[20"
        #expect(
            events("x\u{1B}[200~\(pasted)\r\n\u{1B}[201~y")
                == [.key(.character("x")), .paste(pasted + "\n"), .key(.character("y"))])
    }

    @Test func aHugePasteIsCutAndStillEnds() {
        let long = String(repeating: "a", count: KeyParser.pasteLimit + 5_000)
        guard case .paste(let kept)? = events("\u{1B}[200~\(long)\u{1B}[201~").first else {
            Issue.record("no paste came")
            return
        }
        #expect(kept.utf8.count == KeyParser.pasteLimit)
    }

    @Test func bytesMayComeInAnyPieces() {
        let all = Array("aé\u{1B}[1;5C\u{1B}[200~p\u{1B}[201~日\u{1B}OA".utf8)
        var whole = KeyParser()
        let expected = whole.feed(all)
        for cut in 1..<all.count {
            var parser = KeyParser()
            #expect(parser.feed(Array(all[..<cut])) + parser.feed(Array(all[cut...])) == expected)
        }
    }

    @Test func anyBytesAreTakenWithoutHarm() {
        var random = Seeded(29)
        for _ in 0..<3_000 {
            var parser = KeyParser()
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ -> UInt8 in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("\u{1B}[<;0M~".utf8).randomElement() ?? 0
            }
            for case .key(.character(let character)) in parser.feed(bytes) + parser.flush() {
                #expect(
                    !character.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
                )
            }
            #expect(parser.wait == nil)
        }
        var invalid = KeyParser()
        #expect(invalid.feed([0xFF, 0xC3, 0x28]).count == 3)
    }

    @Test func escapeAloneWaitsShortlyForMore() {
        var parser = KeyParser()
        #expect(parser.feed([0x1B]) == [])
        #expect(parser.wait == .milliseconds(25))
        #expect(parser.flush() == [.key(.escape)])
        #expect(parser.wait == nil)
    }
}
