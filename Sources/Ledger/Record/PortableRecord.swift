public import Moderation

/// What somebody takes with them from a site: their exposure, work and skills; no content, and no post.
///
/// The format is `Documentation/portable-record.md`. Whole numbers only: milliseconds, dose in weight-milliseconds,
/// money in the smallest unit.
public struct PortableRecord: Hashable, Sendable {
    /// Exposure at one hazard in a day.
    public struct Part: Hashable, Sendable {
        /// Whole milliseconds uncovered.
        public var visible: Int64
        /// The charge.
        public var dose: Int64

        /// Makes a part.
        public init(visible: Int64, dose: Int64) {
            self.visible = visible
            self.dose = dose
        }
    }

    /// One day (UTC) with exposure.
    public struct Day: Hashable, Sendable {
        /// Which day.
        public var day: UTCDay
        /// By hazard.
        public var hazards: [Hazard: Part]
        /// The last moment that is charged.
        public var endsAt: Timestamp

        /// Makes a day.
        public init(day: UTCDay, hazards: [Hazard: Part], endsAt: Timestamp) {
            self.day = day
            self.hazards = hazards
            self.endsAt = endsAt
        }

        /// The charge of all hazards.
        public var dose: Int64 { hazards.values.reduce(0) { $0.addingClamped($1.dose) } }
    }

    /// One shift that is over.
    public struct Shift: Hashable, Sendable {
        /// Its id.
        public var id: String
        /// When it began.
        public var startedAt: Timestamp
        /// When it ended.
        public var endedAt: Timestamp
        /// How it ended.
        public var endedBy: String
        /// How much of it was breaks.
        public var breaks: Int64
        /// What counts as worked: all of it, and what a dose limit took from it.
        public var worked: Int64

        /// Makes a shift.
        public init(
            id: String, startedAt: Timestamp, endedAt: Timestamp, endedBy: String, breaks: Int64,
            worked: Int64
        ) {
            self.id = id
            self.startedAt = startedAt
            self.endedAt = endedAt
            self.endedBy = endedBy
            self.breaks = breaks
            self.worked = worked
        }
    }

    /// What was paid for under one rate.
    public struct Paid: Hashable, Sendable {
        /// `hour` or `item`.
        public var basis: String
        /// The rate in the smallest unit.
        public var rate: Int64
        /// The currency's code.
        public var currency: String
        /// Decimal digits of its smallest unit.
        public var digits: Int64
        /// What counted as worked.
        public var worked: Int64
        /// Decisions that stand.
        public var items: Int64
        /// What it came to, rounded down.
        public var total: Int64

        /// Makes a row.
        public init(
            basis: String, rate: Int64, currency: String, digits: Int64, worked: Int64, items: Int64,
            total: Int64
        ) {
            self.basis = basis
            self.rate = rate
            self.currency = currency
            self.digits = digits
            self.worked = worked
            self.items = items
            self.total = total
        }
    }

    /// What auditors held of decisions.
    public struct Audits: Hashable, Sendable {
        /// How often each thing was held.
        public var agree, disagree, unclear: Int64

        /// Makes counts.
        public init(agree: Int64 = 0, disagree: Int64 = 0, unclear: Int64 = 0) {
            self.agree = agree
            self.disagree = disagree
            self.unclear = unclear
        }
    }

    /// Work under one policy.
    public struct Policy: Hashable, Sendable {
        /// The policy; `-` where none was cited.
        public var policy: String
        /// Decisions that stand.
        public var decisions: Int64
        /// What auditors held of them.
        public var audits: Audits

        /// Makes a row.
        public init(policy: String, decisions: Int64, audits: Audits) {
            self.policy = policy
            self.decisions = decisions
            self.audits = audits
        }
    }

    /// Work in one language.
    public struct Language: Hashable, Sendable {
        /// The language; `und` where nobody said.
        public var language: String
        /// Decisions that stand.
        public var decisions: Int64

        /// Makes a row.
        public init(language: String, decisions: Int64) {
            self.language = language
            self.decisions = decisions
        }
    }

    /// The site's name.
    public var site: String
    /// Its public key, in hexadecimal.
    public var key: String
    /// The pseudonym there.
    public var person: String
    /// When the record was made.
    public var madeAt: Timestamp
    /// From which day on it tells; `nil` for all of the time.
    public var since: UTCDay?
    /// 16 random bytes in hexadecimal, so that nobody guesses the record back from its digest in the ledger.
    public var salt: String
    /// Days with exposure, oldest first.
    public var days: [Day]
    /// Shifts, oldest first.
    public var shifts: [Shift]
    /// What was paid, in the order of the rates.
    public var paid: [Paid]
    /// By policy, in order.
    public var policies: [Policy]
    /// By language, in order.
    public var languages: [Language]

    /// 100 % in weight-milliseconds: 8160 weight·minutes.
    public static let fullDose: Int64 = 489_600_000

    /// Makes a record.
    public init(
        site: String, key: String, person: String, madeAt: Timestamp, since: UTCDay?, salt: String,
        days: [Day], shifts: [Shift], paid: [Paid], policies: [Policy], languages: [Language]
    ) {
        self.site = site
        self.key = key
        self.person = person
        self.madeAt = madeAt
        self.since = since
        self.salt = salt
        self.days = days
        self.shifts = shifts
        self.paid = paid
        self.policies = policies
        self.languages = languages
    }

    /// The order of names: that of their bytes in UTF-8.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// The charge of all days.
    public var dose: Int64 { days.reduce(0) { $0.addingClamped($1.dose) } }
    /// What counts as worked.
    public var worked: Int64 { shifts.reduce(0) { $0.addingClamped($1.worked) } }
    /// On how many days (UTC) shifts began.
    public var workDays: Int64 { Int64(Set(shifts.map { UTCDay(of: $0.startedAt) }).count) }
    /// Decisions that stand.
    public var decisions: Int64 { policies.reduce(0) { $0.addingClamped($1.decisions) } }
    /// What auditors held of all of them.
    public var audits: Audits {
        policies.reduce(into: Audits()) { sum, policy in
            sum.agree = sum.agree.addingClamped(policy.audits.agree)
            sum.disagree = sum.disagree.addingClamped(policy.audits.disagree)
            sum.unclear = sum.unclear.addingClamped(policy.audits.unclear)
        }
    }
}

extension Int64 {
    func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
