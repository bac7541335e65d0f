import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import SQLiteStore
import Store

/// A store after a day of work in which everything happened once: the file that is tampered with.
final class RecordedDay {
    static let firstKey = SiteKey()
    static let secondKey = SiteKey()
    /// Words of the posts and notes that are erased before the day is over.
    static let erasedWords = [
        "unforgettable-evening", "quoted-by-a-note", "half-a-thought-on-it", "an-auditor-quotes-it",
    ]

    let folder: String
    let clock = ManualClock(at: Timestamp(milliseconds: 1_772_357_400_000))
    let store: SQLiteStore
    private(set) var desk: Desk
    private(set) var ada: Person
    private(set) var ben: Person
    /// Auditors.
    let eve, fay: Person
    private var reports = 0

    var path: String { folder + "/day.sqlite" }

    struct NothingToDo: Error {
        var outcome = ""
    }

    init() throws {
        folder = NSTemporaryDirectory() + "releve-day-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder + "/day.sqlite", creating: true)
        desk = Desk(store: store, clock: clock, entropy: SeededEntropy(seed: 11), signer: Self.firstKey)
        ada = try desk.makeSite(
            Founding(
                name: "day.example/releve", isDemo: true, publicKey: Self.firstKey.publicKeyHex, user: "ada",
                personName: "Ada", roles: Set(Role.allCases), bundle: try Self.bundle("pills")))
        ben = try desk.addPerson(
            user: "ben", name: "Ben", roles: [.moderator], languages: ["en", "fr"], by: ada)
        eve = try desk.addPerson(user: "eve", name: "Eve", roles: [.auditor], by: ada)
        fay = try desk.addPerson(user: "fay", name: "Fay", roles: [.auditor, .lead], by: ada)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static func bundle(_ word: String) throws -> PolicyBundle {
        let spam = """
            id: spam
            title: Spam
            guidance: Look.
            neutral: A post that may be spam.
            dsa: {category: STATEMENT_CATEGORY_SCAMS_AND_FRAUD}
            hazard: mild
            actions: [remove, keep]
            rules:
              - id: spam/pills
                selections: {a: {body: {any_word: [\(word)]}}}
                recommend: remove
                automatic: remove
              - id: spam/trial
                status: shadow
                selections: {a: {body: {any_word: [cheap]}}}
                recommend: remove
              - id: spam/again
                selections: {a: {history.removals: {ge: 1, within: 7 days}}}
                recommend: remove
            """
        let threats = """
            id: threats
            title: Threats
            guidance: Look twice.
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: severe
            actions: [remove, suspend]
            rules:
              - id: threats/direct
                selections: {a: {body: {any_word: [kill]}}}
                recommend: remove
            """
        let load = PolicyLoader.load(
            files: [("spam.yaml", spam), ("threats.yaml", threats)].map {
                (name: $0.0, text: $0.1)
            })
        guard let bundle = load.bundle else { throw NothingToDo() }
        return bundle
    }

    // MARK: The day

    /// Works through the day; then the file is closed, and all of it is in one place.
    func work() throws {
        try morning()
        try work(as: ada, decisions: 9)
        try policiesChange()
        try work(as: ben, decisions: 8)
        try auditorsLook()
        try recordsLeave()
        try recordsGoTheirWay()
        try evening()
        try store.forget()
    }

    private func post(_ body: String, by author: String? = "a\u{301}nn") -> FlaggedPost {
        reports += 1
        return FlaggedPost(
            source: reports % 3 == 0 ? "forum" : "social", externalID: "report-\(reports)", body: body,
            language: ["en", "fr", nil][reports % 3], author: Author(handle: author),
            deadline: reports % 6 == 0 ? clock.now().wall + .seconds(7200) : nil,
            links: reports % 4 == 0 ? [Link(url: "https://shop\(reports).example.co.uk/x")] : [],
            flags: [Flag(externalID: "f\(reports)", reason: "spam", isTrusted: reports % 5 == 0)])
    }

    private func morning() throws {
        _ = try desk.approveAutomation(of: RuleID("spam/pills"), reason: "clear \u{1F600}", by: ada)
        let texts = (0..<14).map { number in
            [
                "kill number \(number)", "hello \(number)", "cheap \(number)", "hello again, kill \(number)",
                "nothing here \(number)",
            ][number % 5]
        }
        _ = try desk.takeIn(texts.enumerated().map { post($1, by: "author\($0 % 4)") })
        _ = try desk.takeIn([post("pills for all", by: "seller"), post("more pills", by: "seller")])
        var changed = ben
        changed.languages = ["en"]
        try desk.change(changed, by: ada)
        ben = try desk.neverShow(hazards: [.extreme], policies: [PolicyID("x")], to: changed)
        try desk.setPersonalLimit(80, of: ben)
        var limits = try desk.limitsInForce(for: ada).stored.limits
        limits.daily = 90
        try desk.lowerLimits(to: limits, by: ada)
    }

    private func next(for person: Person) throws -> CaseFile {
        let outcome = try desk.claimNext(for: person)
        guard case .claimed(let file) = outcome else { throw NothingToDo(outcome: "\(outcome)") }
        return file
    }

    private func look(at file: CaseFile, as person: Person) throws -> OpenSpan? {
        guard case .uncovered(let post) = try desk.uncover(file, by: person) else { return nil }
        clock.advance(by: .milliseconds(7300))
        _ = try desk.beat(post.open)
        clock.advance(by: .milliseconds(1200))
        return post.open
    }

    private func work(as person: Person, decisions: Int) throws {
        clock.advance(by: .seconds(600))
        try desk.startShift(person)
        if person.id == ben.id { try limitsChange() }
        for number in 0..<decisions {
            clock.advance(by: .seconds(20))
            let file = try next(for: person)
            let open = try look(at: file, as: person)
            switch number {
            case 1: try desk.skip(file, reason: .language, by: person, open: open)
            case 2:
                try desk.saveDraft(Draft(note: "half"), on: file, by: person)
                try desk.release(file, by: person, open: open)
            case 3: try desk.escalate(file, note: "look", by: person, open: open)
            case 4:
                try desk.startBreak(person)
                clock.advance(by: .seconds(60))
                try desk.endBreak(person)
                fallthrough
            default: try decide(file, number: number, by: person, open: open)
            }
            if number == 5, let last = try desk.undoable(by: person) {
                let again = try desk.undo(last.decision.id, by: person)
                try desk.decide(
                    again, Choice(action: .keep, note: "on second thoughts"), by: person, open: nil)
            }
        }
        try desk.startBreak(person)
        clock.advance(by: .seconds(30))
        try desk.endShift(person)
    }

    private func decide(_ file: CaseFile, number: Int, by person: Person, open: OpenSpan?) throws {
        if let rule = file.evaluation.findings.first?.rule { try desk.dispute(rule, on: file, by: person) }
        // A graver policy than what was seen is charged as such.
        let choice =
            number % 2 == 0
            ? Choice(
                action: .remove, policy: PolicyID("threats"), rule: RuleID("threats/direct"),
                note: "because \(number)") : Choice(action: .keep)
        try desk.decide(file, choice, by: person, open: open)
    }

    private func policiesChange() throws {
        clock.advance(by: .seconds(100))
        try desk.adopt(try Self.bundle("offers"), by: ada)
        var place: Int64? = 0
        while let from = place { place = try desk.reevaluate(after: from).place }
        _ = try desk.approveAutomation(of: RuleID("spam/pills"), reason: "as before", by: ada)
        let offers = [post("offers for all", by: "seller"), post("more offers", by: "seller")]
        _ = try desk.takeIn(offers)
        let automatic = Desk.postID(source: offers[1].source, externalID: offers[1].externalID)
        try desk.endAutomation(by: ada)
        _ = try desk.takeIn((0..<18).map { post("plain \($0)", by: nil) })
        if try desk.describe(automatic).1 == .decided { try desk.reopen(automatic, by: ada) }
        // Known posts are reported again: those that wait, and those that were decided.
        for number in [1, 2, 3, 5, 8] {
            let source = number % 3 == 0 ? "forum" : "social"
            _ = try desk.takeIn([
                FlaggedPost(
                    source: source, externalID: "report-\(number)", body: "as before",
                    flags: [Flag(externalID: "second\(number)", reason: "again")])
            ])
        }
        _ = try desk.changeKey(to: Self.secondKey, from: Self.firstKey, reason: .stolen, by: ada)
        desk = Desk(store: store, clock: clock, entropy: SeededEntropy(seed: 12), signer: Self.secondKey)
    }

    /// Two posts are erased, one decided with a note that quotes it; then work goes on, and is cut off.
    private func evening() throws {
        clock.advance(by: .seconds(12 * 3600))
        try desk.startShift(ada)
        let erased = Self.erasedWords[0]
        var posts = [post("\(erased) kill", by: "gone"), post("\(erased) waits", by: "gone")]
        let decided = Desk.postID(source: posts[0].source, externalID: posts[0].externalID)
        let waiting = Desk.postID(source: posts[1].source, externalID: posts[1].externalID)
        _ = try desk.takeIn(
            posts,
            rejected: [
                RejectedRecord(
                    file: "a.jsonl", line: 3, reason: "no id",
                    bytes: Array(#"{"text":"\#(erased) waits"}"#.utf8), rejectedAt: clock.now().wall)
            ])
        posts[0].flags = [Flag(reason: "and again")]
        _ = try desk.takeIn([posts[0]])
        if case .claimed(let file) = try desk.claim(decided, for: ada) {
            let decision = try desk.decide(
                file, Choice(action: .remove, policy: PolicyID("threats"), note: Self.erasedWords[1]),
                by: ada,
                open: nil)
            try desk.mark(decision.id, .disagree, reason: Self.erasedWords[3], by: eve)
        }
        if case .claimed(let file) = try desk.claim(waiting, for: ada) {
            _ = try look(at: file, as: ada)
            try desk.saveDraft(Draft(note: Self.erasedWords[2]), on: file, by: ada)
        }
        clock.advance(by: .seconds(3))
        _ = try desk.erase(
            [decided, waiting], because: .order, authority: "Court of Somewhere, 12/34", note: "by post",
            by: ada)
        try desk.shiftSigned()
        let file = try next(for: ada)
        _ = try look(at: file, as: ada)
        try desk.saveDraft(Draft(note: "begun"), on: file, by: ada)
    }
}

extension Desk {
    /// A checkpoint in the middle of work.
    fileprivate func shiftSigned() throws { _ = try signLedger() }
}
