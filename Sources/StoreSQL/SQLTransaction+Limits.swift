import Exposure
import Moderation
import Store

extension SQLTransaction {
    // MARK: Proposals

    func limitsProposals(limit: Int) throws -> [LimitsProposal] {
        let row = try prepare("SELECT card FROM limit_proposals ORDER BY number DESC LIMIT ?")
        row.bind(1, max(0, limit))
        return try cards(LimitsProposal.self, row, of: "a proposal of limits")
    }

    func limitsProposal(_ id: ProposalID) throws -> LimitsProposal? {
        let row = try prepare("SELECT card FROM limit_proposals WHERE id = ?")
        row.bind(1, id.rawValue)
        return try cards(LimitsProposal.self, row, of: "proposal \(id)").first
    }

    func save(_ proposal: LimitsProposal) throws {
        let row = try prepare(
            """
            INSERT INTO limit_proposals (id, card) VALUES (?, ?)
              ON CONFLICT (id) DO UPDATE SET card = excluded.card
            """)
        row.bind(1, proposal.id.rawValue)
        row.bind(2, try Card.text(proposal))
        try row.run()
    }

    // MARK: Notices

    func limitsNotices(of version: Int) throws -> [LimitsNotice] {
        let row = try prepare(
            "SELECT version, person, acknowledged_at FROM limit_notices WHERE version = ? ORDER BY number")
        row.bind(1, version)
        return try notices(row)
    }

    func limitsNotices(for person: PersonID) throws -> [LimitsNotice] {
        let row = try prepare(
            "SELECT version, person, acknowledged_at FROM limit_notices WHERE person = ? ORDER BY version")
        row.bind(1, person.rawValue)
        return try notices(row)
    }

    private func notices(_ row: any SQLStatement) throws -> [LimitsNotice] {
        defer { row.reset() }
        var result: [LimitsNotice] = []
        while try row.step() {
            result.append(
                LimitsNotice(
                    version: row.int(0), person: PersonID(row.text(1)),
                    acknowledgedAt: row.optionalInteger(2).map { Timestamp(milliseconds: $0) }))
        }
        return result
    }

    func save(_ notice: LimitsNotice) throws {
        let row = try prepare(
            """
            INSERT INTO limit_notices (version, person, acknowledged_at) VALUES (?, ?, ?)
              ON CONFLICT (version, person) DO UPDATE SET acknowledged_at = excluded.acknowledged_at
            """)
        row.bind(1, notice.version)
        row.bind(2, notice.person.rawValue)
        row.bind(3, notice.acknowledgedAt?.milliseconds)
        try row.run()
    }

    func refusedLimits(of person: PersonID) throws -> Set<Int> {
        let row = try prepare("SELECT version FROM limit_refusals WHERE person = ?")
        defer { row.reset() }
        row.bind(1, person.rawValue)
        var result: Set<Int> = []
        while try row.step() { result.insert(row.int(0)) }
        return result
    }

    func setRefused(_ isRefused: Bool, version: Int, by person: PersonID) throws {
        let row = try prepare(
            isRefused
                ? "INSERT INTO limit_refusals (version, person) VALUES (?, ?) ON CONFLICT DO NOTHING"
                : "DELETE FROM limit_refusals WHERE version = ? AND person = ?")
        row.bind(1, version)
        row.bind(2, person.rawValue)
        try row.run()
    }

    // MARK: Overrides

    func overrides(limit: Int) throws -> [Override] {
        let row = try prepare("SELECT card FROM overrides ORDER BY number DESC LIMIT ?")
        row.bind(1, max(0, limit))
        return try cards(Override.self, row, of: "an override")
    }

    func override(_ id: OverrideID) throws -> Override? {
        let row = try prepare("SELECT card FROM overrides WHERE id = ?")
        row.bind(1, id.rawValue)
        return try cards(Override.self, row, of: "override \(id)").first
    }

    func overrides(of person: PersonID, limit: Int) throws -> [Override] {
        let row = try prepare("SELECT card FROM overrides WHERE person = ? ORDER BY number DESC LIMIT ?")
        row.bind(1, person.rawValue)
        row.bind(2, max(0, limit))
        return try cards(Override.self, row, of: "an override")
    }

    func overrides(in shift: ShiftID) throws -> [Override] {
        let row = try prepare("SELECT card FROM overrides WHERE shift = ? ORDER BY number")
        row.bind(1, shift.rawValue)
        return try cards(Override.self, row, of: "an override")
    }

    func overrides(inOpenShiftOf person: PersonID) throws -> [Override] {
        let row = try prepare(
            """
            SELECT card FROM overrides WHERE shift = (
                SELECT id FROM shifts WHERE person = ? AND ended_at IS NULL ORDER BY started_at LIMIT 1)
              ORDER BY number
            """)
        row.bind(1, person.rawValue)
        return try cards(Override.self, row, of: "an override")
    }

    func save(_ leave: Override) throws {
        let row = try prepare(
            """
            INSERT INTO overrides (id, person, shift, card) VALUES (?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET shift = excluded.shift, card = excluded.card
            """)
        row.bind(1, leave.id.rawValue)
        row.bind(2, leave.person.rawValue)
        row.bind(3, leave.shift?.rawValue)
        row.bind(4, try Card.text(leave))
        try row.run()
    }

    // MARK: Ownership

    func isOwner() throws -> Bool { try engine.isOwner() }

    func caller() throws -> StoreCaller? { try engine.caller() }
}
