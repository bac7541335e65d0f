import Exposure
import Moderation
import Store

extension SQLTransaction {
    // MARK: Settled days

    func dayTotals(of person: PersonID, since: Timestamp) throws -> [DayTotal] {
        let row = try prepare(
            """
            SELECT day, hazard, visible, dose, ends_at FROM day_totals WHERE person = ? AND ends_at > ?
              ORDER BY day, hazard
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        var result: [DayTotal] = []
        while try row.step() {
            result.append(
                DayTotal(
                    person: person, day: UTCDay(number: row.integer(0)), hazard: try hazard(row.integer(1)),
                    visible: row.integer(2), dose: Dose(units: row.integer(3)),
                    endsAt: Timestamp(milliseconds: row.integer(4))))
        }
        return result
    }

    func dayToSettle(of person: PersonID, from day: UTCDay, endedBy moment: Timestamp) throws -> UTCDay? {
        let row = try prepare(
            "SELECT min(opened_at) FROM spans WHERE person = ? AND ends_at <= ? AND opened_at >= ?")
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, moment.milliseconds)
        row.bind(3, day.start.milliseconds)
        guard try row.step(), let first = row.optionalInteger(0) else { return nil }
        return UTCDay(of: Timestamp(milliseconds: first))
    }

    func settle(_ totals: [DayTotal], day: UTCDay, of person: PersonID) throws {
        let row = try prepare(
            """
            INSERT INTO day_totals VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (person, day, hazard) DO UPDATE
              SET visible = day_totals.visible + excluded.visible, dose = day_totals.dose + excluded.dose,
                ends_at = max(day_totals.ends_at, excluded.ends_at)
            """)
        for total in totals {
            row.reset()
            row.bind(1, person.rawValue)
            row.bind(2, day.number)
            row.bind(3, total.hazard.level)
            row.bind(4, total.visible)
            row.bind(5, total.dose.units)
            row.bind(6, total.endsAt.milliseconds)
            try row.run()
        }
        let drop = try prepare(
            """
            DELETE FROM spans WHERE person = ?1 AND ends_at >= ?2 AND opened_at >= ?2 AND opened_at < ?3
              AND closed_at IS NOT NULL
            """)
        drop.bind(1, person.rawValue)
        drop.bind(2, day.start.milliseconds)
        drop.bind(3, day.next.start.milliseconds)
        try drop.run()
    }

    // MARK: How late it is

    func knownMoment(of person: PersonID) throws -> KnownMoment? {
        let row = try prepare("SELECT machine, uptime, at FROM known_moments WHERE person = ?")
        defer { row.reset() }
        row.bind(1, person.rawValue)
        guard try row.step() else { return nil }
        return KnownMoment(
            machine: row.text(0), uptime: .milliseconds(row.integer(1)),
            at: Timestamp(milliseconds: row.integer(2)))
    }

    func keep(_ moment: KnownMoment, for person: PersonID) throws {
        let row = try prepare(
            """
            INSERT INTO known_moments VALUES (?, ?, ?, ?) ON CONFLICT (person)
              DO UPDATE SET machine = excluded.machine, uptime = excluded.uptime, at = excluded.at
            """)
        row.bind(1, person.rawValue)
        row.bind(2, moment.machine)
        row.bind(3, moment.uptime.wholeMilliseconds)
        row.bind(4, moment.at.milliseconds)
        try row.run()
    }

    // MARK: Dose from other sites

    private static let takenColumns = "source, site_key, salt, day, ends_at, dose"

    func takenDays(of person: PersonID, since: Timestamp) throws -> [TakenDay] {
        let row = try prepare(
            """
            SELECT \(Self.takenColumns) FROM taken_days WHERE person = ? AND ends_at > ? ORDER BY day, source
            """)
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        return try takenDays(row, of: person)
    }

    func takenDay(of person: PersonID, from key: String) throws -> TakenDay? {
        let row = try prepare(
            "SELECT \(Self.takenColumns) FROM taken_days WHERE person = ? AND site_key = ? LIMIT 1")
        row.bind(1, person.rawValue)
        row.bind(2, key)
        return try takenDays(row, of: person).first
    }

    private func takenDays(_ row: any SQLStatement, of person: PersonID) throws -> [TakenDay] {
        defer { row.reset() }
        var result: [TakenDay] = []
        while try row.step() {
            result.append(
                TakenDay(
                    person: person, source: row.text(0), key: row.text(1), salt: row.blob(2),
                    day: UTCDay(number: row.integer(3)), endsAt: Timestamp(milliseconds: row.integer(4)),
                    dose: Dose(units: row.integer(5))))
        }
        return result
    }

    func take(_ day: TakenDay) throws {
        let row = try prepare(
            """
            INSERT INTO taken_days VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, source, day) DO UPDATE
              SET ends_at = max(taken_days.ends_at, excluded.ends_at), dose = max(taken_days.dose, excluded.dose)
            """)
        row.bind(1, day.person.rawValue)
        row.bind(2, day.source)
        row.bind(3, day.day.number)
        row.bind(4, day.endsAt.milliseconds)
        row.bind(5, day.dose.units)
        row.bind(6, day.key)
        row.bind(7, day.salt)
        try row.run()
    }

    // MARK: Conditions

    func conditionsHistory() throws -> [StoredConditions] {
        try conditions(prepare("SELECT card, set_by, since FROM conditions ORDER BY number"))
    }

    func conditionsInForce() throws -> StoredConditions? {
        try conditions(prepare("SELECT card, set_by, since FROM conditions ORDER BY number DESC LIMIT 1"))
            .first
    }

    private func conditions(_ row: any SQLStatement) throws -> [StoredConditions] {
        defer { row.reset() }
        var result: [StoredConditions] = []
        while try row.step() {
            result.append(
                StoredConditions(
                    conditions: try Card.value(Conditions.self, row.text(0), of: "working conditions"),
                    setBy: PersonID(row.text(1)), since: Timestamp(milliseconds: row.integer(2))))
        }
        return result
    }

    func putInForce(_ conditions: StoredConditions) throws {
        let row = try prepare("INSERT INTO conditions (card, set_by, since) VALUES (?, ?, ?)")
        row.bind(1, try Card.text(conditions.conditions))
        row.bind(2, conditions.setBy.rawValue)
        row.bind(3, conditions.since.milliseconds)
        try row.run()
    }

    // MARK: Work

    func workCounts(of person: PersonID, since: Timestamp) throws -> [WorkCount] {
        let row = try prepare(
            """
            SELECT policy, language, count(*) FROM decisions
              WHERE person = ? AND decided_at >= ? AND undone_at IS NULL AND automatic IS NULL
              GROUP BY policy, language ORDER BY policy NULLS FIRST, language
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        var result: [WorkCount] = []
        while try row.step() {
            let language = row.optionalText(1).flatMap { $0.isEmpty ? nil : $0 }
            result.append(
                WorkCount(
                    policy: row.optionalText(0).map { PolicyID($0) }, language: language,
                    decisions: row.int(2)))
        }
        return result
    }

    func verdictCounts(of person: PersonID, since: Timestamp) throws -> [VerdictCount] {
        let row = try prepare(
            """
            SELECT decisions.policy, verdict, count(*) FROM (
                SELECT max(m.number) AS latest FROM decisions AS d JOIN marks AS m ON m.decision = d.id
                  WHERE d.person = ? AND d.decided_at >= ? AND d.undone_at IS NULL AND d.automatic IS NULL
                    AND m.verdict IS NOT NULL
                  GROUP BY d.id, m.rater) AS last
                JOIN marks ON marks.number = latest JOIN decisions ON decisions.number =
                  (SELECT number FROM decision_numbers WHERE id = marks.decision)
              GROUP BY decisions.policy, verdict ORDER BY decisions.policy NULLS FIRST, verdict
            """)
        defer { row.reset() }
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        var result: [VerdictCount] = []
        while try row.step() {
            guard let verdict = AuditVerdict(rawValue: row.text(1)) else { continue }
            result.append(
                VerdictCount(
                    policy: row.optionalText(0).map { PolicyID($0) }, verdict: verdict, count: row.int(2)))
        }
        return result
    }
}
