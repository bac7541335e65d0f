public import Exposure
import Ledger
public import Moderation
import Store

extension Desk {
    /// Where the person stands with regard to limits, breaks and rest.
    public func standing(of person: Person) throws(DeskError) -> Standing {
        let now = clock.now().wall
        return try read { try standing(of: person.id, at: now, in: $0) }
    }

    /// Starts a shift; the shift that lasts, if one does.
    @discardableResult
    public func startShift(_ person: Person) throws(DeskError) -> Shift {
        let now = clock.now().wall
        return try write { try startShift(person.id, at: now, in: $0) }
    }

    /// Ends the shift; open content is charged, held posts go back with their drafts.
    public func endShift(_ person: Person, reason: ShiftEnd = .ended) throws(DeskError) {
        let moment = clock.now().wall
        try write { tx in
            // Nor does the rest begin before the last that is known of the shift.
            let now = try record(of: person.id, at: moment, in: tx).latest
            for claim in try tx.claims(of: person.id) { try giveBack(claim, at: now, in: tx) }
            let reached = try standing(of: person.id, at: now, in: tx)
            let isCapped = reason == .ended && reached.wasCappedInShift
            try endShift(person.id, reason: isCapped ? .dose : reason, at: now, in: tx)
            try clerk?.sign(at: now, in: tx)
        }
        // The shift is over, whatever becomes of this; the next one tries again.
        try? settleSome(of: person.id)
    }

    /// Starts a break, at any time.
    public func startBreak(_ person: Person, required: Bool = false) throws(DeskError) {
        let moment = clock.now().wall
        try write { tx in
            let record = try record(of: person.id, at: moment, in: tx)
            guard let shift = record.openShift else { throw DeskError.noShift }
            guard shift.openBreak == nil else { return }
            // After a clock was set back a break doesn't begin in what was work.
            try beginBreak(in: shift, at: record.latest, required: required, in: tx)
        }
    }

    /// Ends a break; a required one not before it is long enough.
    public func endBreak(_ person: Person) throws(DeskError) {
        let now = clock.now().wall
        try write { tx in
            let record = try record(of: person.id, at: now, in: tx)
            guard var shift = record.openShift else { throw DeskError.noShift }
            guard let index = shift.breaks.lastIndex(where: { $0.endedAt == nil }) else { return }
            let standing = Dosimeter.standing(of: record)
            if shift.breaks[index].isRequired, case .onBreak(let until) = standing.availability, until > now {
                throw DeskError.limited(.onBreak(until: until))
            }
            shift.breaks[index].endedAt = max(now, shift.breaks[index].startedAt)
            try tx.save(shift)
            try tx.append(
                LedgerEntry(
                    kind: .breakEnded, at: now, person: person.id, post: nil,
                    fields: ["shift": .string(shift.id.rawValue)]))
        }
    }

    func record(of person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> ExposureRecord {
        let since = now - Dosimeter.week
        try tx.foresee { try askRecord(of: person, since: since, in: tx) }
        let shifts = try tx.shifts(of: person, since: since)
        let moment = clock.now()
        let record = ExposureRecord(
            person: person, now: now, spans: try tx.spans(of: person, since: since),
            shifts: shifts, limits: try limits(of: person, shifts: shifts, in: tx),
            personalLimit: try tx.personalLimit(of: person),
            reached: max(
                steady.latest(for: person, at: moment),
                try tx.knownMoment(of: person)?.reached(at: moment) ?? now),
            earlier: try earlierDose(of: person, since: since, in: tx))
        steady.advance(for: person, to: record.latest)
        return record
    }

    /// Asks all that a record is made of.
    func askRecord(of person: PersonID, since: Timestamp, in tx: any StoreReading) throws {
        _ = try tx.shifts(of: person, since: since)
        _ = try tx.overrides(inOpenShiftOf: person)
        _ = try tx.spans(of: person, since: since)
        _ = try tx.limitsHistory()
        _ = try tx.personalLimit(of: person)
        _ = try tx.knownMoment(of: person)
        _ = try earlierDose(of: person, since: since, in: tx)
    }

    /// What counts in the windows without a span of this site: settled days, and what was brought along.
    private func earlierDose(of person: PersonID, since: Timestamp, in tx: any StoreReading) throws
        -> [EarlierDose]
    {
        try tx.dayTotals(of: person, since: since).map { EarlierDose($0) }
            + tx.takenDays(of: person, since: since).map {
                EarlierDose(startedAt: $0.day.start, endsAt: $0.endsAt, dose: $0.dose)
            }
    }

    func standing(of person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> Standing {
        Dosimeter.standing(of: try record(of: person, at: now, in: tx))
    }

    func startShift(_ person: PersonID, at now: Timestamp, in tx: any StoreTransaction) throws -> Shift {
        let record = try record(of: person, at: now, in: tx)
        if let shift = record.openShift { return shift }
        switch Dosimeter.standing(of: record).availability {
        case .resting(let until) where until > now: throw DeskError.limited(.resting(until: until))
        case .notOnShift(let moment) where moment > now:
            throw DeskError.limited(.notOnShift(mayStartAt: moment))
        default: break
        }
        // After a clock was set back a shift begins where time had come to.
        let start = record.latest
        let shift = Shift(id: newID(), person: person, startedAt: start)
        try tx.save(shift)
        let moment = clock.now()
        if let machine = moment.machine {
            try tx.keep(
                KnownMoment(machine: machine, uptime: moment.monotonic, at: start), for: person)
        }
        try tx.append(
            LedgerEntry(
                kind: .shiftStarted, at: start, person: person, post: nil,
                fields: [
                    "shift": .string(shift.id.rawValue),
                    "limits_version": .integer(Int64(record.limits.version)),
                ]))
        return shift
    }

    func endShift(_ person: PersonID, reason: ShiftEnd, at now: Timestamp, in tx: any StoreTransaction) throws
    {
        guard var shift = try record(of: person, at: now, in: tx).openShift else { throw DeskError.noShift }
        if let index = shift.breaks.lastIndex(where: { $0.endedAt == nil }) {
            shift.breaks[index].endedAt = max(now, shift.breaks[index].startedAt)
        }
        shift.endedAt = max(now, shift.startedAt)
        shift.endedBy = reason
        try tx.save(shift)
        try tx.append(
            LedgerEntry(
                kind: .shiftEnded, at: now, person: person, post: nil,
                fields: [
                    "shift": .string(shift.id.rawValue), "reason": .string(reason.rawValue),
                    "ended": .string(shift.endedAt?.rfc3339 ?? ""),
                ]))
    }

    // MARK: After a crash

    /// A span whose console has not said anything for longer than it had paid for, and some grace.
    private func isAbandoned(_ span: Span, at now: Timestamp, limits: Limits) -> Bool {
        span.isOpen && now > span.end + limits.beat
    }

    func needsTidying(_ person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> Bool {
        let record = try record(of: person, at: now, in: tx)
        return record.spans.contains { isAbandoned($0, at: now, limits: record.limits) }
            || record.openShift.map { now > $0.startedAt + record.limits.shiftHard } ?? false
    }

    func tidy(_ person: PersonID, at now: Timestamp, in tx: any StoreTransaction) throws {
        let before = try record(of: person, at: now, in: tx)
        for span in before.spans where isAbandoned(span, at: now, limits: before.limits) {
            try keepClosed(span.recovered(), at: now, in: tx)
        }
        guard let shift = before.openShift, now > shift.startedAt + before.limits.shiftHard else { return }
        let end = Dosimeter.closing(of: shift, in: try record(of: person, at: now, in: tx))
        try endShift(person, reason: .abandoned, at: end, in: tx)
    }
}
