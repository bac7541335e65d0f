#if Postgres
extension PostgresSchema {
    /// What the database refuses whoever asks, and what it refuses all but the tables' owner, who could take any guard
    /// away anyway.
    static func rowGuards(in schema: String) -> [String] {
        kept(in: schema) + entries(in: schema) + standing(in: schema) + roster(in: schema)
            + leaves(in: schema) + moves(in: schema) + numbersForAll(in: schema)
    }

    /// Nothing is deleted from what the ledger tells of, and a checkpoint is not signed over.
    private static func kept(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION refuse_loss() RETURNS trigger LANGUAGE plpgsql
              AS $$ BEGIN RAISE EXCEPTION '% are kept: none is ever deleted', TG_TABLE_NAME; END $$
            """,
            """
            CREATE FUNCTION refuse_signing_over() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              BEGIN
                IF \(schema).is_keeper() OR \(schema).holds('owner') THEN RETURN NEW; END IF;
                RAISE EXCEPTION 'a checkpoint is replaced by the site''s owner only';
              END $$
            """,
            guarding(
                "checkpoints", "BEFORE UPDATE", as: "checkpoints_stand", by: "refuse_signing_over", in: schema
            ),
        ]
            + ["decisions", "checkpoints", "limits", "erasures"].map {
                """
                CREATE TRIGGER \($0)_are_kept BEFORE DELETE OR TRUNCATE ON \($0)
                  FOR EACH STATEMENT EXECUTE FUNCTION \(schema).refuse_loss()
                """
            } + [
                """
                CREATE TRIGGER spans_are_kept BEFORE TRUNCATE ON spans
                  FOR EACH STATEMENT EXECUTE FUNCTION \(schema).refuse_loss()
                """
            ]
    }

    /// An entry is the next one, has the hash of its bytes, and tells of whoever logged in what their groups may do.
    private static func entries(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              DECLARE
                entry json; kind text; actor \(schema).words; own \(schema).words;
              BEGIN
                IF \(schema).is_keeper() THEN RETURN NEW; END IF;
                IF NEW.leaf <> sha256('\\x00'::bytea || NEW.bytes) THEN
                  RAISE EXCEPTION 'the leaf is not the hash of the entry'; END IF;
                IF NEW.number <> 0 AND NOT EXISTS (SELECT 1 FROM \(schema).ledger WHERE number = NEW.number - 1) THEN
                  RAISE EXCEPTION 'the entry is not the next one'; END IF;
                entry := convert_from(NEW.bytes, 'UTF8')::json;
                kind := entry ->> 'kind';
                actor := entry ->> 'person';
                IF actor IS NOT NULL THEN own := \(schema).me(); END IF;
                IF \(PostgresEntryRule.condition) THEN RETURN NEW; END IF;
                RAISE insufficient_privilege USING MESSAGE =
                  format('an entry "%s" by %s can''t be made by the login %s', kind, coalesce(actor, 'nobody'), session_user);
              END $$
            """,
            guarding(
                "ledger", "BEFORE INSERT", as: "ledger_tells_of_the_caller", by: "check_entry", in: schema),
        ]
    }

    /// A decision is undone once, and loses its note but gets no other; a charged span is not lessened.
    private static func standing(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              BEGIN
                IF \(schema).is_keeper() THEN RETURN NEW; END IF;
                IF OLD.undone_at IS NOT NULL AND NEW.undone_at IS DISTINCT FROM OLD.undone_at
                  OR NEW.note IS NOT NULL AND NEW.note IS DISTINCT FROM OLD.note THEN
                  RAISE EXCEPTION 'a decision stands as it was made, and is undone once'; END IF;
                RETURN NEW;
              END $$
            """,
            guarding("decisions", "BEFORE UPDATE", as: "decisions_stand", by: "keep_decision", in: schema),
            """
            CREATE FUNCTION keep_span() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              BEGIN
                IF \(schema).is_keeper() THEN RETURN NEW; END IF;
                IF (NEW.id, NEW.person, NEW.post, NEW.shift, NEW.hazard, NEW.opened_at)
                    IS DISTINCT FROM (OLD.id, OLD.person, OLD.post, OLD.shift, OLD.hazard, OLD.opened_at)
                  OR OLD.closed_at IS NOT NULL
                    AND (NEW.closed_at IS NULL OR NEW.visible < OLD.visible OR NEW.dose < OLD.dose) THEN
                  RAISE EXCEPTION 'what was seen stays what it was, and is never charged less'; END IF;
                RETURN NEW;
              END $$
            """,
            guarding("spans", "BEFORE UPDATE", as: "spans_stand", by: "keep_span", in: schema),
        ]
    }

    /// A trigger that asks a function of every row.
    static func guarding(
        _ table: String, _ moment: String, as name: String, by function: String, in schema: String
    ) -> String {
        "CREATE TRIGGER \(name) \(moment) ON \(table) FOR EACH ROW EXECUTE FUNCTION \(schema).\(function)()"
    }

    /// Whoever is no lead changes nothing on the roster but what they never want to be shown themselves.
    private static func roster(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              DECLARE
                was jsonb := CAST(OLD.card AS jsonb) - 'optOuts'; is_now jsonb := CAST(NEW.card AS jsonb) - 'optOuts';
              BEGIN
                IF \(schema).is_keeper() OR \(schema).holds('lead') THEN RETURN NEW; END IF;
                IF (NEW.id, NEW."user", NEW.name, NEW.active) IS DISTINCT FROM (OLD.id, OLD."user", OLD.name, OLD.active)
                  OR NOT (is_now @> was AND was @> is_now) THEN
                  RAISE insufficient_privilege USING MESSAGE = 'who works here, and as what, is changed by leads'; END IF;
                RETURN NEW;
              END $$
            """,
            guarding("people", "BEFORE UPDATE", as: "people_stand", by: "keep_person", in: schema),
        ]
    }

    /// Whom a leave is for can consent to it once it is signed, or say no, and change nothing else of it.
    private static func leaves(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION keep_leave() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              DECLARE
                answers CONSTANT text[] := ARRAY['consentedAt', 'shift', 'limitsVersion', 'declinedAt'];
                was jsonb; is_now jsonb := NEW.card;
              BEGIN
                IF \(schema).is_keeper() OR \(schema).holds('lead') THEN RETURN NEW; END IF;
                SELECT card INTO was FROM \(schema).overrides WHERE id = NEW.id AND person = \(schema).me() AND person = NEW.person;
                IF was IS NULL OR (was - answers) <> (is_now - answers)
                  OR is_now ? 'consentedAt' AND (was -> 'isCountersigned') <> 'true' THEN
                  RAISE insufficient_privilege USING MESSAGE = 'a leave is asked for and signed by leads'; END IF;
                RETURN NEW;
              END $$
            """,
            guarding(
                "overrides", "BEFORE INSERT OR UPDATE", as: "overrides_stand", by: "keep_leave", in: schema),
        ]
    }

    /// A post leaves somebody's hands by their own doing, or when their lease has run out; a decision is taken back by
    /// who made it.
    private static func moves(in schema: String) -> [String] {
        [
            """
            CREATE FUNCTION keep_place() RETURNS trigger LANGUAGE plpgsql
              SET search_path = pg_catalog, pg_temp AS $$
              BEGIN
                IF \(schema).is_keeper() OR \(schema).holds('lead') OR \(schema).holds('gateway') THEN RETURN NEW; END IF;
                IF (CASE OLD.state
                  WHEN 0 THEN NEW.state IN (1, 2)
                  WHEN 1 THEN NEW.state <> 4 AND EXISTS (SELECT 1 FROM \(schema).claims
                    WHERE post = OLD.number AND (person = \(schema).me() OR expires_at <= \(schema).lease_now()))
                  WHEN 2 THEN NEW.state IN (0, 1) AND EXISTS (SELECT 1 FROM \(schema).decisions
                    WHERE number = OLD.decision AND person = \(schema).me())
                  ELSE false END) THEN RETURN NEW; END IF;
                RAISE insufficient_privilege USING MESSAGE = 'the post is in somebody else''s hands, or decided by them';
              END $$
            """,
            """
            CREATE TRIGGER posts_stay BEFORE UPDATE OF state ON posts
              FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION \(schema).keep_place()
            """,
        ]
    }

    /// Rows are numbered among all, also among those that the caller can't see.
    private static func numbersForAll(in schema: String) -> [String] {
        numbered.map {
            "ALTER FUNCTION \(schema).number_\($0)() SECURITY DEFINER SET search_path = \(schema), pg_temp"
        }
    }
}
#endif
