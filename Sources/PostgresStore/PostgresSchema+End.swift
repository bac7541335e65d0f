#if Postgres
extension PostgresSchema {
    /// What takes hold of the ledger's end and moves it, all in the server.
    ///
    /// Whoever holds the end keeps everybody else waiting, so nothing that they do meanwhile goes over the network.
    static func endOfLedger(in schema: String) -> [String] {
        [
            // Those who wait for a row are all woken when it changes, to wait for it again; those who wait for this lock
            // are let in one after another. The row is locked as well, as versions before this one do alone.
            """
            CREATE FUNCTION hold_end() RETURNS void LANGUAGE plpgsql
              SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM pg_advisory_xact_lock(\(PostgresLock.end));
                PERFORM 1 FROM ledger_tree WHERE one = 1 FOR NO KEY UPDATE;
              END $$
            """,
            // The frontier is the tree's size in eight bytes and the roots of its perfect subtrees, the largest first; each
            // leaf is carried over those that it completes, as in a binary counter.
            """
            CREATE FUNCTION append_entries(entries bytea[]) RETURNS bigint LANGUAGE plpgsql
              SET search_path = \(schema), pg_temp AS $$
              DECLARE
                edge bytea; roots bytea; hash bytea; entry bytea; size bigint; carry bigint;
              BEGIN
                SELECT frontier INTO STRICT edge FROM ledger_tree WHERE one = 1 FOR NO KEY UPDATE;
                size := CAST(CAST('x' || encode(substr(edge, 1, 8), 'hex') AS bit(64)) AS bigint);
                roots := substr(edge, 9);
                FOREACH entry IN ARRAY entries LOOP
                  hash := sha256('\\x00'::bytea || entry);
                  INSERT INTO ledger VALUES (size, hash, entry);
                  carry := size;
                  WHILE carry & 1 = 1 LOOP
                    hash := sha256('\\x01'::bytea || substr(roots, length(roots) - 31) || hash);
                    roots := substr(roots, 1, length(roots) - 32);
                    carry := carry >> 1;
                  END LOOP;
                  roots := roots || hash;
                  size := size + 1;
                END LOOP;
                UPDATE ledger_tree SET frontier = int8send(size) || roots WHERE one = 1;
                RETURN size;
              END $$
            """,
        ]
    }

    /// Claims that have run out, without reading those that were decided since the server last swept the table.
    static let claimsByEnd = ["CREATE INDEX claims_end ON claims (expires_at)"]
}
#endif
