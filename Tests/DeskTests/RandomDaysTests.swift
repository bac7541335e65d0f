import Desk
import Exposure
import Foundation
import Moderation
import Store
import Testing

/// Days of one person at two consoles that crash, with a clock that is set back and put right again.
///
/// What was really on a screen is written down beside the program by a clock that never jumps, and held against the
/// limits by a plain reckoning of its own. A clock that runs ahead of the truth is left out. Pauses are reckoned with
/// only in shifts in which no clock was put right and no console began under one that was set back, for both look
/// like a pause; dose, shift and last hour are held to in all of them.
@Suite("Limits are never passed by more than a beat")
struct RandomDaysTests {
    /// Where the days begin: others than the usual ones, or a part of many.
    private static let first = Int(ProcessInfo.processInfo.environment["RELEVE_FIRST_DAY"] ?? "") ?? 0
    private static let days = Int(ProcessInfo.processInfo.environment["RELEVE_DAYS"] ?? "") ?? 100

    @Test func onRandomDaysWithClockFaultsCrashesAndTwoConsoles() throws {
        var looks = 0
        var reached: [String: Int] = [:]
        let perSite = 10
        for first in stride(from: Self.first, to: Self.first + Self.days, by: perSite) {
            var days = try RandomDays(seed: UInt64(first) + 1)
            for day in first..<min(first + perSite, Self.first + Self.days) {
                try days.run()
                if let fault = days.faults.first {
                    Issue.record("day \(day): \(fault)\n\(days.told)")
                    return
                }
            }
            looks += days.truth.looks.count
            reached.merge(days.reached) { $0 + $1 }
        }
        #expect(looks > Self.days * 5)
        // The days are no good when they come to no limit.
        for limit in ["daily", "continuous", "shift_length", "last_hour", "ceiling", "weekly"]
        where Self.days >= 100 {
            #expect(reached[limit, default: 0] > 0, "\(limit): \(reached)")
        }
    }
}

/// One person's days.
struct RandomDays {
    private struct Console {
        var desk: Desk
        var file: CaseFile?
        var open: OpenSpan?
        var look: Int?
        var nextBeat: Int64 = 0
    }

    let site: RandomSite
    private(set) var truth: Truth
    private(set) var faults: [String] = []
    private(set) var reached: [String: Int] = [:]
    private let limits: Limits
    private var dice: Dice
    private var consoles: [Console] = []
    private var ahead: Int64 = 0

    /// Limits that a short day reaches.
    private static func limits(_ dice: inout Dice) -> Limits {
        var limits = Limits.standard
        limits.beat = .seconds(10)
        limits.floor = .seconds(20)
        limits.daily = [3, 10, 60][dice.below(3)]
        limits.ceiling = Percent(limits.daily.value + dice.below(2))
        limits.weekly = Percent(limits.daily.value * 4)
        limits.continuous = .seconds(240)
        limits.breakLength = .seconds(60)
        limits.longBreakBefore = .seconds(900)
        limits.longBreak = .seconds(120)
        limits.shiftLength = .seconds(1500)
        limits.shiftHard = .seconds(1600)
        limits.lastHour = .seconds(200)
        limits.finishInHand = .seconds(30)
        return limits
    }

    init(seed: UInt64) throws {
        dice = Dice(seed)
        limits = Self.limits(&dice)
        site = try RandomSite(limits: limits, seed: seed, posts: 600)
        truth = Truth(limits: limits)
    }

    /// What was on the screens, and what was kept of it, in seconds.
    var told: String {
        func seconds(_ time: Int64) -> Double { Double(time) / 1000 }
        let seen = truth.looks.suffix(12).map { look in
            "\(look.hazard) \(seconds(look.from)) to \(look.to.map(seconds) ?? -1)"
        }
        let start = RandomSite.start
        let kept = try? site.store.read { tx in
            (
                try tx.spans(of: site.ada.id, since: start).suffix(12).map { span in
                    "\(span.hazard) \(seconds((span.openedAt - start).wholeMilliseconds)) for "
                        + "\(seconds(span.visible.wholeMilliseconds)) \(span.closedBy?.rawValue ?? "open")"
                }, try tx.shifts(of: site.ada.id, since: start).last
            )
        }
        let pauses = kept?.1?.breaks.map { pause in
            "break \(seconds((pause.startedAt - start).wholeMilliseconds)) to "
                + "\(pause.endedAt.map { seconds(($0 - start).wholeMilliseconds) } ?? -1)"
        }
        return
            (["now \(seconds(now)), wall \(seconds((site.clock.now().wall - start).wholeMilliseconds))"]
            + seen
            + (kept?.0 ?? []) + (pauses ?? [])).joined(separator: "\n")
    }

    private var now: Int64 { site.clock.now().monotonic.wholeMilliseconds }

    mutating func run() throws {
        if dice.one(in: 2) { site.clock.jump(to: RandomSite.start + .milliseconds(now)) }
        consoles = [Console(desk: site.console()), Console(desk: site.console())]
        for _ in 0..<60 {
            _ = try? consoles[0].desk.signIn(user: "ada")
            if (try? consoles[0].desk.startShift(site.ada)) != nil { break }
            site.clock.advance(by: .seconds(3600))
        }
        truth.shiftStarted(at: now)
        var idle = 0
        for _ in 0..<400 where faults.isEmpty && idle < 40 {
            let before = truth.looks.count
            try step()
            idle = truth.looks.count > before || consoles.contains { $0.open != nil } ? 0 : idle + 1
        }
        for place in consoles.indices { leave(place, as: nil) }
        try? consoles[0].desk.endShift(site.ada)
        truth.shiftEnded()
        site.clock.advance(by: .seconds(Int64(dice.below(16) + 6) * 3600))
    }

    private mutating func step() throws {
        if dice.one(in: 150) { setClock() }
        let idle = consoles.allSatisfy { $0.open == nil }
        advance(by: Int64(dice.below(idle && dice.one(in: 12) ? 90_000 : 12_000)) + 500)
        for place in consoles.indices { try act(place) }
    }

    /// Sets the wall clock back, or puts it right.
    private mutating func setClock() {
        let right = RandomSite.start + .milliseconds(now)
        let back = dice.one(in: 2) ? 0 : Int64(dice.below(dice.one(in: 4) ? 3 * 3_600_000 : 200_000))
        if right - .milliseconds(back) > site.clock.now().wall { truth.somethingLookedLikeAPause() }
        site.clock.jump(to: right - .milliseconds(back))
    }

    /// Time goes by in steps no longer than to the next beat that is due.
    private mutating func advance(by time: Int64) {
        let end = now + time
        while now < end {
            let due = consoles.filter { $0.open != nil }.map(\.nextBeat).min() ?? end
            let until = max(now + 1, min(end, due))
            site.clock.advance(by: .milliseconds(until - now))
            faults += truth.check(at: now)
            for place in consoles.indices where consoles[place].open != nil && consoles[place].nextBeat <= now
            {
                beat(place)
            }
        }
    }

    private mutating func beat(_ place: Int) {
        guard let open = consoles[place].open else { return }
        switch Result(catching: { try consoles[place].desk.beat(open) }) {
        case .success(.goOn): consoles[place].nextBeat = now + limits.beat.wholeMilliseconds
        case .success(.mustCover(let refusal, _)):
            note(refusal)
            leave(place, as: .limit)
            if case .breakDue = refusal { takeBreak(place, required: true) }
        case .failure(let error): faults.append("a beat failed: \(error)")
        }
    }

    private mutating func note(_ refusal: Refusal) {
        let name = refusal.code.split(separator: ".").last.map(String.init) ?? refusal.code
        reached[name, default: 0] += 1
    }

    /// The screen is covered; without a reason the console just dies.
    private mutating func leave(_ place: Int, as end: SpanEnd?) {
        guard let open = consoles[place].open else { return }
        if let look = consoles[place].look { truth.covered(look, at: now) }
        if let end { try? consoles[place].desk.cover(open, because: end) }
        consoles[place].open = nil
        consoles[place].look = nil
    }

    private mutating func act(_ place: Int) throws {
        let desk = consoles[place].desk
        if consoles[place].open != nil {
            switch dice.below(24) {
            case 0, 6: leave(place, as: .covered)
            case 1, 7: decide(place)
            case 2 where dice.one(in: 3): crash(place)
            case 3 where dice.one(in: 6): takeBreak(place)
            case 4 where dice.one(in: 20): endShift(place)
            case 5:
                if let file = consoles[place].file {
                    try? desk.release(file, by: site.ada, open: consoles[place].open)
                    leave(place, as: nil)
                    consoles[place].file = nil
                }
            default: break
            }
            return
        }
        switch dice.below(8) {
        case 0...3: uncover(place)
        case 4 where consoles[place].file != nil: decide(place)
        case 5 where dice.one(in: 30): takeBreak(place)
        case 6: endBreak(place)
        default:
            guard consoles[place].file == nil else { return }
            // Dispatch gives lighter posts late in a shift; somebody may ask for any.
            let wanted = dice.one(in: 2) ? site.posts.randomElement(using: &dice) : nil
            let claimed =
                try? wanted.map { try desk.claim($0, for: site.ada) } ?? desk.claimNext(for: site.ada)
            if case .claimed(let file)? = claimed { consoles[place].file = file }
        }
    }

    private mutating func uncover(_ place: Int) {
        if let file = consoles[place].file { _ = try? consoles[place].desk.renew(file.claim) }
        guard let file = consoles[place].file,
            let outcome = try? consoles[place].desk.uncover(file, by: site.ada)
        else {
            consoles[place].file = nil
            return
        }
        switch outcome {
        case .uncovered(let post):
            consoles[place].open = post.open
            consoles[place].nextBeat = now + limits.beat.wholeMilliseconds
            faults += truth.mayOpen(file.post, post.open.hazard, at: now)
            consoles[place].look = truth.uncovered(file.post, post.open.hazard, at: now)
        case .refused(let refusal, _): note(refusal)
        }
    }

    private mutating func decide(_ place: Int) {
        guard let file = consoles[place].file else { return }
        let isOpen = consoles[place].open != nil
        let choice = Choice(action: .keep)
        _ = try? consoles[place].desk.decide(file, choice, by: site.ada, open: consoles[place].open)
        if isOpen { leave(place, as: .covered) }
        consoles[place].file = nil
    }

    private mutating func takeBreak(_ place: Int, required: Bool? = nil) {
        leave(place, as: .broke)
        guard (try? consoles[place].desk.startBreak(site.ada, required: required ?? dice.one(in: 2))) != nil
        else {
            return
        }
        truth.breakStarted(at: now)
    }

    private mutating func endBreak(_ place: Int) {
        if (try? consoles[place].desk.endBreak(site.ada)) != nil { truth.breakEnded() }
    }

    private mutating func endShift(_ place: Int) {
        leave(place, as: .shiftEnded)
        guard (try? consoles[place].desk.endShift(site.ada)) != nil else { return }
        truth.shiftEnded(at: now)
    }

    /// A process dies between two beats; another begins and tidies up after it.
    private mutating func crash(_ place: Int) {
        leave(place, as: nil)
        consoles[place] = Console(desk: site.console())
        if dice.one(in: 4) { setClock() }
        // It knows only the clock that was set back, while the other knows how late it is.
        if site.clock.now().wall < RandomSite.start + .milliseconds(now) { truth.somethingLookedLikeAPause() }
        _ = try? consoles[place].desk.signIn(user: "ada")
    }
}
