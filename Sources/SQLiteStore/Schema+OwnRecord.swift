extension Schema {
    /// What stands in the place of settled spans, what people brought along and handed over, and working conditions.
    static let ownRecord = [
        """
        CREATE TABLE day_totals (
          person TEXT NOT NULL, day INTEGER NOT NULL, hazard INTEGER NOT NULL, visible INTEGER NOT NULL,
          dose INTEGER NOT NULL, ends_at INTEGER NOT NULL, PRIMARY KEY (person, day, hazard)) WITHOUT ROWID
        """,
        "CREATE INDEX day_totals_end ON day_totals (person, ends_at)",
        """
        CREATE TABLE taken_days (
          person TEXT NOT NULL, source TEXT NOT NULL, day INTEGER NOT NULL, ends_at INTEGER NOT NULL,
          dose INTEGER NOT NULL, site_key TEXT NOT NULL, salt BLOB NOT NULL, PRIMARY KEY (person, source, day))
          WITHOUT ROWID
        """,
        """
        CREATE TABLE conditions (
          number INTEGER PRIMARY KEY, card TEXT NOT NULL, set_by TEXT NOT NULL, since INTEGER NOT NULL)
        """,
        // The record itself and its salt are gone once it was taken back.
        """
        CREATE TABLE handovers (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, physician TEXT NOT NULL,
          at INTEGER NOT NULL, revoked_at INTEGER, salt BLOB, record BLOB)
        """,
        "CREATE INDEX handovers_person ON handovers (person)",
        "CREATE INDEX handovers_physician ON handovers (physician) WHERE revoked_at IS NULL",
        """
        CREATE TABLE handover_looks (
          number INTEGER PRIMARY KEY, handover TEXT NOT NULL, physician TEXT NOT NULL, at INTEGER NOT NULL)
        """,
        "CREATE INDEX handover_looks_of ON handover_looks (handover)",
    ]
}
