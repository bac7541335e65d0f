#if Postgres
import Store

/// The tables, as a list of steps that only ever grows; in spirit those of SQLite's schema, column by column in the
/// same order.
enum PostgresSchema {
    /// The steps from an empty schema to today's form; `schema_version` says how many were taken.
    ///
    /// - Parameter schema: where they are taken; functions are never looked for in a session's temporary schema.
    static func steps(in schema: String) -> [[String]] {
        [
            version + words + site + posts + work + exposure + ledger + audits + own + grouping
                + numbering(in: schema) + guards(in: schema),
            callers(in: schema) + rowGuards(in: schema) + rows(in: schema) + team(in: schema),
            plannedOwnLimit(in: schema),
            endOfLedger(in: schema) + claimsByEnd,
            team(in: schema) + entriesTold(in: schema) + objectionsTold(in: schema),
        ]
    }

    static let stepCount = steps(in: "releve").count

    /// Tables in which words stood that may have been erased.
    static let tablesWithWords = [
        "contents", "former_contents", "posts", "former_evaluations", "decisions", "drafts", "marks",
        "rejected",
        "handovers", "likenesses", "people",
    ]

    /// Makes sure that the tables are there and in today's form.
    ///
    /// - Parameter mark: what the store is marked with, as part of a copy.
    static func prepare(_ connection: PostgresConnection, creating: Bool, marked mark: CopyMark? = nil)
        throws(StoreError)
    {
        if try stepsTaken(connection, creating: creating, marked: mark) == stepCount { return }
        guard try mayChange(connection) else {
            throw .unusable(
                connection.place.description,
                reason: "its tables are of an earlier version; whoever owns them opens it with this one first"
            )
        }
        try connection.tell("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresLock.schema))")
        do throws(StoreError) {
            // Asked again: another process may have been first.
            let taken = try stepsTaken(connection, creating: creating, marked: mark)
            if taken == 0 { try connection.tell("CREATE SCHEMA releve") }
            for step in steps(in: "releve")[taken...] {
                for statement in step { try connection.tell(statement) }
            }
            try connection.tell("UPDATE schema_version SET steps = \(stepCount); COMMIT")
        } catch {
            try? connection.tell("ROLLBACK")
            throw error
        }
    }

    private static let version = [
        "CREATE TABLE schema_version (one BIGINT PRIMARY KEY CHECK (one = 1), steps BIGINT NOT NULL)",
        "INSERT INTO schema_version VALUES (1, 0)",
    ]

    /// Whether there are no tables yet, or they belong to who asks.
    private static func mayChange(_ connection: PostgresConnection) throws(StoreError) -> Bool {
        var none = PostgresValues()
        let answer = try connection.runOnce(
            """
            SELECT coalesce(bool_and(pg_has_role(session_user, nspowner, 'MEMBER')), true) FROM pg_namespace
              WHERE nspname = 'releve'
            """, &none)
        return answer.integer(0, 0) == 1
    }

    private static func stepsTaken(_ connection: PostgresConnection, creating: Bool, marked: CopyMark?)
        throws(StoreError) -> Int
    {
        let place = connection.place.description
        guard let number = try number(connection) else {
            guard creating else { throw .missing(place) }
            return 0
        }
        let mark = CopyMark(number: number)
        guard mark == marked else {
            throw mark.map { .closed(place, $0) } ?? .damaged("the mark of a copy in \(place)")
        }
        let taken = mark?.schema ?? number
        guard taken <= stepCount else { throw .tooNew(place, schema: number) }
        guard mark == nil || taken == stepCount else {
            throw .inUse(place, reason: "the copy was begun by another version of releve")
        }
        return taken
    }

    /// What stands for the schema's number; `nil` where there are no tables yet.
    static func number(_ connection: PostgresConnection) throws(StoreError) -> Int? {
        func integer(_ sql: String) throws(StoreError) -> Int {
            var none = PostgresValues()
            let result = try connection.runOnce(sql, &none)
            return result.rows > 0 ? Int(result.integer(0, 0)) : 0
        }
        guard try integer("SELECT count(*) FROM pg_namespace WHERE nspname = 'releve'") > 0 else {
            return nil
        }
        guard try integer("SELECT to_regclass('releve.schema_version') IS NOT NULL") == 1 else {
            throw .unusable(
                connection.place.description, reason: "its schema releve is of another program")
        }
        return try integer("SELECT steps FROM releve.schema_version")
    }

    // MARK: What SQLite's SQL is made of

    private static let words = [
        // Text in the order of its bytes, whatever the database's language.
        "CREATE DOMAIN words AS text COLLATE \"C\"",
        """
        CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
          AS 'SELECT CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE greatest($1, $2) END'
        """,
        """
        CREATE FUNCTION instr(bytea, bytea) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
          AS 'SELECT CAST(position($2 IN $1) AS bigint)'
        """,
        "CREATE AGGREGATE total(bigint) (SFUNC = int8pl, STYPE = bigint, INITCOND = '0', PARALLEL = SAFE, COMBINEFUNC = int8pl)",
    ]

    // MARK: Tables

    private static let site = [
        """
        CREATE TABLE site (
          one BIGINT PRIMARY KEY CHECK (one = 1), name words NOT NULL, demo BIGINT NOT NULL,
          public_key words NOT NULL, created_at BIGINT NOT NULL, form BIGINT NOT NULL)
        """,
        "CREATE TABLE bundles (number BIGINT PRIMARY KEY, digest words NOT NULL UNIQUE, canonical words NOT NULL)",
        "CREATE TABLE bundles_in_force (number BIGINT PRIMARY KEY, bundle BIGINT NOT NULL, since BIGINT NOT NULL)",
        "CREATE TABLE limits (number BIGINT PRIMARY KEY, card words NOT NULL, set_by words, since BIGINT NOT NULL)",
        // The roster: the only table that knows who is behind a pseudonym.
        """
        CREATE TABLE people (
          id words PRIMARY KEY, "user" words NOT NULL, name words NOT NULL, active BIGINT NOT NULL,
          card words NOT NULL, personal_limit BIGINT, salt BYTEA)
        """,
        "CREATE UNIQUE INDEX people_user ON people (\"user\") WHERE active = 1",
    ]

    private static let posts = [
        """
        CREATE TABLE sources (
          number BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name words NOT NULL UNIQUE,
          posts BIGINT NOT NULL)
        """,
        """
        CREATE TABLE shelves (
          number BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, hazard BIGINT NOT NULL,
          language words NOT NULL, policies words NOT NULL, UNIQUE (hazard, language, policies))
        """,
        """
        CREATE TABLE shelf_counts (
          state BIGINT NOT NULL, shelf BIGINT NOT NULL, posts BIGINT NOT NULL, PRIMARY KEY (state, shelf))
        """,
        """
        CREATE TABLE posts (
          number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, source BIGINT NOT NULL,
          taken_in_at BIGINT NOT NULL, version BIGINT NOT NULL, state BIGINT NOT NULL, shelf BIGINT NOT NULL,
          rank BIGINT NOT NULL, flags BIGINT NOT NULL, deadline BIGINT, bundle BIGINT NOT NULL, findings BYTEA,
          action words, policy words, rule words, author BIGINT, aside BYTEA, evaluated_at BIGINT,
          decision BIGINT)
        """,
        "CREATE VIEW post_ids AS SELECT id, number FROM posts",
        // What waits is found in an index of its own, which stays small however many posts are done.
        "CREATE INDEX posts_waiting ON posts (shelf, rank, number) WHERE state = 0",
        "CREATE INDEX posts_place ON posts (state, shelf, rank, number) WHERE state <> 1 AND state <> 0",
        "CREATE INDEX posts_deadline ON posts (shelf, deadline, number) WHERE state = 0 AND deadline IS NOT NULL",
        """
        CREATE TABLE contents (
          post BIGINT PRIMARY KEY, version BIGINT NOT NULL, salt BYTEA, digest BYTEA NOT NULL, bytes BYTEA)
        """,
        """
        CREATE TABLE former_contents (
          post BIGINT NOT NULL, version BIGINT NOT NULL, salt BYTEA, digest BYTEA NOT NULL, bytes BYTEA,
          PRIMARY KEY (post, version))
        """,
        """
        CREATE TABLE former_evaluations (
          number BIGINT PRIMARY KEY, post BIGINT NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL,
          bundle BIGINT NOT NULL, hazard BIGINT NOT NULL, findings BYTEA, action words, policy words, rule words,
          aside BYTEA)
        """,
        "CREATE INDEX former_evaluations_post ON former_evaluations (post)",
        """
        CREATE TABLE erasures (
          post BIGINT PRIMARY KEY, at BIGINT NOT NULL, person words NOT NULL, reason words NOT NULL,
          authority words NOT NULL, note words, salt BYTEA NOT NULL)
        """,
        """
        CREATE TABLE rejected (
          number BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, file words NOT NULL, line BIGINT NOT NULL,
          reason words NOT NULL, bytes BYTEA NOT NULL, at BIGINT NOT NULL)
        """,
    ]

    private static let work = [
        """
        CREATE TABLE claims (
          post BIGINT PRIMARY KEY, id words NOT NULL, person words NOT NULL, fence BIGINT NOT NULL,
          claimed_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
        """,
        "CREATE TABLE drafts (post words NOT NULL, person words NOT NULL, card words NOT NULL, PRIMARY KEY (post, person))",
        "CREATE TABLE skips (person words NOT NULL, post BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (person, post))",
        """
        CREATE TABLE decisions (
          number BIGINT PRIMARY KEY, id words NOT NULL UNIQUE, post words NOT NULL, version BIGINT NOT NULL,
          person words NOT NULL, action words NOT NULL, policy words, rule words, note words,
          recommended_action words, recommended_policy words, recommended_rule words, bundle words NOT NULL,
          decided_at BIGINT NOT NULL, undone_at BIGINT, automatic words, author BIGINT,
          hazard BIGINT NOT NULL DEFAULT 0, language words NOT NULL DEFAULT '', differs BIGINT,
          entry BIGINT NOT NULL DEFAULT 0, undone_entry BIGINT NOT NULL DEFAULT 0, note_salt BYTEA,
          applied_from words, before BIGINT, due_at BIGINT)
        """,
        "CREATE INDEX decisions_time ON decisions (decided_at, number)",
        "CREATE INDEX decisions_person ON decisions (person, decided_at)",
        "CREATE VIEW decision_numbers AS SELECT id, number FROM decisions",
        """
        CREATE INDEX decisions_removals ON decisions (author, decided_at)
          WHERE undone_at IS NULL AND action IN ('remove', 'suspend')
        """,
        """
        CREATE INDEX decisions_automatic ON decisions (decided_at)
          WHERE undone_at IS NULL AND automatic IS NOT NULL
        """,
        "CREATE INDEX decisions_applied ON decisions (applied_from) WHERE applied_from IS NOT NULL",
        "CREATE TABLE statements (decision BIGINT PRIMARY KEY, at BIGINT NOT NULL, entry BIGINT NOT NULL DEFAULT 0)",
        """
        CREATE TABLE automations (
          number BIGINT PRIMARY KEY, bundle words NOT NULL, rule words NOT NULL, action words NOT NULL,
          approved_by words NOT NULL, reason words NOT NULL, since BIGINT NOT NULL, ended_at BIGINT, salt BYTEA)
        """,
        "CREATE UNIQUE INDEX automations_standing ON automations (bundle, rule) WHERE ended_at IS NULL",
        """
        CREATE TABLE objections (
          number BIGINT PRIMARY KEY, rule words NOT NULL, policy words NOT NULL, post words NOT NULL,
          version BIGINT NOT NULL, bundle words NOT NULL, person words NOT NULL, at BIGINT NOT NULL,
          UNIQUE (rule, post, version, person))
        """,
    ]

    private static let exposure = [
        """
        CREATE TABLE spans (
          id words PRIMARY KEY, person words NOT NULL, post words, shift words, hazard BIGINT NOT NULL,
          opened_at BIGINT NOT NULL, visible BIGINT NOT NULL, closed_at BIGINT, limits_version BIGINT NOT NULL,
          dose BIGINT NOT NULL, closed_by words, ends_at BIGINT NOT NULL)
        """,
        "CREATE INDEX spans_person ON spans (person, ends_at)",
        "CREATE INDEX spans_open ON spans (person) WHERE closed_at IS NULL",
        """
        CREATE TABLE shifts (
          id words PRIMARY KEY, person words NOT NULL, started_at BIGINT NOT NULL, ended_at BIGINT,
          card words NOT NULL)
        """,
        "CREATE INDEX shifts_person ON shifts (person, started_at)",
        """
        CREATE TABLE day_totals (
          person words NOT NULL, day BIGINT NOT NULL, hazard BIGINT NOT NULL, visible BIGINT NOT NULL,
          dose BIGINT NOT NULL, ends_at BIGINT NOT NULL, PRIMARY KEY (person, day, hazard))
        """,
        "CREATE INDEX day_totals_end ON day_totals (person, ends_at)",
        """
        CREATE TABLE taken_days (
          person words NOT NULL, source words NOT NULL, day BIGINT NOT NULL, ends_at BIGINT NOT NULL,
          dose BIGINT NOT NULL, site_key words NOT NULL, salt BYTEA NOT NULL, PRIMARY KEY (person, source, day))
        """,
    ]

    private static let ledger = [
        "CREATE TABLE ledger (number BIGINT PRIMARY KEY, leaf BYTEA NOT NULL, bytes BYTEA NOT NULL)",
        """
        CREATE TABLE ledger_tree (
          one BIGINT PRIMARY KEY CHECK (one = 1), frontier BYTEA NOT NULL, fence BIGINT NOT NULL DEFAULT 0)
          WITH (fillfactor = 50)
        """,
        "INSERT INTO ledger_tree VALUES (1, '\\x0000000000000000', 0)",
        "CREATE SEQUENCE fences",
        // What transactions left behind that committed, by random names.
        "CREATE TABLE commits (key BYTEA PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT now())",
        "CREATE TABLE checkpoints (size BIGINT PRIMARY KEY, note words NOT NULL, at BIGINT NOT NULL)",
    ]
}
#endif
