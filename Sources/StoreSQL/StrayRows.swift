/// Rows that nothing leads to, or that lead elsewhere than they should: queries that count them, for both engines.
package struct StrayRows {
    /// The table they are in.
    package let table: String
    /// Gives 0 where all is well.
    package let query: String

    /// All that is looked for in a store whose ledger has so many entries.
    package static func all(ledgerSize: Int64) -> [StrayRows] {
        [
            StrayRows(
                "contents", "SELECT count(*) FROM contents WHERE post NOT IN (SELECT number FROM posts)"),
            StrayRows(
                "shelf_counts",
                "SELECT count(*) FROM shelf_counts WHERE shelf NOT IN (SELECT number FROM shelves)"),
            StrayRows("ledger_tree", "SELECT count(*) <> 1 FROM ledger_tree"),
            StrayRows("decisions", unchainedDecisions),
            StrayRows("posts", wronglyChainedPosts),
            // Rows beyond a gap, where nobody who reads in order comes.
            StrayRows("ledger", "SELECT count(*) FROM ledger WHERE number < 0 OR number >= \(ledgerSize)"),
        ]
    }

    /// Says where to look.
    package init(_ table: String, _ query: String) {
        self.table = table
        self.query = query
    }

    /// Decisions to which the one after them on the same post, or that post, doesn't lead.
    private static let unchainedDecisions = """
        SELECT count(*) FROM (
            SELECT number, post, before, lag(number) OVER on_post AS former, lead(number) OVER on_post AS later
              FROM decisions WINDOW on_post AS (PARTITION BY post ORDER BY number)) AS chained
          WHERE before IS DISTINCT FROM former OR later IS NULL AND number IS DISTINCT FROM
            (SELECT decision FROM posts WHERE number = (SELECT number FROM post_ids WHERE id = post))
        """
    private static let wronglyChainedPosts = """
        SELECT count(*) FROM posts LEFT JOIN decisions ON decisions.number = decision
          WHERE decision IS NOT NULL AND post IS DISTINCT FROM posts.id
        """
}
