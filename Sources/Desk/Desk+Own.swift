public import Exposure
import Ledger
public import Moderation
public import Store

/// What a person doesn't want for now, and what became of what they did: theirs alone.
extension Desk {
    /// How many verdicts on a person's decisions they are shown, the newest first.
    public static let ownOutcomes = 200
    /// How many looks at a person's shifts they are shown, the newest first.
    public static let ownWatchings = 100

    /// Doesn't show the person this kind for the rest of their day; no reason is asked, and no entry tells of it.
    ///
    /// It ends with the local day, but not before the shift that lasts now must have ended.
    ///
    /// - Parameter utcOffset: local time minus UTC, in seconds.
    /// - Returns: the person, with what holds for them now.
    public func notToday(
        hazards: Set<Hazard>, policies: Set<PolicyID>, utcOffset: Int, to person: Person
    ) throws(DeskError) -> Person {
        let now = clock.now().wall
        return try write { tx in
            guard var current = try tx.person(person.id) else {
                throw DeskError.notOnRoster(user: person.user)
            }
            let record = try record(of: person.id, at: now, in: tx)
            let shiftEnd = record.openShift.map { $0.startedAt + record.limits.shiftHard }
            let end = max(Self.endOfDay(now, utcOffset: utcOffset), shiftEnd ?? now)
            var today = DayOptOuts(until: end)
            if let before = current.optOuts.today, now < before.until { today = before }
            today.hazards.formUnion(hazards)
            today.policies.formUnion(policies)
            today.until = max(today.until, end)
            current.optOuts.today = today
            try tx.save(current)
            return current
        }
    }

    /// Takes back what was said for today.
    public func showTodayAgain(to person: Person) throws(DeskError) -> Person {
        try write { tx in
            guard var current = try tx.person(person.id) else {
                throw DeskError.notOnRoster(user: person.user)
            }
            current.optOuts.today = nil
            try tx.save(current)
            return current
        }
    }

    /// The next midnight by local time.
    static func endOfDay(_ now: Timestamp, utcOffset: Int) -> Timestamp {
        let day: Int64 = 86_400_000
        let offset = Int64(utcOffset) * 1000
        let local = now.milliseconds + offset
        let begun = local / day - (local % day < 0 ? 1 : 0)
        return Timestamp(milliseconds: (begun + 1) * day - offset)
    }

    /// Stops at once, for whatever reason: open content is charged, posts go back with their drafts, and a break begins.
    ///
    /// The ledger tells of a break like any other, and nothing of why. Outside a shift nothing is left to do.
    ///
    /// - Returns: whether a break lasts now.
    @discardableResult
    public func stop(_ person: Person, open: OpenSpan? = nil) throws(DeskError) -> Bool {
        let moment = clock.now()
        return try write { tx in
            if let open { try close(open, because: .broke, at: moment, in: tx) }
            // Whatever other consoles of the person show ends with their next beat, which a break forbids.
            for claim in try tx.claims(of: person.id) { try giveBack(claim, at: moment.wall, in: tx) }
            let record = try record(of: person.id, at: moment.wall, in: tx)
            guard let shift = record.openShift else { return false }
            guard shift.openBreak == nil else { return true }
            try beginBreak(in: shift, at: record.latest, required: false, in: tx)
            return true
        }
    }

    func beginBreak(in shift: Shift, at now: Timestamp, required: Bool, in tx: any StoreTransaction) throws {
        var shift = shift
        shift.breaks.append(Break(startedAt: now, isRequired: required))
        try tx.save(shift)
        try tx.append(
            LedgerEntry(
                kind: .breakStarted, at: now, person: shift.person, post: nil,
                fields: ["shift": .string(shift.id.rawValue), "required": .bool(required)]))
    }

    // MARK: Reading

    /// Tells that a shift was watched: to the ledger, and to whose it was.
    func noteWatching(_ watching: Watching) throws(DeskError) {
        try write { tx in
            try tx.insert(watching)
            try tx.append(
                LedgerEntry(
                    kind: .replayed, at: watching.at, person: watching.watcher, post: nil,
                    fields: [
                        "replay": "watch", "shift": .string(watching.shift.rawValue),
                        "whose": .string(watching.concerned.rawValue),
                    ]))
        }
    }
}
