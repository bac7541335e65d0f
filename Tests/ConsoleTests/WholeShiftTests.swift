import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import SQLiteStore
import Store
import TerminalKit
import Testing

@testable import Console

/// The console over the real desk, the real store and the real rules.
@Suite struct WholeShiftTests {
    private struct Site {
        let desk: Desk
        let person: Person
        let clock: ManualClock
        let directory: URL
    }

    private static let policy = """
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
              threat: {text: {phrase: ["i will find you"]}}
            when: threat
            recommend: remove
            examples:
              match: ["I will find you"]
              pass: ["I will find my keys"]
        """

    private func makeSite(posts: Int, limits: Limits = .standard) throws -> Site {
        try makeSite(
            posts: (0..<posts).map { number in
                FlaggedPost(
                    source: "forum.example", externalID: "\(number)",
                    body: number % 2 == 0 ? "I will find you, number \(number)" : "Lovely weather \(number)",
                    language: "en", flags: [Flag(reason: "harassment")])
            }, limits: limits)
    }

    private func makeSite(posts flagged: [FlaggedPost], limits: Limits = .standard) throws -> Site {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("releve-console-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let store = try SQLiteStore(
            path: directory.appendingPathComponent("site.sqlite").path, creating: true)
        let clock = ManualClock(at: ScriptedDesk.monday)
        let desk = Desk(store: store, clock: clock, entropy: SeededEntropy(seed: 7))
        let load = PolicyLoader.load(files: [("threats.yaml", Self.policy)])
        let bundle = try #require(load.bundle, "\(load.diagnostics)")
        let person = try desk.makeSite(
            Founding(
                name: "forum.example", isDemo: true, publicKey: String(repeating: "0", count: 64),
                user: "ada", personName: "Ada", roles: [.moderator, .lead, .auditor], bundle: bundle,
                limits: limits))
        _ = try desk.takeIn(flagged)
        return Site(desk: desk, person: person, clock: clock, directory: directory)
    }

    private func run(_ site: Site, _ steps: [TimedTerminal.Step], role: Moderation.Role = .moderator)
        -> (TimedTerminal, ExitReason)
    {
        let terminal = TimedTerminal(site.clock, steps)
        let app = ConsoleApp(desk: site.desk, person: site.person, role: role, terminal: terminal)
        return (terminal, app.run())
    }

    @Test func everyNaughtyStringIsShownAndNoneReachesTheTerminalAsItIs() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let shared = ProcessInfo.processInfo.environment["RELEVE_SHARED"] ?? root + "/../shared"
        guard let data = FileManager.default.contents(atPath: shared + "/data/blns.json") else {
            print("SKIPPED: \(shared)/data/blns.json is not there")
            return
        }
        let strings = try JSONDecoder().decode([String].self, from: data)
        let site = try makeSite(
            posts: strings.enumerated().map { number, text in
                FlaggedPost(
                    source: text, externalID: "\(number)", title: text, body: text, community: text,
                    author: Author(handle: text, displayName: text), links: [Link(url: text)],
                    media: [Media(kind: text, altText: text)], thread: [ThreadPost(author: text, body: text)],
                    flags: [Flag(reason: "spam \(text)", reporter: text)])
            })
        defer { try? FileManager.default.removeItem(at: site.directory) }
        let steps = strings.flatMap { _ in TimedTerminal.keys(" a") }
        let (terminal, _) = run(site, TimedTerminal.keys("\n") + steps)
        #expect(terminal.pictures.count > strings.count * 2)
        for picture in terminal.pictures {
            let forbidden = picture.unicodeScalars.first { scalar in
                // U+200C and U+200D stay between letters that need them, as in Persian and Hindi.
                switch scalar.value {
                case 0x0A: false
                case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
                    0xFEFF:
                    true
                default: (0xE0000...0xE007F).contains(scalar.value)
                }
            }
            #expect(forbidden == nil, "in\n\(picture)")
        }
        #expect(try site.desk.statistics().total(.decided) > 400)
        #expect(try site.desk.verifyLedger().isIntact)
    }

    @Test func twentyPostsDecidedUndoneSkippedEscalatedWithABreakAndAnEnd() throws {
        let site = try makeSite(posts: 24)
        defer { try? FileManager.default.removeItem(at: site.directory) }
        var steps = TimedTerminal.keys("\n")
        for number in 0..<20 {
            steps += TimedTerminal.keys(" ")
            steps += TimedTerminal.keys(number % 3 == 0 ? "a" : "c\nr")
            if number == 4 { steps += TimedTerminal.keys("ua") }
            if number == 7 { steps += TimedTerminal.keys("S\n") }
            if number == 9 { steps += TimedTerminal.keys("Eplease look\n") }
            if number == 12 {
                steps += TimedTerminal.keys("B") + [.rest(.seconds(300))] + TimedTerminal.keys("\n")
            }
        }
        steps += TimedTerminal.keys("X") + TimedTerminal.keys("jjj\n") + TimedTerminal.keys("\nq")
        let (terminal, reason) = run(site, steps)
        #expect(reason == .left)
        #expect(terminal.isClosed)
        let record = try site.desk.record(of: site.person)
        #expect(record.decisions.count { $0.undoneAt == nil } == 20)
        #expect(record.decisions.count { $0.undoneAt != nil } == 1)
        #expect(try site.desk.statistics().total(.escalated) == 1)
        #expect(try site.desk.statistics().total(.claimed) == 0)
        #expect(record.standing.shift == nil)
        #expect(try site.desk.verifyLedger().isIntact)
        let kinds = Set(try site.desk.ledgerLog(from: 0, limit: 10_000).map(\.entry.kind.rawValue))
        #expect(
            kinds.isSuperset(of: [
                "decided", "undone", "skipped", "escalated", "break_started", "break_ended", "shift_started",
                "shift_ended", "uncovered", "covered",
            ]))
    }

    @Test func withLoweredLimitsTheShiftOfExposureEndsAtTheCapAndKeepsTheDraft() throws {
        var limits = Limits.standard
        limits.daily = 1
        let site = try makeSite(posts: 8, limits: limits)
        defer { try? FileManager.default.removeItem(at: site.directory) }
        // One per cent is 3.4 minutes of moderate content; a key every 60 s keeps it uncovered.
        var steps = TimedTerminal.keys("\n nhalf a thought\n")
        for _ in 0..<12 { steps += [.rest(.seconds(40))] + TimedTerminal.keys("j") }
        let (terminal, _) = run(site, steps)
        let standing = try site.desk.standing(of: site.person)
        #expect(standing.cap != nil)
        #expect(standing.dayDose < Dose(Percent(3)))
        let text = terminal.pictures.joined()
        #expect(text.contains("Limit reached: finish this post within "))
        #expect(text.contains("The limit of 24 hours is reached."))
        #expect(text.contains("Work with exposure may resume at "))
        #expect(try site.desk.statistics().total(.claimed) == 0)
        #expect(try site.desk.verifyLedger().isIntact)
    }

    @Test func aConsoleThatDiesLeavesThePostAndItsDraftToTheNextOne() throws {
        let site = try makeSite(posts: 4)
        defer { try? FileManager.default.removeItem(at: site.directory) }
        _ = run(site, TimedTerminal.keys("\n nhalf a thought\n"))
        #expect(try site.desk.statistics().total(.claimed) == 1)
        let (terminal, _) = run(site, TimedTerminal.keys("\n"))
        #expect(terminal.pictures.contains { $0.contains("A post of yours is still in hand") })
        #expect(terminal.pictures.last?.contains("Note: half a thought") == true)
    }

    @Test func anOptOutIsRespectedByTheNextClaim() throws {
        let site = try makeSite(posts: 6)
        defer { try? FileManager.default.removeItem(at: site.directory) }
        _ = run(site, TimedTerminal.keys("\nNj\n"))
        let person = try site.desk.overview(for: site.person).person
        #expect(!person.optOuts.hazards.isEmpty || !person.optOuts.policies.isEmpty)
        let held = try site.desk.heldCases(of: site.person)
        #expect(held.allSatisfy { !person.optOuts.hazards.contains($0.hazard) })
    }

    @Test func leadLowersALimitAndAuditorVerifies() throws {
        let site = try makeSite(posts: 2)
        defer { try? FileManager.default.removeItem(at: site.directory) }
        _ = run(site, TimedTerminal.keys("L\n50\nlower\n"), role: .lead)
        #expect(try site.desk.limitsInForce(for: site.person).stored.limits.daily == 50)
        let (terminal, _) = run(site, TimedTerminal.keys("V"), role: .auditor)
        #expect(terminal.pictures.last?.contains("The ledger is sound: ") == true)
    }
}
