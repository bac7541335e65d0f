#if Postgres
public import Store

extension PostgresStore: CopyableStore {
    /// The mark of a database; `nil` where there is none, or no tables.
    public static func mark(of place: String) throws(StoreError) -> CopyMark? {
        try PostgresSchema.number(PostgresConnection(PostgresPlace(place))).flatMap { CopyMark(number: $0) }
    }

    /// Closes a database to everybody, unless somebody holds a post.
    ///
    /// Whoever comes later finds the mark; whoever is there already is refused by the database at the next thing that
    /// they change.
    public static func closeSite(_ place: String, for copy: Int) throws(StoreError) -> CopyMark {
        let connection = try PostgresConnection(PostgresPlace(place))
        let name = connection.place.description
        try connection.tell("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresLock.site))")
        guard let taken = try PostgresSchema.number(connection) else { throw .missing(name) }
        guard CopyMark(number: taken) == nil else { throw .damaged("the mark of a copy in \(name)") }
        var none = PostgresValues()
        let held = try connection.runOnce(
            "SELECT count(*) FROM claims WHERE expires_at > lease_now()", &none
        ).integer(0, 0)
        guard held == 0 else {
            throw .inUse(
                name,
                reason: "somebody holds a post in it (\(held) in all); let everybody end their shifts and "
                    + "close their consoles, and try again")
        }
        let mark = CopyMark(.source, copy: copy, schema: taken)
        try connection.tell(
            """
            CREATE FUNCTION refuse_work() RETURNS trigger LANGUAGE plpgsql
              AS $$ BEGIN RAISE EXCEPTION 'the site is being copied, or was; it is closed here'; END $$;
            CREATE TRIGGER commits_are_refused BEFORE INSERT ON commits
              FOR EACH ROW EXECUTE FUNCTION refuse_work();
            UPDATE schema_version SET steps = \(mark.number);
            COMMIT
            """)
        return mark
    }

    /// Opens a database that was closed.
    public static func reopenSite(_ place: String) throws(StoreError) {
        let connection = try PostgresConnection(PostgresPlace(place))
        try connection.tell("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresLock.site))")
        guard let number = try PostgresSchema.number(connection), let mark = CopyMark(number: number),
            mark.part == .source
        else { return }
        try connection.tell(
            """
            DROP TRIGGER commits_are_refused ON commits;
            DROP FUNCTION refuse_work();
            UPDATE schema_version SET steps = \(mark.schema);
            COMMIT
            """)
    }

    /// Opens a database to copy from it or into it.
    public convenience init(copying place: String, creating: Bool, marked mark: CopyMark?) throws(StoreError)
    {
        try self.init(address: place, creating: creating, connections: 2, marked: mark)
    }
}
#endif
