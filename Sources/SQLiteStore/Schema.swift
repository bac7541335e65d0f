/// The tables, as a list of steps that only ever grows.
enum Schema {
    /// Tells our files from other SQLite files: "Rlve".
    static let applicationID: Int32 = 0x526C_7665

    /// The steps from an empty file to today's form; `user_version` says how many a file has taken.
    static let steps: [[String]] = [
        site + posts + work + exposure + ledger, names + evaluations, checkpoints, formerEvaluations,
        auditing, guards, exports, toldStatements, lean, ownRecord, limits, grouping, own, chains,
        knownMoments,
    ]

    private static let site = [
        """
        CREATE TABLE site (
          one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL, demo INTEGER NOT NULL,
          public_key TEXT NOT NULL, created_at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE bundles (
          number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, canonical TEXT NOT NULL)
        """,
        "CREATE TABLE bundles_in_force (number INTEGER PRIMARY KEY, bundle INTEGER NOT NULL, since INTEGER NOT NULL)",
        """
        CREATE TABLE limits (
          number INTEGER PRIMARY KEY, card TEXT NOT NULL, set_by TEXT, since INTEGER NOT NULL)
        """,
        // The roster: the only table that knows who is behind a pseudonym.
        """
        CREATE TABLE people (
          id TEXT PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, active INTEGER NOT NULL,
          card TEXT NOT NULL, personal_limit INTEGER) WITHOUT ROWID
        """,
        "CREATE UNIQUE INDEX people_user ON people (user) WHERE active",
    ]

    private static let posts = [
        "CREATE TABLE sources (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, posts INTEGER NOT NULL)",
        // Posts of one hazard and language whose findings are of the same policies. There are few shelves, so
        // any wish for posts is answered by looking at the top of each that fits.
        """
        CREATE TABLE shelves (
          number INTEGER PRIMARY KEY, hazard INTEGER NOT NULL, language TEXT NOT NULL, policies TEXT NOT NULL,
          UNIQUE (hazard, language, policies))
        """,
        """
        CREATE TABLE shelf_counts (
          state INTEGER NOT NULL, shelf INTEGER NOT NULL, posts INTEGER NOT NULL, PRIMARY KEY (state, shelf))
          WITHOUT ROWID
        """,
        // The rank is the priority negated, so that the order of the queue is the order of the index.
        """
        CREATE TABLE posts (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL,
          taken_in_at INTEGER NOT NULL, version INTEGER NOT NULL, state INTEGER NOT NULL,
          shelf INTEGER NOT NULL, rank INTEGER NOT NULL, flags INTEGER NOT NULL, deadline INTEGER,
          bundle INTEGER NOT NULL, findings BLOB, action TEXT, policy TEXT, rule TEXT)
        """,
        "CREATE INDEX posts_place ON posts (state, shelf, rank)",
        """
        CREATE TABLE contents (
          post INTEGER PRIMARY KEY, version INTEGER NOT NULL, salt BLOB, digest BLOB NOT NULL, bytes BLOB)
        """,
        """
        CREATE TABLE former_contents (
          post INTEGER NOT NULL, version INTEGER NOT NULL, salt BLOB, digest BLOB NOT NULL, bytes BLOB,
          PRIMARY KEY (post, version))
        """,
        """
        CREATE TABLE rejected (
          number INTEGER PRIMARY KEY, file TEXT NOT NULL, line INTEGER NOT NULL, reason TEXT NOT NULL,
          bytes BLOB NOT NULL, at INTEGER NOT NULL)
        """,
    ]

    private static let work = [
        "CREATE TABLE fences (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL)",
        "INSERT INTO fences VALUES (1, 0)",
        """
        CREATE TABLE claims (
          post INTEGER PRIMARY KEY, id TEXT NOT NULL, person TEXT NOT NULL, fence INTEGER NOT NULL,
          claimed_at INTEGER NOT NULL, expires_at INTEGER NOT NULL)
        """,
        "CREATE INDEX claims_expiry ON claims (expires_at)",
        "CREATE INDEX claims_person ON claims (person)",
        """
        CREATE TABLE drafts (
          post TEXT NOT NULL, person TEXT NOT NULL, card TEXT NOT NULL, PRIMARY KEY (post, person))
          WITHOUT ROWID
        """,
        """
        CREATE TABLE skips (
          person TEXT NOT NULL, post INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (person, post))
          WITHOUT ROWID
        """,
        """
        CREATE TABLE decisions (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, post TEXT NOT NULL, version INTEGER NOT NULL,
          person TEXT NOT NULL, action TEXT NOT NULL, policy TEXT, rule TEXT, note TEXT,
          recommended_action TEXT, recommended_policy TEXT, recommended_rule TEXT, bundle TEXT NOT NULL,
          decided_at INTEGER NOT NULL, undone_at INTEGER)
        """,
        "CREATE INDEX decisions_person ON decisions (person, decided_at)",
        "CREATE INDEX decisions_post ON decisions (post)",
        "CREATE INDEX decisions_standing ON decisions (decided_at) WHERE undone_at IS NULL",
        """
        CREATE TABLE outbox (
          number INTEGER PRIMARY KEY, decision TEXT NOT NULL UNIQUE, post TEXT NOT NULL,
          action TEXT NOT NULL, due_at INTEGER NOT NULL)
        """,
        "CREATE INDEX outbox_due ON outbox (due_at)",
    ]

    // MARK: Second step

    /// The index of ids in two tables.
    ///
    /// Ids are spread evenly, so every batch would touch every page of one large index, and taking in a million posts
    /// would write ten times their size. New ids go into a small table, and from there in order into the large one.
    private static let names = [
        "CREATE TABLE ids (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE fresh_ids (id TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE VIEW post_ids AS SELECT id, number FROM fresh_ids UNION ALL SELECT id, number FROM ids",
        "INSERT INTO ids SELECT id, number FROM posts ORDER BY id",
        // Only a new table is free of the old index.
        """
        CREATE TABLE new_posts (
          number INTEGER PRIMARY KEY, id TEXT NOT NULL, source INTEGER NOT NULL,
          taken_in_at INTEGER NOT NULL, version INTEGER NOT NULL, state INTEGER NOT NULL,
          shelf INTEGER NOT NULL, rank INTEGER NOT NULL, flags INTEGER NOT NULL, deadline INTEGER,
          bundle INTEGER NOT NULL, findings BLOB, action TEXT, policy TEXT, rule TEXT, author INTEGER,
          aside BLOB)
        """,
        """
        INSERT INTO new_posts SELECT number, id, source, taken_in_at, version, state, shelf, rank, flags,
          deadline, bundle, findings, action, policy, rule, NULL, NULL FROM posts ORDER BY number
        """,
        "DROP TABLE posts",
        "ALTER TABLE new_posts RENAME TO posts",
        "CREATE INDEX posts_place ON posts (state, shelf, rank)",
    ]

    private static let evaluations = [
        // `automatic` holds who approved that the rule decides by itself; NULL for what a person decided.
        "ALTER TABLE decisions ADD COLUMN automatic TEXT",
        "ALTER TABLE decisions ADD COLUMN author INTEGER",
        """
        CREATE INDEX decisions_removals ON decisions (author, decided_at)
          WHERE undone_at IS NULL AND action IN ('remove', 'suspend')
        """,
        """
        CREATE INDEX decisions_automatic ON decisions (decided_at)
          WHERE undone_at IS NULL AND automatic IS NOT NULL
        """,
        // Leaves for rules to decide by themselves: for one rule as one bundle has it.
        """
        CREATE TABLE automations (
          number INTEGER PRIMARY KEY, bundle TEXT NOT NULL, rule TEXT NOT NULL, action TEXT NOT NULL,
          approved_by TEXT NOT NULL, reason TEXT NOT NULL, since INTEGER NOT NULL, ended_at INTEGER)
        """,
        "CREATE UNIQUE INDEX automations_standing ON automations (bundle, rule) WHERE ended_at IS NULL",
        // What moderators hold against rules on the posts before them.
        """
        CREATE TABLE objections (
          number INTEGER PRIMARY KEY, rule TEXT NOT NULL, policy TEXT NOT NULL, post TEXT NOT NULL,
          version INTEGER NOT NULL, bundle TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
          UNIQUE (rule, post, version, person))
        """,
    ]

    // MARK: Third step

    private static let checkpoints = [
        "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL)"
    ]

    // MARK: First step

    private static let exposure = [
        """
        CREATE TABLE spans (
          id TEXT PRIMARY KEY, person TEXT NOT NULL, post TEXT, shift TEXT, hazard INTEGER NOT NULL,
          opened_at INTEGER NOT NULL, visible INTEGER NOT NULL, closed_at INTEGER,
          limits_version INTEGER NOT NULL, dose INTEGER NOT NULL, closed_by TEXT, ends_at INTEGER NOT NULL)
          WITHOUT ROWID
        """,
        "CREATE INDEX spans_person ON spans (person, ends_at)",
        "CREATE INDEX spans_open ON spans (person) WHERE closed_at IS NULL",
        """
        CREATE TABLE shifts (
          id TEXT PRIMARY KEY, person TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER,
          card TEXT NOT NULL) WITHOUT ROWID
        """,
        "CREATE INDEX shifts_person ON shifts (person, started_at)",
    ]

    private static let ledger = [
        "CREATE TABLE ledger (number INTEGER PRIMARY KEY, leaf BLOB NOT NULL, bytes BLOB NOT NULL)",
        """
        CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        "CREATE TABLE ledger_tree (one INTEGER PRIMARY KEY CHECK (one = 1), frontier BLOB NOT NULL)",
    ]
}
