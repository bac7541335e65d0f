public import Exposure
import Moderation
public import Store

extension Desk {
    /// The limits that hold for a person now: what was lowered at once, what was raised from their next shift.
    func limits(of person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> Limits {
        try limits(of: person, shifts: tx.shifts(of: person, since: now - Dosimeter.week), in: tx)
    }

    /// - Parameter shifts: theirs of the last week, the open one included.
    func limits(of person: PersonID, shifts: [Shift], in tx: any StoreReading) throws -> Limits {
        let history = try tx.limitsHistory()
        guard let last = history.last else { throw DeskError.noSite }
        let open = shifts.filter(\.isOpen).min { $0.startedAt < $1.startedAt }
        let grants = try open == nil ? [] : Self.grants(tx.overrides(inOpenShiftOf: person))
        guard history.count > 1 || !grants.isEmpty else { return last.limits }
        let start = open?.startedAt ?? shifts.map(\.startedAt).max()
        let refused = try tx.refusedLimits(of: person)
        return LimitsCourse(history, refused: refused, grants: grants).limits(inShiftFrom: start)
            ?? last.limits
    }

    /// The limits that hold for a person but for leaves of one shift.
    func limitsWithoutLeaves(of person: PersonID, at now: Timestamp, in tx: any StoreReading) throws -> Limits
    {
        let shifts = try tx.shifts(of: person, since: now - Dosimeter.week)
        let start = shifts.filter(\.isOpen).map(\.startedAt).min() ?? shifts.map(\.startedAt).max()
        let course = LimitsCourse(try tx.limitsHistory(), refused: try tx.refusedLimits(of: person))
        guard let limits = course.limits(inShiftFrom: start) else { throw DeskError.noSite }
        return limits
    }

    /// What leaves that hold make of limits; one that was declined after it was consented to holds no more.
    static func grants(_ overrides: [Override]) -> [LimitsGrant] {
        overrides.compactMap { leave in
            guard leave.declinedAt == nil, let version = leave.limitsVersion else { return nil }
            return LimitsGrant(version: version, figures: leave.fields)
        }
    }
}

extension LimitsCourse {
    init(_ history: [StoredLimits], refused: Set<Int> = [], grants: [LimitsGrant] = []) {
        self.init(
            steps: history.map { Step(limits: $0.limits, since: $0.since) }, refused: refused, grants: grants)
    }
}

extension Override {
    /// The figures by field; names that no version knows any more are passed over.
    public var fields: [LimitField: Int64] { LimitField.fields(figures) }
}

extension LimitsProposal {
    /// The figures by field; names that no version knows any more are passed over.
    public var fields: [LimitField: Int64] { LimitField.fields(figures) }
}

extension LimitField {
    fileprivate static func fields(_ figures: [String: Int64]) -> [LimitField: Int64] {
        var result: [LimitField: Int64] = [:]
        for (name, figure) in figures { if let field = LimitField(rawValue: name) { result[field] = figure } }
        return result
    }
}
