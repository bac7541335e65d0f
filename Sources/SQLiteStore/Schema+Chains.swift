extension Schema {
    /// Fewer pages for a decision once more: a post leads to its decisions, an effect waits in the row of its decision,
    /// and ids are indexed many at a time.
    ///
    /// An id falls anywhere, so each would write a page of its index alone. Those of the last decisions are found by
    /// reading these; `ledger_tree.named` is the number of the last one in the index.
    static let chains =
        [
            "ALTER TABLE posts ADD COLUMN decision INTEGER",
            """
            CREATE TABLE new_decisions (
              number INTEGER PRIMARY KEY, id TEXT NOT NULL, post TEXT NOT NULL, version INTEGER NOT NULL,
              person TEXT NOT NULL, action TEXT NOT NULL, policy TEXT, rule TEXT, note TEXT,
              recommended_action TEXT, recommended_policy TEXT, recommended_rule TEXT, bundle TEXT NOT NULL,
              decided_at INTEGER NOT NULL, undone_at INTEGER, automatic TEXT, author INTEGER,
              hazard INTEGER NOT NULL, language TEXT NOT NULL, differs INTEGER, entry INTEGER NOT NULL,
              undone_entry INTEGER NOT NULL DEFAULT 0, note_salt BLOB, applied_from TEXT, before INTEGER,
              due_at INTEGER)
            """,
            """
            INSERT INTO new_decisions
              SELECT number, id, decisions.post, version, person, decisions.action, policy, rule, note,
                  recommended_action, recommended_policy, recommended_rule, bundle, decided_at, undone_at, automatic,
                  author, hazard, language, differs, entry, undone_entry, note_salt, applied_from,
                  lag(number) OVER (PARTITION BY decisions.post ORDER BY number), due_at
                FROM decisions LEFT JOIN outbox ON outbox.decision = number ORDER BY number
            """,
            "DROP TABLE outbox",
            "DROP TABLE decisions",
            "ALTER TABLE new_decisions RENAME TO decisions",
            """
            UPDATE posts SET decision = latest.number
              FROM (SELECT post, max(number) AS number FROM decisions GROUP BY post) AS latest
                JOIN post_ids ON post_ids.id = latest.post
              WHERE posts.number = post_ids.number
            """,
            "CREATE TABLE decision_ids (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
            "INSERT INTO decision_ids SELECT id, number FROM decisions ORDER BY id",
            "ALTER TABLE ledger_tree ADD COLUMN named INTEGER NOT NULL DEFAULT 0",
            "UPDATE ledger_tree SET named = (SELECT ifnull(max(number), 0) FROM decisions)",
            """
            CREATE VIEW decision_numbers AS SELECT id, number FROM decision_ids
              UNION ALL SELECT id, number FROM decisions WHERE number > (SELECT named FROM ledger_tree)
            """,
        ] + decisionIndexes

    /// As they were over the table before.
    private static let decisionIndexes = [
        """
        CREATE INDEX decisions_audit ON decisions (decided_at, policy, rule, action, hazard, language, person,
          automatic, differs, undone_at, undone_entry, entry)
        """,
        """
        CREATE INDEX decisions_removals ON decisions (author, decided_at)
          WHERE undone_at IS NULL AND action IN ('remove', 'suspend')
        """,
        """
        CREATE INDEX decisions_automatic ON decisions (decided_at)
          WHERE undone_at IS NULL AND automatic IS NOT NULL
        """,
        "CREATE INDEX decisions_applied ON decisions (applied_from) WHERE applied_from IS NOT NULL",
        "CREATE INDEX decisions_spared ON decisions (decided_at) WHERE applied_from IS NOT NULL AND undone_at IS NULL",
    ]
}
