extension Schema {
    /// Fewer pages for a decision: each page that a transaction touches is written to the log and copied back later.
    ///
    /// There are no more claims than consoles, so any question to them is answered by reading them all. What an index
    /// over decisions by time or person told, `decisions_audit` tells as well. Posts in somebody's hands are found by
    /// their claims, and effects by the numbers of their decisions, which come in the order in which they fall due.
    static let lean = [
        "DROP INDEX claims_expiry",
        "DROP INDEX claims_person",
        "DROP INDEX decisions_standing",
        "DROP INDEX decisions_person",
        "DROP INDEX posts_place",
        "CREATE INDEX posts_place ON posts (state, shelf, rank) WHERE state <> 1",
        """
        CREATE TABLE new_outbox (
          decision INTEGER PRIMARY KEY, post TEXT NOT NULL, action TEXT NOT NULL, due_at INTEGER NOT NULL)
        """,
        """
        INSERT INTO new_outbox SELECT decisions.number, outbox.post, outbox.action, outbox.due_at
          FROM outbox JOIN decisions ON decisions.id = outbox.decision ORDER BY decisions.number
        """,
        "DROP TABLE outbox",
        "ALTER TABLE new_outbox RENAME TO outbox",
        // The counter of claims stands beside the edge of the ledger's tree, which every claim changes too.
        "ALTER TABLE ledger_tree ADD COLUMN fence INTEGER NOT NULL DEFAULT 0",
        "INSERT OR IGNORE INTO ledger_tree VALUES (1, x'0000000000000000', 0)",
        "UPDATE ledger_tree SET fence = (SELECT last FROM fences)",
        "DROP TABLE fences",
    ]
}
