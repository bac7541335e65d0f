import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// What must hold whatever is pressed, pasted or posted.
@Suite struct SafetyTests {
    /// Letters that no screen of ours uses, so that finding one in a frame means that the post is seen.
    static let telltale = (0x13A0...0x13EF).compactMap(Unicode.Scalar.init)
    static let hostile: [Unicode.Scalar] = [
        "\u{1B}", "\u{07}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{200F}", "\u{FEFF}", "\n", "\r",
        "\u{301}", "\u{E0041}", "\t", "\u{0}", "\u{1F468}", "\u{200D}", "字", "ש",
    ]

    static func text(_ random: inout Seeded, length: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<length {
            let isHostile = Int.random(in: 0..<4, using: &random) == 0
            let pool = isHostile ? hostile : telltale
            text.append(pool[Int.random(in: 0..<pool.count, using: &random)])
        }
        return String(text)
    }

    static func hostileDesk(_ random: inout Seeded) -> ScriptedDesk {
        let desk = ScriptedDesk()
        for number in 0..<12 {
            let id = "post-\(number)"
            let body = text(&random, length: Int.random(in: 0..<400, using: &random))
            var post = Samples.post(id, body: body)
            post.title = text(&random, length: 12)
            post.links = [Link(url: text(&random, length: 20))]
            post.media = [Media(kind: "image", altText: text(&random, length: 20))]
            post.thread = [ThreadPost(author: "@x", body: text(&random, length: 30))]
            post.author.handle = String(String.UnicodeScalarView(hostile.shuffled(using: &random)))
            post.flags = [Flag(reason: "\u{1B}]52;c;aGk=\u{07}\u{202E}")]
            desk.queue.append(post)
            let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
            desk.evaluations[id] = Samples.evaluation(
                hazard, recommends: Bool.random(using: &random) ? .remove : nil)
        }
        return desk
    }

    static func event(_ random: inout Seeded) -> Event {
        let keys = Array(" .aalltrx12345cnpeuSRENBXQq?:mjkgGFL/\\VO\u{E9}")
        switch Int.random(in: 0..<24, using: &random) {
        case 0: return .key(.escape)
        case 1...4: return .key(.enter)
        case 5: return .paste(text(&random, length: 5) + "rrr\n")
        case 6: return .focus(Bool.random(using: &random))
        case 7:
            return .resize(
                Size(
                    rows: Int.random(in: 1...45, using: &random),
                    columns: Int.random(in: 1...130, using: &random)))
        case 8: return .resize(Size(rows: 24, columns: 80))
        case 9: return .interrupt
        case 10: return .suspend
        case 11: return .resumed
        case 12:
            return .key(
                [.up, .down, .tab, .backspace, .ctrl("l"), .pageDown, .home].randomElement(using: &random)
                    ?? .up)
        case 13: return .mouse(MouseEvent(.wheelDown, at: Position(row: 3, column: 3)))
        case 14...16: return .key(.character(" "))
        case 17: return .deadline
        default: return .key(.character(keys[Int.random(in: 0..<keys.count, using: &random)]))
        }
    }

    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    @Test(arguments: [Moderation.Role.moderator, .lead, .auditor], [Language.english, .french])
    func randomEventsNeverCrashNorShowWhatIsCoveredNorLeakControls(role: Moderation.Role, language: Language)
    {
        for seed in UInt64(1)...5 {
            var random = Seeded(seed)
            let session = Session(Self.hostileDesk(&random), role: role, language: language)
            for step in 0..<160 {
                session.desk.advance(.milliseconds(Int.random(in: 0..<9000, using: &random)))
                if Int.random(in: 0..<60, using: &random) == 0 {
                    session.desk.failing = ["claim", "uncover", "decide", "beat", "save", "release"]
                        .randomElement(using: &random)
                }
                session.send(
                    .terminal(Self.event(&random), pending: Int.random(in: 0..<9, using: &random) == 0))
                let picture = session.picture
                if !session.state.isUncovered {
                    let leaked = picture.unicodeScalars.contains { Self.telltale.contains($0) }
                    // What the person pasted into a line of their own is theirs to see.
                    let isOwn = Self.hasOwnText(session.state)
                    #expect(!leaked || isOwn, "seed \(seed) step \(step): \(picture)")
                    #expect(!session.desk.isOpen, "seed \(seed) step \(step): covered, but the clock runs")
                } else {
                    #expect(session.desk.isOpen, "seed \(seed) step \(step): uncovered without a clock")
                }
                let bad = picture.unicodeScalars.contains { $0 != "\n" && Self.isForbidden($0) }
                #expect(!bad, "seed \(seed) step \(step)")
            }
        }
    }

    static func hasOwnText(_ state: ConsoleState) -> Bool {
        state.overlay?.context == .writing || state.hand?.note.isEmpty == false
            || !state.ledger.filter.isEmpty
    }

    @Test func noFrameDrawnWhileCoveredHoldsFourLettersOfThePostInARow() {
        for seed in UInt64(100)...130 {
            var random = Seeded(seed)
            let desk = ScriptedDesk()
            // Plain words this time, as in an ordinary post; they are made of pairs that our words lack.
            let letters = Array("qzxvkjw")
            let body = String((0..<200).map { _ in letters[Int.random(in: 0..<7, using: &random)] })
            desk.queue = [Samples.post("post-1", body: body)]
            desk.evaluations["post-1"] = Samples.evaluation(
                Bool.random(using: &random) ? .moderate : .extreme)
            let grams = Set((0..<body.count - 3).map { String(Array(body)[$0..<$0 + 4]) })
            let session = Session(desk)
            for key in "\n  ..  e\u{1B}p\u{1B}n\u{1B} X" {
                session.key(key == "\u{1B}" ? .escape : key == "\n" ? .enter : .character(key))
                guard !session.state.isUncovered else { continue }
                let picture = session.picture
                #expect(!grams.contains { picture.contains($0) })
            }
        }
    }

    @Test func everySizeFromOneByOneDraws() {
        let session = Session()
        session.keys("\n ")
        for overlay in ["", "?", ":", "e"] {
            session.keys(overlay)
            for rows in 1...26 {
                for columns in stride(from: 1, through: 124, by: 3) {
                    session.state.size = Size(rows: rows, columns: columns)
                    let frame = render(session.state, session.look)
                    #expect(frame.size == session.state.size)
                }
            }
            session.state.size = Size(rows: 24, columns: 80)
            session.key(.escape)
        }
    }

    @Test func aScreenBecomingTooSmallCoversAndSaysSo() {
        let session = Session()
        session.keys("\n ")
        #expect(session.state.isUncovered)
        session.send(.terminal(.resize(Size(rows: 4, columns: 30)), pending: false))
        #expect(!session.state.isUncovered)
        #expect(session.desk.log.last == "cover covered")
        #expect(
            session.picture.hasPrefix(
                """
                Too small: needs 40×10. All is
                covered and kept.
                """))
    }

    @Test func pastedTextIsNeverTakenAsKeys() {
        let session = Session()
        session.keys("\n")
        session.send(.terminal(.paste("rrrr\nxxxx\u{1B}"), pending: false))
        #expect(session.desk.decisions.isEmpty)
        #expect(session.picture.contains("Pasted text is never taken as keys"))
    }

    @Test func aBurstOfInputDecidesNothing() {
        let session = Session()
        session.keys("\n")
        session.send(.terminal(.key(.character("r")), pending: true))
        #expect(session.desk.decisions.isEmpty)
        #expect(session.picture.contains("came too fast to be a choice"))
        session.keys("r")
        #expect(session.desk.decisions.count == 1)
    }

    @Test func aKeyHeldDownDecidesOnePostOnly() {
        let desk = Samples.desk()
        var state = ConsoleState(
            role: .moderator, person: desk.person, language: .english, keymap: .standard,
            repeatGuard: .milliseconds(120), utcOffset: 0, now: desk.now(), size: Size(rows: 24, columns: 80))
        _ = update(&state, .answer(.claim(.claimed(desk.card(desk.queue[0])))), at: desk.now())
        let first = update(&state, .terminal(.key(.character("r")), pending: false), at: desk.now())
        #expect(first.count == 1)
        desk.advance(.milliseconds(30))
        #expect(update(&state, .terminal(.key(.character("r")), pending: false), at: desk.now()).isEmpty)
    }

    @Test func evidenceIsUnderlined() {
        let session = Session()
        session.keys("\n ")
        let frame = render(session.state, session.look)
        let row =
            session.picture.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("I will find you") } ?? 0
        let cell = frame[Position(row: row, column: 3)]
        #expect(cell?.style.attributes.contains(.underline) == true)
        #expect(frame[Position(row: row, column: 30)]?.style.attributes.contains(.underline) == false)
    }
}
