#if Postgres
import Ledger
import Moderation
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
            CREATE OR REPLACE FUNCTION demand_month(starts bigint, ends bigint) RETURNS void LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              DECLARE
                first timestamp := to_timestamp(starts / 1000) AT TIME ZONE 'UTC';
              BEGIN
                IF \(schema).is_keeper() THEN RETURN; END IF;
                IF NOT \(schema).holds('representative') THEN RAISE insufficient_privilege
                  USING MESSAGE = 'sums of the team are for representatives'; END IF;
                IF first <> date_trunc('month', first) OR starts % 1000 <> 0
                  OR to_timestamp(ends / 1000.0) AT TIME ZONE 'UTC' <> first + interval '1 month'
                  OR ends + \(TeamMonth.delay.wholeMilliseconds) > \(schema).lease_now() THEN
                  RAISE insufficient_privilege USING MESSAGE = 'sums of the team are of whole months that are over'; END IF;
              END $$
            """,
            """
            CREATE OR REPLACE FUNCTION team_cells(starts bigint, ends bigint, fewest bigint)
              RETURNS TABLE (hazard bigint, minutes bigint, percent bigint) LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM demand_month(starts, ends);
                RETURN QUERY SELECT people.hazard, CAST(sum(visible) AS bigint) / 60000,
                    CAST(sum(dose) AS bigint) / 4896000
                  FROM (SELECT pieces.hazard, sum(pieces.visible) AS visible, sum(pieces.dose) AS dose FROM (
                      SELECT s.person, s.hazard, s.visible, s.dose FROM spans AS s
                        WHERE s.opened_at >= starts AND s.opened_at < ends
                      UNION ALL SELECT d.person, d.hazard, d.visible, d.dose FROM day_totals AS d
                        WHERE d.day >= starts / 86400000 AND d.day < ends / 86400000) AS pieces
                    GROUP BY pieces.person, pieces.hazard) AS people
                  GROUP BY people.hazard HAVING \(isEnough(["visible", "dose"])) ORDER BY people.hazard;
              END $$
            """,
            """
            CREATE OR REPLACE FUNCTION team_decisions(starts bigint, ends bigint, fewest bigint) RETURNS bigint LANGUAGE plpgsql
              SECURITY DEFINER SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM demand_month(starts, ends);
                RETURN (SELECT CASE WHEN \(isEnough(["made"])) THEN CAST(sum(made) AS bigint) END
                  FROM (SELECT count(*) AS made FROM decisions
                    WHERE decided_at >= starts AND decided_at < ends AND automatic IS NULL
                      AND (undone_at IS NULL OR undone_at >= ends + \(TeamMonth.delay.wholeMilliseconds))
                    GROUP BY person) AS people);
              END $$
            """,
        ]
    }

    /// Counts of overrides and of objections for representatives; whose they are is in no answer.
    static func objectionsTold(in schema: String) -> [String] {
        let readers = ["moderator", "lead", "auditor", "representative"].map {
            "(SELECT \(schema).holds('\($0)'))"
        }.joined(separator: " OR ")
        return [
            """
            CREATE OR REPLACE FUNCTION team_overrides(starts bigint, ends bigint) RETURNS TABLE (asked bigint, agreed bigint)
              LANGUAGE plpgsql SECURITY DEFINER SET search_path = \(schema), pg_temp AS $$
              BEGIN
                PERFORM demand_month(starts, ends);
                RETURN QUERY SELECT count(*), count(*) FILTER (WHERE CAST(c ->> 'consentedAt' AS bigint) < ends + \(TeamMonth.delay.wholeMilliseconds))
                  FROM (SELECT CAST(card AS jsonb) AS c FROM overrides) AS cards
                  WHERE CAST(c ->> 'requestedAt' AS bigint) >= starts AND CAST(c ->> 'requestedAt' AS bigint) < ends;
              END $$
            """,
            "DROP POLICY objections_select ON objections",
            "CREATE POLICY objections_select ON objections FOR SELECT USING (\(readers))",
        ]
    }

    /// Entries as far as logins that see nobody's rows may read them: of others' exposure, and for those who don't work
    /// with posts of others' work too, the kind and the time are left.
    static func entriesTold(in schema: String) -> [String] {
        func list(_ belongs: (EntryKind) -> Bool) -> String {
            EntryKind.allCases.filter(belongs).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        }
        return [
            """
            CREATE OR REPLACE FUNCTION told_entries(first bigint, most bigint)
              RETURNS TABLE (number bigint, bytes bytea, leaf bytea, withheld bigint) LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = \(schema), pg_temp AS $$
              DECLARE
                own words := me(); works boolean := holds('moderator');
              BEGIN
                RETURN QUERY SELECT told.number,
                    CASE WHEN told.is_open THEN told.bytes ELSE convert_to(format(
                      '{"at":"%s","data":{"withheld":true},"kind":"%s","v":1}', told.at, told.kind), 'UTF8') END,
                    told.leaf, CASE WHEN told.is_open THEN 0::bigint ELSE 1::bigint END
                  FROM (SELECT entries.number, entries.bytes, entries.leaf, entries.entry ->> 'at' AS at,
                      entries.entry ->> 'kind' AS kind,
                      coalesce(entries.entry ->> 'person' = own, false)
                        OR entries.entry ->> 'kind' NOT IN (\(list(\.isPersonal)))
                          AND (works OR entries.entry ->> 'person' IS NULL
                            OR entries.entry ->> 'kind' NOT IN (\(list(\.isWork)))) AS is_open
                    FROM (SELECT l.number, l.bytes, l.leaf, convert_from(l.bytes, 'UTF8')::json AS entry FROM ledger AS l
                      WHERE l.number >= first ORDER BY l.number LIMIT most) AS entries) AS told
                  ORDER BY told.number;
              END $$
            """
        ]
    }
}
#endif
