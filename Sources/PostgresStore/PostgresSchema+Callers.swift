#if Postgres
extension PostgresSchema {
    /// Who asks, as the database itself knows it: the name that the session logged in with, which no `SET ROLE` and no
    /// setting changes.
    static func callers(in schema: String) -> [String] {
        [
            // The person on the roster whose account that is; nobody else can be meant by "own" below.
            // In PL/pgSQL, here and below, whose sessions keep plans: these are asked in most statements.
            """
            CREATE FUNCTION me() RETURNS words LANGUAGE plpgsql STABLE SECURITY DEFINER
              SET search_path = \(schema), pg_temp
              AS $$ BEGIN RETURN (SELECT id FROM people WHERE "user" = CAST(session_user AS text) AND active = 1); END $$
            """,
            // Whether their login is in a group; groups that were never made hold nobody.
            """
            CREATE FUNCTION holds(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE
              SET search_path = pg_catalog, pg_temp
              AS $$ BEGIN RETURN \(isMember(of: "'\(PostgresGroup.prefix)' || wanted")); END $$
            """,
            // Whether they own the tables, and so could take any guard away.
            """
            CREATE FUNCTION is_keeper() RETURNS boolean LANGUAGE plpgsql STABLE
              SET search_path = pg_catalog, pg_temp
              AS $$ BEGIN RETURN pg_has_role(session_user,
                (SELECT relowner FROM pg_class WHERE oid = CAST('\(schema).ledger' AS regclass)), 'MEMBER'); END $$
            """,
            // By which leases are measured, whatever a client's clock says.
            """
            CREATE FUNCTION lease_now() RETURNS bigint LANGUAGE plpgsql VOLATILE
              SET search_path = pg_catalog, pg_temp
              AS $$ BEGIN RETURN floor(extract(epoch FROM clock_timestamp()) * 1000); END $$
            """,
        ] + ownLimits(in: schema) + doneByOwner(in: schema)
    }

    /// SQL that says whether the login is in a group, given by SQL for its name; cheap enough to be asked for every row.
    static func isMember(of group: String) -> String {
        "coalesce(pg_has_role(session_user, CAST(to_regrole(\(group)) AS oid), 'MEMBER'), false)"
    }

    /// A person's own lower limit is in a column that nobody may read: only through these, and only their own.
    private static func ownLimits(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION own_limit(who words) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
              SET search_path = \(schema), pg_temp
              AS $$ SELECT personal_limit FROM people WHERE id = who AND (id = \(schema).me() OR \(schema).is_keeper()) $$
            """,
            """
            CREATE FUNCTION set_own_limit(percent bigint, who words) RETURNS void LANGUAGE sql SECURITY DEFINER
              SET search_path = \(schema), pg_temp
              AS $$ UPDATE people SET personal_limit = percent WHERE id = who AND (id = \(schema).me() OR \(schema).is_keeper()) $$
            """,
        ]
    }

    /// The same question where a session keeps its plan: it is asked by each decision.
    static func plannedOwnLimit(in schema: String) -> [String] {
        [
            """
            CREATE OR REPLACE FUNCTION own_limit(who words) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER
              SET search_path = \(schema), pg_temp
              AS $$ BEGIN RETURN (SELECT personal_limit FROM people WHERE id = who
                AND (id = \(schema).me() OR \(schema).is_keeper())); END $$
            """
        ]
    }

    /// What only the tables' owner could do, in the one form in which others need it.
    private static func doneByOwner(in schema: String) -> [String] {
        [
            // A bundle that asks for authors' histories needs an index.
            """
            CREATE FUNCTION keep_history(wanted boolean) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = \(schema), pg_temp AS $$
              BEGIN
                IF NOT (is_keeper() OR holds('lead')) THEN RAISE insufficient_privilege
                  USING MESSAGE = 'policies are put in force by leads'; END IF;
                IF wanted THEN CREATE INDEX IF NOT EXISTS posts_author ON posts (author, taken_in_at);
                ELSE DROP INDEX IF EXISTS posts_author; END IF;
              END $$
            """,
            // An erased post's drafts go with it, though no lead may read them.
            """
            CREATE FUNCTION sweep_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = \(schema), pg_temp AS $$
              BEGIN
                DELETE FROM drafts WHERE post = (SELECT id FROM posts WHERE number = NEW.post);
                RETURN NEW;
              END $$
            """,
            guarding("erasures", "AFTER INSERT", as: "erasures_sweep", by: "sweep_erased", in: schema),
        ]
    }
}
#endif
