import Exposure
import Moderation

/// A person's exposure kept up to date step by step, for the many steps of a simulation.
///
/// Follows the rules of `Dosimeter` for somebody who looks at one post at a time and takes breaks when they are due;
/// the tests hold both against each other.
struct RunningDose {
    /// A sum of doses that leave it one after another.
    private struct Window {
        let length: Int64
        private var spans: [(end: Int64, dose: Int64)] = []
        private var first = 0
        private(set) var dose: Int64 = 0

        init(length: Duration) { self.length = length.wholeMilliseconds }

        mutating func add(_ units: Int64, until end: Int64) {
            spans.append((end, units))
            dose += units
        }

        mutating func forget(at now: Int64) {
            while first < spans.count, spans[first].end <= now - length {
                dose -= spans[first].dose
                first += 1
            }
            if first > 1000 {
                spans.removeFirst(first)
                first = 0
            }
        }

        /// When the dose is below a limit, if nothing more comes.
        func below(_ limit: Int64, at now: Int64) -> Int64 {
            var left = dose
            for span in spans[first...] where left >= limit {
                left -= span.dose
                if left < limit { return span.end + length }
            }
            return left < limit ? now : now + length
        }
    }

    /// What may be done now.
    enum Standing: Equatable {
        /// Posts may be taken.
        case available
        /// A dose limit is reached; posts without exposure may be taken.
        case capped(until: Int64)
        /// A break comes first.
        case mustBreak(length: Int64)
        /// The shift is over.
        case shiftOver
    }

    let limits: Limits
    private let dayLimit: Int64
    private let weekLimit: Int64
    private let ceiling: Int64
    private let weights: [Int64]
    private let openings: [Int64]
    private let pause: Int64
    private let floor: Int64
    private var day = Window(length: Dosimeter.day)
    private var week = Window(length: Dosimeter.week)
    private var shiftStart: Int64 = 0
    private var streak: Int64?
    private var quiet: Int64 = 0
    private var breakEnd: Int64?
    private var longBreak: Int64 = 0
    private var runQuiet: Int64 = 0
    private var run = 0
    private var owed = 0
    private var acute = 0.0
    private var acuteAt: Int64 = 0

    init(limits: Limits) {
        self.limits = limits
        dayLimit = min(Dose(limits.daily), Dose(limits.ceiling)).units
        weekLimit = Dose(limits.weekly).units
        ceiling = Dose(limits.ceiling).units
        weights = Hazard.allCases.map { limits.weight(of: $0) }
        openings = Hazard.allCases.map { Dose.charge(hazard: $0, visible: limits.beat, limits: limits).units }
        pause = limits.breakLength.wholeMilliseconds
        floor = limits.floor.wholeMilliseconds
    }

    // MARK: Asking

    var dayDose: Int64 { day.dose }
    var weekDose: Int64 { week.dose }
    /// Since when nothing was uncovered.
    var quietSince: Int64 { quiet }
    /// What is left until the first dose limit.
    var left: Int64 { max(0, min(dayLimit - day.dose, weekLimit - week.dose)) }
    /// When the shift is over.
    var shiftEnd: Int64 { shiftStart + limits.shiftLength.wholeMilliseconds }

    /// The load that halves every ten minutes.
    func acuteLoad(at now: Int64) -> Dose {
        let halvings = Double(now - acuteAt) / Double(Dosimeter.halfLife.wholeMilliseconds)
        return Dose(units: Int64(acute * .exponential(-0.693_147_180_559_945_3 * halvings)))
    }

    mutating func standing(at now: Int64) -> Standing {
        forget(at: now)
        if now >= min(shiftEnd, shiftStart + limits.shiftHard.wholeMilliseconds) { return .shiftOver }
        if let due = breakDue(at: now) { return .mustBreak(length: due) }
        if isCapped { return .capped(until: freeAgain(at: now)) }
        return .available
    }

    private var isCapped: Bool {
        day.dose >= dayLimit || week.dose >= weekLimit
            || day.dose >= ceiling - openings[Hazard.mild.level] + 1
    }

    private func freeAgain(at now: Int64) -> Int64 {
        let full = ceiling - openings[Hazard.mild.level] + 1
        return max(day.below(min(dayLimit, full), at: now), week.below(weekLimit, at: now))
    }

    /// Whether a new post may be uncovered, where `standing` is `available` or `capped`.
    func mayOpen(_ hazard: Hazard, at now: Int64) -> Bool {
        guard weights[hazard.level] > 0 else { return true }
        guard !isCapped, day.dose + openings[hazard.level] <= ceiling else { return false }
        guard hazard >= .severe else { return true }
        return now < lastHour && lighterOwed(at: now) == 0
    }

    func lighterOwed(at now: Int64) -> Int { now - runQuiet >= pause ? 0 : owed }

    private var lastHour: Int64 {
        let last = limits.lastHour.wholeMilliseconds
        return last > 0 ? shiftStart + max(0, limits.shiftLength.wholeMilliseconds - last) : .max
    }

    /// The length of the break that is due; `nil` when none is.
    private func breakDue(at now: Int64) -> Int64? {
        var length: Int64?
        if now >= longBreak + limits.longBreakBefore.wholeMilliseconds {
            length = limits.longBreak.wholeMilliseconds
        }
        if let start = streakStart(at: now, isActivity: false),
            now >= start + limits.continuous.wholeMilliseconds
        {
            length = max(length ?? 0, pause)
        }
        return length
    }

    /// When the next break falls due, were exposure to go on from `now`.
    private func breakAt(from now: Int64) -> Int64 {
        let start = streakStart(at: now, isActivity: true) ?? now
        return min(
            longBreak + limits.longBreakBefore.wholeMilliseconds,
            start + limits.continuous.wholeMilliseconds)
    }

    private func streakStart(at now: Int64, isActivity: Bool) -> Int64? {
        guard now - quiet >= pause else { return streak }
        if let breakEnd, breakEnd >= quiet + pause, now - breakEnd < pause { return breakEnd }
        return isActivity ? now : nil
    }

    /// When content of that hazard, uncovered now, must be covered at the latest.
    ///
    /// `isBreak` tells that a break falls due then, after which it may be uncovered again.
    func mustCover(_ hazard: Hazard, openedAt now: Int64) -> (at: Int64, isBreak: Bool) {
        let weight = weights[hazard.level]
        let finish = limits.finishInHand.wholeMilliseconds
        var at = min(shiftEnd + finish, shiftStart + limits.shiftHard.wholeMilliseconds)
        let long = longBreak + limits.longBreakBefore.wholeMilliseconds
        guard weight > 0 else { return long < at ? (long, true) : (at, false) }
        if hazard >= .severe, lastHour < .max { at = min(at, lastHour + finish) }
        func reached(_ limit: Int64, _ dose: Int64) -> Int64 {
            let offset = (limit - dose) / weight
            return now + (offset <= floor ? 0 : offset)
        }
        at = min(at, reached(dayLimit, day.dose) + finish, reached(weekLimit, week.dose) + finish)
        at = min(at, now + max(0, ceiling - day.dose) / weight)
        let due = breakAt(from: now)
        return due < at ? (due, true) : (at, false)
    }

    // MARK: Going on

    /// Drops what has left the windows.
    mutating func forget(at now: Int64) {
        day.forget(at: now)
        week.forget(at: now)
    }

    mutating func startShift(at now: Int64) {
        shiftStart = now
        streak = now
        quiet = now
        longBreak = now
        breakEnd = nil
        runQuiet = now
        (run, owed) = (0, 0)
    }

    /// Takes in what was looked at; the dose it was charged.
    ///
    /// - Parameter isNew: whether the post was not uncovered before.
    @discardableResult
    mutating func look(_ hazard: Hazard, from: Int64, to: Int64, isNew: Bool) -> Int64 {
        if from - runQuiet >= pause { (run, owed) = (0, 0) }
        if isNew { countInRun(hazard) }
        let weight = weights[hazard.level]
        guard hazard != .none else { return 0 }
        streak = streakStart(at: from, isActivity: true) ?? from
        quiet = max(quiet, to)
        runQuiet = max(runQuiet, to)
        let units = weight * max(to - from, floor)
        day.add(units, until: to)
        week.add(units, until: to)
        acute = Double(acuteLoad(at: to).units) + Double(units)
        acuteAt = to
        return units
    }

    private mutating func countInRun(_ hazard: Hazard) {
        if hazard >= .severe {
            run += 1
            if run >= max(1, limits.runOfSevere) { owed = max(0, limits.lighterAfterRun) }
        } else if owed > 0 {
            owed -= 1
            if owed == 0 { run = 0 }
        } else {
            run = 0
        }
    }

    mutating func rest(from: Int64, to: Int64) {
        if to - max(from, quiet) >= pause { breakEnd = to }
        if to - from >= limits.longBreak.wholeMilliseconds { longBreak = to }
    }
}
