public import Exposure
import Ledger
public import Moderation
public import Store

/// What became of a leave for one person and one shift.
public enum OverrideState: String, Hashable, Sendable {
    /// It waits for a second lead.
    case asked
    /// A second lead signed; it waits for the person's consent.
    case signed
    /// A second lead did not agree.
    case refused
    /// The person said no, and nobody asks why.
    case declined
    /// It holds in the shift that lasts.
    case inForce = "in_force"
    /// Its shift is over.
    case ended
    /// Nobody answered in time.
    case lapsed

    /// Whether somebody still has a say in it, or it holds.
    public var isOpen: Bool { self == .asked || self == .signed || self == .inForce }
}

/// A leave as leads, auditors and the person concerned see it.
public struct OverrideCard: Hashable, Sendable {
    /// The leave.
    public var leave: Override
    /// What became of it.
    public var state: OverrideState
    /// What it loosens, against the limits in force when it was consented to, or now.
    public var changes: [LimitChange]
    /// For whom.
    public var person: String
    /// Who asks.
    public var requester: String
    /// Who answered as a second lead.
    public var countersigner: String?
    /// Whether it is for the person who asked to see it.
    public var isForYou: Bool
    /// Whether the person who asked to see it may answer as a second lead.
    public var isToSign: Bool
}

extension Desk {
    /// How long a leave can be signed and consented to: a choice.
    public static let overrideTime: Duration = .seconds(24 * 3600)

    /// Asks, as a lead, that somebody may go beyond some limits in one shift.
    ///
    /// It holds once a second lead has signed and the person has consented, ends with that shift, and never passes the
    /// ceiling. The person is shown it from now on.
    public func askOverride(
        of figures: [LimitField: Int64], for concerned: PersonID, reason: String, by lead: Person
    ) throws(DeskError) -> Override {
        try demand(.lead, of: lead)
        let reason = try Self.reason(reason)
        guard concerned != lead.id else { throw .invalid(.limit(.ownOverride)) }
        guard !figures.isEmpty else { throw .invalid(.limit(.nothingChanges)) }
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        return try write { tx in
            try demandStill(.lead, of: lead, in: tx)
            guard let person = try tx.person(concerned), person.isActive else {
                throw DeskError.notOnRoster(user: concerned.rawValue)
            }
            try Self.check(figures, against: limits(in: tx))
            let leave = Override(
                id: newID(), person: person.id,
                figures: Dictionary(uniqueKeysWithValues: figures.map { ($0.rawValue, $1) }), reason: reason,
                salt: salt, requester: lead.id, requestedAt: now)
            var more = Commitment.fields(of: reason, name: "reason", salt: salt)
            more["figures"] = .object(leave.figures.mapValues { .integer($0) })
            try keep(leave, telling: .overrideRequested, by: lead, at: now, more: more, in: tx)
            return leave
        }
    }

    /// Signs or refuses a leave, as a second lead: neither who asked nor whom it is for.
    @discardableResult
    public func countersign(_ id: OverrideID, approving: Bool, by lead: Person) throws(DeskError) -> Override
    {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try write { tx in
            try demandStill(.lead, of: lead, in: tx)
            var leave = try known(id, in: tx)
            guard leave.requester != lead.id else { throw DeskError.invalid(.limit(.ownRequest(id))) }
            guard leave.person != lead.id else { throw DeskError.invalid(.limit(.concerned(id))) }
            switch try state(of: leave, at: now, in: tx) {
            case .asked: break
            case .signed, .refused, .inForce: throw DeskError.invalid(.limit(.signedBefore(id)))
            case .declined, .ended, .lapsed: throw DeskError.invalid(.limit(.over(id)))
            }
            leave.countersigner = lead.id
            leave.countersignedAt = now
            leave.isCountersigned = approving
            try keep(
                leave, telling: approving ? .overrideCountersigned : .overrideRefused, by: lead, at: now,
                in: tx)
            return leave
        }
    }

    /// Consents to a leave for the shift that lasts.
    @discardableResult
    public func consent(to id: OverrideID, by person: Person) throws(DeskError) -> Override {
        let now = clock.now().wall
        return try write { tx in
            var leave = try known(id, in: tx)
            guard leave.person == person.id else { throw DeskError.invalid(.limit(.notForYou(id))) }
            switch try state(of: leave, at: now, in: tx) {
            case .asked: throw DeskError.invalid(.limit(.notSigned(id)))
            case .signed: break
            case .inForce: return leave
            case .refused, .declined, .ended, .lapsed: throw DeskError.invalid(.limit(.over(id)))
            }
            guard let shift = try record(of: person.id, at: now, in: tx).openShift else {
                throw DeskError.noShift
            }
            let version = try limits(in: tx).version
            leave.consentedAt = now
            leave.shift = shift.id
            leave.limitsVersion = version
            try keep(
                leave, telling: .override, by: person, at: now,
                more: [
                    "shift": .string(shift.id.rawValue), "limits_version": .integer(Int64(version)),
                ], in: tx)
            return leave
        }
    }

    /// Says no to a leave, at any time and without a reason; one that holds ends at once.
    @discardableResult
    public func decline(_ id: OverrideID, by person: Person) throws(DeskError) -> Override {
        let now = clock.now().wall
        return try write { tx in
            var leave = try known(id, in: tx)
            guard leave.person == person.id else { throw DeskError.invalid(.limit(.notForYou(id))) }
            switch try state(of: leave, at: now, in: tx) {
            case .asked, .signed, .inForce: break
            case .declined: return leave
            case .refused, .ended, .lapsed: throw DeskError.invalid(.limit(.over(id)))
            }
            leave.declinedAt = now
            try keep(leave, telling: .overrideDeclined, by: person, at: now, in: tx)
            return leave
        }
    }

    /// Leaves, newest first: those for the person, and for leads and auditors everybody's; auditors are told pseudonyms.
    ///
    /// A lead is told whether a leave holds as they are told who is available: it ends no later than the shift.
    public func overrides(limit: Int, for person: Person) throws(DeskError) -> [OverrideCard] {
        let now = clock.now().wall
        let seesAll = !person.roles.isDisjoint(with: [.lead, .auditor])
        return try read { tx in
            let found = try seesAll ? tx.overrides(limit: limit) : tx.overrides(of: person.id, limit: limit)
            return try found.map { try card($0, for: person, at: now, in: tx) }
        }
    }

    /// The leaves for the person, newest first.
    public func ownOverrides(limit: Int, of person: Person) throws(DeskError) -> [OverrideCard] {
        let now = clock.now().wall
        return try read { tx in
            try tx.overrides(of: person.id, limit: limit).map { try card($0, for: person, at: now, in: tx) }
        }
    }

    /// The leave whose id begins so, if there is just one that the person may see.
    public func resolveOverride(prefix: String, for person: Person) throws(DeskError) -> OverrideID {
        let found = try overrides(limit: 10_000, for: person).map(\.leave.id)
            .filter { $0.rawValue.hasPrefix(prefix) }
        guard !prefix.isEmpty, let first = found.first, found.count == 1 else {
            throw .invalid(.limit(.noOverride(prefix)))
        }
        return first
    }

    // MARK: Inside a transaction

    /// That each figure can be loosened for one person, is loosened, and that all hold together under the ceiling.
    private static func check(_ figures: [LimitField: Int64], against limits: Limits) throws(DeskError) {
        var wanted = limits
        for (field, figure) in figures {
            guard LimitField.grantable.contains(field) else { throw .invalid(.limit(.notGrantable(field))) }
            guard LimitChange(field: field, old: limits[field], new: figure).loosens else {
                throw .invalid(.limit(.overrideOnlyRaises(field)))
            }
            wanted[field] = figure
        }
        _ = try checked(wanted, from: limits)
    }

    private func card(_ leave: Override, for person: Person, at now: Timestamp, in tx: any StoreReading)
        throws -> OverrideCard
    {
        let history = try tx.limitsHistory().map(\.limits)
        let inForce = history.last { $0.version == leave.limitsVersion } ?? history.last ?? .standard
        // What held for the person before is theirs to know: it may be less than what holds for the site.
        let isForYou = leave.person == person.id
        let base = try isForYou ? limitsWithoutLeaves(of: person.id, at: now, in: tx) : inForce
        let state = try state(of: leave, at: now, in: tx)
        return OverrideCard(
            leave: leave, state: state,
            changes: leave.fields.map { LimitChange(field: $0, old: base[$0], new: $1) }
                .sorted { $0.field.rawValue < $1.field.rawValue },
            person: try called(leave.person, for: person, in: tx),
            requester: try called(leave.requester, for: person, in: tx),
            countersigner: try leave.countersigner.map { try called($0, for: person, in: tx) },
            isForYou: isForYou,
            isToSign: state == .asked && person.roles.contains(.lead)
                && ![leave.person, leave.requester].contains(person.id))
    }

    private func known(_ id: OverrideID, in tx: any StoreReading) throws -> Override {
        guard let leave = try tx.override(id) else {
            throw DeskError.invalid(.limit(.noOverride(id.rawValue)))
        }
        return leave
    }

    private func keep(
        _ leave: Override, telling kind: EntryKind, by actor: Person, at now: Timestamp,
        more: [String: LedgerValue] = [:], in tx: any StoreTransaction
    ) throws {
        try tx.save(leave)
        let fields: [String: LedgerValue] = [
            "override": .string(leave.id.rawValue), "who": .string(leave.person.rawValue),
        ]
        try tx.append(
            LedgerEntry(
                kind: kind, at: now, person: actor.id, post: nil, fields: fields.merging(more) { $1 }))
    }

    private func state(of leave: Override, at now: Timestamp, in tx: any StoreReading) throws
        -> OverrideState
    {
        if leave.countersignedAt != nil, !leave.isCountersigned { return .refused }
        if leave.declinedAt != nil { return .declined }
        if let shift = leave.shift {
            let lasts = try tx.shifts(of: leave.person, since: now - Dosimeter.week)
                .contains { $0.id == shift && $0.isOpen }
            return lasts ? .inForce : .ended
        }
        if now > leave.requestedAt + Self.overrideTime { return .lapsed }
        return leave.isCountersigned ? .signed : .asked
    }
}
