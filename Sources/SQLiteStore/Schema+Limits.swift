extension Schema {
    /// Limits that are proposed, who is shown those that were loosened, who refused them, and leaves for one shift.
    static let limits = [
        "CREATE TABLE limit_proposals (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, card TEXT NOT NULL)",
        """
        CREATE TABLE limit_notices (
          number INTEGER PRIMARY KEY, version INTEGER NOT NULL, person TEXT NOT NULL, acknowledged_at INTEGER,
          UNIQUE (version, person))
        """,
        "CREATE INDEX limit_notices_person ON limit_notices (person)",
        // Of no entry: whether somebody refused is nobody else's business.
        """
        CREATE TABLE limit_refusals (
          version INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (person, version)) WITHOUT ROWID
        """,
        """
        CREATE TABLE overrides (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, shift TEXT,
          card TEXT NOT NULL)
        """,
        "CREATE INDEX overrides_person ON overrides (person)",
        "CREATE INDEX overrides_shift ON overrides (shift) WHERE shift IS NOT NULL",
    ]
}
