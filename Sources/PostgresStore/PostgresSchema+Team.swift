#if Postgres
import Store

extension PostgresSchema {
    /// Sums of everybody for those who see nobody's rows: whole months that are over, and enough people.
    ///
    /// They ask what ``SQLTransaction`` asks where rows are seen.
    static func team(in schema: String) -> [String] {
        /// The sums of enough people, of whom nobody gave more than half.
        func isEnough(_ columns: [String]) -> String {
            (["count(*) >= greatest(fewest, \(SmallGroup.least))"]
                + columns.map { "2 * max(\($0)) <= sum(\($0))" }).joined(separator: " AND ")
        }
        return [
            """
            CREATE FUNCTION demand_month(starts bigint, ends bigint) RETURNS void LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              DECLARE
                first timestamp := to_timestamp(starts / 1000) AT TIME ZONE 'UTC';
              BEGIN
                IF \(schema).is_keeper() THEN RETURN; END IF;
                IF NOT \(schema).holds('representative') THEN RAISE insufficient_privilege
                  USING MESSAGE = 'sums of the team are for representatives'; END IF;
                IF first <> date_trunc('month', first) OR starts % 1000 <> 0
                  OR to_timestamp(ends / 1000.0) AT TIME ZONE 'UTC' <> first + interval '1 month'
                  OR ends + 777600000 > \(schema).lease_now() THEN
                  RAISE insufficient_privilege USING MESSAGE = 'sums of the team are of whole months that are over'; END IF;
              END $$
            """,
            """
            CREATE FUNCTION team_cells(starts bigint, ends bigint, fewest bigint)
              RETURNS TABLE (hazard bigint, minutes bigint, percent bigint) LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM demand_month(starts, ends);
                RETURN QUERY SELECT people.hazard, CAST(sum(visible) AS bigint) / 60000,
                    CAST(sum(dose) AS bigint) / 4896000
                  FROM (SELECT pieces.hazard, sum(pieces.visible) AS visible, sum(pieces.dose) AS dose FROM (
                      SELECT s.person, s.hazard, s.visible, s.dose FROM spans AS s
                        WHERE s.opened_at >= starts AND s.opened_at < ends AND s.closed_at IS NOT NULL
                      UNION ALL SELECT d.person, d.hazard, d.visible, d.dose FROM day_totals AS d
                        WHERE d.day >= starts / 86400000 AND d.day < ends / 86400000) AS pieces
                    GROUP BY pieces.person, pieces.hazard) AS people
                  GROUP BY people.hazard HAVING \(isEnough(["visible", "dose"])) ORDER BY people.hazard;
              END $$
            """,
            """
            CREATE FUNCTION team_decisions(starts bigint, ends bigint, fewest bigint) RETURNS bigint LANGUAGE plpgsql
              SECURITY DEFINER SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM demand_month(starts, ends);
                RETURN (SELECT CASE WHEN \(isEnough(["made"])) THEN CAST(sum(made) AS bigint) END
                  FROM (SELECT count(*) AS made FROM decisions
                    WHERE decided_at >= starts AND decided_at < ends AND undone_at IS NULL AND automatic IS NULL
                    GROUP BY person) AS people);
              END $$
            """,
        ]
    }
}
#endif
