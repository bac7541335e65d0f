#if Postgres
import Store
import StoreSQL

extension PostgresEngine {
    func announceWork() throws { try prepare("SELECT pg_notify('\(PostgresListener.channel)', '')").run() }

    func isOwner() throws -> Bool { try integer("SELECT is_keeper() OR holds('owner')") == 1 }

    func caller() throws -> StoreCaller? {
        let row = try prepare(
            """
            SELECT CAST(session_user AS text), holds('gateway') OR is_keeper(),
              holds('lead') OR holds('auditor') OR is_keeper(),
              holds('moderator') OR holds('lead') OR holds('auditor') OR is_keeper(), is_keeper()
            """)
        defer { row.reset() }
        guard try row.step() else { return nil }
        return StoreCaller(
            account: row.text(0), isGateway: row.integer(1) == 1, seesEverybody: row.integer(2) == 1,
            seesPosts: row.integer(3) == 1, seesAllRows: row.integer(4) == 1)
    }

    var ownLimit: (asking: String, setting: String) {
        ("SELECT own_limit(?)", "SELECT set_own_limit(?, ?)")
    }

    func teamSums() throws -> TeamSums? {
        guard try caller()?.seesEverybody == false else { return nil }
        return TeamSums(
            cells: "SELECT hazard, minutes, percent FROM team_cells(?1, ?2, ?3)",
            decisions: "SELECT team_decisions(?1, ?2, ?3)",
            overrides: "SELECT asked, agreed FROM team_overrides(?1, ?2)")
    }

    func toldEntries() throws -> String? {
        try caller()?.seesEverybody == false ? "told_entries(?1, ?2)" : nil
    }

    func keepHistory(_ isWanted: Bool) throws {
        try prepare("SELECT keep_history(\(isWanted))").run()
    }
}
#endif
