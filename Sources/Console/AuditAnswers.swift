import Desk
import Moderation
import Store

/// A decision in the auditor's list; what was decided is left out while it has to be judged blindly.
struct AuditRow: Hashable, Sendable {
    /// What was decided.
    struct Outcome: Hashable, Sendable {
        var action: Action
        var policy: PolicyID?
        var rule: RuleID?
        /// The moderator's pseudonym; `nil` where a rule decided by itself.
        var person: PersonID?
        var differs: Bool?
        var isUndone: Bool
        var note: String?
    }

    var id: DecisionID
    var post: PostID
    var at: Timestamp
    var hazard: Hazard
    var language: String?
    var isEscalated: Bool
    var outcome: Outcome?
    /// What this auditor holds of it, in a sample.
    var verdict: AuditVerdict?
}

/// A page of decisions, or of a sample.
struct AuditList: Hashable, Sendable {
    var rows: [AuditRow]
    var total: Int
    var hasMore: Bool
    var sample: SampleRow?
    /// How many of a sample are withheld, because they are this auditor's own.
    var withheld: Int
}

/// A sample in one line.
struct SampleRow: Hashable, Sendable {
    var id: SampleID
    var at: Timestamp
    var by: PersonID
    var count: Int?
    var population: Int?
    var strata: [StratumFacet]
    var isBlind: Bool
    var filter: String
}

/// A decision and its post before an auditor, covered.
struct AuditCard: Hashable, Sendable {
    /// What somebody said of it.
    struct Said: Hashable, Sendable {
        /// `nil` for this auditor.
        var rater: PersonID?
        var verdict: AuditVerdict
        var reason: String?
        var at: Timestamp
    }

    var row: AuditRow
    var facts: CaseCard
    var judgement: Judgement?
    var said: [Said]

    var isHidden: Bool { row.outcome == nil }
}

/// A request to open a pseudonym.
struct OpeningRow: Hashable, Sendable {
    var id: OpeningID
    var concerned: PersonID
    var requester: PersonID
    var reason: String
    var at: Timestamp
    var state: OpeningState
}

/// What an auditor is told of limits: every event, by pseudonym, and what grouping saved.
struct Oversight: Hashable, Sendable {
    var limits: LimitsPage
    var saved: ExposureSaved
}

/// What the auditor's desk is asked.
enum AuditEffect: Hashable, Sendable {
    case list(String, more: Bool)
    case sample(SampleID, more: Bool)
    case open(DecisionID)
    case uncover(DecisionID)
    case judge(DecisionID, Judgement)
    case mark(DecisionID, AuditVerdict, reason: String, SampleID?)
    case readSamples
    case draw(size: Int, filter: String)
    case figures(SampleID?)
    case ask(PersonID, reason: String)
    case readOpenings
    case answer(OpeningID, approving: Bool)
    case name(OpeningID)
    case readOversight, readChecks
}

/// What became of it.
enum AuditAnswer: Hashable, Sendable {
    case list(AuditList, more: Bool)
    case card(AuditCard)
    case marked(AuditCard)
    case uncovered(DecisionID, UncoverAnswer)
    case samples([SampleRow])
    case drawn(SampleRow)
    case figures(AuditFigures)
    case asked(OpeningID)
    case openings([OpeningRow])
    case name(String, OpeningID)
    case oversight(Oversight)
    case checks(AuditChecks)
}

/// What the console asks of the desk for an auditor.
protocol AuditingDesk: AnyObject {
    /// Decisions that fit a query, newest first; `more` goes on where the last page ended.
    func decisions(_ query: String, more: Bool) throws(Fault) -> AuditList
    /// The decisions of a sample.
    func decisions(of sample: SampleID, more: Bool) throws(Fault) -> AuditList
    func auditCase(_ decision: DecisionID) throws(Fault) -> AuditCard
    func uncover(_ decision: DecisionID) throws(Fault) -> UncoverAnswer
    func judge(_ decision: DecisionID, _ judgement: Judgement) throws(Fault) -> AuditCard
    func mark(_ decision: DecisionID, _ verdict: AuditVerdict, reason: String, sample: SampleID?)
        throws(Fault)
    func samples() throws(Fault) -> [SampleRow]
    /// Draws a blind sample, stratified by policy and action.
    func drawSample(size: Int, filter: String) throws(Fault) -> SampleRow
    func figures(of sample: SampleID?) throws(Fault) -> AuditFigures
    func askToOpen(_ pseudonym: PersonID, reason: String) throws(Fault) -> OpeningID
    func openings() throws(Fault) -> [OpeningRow]
    func answer(_ request: OpeningID, approving: Bool) throws(Fault)
    /// Overrides, proposals and the history of limits, and what grouping saved.
    func oversight() throws(Fault) -> Oversight
    /// Goes through the whole ledger for signs that protections give way.
    func checks() throws(Fault) -> AuditChecks
    /// The name, shown once.
    func name(of request: OpeningID) throws(Fault) -> String
}

extension EffectRunner {
    func auditAnswer(_ effect: AuditEffect) throws(Fault) -> AuditAnswer {
        switch effect {
        case .list(let query, let more): return .list(try desk.decisions(query, more: more), more: more)
        case .sample(let id, let more): return .list(try desk.decisions(of: id, more: more), more: more)
        case .open(let id): return .card(try desk.auditCase(id))
        case .uncover(let id): return .uncovered(id, try desk.uncover(id))
        case .judge(let id, let judgement): return .card(try desk.judge(id, judgement))
        case .mark(let id, let verdict, let reason, let sample):
            try desk.mark(id, verdict, reason: reason, sample: sample)
            return .marked(try desk.auditCase(id))
        case .readSamples: return .samples(try desk.samples())
        case .draw(let size, let filter): return .drawn(try desk.drawSample(size: size, filter: filter))
        case .figures(let sample): return .figures(try desk.figures(of: sample))
        case .ask(let person, let reason): return .asked(try desk.askToOpen(person, reason: reason))
        case .readOversight: return .oversight(try desk.oversight())
        case .readChecks: return .checks(try desk.checks())
        case .readOpenings: return .openings(try desk.openings())
        case .answer(let id, let approving):
            try desk.answer(id, approving: approving)
            return .openings(try desk.openings())
        case .name(let id): return .name(try desk.name(of: id), id)
        }
    }
}
