import Moderation
import Store

extension SQLTransaction {
    private static let handoverColumns = "id, person, physician, at, revoked_at"

    func handovers(of person: PersonID) throws -> [Handover] {
        let row = try prepare(
            "SELECT \(Self.handoverColumns) FROM handovers WHERE person = ? ORDER BY number DESC")
        row.bind(1, person.rawValue)
        return try handovers(row)
    }

    func handovers(to physician: PersonID) throws -> [Handover] {
        let row = try prepare(
            """
            SELECT \(Self.handoverColumns) FROM handovers WHERE physician = ? AND revoked_at IS NULL
              ORDER BY number DESC
            """)
        row.bind(1, physician.rawValue)
        return try handovers(row)
    }

    private func handovers(_ row: any SQLStatement) throws -> [Handover] {
        defer { row.reset() }
        var result: [Handover] = []
        while try row.step() {
            result.append(
                Handover(
                    id: HandoverID(row.text(0)), person: PersonID(row.text(1)),
                    physician: PersonID(row.text(2)), at: Timestamp(milliseconds: row.integer(3)),
                    revokedAt: row.optionalInteger(4).map { Timestamp(milliseconds: $0) }))
        }
        return result
    }

    func handedRecord(_ id: HandoverID, for physician: PersonID) throws -> [UInt8]? {
        let row = try prepare(
            "SELECT record FROM handovers WHERE id = ? AND physician = ? AND revoked_at IS NULL")
        defer { row.reset() }
        row.bind(1, id.rawValue)
        row.bind(2, physician.rawValue)
        guard try row.step(), !row.isNull(0) else { return nil }
        return row.blob(0)
    }

    func handoverReadings(of person: PersonID, limit: Int) throws -> [HandoverLook] {
        let row = try prepare(
            """
            SELECT handover, l.physician, l.at FROM handover_looks AS l JOIN handovers AS h ON h.id = handover
              WHERE person = ? ORDER BY l.number DESC LIMIT ?
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, limit)
        var result: [HandoverLook] = []
        while try row.step() {
            result.append(
                HandoverLook(
                    handover: HandoverID(row.text(0)), physician: PersonID(row.text(1)),
                    at: Timestamp(milliseconds: row.integer(2))))
        }
        return result
    }

    func insert(_ handover: Handover, record: [UInt8], salt: [UInt8]) throws {
        let row = try prepare(
            """
            INSERT INTO handovers (id, person, physician, at, revoked_at, salt, record)
              VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        row.bind(1, handover.id.rawValue)
        row.bind(2, handover.person.rawValue)
        row.bind(3, handover.physician.rawValue)
        row.bind(4, handover.at.milliseconds)
        row.bind(5, handover.revokedAt?.milliseconds)
        row.bind(6, salt)
        row.bind(7, record)
        try row.run()
    }

    func revoke(_ id: HandoverID, of person: PersonID, at now: Timestamp) throws -> Bool {
        try engine.leavingNoTraces {
            let row = try prepare(
                """
                UPDATE handovers SET revoked_at = ?, salt = NULL, record = NULL
                  WHERE id = ? AND person = ? AND revoked_at IS NULL
                """)
            row.bind(1, now.milliseconds)
            row.bind(2, id.rawValue)
            row.bind(3, person.rawValue)
            return try row.run() == 1
        }
    }

    func insert(_ look: HandoverLook) throws {
        let row = try prepare("INSERT INTO handover_looks (handover, physician, at) VALUES (?, ?, ?)")
        row.bind(1, look.handover.rawValue)
        row.bind(2, look.physician.rawValue)
        row.bind(3, look.at.milliseconds)
        try row.run()
    }
}
