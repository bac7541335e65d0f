public import Exposure
public import Moderation

/// Dose that a person brought along from another site, of one day.
public struct TakenDay: Hashable, Sendable {
    /// Whose, here.
    public var person: PersonID
    /// From which site, by a name that only this store gives it.
    public var source: String
    /// The public key of that site, in hexadecimal; the store commits to it with the salt.
    public var key: String
    /// The salt of the key's digest in the ledger.
    public var salt: [UInt8]
    /// The day.
    public var day: UTCDay
    /// The last moment that is charged.
    public var endsAt: Timestamp
    /// The charge.
    public var dose: Dose

    /// Makes a day.
    public init(
        person: PersonID, source: String, key: String, salt: [UInt8], day: UTCDay, endsAt: Timestamp,
        dose: Dose
    ) {
        self.person = person
        self.source = source
        self.key = key
        self.salt = salt
        self.day = day
        self.endsAt = endsAt
        self.dose = dose
    }
}

/// Working conditions as a store keeps them: who set them, and since when.
public struct StoredConditions: Hashable, Sendable {
    /// The conditions.
    public var conditions: Conditions
    /// Who set them.
    public var setBy: PersonID
    /// Since when they hold.
    public var since: Timestamp

    /// Makes stored conditions.
    public init(conditions: Conditions, setBy: PersonID, since: Timestamp) {
        self.conditions = conditions
        self.setBy = setBy
        self.since = since
    }
}

/// How late it is known to have been for a person when a machine's own clock read so much.
public struct KnownMoment: Hashable, Sendable {
    /// Which start of which machine that clock counts from.
    public var machine: String
    /// What it read.
    public var uptime: Duration
    /// The time of day, as late as was known.
    public var at: Timestamp

    /// Makes a moment.
    public init(machine: String, uptime: Duration, at: Timestamp) {
        self.machine = machine
        self.uptime = uptime
        self.at = at
    }
}

/// How many decisions of one person stand, by the policy cited and the post's language.
public struct WorkCount: Hashable, Sendable {
    /// The policy; `nil` where none was cited.
    public var policy: PolicyID?
    /// The language; `nil` when nobody said.
    public var language: String?
    /// How many.
    public var decisions: Int

    /// Makes a count.
    public init(policy: PolicyID?, language: String?, decisions: Int) {
        self.policy = policy
        self.language = language
        self.decisions = decisions
    }
}

/// What auditors hold of one person's decisions that cite a policy: each auditor's last word on each counts once.
public struct VerdictCount: Hashable, Sendable {
    /// The policy; `nil` where none was cited.
    public var policy: PolicyID?
    /// What they hold.
    public var verdict: AuditVerdict
    /// How often.
    public var count: Int

    /// Makes a count.
    public init(policy: PolicyID?, verdict: AuditVerdict, count: Int) {
        self.policy = policy
        self.verdict = verdict
        self.count = count
    }
}

/// What a person's own record is made of, and what gives way to daily totals.
public protocol ExposureKeeping {
    /// The totals of the person's settled days whose last moment is after `since`, by day and hazard.
    func dayTotals(of person: PersonID, since: Timestamp) throws -> [DayTotal]
    /// The day of the person's earliest opened span, from this day on, that was over at a moment; `nil` without one.
    func dayToSettle(of person: PersonID, from day: UTCDay, endedBy moment: Timestamp) throws -> UTCDay?
    /// The days that the person brought along whose last moment is after `since`.
    func takenDays(of person: PersonID, since: Timestamp) throws -> [TakenDay]
    /// Any day that the person brought along from the site with this key.
    func takenDay(of person: PersonID, from key: String) throws -> TakenDay?
    /// The moment that was kept for the person last; `nil` where none was.
    func knownMoment(of person: PersonID) throws -> KnownMoment?
    /// All conditions that were ever in force, oldest first; the last is in force.
    func conditionsHistory() throws -> [StoredConditions]
    /// The conditions in force; `nil` where nobody has set any.
    func conditionsInForce() throws -> StoredConditions?
    /// The person's decisions since then that stand and that they made themselves, by policy and language.
    func workCounts(of person: PersonID, since: Timestamp) throws -> [WorkCount]
    /// What auditors hold of those decisions.
    func verdictCounts(of person: PersonID, since: Timestamp) throws -> [VerdictCount]
}

/// What is changed by it.
public protocol ExposureKeepingWriting: ExposureKeeping {
    /// Puts totals in the place of the person's spans that were opened on a day: adds to those that are there, and drops
    /// the spans, all of which must be closed.
    func settle(_ totals: [DayTotal], day: UTCDay, of person: PersonID) throws
    /// Keeps a day that was brought along; of one that is there already the larger dose and the later end stay.
    func take(_ day: TakenDay) throws
    /// Keeps a moment in the place of the person's last.
    func keep(_ moment: KnownMoment, for person: PersonID) throws
    /// Puts conditions in force.
    func putInForce(_ conditions: StoredConditions) throws
}
