import Exposure
import Moderation
import Store

@testable import Console
@testable import Desk

/// Limits, what waits and who works here, in memory, for a lead.
extension ScriptedDesk {
    func limitsPage() throws(Fault) -> LimitsPage {
        LimitsPage(
            versions: limitsVersions, proposals: proposalCards, overrides: overrideCards,
            pending: pendingSight)
    }

    func backlog() throws(Fault) -> BacklogPage { backlogPage }
    func roster() throws(Fault) -> [RosterRow] { rosterRows }
    func asked() throws(Fault) -> [Asked] { askedOfMe }

    func tryOut(_ wanted: Limits) throws(Fault) -> LimitsTrial {
        try note("tryOut", "\(wanted.changes(from: limits).map(\.field.rawValue))")
        func ahead(_ waiting: Int, _ wait: Int, met: Int) -> Foresight {
            Foresight(
                days: 14, staff: 12, waiting: [40, waiting],
                kinds: [.severe: .init(wait: .seconds(wait), due: 50, met: met)], learnedDays: 28)
        }
        return LimitsTrial(
            changes: wanted.changes(from: limits), people: 14, inShift: 5,
            atCap: .init(before: 0, after: 11, least: 10),
            before: ahead(120, 7200, met: 49), after: ahead(180, 10_800, met: 45))
    }

    func lower(to new: Limits) throws(Fault) {
        try note("lower", "\(new.changes(from: limits).map(\.field.rawValue))")
        limits = new
    }

    func propose(_ wanted: Limits, reason: String) throws(Fault) -> ProposalID {
        let changes = wanted.changes(from: limits).map { "\($0.field.rawValue)=\($0.new)" }
        try note("propose", "\(changes.joined(separator: " ")): \(reason)")
        return ProposalID("p1")
    }

    func answer(_ proposal: ProposalID, approving: Bool) throws(Fault) {
        try note("answerProposal", "\(proposal) \(approving)")
    }

    func withdraw(_ proposal: ProposalID) throws(Fault) { try note("withdraw", proposal.rawValue) }

    func askOverride(_ person: PersonID, _ field: LimitField, _ figure: Int64, reason: String) throws(Fault) {
        try note("askOverride", "\(person) \(field.rawValue)=\(figure): \(reason)")
    }

    func countersign(_ id: OverrideID, approving: Bool) throws(Fault) {
        try note("countersign", "\(id) \(approving)")
    }

    func acknowledge(_ version: Int, refusing: Bool?) throws(Fault) {
        try note("acknowledge", "\(version) \(refusing.map { "\($0)" } ?? "-")")
        askedOfMe = Array(askedOfMe.dropFirst())
    }

    func consent(to id: OverrideID) throws(Fault) {
        try note("consent", id.rawValue)
        if case .override(var card)? = askedOfMe.first {
            card.state = .inForce
            askedOfMe[0] = .override(card)
        }
    }

    func decline(_ id: OverrideID) throws(Fault) {
        try note("decline", id.rawValue)
        askedOfMe = Array(askedOfMe.dropFirst())
    }

    func add(user: String, name: String) throws(Fault) { try note("add", "\(user) \(name)") }

    func change(_ person: PersonID, _ change: RosterChange) throws(Fault) {
        let text =
            switch change {
            case .roles(let roles): "roles \(roles.map(\.rawValue).sorted().joined(separator: ","))"
            case .languages(let languages): "languages \(languages.sorted().joined(separator: ","))"
            case .active(let isActive): "active \(isActive)"
            }
        try note("change", "\(person) \(text)")
    }
}

extension Samples {
    private static let monday = ScriptedDesk.monday

    static func proposal(_ state: ProposalState, isOwn: Bool, needsOwner: Bool = false) -> ProposalCard {
        ProposalCard(
            proposal: LimitsProposal(
                id: ProposalID("p1"), base: 1, figures: ["daily_percent": 110],
                reason: "two are ill\u{1B}[2J and deadlines pass", salt: [], by: PersonID("lea"),
                at: monday - .seconds(3600)),
            state: state, changes: [LimitChange(field: .daily, old: 100, new: 110)], proposer: "Lea",
            answerer: nil, needsOwner: needsOwner, isOwn: isOwn)
    }

    static func override(_ state: OverrideState, isForYou: Bool, isToSign: Bool = false) -> OverrideCard {
        OverrideCard(
            leave: Override(
                id: OverrideID("o1"), person: PersonID("bjorn"), figures: ["continuous_ms": 3_600_000],
                reason: "a court waits for it tonight", salt: [], requester: PersonID("lea"),
                requestedAt: monday - .seconds(1800)),
            state: state, changes: [LimitChange(field: .continuous, old: 3_000_000, new: 3_600_000)],
            person: "Björn", requester: "Lea", countersigner: state == .asked ? nil : "Noor",
            isForYou: isForYou, isToSign: isToSign)
    }

    static let loosened = LoosenedLimits(
        version: 2, changes: [LimitChange(field: .daily, old: 100, new: 110)],
        since: monday - .seconds(600), reason: "two are ill and deadlines pass", proposer: "Lea",
        countersigner: "Noor", acknowledgedAt: nil, isRefused: false, waits: true)

    /// A desk for a lead with something on every screen.
    static func deskWithLead() -> ScriptedDesk {
        let desk = desk()
        var lowered = Limits.standard
        lowered.version = 2
        lowered.weekly = 350
        desk.limits = lowered
        desk.limitsVersions = [
            LimitsVersion(
                stored: StoredLimits(limits: .standard, setBy: nil, since: monday - .seconds(9 * 86_400)),
                changes: []),
            LimitsVersion(
                stored: StoredLimits(
                    limits: lowered, setBy: PersonID("lea"), since: monday - .seconds(86_400)),
                changes: lowered.changes(from: .standard), setBy: "Lea"),
        ]
        desk.proposalCards = [proposal(.open, isOwn: false)]
        desk.overrideCards = [override(.signed, isForYou: false)]
        desk.pendingSight = .init(version: 2, pending: 3, people: 14)
        desk.rosterRows = [
            RosterRow(
                id: desk.person.id, user: "ada", name: "Ada", roles: [.lead, .moderator],
                languages: ["en", "fr"], isActive: true),
            RosterRow(
                id: PersonID("bjorn"), user: "bjorn", name: "Björn 世界", roles: [.moderator], languages: [],
                isActive: true),
            RosterRow(
                id: PersonID("chi"), user: "chi", name: "Chioma\u{202E}x", roles: [.auditor],
                languages: ["en"], isActive: false),
        ]
        desk.backlogPage = BacklogPage(
            counts: [
                BacklogCount(hazard: .mild, language: "en", timeLeft: nil, age: 0, posts: 40),
                BacklogCount(hazard: .mild, language: "fr", timeLeft: 3, age: 2, posts: 12),
                BacklogCount(hazard: .severe, language: "en", timeLeft: 0, age: 3, posts: 2),
                BacklogCount(hazard: .severe, language: nil, timeLeft: 4, age: 4, posts: 1234),
            ],
            ahead: Foresight(
                days: 14, staff: 12, waiting: (0...336).map { 200 + $0 * 2 + ($0 % 24) * 10 },
                kinds: [.severe: .init(wait: .seconds(7200), due: 10, met: 9)], learnedDays: 28))
        return desk
    }
}
