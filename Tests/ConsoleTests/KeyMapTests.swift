import Foundation
import Moderation
import TerminalKit
import Testing

@testable import Console

@Suite struct KeyMapTests {
    @Test func noKeyMeansTwoThingsInOnePlace() {
        for context in Context.allCases {
            var seen: [Key: Command] = [:]
            for binding in KeyMap.standard.bindings(in: context) {
                for key in binding.keys {
                    #expect(seen[key] == nil, "\(context): \(key)")
                    seen[key] = binding.command
                }
            }
        }
    }

    @Test func everyCommandIsInTheTableOnce() {
        let rows = KeyMap.standard.bindings.map(\.command)
        for command in Command.allCases where command != .back && command != .stop {
            #expect(rows.count { $0 == command } == 1, "\(command.rawValue)")
        }
    }

    @Test func stoppingHasAKeyEverywhere() {
        for context in Context.allCases {
            #expect(KeyMap.standard.command(for: .ctrl("x"), in: context) == .stop, "\(context)")
            let letter = KeyMap.standard.command(for: .character("X"), in: context)
            #expect(letter == (context == .writing ? nil : .stop), "\(context)")
        }
        // Keys of one's own choice are never letters where one writes.
        let own = KeyMap.overridden(by: ["stop": ["z", "f9"]]).keymap
        #expect(own.command(for: .character("z"), in: .writing) == nil)
        #expect(own.command(for: .function(9), in: .writing) == .stop)
        #expect(own.command(for: .character("z"), in: .review) == .stop)
    }

    @Test func noHotKeyNeedsAltGrOnCommonKeyboards() {
        let needAltGr = Set("@#[]{}|~€`^")
        for binding in KeyMap.standard.bindings {
            for case .character(let character) in binding.keys {
                #expect(!needAltGr.contains(character), "\(binding.command.rawValue)")
            }
        }
    }

    @Test func theMostDestructiveDecisionIsNotFirst() {
        let decisions = KeyMap.standard.bindings.compactMap(\.command.action)
        #expect(decisions == [.keep, .label, .restrict, .remove, .suspend])
    }

    @Test func keysAreRebindableByActionNameSeveralForOneAction() {
        let (map, problems) = KeyMap.overridden(by: ["remove": ["d", "F4"], "skip": ["r"]])
        #expect(problems.isEmpty)
        #expect(map.command(for: .character("d"), in: .review) == .remove)
        #expect(map.command(for: .function(4), in: .review) == .remove)
        #expect(map.command(for: .character("r"), in: .review) == .skip)
        #expect(map.command(for: .character("4"), in: .review) == nil)
    }

    @Test func aReboundKeyWorksAndTheFooterSaysSo() {
        let settings = ConsoleSettings(keys: ["remove": ["d"]])
        let session = Session(settings: settings)
        session.keys("\n")
        #expect(session.picture.contains("d remove"))
        session.keys("d")
        #expect(session.desk.decisions.first?.action == .remove)
    }

    @Test func whatIsWrongWithKeySettingsIsSaidWithARemedy() {
        let problems = KeyMap.overridden(by: ["remov": ["d"], "keep": ["hyper-x"]]).problems
        #expect(
            problems == [
                "unknown key \"hyper-x\" for keep (such as u, space, ctrl-l, f1)",
                "unknown action \"remov\" (did you mean \"remove\"?)",
            ])
    }

    @Test(arguments: [Language.english, .french]) func titlesAndDescriptionsAreThere(language: Language) {
        for binding in KeyMap.standard.bindings {
            let naming = binding.naming(language)
            #expect(!naming.title.isEmpty && naming.text.last == ".", "\(binding.command.rawValue)")
        }
    }

    @Test func thePageOfKeysIsWhatTheKeymapSays() throws {
        let page = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Documentation/console.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let parts = text.components(separatedBy: "<!-- keys -->\n")
        try #require(parts.count == 3, "console.md has its keys between two <!-- keys --> lines")
        let manual = KeyMap.standard.manual() + "\n"
        if ProcessInfo.processInfo.environment["RELEVE_REWRITE_DOCS"] != nil {
            try (parts[0] + "<!-- keys -->\n" + manual + "<!-- keys -->\n" + parts[2])
                .write(to: page, atomically: true, encoding: .utf8)
        } else {
            #expect(parts[1] == manual, "run the tests with RELEVE_REWRITE_DOCS=1 to write the keys anew")
        }
    }
}
