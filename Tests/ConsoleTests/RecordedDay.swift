import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import SQLiteStore
import TerminalKit

@testable import Console

/// A day of work at a site: four moderators decide 520 posts through the console, on the real desk and store, with
/// looks, undone decisions, posts passed over and handed on, and breaks.
final class RecordedDay: Sendable {
    let folder: String
    let clock = ManualClock(at: ScriptedDesk.monday)
    let desk: Desk
    let lead: Person
    let auditor: Person
    let moderators: [Person]
    let stricter: PolicyBundle

    private static let folder = NSTemporaryDirectory() + "releve-day-" + UUID().uuidString
    static let shared = Result { try RecordedDay() }

    private static func policy(_ words: String, trial: String) -> String {
        """
        id: threats
        title: {en: "Threats of violence", fr: "Menaces"}
        guidance: {en: "A threat names a victim and a harm.", fr: "Une menace nomme une victime et un mal."}
        neutral: {en: "A post that may threaten somebody.", fr: "Un message qui menace peut-être quelqu'un."}
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE, ground: terms}
        hazard: moderate
        actions: [remove, suspend, restrict, label, keep]
        rules:
          - id: threats/direct
            selections:
              threat: {text: {phrase: [\(words)]}}
            when: threat
            recommend: remove
          - id: threats/veiled
            status: \(trial)
            selections:
              hint: {text: {phrase: ["you will see"]}}
            when: hint
            recommend: restrict
        """
    }

    private init() throws {
        folder = Self.folder
        atexit { try? FileManager.default.removeItem(atPath: RecordedDay.folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        desk = Desk(
            store: try SQLiteStore(path: folder + "/site.sqlite", creating: true), clock: clock,
            entropy: SeededEntropy(seed: 7))
        func bundle(_ words: String, trial: String) throws -> PolicyBundle {
            let text = Self.policy(words, trial: trial)
            guard let bundle = PolicyLoader.load(files: [("threats.yaml", text)]).bundle else {
                throw CocoaError(.fileReadCorruptFile)
            }
            return bundle
        }
        let first = try bundle("\"i will find you\"", trial: "shadow")
        stricter = try bundle("\"i will find you\", \"lovely weather\"", trial: "live")
        lead = try desk.makeSite(
            Founding(
                name: "forum.example", isDemo: true, publicKey: String(repeating: "0", count: 64),
                user: "lea", personName: "Lea", roles: [.lead], bundle: first, limits: .standard))
        auditor = try desk.addPerson(user: "aud", name: "Aud", roles: [.auditor], by: lead)
        let (desk, lead) = (desk, lead)
        moderators = try ["ada", "bela", "chen", "dina"].map {
            try desk.addPerson(user: $0, name: $0.capitalized, roles: [.moderator], by: lead)
        }
        for start in stride(from: 0, to: 560, by: 80) {
            _ = try desk.takeIn((start..<start + 80).map(Self.post))
            clock.advance(by: .seconds(1))
        }
        for person in moderators { try work(person) }
        // Both are recorded then, and the first is in force again.
        try desk.adopt(stricter, by: lead)
        try desk.adopt(first, by: lead)
    }

    private static func post(_ number: Int) -> FlaggedPost {
        let texts = ["I will find you", "Lovely weather", "You will see", "What a match"]
        return FlaggedPost(
            source: "forum.example", externalID: "\(number)", body: "\(texts[number % 4]), number \(number)",
            language: "en", flags: [Flag(reason: "harassment")])
    }

    /// One person's shift: 130 standing decisions.
    private func work(_ person: Person) throws {
        var steps = TimedTerminal.keys("\n")
        for number in 0..<130 {
            if number % 3 == 0 { steps += TimedTerminal.keys(" ") + [.rest(.seconds(number % 7))] }
            steps += TimedTerminal.keys(number % 5 == 1 ? "c\nr" : "a")
            if number == 20 { steps += TimedTerminal.keys("ua") }
            if number == 40 { steps += TimedTerminal.keys("S\n") }
            if number == 60 { steps += TimedTerminal.keys("Eplease look\n") }
            if number == 80 {
                steps += TimedTerminal.keys("B") + [.rest(.seconds(600))] + TimedTerminal.keys("\n")
            }
        }
        steps += TimedTerminal.keys("qjjjF") + TimedTerminal.keys("\nq")
        _ = console(steps, as: person, role: .moderator)
    }

    /// Runs the console to its end, and gives the pictures that were painted.
    func console(
        _ steps: [TimedTerminal.Step], as person: Person, role: Moderation.Role,
        size: Size = Size(rows: 24, columns: 80), settings: ConsoleSettings = ConsoleSettings()
    ) -> [String] {
        let terminal = TimedTerminal(clock, steps, size: size)
        let app = ConsoleApp(
            desk: desk, person: person, role: role, terminal: terminal, settings: settings)
        _ = app.run()
        return terminal.pictures
    }
}
