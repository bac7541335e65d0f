extension Schema {
    /// Posts that say the same, and what dispatch learns: all of it can be made again, and intake writes none of it
    /// but an index over deadlines, for posts that have one.
    static let grouping = [
        "ALTER TABLE decisions ADD COLUMN applied_from TEXT",
        "CREATE INDEX decisions_applied ON decisions (applied_from) WHERE applied_from IS NOT NULL",
        "CREATE INDEX decisions_spared ON decisions (decided_at) WHERE applied_from IS NOT NULL AND undone_at IS NULL",
        """
        CREATE TABLE likenesses (
          post INTEGER PRIMARY KEY, exact INTEGER NOT NULL, band0 INTEGER, band1 INTEGER, band2 INTEGER,
          band3 INTEGER)
        """,
        "CREATE INDEX likenesses_exact ON likenesses (exact)",
        "CREATE INDEX likenesses_band0 ON likenesses (band0) WHERE band0 IS NOT NULL",
        "CREATE INDEX likenesses_band1 ON likenesses (band1) WHERE band1 IS NOT NULL",
        "CREATE INDEX likenesses_band2 ON likenesses (band2) WHERE band2 IS NOT NULL",
        "CREATE INDEX likenesses_band3 ON likenesses (band3) WHERE band3 IS NOT NULL",
        // All posts from the lower number to the higher one were looked at.
        """
        CREATE TABLE likeness_reach (
          one INTEGER PRIMARY KEY CHECK (one = 1), secret BLOB NOT NULL, lowest INTEGER, highest INTEGER)
        """,
        "CREATE TABLE dispatch (one INTEGER PRIMARY KEY CHECK (one = 1), card TEXT NOT NULL)",
        "CREATE TABLE unserved (post TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE INDEX posts_deadline ON posts (shelf, deadline) WHERE state = 0 AND deadline IS NOT NULL",
    ]
}
