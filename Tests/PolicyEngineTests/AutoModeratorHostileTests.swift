import Foundation
import Moderation
import PolicyEngine
import Testing

@Suite("Hostile AutoModerator configurations end in one clear message, and spoil nothing beside them")
struct AutoModeratorHostileTests {
    private func policy(_ text: String) -> AutoModeratorPolicy {
        withinAMinute { AutoModeratorImport.policy(from: text, file: "a.yaml") }
    }

    @Test func aBrokenRuleLeavesTheOthersWhole() throws {
        let policy = policy(
            "title: a\naction: remove\n---\ntitle: [b\naction: remove\n---\ntitle: c\naction: remove\n")
        #expect(policy.rules == 2)
        #expect(policy.problems.count == 1)
        #expect(policy.problems.first?.line == 5, "\(policy.problems)")
    }

    @Test func charactersThatYAMLForbidsAreNamedByLine() {
        let policy = policy("title: a\naction: remove\n---\n# one\ntitle: \u{1B}[31m\n")
        #expect(policy.rules == 1)
        #expect(
            policy.problems.map(\.description) == [
                "a.yaml:5: not YAML: control characters are not allowed (U+001B)"
            ])
    }

    @Test func aNameTwiceIsNoGuess() {
        let policy = policy(
            "domain: a.example\ndomain: b.example\naction: remove\n---\ntitle: c\naction: remove\n")
        #expect(policy.problems.map(\.description) == ["a.yaml:1:1: domain is there twice (take one out)"])
        #expect(policy.rules == 1)
    }

    @Test(
        arguments: [
            ("deep", String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)),
            ("dashes", String(repeating: "- ", count: 5000) + "x"),
            ("anchors", "title: &a x\nbody: *a"),
            (
                "aliases",
                "a0: &a0 [x,x]\n" + (1..<40).map { "a\($0): &a\($0) [*a\($0 - 1),*a\($0 - 1)]\n" }.joined()
            ),
        ])
    func bombsAreRefused(_ name: String, _ text: String) {
        let policy = policy("title: good\naction: remove\n---\n" + text + "\n")
        #expect(policy.rules == 1 && policy.problems.count == 1, "\(name): \(policy.problems)")
    }

    @Test
    func largeFilesAndManyRulesAreBounded() {
        #expect(
            policy(String(repeating: "#", count: 5 << 20)).problems.first?.message
                == "it is larger than 4 MiB (split it)")
        let many = String(repeating: "---\na: b\n", count: 1001)
        #expect(
            policy(many).problems.map(\.description) == [
                "a.yaml:2001: it holds more than 1000 rules (split it)"
            ])
        #expect(policy("# nothing\n---\n\n---\n").problems.first?.message == "there is no rule in it")
        // A million markers without rules are nothing.
        #expect(policy(String(repeating: "---\n", count: 1_000_000)).rules == 0)
    }

    @Test
    func rulesOfManyChecksAreLeftOut() {
        let checks = (0..<20_000).map { "body#\($0): a\n" }.joined()
        let policy = policy("\(checks)action: remove\n---\ntitle: good\naction: remove\n")
        #expect(policy.rules == 1)
        #expect(
            policy.notes.first?.description
                == "a.yaml:1:1: rule: it has more than 200 names (split it into several rules)")
    }

    private static let strings = [
        "'", "\"", "\\", "a: b", "- x", "#c", "{a}", "[a]", "*b", "&a", "!t", "%d", "@a", "`a`", "|", ">",
        "? x",
        "yes", "null", "~", "0x10", "1e3", " lead", "trail ", "\u{1B}[31mred", "\u{202E}abc", "a\u{200B}b",
        "\0",
        "\u{FEFF}bom", "\u{2028}", "\u{85}", "tab\tbed", "é", "日本", "👨‍👩‍👧", "a'b\"c\\d", "{{match}}", "---",
        "...",
        "key: [x", "\u{E000}", "\u{1F}x",
    ]

    @Test func hostileWordsComeThroughAsTheyAre() throws {
        // JSON is YAML, and quotes everything but two that are line breaks to YAML.
        let words = try #require(
            String(bytes: JSONEncoder().encode(Self.strings), encoding: .utf8)
        )
        .replacing("\u{85}", with: "\\u0085").replacing("\u{2028}", with: "\\u2028")
        let text =
            "# \u{202E}x ## Title ##\nbody (includes): \(words)\naction: remove\naction_reason: \(words.count)\n"
        let imported = try ImportedConfiguration(text, file: "a.yaml")
        let yaml = try #require(imported.policy.yaml)
        #expect(yaml.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(yaml.unicodeScalars.allSatisfy { $0.properties.generalCategory != .format })
        for word in Self.strings {
            imported.check(.init(.comment("1\(word)1"), "remove", "x-title"))
        }
        imported.check(.init(.comment("11"), ""))
    }

    @Test func wordsThatLookLikeAnchorsAndAliasesAreWritten() throws {
        let imported = try ImportedConfiguration(
            "body (includes): ['&amp', R&D]\naction: remove\n---\nbody (includes): ['\\x2Aamp', '*amp']\naction: remove\n"
                .replacing("\\x2A", with: "-*"), file: "a.yaml")
        imported.check(.init(.comment("x &amp"), "remove", "rule-1"))
        imported.check(.init(.comment("x*amp"), "remove", "rule-2"))
    }

    @Test func hostileNamesAreNoNames() throws {
        let text = """
            # - id: x/y
            "body#\\u001b or 1=1": [a]
            "title+\\"quoted": [b]
            "author": {"name (regex": [c]}
            action: remove
            """
        let imported = try ImportedConfiguration(text, file: "../../etc/Pass Wd!.yaml")
        #expect(imported.policy.id == "pass-wd" && imported.policy.drafts == 1)
        #expect(imported.policy.notes.filter { $0.sort == .draft || $0.sort == .narrower }.count == 3)
        #expect(imported.bundle.policies.first?.rules.map(\.id.rawValue) == ["pass-wd/id-x-y"])
    }

    @Test func windowsLinesAndMarksAtTheStartAreRead() throws {
        let imported = try ImportedConfiguration(
            "\u{FEFF}# One\r\ntype: comment\r\nbody: a\r\naction: remove\r\n---\r\n# Two\r\ntype: comment\r\nbody: b\r\naction: filter\r\n",
            file: "a.yaml")
        imported.check(.init(.comment("a"), "remove", "one"))
        imported.check(.init(.comment("b"), "restrict", "two"))
    }

    @Test func namesAreReadWithoutCaseAndTheSameTitleTwiceIsTwoRules() throws {
        let imported = try ImportedConfiguration(
            "# Same\nType: comment\nBODY: a\nAction: remove\n---\n# Same\nbody: b\naction: remove\n",
            file: "-.yaml")
        #expect(imported.policy.id == "automoderator")
        imported.check(.init(.comment("a"), "remove", "same"))
        imported.check(.init(.comment("b"), "remove", "same-2"))
    }
}
