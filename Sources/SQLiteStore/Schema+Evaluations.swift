extension Schema {
    /// What the rules said before they said something else: of an earlier version, or under an earlier bundle.
    ///
    /// `posts.evaluated_at` is NULL for what was evaluated when it was taken in, as most posts are.
    static let formerEvaluations = [
        "ALTER TABLE posts ADD COLUMN evaluated_at INTEGER",
        """
        CREATE TABLE former_evaluations (
          number INTEGER PRIMARY KEY, post INTEGER NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
          bundle INTEGER NOT NULL, hazard INTEGER NOT NULL, findings BLOB, action TEXT, policy TEXT, rule TEXT,
          aside BLOB)
        """,
        "CREATE INDEX former_evaluations_post ON former_evaluations (post)",
    ]
}
