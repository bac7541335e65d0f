public import Exposure
import Ledger
public import Moderation
import Store

/// What settling came to.
public struct Settled: Hashable, Sendable {
    /// How many days of people were settled.
    public var days = 0
    /// How many spans gave way to them.
    public var spans = 0

    /// Nothing yet.
    public init() {}
}

extension Desk {
    /// Puts daily totals in the place of spans that nobody may dispute any more, of everybody; for leads.
    ///
    /// - Parameter progress: called after each day with what has been done.
    @discardableResult
    public func settleExposure(by lead: Person, progress: (Settled) -> Void = { _ in }) throws(DeskError)
        -> Settled
    {
        try demand(.lead, of: lead)
        var result = Settled()
        for person in try people() { try settle(person.id, into: &result, most: .max, progress: progress) }
        return result
    }

    /// The same for one person, a few days at a time: at the end of their shift.
    func settleSome(of person: PersonID) throws(DeskError) {
        var result = Settled()
        try settle(person, into: &result, most: 40) { _ in }
    }

    private func settle(
        _ person: PersonID, into result: inout Settled, most: Int, progress: (Settled) -> Void
    ) throws(DeskError) {
        let now = clock.now().wall
        var day = UTCDay(number: -719_162)
        var left = most
        while left > 0 {
            let found = try read { tx -> UTCDay? in
                let last = UTCDay(of: now - .seconds(86_400 * Int64(try conditions(in: tx).disputeDays)))
                let found = try tx.dayToSettle(of: person, from: day, endedBy: last.start)
                return found.flatMap { $0 < last ? $0 : nil }
            }
            guard let found else { return }
            let dropped = try write { try settle(found, of: person, at: now, in: $0) }
            if dropped > 0 {
                result.days += 1
                result.spans += dropped
                progress(result)
            }
            left -= 1
            day = found.next
        }
    }

    /// Settles one day, and says how many spans gave way; none while any of them may still be disputed.
    private func settle(
        _ day: UTCDay, of person: PersonID, at now: Timestamp, in tx: any StoreTransaction
    ) throws -> Int {
        let limits = try limits(in: tx)
        let horizon = UTCDay(of: now - .seconds(86_400 * Int64(try conditions(in: tx).disputeDays))).start
        var spans = try tx.spans(of: person, from: day.start, to: day.next.start)
        guard !spans.isEmpty, spans.allSatisfy({ $0.end <= horizon }) else { return 0 }
        for place in spans.indices where spans[place].isOpen {
            // Its console died, and its owner hasn't come back.
            guard now > spans[place].end + limits.beat else { return 0 }
            spans[place] = spans[place].recovered()
            try keepClosed(spans[place], at: now, in: tx)
        }
        let settled = SettledDay(spans, day: day, of: person)
        try tx.settle(settled.totals, day: day, of: person)
        try tx.append(
            LedgerEntry(
                kind: .exposureSettled, at: now, person: person, post: nil, fields: settled.fields))
        return spans.count
    }
}
