extension Schema {
    /// What concerns a person themselves: whom they may turn to, and who watched their shifts.
    static let own = [
        """
        CREATE TABLE support (
          number INTEGER PRIMARY KEY, card TEXT NOT NULL, salt BLOB NOT NULL, set_by TEXT NOT NULL,
          since INTEGER NOT NULL)
        """,
        """
        CREATE TABLE watchings (
          number INTEGER PRIMARY KEY, shift TEXT NOT NULL, concerned TEXT NOT NULL, watcher TEXT NOT NULL,
          at INTEGER NOT NULL)
        """,
        "CREATE INDEX watchings_concerned ON watchings (concerned)",
        // Shifts that were watched before are told by their entries.
        """
        INSERT INTO watchings (shift, concerned, watcher, at)
          SELECT json_extract(entry, '$.data.shift'), json_extract(entry, '$.data.whose'),
            json_extract(entry, '$.person'),
            CAST(strftime('%s', substr(json_extract(entry, '$.at'), 1, 19)) AS INTEGER) * 1000
              + CAST(substr(json_extract(entry, '$.at'), 21, 3) AS INTEGER)
          FROM (
            SELECT number, CAST(bytes AS TEXT) AS entry FROM ledger
              WHERE instr(bytes, CAST('"kind":"replayed"' AS BLOB)) > 0)
          WHERE json_extract(entry, '$.kind') = 'replayed' AND json_extract(entry, '$.data.replay') = 'watch'
          ORDER BY number
        """,
    ]
}
