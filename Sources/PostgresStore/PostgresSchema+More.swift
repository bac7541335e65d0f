#if Postgres
extension PostgresSchema {
    /// What auditors ask of decisions, and what they say of them.
    static let audits = [
        "CREATE TABLE escalated_posts (post words PRIMARY KEY, entry BIGINT NOT NULL)",
        "CREATE TABLE samples (number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, blind BIGINT NOT NULL, card words NOT NULL)",
        """
        CREATE TABLE sample_items (
          sample words NOT NULL, position BIGINT NOT NULL, decision words NOT NULL,
          PRIMARY KEY (sample, position))
        """,
        "CREATE INDEX sample_items_decision ON sample_items (decision)",
        """
        CREATE TABLE marks (
          number BIGINT PRIMARY KEY, decision words NOT NULL, sample words, rater words NOT NULL, verdict words,
          action words, policy words, reason words, salt BYTEA, at BIGINT NOT NULL)
        """,
        "CREATE INDEX marks_decision ON marks (decision, rater)",
        """
        CREATE TABLE openings (
          number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, concerned words NOT NULL, opened_at BIGINT,
          card words NOT NULL)
        """,
        "CREATE INDEX openings_concerned ON openings (concerned) WHERE opened_at IS NOT NULL",
    ]

    /// Limits and leaves, and what concerns a person themselves.
    static let own = [
        "CREATE TABLE limit_proposals (number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, card words NOT NULL)",
        """
        CREATE TABLE limit_notices (
          number BIGINT PRIMARY KEY, version BIGINT NOT NULL, person words NOT NULL, acknowledged_at BIGINT,
          UNIQUE (version, person))
        """,
        "CREATE INDEX limit_notices_person ON limit_notices (person)",
        "CREATE TABLE limit_refusals (version BIGINT NOT NULL, person words NOT NULL, PRIMARY KEY (person, version))",
        """
        CREATE TABLE overrides (
          number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, person words NOT NULL, shift words,
          card words NOT NULL)
        """,
        "CREATE INDEX overrides_person ON overrides (person)",
        "CREATE INDEX overrides_shift ON overrides (shift) WHERE shift IS NOT NULL",
        "CREATE TABLE conditions (number BIGINT PRIMARY KEY, card words NOT NULL, set_by words NOT NULL, since BIGINT NOT NULL)",
        """
        CREATE TABLE handovers (
          number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, person words NOT NULL, physician words NOT NULL,
          at BIGINT NOT NULL, revoked_at BIGINT, salt BYTEA, record BYTEA)
        """,
        "CREATE INDEX handovers_person ON handovers (person)",
        "CREATE INDEX handovers_physician ON handovers (physician) WHERE revoked_at IS NULL",
        """
        CREATE TABLE handover_looks (
          number BIGINT PRIMARY KEY, handover words NOT NULL, physician words NOT NULL, at BIGINT NOT NULL)
        """,
        "CREATE INDEX handover_looks_of ON handover_looks (handover)",
        """
        CREATE TABLE support (
          number BIGINT PRIMARY KEY, card words NOT NULL, salt BYTEA NOT NULL, set_by words NOT NULL,
          since BIGINT NOT NULL)
        """,
        """
        CREATE TABLE watchings (
          number BIGINT PRIMARY KEY, shift words NOT NULL, concerned words NOT NULL, watcher words NOT NULL,
          at BIGINT NOT NULL)
        """,
        "CREATE INDEX watchings_concerned ON watchings (concerned)",
        """
        CREATE TABLE known_moments (
          person words PRIMARY KEY, machine words NOT NULL, uptime BIGINT NOT NULL, at BIGINT NOT NULL)
        """,
    ]

    /// Posts that say the same, and what dispatch learns: all of it can be made again.
    static let grouping =
        [
            "CREATE TABLE likenesses (post BIGINT PRIMARY KEY, exact BIGINT NOT NULL, band0 BIGINT, band1 BIGINT, band2 BIGINT, band3 BIGINT)"
        ]
        + ["exact", "band0", "band1", "band2", "band3"].map {
            "CREATE INDEX likenesses_\($0) ON likenesses (\($0), post) WHERE \($0) IS NOT NULL"
        } + [
            """
            CREATE TABLE likeness_reach (
              one BIGINT PRIMARY KEY CHECK (one = 1), secret BYTEA NOT NULL, lowest BIGINT, highest BIGINT)
            """,
            "CREATE TABLE dispatch (one BIGINT PRIMARY KEY CHECK (one = 1), card words NOT NULL)",
            "CREATE TABLE unserved (post words PRIMARY KEY, since BIGINT NOT NULL)",
        ]

    // MARK: Numbers without gaps

    /// Tables whose rows are numbered from 1 in the order in which the ledger tells of them.
    static let numbered = [
        "bundles", "bundles_in_force", "limits", "former_evaluations", "decisions", "automations",
        "objections",
        "samples", "marks", "openings", "limit_proposals", "limit_notices", "overrides", "conditions",
        "handovers",
        "handover_looks", "support", "watchings",
    ]

    /// A sequence would leave gaps where a transaction was dropped, and the ledger's entries have none.
    static func numbering(in schema: String) -> [String] {
        numbered.flatMap { table in
            [
                """
                CREATE FUNCTION number_\(table)() RETURNS trigger LANGUAGE plpgsql AS $$
                  BEGIN NEW.number := (SELECT coalesce(max(number), 0) + 1 FROM \(table)); RETURN NEW; END $$
                """,
                """
                CREATE TRIGGER \(table)_are_numbered BEFORE INSERT ON \(table)
                  FOR EACH ROW WHEN (NEW.number IS NULL) EXECUTE FUNCTION \(schema).number_\(table)()
                """,
            ]
        }
    }

    // MARK: What nobody may do

    static func guards(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
              AS $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$
            """,
            """
            CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
              FOR EACH STATEMENT EXECUTE FUNCTION \(schema).refuse_change()
            """,
        ]
    }
}
#endif
