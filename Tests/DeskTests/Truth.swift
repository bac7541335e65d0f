import Exposure
import Moderation

/// What was really on a person's screens, by a clock that never jumps, and what the limits say of it.
///
/// Plain sums over plain lists, written without a look at the dosimeter. Times are milliseconds.
struct Truth {
    struct Look {
        let post: PostID
        let hazard: Hazard
        let from: Int64
        var to: Int64?
    }

    private(set) var looks: [Look] = []
    private let limits: Limits
    private var shiftStart: Int64?
    private var shiftEnd: Int64?
    private var breakStart: Int64?
    private var reachedAt: [String: Int64] = [:]
    /// Whether something looked like a pause in this shift: a clock set forward, or consoles that don't agree on the time.
    private var hasFalsePause = false

    init(limits: Limits) { self.limits = limits }

    private var beat: Int64 { limits.beat.wholeMilliseconds }
    private var finish: Int64 { limits.finishInHand.wholeMilliseconds }

    mutating func shiftStarted(at now: Int64) {
        shiftStart = now
        shiftEnd = nil
        breakStart = nil
        hasFalsePause = false
    }
    mutating func somethingLookedLikeAPause() { hasFalsePause = true }
    mutating func shiftEnded(at now: Int64? = nil) {
        shiftEnd = now
        breakStart = nil
    }
    mutating func breakStarted(at now: Int64) { breakStart = breakStart ?? now }
    mutating func breakEnded() { breakStart = nil }

    mutating func uncovered(_ post: PostID, _ hazard: Hazard, at now: Int64) -> Int {
        looks.append(Look(post: post, hazard: hazard, from: now))
        return looks.count - 1
    }

    mutating func covered(_ look: Int, at now: Int64) { looks[look].to = now }

    /// What was seen in the time before a moment, every millisecond by its weight; no floor, nothing paid ahead.
    private func seen(within window: Duration, at now: Int64) -> Int64 {
        let start = now - window.wholeMilliseconds
        return looks.reduce(0) { sum, look in
            let time = max(0, (look.to ?? now) - max(look.from, start))
            return sum + time * limits.weight(of: look.hazard)
        }
    }

    private var visible: [Look] { looks.filter { $0.to == nil } }

    /// What is wrong with what is on the screens now.
    mutating func check(at now: Int64) -> [String] {
        let harmful = visible.filter { $0.hazard > .none }
        let allowance = harmful.reduce(0) { $0 + limits.weight(of: $1.hazard) } * beat
        var faults: [String] = []
        let day = seen(within: Dosimeter.day, at: now)
        if day > Dose(limits.ceiling).units + allowance { faults.append("\(day) is beyond the ceiling") }
        for (name, limit, window) in [
            ("daily", limits.daily, Dosimeter.day), ("weekly", limits.weekly, Dosimeter.week),
        ] {
            guard seen(within: window, at: now) >= Dose(limit).units else {
                reachedAt[name] = nil
                continue
            }
            let since = reachedAt[name] ?? now
            reachedAt[name] = since
            if now - since > finish + beat, !harmful.isEmpty {
                faults.append("shown \(now - since) ms after the \(name) limit")
            }
        }
        if !harmful.isEmpty, !hasFalsePause, let start = streak(at: now),
            now - start > limits.continuous.wholeMilliseconds + beat
        {
            faults.append("shown for \(now - start) ms without a break")
        }
        faults += checkShift(at: now)
        return faults
    }

    private func checkShift(at now: Int64) -> [String] {
        guard !visible.isEmpty else { return [] }
        if let breakStart, now - breakStart > beat { return ["shown in a break"] }
        if let shiftEnd, now - shiftEnd > beat { return ["shown after the shift"] }
        guard let shiftStart else { return ["shown without a shift"] }
        let length = now - shiftStart
        if length > limits.shiftLength.wholeMilliseconds + finish + beat {
            return ["shown after the end of a shift"]
        }
        let last = limits.shiftLength.wholeMilliseconds - limits.lastHour.wholeMilliseconds
        if visible.contains(where: { $0.hazard >= .severe }), length > last + finish + beat {
            return ["a severe post is shown near the end of a shift"]
        }
        return []
    }

    /// Since when exposure goes on without a pause as long as a break.
    private func streak(at now: Int64) -> Int64? {
        var start: Int64?
        var quiet = Int64.min
        for look in looks.suffix(80).filter({ $0.hazard > .none }).sorted(by: { $0.from < $1.from }) {
            if start == nil || look.from - quiet >= limits.breakLength.wholeMilliseconds { start = look.from }
            quiet = max(quiet, look.to ?? now)
        }
        return start
    }

    /// What is wrong with uncovering a post now.
    func mayOpen(_ post: PostID, _ hazard: Hazard, at now: Int64) -> [String] {
        guard hazard > .none else { return [] }
        var faults: [String] = []
        for (name, limit, window) in [
            ("daily", limits.daily, Dosimeter.day), ("weekly", limits.weekly, Dosimeter.week),
        ]
        where seen(within: window, at: now) >= Dose(limit).units {
            let isFinishing = looks.contains { $0.post == post && $0.from <= (reachedAt[name] ?? now) }
            if !isFinishing { faults.append("uncovered at the \(name) limit") }
        }
        if hazard >= .severe, !hasFalsePause, severeInARow(before: post, at: now) >= limits.runOfSevere {
            faults.append("a severe post too many in a row")
        }
        return faults
    }

    /// Severe posts, each at its first look in this shift, one after another since the last pause or lighter post.
    private func severeInARow(before post: PostID, at now: Int64) -> Int {
        var run = 0
        var quiet = shiftStart ?? now
        var seen: Set<PostID> = []
        for look in looks where look.from >= shiftStart ?? now {
            if look.from - quiet >= limits.breakLength.wholeMilliseconds { run = 0 }
            if look.hazard > .none { quiet = max(quiet, look.to ?? now) }
            guard seen.insert(look.post).inserted else { continue }
            run = look.hazard >= .severe ? run + 1 : 0
        }
        let isPause = now - quiet >= limits.breakLength.wholeMilliseconds
        return isPause || seen.contains(post) ? 0 : run
    }
}
