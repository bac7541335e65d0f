#if Postgres
extension PostgresSchema {
    /// Which rows of a table a login reaches, beside what its groups are granted on the table; the tables' owner reaches
    /// all.
    ///
    /// What a policy asks of the caller is asked once in a statement, not for each row.
    static func rows(in schema: String) -> [String] {
        let me = "(SELECT \(schema).me())"
        func holds(_ groups: PostgresGroup...) -> String {
            groups.map { "(SELECT \(schema).holds('\($0.rawValue)'))" }.joined(separator: " OR ")
        }
        let own = "person = \(me)"
        let desk = holds(.moderator, .lead, .auditor)
        let seen = "\(own) OR \(holds(.lead, .auditor))"
        let led = "\(own) OR \(holds(.lead))"
        /// No span that still counts in a window of a week is dropped by anybody.
        let old = "ends_at < \(schema).lease_now() - 604800000"
        let isOver = "expires_at <= \(schema).lease_now()"
        let policies: [(table: String, policies: [(command: String, rows: String, after: String?)])] = [
            (
                "spans",
                [
                    ("SELECT", seen, nil), ("INSERT", own, nil), ("UPDATE", led, led),
                    ("DELETE", "(\(led)) AND \(old)", nil),
                ]
            ),
            ("shifts", [("SELECT", seen, nil), ("INSERT", own, nil), ("UPDATE", own, own)]),
            ("day_totals", [("SELECT", seen, nil), ("INSERT", led, nil), ("UPDATE", led, led)]),
            ("taken_days", [("SELECT", seen, nil), ("INSERT", own, nil), ("UPDATE", own, own)]),
            ("drafts", [("ALL", own, own)]),
            ("skips", [("SELECT", own, nil), ("INSERT", own, nil), ("UPDATE", own, own)]),
            ("known_moments", [("ALL", own, own)]),
            ("limit_refusals", [("ALL", own, own)]),
            ("limit_notices", [("SELECT", seen, nil), ("INSERT", led, nil), ("UPDATE", led, led)]),
            ("overrides", [("SELECT", seen, nil), ("INSERT", led, nil), ("UPDATE", led, led)]),
            (
                "claims",
                [
                    ("SELECT", "\(own) OR \(desk) OR \(holds(.gateway))", nil), ("INSERT", own, nil),
                    ("UPDATE", "\(own) OR \(isOver)", own), ("DELETE", "\(led) OR \(isOver)", nil),
                ]
            ),
            (
                "decisions",
                [
                    ("SELECT", "\(own) OR \(desk) OR \(holds(.gateway))", nil),
                    (
                        "INSERT",
                        "\(own) AND automatic IS NULL OR automatic IS NOT NULL AND \(holds(.gateway))", nil
                    ),
                    ("UPDATE", "\(led) OR automatic IS NOT NULL AND \(holds(.gateway))", "true"),
                ]
            ),
            ("objections", [("SELECT", desk, nil), ("INSERT", own, nil)]),
            (
                "people",
                [
                    (
                        "SELECT",
                        """
                        id = \(me) OR \(holds(.lead, .auditor)) OR CAST(card AS jsonb) -> 'roles' ? 'physician' OR id IN
                        (SELECT h.person FROM \(schema).handovers AS h WHERE h.physician = \(me) AND h.revoked_at IS NULL)
                        """, nil
                    ), ("INSERT", "id = \(me) OR \(holds(.lead))", nil),
                    ("UPDATE", "id = \(me) OR \(holds(.lead))", "id = \(me) OR \(holds(.lead))"),
                ]
            ),
            (
                "handovers",
                [
                    ("SELECT", "\(own) OR physician = \(me) AND revoked_at IS NULL", nil),
                    ("INSERT", own, nil), ("UPDATE", own, own),
                ]
            ),
            (
                "handover_looks",
                [
                    (
                        "SELECT",
                        """
                        physician = \(me) OR handover IN
                        (SELECT h.id FROM \(schema).handovers AS h WHERE h.person = \(me))
                        """, nil
                    ), ("INSERT", "physician = \(me)", nil),
                ]
            ),
            (
                "watchings",
                [
                    ("SELECT", "concerned = \(me) OR \(holds(.auditor))", nil),
                    ("INSERT", "watcher = \(me)", nil),
                ]
            ),
            (
                "marks",
                [
                    (
                        "SELECT",
                        """
                        \(holds(.lead, .auditor)) OR verdict IS NOT NULL AND decision IN
                        (SELECT d.id FROM \(schema).decisions AS d WHERE d.person = \(me))
                        """, nil
                    ), ("INSERT", "rater = \(me)", nil), ("UPDATE", holds(.lead), "true"),
                ]
            ),
            (
                "openings",
                [
                    (
                        "SELECT", "\(holds(.lead, .auditor)) OR concerned = \(me) AND opened_at IS NOT NULL",
                        nil
                    ),
                    ("INSERT", holds(.lead, .auditor), nil), ("UPDATE", holds(.lead, .auditor), "true"),
                ]
            ),
            (
                "commits",
                [
                    ("SELECT", "true", nil), ("INSERT", "true", nil),
                    ("DELETE", "at < pg_catalog.now() - interval '1 day'", nil),
                ]
            ),
        ]
        return policies.flatMap { table, policies in
            ["ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY"]
                + policies.map { command, rows, after in
                    let using = command == "INSERT" ? "" : " USING (\(rows))"
                    let check = command == "INSERT" ? rows : after
                    return "CREATE POLICY \(table)_\(command.lowercased()) ON \(table) FOR \(command)\(using)"
                        + (check.map { " WITH CHECK (\($0))" } ?? "")
                }
        }
    }
}
#endif
