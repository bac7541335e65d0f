import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import SQLiteStore
import Store
import TerminalKit

@testable import Console

/// Four weeks of one moderator's work, on the real desk and store: looks of several hazards, breaks, audits of decisions, a
/// shift that was watched, a name that was opened, limits that a lead lowered.
final class RecordedMonth: Sendable {
    static let shared = Result { try RecordedMonth() }
    private static let folder = NSTemporaryDirectory() + "releve-month-" + UUID().uuidString

    /// Monday, four weeks before the last day, at nine.
    let clock = ManualClock(at: ScriptedDesk.monday - .seconds(27 * 86_400))
    let desk: Desk
    let ada: Person

    private init() throws {
        atexit { try? FileManager.default.removeItem(atPath: RecordedMonth.folder) }
        try FileManager.default.createDirectory(atPath: Self.folder, withIntermediateDirectories: true)
        desk = Desk(
            store: try SQLiteStore(path: Self.folder + "/site.sqlite", creating: true), clock: clock,
            entropy: SeededEntropy(seed: 11))
        guard let bundle = PolicyLoader.load(files: Self.policies).bundle else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let lead = try desk.makeSite(
            Founding(
                name: "forum.example", isDemo: true, publicKey: String(repeating: "0", count: 64),
                user: "lea", personName: "Lea", roles: [.lead], bundle: bundle, limits: .standard))
        ada = try desk.addPerson(user: "ada", name: "Ada", roles: [.moderator], by: lead)
        let eve = try desk.addPerson(user: "eve", name: "Eve", roles: [.auditor], by: lead)
        try desk.setSupport(
            [SupportContact(name: "Occupational physician", reach: "+33 1 23 45 67 89")], by: lead)
        for day in 0..<28 {
            _ = try desk.takeIn((day * 24..<day * 24 + 24).map(Self.post))
            // It begins on a Tuesday and ends on a Monday.
            if (day + 1) % 7 < 5 { try work(day) }
            if day == 20 { try audit(by: eve, lead: lead) }
            if day < 27 { clock.jump(to: ScriptedDesk.monday - .seconds((26 - day) * 86_400)) }
        }
    }

    private static let policies = [("threats", "moderate"), ("gore", "severe"), ("spam", "mild")].map {
        (
            "\($0.0).yaml",
            """
            id: \($0.0)
            title: {en: "Policy on \($0.0)", fr: "Règle \($0.0)"}
            guidance: {en: "As it says.", fr: "Comme il est dit."}
            neutral: {en: "A post.", fr: "Un message."}
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE, ground: terms}
            hazard: \($0.1)
            actions: [remove, keep]
            rules:
              - id: \($0.0)/word
                selections:
                  word: {text: {phrase: ["\($0.0)"]}}
                when: word
                recommend: remove
            """
        )
    }

    private static func post(_ number: Int) -> FlaggedPost {
        let word = ["threats", "spam", "gore", "spam", "threats", "spam", "peace"][number % 7]
        return FlaggedPost(
            source: "forum.example", externalID: "\(number)", body: "Some \(word), number \(number)",
            language: "en", flags: [Flag(reason: "harassment")])
    }

    /// A day's shift: so many posts, looked at for some minutes each, with a break or two.
    private func work(_ day: Int) throws {
        _ = try desk.startShift(ada)
        for number in 0..<(8 + day * 5 % 9) {
            guard case .claimed(let file) = try desk.claimNext(for: ada) else { break }
            var open: OpenSpan?
            if case .uncovered(let shown) = try desk.uncover(file, by: ada) {
                open = shown.open
                clock.advance(by: .seconds(110 + (number * 53 + day * 17) % 120))
            }
            let isKept = number % 4 == 3
            let policy = file.evaluation.findings.first?.policy
            _ = try desk.decide(
                file,
                Choice(
                    action: isKept || policy == nil ? .keep : .remove, policy: isKept ? nil : policy),
                by: ada, open: open)
            clock.advance(by: .seconds(120))
            if number % 5 == 4 {
                try desk.startBreak(ada)
                clock.advance(by: .seconds(600 + day * 30))
                try desk.endBreak(ada)
            }
        }
        // On the last day the shift lasts.
        if day < 27 { try desk.endShift(ada) }
    }

    private func audit(by eve: Person, lead: Person) throws {
        clock.advance(by: .seconds(3600))
        let lines = try desk.audit(DecisionFilter(), limit: 50, by: eve).lines.map(\.id)
        try desk.mark(lines[0], .agree, reason: nil, by: eve)
        try desk.mark(lines[1], .disagree, reason: "satire: the context says so", by: eve)
        try desk.mark(lines[2], .disagree, reason: "too quick", by: eve)
        try desk.mark(lines[2], .agree, reason: "right on second thoughts", by: eve)
        try desk.mark(lines[3], .unclear, reason: "the thread is gone", by: eve)
        if let shift = try desk.recordedShifts(limit: 1, for: eve).first?.shift {
            _ = try desk.timeline(of: shift, for: eve)
        }
        let request = try desk.askToOpen(ada.id, reason: "a complaint names its moderator", by: eve)
        try desk.answer(request.id, approving: true, by: lead)
        clock.advance(by: .seconds(60))
        _ = try desk.name(of: request.id, for: eve)
        var stricter = Limits.standard
        stricter.daily = 90
        stricter.breakLength = .seconds(15 * 60)
        try desk.lowerLimits(to: stricter, by: lead)
    }

    /// A page of the record as it is drawn.
    func picture(
        _ keys: String, size: Size = Size(rows: 24, columns: 80), language: Language = .english,
        noColor: Bool = true, lines: LineDrawing = .unicode
    ) -> String {
        let settings = ConsoleSettings(language: language, noColor: noColor, lines: lines)
        let terminal = TimedTerminal(clock, [], size: size)
        let app = ConsoleApp(
            desk: LiveDesk(desk: desk, person: ada), person: ada, role: .moderator,
            terminal: Still(terminal, keys),
            settings: settings)
        _ = app.run()
        return terminal.pictures.last ?? ""
    }
}

/// Types keys without any time passing.
private final class Still: Terminal {
    private let inner: TimedTerminal
    private var keys: Substring

    init(_ inner: TimedTerminal, _ keys: String) {
        self.inner = inner
        self.keys = keys[...]
    }

    var size: Size { inner.size }
    var capabilities: TerminalCapabilities { inner.capabilities }
    var hasPendingInput: Bool { false }
    var waker: TerminalWaker { inner.waker }
    func draw(_ frame: Frame) { inner.draw(frame) }
    func nextEvent(timeout: Duration?) -> Event {
        guard let key = keys.popFirst() else { return .hangup }
        return .key(key == "\n" ? .enter : .character(key))
    }
    func setMouse(_ on: Bool) {}
    func suspend() {}
    func close() {}
}
