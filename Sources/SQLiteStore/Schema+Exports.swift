extension Schema {
    /// For which decisions statements of reasons were exported, and when first.
    static let exports = [
        "CREATE TABLE statements (decision INTEGER PRIMARY KEY, at INTEGER NOT NULL)"
    ]

    /// The number of the ledger's entry that tells of it.
    static let toldStatements = [
        "ALTER TABLE statements ADD COLUMN entry INTEGER NOT NULL DEFAULT 0"
    ]
}
