import Exposure
import Ledger
public import Moderation
public import Store

/// What an auditor looks for in the ledger as a whole: signs that protections give way, and where.
///
/// None of it accuses anybody: a break that was counted from another console, or a machine whose clock was set, looks the
/// same. It says where to look.
public struct AuditChecks: Hashable, Sendable {
    /// What became of the overrides that one lead asked for.
    public struct Overrides: Hashable, Sendable {
        /// Asked for.
        public var asked = 0
        /// Signed by a second lead.
        public var countersigned = 0
        /// Consented to by the person concerned.
        public var agreed = 0
        /// Refused by a second lead, or declined by the person.
        public var refused = 0
    }

    /// How the hazards of one policy's decisions stood in a month.
    public struct Drift: Hashable, Sendable {
        /// Decisions, of people and of rules.
        public var decisions = 0
        /// The levels of the hazards charged (none 0, extreme 4), added up.
        public var levels = 0
        /// Of how many another hazard was charged than the rules expected.
        public var differing = 0

        /// The mean level in hundredths.
        public var meanHundredths: Int { decisions == 0 ? 0 : levels * 100 / decisions }
    }

    /// A place in the ledger at which to look.
    public struct Finding: Hashable, Sendable {
        /// What stands there.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Something was uncovered while a break lasted.
            case inBreak = "in_break"
            /// Something was uncovered when the shift was over.
            case afterShift = "after_shift"
            /// Something was uncovered later after a limit was reached than the post in hand may take.
            case afterLimit = "after_limit"
            /// The person's clock went back.
            case clockBack = "clock_back"
            /// The span was ended by a crash: its end was not seen.
            case crashed
            /// Nothing tells that the span ended.
            case leftOpen = "left_open"
        }

        /// What.
        public var kind: Kind
        /// The number of the entry.
        public var entry: Int64
        /// The pseudonym.
        public var person: PersonID
        /// When.
        public var at: Timestamp
        /// By how many milliseconds, of a clock that went back.
        public var by: Int64?
    }

    /// By the lead who asked.
    public var overrides: [PersonID: Overrides] = [:]
    /// By month and policy; `nil` for decisions that name none.
    public var drift: [TeamMonth: [PolicyID?: Drift]] = [:]
    /// In the order of the ledger, the first ``mostFindings`` of each kind.
    public var findings: [Finding] = []
    /// How many there are of each kind.
    public var counts: [Finding.Kind: Int] = [:]
    /// How many entries were gone through.
    public var entries: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// So many of each kind are kept.
    public static let mostFindings = 200

    /// What ``drift`` holds, by policy and then by month, so that what moved stands one under the other.
    public var driftRows: [(month: TeamMonth, policy: PolicyID?, drift: Drift)] {
        drift.flatMap { month, policies in
            policies.map { (month: month, policy: $0.key, drift: $0.value) }
        }.sorted { ($0.policy?.rawValue ?? "", $0.month) < ($1.policy?.rawValue ?? "", $1.month) }
    }

    mutating func add(_ finding: Finding) {
        counts[finding.kind, default: 0] += 1
        if counts[finding.kind, default: 0] <= Self.mostFindings { findings.append(finding) }
    }
}

/// Goes through the ledger once, in memory that doesn't grow with it.
struct AuditChecker {
    private var checks = AuditChecks()
    private var people: [PersonID: Course] = [:]
    private var requesters: [String: PersonID] = [:]
    private var open: [String: AuditChecks.Finding] = [:]

    /// What is known of one person at a place in the ledger.
    private struct Course {
        var latest: Timestamp?
        var isInBreak = false
        var isShiftOver = false
        var limitReachedAt: Timestamp?
    }

    /// So long the post in hand may be finished, and a beat more.
    private let finishing: Duration

    init(finishing: Duration) { self.finishing = finishing }

    mutating func take(_ entry: LedgerEntry, at index: Int64) {
        checks.entries = index + 1
        if entry.kind == .decided { decide(entry) }
        guard let person = entry.person else { return }
        var course = people[person, default: Course()]
        func finding(_ kind: AuditChecks.Finding.Kind, by: Int64? = nil) -> AuditChecks.Finding {
            AuditChecks.Finding(kind: kind, entry: index, person: person, at: entry.at, by: by)
        }
        if let latest = course.latest, entry.at < latest {
            checks.add(finding(.clockBack, by: latest.milliseconds - entry.at.milliseconds))
        }
        course.latest = entry.at
        switch entry.kind {
        case .shiftStarted: course = Course(latest: entry.at)
        case .shiftEnded:
            course.isShiftOver = true
            course.isInBreak = false
        case .breakStarted: course.isInBreak = true
        case .breakEnded: course.isInBreak = false
        case .limitReached: course.limitReachedAt = course.limitReachedAt ?? entry.at
        case .uncovered:
            if let span = entry.text("span") { open[span] = finding(.leftOpen) }
            guard entry.text("hazard") != Hazard.none.rawValue else { break }
            if course.isInBreak { checks.add(finding(.inBreak)) }
            if course.isShiftOver { checks.add(finding(.afterShift)) }
            if let limit = course.limitReachedAt, entry.at > limit + finishing {
                checks.add(finding(.afterLimit))
            }
        case .covered:
            if let span = entry.text("span") { open[span] = nil }
            if entry.text("because") == SpanEnd.crashed.rawValue { checks.add(finding(.crashed)) }
        default: override(entry, by: person)
        }
        people[person] = course
    }

    private mutating func override(_ entry: LedgerEntry, by person: PersonID) {
        guard let id = entry.text("override") else { return }
        if entry.kind == .overrideRequested { requesters[id] = person }
        guard let lead = requesters[id] else { return }
        var counts = checks.overrides[lead, default: AuditChecks.Overrides()]
        switch entry.kind {
        case .overrideRequested: counts.asked += 1
        case .overrideCountersigned: counts.countersigned += 1
        case .override: counts.agreed += 1
        case .overrideRefused, .overrideDeclined: counts.refused += 1
        default: return
        }
        checks.overrides[lead] = counts
    }

    private mutating func decide(_ entry: LedgerEntry) {
        guard let hazard = entry.text("hazard").flatMap({ Hazard(rawValue: $0) }) else { return }
        let month = TeamMonth(of: entry.at)
        let policy = entry.text("policy").map { PolicyID($0) }
        var drift = checks.drift[month, default: [:]][policy, default: AuditChecks.Drift()]
        drift.decisions += 1
        drift.levels += Int(hazard.level)
        if let expected = entry.text("expected"), expected != hazard.rawValue { drift.differing += 1 }
        checks.drift[month, default: [:]][policy] = drift
    }

    /// All that was found; a span that is open now may be somebody's who looks at this moment.
    mutating func finish(at now: Timestamp, beat: Duration) -> AuditChecks {
        for finding in open.values.sorted(by: { $0.entry < $1.entry }) where finding.at + beat * 12 < now {
            checks.add(finding)
        }
        return checks
    }
}

extension Desk {
    /// Goes through the whole ledger for signs that protections give way; for auditors.
    ///
    /// These are overrides by lead, drift of hazards, uncoverings after a stop, and gaps in clocks. That the auditor looked
    /// is an entry.
    ///
    /// - Parameter progress: called now and then with how many entries of how many are done.
    public func auditChecks(
        for auditor: Person, progress: (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws(DeskError) -> AuditChecks {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        let (limits, size) = try read { tx in (try self.limits(in: tx), try tx.ledgerTree().size) }
        var checker = AuditChecker(finishing: limits.finishInHand + limits.beat)
        var index: Int64 = 0
        while index < size {
            let page = try ledgerLog(from: index, limit: Int(min(2000, size - index)))
            guard !page.isEmpty else { break }
            for numbered in page { checker.take(numbered.entry, at: numbered.index) }
            index += Int64(page.count)
            progress(index, size)
        }
        let checks = checker.finish(at: now, beat: limits.beat)
        let told = looked("checks", by: auditor, at: now, fields: ["count": .integer(checks.entries)])
        try write { tx in try tx.append(told) }
        return checks
    }
}
