import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import Store
import Testing

/// Whoever tries whatever, in whatever order: nobody at a limit is shown anything, and words come only by uncovering.
///
/// What the limits say is reckoned beside the desk by plain sums over the stored spans.
@Suite("No sequence of commands gets content shown to a person at the limit")
struct RandomCommandsTests {
    private static let steps = Int(ProcessInfo.processInfo.environment["RELEVE_STEPS"] ?? "") ?? 3000

    /// Where the steps begin: others than the usual ones, or a part of many; a multiple of 2,500.
    private static let first = Int(ProcessInfo.processInfo.environment["RELEVE_FIRST_STEP"] ?? "") ?? 0

    @Test func fromAnyRoleAtAnyFrontEnd() throws {
        var shown = 0
        var refused: [String: Int] = [:]
        var tried = Set<String>()
        let perSite = 2500
        for first in stride(from: Self.first, to: Self.first + Self.steps, by: perSite) {
            var tester = try RandomCommands(seed: UInt64(first) + 1)
            for step in first..<min(first + perSite, Self.first + Self.steps) {
                let command = try tester.step()
                tried.insert(command)
                if let fault = tester.faults.first {
                    Issue.record("step \(step), \(command): \(fault)")
                    return
                }
            }
            shown += tester.shown
            refused.merge(tester.refused) { $0 + $1 }
        }
        #expect(shown > Self.steps / 200, "\(shown) shown, \(refused)")
        let capped = refused.filter { $0.key.hasPrefix("capped") }.values.reduce(0, +)
        #expect(capped > Self.steps / 50, "\(shown) shown, \(refused)")
        #expect(tried.count == RandomCommands.Command.allCases.count)
    }
}

/// People who try commands at random.
struct RandomCommands {
    enum Command: String, CaseIterable {
        case claim, claimThis, uncover, look, beat, cover, decide, decideAndClaim, undo, skip, release,
            escalate
        case draft, held, renew, dispute, signIn, startShift, endShift, startBreak, endBreak, personalLimit
        case neverShow, showAgain, lower, auditList, auditCase, auditUncover, auditLook, watch,
            uncoverRecorded
        case describe, explain, judge, figures, erase, newConsole, wait, clock

        static let usual: [Command] = [
            .claim, .uncover, .uncover, .uncover, .beat, .cover, .look, .decide, .auditUncover, .signIn,
            .endBreak,
        ]
    }

    private struct Open {
        let person: Int
        let span: OpenSpan
        let desk: Int
    }

    let site: RandomSite
    private(set) var faults: [String] = []
    private(set) var shown = 0
    private(set) var refused: [String: Int] = [:]
    private var dice: Dice
    private var people: [Person]
    private var desks: [Desk]
    private var files: [(person: Int, file: CaseFile)] = []
    private var opens: [Open] = []
    private var decisions: [DecisionID] = []
    private var firstLooks: [Int: [PostID: Int64]] = [:]
    private var reachedAt: [Int: Int64] = [:]
    private let limits: Limits

    init(seed: UInt64) throws {
        dice = Dice(seed)
        var limits = Limits.standard
        limits.daily = 3
        limits.ceiling = 4
        limits.weekly = 8
        self.limits = limits
        site = try RandomSite(limits: limits, seed: seed, posts: 500)
        desks = [site.console(), site.console(), site.console()]
        people = [site.ada]
        let roles: [(String, Set<Role>)] = [
            ("ben", [.moderator]), ("lena", [.lead]), ("otto", [.auditor]), ("mia", [.moderator, .auditor]),
        ]
        for (name, roles) in roles {
            people.append(try desks[0].addPerson(user: name, name: name, roles: roles, by: site.ada))
        }
        for person in people { try desks[0].startShift(person) }
    }

    private var now: Int64 { site.clock.now().monotonic.wholeMilliseconds }

    /// Tries one command; its name.
    mutating func step() throws -> String {
        // What people do most of the day is tried most.
        let choices = dice.one(in: 2) ? Command.usual : Command.allCases
        let command = choices[dice.below(choices.count)]
        site.clock.advance(by: .milliseconds(Int64(dice.below(9_000))))
        let person = dice.below(people.count)
        for place in people.indices { noteLimit(place) }
        do { try run(command, person) } catch is DeskError {}
        return command.rawValue
    }

    // MARK: What the limits say

    private func dose(_ place: Int) -> (day: Int64, week: Int64, daily: Int64) {
        let wall = site.clock.now().wall
        let id = people[place].id
        let read = try? site.store.read { tx in
            (
                try tx.spans(of: id, since: Timestamp(milliseconds: 0)), try tx.personalLimit(of: id),
                try tx.limitsHistory().last?.limits
            )
        }
        guard let (spans, personal, inForce) = read, let inForce else { return (0, 0, 0) }
        func sum(_ window: Duration) -> Int64 {
            spans.filter { $0.openedAt + $0.visible > wall - window || $0.isOpen }.reduce(0) {
                $0 + $1.dose.units
            }
        }
        let daily = min(inForce.daily, min(inForce.ceiling, personal ?? inForce.daily))
        return (sum(Dosimeter.day), sum(Dosimeter.week), Dose(daily).units)
    }

    private func isAtLimit(_ place: Int) -> Bool {
        let dose = dose(place)
        return dose.day >= dose.daily || dose.week >= Dose(limits.weekly).units
    }

    private mutating func noteLimit(_ place: Int) {
        if isAtLimit(place) {
            reachedAt[place] = reachedAt[place] ?? now
        } else {
            reachedAt[place] = nil
        }
    }

    /// Holds what a person was shown against the limits as they were before.
    private mutating func take(_ outcome: UncoverOutcome, _ place: Int, _ desk: Int, isOver: Bool) {
        switch outcome {
        case .refused(let refusal, _): refused[refusal.code, default: 0] += 1
        case .uncovered(let post):
            shown += 1
            let id = post.open.post
            if post.open.hazard > .none, let since = reachedAt[place] {
                let isInHand = firstLooks[place]?[id].map { $0 <= since } ?? false
                if !isInHand || now - since >= limits.finishInHand.wholeMilliseconds {
                    faults.append("\(people[place].name) at a limit was shown \(post.open.hazard)")
                }
            }
            let shift = try? site.store.read {
                try $0.shifts(of: people[place].id, since: Timestamp(milliseconds: 0))
            }
            if shift?.contains(where: { $0.isOpen && $0.openBreak == nil }) != true {
                faults.append("\(people[place].name) was shown a post in a break or without a shift")
            }
            firstLooks[place, default: [:]][id] = firstLooks[place]?[id] ?? now
            if !isOver { opens.append(Open(person: place, span: post.open, desk: desk)) }
        }
    }

    /// Words of a post in anything else that a command gives back.
    private mutating func inspect(_ value: some Any) {
        guard dice.one(in: 4) else { return }
        if String(reflecting: value).contains("token") { faults.append("words in \(type(of: value))") }
    }

    // MARK: Commands

    private mutating func run(_ command: Command, _ place: Int) throws {
        let desk = dice.below(desks.count)
        switch command {
        case .wait:
            let hours = dice.one(in: 12) ? 26 * 3600 : 240
            site.clock.advance(by: .seconds(Int64(dice.below(hours))))
        case .clock:
            let right = RandomSite.start + .milliseconds(now)
            let back = dice.one(in: 2) ? 0 : Int64(dice.below(600_000))
            site.clock.jump(to: right - .milliseconds(back))
        case .newConsole:
            // Whatever it showed is gone with it; what it held open is for others to tidy up.
            opens.removeAll { $0.desk == desk }
            desks[desk] = site.console()
        case .claim, .claimThis, .uncover, .look, .decide, .decideAndClaim, .undo, .skip, .release, .escalate,
            .draft, .held, .renew, .dispute:
            try review(command, place, desk)
        case .beat, .cover: try watchOpen(command)
        case .auditList, .auditCase, .auditUncover, .auditLook, .watch, .uncoverRecorded, .judge, .figures:
            try audit(command, place, desk)
        case .signIn, .startShift, .endShift, .startBreak, .endBreak, .personalLimit, .neverShow, .showAgain,
            .lower, .describe, .explain, .erase:
            try office(command, place, desks[desk])
        }
    }

    private mutating func somePost() -> PostID { site.posts[dice.below(site.posts.count)] }

    private mutating func take(_ outcome: ClaimOutcome, _ place: Int) {
        inspect(outcome)
        if case .claimed(let file) = outcome { files.append((place, file)) }
        if files.count > 12 { files.removeFirst() }
    }

    private mutating func review(_ command: Command, _ place: Int, _ desk: Int) throws {
        let it = desks[desk]
        switch command {
        case .claim: return take(try it.claimNext(for: people[place]), place)
        case .claimThis: return take(try it.claim(somePost(), for: people[place]), place)
        case .look: return take(try it.look(at: somePost(), by: people[place]), place, desk, isOver: true)
        case .held: return inspect(try it.heldCases(of: people[place]))
        case .undo:
            guard let id = decisions.last else { return }
            return take(.claimed(try it.undo(id, by: people[place])), place)
        default: break
        }
        guard !files.isEmpty else { return }
        // Now and then somebody else's, or one given back long ago.
        let (holder, file) = files[dice.below(files.count)]
        let who = dice.one(in: 10) ? place : holder
        let person = people[who]
        let open = opens.first { $0.person == who && $0.span.post == file.post }
        let span = dice.one(in: 6) ? nil : open?.span
        func shut() { if let open { opens.removeAll { $0.span.id == open.span.id } } }
        let choices = [Choice(action: .keep), Choice(action: .remove, policy: PolicyID("dire"))]
        let choice = choices[dice.below(2)]
        switch command {
        case .uncover: take(try it.uncover(file, by: person), who, desk, isOver: false)
        case .decide:
            decisions.append(try it.decide(file, choice, by: person, open: span).id)
            shut()
        case .decideAndClaim:
            let (decision, next) = try it.decideAndClaimNext(file, choice, by: person, open: span)
            decisions.append(decision.id)
            shut()
            take(next, who)
        case .skip:
            try it.skip(file, reason: .notForMe, by: person, open: span)
            shut()
        case .release:
            try it.release(file, by: person, open: span)
            shut()
        case .escalate:
            try it.escalate(file, note: "see", by: person, open: span)
            shut()
        case .draft: try it.saveDraft(Draft(note: "n"), on: file, by: person)
        case .renew: inspect(try it.renew(file.claim))
        case .dispute: inspect(try it.dispute(RuleID("grim/direct"), on: file, by: person))
        default: break
        }
    }

    private mutating func watchOpen(_ command: Command) throws {
        guard !opens.isEmpty else { return }
        let place = dice.below(opens.count)
        let open = opens[place]
        if command == .cover {
            opens.remove(at: place)
            return try desks[open.desk].cover(open.span, because: .covered)
        }
        let outcome = try desks[open.desk].beat(open.span)
        if case .mustCover = outcome {
            opens.remove(at: place)
            try desks[open.desk].cover(open.span, because: .limit)
        }
    }

    private mutating func audit(_ command: Command, _ place: Int, _ desk: Int) throws {
        let it = desks[desk]
        let person = people[place]
        if command == .auditList { return inspect(try it.audit(DecisionFilter(), limit: 20, by: person)) }
        if command == .watch {
            guard let shift = try it.recordedShifts(limit: 5, for: person).first else { return }
            return inspect(try it.timeline(of: shift.shift, for: person))
        }
        if command == .uncoverRecorded {
            guard let (_, file) = files.first else { return }
            let name = TimelinePost.Name(
                post: file.post, version: file.version, bundle: file.bundle.bundle.digest,
                claimedAt: file.claim.claimedAt)
            return take(try it.uncoverRecorded(name, by: person), place, desk, isOver: false)
        }
        guard !decisions.isEmpty else { return }
        let id = decisions[dice.below(decisions.count)]
        switch command {
        case .auditCase: inspect(try it.auditCase(id, by: person))
        case .auditUncover: take(try it.uncover(id, by: person), place, desk, isOver: false)
        case .auditLook: take(try it.look(at: id, by: person), place, desk, isOver: true)
        case .judge: inspect(try it.judge(id, Judgement(action: .keep), by: person))
        default: inspect(try it.figures(of: nil, seed: 1, for: person))
        }
    }

    private mutating func office(_ command: Command, _ place: Int, _ desk: Desk) throws {
        let person = people[place]
        switch command {
        case .signIn: _ = try desk.signIn(user: person.user)
        case .startShift: try desk.startShift(person)
        case .endShift: if dice.one(in: 20) { try desk.endShift(person) }
        case .startBreak: if dice.one(in: 4) { try desk.startBreak(person, required: dice.one(in: 2)) }
        case .endBreak: try desk.endBreak(person)
        case .personalLimit:
            try desk.setPersonalLimit(dice.one(in: 2) ? nil : Percent(dice.below(7)), of: person)
        case .neverShow: people[place] = try desk.neverShow(hazards: [.extreme], policies: [], to: person)
        case .showAgain: people[place] = try desk.showAgain(hazards: [.extreme], policies: [], to: person)
        case .lower:
            guard dice.one(in: 40) else { return }
            var lower = limits
            lower.daily = 2
            try desk.lowerLimits(to: lower, by: person)
        case .describe: inspect(try desk.describe(somePost(), for: person))
        case .explain: inspect(try desk.explain(somePost()))
        case .erase:
            guard dice.one(in: 10) else { return }
            inspect(try desk.erase([somePost()], because: .request, authority: "the author", by: person))
        default: break
        }
    }
}
