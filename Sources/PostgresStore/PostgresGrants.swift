#if Postgres
/// What each group may do with each table: the least that its commands need.
///
/// Which rows of a table that is about people are meant is said by ``PostgresSchema/rows(in:)``.
enum PostgresGrants {
    private typealias Grant = (privileges: String, tables: [String], groups: [PostgresGroup])

    private static let everybody = PostgresGroup.people + [.gateway, .owner]
    private static let working: [PostgresGroup] = [.moderator, .lead]
    private static let posting: [PostgresGroup] = [.moderator, .lead, .gateway]

    private static let grants: [Grant] = site + queue + people + audits

    /// The site, its ledger and what everybody must know.
    private static let site: [Grant] = [
        (
            "SELECT",
            [
                "schema_version", "site", "bundles", "bundles_in_force", "limits", "ledger_tree",
                "checkpoints",
                "conditions", "support", "commits", "sources", "shelves", "shelf_counts",
                "claims", "decisions", "decision_numbers", "fences",
            ], everybody
        ),
        // Entries tell of exposure and work: others read them by `told_entries`, which leaves that of others out.
        ("SELECT (number, leaf)", ["ledger"], everybody),
        ("SELECT", ["ledger"], [.lead, .auditor]),
        // It holds means of the team, and so nothing for those who are told sums of whole months.
        ("SELECT", ["dispatch"], PostgresGroup.desk),
        ("SELECT (id, \"user\", name, active, card, salt)", ["people"], everybody),
        ("INSERT", ["ledger", "checkpoints", "commits"], everybody),
        ("DELETE", ["commits"], everybody),
        ("UPDATE", ["ledger_tree"], everybody),
        ("INSERT", ["bundles", "bundles_in_force", "limits", "conditions", "support"], [.lead]),
        ("UPDATE (public_key)", ["site"], [.owner]),
        ("UPDATE", ["checkpoints"], [.owner]),
    ]

    /// Posts, claims and decisions.
    private static let queue: [Grant] = [
        (
            "SELECT",
            [
                "posts", "post_ids", "contents", "former_contents", "former_evaluations", "erasures",
                "statements",
                "automations", "objections", "escalated_posts", "likenesses", "likeness_reach", "unserved",
                "rejected",
            ], PostgresGroup.desk + [.gateway]
        ),
        ("INSERT", ["posts", "contents", "former_contents", "sources", "rejected"], [.gateway]),
        ("UPDATE", ["contents", "sources"], [.gateway]),
        ("UPDATE (version)", ["posts"], [.gateway]),
        (
            """
            UPDATE (state, shelf, rank, flags, deadline, bundle, findings, action, policy, rule, aside, evaluated_at,
              decision)
            """, ["posts"], posting
        ),
        ("INSERT", ["former_evaluations", "shelves", "shelf_counts", "decisions"], posting),
        ("UPDATE", ["shelf_counts"], posting),
        ("UPDATE (undone_at, undone_entry, due_at)", ["decisions"], posting),
        ("INSERT, UPDATE, DELETE", ["likenesses", "likeness_reach"], PostgresGroup.desk + [.gateway]),
        ("INSERT, DELETE", ["claims"], working),
        ("UPDATE (expires_at)", ["claims"], working),
        ("USAGE", ["fences"], working),
        ("SELECT (rule, at)", ["objections"], [.representative]),
        ("INSERT", ["escalated_posts", "objections"], working),
        ("INSERT", ["statements"], PostgresGroup.desk + [.representative]),
        ("INSERT, UPDATE, DELETE", ["dispatch", "unserved"], [.lead, .auditor]),
        ("INSERT, UPDATE", ["automations"], [.lead]),
        // Erasing.
        ("INSERT", ["erasures"], [.lead]),
        ("UPDATE (salt, bytes)", ["contents", "former_contents"], [.lead]),
        ("UPDATE (author)", ["posts"], [.lead]),
        ("UPDATE (findings, aside)", ["former_evaluations"], [.lead]),
        ("UPDATE (note, note_salt, author)", ["decisions"], [.lead]),
        ("UPDATE (bytes)", ["rejected"], [.lead]),
    ]

    /// What is about people: their exposure, shifts and own settings.
    private static let people: [Grant] = [
        ("INSERT (id, \"user\", name, active, card)", ["people"], PostgresGroup.people),
        ("UPDATE (\"user\", name, active, card)", ["people"], PostgresGroup.people),
        ("UPDATE (salt)", ["people"], [.lead]),
        ("SELECT, INSERT, UPDATE", ["shifts", "day_totals", "taken_days"], PostgresGroup.people),
        ("SELECT, INSERT, UPDATE, DELETE", ["spans"], PostgresGroup.people),
        (
            "SELECT, INSERT, UPDATE, DELETE", ["drafts", "known_moments", "limit_refusals"],
            PostgresGroup.people
        ),
        ("SELECT, INSERT, UPDATE", ["skips"], PostgresGroup.people),
        ("SELECT", ["limit_proposals", "watchings", "openings"], PostgresGroup.people),
        ("INSERT, UPDATE", ["limit_proposals"], [.lead]),
        ("SELECT, INSERT, UPDATE", ["limit_notices", "overrides"], PostgresGroup.people),
        ("SELECT (number, id, person, physician, at, revoked_at, salt)", ["handovers"], PostgresGroup.people),
        ("SELECT (record)", ["handovers"], [.physician]),
        // Whose row of the roster a physician sees is asked of everybody's query, and answers others nothing.
        ("SELECT (person, physician, revoked_at)", ["handovers"], [.gateway, .owner]),
        ("INSERT", ["handovers"], PostgresGroup.people),
        ("UPDATE (revoked_at, salt, record)", ["handovers"], PostgresGroup.people),
        ("SELECT", ["handover_looks"], PostgresGroup.people),
        ("INSERT", ["handover_looks"], [.physician]),
        ("INSERT", ["watchings"], [.auditor]),
    ]

    /// What auditors ask of decisions, and what they say of them.
    private static let audits: [Grant] = [
        ("SELECT", ["samples", "sample_items"], [.lead, .auditor]),
        ("SELECT", ["marks"], PostgresGroup.people),
        ("INSERT", ["sample_items", "marks"], [.auditor]),
        ("INSERT, UPDATE", ["samples"], [.auditor]),
        ("UPDATE (reason, salt)", ["marks"], [.lead]),
        ("INSERT, UPDATE", ["openings"], [.lead, .auditor]),
    ]

    /// Statements that give the groups what they may, and nothing else; what they were given before is taken away.
    static let statements: [String] =
        [
            "REVOKE ALL ON ALL TABLES IN SCHEMA releve FROM PUBLIC, \(names(PostgresGroup.allCases))",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA releve FROM PUBLIC, \(names(PostgresGroup.allCases))",
            "GRANT USAGE ON SCHEMA releve TO \(names(PostgresGroup.allCases))",
        ]
        + grants.flatMap { privileges, tables, groups in
            tables.map { table in
                let kind = table == "fences" ? "SEQUENCE " : ""
                return "GRANT \(privileges) ON \(kind)releve.\(table) TO \(names(groups))"
            }
        }

    private static func names(_ groups: [PostgresGroup]) -> String {
        groups.map(\.name).joined(separator: ", ")
    }
}
#endif
