import Testing

@testable import PolicyEngine

@Suite("An expression is looked for wherever a text holds what its matches cannot be without")
struct RequiredStartsTests {
    private static func starts(_ expression: String) -> [String]? {
        RequiredStarts(of: Pattern(text: expression, isRegex: true))?.texts.map {
            String(decoding: $0, as: UTF8.self)
        }.sorted()
    }

    @Test(arguments: [
        (#"\b(the|an) (quick|lazy) fox\b"#, ["lazy fox", "quick fox"]),
        (
            #"\bkill(?:ed|s)? (?:you|him)"#,
            ["kill him", "kill you", "killed him", "killed you", "kills him", "kills you"]
        ),
        // What comes first need not be the rarest.
        (#"\b(?:a|the) (?:big )*wolfhound"#, ["wolfhound"]),
        (#"x* wolf"#, ["wolf"]), (#"[^a]{3} wolf"#, ["wolf"]), (#"^wolf"#, ["wolf"]), (#"\Wwolf"#, ["wolf"]),
        (#"\bwol[fv]es"#, ["wolfes", "wolves"]),
        (#"\bwolf{2,}"#, (1...12).map { "wol" + String(repeating: "f", count: $0 + 1) }.sorted()),
        (#"\bwolf.*"#, ["wolf"]),
        (#"(?:слово) (?:да|нет)"#, ["лово да", "лово нет"]), ("é wolf", ["wolf"]),
        (#"\bwolf den\b|\b(?:a|the) fox hole"#, ["fox hole", "wolf den"]),
        // Where a word may go on, where too little is told, and what is not read.
        ("wolf", nil), (#"\bwolf|fox"#, nil), (#"\bwol"#, nil), (#"\b(?:wolf|ox)"#, nil),
        (#"\b[a-z]+ing"#, nil), (#"\b\w+"#, nil),
        (#"(?i)\bwolf"#, nil), (#"\b\x77olf"#, nil), (#"\b(?<n>wolf)"#, nil), (#"\b(?:|wolf)"#, nil),
        (#"\b[é]wolf"#, nil), (#"wolf \b!!!!"#, nil), (#"\b(?:(?:)*)*wolf"#, nil), (#"\b\Qwolf\E"#, nil),
    ])
    func whatIsToldOfAnExpression(_ expression: String, _ wanted: [String]?) {
        #expect(Self.starts(expression) == wanted, "\(expression)")
    }

    private static let words = [
        "wolf", "Wolf", "a", "the", "fox", "foxglove", "жаба", "é", "_", "9 lives", "K", "\u{212A}",
    ]
    private static let joints = [" ", " ", " ", "", "-", "_", ".", "é", "\n", "'", "@", "\u{10}"]
    private static let parts = [
        "wolf", "fox", "(?:wolf|foxglove)", "(?:a|the)", "(?:a |the )?", "(?:fox)*", "жаба", "9", "[wf]o",
        "(?:wolf)+",
        "_", "é", "k", "[^x]", ".", "(?:fox ?){1,2}", "(?:(?:a|the) wolf|fox)", "l\u{10}?",
    ]
    private static let between = [" ", " ", #"\b"#, #"\b"#, "", #"\s"#, "[ -]", #"\W"#, "^", "-", "@"]

    private static func expression(_ generator: inout SeededGenerator) -> String {
        let choice = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            (between.randomElement(using: &generator) ?? "") + (parts.randomElement(using: &generator) ?? "")
        }.joined()
        return Int.random(in: 0..<6, using: &generator) == 0
            ? choice + "|" + expression(&generator) : choice
    }

    @Test(arguments: 0..<6)
    func theGateShutsNoMatchOut(seed: Int) throws {
        var generator = SeededGenerator(seed: seed)
        let gated = (0..<600).map { _ in Pattern(text: Self.expression(&generator), isRegex: true) }
            .filter { PatternCheck.refusal(of: $0) == nil && RequiredStarts(of: $0) != nil }
        var found = 0
        for pattern in gated.prefix(60) {
            let database = try PatternDatabase.compile([pattern])
            let scratch = try #require(database.makeScratch())
            var (all, without) = (ScanMatches(), ScanMatches())
            for _ in 0..<40 {
                let text = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
                    (Self.words.randomElement(using: &generator) ?? "")
                        + (Self.joints.randomElement(using: &generator) ?? "")
                }.joined()
                let bytes = Array(text.utf8) + PatternDatabase.padding
                database.scan(bytes, with: scratch, into: &all)
                // Starts are asked for without asking whether there may be any.
                database.scanExpressions(bytes, with: scratch, into: &without)
                #expect(
                    Set(all.all.map(\.range)) == Set(without.all.map(\.range)),
                    "\(pattern.text) in \(text.debugDescription)")
                found += without.all.count
            }
        }
        #expect(gated.count >= 60 && found > 100)
    }

    @Test(arguments: [0, 1, 7, 55, 60, 63, 64, 65, 120])
    func beginningsAreSeenWhereverTheyStand(_ before: Int) {
        let gate = StartGate([Array("wolf".utf8), Array("foxglove".utf8)])
        func isOpen(_ text: String) -> Bool {
            (Array(String(repeating: " ", count: before).utf8) + Array(text.utf8) + PatternDatabase.padding)
                .withUnsafeBytes(gate.isOpen)
        }
        #expect(
            isOpen("wolf") && isOpen("WOLVERINE wolf") && isOpen("foxgloves") && isOpen("éwolf")
                && isOpen("(Wolf"))
        #expect(
            !isOpen("wol") && !isOpen("foxglov") && !isOpen("werewolf") && !isOpen("_wolf") && !isOpen(""))
    }
}
