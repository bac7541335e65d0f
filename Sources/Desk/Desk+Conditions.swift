public import Exposure
import Ledger
public import Moderation
public import Store

extension Conditions {
    /// What an entry tells of them.
    var told: [String: LedgerValue] {
        var fields: [String: LedgerValue] = ["dispute_days": .integer(Int64(disputeDays))]
        guard let pay else { return fields }
        var members: [String: LedgerValue] = [
            "basis": .string(pay.basis.rawValue), "rate": .integer(pay.rate.minor),
            "currency": .string(pay.currency.code), "digits": .integer(Int64(pay.currency.digits)),
        ]
        if let floor = pay.floor {
            members["floor"] = .integer(floor.hourly.minor)
            members["floor_by"] = .string(floor.namedBy.rawValue)
        }
        fields["pay"] = .object(members)
        return fields
    }
}

/// What a person's work came to lately, for them alone.
public struct OwnPay: Hashable, Sendable {
    /// What the shifts that lasted into the last 24 hours came to.
    public var figure: PayFigure
    /// How much of the time worked came after a dose limit ended a shift.
    public var lostToCap: Duration
    /// How much of it was breaks.
    public var breaks: Duration

    /// Makes a figure.
    public init(figure: PayFigure, lostToCap: Duration, breaks: Duration) {
        self.figure = figure
        self.lostToCap = lostToCap
        self.breaks = breaks
    }
}

extension Desk {
    /// The conditions in force; the standard ones where nobody has set any.
    public func conditions() throws(DeskError) -> Conditions { try read { try conditions(in: $0) } }

    /// All conditions that were ever in force, oldest first.
    public func conditionsHistory() throws(DeskError) -> [StoredConditions] {
        try read { try $0.conditionsHistory() }
    }

    /// Sets pay and the time in which exposure may be disputed; for leads.
    ///
    /// Everybody can see them.
    @discardableResult
    public func set(_ conditions: Conditions, by lead: Person) throws(DeskError) -> Conditions {
        try demand(.lead, of: lead)
        guard Conditions.disputeDaysAllowed.contains(conditions.disputeDays) else {
            let allowed = Conditions.disputeDaysAllowed
            throw .invalid(
                .other(
                    "spans can be kept for \(allowed.lowerBound) to \(allowed.upperBound) days, not \(conditions.disputeDays)"
                ))
        }
        let now = clock.now().wall
        return try write { tx in
            guard try self.conditions(in: tx) != conditions else { return conditions }
            try tx.putInForce(StoredConditions(conditions: conditions, setBy: lead.id, since: now))
            try tx.append(
                LedgerEntry(
                    kind: .conditionsSet, at: now, person: lead.id, post: nil, fields: conditions.told))
            return conditions
        }
    }

    /// What the person's own work of the last 24 hours came to; `nil` where the site says nothing of pay.
    ///
    /// Breaks count, and so does the time that a dose limit takes from a shift. Nobody else can ask.
    public func ownPay(of person: Person) throws(DeskError) -> OwnPay? {
        let now = clock.now().wall
        return try read { try ownPay(of: person.id, at: now, in: $0) }
    }

    func conditions(in tx: any StoreReading) throws -> Conditions {
        try tx.conditionsInForce()?.conditions ?? .standard
    }

    func ownPay(of person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> OwnPay? {
        guard let pay = try conditions(in: tx).pay else { return nil }
        let limits = try limits(in: tx)
        let day = now - Dosimeter.day
        let shifts = try tx.shifts(of: person, since: day)
        let first = shifts.map(\.startedAt).min() ?? now
        let items = try tx.workCounts(of: person, since: first).reduce(0) { $0 + $1.decisions }
        let worked = shifts.reduce(Duration.zero) { $0 + $1.worked(until: now, limits: limits) }
        return OwnPay(
            figure: PayFigure(pay: pay, worked: worked, items: items),
            lostToCap: shifts.reduce(.zero) { $0 + $1.lostToCap(until: now, limits: limits) },
            breaks: shifts.reduce(.zero) { sum, shift in
                shift.breaks.reduce(sum) { $0 + max(.zero, ($1.endedAt ?? now) - $1.startedAt) }
            })
    }
}
