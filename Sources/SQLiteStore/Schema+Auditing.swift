extension Schema {
    /// What auditors ask of decisions, and what they say of them.
    static let auditing =
        [
            // Posts that were ever handed to a lead, and how large the ledger was then.
            "CREATE TABLE escalated_posts (post TEXT PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID",
            "INSERT INTO escalated_posts SELECT id, 0 FROM posts WHERE state = 3",
            // What was known of the post when it was decided, and how large the ledger was when the decision was
            // made and when it was undone: so a sample can be drawn again whatever came after it.
            "ALTER TABLE decisions ADD COLUMN hazard INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE decisions ADD COLUMN language TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE decisions ADD COLUMN differs INTEGER",
            "ALTER TABLE decisions ADD COLUMN entry INTEGER NOT NULL DEFAULT 0",
            "ALTER TABLE decisions ADD COLUMN undone_entry INTEGER NOT NULL DEFAULT 0",
            """
            UPDATE decisions SET hazard = shelves.hazard, language = shelves.language
              FROM post_ids JOIN posts ON posts.number = post_ids.number JOIN shelves ON shelves.number = posts.shelf
              WHERE post_ids.id = decisions.post
            """,
            """
            UPDATE decisions SET differs = action <> recommended_action
              OR (action <> 'keep' AND policy IS NOT recommended_policy) WHERE recommended_action IS NOT NULL
            """,
            // All that a filter asks, in the order of time: it only grows at its end, and answers any filter alone.
            """
            CREATE INDEX decisions_audit ON decisions (decided_at, policy, rule, action, hazard, language, person,
              automatic, differs, undone_at, undone_entry, entry)
            """,
        ] + samples

    private static let samples = [
        "CREATE TABLE samples (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, blind INTEGER NOT NULL, card TEXT NOT NULL)",
        """
        CREATE TABLE sample_items (
          sample TEXT NOT NULL, position INTEGER NOT NULL, decision TEXT NOT NULL, PRIMARY KEY (sample, position))
          WITHOUT ROWID
        """,
        "CREATE INDEX sample_items_decision ON sample_items (decision)",
        // History: the last verdict of a rater counts, and their first judgement.
        """
        CREATE TABLE marks (
          number INTEGER PRIMARY KEY, decision TEXT NOT NULL, sample TEXT, rater TEXT NOT NULL, verdict TEXT,
          action TEXT, policy TEXT, reason TEXT, salt BLOB, at INTEGER NOT NULL)
        """,
        "CREATE INDEX marks_decision ON marks (decision, rater)",
        """
        CREATE TABLE openings (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, concerned TEXT NOT NULL, opened_at INTEGER,
          card TEXT NOT NULL)
        """,
        "CREATE INDEX openings_concerned ON openings (concerned) WHERE opened_at IS NOT NULL",
    ]
}
