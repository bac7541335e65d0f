import Ledger
import Moderation
import Store

extension SQLTransaction {
    static let decisionColumns = """
        id, post, version, person, action, policy, rule, note, recommended_action, recommended_policy,
        recommended_rule, bundle, decided_at, undone_at, automatic, applied_from
        """

    /// The number of the decision whose id is bound.
    static let numberOfDecision = "(SELECT number FROM decision_numbers WHERE id = ?)"
    /// The numbers of the decisions on the post whose id is bound, the last one first.
    static let decisionsOnPost = """
        WITH RECURSIVE chain (number) AS (
          SELECT decision FROM posts WHERE number = (SELECT number FROM post_ids WHERE id = ?)
          UNION SELECT before FROM chain JOIN decisions USING (number))
        SELECT number FROM chain WHERE number IS NOT NULL
        """

    func decision(_ id: DecisionID) throws -> Decision? {
        let row = try prepare(
            "SELECT \(Self.decisionColumns) FROM decisions WHERE number = \(Self.numberOfDecision)")
        row.bind(1, id.rawValue)
        return try decisions(row).first
    }

    func decisions(on post: PostID) throws -> [Decision] {
        let row = try prepare(
            """
            SELECT \(Self.decisionColumns) FROM decisions WHERE number IN (\(Self.decisionsOnPost)) ORDER BY number
            """)
        row.bind(1, post.rawValue)
        return try decisions(row)
    }

    func decisions(by person: PersonID, since: Timestamp, limit: Int) throws -> [Decision] {
        let row = try prepare(
            """
            SELECT \(Self.decisionColumns) FROM decisions INDEXED BY decisions_audit
              WHERE person = ? AND decided_at >= ?
              ORDER BY decided_at DESC, number DESC LIMIT ?
            """)
        row.bind(1, person.rawValue)
        row.bind(2, since.milliseconds)
        row.bind(3, limit)
        return try decisions(row)
    }

    func decisions(_ row: any SQLStatement) throws -> [Decision] {
        defer { row.reset() }
        var result: [Decision] = []
        while try row.step() { result.append(try decision(row)) }
        return result
    }

    /// The decision in the row that ``decisionColumns`` begin.
    func decision(_ row: any SQLStatement) throws -> Decision {
        guard let action = Action(rawValue: row.text(4)) else {
            throw StoreError.damaged("decision \(row.text(0))")
        }
        let rule = row.optionalText(6).map { RuleID($0) }
        let maker: DecisionMaker
        if let lead = row.optionalText(14) {
            guard let rule else { throw StoreError.damaged("decision \(row.text(0))") }
            maker = .rule(rule, approvedBy: PersonID(lead))
        } else {
            maker = .person(PersonID(row.text(3)))
        }
        let suggested = row.optionalText(8).flatMap { Action(rawValue: $0) }
        return Decision(
            id: DecisionID(row.text(0)), post: PostID(row.text(1)), postVersion: row.int(2), maker: maker,
            action: action, policy: row.optionalText(5).map { PolicyID($0) }, rule: rule,
            note: row.optionalText(7),
            recommendation: suggested.map {
                Recommendation(action: $0, policy: PolicyID(row.text(9)), rule: RuleID(row.text(10)))
            },
            bundle: BundleDigest(hex: row.text(11)), decidedAt: Timestamp(milliseconds: row.integer(12)),
            undoneAt: row.optionalInteger(13).map { Timestamp(milliseconds: $0) },
            appliedFrom: row.optionalText(15).map { DecisionID($0) })
    }

    func decisionCount(since: Timestamp) throws -> (people: Int, rules: Int) {
        func count(_ sql: String) throws -> Int {
            let row = try prepare(sql)
            defer { row.reset() }
            row.bind(1, since.milliseconds)
            return try row.step() ? row.int(0) : 0
        }
        let all = try count("SELECT count(*) FROM decisions WHERE decided_at >= ? AND undone_at IS NULL")
        let rules = try count(
            """
            SELECT count(*) FROM decisions WHERE decided_at >= ? AND undone_at IS NULL AND automatic IS NOT NULL
            """)
        return (all - rules, rules)
    }

    func insert(_ decision: Decision, hazard: Hazard, language: String?, noteSalt: [UInt8]?) throws {
        removedAuthors = nil
        let place = try number(of: decision.post)
        if isBesideOthers { dueTimes[decision.id] = .some(nil) }
        try whenNumbered { tx, entry in
            try tx.insert(
                decision, ofPost: place, hazard: hazard, language: language, noteSalt: noteSalt, entry: entry)
        }
    }

    /// Adds the row; beside others the post's own row is led to it by the same statement, for others wait meanwhile.
    private func insert(
        _ decision: Decision, ofPost place: Int64?, hazard: Hazard, language: String?, noteSalt: [UInt8]?,
        entry: Int64
    ) throws {
        let adding = """
            INSERT INTO decisions
                (\(Self.decisionColumns), differs, entry, note_salt, hazard, language, due_at, author, before)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \(engine.entryNumber("?18")), ?19,
                ?20, ?21,
                ?23, (SELECT author FROM posts WHERE number = ?22), (SELECT decision FROM posts WHERE number = ?22))
              RETURNING number
            """
        let row = try prepare(
            engine.isShared
                ? """
                WITH made AS (\(adding))
                UPDATE posts SET decision = made.number FROM made WHERE posts.number = ?22
                """ : adding)
        row.bind(1, decision.id.rawValue)
        row.bind(2, decision.post.rawValue)
        row.bind(3, decision.postVersion)
        row.bind(4, decision.person?.rawValue ?? "")
        row.bind(5, decision.action.rawValue)
        row.bind(6, decision.policy?.rawValue)
        row.bind(7, decision.rule?.rawValue)
        row.bind(8, decision.note)
        row.bind(9, decision.recommendation?.action.rawValue)
        row.bind(10, decision.recommendation?.policy.rawValue)
        row.bind(11, decision.recommendation?.rule.rawValue)
        row.bind(12, decision.bundle.hex)
        row.bind(13, decision.decidedAt.milliseconds)
        row.bind(14, decision.undoneAt?.milliseconds)
        if case .rule(_, let lead) = decision.maker { row.bind(15, lead.rawValue) }
        row.bind(16, decision.appliedFrom?.rawValue)
        row.bind(17, decision.differsFromRecommendation.map { Int64($0 ? 1 : 0) })
        row.bind(18, entry)
        row.bind(19, noteSalt)
        row.bind(20, Int64(hazard.level))
        row.bind(21, language ?? "")
        row.bind(22, place)
        row.bind(23, dueTimes.removeValue(forKey: decision.id)??.milliseconds)
        if engine.isShared { return try row.send(demandingOneRow: .damaged("the decisions")) }
        defer { row.reset() }
        guard try row.step() else { throw StoreError.damaged("the decisions") }
        let number = row.integer(0)
        row.reset()
        lastDecision = (decision.id, number)
        let chained = try again("UPDATE posts SET decision = ? WHERE number = ?")
        chained.bind(1, number)
        chained.bind(2, place)
        try chained.run()
    }

    private func number(of decision: DecisionID) throws -> Int64? {
        if let lastDecision, lastDecision.id == decision { return lastDecision.number }
        let row = try prepare("SELECT number FROM decision_numbers WHERE id = ?")
        defer { row.reset() }
        row.bind(1, decision.rawValue)
        return try row.step() ? row.integer(0) : nil
    }

    func undo(_ decision: DecisionID, at now: Timestamp) throws -> Bool {
        // Its effect doesn't wait to leave any more.
        let row = try prepare(
            """
            UPDATE decisions SET undone_at = ?, undone_entry = ?, due_at = NULL WHERE number = ? AND undone_at IS NULL
            """)
        row.bind(1, now.milliseconds)
        row.bind(2, try ledgerTree().size)
        row.bind(3, try number(of: decision))
        return try row.run() == 1
    }

    // MARK: Outbox

    func enqueue(_ item: OutboxItem) throws {
        if dueTimes[item.decision] != nil {
            dueTimes[item.decision] = item.dueAt
        } else {
            try whenNumbered { tx, _ in try tx.keep(item) }
        }
    }

    private func keep(_ item: OutboxItem) throws {
        let row = try again("UPDATE decisions SET due_at = ? WHERE number = ? AND post = ? AND action = ?")
        row.bind(1, item.dueAt.milliseconds)
        row.bind(2, try number(of: item.decision))
        row.bind(3, item.post.rawValue)
        row.bind(4, item.action.rawValue)
        try row.send(demandingOneRow: .damaged("decision \(item.decision), which is missing"))
    }

    func isWaitingToLeave(_ decision: DecisionID) throws -> Bool {
        let row = try prepare("SELECT 1 FROM decisions WHERE number = ? AND due_at IS NOT NULL")
        defer { row.reset() }
        row.bind(1, try number(of: decision))
        return try row.step()
    }

    func outbox(dueBy: Timestamp, limit: Int) throws -> [OutboxItem] {
        let row = try prepare(
            "SELECT id, post, action, due_at FROM decisions WHERE due_at <= ? ORDER BY number LIMIT ?")
        defer { row.reset() }
        row.bind(1, dueBy.milliseconds)
        row.bind(2, limit)
        var result: [OutboxItem] = []
        while try row.step() {
            guard let action = Action(rawValue: row.text(2)) else { throw StoreError.damaged("the outbox") }
            result.append(
                OutboxItem(
                    decision: DecisionID(row.text(0)), post: PostID(row.text(1)), action: action,
                    dueAt: Timestamp(milliseconds: row.integer(3))))
        }
        return result
    }
}
