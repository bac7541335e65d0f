import Desk
import Exposure
import Moderation
import Store

/// Limits that somebody is asked about: to see, or to consent to.
enum Asked: Hashable, Sendable {
    case seen(LoosenedLimits)
    case override(OverrideCard)
}

/// What a lead sees of limits.
struct LimitsPage: Hashable, Sendable {
    /// A line of the list: what waits for an answer first, then what was.
    enum Row: Hashable, Sendable {
        case proposal(ProposalCard)
        case override(OverrideCard)
        case version(LimitsVersion)
    }

    var versions: [LimitsVersion]
    var rows: [Row]
    /// How many have not said yet that they saw the version that loosened something last.
    var pending: Pending?

    struct Pending: Hashable, Sendable {
        var version: Int
        var pending: Int
        var people: Int
    }

    init(
        versions: [LimitsVersion], proposals: [ProposalCard], overrides: [OverrideCard], pending: Pending?
    ) {
        self.versions = versions
        self.pending = pending
        let open = proposals.filter { $0.state == .open }.map(Row.proposal)
        let asked = overrides.filter { $0.state.isOpen }.map(Row.override)
        let past =
            proposals.filter { $0.state != .open && $0.state != .approved }.map(Row.proposal)
            + overrides.filter { !$0.state.isOpen }.map(Row.override)
            + versions.map(Row.version)
        rows = open + asked + past.sorted { $0.at > $1.at }
    }

    var inForce: Limits { versions.last?.stored.limits ?? .standard }
}

extension LimitsPage.Row {
    var at: Timestamp {
        switch self {
        case .proposal(let card): card.proposal.at
        case .override(let card): card.leave.requestedAt
        case .version(let version): version.stored.since
        }
    }

    var changes: [LimitChange] {
        switch self {
        case .proposal(let card): card.changes
        case .override(let card): card.changes
        case .version(let version): version.changes
        }
    }
}

/// What waits, and what is foreseen of it.
struct BacklogPage: Hashable, Sendable {
    var counts: [BacklogCount]
    var ahead: Foresight
}

/// Somebody of the roster, as leads see them: nothing of their work.
struct RosterRow: Hashable, Sendable {
    var id: PersonID
    var user: String
    var name: String
    var roles: Set<Role>
    var languages: [String]
    var isActive: Bool
}

/// What a lead changes of somebody.
enum RosterChange: Hashable, Sendable {
    case roles(Set<Role>)
    case languages(Set<String>)
    case active(Bool)
}

/// A limit about to be changed: lowered at once, or proposed with a reason.
struct LimitsPlan: Hashable, Sendable {
    var field: LimitField
    var limits: Limits
    var old: Int64
    /// Why; `nil` for what is lowered, which needs none.
    var reason: String?
    /// What it would do.
    var trial: LimitsTrial?
}

/// What leads ask for, and what people answer to it.
enum LeadEffect: Hashable, Sendable {
    case readLimits, readBacklog, readRoster, readAsked
    case tryOut(LimitsPlan)
    case lower(Limits), propose(Limits, reason: String)
    case answer(ProposalID, approving: Bool), withdraw(ProposalID)
    case askOverride(PersonID, LimitField, Int64, reason: String)
    case countersign(OverrideID, approving: Bool)
    case acknowledge(Int, refusing: Bool?), consent(OverrideID), decline(OverrideID)
    case add(user: String, name: String), change(PersonID, RosterChange)
}

/// What became of it.
enum LeadAnswer: Hashable, Sendable {
    case limits(LimitsPage)
    case backlog(BacklogPage)
    case roster([RosterRow])
    case asked([Asked])
    case tried(LimitsPlan)
    case lowered
    case proposed(ProposalID)
    /// A proposal was answered or taken back, an override signed or refused.
    case answered(LimitsPage)
    case overrideAsked(LimitsPage)
    case acknowledged(refusing: Bool, [Asked])
    case consented([Asked]), declined([Asked])
    case rosterChanged([RosterRow])
}

/// What the console asks of the desk about limits, what waits and who works here.
protocol LeadingDesk: AnyObject {
    func limitsPage() throws(Fault) -> LimitsPage
    /// What waits, and a forecast: takes up to a second or two.
    func backlog() throws(Fault) -> BacklogPage
    func roster() throws(Fault) -> [RosterRow]
    /// What the person is to see or to consent to.
    func asked() throws(Fault) -> [Asked]
    /// Whom limits would touch, and what would become of the queue.
    func tryOut(_ limits: Limits) throws(Fault) -> LimitsTrial
    func lower(to limits: Limits) throws(Fault)
    func propose(_ limits: Limits, reason: String) throws(Fault) -> ProposalID
    func answer(_ proposal: ProposalID, approving: Bool) throws(Fault)
    func withdraw(_ proposal: ProposalID) throws(Fault)
    func askOverride(_ person: PersonID, _ field: LimitField, _ figure: Int64, reason: String) throws(Fault)
    func countersign(_ id: OverrideID, approving: Bool) throws(Fault)
    func acknowledge(_ version: Int, refusing: Bool?) throws(Fault)
    func consent(to id: OverrideID) throws(Fault)
    func decline(_ id: OverrideID) throws(Fault)
    func add(user: String, name: String) throws(Fault)
    func change(_ person: PersonID, _ change: RosterChange) throws(Fault)
}

extension EffectRunner {
    func leadAnswer(_ effect: LeadEffect) throws(Fault) -> LeadAnswer {
        switch effect {
        case .readLimits: return .limits(try desk.limitsPage())
        case .readBacklog: return .backlog(try desk.backlog())
        case .readRoster: return .roster(try desk.roster())
        case .tryOut(var plan):
            plan.trial = try desk.tryOut(plan.limits)
            return .tried(plan)
        case .lower(let limits):
            try desk.lower(to: limits)
            return .lowered
        case .propose(let limits, let reason): return .proposed(try desk.propose(limits, reason: reason))
        case .answer(let id, let approving):
            try desk.answer(id, approving: approving)
            return .answered(try desk.limitsPage())
        case .withdraw(let id):
            try desk.withdraw(id)
            return .answered(try desk.limitsPage())
        case .askOverride(let person, let field, let figure, let reason):
            try desk.askOverride(person, field, figure, reason: reason)
            return .overrideAsked(try desk.limitsPage())
        case .countersign(let id, let approving):
            try desk.countersign(id, approving: approving)
            return .answered(try desk.limitsPage())
        case .add(let user, let name):
            try desk.add(user: user, name: name)
            return .rosterChanged(try desk.roster())
        case .change(let person, let change):
            try desk.change(person, change)
            return .rosterChanged(try desk.roster())
        case .readAsked, .acknowledge, .consent, .decline: return try askedAnswer(effect)
        }
    }

    private func askedAnswer(_ effect: LeadEffect) throws(Fault) -> LeadAnswer {
        switch effect {
        case .acknowledge(let version, let refusing):
            try desk.acknowledge(version, refusing: refusing)
            return .acknowledged(refusing: refusing == true, try desk.asked())
        case .consent(let id):
            try desk.consent(to: id)
            return .consented(try desk.asked())
        case .decline(let id):
            try desk.decline(id)
            return .declined(try desk.asked())
        default: return .asked(try desk.asked())
        }
    }
}
