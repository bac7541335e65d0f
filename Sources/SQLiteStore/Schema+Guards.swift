extension Schema {
    /// What lets every row be held against the ledger: the salts of words that entries commit to, since when the
    /// site's entries tell all of it, and what was erased.
    static let guards = [
        "ALTER TABLE site ADD COLUMN form INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE people ADD COLUMN salt BLOB",
        "ALTER TABLE decisions ADD COLUMN note_salt BLOB",
        "ALTER TABLE automations ADD COLUMN salt BLOB",
        """
        CREATE TABLE erasures (
          post INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, reason TEXT NOT NULL,
          authority TEXT NOT NULL, note TEXT, salt BLOB NOT NULL)
        """,
    ]
}
