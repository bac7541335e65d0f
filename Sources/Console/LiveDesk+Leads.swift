import Desk
import Exposure
import Moderation
import Store

extension LiveDesk {
    /// How many proposals and overrides a page holds.
    private static let leadPage = 200

    func limitsPage() throws(Fault) -> LimitsPage {
        try call { () throws(DeskError) in
            let isLead = person.roles.contains(.lead)
            let pending = isLead ? try desk.pendingAcknowledgements(for: person) : nil
            return LimitsPage(
                versions: try desk.limitsVersions(for: person),
                proposals: try desk.proposals(limit: Self.leadPage, for: person),
                overrides: try desk.overrides(limit: Self.leadPage, for: person),
                pending: pending.map { .init(version: $0.version, pending: $0.pending, people: $0.of) })
        }
    }

    func backlog() throws(Fault) -> BacklogPage {
        let (counts, ahead) = try call { () throws(DeskError) in try desk.backlog(for: person) }
        return BacklogPage(counts: counts, ahead: ahead)
    }

    func roster() throws(Fault) -> [RosterRow] {
        try call { () throws(DeskError) in try desk.roster(for: person) }.map(RosterRow.init)
    }

    func asked() throws(Fault) -> [Asked] {
        try call { () throws(DeskError) in
            let seen = try desk.loosenedLimits(for: person).filter { $0.acknowledgedAt == nil }
            let overrides = try desk.ownOverrides(limit: Self.leadPage, of: person)
                .filter { $0.state.isOpen }
            return overrides.map(Asked.override) + seen.map(Asked.seen)
        }
    }

    func tryOut(_ limits: Limits) throws(Fault) -> LimitsTrial {
        try call { () throws(DeskError) in try desk.tryOut(limits, by: person) }
    }

    func lower(to limits: Limits) throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.lowerLimits(to: limits, by: person) }
    }

    func propose(_ limits: Limits, reason: String) throws(Fault) -> ProposalID {
        try call { () throws(DeskError) in try desk.propose(limits, reason: reason, by: person) }.id
    }

    func answer(_ proposal: ProposalID, approving: Bool) throws(Fault) {
        try call { () throws(DeskError) in
            if approving {
                _ = try desk.approve(proposal, by: person)
            } else {
                try desk.refuse(proposal, by: person)
            }
        }
    }

    func withdraw(_ proposal: ProposalID) throws(Fault) {
        try call { () throws(DeskError) in try desk.withdraw(proposal, by: person) }
    }

    func askOverride(_ concerned: PersonID, _ field: LimitField, _ figure: Int64, reason: String)
        throws(Fault)
    {
        try call { () throws(DeskError) in
            _ = try desk.askOverride(of: [field: figure], for: concerned, reason: reason, by: person)
        }
    }

    func countersign(_ id: OverrideID, approving: Bool) throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.countersign(id, approving: approving, by: person) }
    }

    func acknowledge(_ version: Int, refusing: Bool?) throws(Fault) {
        try call { () throws(DeskError) in try desk.acknowledge(version, refusing: refusing, by: person) }
    }

    func consent(to id: OverrideID) throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.consent(to: id, by: person) }
    }

    func decline(_ id: OverrideID) throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.decline(id, by: person) }
    }

    func add(user: String, name: String) throws(Fault) {
        try call { () throws(DeskError) in
            _ = try desk.addPerson(user: user, name: name, roles: [.moderator], by: person)
        }
    }

    func change(_ other: PersonID, _ change: RosterChange) throws(Fault) {
        try call { () throws(DeskError) in
            guard var known = try desk.people().first(where: { $0.id == other }) else { return }
            switch change {
            case .roles(let roles): known.roles = roles
            case .languages(let languages): known.languages = languages
            case .active(let isActive): known.isActive = isActive
            }
            try desk.change(known, by: person)
        }
    }
}

extension RosterRow {
    init(_ person: Person) {
        self.init(
            id: person.id, user: person.user, name: person.name, roles: person.roles,
            languages: person.languages.sorted(), isActive: person.isActive)
    }
}
